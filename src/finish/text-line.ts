import { decodeDigits, type CodeMap } from './code-maps.ts'
import { rectangle, type Area, type Matrix } from './geometry.ts'
import type { GraphicsState } from './graphics-state.ts'
import type { LineOfText, PaintedString } from './paint.ts'

type WrittenString = Omit<PaintedString, 'width'> & { width: number }

/** A line of text that is being read. */
export interface OpenLine {
  readonly matrix: Matrix
  x: number
  y: number
  /** The width of the last one is known when the next begins. */
  readonly strings: WrittenString[]
}

/** Begins a line where text begins (`BT`, `Tm`). */
export function openLine(matrix: Matrix): OpenLine {
  return { matrix, x: 0, y: 0, strings: [] }
}

/** What an operator shows, and how far it moves before that. */
export interface Shown {
  /** `dx dy Td`; undefined where it shows where the line has come to. */
  readonly move: readonly [x: number, y: number] | undefined
  readonly decoded: string
  /** As hexadecimal digits. */
  readonly codes: string
  readonly glyphs: number
  /** Blanks with which it begins. */
  readonly blanks: number
}

/** Reads `dx dy Td <…> Tj` or `<…> Tj`. */
export function readShown(text: string, font: CodeMap): Shown {
  const digits = text.slice(text.lastIndexOf('<') + 1, -4)
  const decoded = decodeDigits(digits, font)
  return {
    move: text.startsWith('<') ? undefined : moveIn(text),
    decoded,
    codes: digits,
    glyphs: digits.length / (font.bytes * 2),
    blanks: decoded.charCodeAt(0) <= 0x20 ? decoded.length - decoded.trimStart().length : 0,
  }
}

/** The way that `Td` goes, in the units of the text (§ 9.4.2). */
export function moveIn(text: string): readonly [x: number, y: number] {
  return [Number.parseFloat(text), text.includes(' 0 Td') ? 0 : Number(text.split(' ', 2)[1])]
}

/** Goes on to another place in the line. */
export function moveBy(open: OpenLine, size: number, [x, y]: readonly [x: number, y: number]): void {
  endString(open, size, y === 0 ? open.x + x : Number.NEGATIVE_INFINITY)
  open.x += x
  open.y += y
}

/**
 * Shows a string where the line has come to.
 *
 * @param text what it says, which may be other than what its glyphs stand for
 */
export function showString(
  open: OpenLine,
  size: number,
  text: string,
  { codes, glyphs, blanks }: Pick<Shown, 'codes' | 'glyphs' | 'blanks'>,
): void {
  endString(open, size, Number.NEGATIVE_INFINITY)
  open.strings.push({ text, codes, x: open.x, y: open.y, width: 0, glyphs, blanks })
}

/** Ends a line. @returns nothing where nothing was shown in it */
export function closeLine(open: OpenLine, state: GraphicsState): LineOfText | undefined {
  const { strings, matrix } = open
  if (strings.length === 0) return undefined
  const { clips, alpha, blend, mask, color, size, font } = state
  endString(open, size, Number.NEGATIVE_INFINITY)
  const area = areaOfStrings(matrix, strings, size)
  return { kind: 'text', area, clips, alpha, blend, mask, color, matrix, size, font, strings }
}

/** Ends the string before, which reaches to x. */
function endString(open: OpenLine, size: number, x: number): void {
  const last = open.strings[open.strings.length - 1]
  if (!last || last.width > 0) return
  // Where nothing follows, its width is not known: it is that of narrow letters.
  const em = last.glyphs * size
  last.width = x > last.x ? Math.min(x - last.x, em * 1.2) : em * 0.4
}

function areaOfStrings(matrix: Matrix, strings: readonly PaintedString[], size: number): Area {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y, width } of strings) {
    left = Math.min(left, x)
    right = Math.max(right, x + width)
    bottom = Math.min(bottom, y)
    top = Math.max(top, y)
  }
  return rectangle(matrix, [left, bottom, right, top + size / 2])
}
