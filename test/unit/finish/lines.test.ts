import { describe, expect, test } from 'vitest'

import { finishContent } from '../../../src/finish/artifacts.ts'
import { glyphsOf, joined, linesOf } from '../../../src/finish/lines.ts'

/** As Skia writes it. */
const plain = [
  '/G3 gs',
  '0 0 0 RG 0 0 0 rg',
  '0 0 9 9 re',
  'W* n',
  '/P <</MCID 0 >>BDC',
  'BT',
  '/F4 13.3 Tf',
  '/Span<</ActualText <FEFF2019> >> BDC',
  '17.01 0 Td <0161> Tj',
  'EMC',
  'ET',
  'EMC',
]

describe('content with an operator to a line', () => {
  test('is taken as it is', () => {
    expect(linesOf(plain.join('\n'))).toEqual(plain)
  })

  test('has the glyphs that follow each other as one line', () => {
    const run = ['1 0 0 -1 5 7 Tm', '<01CD> Tj', '3.5 0 Td <0029> Tj', '-3 1.5 Td <00BE00BF> Tj'].join('\n')
    const other = ['EMC', '4 0 Td <0095> Tj', 'ET', '']
    const lines = linesOf([run, ...other].join('\n'))
    expect(lines).toEqual([run.split('\n')[0], run.split('\n').slice(1).join('\n'), ...other])
    expect(lines.flatMap(glyphsOf).join('\n')).toBe([run, ...other].join('\n'))
  })

  test('may have very many glyphs', () => {
    const content = `BT\n<01CD> Tj\n${'3.5 0 Td <0029> Tj\n'.repeat(3_000_000)}ET\n`
    expect(linesOf(content).join('\n') === content).toBe(true)
  })

  test.each([
    ['an operator has more behind it', 'q 1 0 0\n1 0 0 cm', ['q', '1 0 0 1 0 0 cm']],
    ['a line ends without an operator', '3.5\n0 Td', ['3.5 0 Td']],
    ['a name stands alone', '/F4\n12 Tf', ['/F4 12 Tf']],
  ])('is put into this form where %s behind such glyphs', (_, content, lines) => {
    expect(linesOf(`<01CD> Tj\n3.5 0 Td <0029> Tj\n${content}\n`).slice(-lines.length)).toEqual(lines)
  })

  test('is divided as it was put together where it is read back', () => {
    const lines = linesOf(plain.join('\n'))
    expect(linesOf(joined(lines))).toBe(lines)
    expect(linesOf(`${joined(lines)}Q\n`)).toEqual([...plain, 'Q', ''])
  })
})

describe('content that is written otherwise', () => {
  test.each([
    [
      'on one line',
      'q 1 0 0 1 .5 -2. cm 0 0 m\t1 1 l S Q',
      ['q', '1 0 0 1 .5 -2. cm', '0 0 m', '1 1 l', 'S', 'Q'],
    ],
    ['with operands on lines of their own', '1\n0 0\nrg\n/F4\n12 Tf', ['1 0 0 rg', '/F4 12 Tf']],
    ['with the line ends of other systems', 'q\r\nQ\rq\rQ', ['q', 'Q', 'q', 'Q']],
    [
      'without blanks',
      'BT/F1 9 Tf[(A)-20(B)]TJ(C)Tj ET',
      ['BT', '/F1 9 Tf', '[<41> -20 <42>] TJ', '<43> Tj', 'ET'],
    ],
    ['with comments', 'q % not Q\nQ', ['q', 'Q']],
    [
      'with strings that hold what looks like operators',
      '(ET \\) Q\nEMC) Tj <4 1> Tj',
      ['<4554202920510A454D43> Tj', '<41> Tj'],
    ],
    [
      'with dictionaries',
      '/Span<</Lang(en)/ActualText<feff2019>/X[1 true null/a#20b]>>BDC EMC',
      ['/Span <</Lang <656E> /ActualText <FEFF2019> /X [1 true null /a#20b]>> BDC', 'EMC'],
    ],
    [
      'with an image inside',
      'q BI /W 2 /H 2 /BPC 8 /CS /G ID \xff\n(\0 EI Q',
      ['q', 'BI /W 2 /H 2 /BPC 8 /CS /G /F [/AHx] ID FF0A2800> EI', 'Q'],
    ],
    [
      'with a packed image inside, whose bytes look like its end',
      'BI/W 1/H 1/Filter/Fl/DecodeParms<</Columns 1>>/L 7 ID \x80 EI \xffQ EI\nQ',
      ['BI /W 1 /H 1 /F [/AHx /Fl] /DP [null <</Columns 1>>] ID 8020454920FF51> EI', 'Q'],
    ],
    [
      'with a packed image of unknown length',
      'BI /W 1 /F /Fl ID \x80 EI \xff\xfeQ\nEI Q',
      ['BI /W 1 /F [/AHx /Fl] ID 8020454920FFFE51> EI', 'Q'],
    ],
  ])('%s comes to have one', (_, content, lines) => {
    expect(linesOf(content)).toEqual(lines)
    // What was written once is not understood otherwise when it is read again.
    expect(linesOf(lines.join('\n'))).toEqual(lines.map((line) => linesOf(line).join('\n')))
  })

  test('has its images marked as artifacts', () => {
    expect(finishContent(linesOf('q BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q'))).toBe(
      'q\n/Artifact BMC\nBI /W 1 /H 1 /BPC 8 /CS /G /F [/AHx] ID 00> EI\nEMC\nQ\n',
    )
  })

  test.each([
    ['operands without an operator', 'q 1 0 0'],
    ['a string that is never closed', 'q (abc Q'],
    ['an image that never ends', 'BI /W 1 ID abc'],
    ['an image that is broken', 'BI /W 1 2 ID a EI'],
  ])('is refused with %s', (_, content) => {
    expect(() => linesOf(content)).toThrow(/operator|closed|image/)
  })
})
