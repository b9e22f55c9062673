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

  test('of unknown colours are seen in black and in white', () => {
    const onUnknown = (grey: number) =>
      hiddenOn(`q\n200 0 0 100 0 0 cm\n/P Do\nQ\n${grey} g\n${line('word')}`, {
        XObject: { P: picture(black, indexed) },
      })
    expect([onUnknown(0), onUnknown(1)]).toEqual([null, null])
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

/** What is painted apart. */
const form =
  (paint: string, entries: Record<string, PdfValue> = {}) =>
  (pdf: EditedPdf) => {
    const own = { Subtype: nameOf('Form'), BBox: [0, 0, 200, 100], Length: paint.length, ...entries }
    return refTo(addObject(pdf, dictWith(own), Buffer.from(paint)))
  }

describe('words behind a mask', () => {
  /** A mask that is painted so, and words that it covers. */
  const behind = (paint: string, entries: Record<string, PdfValue> = {}, after = '') =>
    hiddenOn(`q\n/M gs\n${after}\n${line('word')}\nQ`, {
      ExtGState: {
        M: (pdf) => {
          const G = form(paint, { Group: dictWith({ S: nameOf('Transparency') }) })(pdf)
          return dictWith({ SMask: dictWith({ S: nameOf('Luminosity'), G, ...entries }) })
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

describe('words on a ground', () => {
  /** White at the left end of the page, black at the right one. */
  const gradient = () =>
    dictWith({
      PatternType: 2,
      Shading: dictWith({
        ShadingType: 2,
        ColorSpace: nameOf('DeviceGray'),
        Coords: [0, 0, 200, 0],
        Function: dictWith({ FunctionType: 2, C0: [1], C1: [0], N: 1 }),
      }),
    })

  test('that is a gradient are seen where that differs from them', () => {
    const at = (x: number) =>
      hiddenOn(`/Pattern cs\n/G scn\n0 0 200 100 re\nf\n0 g\n${line('word', 40, x)}`, {
        Pattern: { G: gradient },
      })
    expect([at(10), at(190)]).toEqual([null, 'no-ink'])
  })

  test('that is tiled are seen where the tiles are of another colour', () => {
    const tiles = (pdf: EditedPdf) => {
      const paint = '0 g\n0 0 20 100 re\nf'
      const entries = { PatternType: 1, BBox: [0, 0, 40, 100], XStep: 40, YStep: 100, Length: paint.length }
      return refTo(addObject(pdf, dictWith(entries), Buffer.from(paint)))
    }
    // Black tiles from 0, 40, 80 on.
    const at = (x: number) =>
      hiddenOn(`/Pattern cs\n/T scn\n0 0 200 100 re\nf\n0 g\n${line('word', 40, x)}`, {
        Pattern: { T: tiles },
      })
    expect([at(65), at(85)]).toEqual([null, 'no-ink'])
  })

  test('are seen below what covers hardly anything', () => {
    const sheet = (alpha: number) =>
      hiddenOn(`${line('word')}\nq\n/A gs\n/S Do\nQ`, {
        ExtGState: { A: () => dictWith({ ca: alpha }) },
        XObject: { S: form('1 g\n0 0 200 100 re\nf', { Group: dictWith({ S: nameOf('Transparency') }) }) },
      })
    expect([sheet(0.1), sheet(1)]).toEqual([null, 'no-ink'])
  })

  test('are seen on the last of what lies below them, however high that reaches', () => {
    const upper = '0 g\n0 48.5 200 20 re\nf'
    const all = '1 g\n0 0 200 100 re\nf\n0 g'
    const words = line('word', 46)
    expect([hiddenOn(`${upper}\n${words}`), hiddenOn(`${upper}\n${all}\n${words}`)]).toEqual(['no-ink', null])
  })

  test('are hidden where only some of them are', () => {
    const content = `0 0 200 100 re\nf\n1 g\n0 0 30 100 re\nf\n0 g\n${line('wordwordword')}`
    expect(seenOn(content)).toMatchObject([{ sight: { hidden: 'no-ink' } }])
  })

  test('are not hidden by the frame around them', () => {
    expect(hiddenOn(`${line('word')}\n1 G\n9 w\n0 0 200 100 re\nS`)).toBeNull()
  })

  test('are none where letters leave no ink', () => {
    for (const way of ['3 Tr', '7 Tr']) expect(seenOn(line('word').replace('BT', `BT\n${way}`))).toEqual([])
  })

  test('are drawn with the fonts of the page by what has none of its own', () => {
    const named = { XObject: { W: form(line('word')) } }
    expect(hiddenOn('/W Do', named)).toBeNull()
    const file = readPdf(pageOf('/W Do', named))
    expect(marksOf(file, contentsOf(file)).flatMap((pieces) => pieces.map(wordsOf))).toEqual(['word'])
  })
})

test('of a page that was laid on sheets in parts, each word counts once, and wherever it was cut', () => {
  const content = 'q\n0 0 15 100 re\nW n\n/P Do\nQ\nq\n15 0 185 100 re\nW n\n/P Do\nQ'
  const file = readPdf(pageOf(content, { XObject: { P: form(line('word')) } }))
  const seen = [...paintedPages(file, true)].flatMap(seenTexts)
  expect(seen).toMatchObject([{ text: 'word', sight: { hidden: null } }])
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

  test('are said once where there is other marked content in them', () => {
    const content = spans('word', 'part').replace('<</ActualText (part)>>', '<</Lang (fr)>>')
    const file = readPdf(pageOf(content))
    const read = marksOf(file, contentsOf(file)).flatMap((pieces) => pieces.map(wordsOf))
    expect([
      seenOn(content)
        .map(({ text }) => text)
        .join(''),
      read.join(''),
    ]).toEqual(['wordd', 'wordd'])
  })

  test('are said once where the first part has no glyph', () => {
    const content = `BT\n/F 12 Tf\n1 0 0 1 20 40 Tm\n/Span <</ActualText (word)>> BDC\n/Span <</ActualText (part)>> BDC\nEMC\n${codesOf('c')} Tj\nEMC\nET`
    expect(seenOn(content).map(({ text }) => text)).toEqual(['word'])
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
