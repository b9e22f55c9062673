import { inPoints, pixelsPerPoint } from '../plan/units.ts'
import { checkTexts } from './check-texts.ts'
import { decodeText } from './code-maps.ts'
import type { Expected, PdfFault } from './expected.ts'
import { fontsOf } from './fonts.ts'
import { paintedPages, type PaintedPage } from './painting.ts'
import { pageNumbersOf, pagesOf, readPdf, type PdfFile } from './read.ts'
import { seenTexts, type SeenText } from './seen.ts'
import { inkOutside } from './shared-area.ts'
import { isDict, isRef, isString, type PdfValue } from './syntax.ts'

/** Chromium rounds to whole pixels: A4 becomes 594.96 × 841.92 pt, A3 1191.12 × 841.92. */
const tolerance = 1
/** In mm: about a pixel. */
const leastOutside = 0.3

/**
 * Reads a finished PDF back and compares it with what was asked.
 *
 * @param composed whether its pages were laid on other sheets, or are not of the size that was asked: then text that
 *   their edges cut off is no fault of its own
 */
export function checkPdf(bytes: Buffer, expected: Expected, composed = false): PdfFault[] {
  const file = readPdf(bytes)
  const scales = new Map<number, number>()
  const outside: PdfFault[] = []
  const pages = Array.from(paintedPages(file, composed), (page, index) => {
    countScales(page, scales)
    const sheet = expected.sheets[index]
    const amount = expected.shared && sheet ? inkOutside(page, sheet, expected.shared) : 0
    if (amount > leastOutside) outside.push({ kind: 'outside-shared', page: index + 1, amount })
    return seenTexts(page)
  })
  const shrunk = checkScale(scales)
  const missing = checkTexts(pages, expected)
  return [
    ...shrunk,
    ...checkFonts(file, expected),
    ...(composed || shrunk.length > 0 ? [] : outside),
    ...missing,
    // Where a text is missing, a box is what stands in its place.
    ...(missing.length > 0 ? [] : checkGlyphs(pages, expected)),
    ...pages.flatMap((page, index): PdfFault[] =>
      page.every(({ text }) => text.trim() === '') && !expected.blanks.includes(index + 1)
        ? [{ kind: 'empty', page: index + 1 }]
        : [],
    ),
    ...checkBookmarks(file),
  ]
}

/** Compares the sheets of a print with what was asked, before finishing gives them exact boxes. */
export function checkSheets(print: PdfFile, { sheets }: Expected): PdfFault[] {
  const found = pagesOf(print)
  const faults: PdfFault[] = []
  if (found.length !== sheets.length) faults.push({ kind: 'pages', found: found.length })
  for (const [index, page] of found.entries()) {
    const box = print.get(page, 'MediaBox')
    const [left = 0, bottom = 0, right = 0, top = 0] = Array.isArray(box) ? box.map(Number) : []
    const { width, height } = sheets[index] ?? sheets[0] ?? { width: 0, height: 0 }
    const wide = Math.abs(right - left - inPoints(width))
    const high = Math.abs(top - bottom - inPoints(height))
    if (wide > tolerance || high > tolerance) {
      faults.push({ kind: 'size', page: index + 1, width: right - left, height: top - bottom })
    }
  }
  return faults
}

/** How much text is drawn in which scale: of what was laid out, to three places. */
function countScales({ texts }: PaintedPage, scales: Map<number, number>): void {
  for (const line of texts) {
    if (typeof line === 'string') continue
    const [a = 1, b = 0, c = 0, d = 1] = line.matrix
    const scale = Math.round(Math.sqrt(Math.abs(a * d - b * c)) * pixelsPerPoint * 1000) / 1000
    scales.set(scale, (scales.get(scale) ?? 0) + line.strings.length)
  }
}

/** Less of its size is not what rounding leaves. */
const leastShare = 0.995

/**
 * Where one box is wider than its page, or a page has margins of its own, Chromium shrinks the whole document, and says so
 * nowhere but in the scale of all that it draws. A style that scales something leaves other text as it is.
 */
function checkScale(scales: ReadonlyMap<number, number>): PdfFault[] {
  let [share, most] = [1, 0]
  for (const [scale, count] of scales) {
    if (Math.abs(scale - 1) <= 1 - leastShare) return []
    if (count > most) [share, most] = [scale, count]
  }
  return share < 1 ? [{ kind: 'shrunk', share }] : []
}

function checkFonts(file: PdfFile, { families }: Expected): PdfFault[] {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')
  const known = new Set(families.map(plain))
  return fontsOf(file).flatMap(({ name, type3, embedded }): PdfFault[] => {
    if (type3) return [{ kind: 'type-3', font: name || 'without a name' }]
    const faults: PdfFault[] = []
    if (!embedded) faults.push({ kind: 'not-embedded', font: name })
    if (!known.has(plain(familyOf(name)))) faults.push({ kind: 'foreign', font: name })
    return faults
  })
}

/**
 * `Inter-SemiBold` is of the family Inter, `InterTight-Regular` is not; static cuts keep their master's weight:
 * `NotoSansJPThin-Bold`.
 */
function familyOf(postscriptName: string): string {
  return (postscriptName.split('-')[0] ?? '').replace(
    /(Thin|ExtraLight|Light|Regular|Medium|Black|Variable)$/,
    '',
  )
}

/** Bookmarks open a page of this file, somewhere on it. */
function checkBookmarks(file: PdfFile): PdfFault[] {
  const pages = new Set(pageNumbersOf(file))
  const faults: PdfFault[] = []
  const walk = (first: PdfValue | undefined, depth: number) => {
    let count = 0
    for (let item = file.resolve(first); isDict(item) && count < 10_000; item = file.get(item, 'Next')) {
      count += 1
      const [title, place] = [file.get(item, 'Title'), file.get(item, 'Dest')]
      const [page, , left, top] = Array.isArray(place) ? place : []
      const leads =
        page !== undefined &&
        isRef(page) &&
        pages.has(page.ref) &&
        [left, top].every((at) => typeof at === 'number')
      if (!leads) faults.push({ kind: 'bookmark', title: isString(title) ? decodeText(title.bytes) : '' })
      if (depth < 20) walk(item.dict.get('First'), depth + 1)
    }
  }
  walk(file.getDict(file.getDict(file.trailer, 'Root'), 'Outlines')?.dict.get('First'), 0)
  return faults
}

/** A glyph without a character is the box that fonts have for what they lack. */
function checkGlyphs(pages: readonly (readonly SeenText[])[], { texts }: Expected): PdfFault[] {
  const unknown = '\ufffd'
  if (texts.some(({ text }) => text.includes(unknown))) return []
  return pages.flatMap((page, index): PdfFault[] =>
    page.some(({ text }) => text.includes(unknown)) ? [{ kind: 'glyph', page: index + 1 }] : [],
  )
}
