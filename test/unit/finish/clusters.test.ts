import { describe, expect, test } from 'vitest'

import { hasClusters, spellClusters, type ClusterFont } from '../../../src/finish/clusters.ts'
import { parseCodeMap } from '../../../src/finish/code-maps.ts'

/** A font with a body (0010) and its dots (0100), which have no character of their own, and a letter that has one. */
function fontOf(): ClusterFont {
  const map = '3 beginbfchar\n<0010> <0000>\n<0055> <0655>\n<0100> <0000>\n<0027> <0627>\nendbfchar\nendcmap'
  return {
    table: 1,
    descendant: 2,
    map,
    texts: parseCodeMap(map),
    listedWidths: [],
    widths: new Map([
      [0x10, 500],
      [0x27, 300],
      [0x55, 0],
      [0x100, 0],
    ]),
    added: new Map(),
  }
}

const cluster = (text: string, ...inside: string[]) => [
  `/Span <</ActualText <feff${text}>>> BDC`,
  ...inside,
  'EMC',
]

const codesOf = (font: ClusterFont) =>
  [...font.added.values()].map(({ code, glyph, text }) => [code, glyph, text])

describe('glyphs that make a character together', () => {
  test('have it said by the widest, in a code of its own for each character', () => {
    const font = fontOf()
    const lines = [
      '/F4 12 Tf',
      ...cluster('0646', '3 -1 Td <0100> Tj', '-3 1 Td <0010> Tj'),
      ...cluster('062A', '3 -1 Td', '<0100> Tj', '-3 1 Td <0010> Tj'),
      ...cluster('0646', '/F4 9 Tf', '1 0 0 -1 5 5 Tm', '<01000010> Tj'),
    ]
    expect(hasClusters(lines)).toBe(true)
    expect(spellClusters(lines, () => font)).toEqual([
      '/F4 12 Tf',
      ...cluster('0646', '3 -1 Td <0100> Tj', '-3 1 Td <0101> Tj'),
      ...cluster('062A', '3 -1 Td', '<0100> Tj', '-3 1 Td <0102> Tj'),
      ...cluster('0646', '/F4 9 Tf', '1 0 0 -1 5 5 Tm', '<01000101> Tj'),
    ])
    expect(codesOf(font)).toEqual([
      [0x101, 0x10, '0646'],
      [0x102, 0x10, '062A'],
    ])
  })

  test('have no part that says something of its own', () => {
    const font = fontOf()
    const spelt = spellClusters(['/F4 12 Tf', ...cluster('0625', '<0055> Tj', '<0010> Tj')], () => font)
    expect(spelt.filter((line) => line.endsWith('Tj'))).toEqual(['<0101> Tj', '<0102> Tj'])
    expect(codesOf(font)).toEqual([
      [0x101, 0x55, '034F'],
      [0x102, 0x10, '0625'],
    ])
  })

  test('stay as they are where each has its own character', () => {
    const lines = ['/F4 12 Tf', ...cluster('06270655', '<0027> Tj', '<0055> Tj')]
    expect(spellClusters(lines, () => fontOf())).toEqual(lines)
  })

  test('that is one glyph, which stands for another elsewhere, needs no mark', () => {
    const lines = ['/F4 12 Tf', ...cluster('02BC', '<0027> Tj')]
    expect(spellClusters(lines, () => fontOf())).toEqual(['/F4 12 Tf', '<0101> Tj'])
  })

  test('keep their mark where their font cannot have further codes', () => {
    const lines = ['/F4 12 Tf', ...cluster('02BC', '<0027> Tj')]
    expect(spellClusters(lines, () => ({ ...fontOf(), descendant: undefined }))).toEqual(lines)
  })

  test('and are written in a way that is not known, are not changed', () => {
    const lines = ['/F4 12 Tf', ...cluster('0646', '[<0100> 5 <0010>] TJ')]
    expect(() => spellClusters(lines, () => fontOf())).toThrow('written in an unknown way')
  })
})
