import stringWidth from 'fast-string-width'

import { lineSpan, positionAt, type Location } from '../text/source.ts'

/** Columns that a frame's source line may take before it is cut at the far end. */
const widest = 100

/** A line of source with marks under the part that is meant. */
export interface Frame {
  readonly line: number
  readonly text: string
  /** What stands before the part that is meant, and that part: how `text` begins. */
  readonly before: string
  readonly marked: string
  /** Cells before the marks, and how many marks; both in terminal cells, so that wide characters line up. */
  readonly indent: number
  readonly marks: number
}

/** Cuts the line of a place out of its source, ready to be shown in a terminal. */
export function frameOf({ source, span }: Location): Frame {
  const { line } = positionAt(source, span.start)
  const whole = lineSpan(source, line)
  const start = Math.min(span.start, whole.end)
  const end = Math.max(start, Math.min(span.end, whole.end))
  // A line can be as long as its file: no more of it is looked at than may be shown, at two units a character.
  const near = {
    start: Math.max(whole.start, start - 2 * widest),
    end: Math.min(whole.end, start + 2 * widest),
  }
  const leading = Array.from(source.text.slice(near.start, start))
  const characters = [...leading, ...source.text.slice(start, near.end)]
  let from = leading.length
  let to = from + Math.max(1, Array.from(source.text.slice(start, Math.min(end, near.end))).length)

  let shown = characters
  if (characters.length > widest) {
    const cut = Math.max(0, Math.min(from - 30, characters.length - widest))
    shown = characters.slice(cut, cut + widest)
    if (cut > 0 || near.start > whole.start) shown[0] = '…'
    if (cut + widest < characters.length || near.end < whole.end) shown[shown.length - 1] = '…'
    from -= cut
    to = Math.min(widest, to - cut)
  }
  const before = visible(shown.slice(0, from).join(''))
  const marked = visible(shown.slice(from, Math.max(to, from + 1)).join(''))
  return {
    line,
    text: visible(shown.join('')),
    before,
    marked,
    indent: stringWidth(before),
    marks: Math.max(1, stringWidth(marked)),
  }
}

/**
 * Makes text harmless for a terminal: control characters (escape sequences among them) become pictures, marks
 * that turn the direction of writing become visible, tabs become spaces.
 */
export function visible(text: string): string {
  return text
    .replaceAll('\t', '  ')
    .replace(/[\u0000-\u001f]/g, (character) => String.fromCharCode(0x2400 + character.charCodeAt(0)))
    .replace(
      /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
      (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
    )
}
