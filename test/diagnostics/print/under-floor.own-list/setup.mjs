import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
// Our own template and style, but that statements stand in a list of another name.
const read = (path) => readFileSync(join(process.env.LADDERPRESS_PROGRAM, '..', '..', 'templates', path), 'utf8')
mkdirSync('templates/partials', { recursive: true })
mkdirSync('templates/styles')
writeFileSync('templates/partials/section.hbs', read('partials/section.hbs').replaceAll('class="statements', 'class="points'))
writeFileSync('templates/styles/one-pager.css', `${read('styles/one-pager.css')}\n.points { font-size: 8pt; }\n`)
