import type { FontSet } from '../../load/font-set.ts'
import { lineText, type Line } from '../../markdown/line.ts'
import type { Sheet } from '../../plan/paper.ts'
import { point } from '../../plan/units.ts'
import { keepsLines } from '../text-widths.ts'
import type { MatrixColumn, MatrixContent } from './matrix-content.ts'
import { leastText, listHeight, proseHeight, rowsHeight } from './matrix-copyfit.ts'
import { headNames, widestHead } from './matrix-heads.ts'
import type { MatrixLayout } from './matrix-layout.ts'

/** Between columns, in mm: white space separates, so it must be seen. */
const gap = 6

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
const leastWidth = 38
/** More than seven levels abreast are read across two sheets, with one level of overlap. */
const mostLevels = 7
/** In mm. */
const leastWide = 350

/** Whether levels need the room of a sheet: what says least is narrower there. */
export function isNarrowSheet(sheet: Sheet): boolean {
  return sheet.width < leastWide
}

/** The columns of a sheet, in mm, without the gaps between them. */
export interface MatrixWidths {
  /** 0 in a track without dimensions. */
  readonly head: number
  readonly columns: readonly number[]
  /** Of the whole table, with the gaps on both its sides. */
  readonly total: number
  /** In how many text columns the statements of a cell stand: the same on all sheets of a matrix. */
  readonly texts: number
}

/** Column indexes per sheet: all on one where they have room, else parts that overlap by one level. */
export function columnGroups(content: MatrixContent, sheet: Sheet): readonly (readonly number[])[] {
  const all = content.columns.map((_, index) => index)
  const room = roomOf(content, sheet)
  const least = (columns: readonly number[]) =>
    columns.reduce((sum, index) => sum + gap + leastOf(content.columns[index] as MatrixColumn, sheet), 0)
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
  const most = Math.min(widestText, roomOf(content, sheet) - gap)
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
  { roomy }: Pick<MatrixLayout, 'roomy'>,
): MatrixContent {
  return roomy ? withRoom(content, sheet) : content
}

/** On narrow paper the levels need the room. */
function headWidthOf(content: MatrixContent, sheet: Sheet): number {
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

function stubOn(sheet: Sheet): number {
  return isNarrowSheet(sheet) ? stubWidths.narrow : stubWidths.wide
}

/** Sizes on a sheet in pt: of the title, and the largest of level names. */
export function matrixTitles(sheet: Sheet): { readonly title: number; readonly name: number } {
  return isNarrowSheet(sheet) ? { title: 22, name: 15 } : { title: 28, name: 18 }
}

function roomOf(content: MatrixContent, sheet: Sheet): number {
  const hasHeads = content.rows.some(({ name }) => name !== null)
  return matrixRoom(sheet) - (hasHeads ? headWidthOf(content, sheet) : -gap)
}

/**
 * Widths in mm, gaps not included: in proportion to the square root of what is to be read, so that long columns do not
 * leave short ones a strip; none under 60 % of the median.
 */
export function matrixWidths(content: MatrixContent, columns: readonly number[], sheet: Sheet): MatrixWidths {
  const hasHeads = content.rows.some(({ name }) => name !== null)
  const members = columns.map((index) => content.columns[index] as MatrixColumn)
  const stubs = members.filter(({ kind }) => kind === 'stub').length
  const onlyStubs = stubs === members.length
  const room = roomOf(content, sheet) - columns.length * gap - (onlyStubs ? 0 : stubs * stubOn(sheet))
  const weights = members.map(({ kind, words }) =>
    kind === 'stub' && !onlyStubs ? 0 : Math.sqrt(Math.max(words, 12)),
  )
  const weighed = weights.filter((weight) => weight > 0).sort((a, b) => a - b)
  const median = weighed[Math.floor(weighed.length / 2)] ?? 1
  const bounded = withLeast(
    weights.map((weight) => (weight === 0 ? 0 : Math.max(weight, median * 0.6))),
    members.map(({ least = leastWidth }) => least),
    room,
  )
  const total = bounded.reduce((sum, weight) => sum + weight, 0)
  // A matrix of one level would otherwise run over the whole sheet in lines nobody can follow.
  const texts = textColumns(content, sheet)
  const widest = texts > 1 ? texts * widestText + (texts - 1) * gap : Math.max(widestText, room / 3)
  const widths = bounded.map((weight) =>
    weight === 0 ? stubOn(sheet) : Math.min(widest, (room * weight) / total),
  )
  const head = hasHeads ? headWidthOf(content, sheet) : 0
  const all = [...(hasHeads ? [head] : []), ...widths]
  return { head, columns: widths, total: all.reduce((sum, width) => sum + width + gap, gap), texts }
}

/** Weights by which no column gets less of `room` (mm) than it needs, if there is enough for all. */
function withLeast(weights: readonly number[], leasts: readonly number[], room: number): number[] {
  const needs = (some: readonly number[]) => some.reduce((sum, index) => sum + (leasts[index] ?? 0), 0)
  const columns = [...weights.keys()].filter((index) => (weights[index] ?? 0) > 0)
  if (needs(columns) >= room) return weights.map((weight, index) => (weight > 0 ? (leasts[index] ?? 1) : 0))
  let bounded = [...weights]
  for (;;) {
    const total = bounded.reduce((sum, other) => sum + other, 0)
    const narrow = columns.filter(
      (index) => (room * (bounded[index] ?? 0)) / total < (leasts[index] ?? 0) - 0.001,
    )
    if (narrow.length === 0) return bounded
    // What the narrow ones need is taken from the others in proportion.
    const wide = columns.filter((index) => !narrow.includes(index))
    const rest = room - needs(narrow)
    const unit = wide.reduce((sum, index) => sum + (bounded[index] ?? 0), 0) / rest
    bounded = bounded.map((weight, index) => (narrow.includes(index) ? (leasts[index] ?? 0) * unit : weight))
  }
}

/** In mm: longer lines of text cannot be followed. */
const widestText = 120
/** What heads and feet take of the height of a sheet, in mm. */
const besideRows = 85

/** A track of one level or two has more room than its texts can take in lines that can be followed. */
function isOfFew({ columns }: MatrixContent): boolean {
  const levels = columns.filter(({ kind }) => kind !== 'stub')
  return levels.length > 0 && levels.length <= 2 && levels.every(({ kind }) => kind === 'cells')
}

/** One; in tracks of one or two levels as many as keep all rows on one sheet, or as many as there is room for. */
function textColumns(content: MatrixContent, sheet: Sheet): number {
  if (!isOfFew(content)) return 1
  const { columns, rows } = content
  const stubs = columns.filter(({ kind }) => kind === 'stub').length
  const width = (roomOf(content, sheet) - stubs * (stubOn(sheet) + gap)) / (columns.length - stubs) - gap
  const most = Math.max(1, Math.floor((width + gap) / (leastText + gap)))
  const head = rows.some(({ name }) => name !== null) ? headWidthOf(content, sheet) : 0
  const own = (texts: number) => Math.min(widestText, (width + gap) / texts - gap)
  const room = sheet.height - besideRows
  const isHigh = (texts: number) => rowsHeight(content, { head, text: own(texts), texts }) > room
  const statements = rows.flatMap(({ cells }) => cells.flatMap((cell) => cell?.statements ?? []))
  // What cannot be divided must not be narrow as well.
  const isDivided = (texts: number) => statements.every((one) => listHeight([one], own(texts)) <= room / 3)
  let texts = 1
  while (texts < most && isHigh(texts) && isDivided(texts + 1)) texts += 1
  return texts
}

/** The mean width in mm of the columns that hold text, of the sheet with most of them. */
export function meanColumn(content: MatrixContent, sheet: Sheet): number {
  const widths = columnGroups(content, sheet).map((columns) => {
    const all = matrixWidths(content, columns, sheet).columns
    const texts = all.filter((_, at) => content.columns[columns[at] ?? -1]?.kind !== 'stub')
    return texts.reduce((sum, width) => sum + width, 0) / Math.max(1, texts.length)
  })
  return Math.min(...widths)
}

/**
 * Level names in pt: the largest, less where a name would take more than three lines of its column or be broken in a
 * word.
 */
export function nameSizeFor(
  fonts: FontSet,
  content: MatrixContent,
  columns: readonly number[],
  widths: MatrixWidths,
  largest: number,
): number {
  const fits = (size: number) =>
    columns.every((index, at) => {
      const column = content.columns[index] as MatrixColumn
      const own = column.kind === 'stub' ? size * 0.7 : size
      const width = (widths.columns[at] ?? leastWidth) / point
      const least = column.kind === 'stub' ? 12 * 0.7 : 12
      return column.heads.every(({ title }) =>
        keepsLines(fonts, lineText(title), own, { width, least, lines: 3 }),
      )
    })
  return [18, 17, 16, 15, 14, 13].find((size) => size <= largest && fits(size)) ?? 12
}
