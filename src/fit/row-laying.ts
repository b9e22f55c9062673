import type { RowCut } from '../render/documents/row-cuts.ts'
import { leastLast } from './paginate.ts'

/** A row of a matrix, or a band of a next-step sheet, as its galley shows it. Heights in px. */
export interface MeasuredRow {
  /** Of the whole row. */
  readonly height: number
  /** What stands around its text, and the least that any part of it takes: its head is repeated. */
  readonly around: number
  /** What stands around a part that does not begin it, where its head is lower there. */
  readonly aroundOn?: number
  readonly least: number
  /** Likewise the least that such a part takes. */
  readonly leastOn?: number
  /** What it needs besides where it begins a sheet: the head of a row before it, from which it goes on, repeated. */
  readonly again?: number
  /** Likewise: the name of the group in which it stands. */
  readonly within?: number
  /** As it is on all sheets but the first, where its columns are wider there. */
  readonly further?: MeasuredRow
  readonly cells: readonly MeasuredCell[]
}

/** A cell of a row, which may be cut between its statements. */
export interface MeasuredCell {
  readonly column: number
  readonly statements: number
  /** The height of the statements `from` (inclusive) to `to` (exclusive), with what stands above the first. */
  height(from: number, to: number): number
  /** Whether a head of its own stands over a statement; without it, all of the cell stand under that of the row. */
  readonly hasHead?: (statement: number) => boolean
}

/** A row or a part of it, on a sheet. */
export interface PlacedRow {
  readonly cut: RowCut
  readonly height: number
}

/** Rows on sheets, or what has room on none. */
export type RowFlow =
  | { readonly sheets: readonly (readonly PlacedRow[])[] }
  /** A head, or the statement of a column that is higher than a sheet by so much. */
  | {
      readonly tooHigh: {
        readonly row: number
        readonly at?: { readonly column: number; readonly statement: number }
        readonly excess: number
      }
    }

/**
 * Where rows are divided that have room on a sheet: nowhere; not between a row and the one that goes on from it; anywhere
 * that leaves some of them on both; anywhere at all.
 */
export type Cuts = 'none' | 'paired' | 'any' | 'all'

/** How high a sheet is, in px, by its index. */
export type RoomOn = (sheet: number) => number

/** Lays rows on sheets, each as full as it gets, one after the other. */
export function layRows(rows: readonly MeasuredRow[], roomOn: RoomOn, cuts: Cuts): RowFlow {
  const sheets: PlacedRow[][] = [[]]
  let left = roomOn(0)
  const nextSheet = () => {
    sheets.push([])
    left = roomOn(sheets.length - 1)
  }
  const place = (placed: PlacedRow) => {
    sheets.at(-1)?.push(placed)
    left -= placed.height
  }
  for (const [index, first] of rows.entries()) {
    const rowHere = () => (sheets.length > 1 ? (first.further ?? first) : first)
    const after = rows[index + 1]
    if (after?.again !== undefined && (cuts === 'none' || cuts === 'paired') && sheets.at(-1)?.length !== 0) {
      // A row and the one that goes on from it stay together where they can, or the first of it at least.
      const { height } = rowHere()
      const both = height + after.height
      const begins = cuts === 'paired' && canBegin(after, left - height)
      if (both > left && both <= roomOn(sheets.length) && !begins) nextSheet()
    }
    const row = rowHere()
    if (row.height <= left) {
      place({ cut: { row: index, parts: null }, height: row.height })
      continue
    }
    const fresh = roomOn(sheets.length)
    let from: ReadonlyMap<number, number> = new Map()
    const divides = onTop(first.further ?? first).height > fresh || cuts !== 'none'
    const here = divides && sheets.at(-1)?.length !== 0 ? part(row, index, from, left) : undefined
    const goesOn = row.again !== undefined && cuts === 'paired'
    const isWorth = goesOn || cuts === 'all' || left >= fresh * leastLast
    if (here && 'placed' in here && isWorth && isEnough(row, here.to, goesOn || cuts === 'all' ? 1 : 2)) {
      place(here.placed)
      from = here.to
      nextSheet()
    } else {
      if (sheets.at(-1)?.length !== 0) nextSheet()
      const { height } = onTop(rowHere())
      if (height <= left) {
        place({ cut: { row: index, parts: null }, height })
        continue
      }
    }
    for (;;) {
      const next = part(onTop(rowHere()), index, from, left)
      // The head of the first sheet may leave no room at all.
      if ('tooHigh' in next && sheets.length === 1 && sheets[0]?.length === 0 && roomOn(1) > left) {
        nextSheet()
        const { height } = onTop(rowHere())
        if (height > left) continue
        place({ cut: { row: index, parts: null }, height })
        break
      }
      if ('tooHigh' in next) return next
      place(next.placed)
      if (next.moved && !isDone(row, next.to)) nextSheet()
      else break
      from = next.to
    }
  }
  return { sheets }
}

/** A row with what is repeated over it where it begins a sheet. */
function onTop(row: MeasuredRow): MeasuredRow {
  const over = (row.again ?? 0) + (row.within ?? 0)
  return {
    ...row,
    height: row.height + over,
    around: row.around + over,
    ...(row.aroundOn !== undefined && { aroundOn: row.aroundOn + over }),
  }
}

function isDone(row: MeasuredRow, to: ReadonlyMap<number, number>): boolean {
  return row.cells.every(({ column, statements }) => (to.get(column) ?? 0) >= statements)
}

/** A single statement of a list at the foot of a sheet, with the rest on the next, helps nobody. */
function isEnough(row: MeasuredRow, to: ReadonlyMap<number, number>, least: number): boolean {
  return row.cells.every(({ column, statements }) => (to.get(column) ?? 0) >= Math.min(least, statements))
}

function canBegin(row: MeasuredRow, room: number): boolean {
  const first = part(row, 0, new Map(), room)
  return 'placed' in first && isEnough(row, first.to, 1)
}

/** As much of a row as has room, each of its cells from where it was left. */
function part(
  row: MeasuredRow,
  index: number,
  from: ReadonlyMap<number, number>,
  room: number,
):
  | { readonly placed: PlacedRow; readonly to: ReadonlyMap<number, number>; readonly moved: boolean }
  | Extract<RowFlow, { tooHigh: unknown }> {
  const least = from.size > 0 ? (row.leastOn ?? row.least) : row.least
  const around = from.size > 0 ? (row.aroundOn ?? row.around) : row.around
  if (around + least > room) {
    return { tooHigh: { row: index, excess: around + least - room } }
  }
  const to = new Map<number, number>()
  const parts: Record<number, readonly [number, number]> = {}
  let height = least
  let moved = false
  for (const cell of row.cells) {
    const start = from.get(cell.column) ?? 0
    let end = start
    while (end < cell.statements && around + cell.height(start, end + 1) <= room) end += 1
    if (end === start && start < cell.statements) {
      const excess = around + cell.height(start, start + 1) - room
      return { tooHigh: { row: index, at: { column: cell.column, statement: start }, excess } }
    }
    if (end > start) height = Math.max(height, cell.height(start, end))
    parts[cell.column] = [start, end]
    to.set(cell.column, end)
    moved ||= end > start
  }
  return {
    placed: { cut: { row: index, parts }, height: around + height },
    to,
    moved,
  }
}
