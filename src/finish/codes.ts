/**
 * Where two characters share a glyph, such as ’ and ʼ, Skia names the glyph by one of them and wraps the other into
 * marked content with its own text. Many programs that read tagged PDFs lose such text, and what follows it. Where a
 * glyph stands for one character only, the font's table can simply say which.
 */

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

/** Notes what the glyphs of a page stand for. @param lines its content, an operator to a line */
export function readMeanings(lines: readonly string[], keyOf: KeyOfFont, meanings: Meanings): void {
  let key = ''
  for (let at = 0; at < lines.length; at += 1) {
    const span = spanAt(lines, at)
    if (span) {
      const known = meanings.get(key) ?? new Map<string, { texts: Set<string>; plain: boolean }>()
      const meaning = known.get(span.code) ?? { texts: new Set<string>(), plain: false }
      meaning.texts.add(span.character)
      meanings.set(key, known.set(span.code, meaning))
    } else key = keyAt(lines, at, keyOf) ?? key
  }
}

/** Notes which of those glyphs are painted without a span as well. */
export function readPlainUses(lines: readonly string[], keyOf: KeyOfFont, meanings: Meanings): void {
  if (meanings.size === 0) return
  let known = meanings.get('')
  let anyKnown = /^/
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const key = keyAt(lines, at, keyOf)
    if (key !== undefined) {
      known = meanings.get(key)
      anyKnown = new RegExp([...(known?.keys() ?? [])].join('|'), 'i')
    }
    if (known === undefined) continue
    const span = spanAt(lines, at)
    if (span) at = span.close
    else if (isGlyphs(line) && anyKnown.test(line)) {
      for (let code = line.lastIndexOf('<') + 1; code < line.length - 4; code += 4) {
        const meaning = known.get(line.slice(code, code + 4).toUpperCase())
        if (meaning) meaning.plain = true
      }
    }
  }
}

/** The character a glyph always stands for, if there is one. */
export function meaningOf(meanings: Meanings, key: string, code: string): string | undefined {
  const meaning = meanings.get(key)?.get(code)
  if (!meaning || meaning.plain || meaning.texts.size !== 1) return undefined
  return [...meaning.texts][0]
}

/** The lines without the spans that are no longer needed. */
export function unwrapSpans(
  lines: readonly string[],
  keyOf: KeyOfFont,
  meanings: Meanings,
): readonly string[] {
  if (meanings.size === 0) return lines
  const straight: string[] = []
  let key = ''
  for (let at = 0; at < lines.length; at += 1) {
    const span = spanAt(lines, at)
    if (span && meaningOf(meanings, key, span.code) !== undefined) {
      straight.push(...lines.slice(at + 1, span.close))
      at = span.close
    } else {
      key = keyAt(lines, at, keyOf) ?? key
      straight.push(lines[at] ?? '')
    }
  }
  return straight
}

/** Corrects a font's table of characters. @see Adobe Technical Note 5411 */
export function correctCodeMap(map: string, key: string, meanings: Meanings): string {
  return map.replace(/^<([0-9A-Fa-f]{4})> <[0-9A-Fa-f]+>$/gm, (line, code: string) => {
    const meaning = meaningOf(meanings, key, code.toUpperCase())
    return meaning === undefined ? line : `<${code}> <${meaning.toUpperCase()}>`
  })
}

function isGlyphs(line: string): boolean {
  return line.charCodeAt(line.length - 1) === 0x6a && line.endsWith('> Tj')
}

function spanAt(lines: readonly string[], open: number): Span | undefined {
  const line = lines[open] ?? ''
  // Most lines are told by one character: pages have thousands.
  if (line.charCodeAt(0) !== 0x2f || !line.startsWith('/Span')) return undefined
  const character = opening.exec(line)?.[1]
  // Skia leaves the move on the line of its glyph.
  const inside = move.test(lines[open + 1] ?? '') ? open + 2 : open + 1
  const code = glyph.exec(lines[inside] ?? '')?.[1]
  if (character === undefined || code === undefined || lines[inside + 1] !== 'EMC') return undefined
  return { close: inside + 1, character, code: code.toUpperCase() }
}

/** The key of the font that a line sets. */
function keyAt(lines: readonly string[], at: number, keyOf: KeyOfFont): string | undefined {
  const line = lines[at] ?? ''
  if (line.charCodeAt(line.length - 1) !== 0x66 || !line.endsWith(' Tf')) return undefined
  return keyOf(line.slice(1, line.indexOf(' ')))
}
