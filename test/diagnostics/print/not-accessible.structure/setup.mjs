import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
// A template of the project breaks rules of structure.
const own = join(dirname(dirname(process.env.LADDERPRESS_PROGRAM)), 'templates', 'one-pager.hbs')
const broken = [
  '<table><tr><th scope="row">a</th></tr><tr><td>1</td><td>2</td></tr></table>',
  '<table><tr><th scope="row" rowspan="2">a</th><td>1</td></tr><tr><td>2</td></tr></table>',
  '<div role="listitem">a</div>',
  '<p lang="!!">b</p>',
  '<ul><p>c</p><li>d</li></ul>',
]
const text = readFileSync(own, 'utf8').replace('{{> foot foot}}', `{{> foot foot}}${broken.join('')}`)
mkdirSync('templates')
writeFileSync(join('templates', 'one-pager.hbs'), text)
