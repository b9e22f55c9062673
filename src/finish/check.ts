import type { RefText } from '../render/document.ts'
import { directionOf } from '../text/language.ts'
import { decodeText } from './code-maps.ts'
import { fontsOf } from './fonts.ts'
import { paintedPages, type PaintedPage } from './painting.ts'
import { pageNumbersOf, pagesOf, readPdf, type PdfFile } from './read.ts'
import { leastContrast, seenTexts, type Sight } from './seen.ts'
import { isDict, isRef, isString, type PdfValue } from './syntax.ts'

/** What a printed document was asked to be. */
export interface Expected {
  /** Of each page, in mm. */
  readonly sheets: readonly { readonly width: number; readonly height: number }[]
  /** Families that the sheet asked for. */
  readonly families: readonly string[]
  readonly texts: readonly RefText[]
  /** In which the document is written. */
  readonly direction: 'ltr' | 'rtl'
  /** Numbers of pages that are to be empty, from 1. */
  readonly blanks: readonly number[]
}

/** How a printed document differs from what was asked. */
export type PdfFault =
  | { readonly kind: 'pages'; readonly found: number }
  | { readonly kind: 'size'; readonly page: number; readonly width: number; readonly height: number }
  | { readonly kind: 'not-embedded' | 'foreign' | 'type-3'; readonly font: string }
  /** A text that is missing, or that nobody sees. */
  | {
      readonly kind: 'text'
      readonly ref: string
      readonly text: string
      readonly hidden?: NonNullable<Sight['hidden']>
    }
  | { readonly kind: 'faint'; readonly ref: string; readonly text: string; readonly contrast: number }
  | { readonly kind: 'empty'; readonly page: number }
  | { readonly kind: 'glyph'; readonly page: number }
  | { readonly kind: 'bookmark'; readonly title: string }

/** Chromium rounds to whole pixels: A4 becomes 594.96 × 841.92 pt, A3 1191.12 × 841.92. */
const tolerance = 1

/**
 * Reads a finished PDF back and compares it with what was asked.
 *
 * @param composed whether its pages were laid on other sheets, or are not of the size that was asked: then what their edges
 *   cut off is no fault of its own
 */
export function checkPdf(bytes: Buffer, expected: Expected, composed = false): PdfFault[] {
  const file = readPdf(bytes)
  const pages = paintedPages(file, composed)
  const missing = checkText(pages, expected)
  return [
    ...checkFonts(file, expected),
    ...missing,
    // Where a text is missing, a box is what stands in its place.
    ...(missing.length > 0 ? [] : checkGlyphs(pages, expected)),
    ...pages.flatMap(({ texts }, index): PdfFault[] =>
      texts.every(isBlank) && !expected.blanks.includes(index + 1)
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
    const wide = Math.abs(right - left - (width / 25.4) * 72)
    const high = Math.abs(top - bottom - (height / 25.4) * 72)
    if (wide > tolerance || high > tolerance) {
      faults.push({ kind: 'size', page: index + 1, width: right - left, height: top - bottom })
    }
  }
  return faults
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

/** `Inter-SemiBold` is of the family Inter, `InterTight-Regular` is not; static cuts keep their master's weight: `NotoSansJPThin-Bold`. */
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
function checkGlyphs(pages: readonly PaintedPage[], { texts }: Expected): PdfFault[] {
  const unknown = '\ufffd'
  if (texts.some(({ text }) => text.includes(unknown))) return []
  return pages.flatMap((page, index): PdfFault[] =>
    page.texts.some((line) => wordsOf(line).includes(unknown)) ? [{ kind: 'glyph', page: index + 1 }] : [],
  )
}

/**
 * Each text has to be there, to be seen, as often as it is asked for. The longest are looked for first, and none is
 * found in the place of another: “Tests” is not found in “Tests what others build”.
 */
function checkText(pages: readonly PaintedPage[], { texts, direction }: Expected): PdfFault[] {
  const { found, sights } = printedText(pages)
  const taken = new Uint8Array(found.length)
  const next = new Map<string, number>()
  const faults = new Map<RefText, PdfFault>()
  const turned: (readonly [RefText, string])[] = []
  const wanted = texts
    .map((text) => [text, bare(text.text)] as const)
    .filter(([, words]) => words !== '')
    .toSorted(([, one], [, other]) => other.length - one.length)
  for (const [text, words] of wanted) {
    const place = placeOf(words)
    if (place) {
      taken.fill(1, place.at, place.at + words.length)
      const { sight } = place
      if (sight.hidden) faults.set(text, { ...faultOf(text), hidden: sight.hidden })
      else if (sight.contrast < leastContrast) {
        faults.set(text, { ...faultOf(text), kind: 'faint', contrast: sight.contrast })
      }
    } else if (turns(text, words)) turned.push([text, words])
    else faults.set(text, faultOf(text))
  }
  if (turned.length > 0) for (const text of missingOf(turned)) faults.set(text, faultOf(text))
  return texts.flatMap((text) => faults.get(text) ?? [])

  /** The next place that nothing else has; one that can be seen before others. */
  function placeOf(words: string): { at: number; sight: Sight } | undefined {
    let hidden: { at: number; sight: Sight } | undefined
    for (let at = found.indexOf(words, next.get(words)); at >= 0; at = found.indexOf(words, at + 1)) {
      if (taken[at] === 1 || taken[at + words.length - 1] === 1) continue
      const sight = sights(at, at + words.length)
      if (!sight.hidden) {
        if (!hidden) next.set(words, at + words.length)
        return { at, sight }
      }
      hidden ??= { at, sight }
    }
    return hidden
  }

  /**
   * Scripts that run from the right, and passages that run against their text, are painted in another order than they
   * are read in: of these, characters are counted.
   */
  function missingOf(them: readonly (readonly [RefText, string])[]): RefText[] {
    const have = new Map<string, number>()
    for (let at = 0; at < found.length;) {
      const character = String.fromCodePoint(found.codePointAt(at) ?? 0)
      const end = at + character.length
      if (taken[at] !== 1 && !sights(at, end).hidden) have.set(character, (have.get(character) ?? 0) + 1)
      at = end
    }
    return them.flatMap(([text, words]) => {
      const counts = countCharacters(words)
      if (![...counts].every(([character, count]) => (have.get(character) ?? 0) >= count)) return [text]
      for (const [character, count] of counts) have.set(character, (have.get(character) ?? 0) - count)
      return []
    })
  }

  function turns({ text, languages = [] }: RefText, words: string): boolean {
    // From right to left, the full stop of “By decision.” is painted at its left.
    if (direction === 'rtl' || /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text)) return true
    return mixedDirection(words) || languages.some((language) => directionOf(language) !== direction)
  }
}

function isBlank(line: PaintedPage['texts'][number]): boolean {
  return wordsOf(line).trim() === ''
}

function wordsOf(line: PaintedPage['texts'][number]): string {
  return typeof line === 'string' ? line : line.strings.map((string) => string.text).join('')
}

function faultOf({ ref, text }: RefText) {
  return { kind: 'text' as const, ref, text }
}

/** What all pages say, without blanks, and how well a part of it can be seen. */
function printedText(pages: readonly PaintedPage[]) {
  let found = ''
  /** Where pieces end that are not wholly clear, and how they are seen. */
  const dim: { from: number; to: number; sight: Sight }[] = []
  for (const page of pages) {
    for (const { text, sight } of seenTexts(page)) {
      const words = bare(text)
      if (words === '') continue
      if (sight.hidden || sight.contrast < leastContrast)
        dim.push({ from: found.length, to: found.length + words.length, sight })
      // An accent that stands by itself joins the letter before it.
      const before = words.charCodeAt(0) > 0x2ff && /^\p{M}/u.test(words) ? 1 : 0
      const joined = before === 0 ? words : (found.slice(-1) + words).normalize('NFC')
      found = (before === 0 ? found : found.slice(0, -1)) + joined
    }
  }
  const clear: Sight = { contrast: Number.POSITIVE_INFINITY, hidden: null }
  const sights = (from: number, to: number): Sight => {
    // They follow each other, so the first that can matter is found by halves.
    let [low, high] = [0, dim.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((dim[middle]?.to ?? 0) <= from) low = middle + 1
      else high = middle
    }
    let worst = clear
    for (let index = low; index < dim.length; index += 1) {
      const piece = dim[index]
      if (!piece || piece.from >= to) break
      if (piece.sight.contrast < worst.contrast) worst = piece.sight
    }
    return worst
  }
  return { found, sights }
}

/** Text without what leaves no ink: line breaks fall where they fall. */
function bare(text: string): string {
  return text.normalize('NFC').replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '')
}

function mixedDirection(text: string): boolean {
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text)
}

function countCharacters(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return counts
}
