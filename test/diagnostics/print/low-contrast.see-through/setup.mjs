import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
// Our own style, and a fault behind it.
const own = readFileSync(join(process.env.LADDERPRESS_PROGRAM, '..', '..', 'templates', 'styles', 'one-pager.css'), 'utf8')
mkdirSync('templates/styles', { recursive: true })
writeFileSync('templates/styles/one-pager.css', `${own}\n.statements { color: rgba(0, 0, 0, 0.8); opacity: 0.7; }\n.dimension + .dimension .statements { opacity: 1; color: #fff; } .dimension + .dimension { background: linear-gradient(#888, #888); }\n`)
