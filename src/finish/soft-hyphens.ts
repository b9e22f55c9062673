import type { Landmark } from './codes.ts'

const setsFont = /^\/(\S+) \S+ Tf$/
const oneGlyph = /^<([0-9a-f]{4})> Tj$/i
/** What begins or ends a part of the structure, or paints more than a line under a link. */
const goesOn = /(?:BDC|BMC|EMC|Do|Tj|TJ|sh)$/
/** Of lines between the soft hyphen and the piece of text with the hyphen that is seen. */
const mostBetween = 12

/**
 * Lines of a page on which words were parted, such that their hyphens say what they are. At the end of a line Skia writes
 * a soft hyphen, which leaves no ink, and after it a hyphen like any other: read aloud or copied, it would be a letter of
 * the word. The soft hyphen moves to the glyph that is seen (ISO 32000-1, § 14.8.2.2.3).
 *
 * @param lines the content of the page, an operator to a line
 * @param isHyphen whether a glyph, by its digits, is one in the font of that name
 * @returns the same lines where no word was parted
 */
export function withSoftHyphens(
  lines: readonly string[],
  landmarks: readonly Landmark[],
  isHyphen: (font: string, code: string) => boolean,
): readonly string[] {
  const parts: (readonly string[])[] = []
  let from = 0
  for (const landmark of landmarks) {
    if (!('span' in landmark) || landmark.span.character.toLowerCase() !== '00ad') continue
    const { at, span } = landmark
    const seen = lineEndAfter(lines, span.close, isHyphen)
    if (seen === undefined) continue
    parts.push(lines.slice(from, at), lines.slice(span.close + 1, seen), [
      lines[at] ?? '',
      lines[seen] ?? '',
      lines[span.close] ?? '',
    ])
    from = seen + 1
  }
  return parts.length === 0 ? lines : ([] as string[]).concat(...parts, lines.slice(from))
}

/** Where the hyphen is painted that ends a line: a piece of text of its own, behind that of the soft hyphen. */
function lineEndAfter(
  lines: readonly string[],
  close: number,
  isHyphen: (font: string, code: string) => boolean,
): number | undefined {
  if (lines[close + 1] !== 'ET') return undefined
  let begin = close + 2
  while (lines[begin] !== 'BT') {
    if (begin - close > mostBetween || goesOn.test(lines[begin] ?? 'EMC')) return undefined
    begin += 1
  }
  const [font, , glyph, end] = lines.slice(begin + 1, begin + 5)
  const [, name = ''] = setsFont.exec(font ?? '') ?? []
  const [, code = ''] = oneGlyph.exec(glyph ?? '') ?? []
  return end === 'ET' && isHyphen(name, code) ? begin + 3 : undefined
}
