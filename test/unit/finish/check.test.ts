import { readFile } from 'node:fs/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { checkPdf, checkSheets } from '../../../src/finish/check.ts'
import type { Expected, PdfFault } from '../../../src/finish/expected.ts'
import { readPdf } from '../../../src/finish/read.ts'
import type { PdfValue } from '../../../src/finish/syntax.ts'
import { addObject, dictWith, nameOf, refTo, textString, type EditedPdf } from '../../../src/finish/write.ts'
import { ladderpress } from '../../support/cli.ts'
import { smallLadder, write } from '../../support/files.ts'
import { line, pageOf, picture } from '../../support/small-pdf.ts'

let folder: string
let bytes: Buffer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  await write(folder, { 'ladder.yaml': smallLadder })
  const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--level', 'senior'], { cwd: folder })
  expect(code, stderr).toBe(0)
  bytes = await readFile(join(folder, 'out', 'one-pager', 'senior.pdf'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const asked: Expected = {
  sheets: [{ width: 210, height: 297 }],
  families: ['Inter'],
  texts: [{ ref: 'senior/craft/1', text: 'Builds larger things' }],
  direction: 'ltr',
  blanks: [],
}

describe('a printed sheet', () => {
  test('that is as asked has no fault', () => {
    expect([...checkSheets(readPdf(bytes), asked), ...checkPdf(bytes, asked)]).toEqual([])
  })

  test.each([
    [
      'another number of pages',
      { sheets: [0, 1].map(() => ({ width: 210, height: 297 })) },
      { kind: 'pages', found: 1 },
    ],
    ['another size', { sheets: [{ width: 215.9, height: 279.4 }] }, { kind: 'size', page: 1 }],
    ['another width', { sheets: [{ width: 215.9, height: 297 }] }, { kind: 'size', page: 1 }],
    ['another height', { sheets: [{ width: 210, height: 279.4 }] }, { kind: 'size', page: 1 }],
    ['another family of fonts', { families: ['Inter Tight'] }, { kind: 'foreign', font: 'Inter-Regular' }],
    [
      'a word more',
      { texts: [{ ref: 'senior/craft/1', text: 'Builds larger things well' }] },
      { kind: 'text', ref: 'senior/craft/1' },
    ],
  ] as const)('that should have %s has that fault', (_, other, fault) => {
    const wanted = { ...asked, ...other }
    expect([...checkSheets(readPdf(bytes), wanted), ...checkPdf(bytes, wanted)]).toEqual(
      expect.arrayContaining([expect.objectContaining(fault)]),
    )
  })
})

describe('a file that is no whole PDF is refused', () => {
  test.each([
    ['cut short', 'it does not end with %%EOF', () => bytes.subarray(0, bytes.length - 40)],
    ['cut in its middle', 'it does not end with %%EOF', () => bytes.subarray(0, bytes.length / 2)],
    ['without its head', 'it does not begin with %PDF', () => bytes.subarray(10)],
    ['of another kind', 'it does not begin with %PDF', () => Buffer.from('<!doctype html>')],
    [
      'encrypted',
      'it is encrypted',
      () =>
        Buffer.from(bytes.toString('latin1').replace('trailer\n<<', 'trailer\n<</Encrypt 1 0 R '), 'latin1'),
    ],
  ])('%s', (_, reason, file) => {
    expect(() => readPdf(file())).toThrow(reason)
  })
})

/** As Chromium draws: three quarters of a point to a pixel. */
const scaled = (content: string, scale = 0.75) => `${scale} 0 0 ${scale} 0 0 cm\n${content}`

/** What is found on a page of 200 × 100 pt on which “word” was asked for. */
function faultsOn(
  content: string,
  wanted: Partial<Expected> = {},
  more?: Parameters<typeof pageOf>[2],
): PdfFault[] {
  const one = { ...asked, sheets: [{ width: 70.556, height: 35.278 }], texts: [{ ref: 'a', text: 'word' }] }
  return checkPdf(pageOf(scaled(content), {}, more), { ...one, ...wanted })
}

describe('ink outside the area that A4 and Letter share', () => {
  /** A pixel is 0.75 pt, so 28.35 pt are left free at each side. */
  const shared = { top: 37.8, bottom: 37.8, side: 37.8 }
  /** A ground that reaches so many mm to the left of it. */
  const ground = (beyond: number, color: string) =>
    `${color}\n${(28.35 - (beyond / 25.4) * 72) / 0.75} 50 60 10 re\nf`
  const found = (content: string) => faultsOn(`${line('word', 60, 60)}\n${content}`, { shared })

  test('is told from about a pixel on, and by how much', () => {
    expect(found(ground(0.2, '0 g'))).toEqual([])
    expect(found(ground(0.5, '0 g'))).toEqual([
      { kind: 'outside-shared', page: 1, amount: expect.closeTo(0.5, 2) as number },
    ])
  })

  test('is none where a ground is white, or something cuts it off', () => {
    expect(found(ground(5, '1 g'))).toEqual([])
    expect(found(`q\n40 40 100 50 re\nW n\n${ground(5, '0 g')}\nQ`)).toEqual([])
  })

  test('is none where nothing is left of it, and none of what is all see-through', () => {
    expect(found(`q\n0 40 5 50 re\nW n\n0 g\n10 50 60 10 re\nf\nQ`)).toEqual([])
    const clear = { ExtGState: { A: () => dictWith({ ca: 0 }) } }
    const content = scaled(`${line('word', 60, 60)}\nq\n/A gs\n${ground(5, '0 g')}\nQ`)
    const one = { sheets: [{ width: 70.556, height: 35.278 }], texts: [{ ref: 'a', text: 'word' }], shared }
    expect(checkPdf(pageOf(content, clear), { ...asked, ...one })).toEqual([])
  })

  test('is that of the coloured parts of a picture', () => {
    // It reaches from the left edge over half the page: its left half is beyond the area.
    const picturing = (pixels: readonly number[]) =>
      checkPdf(
        pageOf(scaled(`${line('word', 60, 60)}\nq\n74 0 0 20 0 60 cm\n/P Do\nQ`), {
          XObject: { P: picture(pixels) },
        }),
        { ...asked, sheets: [{ width: 70.556, height: 35.278 }], texts: [], shared },
      )
    expect(picturing([255, 0, 255, 0])).toEqual([])
    expect(picturing([0, 255, 0, 255])).toMatchObject([{ kind: 'outside-shared' }])
  })

  test('is none of the blank with which a line wraps', () => {
    const wraps = `BT\n/F 12 Tf\n1 0 0 1 200 60 Tm\n<0061> Tj\n6 0 Td <0020> Tj\n60 0 Td <0020> Tj\nET`
    expect(found(wraps)).toEqual([])
    expect(found(wraps.replace(/<0020> Tj\nET/, '<0062> Tj\nET'))).toMatchObject([{ kind: 'outside-shared' }])
  })

  test('is not told of a sheet that came out smaller than it was laid out', () => {
    const small = scaled(`${line('word', 60, 60)}\n${ground(5, '0 g')}`, 0.9)
    expect(faultsOn(small, { shared })).toEqual([{ kind: 'shrunk', share: expect.closeTo(0.9, 2) as number }])
  })
})

describe('a sheet that came out smaller', () => {
  const some = (scale: number, text: string) => `q\n${scaled(line(text), scale)}\nQ`

  test('is told by the size of most of its text', () => {
    expect(faultsOn(`${some(0.8, 'word')}\n${some(0.8, 'more')}\n${some(0.5, 'some')}`)).toEqual([
      { kind: 'shrunk', share: 0.8 },
    ])
  })

  test('is none where a style scales some of it, or all of it up, or it is rounded', () => {
    expect(faultsOn(`${some(1, 'word')}\n${some(0.8, 'more')}\n${some(0.8, 'some')}`)).toEqual([])
    expect(faultsOn(some(1.5, 'word'))).toEqual([])
    expect(faultsOn(some(0.997, 'word'))).toEqual([])
  })
})

describe('a character that no font has', () => {
  /** A code that the table of the font does not know. */
  const box = 'BT\n/F 12 Tf\n1 0 0 1 20 20 Tm\n<0001> Tj\nET'

  test('is told by its page, unless a text is missing in its place', () => {
    expect(faultsOn(`${line('word')}\n${box}`)).toEqual([{ kind: 'glyph', page: 1 }])
    expect(faultsOn(box)).toEqual([{ kind: 'text', ref: 'a', text: 'word' }])
  })

  test('is none where a text says that sign itself', () => {
    expect(faultsOn(`${line('word')}\n${box}`, { texts: [{ ref: 'a', text: '\ufffd' }] })).toEqual([])
  })
})

test('a page without a word is told, unless it is to be empty', () => {
  expect(faultsOn(line('  '), { texts: [] })).toEqual([{ kind: 'empty', page: 1 }])
  expect(faultsOn(line('  '), { texts: [], blanks: [1] })).toEqual([])
})

test.each([
  ['NotoSansJPThin-Bold', 'Noto Sans JP', true],
  ['Inter-SemiBold', 'Inter', true],
  ['InterTight-Regular', 'Inter', false],
  ['SourceSerif4Variable-Roman', 'Source Serif 4', true],
])('the font %s is of the family %s: %s', (name, family, isKnown) => {
  const font = { BaseFont: nameOf(`ABCDEF+${name}`) }
  expect(faultsOn(line('word'), { families: [family] }, { font })).toEqual(
    isKnown ? [] : [{ kind: 'foreign', font: name }],
  )
})

test('a font is found that only something within something is written in', () => {
  const font = (pdf: EditedPdf) => {
    const entries = { Type: nameOf('Font'), Subtype: nameOf('TrueType'), BaseFont: nameOf('Comic-Regular') }
    return refTo(addObject(pdf, dictWith(entries)))
  }
  const within = (pdf: EditedPdf) => {
    const form = addObject(pdf, dictWith({}))
    const inner = { Font: dictWith({ C: font(pdf) }), XObject: dictWith({ Again: refTo(form) }) }
    const entries = { Subtype: nameOf('Form'), Length: 0, Resources: dictWith(inner) }
    pdf.objects.set(form, { value: dictWith(entries), stream: Buffer.alloc(0) })
    return refTo(form)
  }
  const nested = pageOf(scaled(line('word')), { XObject: { W: within } })
  expect(checkPdf(nested, { ...asked, texts: [] })).toEqual([
    { kind: 'not-embedded', font: 'Comic-Regular' },
    { kind: 'foreign', font: 'Comic-Regular' },
  ])
})

describe('a bookmark', () => {
  /** One that leads to a place, and one below it. */
  const leading = (place: (page: number) => readonly PdfValue[], inner = place) => ({
    catalogue: (pdf: EditedPdf, page: number) => {
      const below = addObject(pdf, dictWith({ Title: textString('Inner'), Dest: [...inner(page)] }))
      const first = addObject(
        pdf,
        dictWith({ Title: textString('Outer'), Dest: [...place(page)], First: refTo(below) }),
      )
      return { Outlines: dictWith({ First: refTo(first) }) }
    },
  })
  const right = (page: number) => [refTo(page), nameOf('XYZ'), 0, 90, 0]

  test('leads to a place on a page', () => {
    expect(faultsOn(line('word'), {}, leading(right))).toEqual([])
  })

  test.each<[string, (page: number) => readonly PdfValue[]]>([
    ['to what is no page', () => [refTo(1), nameOf('XYZ'), 0, 90, 0]],
    ['nowhere', () => []],
    ['to a page as a whole', (page) => [refTo(page), nameOf('Fit')]],
    ['to no height on it', (page) => [refTo(page), nameOf('XYZ'), 0, null, 0]],
  ])('is told that leads %s, wherever it stands', (_, wrong) => {
    expect(faultsOn(line('word'), {}, leading(wrong, right))).toEqual([{ kind: 'bookmark', title: 'Outer' }])
    expect(faultsOn(line('word'), {}, leading(right, wrong))).toEqual([{ kind: 'bookmark', title: 'Inner' }])
  })
})
