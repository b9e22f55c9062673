import { describe, expect, test } from 'vitest'

import { finishContent } from '../../../src/finish/artifacts.ts'
import {
  correctCodeMap,
  landmarksOf,
  readMeanings,
  readPlainUses,
  unwrapSpans,
  type Meanings,
} from '../../../src/finish/codes.ts'
import { linesOf } from '../../../src/finish/lines.ts'

const finished = (lines: string) => finishContent(lines.split('\n')).trimEnd().split('\n')

describe('the content of a page', () => {
  test('has its rules marked as artifacts, neighbours under one mark', () => {
    expect(finished('567 107 1 9 re\nf\n567 116 1 25 re\nf\n/G3 gs\n1 2 m\n3 4 l\nS')).toEqual([
      '/Artifact BMC',
      '567 107 1 9 re',
      'f',
      '567 116 1 25 re',
      'f',
      'EMC',
      '/G3 gs',
      '/Artifact BMC',
      '1 2 m',
      '3 4 l',
      'S',
      'EMC',
    ])
  })

  test.each(['/P1 Do', '/P1 sh', 'BI /W 1 /H 1 ID 00> EI'])(
    'has what is painted at once marked as an artifact: %s',
    (line) => {
      expect(finished(line)).toEqual(['/Artifact BMC', line, 'EMC'])
    },
  )

  test('has nothing of a path that only clips in the mark of what is painted after it', () => {
    const lines = ['0 0 9 9 re', 'W n', 'q', '0 0 5 5 re', 'f']
    expect(finished(lines.join('\n'))).toEqual([
      ...lines.slice(0, 3),
      '/Artifact BMC',
      ...lines.slice(3),
      'EMC',
    ])
  })

  test('keeps what is tagged, and paths that only clip', () => {
    const lines = '0 0 9 9 re\nW* n\n/P <</MCID 0 >>BDC\n0 0 5 5 re\nf\nBT\n<0001> Tj\nET\nEMC'
    expect(finished(lines)).toEqual(lines.split('\n'))
  })

  test('has text that belongs to nothing marked as an artifact, its spans inside', () => {
    expect(finished('BT\n/Span<</ActualText <FEFF2019> >> BDC\n<0001> Tj\nEMC\nET')).toEqual([
      '/Artifact BMC',
      'BT',
      '/Span<</ActualText <FEFF2019> >> BDC',
      '<0001> Tj',
      'EMC',
      'ET',
      'EMC',
    ])
  })

  test('has greys as greys and colours as colours', () => {
    expect(finished('.5 .5 .5 RG .5 .5 .5 rg\n.1 .3 .7 RG .1 .3 .7 rg\n0 0 0 rg\n1 1 1 RG')).toEqual([
      '.5 G .5 g',
      '.1 .3 .7 RG .1 .3 .7 rg',
      '0 g',
      '1 G',
    ])
  })

  test('has no colour where there is to be black ink alone', () => {
    expect(finishContent(['1 0 0 rg', '.1059 .3098 .6588 RG .1059 .3098 .6588 rg'], true)).toBe(
      '0.3 g\n0.287 G 0.287 g\n',
    )
  })

  test.each([
    ['an operator that there is not', '/Im0 BO', 'is no operator'],
    ['marked content that is never closed', '/P <</MCID 0 >>BDC', 'never closed'],
    ['a tag inside text that belongs to nothing', 'BT\n/P <</MCID 0 >>BDC\nEMC\nET', 'belongs to nothing'],
  ])('with %s is left alone', (_, content, reason) => {
    expect(() => finishContent(content.split('\n'))).toThrow(reason)
  })
})

describe('a glyph of two characters', () => {
  const span = [
    '/F6 12 Tf',
    '/Span<</ActualText <FEFF2019> >> BDC',
    '17.01 0 Td <0161> Tj',
    'EMC',
    '2 0 Td <00D5> Tj',
  ]
  const read = (lines: readonly string[]) => {
    const meanings: Meanings = new Map()
    const landmarks = landmarksOf(lines, (name) => name)
    readMeanings(landmarks, meanings)
    readPlainUses(lines, landmarks, meanings)
    return { meanings, straight: unwrapSpans(lines, landmarks, meanings) }
  }

  test.each([
    ['', span],
    [
      ', however its content is written',
      linesOf(
        '/F6 12 Tf /Span <</ActualText (\\376\\377\x20\x19)>>BDC 17.01 0 Td<0161>Tj EMC 2 0 Td <00d5> Tj',
      ),
    ],
  ])('is told by the font’s table where it stands for one only%s', (_, lines) => {
    const { meanings, straight } = read(lines)
    expect(straight.join(' ')).toBe('/F6 12 Tf 17.01 0 Td <0161> Tj 2 0 Td <00D5> Tj')
    expect(correctCodeMap('<0161> <02BC>\n<00D5> <0073>', 'F6', meanings)).toBe(
      '<0161> <2019>\n<00D5> <0073>',
    )
  })

  test('keeps its spans where it stands for both in spans', () => {
    const both = [...span, ...span.map((line) => line.replace('2019', '02BC'))]
    const { meanings, straight } = read(both)
    expect(straight).toEqual(both)
    expect(correctCodeMap('<0161> <0161>', 'F6', meanings)).toBe('<0161> <0161>')
  })

  test('keeps its spans where there are several glyphs in them', () => {
    const several = [...span.slice(0, 3), '3 0 Td <00D5> Tj', ...span.slice(3)]
    expect(read(several).straight).toEqual(several)
  })

  test.each([
    ['', '5 0 Td <00D50161> Tj'],
    [' within a run', '5 0 Td <00D5> Tj\n5 0 Td <0161> Tj\n5 0 Td <00D5> Tj'],
  ])('keeps its spans where it stands for both%s', (_, more) => {
    const both = [...span, more]
    const { meanings, straight } = read(both)
    expect(straight).toEqual(both)
    expect(correctCodeMap('<0161> <02BC>', 'F6', meanings)).toBe('<0161> <02BC>')
  })
})
