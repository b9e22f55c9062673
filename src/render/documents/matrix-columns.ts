import { lineText, type Line } from '../../markdown/line.ts'
import type { Sheet } from '../../plan/paper.ts'
import type { MatrixColumn, MatrixContent } from './matrix-content.ts'
import { proseHeight } from './matrix-copyfit.ts'
import { headNames, widestHead } from './matrix-heads.ts'
import type { MatrixLayout } from './matrix-layout.ts'

/** Between columns, in mm: white space separates, so it must be seen. */
export const columnGap = 6

/** In mm. On A4 and Letter, either way up, all ink stands where both have paper. */
export function matrixMargins({ paper, orientation }: Sheet): {
  readonly top: number
  readonly bottom: number
  readonly binding: number
  readonly outer: number
} {
  const isUprightPage = orientation === 'portrait' && (paper === 'A4' || paper === 'Letter')
  return isUprightPage
    ? { top: 17, bottom: 16, binding: 20, outer: 13 }
    : { top: 16, bottom: 14, binding: 16, outer: 16 }
}

/** In mm: what a matrix has between its margins. */
export function matrixRoom(sheet: Sheet): number {
  const { binding, outer } = matrixMargins(sheet)
  return sheet.width - binding - outer
}

/** The column of dimension names where more than names stands there, or it would decide how high rows are. */
const headWidths = { summaries: 48, roomy: 84 }
const stubWidths = { narrow: 26, wide: 32 }
/** 24 characters of text at the floor of 9 pt, in mm. */
export const leastWidth = 38
/** More than seven levels abreast are read across two sheets, with one level of overlap. */
const mostLevels = 7
/** In mm. */
const leastWide = 350

/** Whether levels need the room of a sheet: what says least is narrower there. */
export function isNarrowSheet(sheet: Sheet): boolean {
  return sheet.width < leastWide
}

/** Column indexes per sheet: all on one where they have room, else parts that overlap by one level. */
export function columnGroups(content: MatrixContent, sheet: Sheet): readonly (readonly number[])[] {
  const all = content.columns.map((_, index) => index)
  const room = roomOf(content, sheet)
  const least = (columns: readonly number[]) =>
    columns.reduce(
      (sum, index) => sum + columnGap + leastOf(content.columns[index] as MatrixColumn, sheet),
      0,
    )
  const levels = (columns: readonly number[]) =>
    columns.filter((index) => content.columns[index]?.kind !== 'stub').length
  const fits = (columns: readonly number[]) =>
    columns.length < 3 || (least(columns) <= room && levels(columns) <= mostLevels)
  for (let parts = 1; parts < all.length; parts += 1) {
    const groups = overlapping(all, parts)
    if (groups.every(fits)) return groups
  }
  return all.length > 1 ? overlapping(all, all.length - 1) : [all]
}

/** The columns of a group on its further sheets: what is not described is named on the first. */
export function furtherColumns(content: MatrixContent, columns: readonly number[]): readonly number[] {
  const told = columns.filter((index) => content.columns[index]?.kind !== 'stub')
  return told.length > 0 ? told : columns
}

/**
 * The columns over which the statements for every level stand, as positions (inclusive, exclusive): the longest row of
 * neighbours that have cells.
 */
export function everyAcross(
  content: MatrixContent,
  columns: readonly number[],
): readonly [from: number, to: number] {
  let best: readonly [number, number] = [0, 0]
  let from = 0
  for (const [at, index] of columns.entries()) {
    if (content.columns[index]?.kind !== 'cells') from = at + 1
    else if (at + 1 - from > best[1] - best[0]) best = [from, at + 1]
  }
  return best
}

function overlapping(all: readonly number[], parts: number): number[][] {
  const steps = all.length - 1
  return Array.from({ length: parts }, (_, part) =>
    all.slice(Math.round((part * steps) / parts), Math.round(((part + 1) * steps) / parts) + 1),
  )
}

function leastOf({ kind, least = leastWidth }: MatrixColumn, sheet: Sheet): number {
  return kind === 'stub' ? stubOn(sheet) : least
}

/** In mm: in which steps columns are made wider; what statements hang from. */
const [widening, dash] = [4, 4]

/**
 * The same matrix with columns so wide that each statement and note, which cannot be divided, has room on a sheet at the
 * floor; as wide as can be read at most.
 */
function withRoom(content: MatrixContent, sheet: Sheet): MatrixContent {
  // Lines that end early are not reckoned with.
  const high = (sheet.height - besideRows) * 0.9
  const most = Math.min(widestText, roomOf(content, sheet) - columnGap)
  const columns = content.columns.map((column, at) => {
    const { kind, note } = column
    if (kind === 'stub') return column
    const statements = content.rows.flatMap(({ cells }) => cells[at]?.statements ?? [])
    const texts = [
      ...(note ? [note] : []),
      ...statements.map(({ prose, examples }) => [...prose, ...examples.flat()]),
    ]
    const isHigh = (width: number) => texts.some((text) => proseHeight(text, width - dash) > high)
    let least = leastWidth
    while (least < most && isHigh(least)) least = Math.min(most, least + widening)
    return least > leastWidth ? { ...column, least } : column
  })
  return { ...content, columns }
}

/** A matrix with its columns as a layout has them. */
export function columnsAs(
  content: MatrixContent,
  sheet: Sheet,
  { roomy, byAmount }: Pick<MatrixLayout, 'roomy' | 'byAmount'>,
): MatrixContent {
  return { ...(roomy ? withRoom(content, sheet) : content), byAmount }
}

/** In mm: the column of the names of dimensions. On narrow paper the levels need the room. */
export function headWidthOf(content: MatrixContent, sheet: Sheet): number {
  const { rows, headWord = 0 } = content
  const longest = Math.max(
    ...rows.map(({ summary, group }) => lengthOf(summary) + lengthOf(group?.summary ?? null)),
  )
  const names = isNarrowSheet(sheet) ? headNames.narrow : headNames.wide
  const summaries = isOfFew(content) && !isNarrowSheet(sheet) ? headWidths.roomy : headWidths.summaries
  const usual = longest > (isNarrowSheet(sheet) ? 250 : 100) ? summaries : names
  return Math.max(usual, Math.min(headWord, isNarrowSheet(sheet) ? widestHead.narrow : widestHead.wide))
}

function lengthOf(line: Line | null): number {
  return line === null ? 0 : lineText(line).length
}

/** In mm: the column that levels share which are not described. */
export function stubOn(sheet: Sheet): number {
  return isNarrowSheet(sheet) ? stubWidths.narrow : stubWidths.wide
}

/** Sizes on a sheet in pt: of the title, and the largest of level names. */
export function matrixTitles(sheet: Sheet): { readonly title: number; readonly name: number } {
  return isNarrowSheet(sheet) ? { title: 22, name: 15 } : { title: 28, name: 18 }
}

/** Of what stands over columns, as most of it is. */
export function headSizes(sheet: Sheet): { readonly name: number; readonly summary: number } {
  return { name: matrixTitles(sheet).name, summary: isNarrowSheet(sheet) ? 9 : 11 }
}

/** In mm: what all columns of levels have together, with the gaps between them. */
export function roomOf(content: MatrixContent, sheet: Sheet): number {
  const hasHeads = content.rows.some(({ name }) => name !== null)
  return matrixRoom(sheet) - (hasHeads ? headWidthOf(content, sheet) : -columnGap)
}

/** In mm: longer lines of text cannot be followed. */
export const widestText = 120
/** What heads and feet take of the height of a sheet, in mm. */
export const besideRows = 85

/** A track of one level or two has more room than its texts can take in lines that can be followed. */
export function isOfFew({ columns }: MatrixContent): boolean {
  const levels = columns.filter(({ kind }) => kind !== 'stub')
  return levels.length > 0 && levels.length <= 2 && levels.every(({ kind }) => kind === 'cells')
}
