/**
 * Where two characters share a glyph, such as ’ and ʼ, Skia names the glyph by one of them and wraps the other into
 * marked content with its own text. Many programs that read tagged PDFs lose such text, and what follows it. Where a
 * glyph stands for one character only, the font's table can simply say which.
 */

/** A span as Skia writes it: one glyph, and the character for which it stands. */
const span = /^\/Span<<\/ActualText <feff([0-9a-f]{4})> >> BDC\n((?:\S+ \S+ Td )?<([0-9a-f]{4})> Tj)\nEMC$/gim
const font = /^\/(\S+) \S+ Tf$/gm

/** Which characters the glyphs of each font stand for, by the font's key and the glyph's code. */
export type Meanings = Map<string, Map<string, { texts: Set<string>; plain: boolean }>>

/** Notes what the glyphs of a page stand for. @param keyOf a font's key by its name on the page */
export function readMeanings(content: string, keyOf: (name: string) => string, meanings: Meanings): void {
  if (!content.includes('/ActualText')) return
  for (const [key, text] of byFont(content, keyOf)) {
    for (const [, character = '', , code = ''] of text.matchAll(span)) {
      const known = meanings.get(key) ?? new Map<string, { texts: Set<string>; plain: boolean }>()
      const meaning = known.get(code.toLowerCase()) ?? { texts: new Set<string>(), plain: false }
      meaning.texts.add(character)
      meanings.set(key, known.set(code.toLowerCase(), meaning))
    }
  }
}

/** Notes which of those glyphs are painted without a span as well. */
export function readPlainUses(content: string, keyOf: (name: string) => string, meanings: Meanings): void {
  if (meanings.size === 0) return
  for (const [key, text] of byFont(content, keyOf)) {
    const known = meanings.get(key)
    if (!known) continue
    for (const [, codes = ''] of text.replace(span, '').matchAll(/<([0-9a-f]+)> Tj/gi)) {
      for (let at = 0; at < codes.length; at += 4) {
        const meaning = known.get(codes.slice(at, at + 4).toLowerCase())
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

/** Takes the spans away that are no longer needed. */
export function unwrapSpans(content: string, keyOf: (name: string) => string, meanings: Meanings): string {
  if (!content.includes('/ActualText')) return content
  return byFont(content, keyOf)
    .map(([key, text]) =>
      text.replace(span, (whole, _: string, inner: string, code: string) =>
        meaningOf(meanings, key, code.toLowerCase()) === undefined ? whole : inner,
      ),
    )
    .join('')
}

/** Corrects a font's table of characters. @see Adobe Technical Note 5411 */
export function correctCodeMap(map: string, key: string, meanings: Meanings): string {
  return map.replace(/^<([0-9A-Fa-f]{4})> <[0-9A-Fa-f]+>$/gm, (line, code: string) => {
    const meaning = meaningOf(meanings, key, code.toLowerCase())
    return meaning === undefined ? line : `<${code}> <${meaning.toUpperCase()}>`
  })
}

/** The content cut where the font changes, each part with the key of its font. */
function byFont(content: string, keyOf: (name: string) => string): [key: string, text: string][] {
  const parts: [string, string][] = []
  let [start, key] = [0, '']
  for (const match of content.matchAll(font)) {
    parts.push([key, content.slice(start, match.index)])
    start = match.index
    key = keyOf(match[1] ?? '')
  }
  parts.push([key, content.slice(start)])
  return parts
}
