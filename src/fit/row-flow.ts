import { leastLast, type SheetRooms } from './paginate.ts'
import {
  layRows,
  type Cuts,
  type MeasuredRow,
  type PlacedRow,
  type RoomOn,
  type RowFlow,
} from './row-laying.ts'

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
  const whole = layRows(rows, roomOn, 'none')
  if ('tooHigh' in whole) return whole
  let best = spread(rows, roomOn, whole, 'none')
  let bestCuts: Cuts = 'none'
  const isWhite = fillOf(whole, roomOn) < leastFull
  // A head whose row stands on the next sheet helps nobody unless it saves a sheet.
  for (const cuts of ['paired', 'any', 'all'] as const) {
    const divided = layRows(rows, roomOn, cuts)
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
  let best: { readonly laid: Laid; readonly below: number } | undefined
  for (let percent = 50; percent < 100 && best?.below !== 0; percent += 2) {
    const laid = layRows(rows, (sheet) => (roomOn(sheet) * percent) / 100, cuts)
    if ('tooHigh' in laid || laid.sheets.length !== usual.sheets.length) continue
    if (cutsIn(laid) > cutsIn(usual) || thinSheets(laid, roomOn) > thinSheets(usual, roomOn)) continue
    const below = cutsBelowHeads(rows, laid)
    if (!best || below < best.below) best = { laid, below }
  }
  return best && best.below <= cutsBelowHeads(rows, usual) ? best.laid : usual
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
      const other = layRows(rows, lower, cuts)
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
