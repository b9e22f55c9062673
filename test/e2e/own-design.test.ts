import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { inFolder, ladderpress, root } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'

/** What people do to make sheets look like their own, each of it right. */
const base = `
html {
  --accent-1: hsl(210 80% 20%);
  --accent-2: oklch(50% 0.12 40);
  --ink: #1a1a2e;
  --rule: 0.25mm solid #bbb;
}
a { color: #0b3d91; text-decoration: none; }
h1 { font-weight: 400; letter-spacing: -0.04em; border-bottom: 1mm solid #12305a; }
.statements { list-style: none; }
.statements > li::before { content: '• '; position: absolute; margin-inline-start: -1.1em; }
`
const onePager = `
html { background: none; }
.sheet { padding: 24mm 30mm 22mm 30mm; isolation: isolate; background: none; }
.sheet > * { position: relative; z-index: 1; }
.sheet::before {
  content: 'Sample';
  position: absolute;
  left: 60mm;
  top: 150mm;
  font-size: 60pt;
  rotate: -30deg;
  color: #eee;
}
.track-name { display: inline-block; padding: 1mm 3mm; color: #fff; background: #12305a; }
.track-name .mark { fill: #fff; stroke: #fff; }
.side-head { padding: 2mm; background: #f2f4f8; }
.dimension { border: 0.3mm solid #446; border-radius: 2mm; padding: 3mm; margin-bottom: 2mm; overflow: hidden; }
.legal { font-size: 6pt; }
.picture { height: 8mm; background: radial-gradient(#dde, #fff); }
`
const masthead = `<div class="masthead-words">
<svg role="img" aria-label="Acme" width="30mm" height="12mm" viewBox="0 0 100 40"><text x="0" y="28" font-size="3" fill="#e33">Acme</text></svg>
<p><a href="https://example.com/">Our site</a> <a href="mailto:people@example.com">Write to us</a> <a href="#legal">Legal</a></p>`

test('a design of one’s own in which nothing is wrong passes without a word', async () => {
  const own = (path: string) => readFile(join(root, 'templates', path), 'utf8')
  const template = await own('one-pager.hbs')
  await inFolder(async (cwd) => {
    await write(cwd, {
      'ladder.yaml': smallLadder,
      'press.yaml': 'brand: { name: Acme }\n',
      'templates/styles/base.css': `${await own('styles/base.css')}${base}`,
      'templates/styles/one-pager.css': `${await own('styles/one-pager.css')}${onePager}`,
      'templates/one-pager.hbs': template
        .replace('<div class="masthead-words">', masthead)
        .replace(
          '{{> foot foot}}',
          '<div class="picture"></div><p class="legal" id="legal">Registered in England, no. 1</p>{{> foot foot}}',
        ),
    })
    const { code, stdout, stderr } = await ladderpress(
      ['check', 'ladder.yaml', '--print', '--strict', '--fail-on', 'print/continues'],
      { cwd },
    )
    expect(code, stderr).toBe(0)
    expect(stdout).toBe('The ladder can be printed.\n')
  })
})
