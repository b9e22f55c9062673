import type { RowCut } from '../render/documents/row-cuts.ts'
import { leastLast, type SheetRooms } from './paginate.ts'

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
 * Lays rows on sheets: whole where they can be. A row that is higher than a sheet is divided, each cell going on where its
 * own statements ended. Others are divided too where that spares a sheet that is nearly empty, or saves one and sheets of
 * whole rows would be less full, together, than is asked. Several sheets are about equally full, or the last of them at
 * least where it would be under a third full otherwise.
 *
 * @param leastFull what sheets of whole rows are to be full, as a part of their room; 1: rows are divided wherever that
 *   saves a sheet
 */
export function flowRows(
  rows: readonly MeasuredRow[],
  { first, further }: SheetRooms,
  leastFull = 1,
): RowFlow {
  const roomOn = (sheet: number) => (sheet === 0 ? first : further)
  const whole = lay(rows, roomOn, 'none')
  if ('tooHigh' in whole) return whole
  let best = spread(rows, roomOn, whole, 'none')
  let bestCuts: Cuts = 'none'
  const isWhite = fillOf(whole, roomOn) < leastFull
  // A head whose row stands on the next sheet helps nobody unless it saves a sheet.
  for (const cuts of ['paired', 'any', 'all'] as const) {
    const divided = lay(rows, roomOn, cuts)
    if ('tooHigh' in divided) return divided
    const saves = isWhite && divided.sheets.length < best.sheets.length
    const spares =
      divided.sheets.length <= best.sheets.length && thinSheets(best, roomOn) > thinSheets(divided, roomOn)
    if (!saves && !spares) continue
    best = spread(rows, roomOn, divided, cuts)
    bestCuts = cuts
  }
  return fillLast(rows, roomOn, best, bestCuts)
}

/**
 * Where rows are divided that have room on a sheet: nowhere; not between a row and the one that goes on from it; anywhere
 * that leaves some of them on both; anywhere at all.
 */
type Cuts = 'none' | 'paired' | 'any' | 'all'

type RoomOn = (sheet: number) => number

type Laid = { readonly sheets: readonly (readonly PlacedRow[])[] }

function heightOf(sheet: readonly PlacedRow[]): number {
  return sheet.reduce((sum, { height }) => sum + height, 0)
}

function fillOf({ sheets }: Laid, roomOn: RoomOn): number {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
  return sum(sheets.map(heightOf)) / sum(sheets.map((_, index) => roomOn(index)))
}

function isThin({ sheets }: Laid, roomOn: RoomOn, index: number): boolean {
  return heightOf(sheets[index] ?? []) < roomOn(index) * leastLast
}

function thinSheets(laid: Laid, roomOn: RoomOn): number {
  return laid.sheets.filter((_, index) => isThin(laid, roomOn, index)).length
}

/**
 * The same number of sheets, each about as full as the others: as low as all of them can be, but for cells of several
 * heads, which are rather cut above one.
 */
function spread(rows: readonly MeasuredRow[], roomOn: RoomOn, usual: Laid, cuts: Cuts): Laid {
  const goesOn = ([first]: readonly PlacedRow[]) =>
    first !== undefined && rows[first.cut.row]?.again !== undefined
  const cutsIn = ({ sheets }: Laid) =>
    sheets.flat().filter(({ cut }) => cut.parts !== null).length + sheets.filter(goesOn).length
  if (usual.sheets.length < 2) return usual
  let best: Laid | undefined
  for (let percent = 50; percent < 100; percent += 2) {
    const other = lay(rows, (sheet) => (roomOn(sheet) * percent) / 100, cuts)
    if ('tooHigh' in other || other.sheets.length !== usual.sheets.length) continue
    if (cutsIn(other) > cutsIn(usual) || thinSheets(other, roomOn) > thinSheets(usual, roomOn)) continue
    if (!best || cutsBelowHeads(rows, other) < cutsBelowHeads(rows, best)) best = other
    if (cutsBelowHeads(rows, best) === 0) return best
  }
  return best && cutsBelowHeads(rows, best) <= cutsBelowHeads(rows, usual) ? best : usual
}

/** How many cells of several heads are cut between what stands below one of them. */
function cutsBelowHeads(rows: readonly MeasuredRow[], { sheets }: Laid): number {
  const cells = sheets.flat().flatMap(({ cut }) =>
    (rows[cut.row]?.cells ?? []).filter(({ column, statements, hasHead }) => {
      const [from, to] = cut.parts?.[column] ?? [0, statements]
      return to > from && to < statements && hasHead?.(to) === false
    }),
  )
  return cells.length
}

/**
 * What is on a last sheet that is under a third full gets more of the divided rows before it: the last sheets, as few of
 * them as can be, become about equally full. No further row is divided for it.
 */
function fillLast(rows: readonly MeasuredRow[], roomOn: RoomOn, usual: Laid, cuts: Cuts): Laid {
  const count = usual.sheets.length
  if (count < 2 || !isThin(usual, roomOn, count - 1)) return usual
  const divided = dividedIn(rows, usual)
  for (let from = count - 2; from >= 0; from -= 1) {
    for (let percent = 50; percent < 100; percent += 2) {
      const lower: RoomOn = (sheet) => (sheet < from ? roomOn(sheet) : (roomOn(sheet) * percent) / 100)
      const other = lay(rows, lower, cuts)
      if ('tooHigh' in other || other.sheets.length !== count) continue
      const isFuller =
        !isThin(other, roomOn, count - 1) && thinSheets(other, roomOn) < thinSheets(usual, roomOn)
      if (isFuller && [...dividedIn(rows, other)].every((row) => divided.has(row))) return other
    }
  }
  return usual
}

/** The rows that stand on more than one sheet, each with those that go on from it, by the index of its first. */
function dividedIn(rows: readonly MeasuredRow[], { sheets }: Laid): ReadonlySet<number> {
  const cuts = sheets.flatMap((sheet) =>
    sheet.filter(({ cut }, at) => cut.parts !== null || (at === 0 && rows[cut.row]?.again !== undefined)),
  )
  return new Set(
    cuts.map(({ cut }) => rows.findLastIndex(({ again }, at) => at <= cut.row && again === undefined)),
  )
}

function lay(rows: readonly MeasuredRow[], roomOn: RoomOn, cuts: Cuts): RowFlow {
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
