import { describe, expect, test } from 'vitest'

import {
  addCodes,
  clusterFont,
  hasClusters,
  spellClusters,
  type ClusterFont,
} from '../../../src/finish/clusters.ts'
import { parseCodeMap } from '../../../src/finish/code-maps.ts'
import { inflated } from '../../../src/finish/packing.ts'
import { readPdf } from '../../../src/finish/read.ts'
import { isDict, isRef } from '../../../src/finish/syntax.ts'
import { dictOf, dictWith, editPdf, nameOf } from '../../../src/finish/write.ts'
import { pageOf } from '../../support/small-pdf.ts'

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

  test('keep their mark where their font has no room for further codes', () => {
    const lines = ['/F4 12 Tf', ...cluster('02BC', '<0027> Tj')]
    const font = fontOf()
    const full = { ...font, texts: new Map([...font.texts, [0xffff, 'x']]) }
    expect(spellClusters(lines, () => full)).toEqual(lines)
  })

  test('and are written in a way that is not known, are not changed', () => {
    const lines = ['/F4 12 Tf', ...cluster('0646', '[<0100> 5 <0010>] TJ')]
    expect(() => spellClusters(lines, () => fontOf())).toThrow('written in an unknown way')
  })
})

test('a font that is given further codes has their glyphs, widths and characters', () => {
  const descendant = dictWith({
    CIDToGIDMap: nameOf('Identity'),
    // Three from 32 on are as wide as each other.
    W: [32, 34, 250, 97, [500, 600]],
  })
  const print = readPdf(pageOf('', {}, { font: { DescendantFonts: (add) => [add(descendant)] } }))
  const number = print.numbers.find((one) => {
    const { value } = print.object(one)
    return isDict(value) && value.dict.has('DescendantFonts')
  })
  const font = clusterFont(print, number ?? 0, (map) => map)
  if (!font) throw new Error('it has no table')
  expect([32, 34, 35, 97, 98].map((code) => font.widths.get(code))).toEqual([250, 250, undefined, 500, 600])
  const lines = Array.from({ length: 150 }, (_, at) =>
    cluster((0x4e00 + at).toString(16).toUpperCase(), '<0062> Tj'),
  )
  spellClusters(['/F 12 Tf', ...lines.flat()], () => font)
  const pdf = editPdf(print)
  addCodes(pdf, font)
  const table = inflated(pdf.objects.get(font.table)?.stream ?? Buffer.alloc(0)).toString()
  // A section has at most a hundred.
  expect(table.match(/^\d+ beginbfchar$/gm)).toEqual(['100 beginbfchar', '50 beginbfchar'])
  expect(parseCodeMap(table).get(0x7e + 150)).toBe(String.fromCharCode(0x4e00 + 149))
  const changed = dictOf(pdf, font.descendant ?? 0).dict
  const glyphs = changed.get('CIDToGIDMap')
  const bytes = glyphs !== undefined && isRef(glyphs) ? pdf.objects.get(glyphs.ref)?.stream : undefined
  const map = inflated(bytes ?? Buffer.alloc(0))
  expect([0x61, 0x7f, 0x7e + 150].map((code) => map.readUInt16BE(code * 2))).toEqual([0x61, 0x62, 0x62])
  expect(changed.get('W')).toEqual(expect.arrayContaining([0x7f, [600]]))
})
