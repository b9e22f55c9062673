import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { checkPdf } from '../../../src/finish/check.ts'
import type { Expected, PdfFault } from '../../../src/finish/expected.ts'
import { readPdf } from '../../../src/finish/read.ts'
import { contentsOf } from '../../../src/finish/text.ts'
import { editPdf, setStream, writePdf } from '../../../src/finish/write.ts'
import { ladderpress } from '../../support/cli.ts'
import { smallLadder, write } from '../../support/files.ts'

let folder: string
let print: Buffer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  await write(folder, { 'ladder.yaml': smallLadder })
  const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--level', 'senior'], { cwd: folder })
  expect(code, stderr).toBe(0)
  print = await readFile(join(folder, 'out', 'one-pager', 'senior.pdf'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const text = { ref: 'senior/craft/1', text: 'Builds larger things' }
const asked: Expected = {
  sheets: [{ width: 210, height: 297 }],
  families: ['Inter'],
  texts: [text],
  direction: 'ltr',
  blanks: [],
}

/** The print with other content on its page. */
function faultsWith(change: (content: string) => string, expected = asked): PdfFault[] {
  const file = readPdf(print)
  const [content] = contentsOf(file)
  const [stream] = content?.streams ?? []
  if (!content || stream === undefined) throw new Error('the print has no content')
  const pdf = editPdf(file)
  setStream(pdf, stream, Buffer.from(change(content.lines.join('\n')), 'latin1'))
  return checkPdf(
    writePdf(pdf, () => Buffer.alloc(16)),
    expected,
  )
}

/** What stands between two glyphs of a line. */
const inPieces = /> Tj\n[\d.]+ 0 Td </g

/** What the check makes of each way of painting the page. */
test.each<[string, (content: string) => string, PdfFault[]]>([
  ['as it was printed', (content) => content, []],
  [
    'under a white sheet',
    (content) => `${content}\n1 g\n0 0 9999 9999 re\nf\n`,
    [{ kind: 'text', ...text, hidden: 'no-ink' }],
  ],
  [
    'under a white circle that leaves its text free',
    (content) => `${content}\n1 g\n0 0 m\n1 1 2 2 3 0 c\n0 0 l\nh\nf\n`,
    [],
  ],
  [
    'in white',
    (content) => content.replace(/^0 G 0 g$/gm, '1 G 1 g'),
    [{ kind: 'text', ...text, hidden: 'no-ink' }],
  ],
  [
    'in grey',
    (content) => content.replace(/^0 G 0 g$/gm, '.5 G .5 g'),
    [{ kind: 'faint', ...text, contrast: expect.closeTo(4, 0) as number }],
  ],
  [
    'in a mirror',
    (content) => `-1 0 0 1 595 0 cm\n${content}`,
    [{ kind: 'text', ...text, hidden: 'mirrored' }],
  ],
  [
    'with letters that leave no ink',
    (content) => content.replace(/^BT$/gm, 'BT\n3 Tr'),
    [
      { kind: 'text', ...text },
      { kind: 'empty', page: 1 },
    ],
  ],
  ['with its lines in one piece', (content) => content.replace(inPieces, ''), []],
  [
    'with its lines in one piece, the rest of them behind something white',
    (content) => `${content.replace(inPieces, '')}\n1 g\n980 0 9999 9999 re\nf\n`,
    [{ kind: 'text', ...text, hidden: 'no-ink' }],
  ],
  ['cut off', (content) => `0 0 10 10 re\nW n\n${content}`, [{ kind: 'text', ...text, hidden: 'cut-off' }]],
  [
    'too small to be read',
    (content) => `.1 0 0 .1 0 0 cm\n${content}`,
    [
      { kind: 'shrunk', share: 0.1 },
      { kind: 'text', ...text, hidden: 'tiny' },
    ],
  ],
])('a page painted %s is found so', (_, change, faults) => {
  expect(faultsWith(change)).toEqual(faults)
})

test('a text that is asked for twice has to be there twice', () => {
  const twice = { ...asked, texts: [text, { ...text, ref: 'lead/craft/1' }] }
  expect(faultsWith((content) => content, twice)).toEqual([expect.objectContaining({ kind: 'text' })])
})

test('a text is not found in the place of a longer one', () => {
  const part = { ref: 'senior/craft', text: 'Builds larger' }
  expect(faultsWith((content) => content, { ...asked, texts: [part, text] })).toEqual([
    { kind: 'text', ...part },
  ])
})
