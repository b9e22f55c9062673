// The style of posters as it comes along, and a colour that fills the sheet.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const own = join(dirname(process.env.LADDERPRESS_PROGRAM), '..', 'templates', 'styles', 'poster.css')
mkdirSync('templates/styles', { recursive: true })
writeFileSync('templates/styles/poster.css', `${readFileSync(own, 'utf8')}\n.sheet { background: #fff6d8; }\n`)
