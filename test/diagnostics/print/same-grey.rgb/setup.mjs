import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
// Our own style, and a fault behind it.
const own = readFileSync(join(process.env.LADDERPRESS_PROGRAM, '..', '..', 'templates', 'styles', 'one-pager.css'), 'utf8')
mkdirSync('templates/styles', { recursive: true })
writeFileSync('templates/styles/one-pager.css', `${own}\nhtml { --accent-2: rgb(27 80 169); }\n`)
