/**
 * Where two characters share a glyph, such as ’ and ʼ, Skia names the glyph by one of them and wraps the other into
 * marked content with its own text. Many programs that read tagged PDFs lose such text, and what follows it. Where a
 * glyph stands for one character only, the font's table can simply say which.
 */

import { glyphsOf } from './lines.ts'

/** How Skia opens such content, and the glyph in it. */
const opening = /^\/Span ?<<\/ActualText <feff([0-9a-f]{4})> ?>> ?BDC$/i
const glyph = /^(?:\S+ \S+ Td )?<([0-9a-f]{4})> Tj$/i
const move = /^\S+ \S+ Td$/

/** A span: the character that it says and the code of its glyph. */
interface Span {
  /** The line that closes it. */
  readonly close: number
  readonly character: string
  readonly code: string
}

/** Which characters the glyphs of each font stand for, by the font's key and the glyph's code. */
export type Meanings = Map<string, Map<string, { texts: Set<string>; plain: boolean }>>

/** The key of a font by its name on the page. */
export type KeyOfFont = (name: string) => string

/** Where a page opens such a span, or sets a font: a few lines among thousands. */
export type Landmark = { readonly at: number } & (
  | { readonly span: Span }
  /** The key of the font. */
  | { readonly key: string }
)

/** @param lines the content of a page, an operator to a line */
export function landmarksOf(lines: readonly string[], keyOf: KeyOfFont): Landmark[] {
  const landmarks: Landmark[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    // Most lines are told by one character: pages have thousands.
    if (line.charCodeAt(0) !== 0x2f) continue
    if (line.endsWith(' Tf')) landmarks.push({ at, key: keyOf(line.slice(1, line.indexOf(' '))) })
    else if (line.startsWith('/Span')) {
      const span = spanAt(lines, at)
      if (span) landmarks.push({ at, span })
    }
  }
  return landmarks
}

/** Notes what the glyphs of a page stand for. */
export function readMeanings(landmarks: readonly Landmark[], meanings: Meanings): void {
  let key = ''
  for (const landmark of landmarks) {
    if ('key' in landmark) {
      key = landmark.key
      continue
    }
    const { code, character } = landmark.span
    const known = meanings.get(key) ?? new Map<string, { texts: Set<string>; plain: boolean }>()
    const meaning = known.get(code) ?? { texts: new Set<string>(), plain: false }
    meaning.texts.add(character)
    meanings.set(key, known.set(code, meaning))
  }
}

/** Notes which of those glyphs are painted without a span as well. */
export function readPlainUses(
  lines: readonly string[],
  landmarks: readonly Landmark[],
  meanings: Meanings,
): void {
  if (meanings.size === 0) return
  let known = meanings.get('')
  let anyKnown = known && anyOf(known)
  let from = 0
  for (const landmark of [...landmarks, undefined]) {
    for (let at = from; known && anyKnown && at < (landmark?.at ?? lines.length); at += 1) {
      const line = lines[at] ?? ''
      if (!line.endsWith('> Tj') || !anyKnown.test(line)) continue
      for (const shown of glyphsOf(line)) {
        for (let code = shown.lastIndexOf('<') + 1; code < shown.length - 4; code += 4) {
          const meaning = known.get(shown.slice(code, code + 4).toUpperCase())
          if (meaning) meaning.plain = true
        }
      }
    }
    if (!landmark) return
    if ('key' in landmark) {
      known = meanings.get(landmark.key)
      anyKnown = known && anyOf(known)
    }
    from = 'span' in landmark ? landmark.span.close : landmark.at
  }
}

/** Finds any of some codes, wherever they stand. */
function anyOf(codes: ReadonlyMap<string, unknown>): RegExp {
  const digits = [...codes.keys()]
  return new RegExp([...new Set([...digits, ...digits.map((code) => code.toLowerCase())])].join('|'))
}

/** The character a glyph always stands for, if there is one. */
function meaningOf(meanings: Meanings, key: string, code: string): string | undefined {
  const meaning = meanings.get(key)?.get(code)
  if (!meaning || meaning.plain || meaning.texts.size !== 1) return undefined
  return [...meaning.texts][0]
}

/** The lines without the spans that are no longer needed. */
export function unwrapSpans(
  lines: readonly string[],
  landmarks: readonly Landmark[],
  meanings: Meanings,
): readonly string[] {
  const parts: (readonly string[])[] = []
  let key = ''
  let from = 0
  for (const landmark of landmarks) {
    if ('key' in landmark) key = landmark.key
    else if (meaningOf(meanings, key, landmark.span.code) !== undefined) {
      parts.push(lines.slice(from, landmark.at), lines.slice(landmark.at + 1, landmark.span.close))
      from = landmark.span.close + 1
    }
  }
  return parts.length === 0 ? lines : ([] as string[]).concat(...parts, lines.slice(from))
}

/** Corrects a font's table of characters. @see Adobe Technical Note 5411 */
export function correctCodeMap(map: string, key: string, meanings: Meanings): string {
  return map.replace(/^<([0-9A-Fa-f]{4})> <[0-9A-Fa-f]+>$/gm, (line, code: string) => {
    const meaning = meaningOf(meanings, key, code.toUpperCase())
    return meaning === undefined ? line : `<${code}> <${meaning.toUpperCase()}>`
  })
}

function spanAt(lines: readonly string[], open: number): Span | undefined {
  const character = opening.exec(lines[open] ?? '')?.[1]
  // Skia leaves the move on the line of its glyph.
  const inside = move.test(lines[open + 1] ?? '') ? open + 2 : open + 1
  const code = glyph.exec(lines[inside] ?? '')?.[1]
  if (character === undefined || code === undefined || lines[inside + 1] !== 'EMC') return undefined
  return { close: inside + 1, character, code: code.toUpperCase() }
}
