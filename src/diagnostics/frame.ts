import stringWidth from 'fast-string-width'

import { lineText, positionAt, type Location } from '../text/source.ts'

/** Columns that a frame's source line may take before it is cut at the far end. */
const widest = 100

/** A line of source with marks under the part that is meant. */
export interface Frame {
  readonly line: number
  readonly text: string
  /** Cells before the marks, and how many marks; both in terminal cells, so that wide characters line up. */
  readonly indent: number
  readonly marks: number
}

/** Cuts the line of a place out of its source, ready to be shown in a terminal. */
export function frameOf({ source, span }: Location): Frame {
  const { line, column } = positionAt(source, span.start)
  const characters = [...lineText(source, line)]
  const endsHere = positionAt(source, span.end)
  const end = endsHere.line === line ? endsHere.column - 1 : characters.length
  let [from, to] = [column - 1, Math.max(column, end)]

  let shown = characters
  let cut = 0
  if (characters.length > widest) {
    cut = Math.max(0, Math.min(from - 30, characters.length - widest))
    shown = characters.slice(cut, cut + widest)
    if (cut > 0) shown[0] = '…'
    if (cut + widest < characters.length) shown[shown.length - 1] = '…'
    from = Math.max(0, from - cut)
    to = Math.min(widest, to - cut)
  }
  const before = visible(shown.slice(0, from).join(''))
  const marked = visible(shown.slice(from, Math.max(to, from + 1)).join(''))
  return {
    line,
    text: visible(shown.join('')),
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
