import { describe, expect, test } from 'vitest'

import { paintedPages } from '../../../src/finish/painting.ts'
import { readPdf } from '../../../src/finish/read.ts'
import { seenTexts, type SeenText } from '../../../src/finish/seen.ts'
import type { PdfValue } from '../../../src/finish/syntax.ts'
import { contentsOf, marksOf, wordsOf } from '../../../src/finish/text.ts'
import { addObject, dictWith, nameOf, refTo, type EditedPdf } from '../../../src/finish/write.ts'
import { codesOf, line, pageOf, picture, type Resources } from '../../support/small-pdf.ts'

function seenOn(content: string, resources?: Resources): SeenText[] {
  return [...paintedPages(readPdf(pageOf(content, resources)), false)].flatMap(seenTexts)
}

/** Why nobody sees the words of a page; null where they are seen. */
function hiddenOn(content: string, resources?: Resources) {
  const [only, ...others] = seenOn(content, resources)
  expect([only?.text, others]).toEqual(['word', []])
  return only?.sight.hidden
}

const [black, white] = [
  [0, 0, 0, 0],
  [255, 255, 255, 255],
]
const rgb = { ColorSpace: nameOf('DeviceRGB') }
const indexed = {
  ColorSpace: [nameOf('Indexed'), nameOf('DeviceRGB'), 1, { bytes: Buffer.from([0, 0, 0, 9, 9, 9]) }],
}

describe('black words on a picture', () => {
  const onPicture = (made: (pdf: EditedPdf) => PdfValue, y?: number) =>
    hiddenOn(`q\n200 0 0 100 0 0 cm\n/P Do\nQ\n${line('word', y)}`, { XObject: { P: made } })

  test('are seen where it is white, and not where it is black', () => {
    expect(onPicture(picture(white))).toBeNull()
    expect(onPicture(picture(black))).toBe('no-ink')
    expect(onPicture(picture([...white, ...white, ...white], rgb))).toBeNull()
    expect(onPicture(picture([...black, ...black, ...black], rgb))).toBe('no-ink')
    // Its first row is the upper one.
    const half = picture([0, 0, 255, 255])
    expect([onPicture(half, 20), onPicture(half, 70)]).toEqual([null, 'no-ink'])
  })

  test('are seen where nothing of it covers what is below', () => {
    expect(onPicture(picture(black, {}, picture(black)))).toBeNull()
    expect(onPicture(picture(black, {}, picture(white)))).toBe('no-ink')
  })

  test.each([
    ['its colours are a list of its own', picture(black, indexed)],
    ['its colours are packed closer', picture(black, { BitsPerComponent: 4 })],
    ['it is packed as photographs are', picture(black, { Filter: nameOf('DCTDecode') })],
    ['it is not known how much it covers', picture(black, {}, picture(black, indexed))],
  ])('are not said to be hidden where %s, which is not looked into', (_, made) => {
    expect(onPicture(made)).toBeNull()
  })
})

describe('words behind a mask', () => {
  /** A mask that is painted so, and words that it covers. */
  const behind = (paint: string, entries: Record<string, PdfValue> = {}, after = '') =>
    hiddenOn(`q\n/M gs\n${after}\n${line('word')}\nQ`, {
      ExtGState: {
        M: (pdf) => {
          const form = addObject(
            pdf,
            dictWith({
              Subtype: nameOf('Form'),
              BBox: [0, 0, 200, 100],
              Group: dictWith({ S: nameOf('Transparency') }),
              Length: paint.length,
            }),
            Buffer.from(paint),
          )
          return dictWith({ SMask: dictWith({ S: nameOf('Luminosity'), G: refTo(form), ...entries }) })
        },
        None: () => dictWith({ SMask: nameOf('None') }),
      },
    })
  const all = (grey: number) => `${grey} g\n0 0 200 100 re\nf`
  const inverted = { TR: dictWith({ FunctionType: 4 }) }
  const byAlpha = { S: nameOf('Alpha') }

  test('are seen where it is white, and not where it is black or empty', () => {
    expect([behind(all(1)), behind(all(0)), behind('')]).toEqual([null, 'no-ink', 'no-ink'])
  })

  test('are seen where it is black or empty, and not where it is white, if it is turned over', () => {
    expect([behind(all(1), inverted), behind(all(0), inverted), behind('', inverted)]).toEqual([
      'no-ink',
      null,
      null,
    ])
  })

  test('are seen where it is opaque in whatever colour, if that is what counts', () => {
    expect([behind(all(0), byAlpha), behind('', byAlpha)]).toEqual([null, 'no-ink'])
  })

  test('are seen once it has ended', () => {
    expect(behind(all(0), {}, '/None gs')).toBeNull()
  })
})

describe('words that stand in the place of glyphs', () => {
  const spans = (outer: string, inner: string) =>
    `BT\n/F 12 Tf\n1 0 0 1 20 40 Tm\n/Span <</ActualText (${outer})>> BDC\n${codesOf('a')} Tj\n/Span <</ActualText (${inner})>> BDC\n${codesOf('b')} Tj\nEMC\n${codesOf('c')} Tj\nEMC\n${codesOf('d')} Tj\nET`

  test('are said once, and nothing that stands in the place of their parts', () => {
    const content = spans('word', 'part')
    const said = seenOn(content).map(({ text }) => text)
    const file = readPdf(pageOf(content))
    const read = marksOf(file, contentsOf(file)).flatMap((pieces) => pieces.map(wordsOf))
    expect([said.join(''), read.join('')]).toEqual(['wordd', 'wordd'])
  })

  test('are said where there is no glyph at all', () => {
    const content = `BT\n/F 12 Tf\n1 0 0 1 20 40 Tm\n/Span <</ActualText (word)>> BDC\nEMC\n${codesOf('s')} Tj\nET`
    expect(
      seenOn(content)
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['s', 'word'])
  })
})
