import type { Sheet } from './paper.ts'
import { inch } from './units.ts'

/** What a copy shop gets around a sheet that it cuts to size. In mm. */
export interface Trim {
  /** How far colour that reaches the edge is to run over it. */
  readonly bleed: number
  /** Whether marks show where to cut. */
  readonly marks: boolean
}

/** Marks begin this far from the cut, or where the bleed ends, and leave a rim beside them. */
const leastOffset = 3
export const markLength = 5
const rim = 2

/** No shop asks for more. */
export const mostBleed = 20

/** How far from the cut marks begin, in mm. */
export function markOffset({ bleed }: Trim): number {
  return Math.max(bleed, leastOffset)
}

/** How much wider than its finished size the printed sheet is on each side, in mm. */
export function slugOf(trim: Trim | undefined): number {
  if (!trim) return 0
  return trim.marks ? markOffset(trim) + markLength + rim : trim.bleed
}

/** The sheet that is printed, before it is cut to size. */
export function untrimmed(sheet: Sheet, trim: Trim | undefined): Sheet {
  const slug = slugOf(trim)
  return { ...sheet, width: sheet.width + 2 * slug, height: sheet.height + 2 * slug }
}

/** Widths of common rolls of plotters in mm: 24, 36 and 42 inches. */
const rolls = [609.6, 914.4, 1066.8]

/**
 * The roll that the finished sheet would fit and the untrimmed one does not.
 *
 * @returns undefined where marks and bleed cost nothing
 */
export function rollLost(
  sheet: Sheet,
  trim: Trim | undefined,
): { roll: number; next: number | undefined; width: number } | undefined {
  const side = ({ width, height }: Sheet) => Math.min(width, height)
  const width = side(untrimmed(sheet, trim))
  const at = rolls.findIndex((roll) => side(sheet) <= roll + 0.01)
  const roll = rolls[at]
  if (roll === undefined || width <= roll + 0.01) return undefined
  return { roll, next: rolls.find((wider) => width <= wider), width }
}

/** Reads a length such as `3mm` or `0.125in`, in mm; undefined for what is none. */
export function parseBleed(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*(mm|in)$/i.exec(text.trim())
  if (!found) return undefined
  const length = Number(found[1]) * (found[2]?.toLowerCase() === 'in' ? inch : 1)
  return length <= mostBleed ? length : undefined
}
