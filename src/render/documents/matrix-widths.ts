import type { FontSet } from '../../load/font-set.ts'
import { lineText } from '../../markdown/line.ts'
import type { Sheet } from '../../plan/paper.ts'
import { point } from '../../plan/units.ts'
import { keepsLines } from '../text-widths.ts'
import {
  besideRows,
  columnGap,
  columnGroups,
  headSizes,
  headWidthOf,
  isOfFew,
  leastWidth,
  roomOf,
  stubOn,
  widestText,
} from './matrix-columns.ts'
import type { MatrixColumn, MatrixContent } from './matrix-content.ts'
import { amountsOf, leastText, listHeight, longestWord, rowsHeight } from './matrix-copyfit.ts'
import { withLowestRows } from './matrix-lowest-rows.ts'

/** How wide the columns of a matrix are, and how large its names are in them. */

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

/** No column is narrower than this part of the middle one, or it would look like a remark. */
const leastShare = 0.6

/**
 * Widths in mm, gaps not included: as the square root of what is to be read, so that long columns do not leave short ones a
 * strip; then so that rows are lowest together. None is under 60 % of the median.
 */
export function matrixWidths(content: MatrixContent, columns: readonly number[], sheet: Sheet): MatrixWidths {
  const hasHeads = content.rows.some(({ name }) => name !== null)
  const members = columns.map((index) => content.columns[index] as MatrixColumn)
  const stubs = members.filter(({ kind }) => kind === 'stub').length
  const onlyStubs = stubs === members.length
  const room = roomOf(content, sheet) - columns.length * columnGap - (onlyStubs ? 0 : stubs * stubOn(sheet))
  const weights = members.map(({ kind, words }) =>
    kind === 'stub' && !onlyStubs ? 0 : Math.sqrt(Math.max(words, 12)),
  )
  const leastWeight = median(weights) * leastShare
  const bounded = withLeast(
    weights.map((weight) => (weight === 0 ? 0 : Math.max(weight, leastWeight))),
    members.map(({ least = leastWidth }) => least),
    room,
  )
  const total = bounded.reduce((sum, weight) => sum + weight, 0)
  // A matrix of one level would otherwise run over the whole sheet in lines nobody can follow.
  const texts = textColumns(content, sheet)
  const widest = texts > 1 ? texts * widestText + (texts - 1) * columnGap : Math.max(widestText, room / 3)
  const byAmount = bounded.map((weight) => (weight === 0 ? 0 : Math.min(widest, (room * weight) / total)))
  const told =
    texts > 1 || content.byAmount ? byAmount : lowestRows(content, columns, { sheet, byAmount, widest })
  const widths = told.map((width) => width || stubOn(sheet))
  const head = hasHeads ? headWidthOf(content, sheet) : 0
  const all = [...(hasHeads ? [head] : []), ...widths]
  return {
    head,
    columns: widths,
    total: all.reduce((sum, width) => sum + width + columnGap, columnGap),
    texts,
  }
}

/** Of the weights or widths over 0. */
function median(numbers: readonly number[]): number {
  const sorted = numbers.filter((number) => number > 0).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 1
}

/** By rows, whose content is asked for them again and again while it is fitted. */
const lowest = new WeakMap<MatrixContent['rows'], Map<string, readonly number[]>>()

/** Widths with which rows are lowest. @param byAmount in mm, to begin with; 0: none of its own */
function lowestRows(
  content: MatrixContent,
  columns: readonly number[],
  { sheet, byAmount, widest }: { sheet: Sheet; byAmount: readonly number[]; widest: number },
): readonly number[] {
  const leastOfAll = median(byAmount) * leastShare
  const sizes = headSizes(sheet)
  const known = lowest.get(content.rows) ?? new Map<string, readonly number[]>()
  lowest.set(content.rows, known)
  const leasts = columns.map((index) => Math.max(content.columns[index]?.least ?? leastWidth, leastOfAll))
  const key = JSON.stringify([columns, byAmount, widest, leasts, sizes])
  // No word is broken that was whole.
  const leastIn = (index: number, at: number) =>
    Math.max(leasts[at] ?? leastWidth, Math.min(byAmount[at] ?? 0, longestWord(content, index)))
  const widths =
    known.get(key) ??
    withLowestRows(
      byAmount,
      columns.map((index, at) =>
        byAmount[at] === 0
          ? null
          : { ...amountsOf(content, index, sizes), least: leastIn(index, at), most: widest },
      ),
    )
  known.set(key, widths)
  return widths
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

/** One; in tracks of one or two levels as many as keep all rows on one sheet, or as many as there is room for. */
function textColumns(content: MatrixContent, sheet: Sheet): number {
  if (!isOfFew(content)) return 1
  const { columns, rows } = content
  const stubs = columns.filter(({ kind }) => kind === 'stub').length
  const width =
    (roomOf(content, sheet) - stubs * (stubOn(sheet) + columnGap)) / (columns.length - stubs) - columnGap
  const most = Math.max(1, Math.floor((width + columnGap) / (leastText + columnGap)))
  const head = rows.some(({ name }) => name !== null) ? headWidthOf(content, sheet) : 0
  const own = (texts: number) => Math.min(widestText, (width + columnGap) / texts - columnGap)
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
