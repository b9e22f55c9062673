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

/** Where a text is found. */
interface Place {
  readonly words: string
  readonly at: number
  readonly sight: Sight
  /** Whether places before it were passed over, or it is one itself, because they cannot be seen. */
  readonly isBehindHidden: boolean
}

/**
 * Each text has to be there, to be seen, as often as it is asked for. The longest are looked for first, and none is
 * found in the place of another: “Tests” is not found in “Tests what others build”. A text that was found across two
 * others, as “Staff Engineer” across “Senior Staff” and “Engineer”, makes room for them where it stands elsewhere too.
 */
function checkText(pages: readonly PaintedPage[], { texts, direction }: Expected): PdfFault[] {
  const { found, sights } = printedText(pages)
  const taken = new Uint8Array(found.length)
  const next = new Map<string, number>()
  const places = new Map<RefText, Place>()
  const missing = new Set<RefText>()
  const turned: (readonly [RefText, string])[] = []
  const wanted = texts
    .map((text) => [text, bare(text.text)] as const)
    .filter(([, words]) => words !== '')
    .toSorted(([, one], [, other]) => other.length - one.length)
  for (const [text, words] of wanted) {
    const place = placeOf(words, next.get(words))
    if (place) {
      take(text, place)
      if (!place.isBehindHidden) next.set(words, place.at + words.length)
    } else if (makeRoom(text, words)) continue
    else if (turns(text, words)) turned.push([text, words])
    else missing.add(text)
  }
  if (turned.length > 0) for (const text of missingOf(turned)) missing.add(text)
  return texts.flatMap((text): PdfFault[] => {
    if (missing.has(text)) return [faultOf(text)]
    const { hidden = null, contrast = Infinity } = places.get(text)?.sight ?? {}
    if (hidden) return [{ ...faultOf(text), hidden }]
    return contrast < leastContrast ? [{ ...faultOf(text), kind: 'faint', contrast }] : []
  })

  function take(text: RefText, place: Place): void {
    places.set(text, place)
    taken.fill(1, place.at, place.at + place.words.length)
  }

  function leave(text: RefText, { at, words }: Place): void {
    places.delete(text)
    taken.fill(0, at, at + words.length)
  }

  /** The next place that nothing else has; one that can be seen before others. */
  function placeOf(words: string, from?: number): Place | undefined {
    let hidden: Place | undefined
    for (let at = found.indexOf(words, from); at >= 0; at = found.indexOf(words, at + 1)) {
      const end = at + words.length
      if (taken[at] === 1 || taken[end - 1] === 1 || taken.subarray(at, end).includes(1)) continue
      const sight = sights(at, end)
      if (!sight.hidden) return { words, at, sight, isBehindHidden: hidden !== undefined }
      hidden ??= { words, at, sight, isBehindHidden: true }
    }
    return hidden
  }

  /** Moves what lies over a place of a text to other places of its own. @returns whether the text has its place then */
  function makeRoom(text: RefText, words: string): boolean {
    for (let at = found.indexOf(words); at >= 0; at = found.indexOf(words, at + 1)) {
      const end = at + words.length
      const before = [...places].filter(([, other]) => other.at < end && at < other.at + other.words.length)
      for (const [other, place] of before) leave(other, place)
      const own: Place = { words, at, sight: sights(at, end), isBehindHidden: false }
      take(text, own)
      const moved: [RefText, Place][] = []
      for (const [other, { words: others }] of before) {
        const place = placeOf(others)
        if (!place) break
        take(other, place)
        moved.push([other, place])
      }
      if (moved.length === before.length) return true
      for (const [other, place] of moved) leave(other, place)
      leave(text, own)
      for (const [other, place] of before) take(other, place)
    }
    return false
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
