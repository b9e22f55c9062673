import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
// Our own template, with links of which only the first and the last lead anywhere.
const own = readFileSync(join(process.env.LADDERPRESS_PROGRAM, '..', '..', 'templates', 'one-pager.hbs'), 'utf8')
const links = [
  '<a href="https://example.com/">the web</a>',
  '<a href="guide.html">a file</a>',
  '<a href="#hidden">what is hidden</a><span id="hidden" hidden>Guide</span>',
  '<svg width="40mm" height="5mm"><a href="#nowhere"><text y="15">a drawing</text></a></svg>',
  '<a href="#body">what follows</a>',
]
mkdirSync('templates')
writeFileSync(
  'templates/one-pager.hbs',
  own.replace('<div class="columns"', `<p>${links.join(' ')}</p><div id="body" class="columns"`),
)
