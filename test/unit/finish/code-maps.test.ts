import { expect, test } from 'vitest'

import { decodeDigits, reachOf, widthsIn, parseCodeMap, type CodeMap } from '../../../src/finish/code-maps.ts'
import { paintedPages } from '../../../src/finish/painting.ts'
import { readPdf } from '../../../src/finish/read.ts'
import { seenTexts } from '../../../src/finish/seen.ts'
import { nameOf } from '../../../src/finish/write.ts'
import { pageOf } from '../../support/small-pdf.ts'

test('the table of a font says what its codes stand for, one by one, in runs and in lists', () => {
  const table = `2 beginbfchar
<0001> <00410301>
<0002> <d83dde00>
endbfchar
2 beginbfrange
<0010> <0012> <0061>
<0020> <0023> [<0041> <00660069> <>]
endbfrange`
  expect([...parseCodeMap(table)]).toEqual([
    [0x1, 'A\u0301'],
    [0x2, '😀'],
    [0x10, 'a'],
    [0x11, 'b'],
    [0x12, 'c'],
    [0x20, 'A'],
    [0x21, 'fi'],
    [0x22, ''],
    [0x23, '\ufffd'],
  ])
})

const letters: CodeMap = {
  bytes: 2,
  texts: new Map(Array.from({ length: 128 }, (_, code) => [code, String.fromCharCode(code)])),
  // Blanks and points are narrow; nothing is said of control characters.
  widths: widthsIn([0x20, [280], 0x21, 0x2f, 290, 0x30, 0x7f, 600]),
  asked: new Map(),
}

test.each([
  ['has a digit too few', '0041004', 'A@'],
  ['has what is no digit between', '00 4\n1', 'A'],
  ['is very long', '0061'.repeat(3_000), 'a'.repeat(3_000)],
  ['has a code that the font does not know', '00410fff', 'A\ufffd'],
])('a string is read that %s', (_, digits, text) => {
  expect(decodeDigits(digits, letters)).toBe(text)
})

test('fonts of the older kinds have codes of one byte', () => {
  const content = 'BT\n/F 12 Tf\n1 0 0 1 20 40 Tm\n<776F7264> Tj\nET'
  const pdf = pageOf(content, {}, { font: { Subtype: nameOf('TrueType') } })
  const texts = [...paintedPages(readPdf(pdf), false)].flatMap(seenTexts).map(({ text }) => text)
  expect(texts).toEqual(['word'])
})

test.each([
  ['letters reach from the first to the last', '00610062', [0, 1200]],
  ['a blank and a point at the end are as wide as they are', '0061 0020 002e'.replaceAll(' ', ''), [0, 1170]],
  ['blanks at the ends leave no ink', '00200020006100200020', [560, 1160]],
  ['blanks alone leave none', '00200020', undefined],
  ['what has no width that is known', '0061000a', undefined],
])('%s', (_, digits, reach) => {
  expect(reachOf(digits, letters)).toEqual(reach)
})
