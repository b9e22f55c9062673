import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
// A template of the project shows a character that no font has.
const own = join(dirname(dirname(process.env.LADDERPRESS_PROGRAM)), 'templates', 'one-pager.hbs')
const text = readFileSync(own, 'utf8').replace('<footer class="foot"', '<ruby>漢<rt>kan</rt></ruby><footer class="foot"')
mkdirSync('templates')
writeFileSync(join('templates', 'one-pager.hbs'), text)
