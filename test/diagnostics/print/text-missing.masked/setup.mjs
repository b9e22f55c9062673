import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
// Our own style, and a fault behind it.
const own = readFileSync(join(process.env.LADDERPRESS_PROGRAM, '..', '..', 'templates', 'styles', 'one-pager.css'), 'utf8')
mkdirSync('templates/styles', { recursive: true })
writeFileSync('templates/styles/one-pager.css', `${own}\n.statements { mask-image: linear-gradient(#000, #000); mask-mode: luminance; } .dimension + .dimension .statements { mask-image: linear-gradient(#fff, #fff); }\n`)
