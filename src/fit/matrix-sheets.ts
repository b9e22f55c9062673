import type { Sheet } from '../plan/paper.ts'
import { pixel } from '../plan/units.ts'
import { columnGroups, furtherColumns, matrixMargins } from '../render/documents/matrix-columns.ts'
import type { MatrixContent } from '../render/documents/matrix-content.ts'
import type { MatrixSheet } from '../render/documents/matrix-layout.ts'
import { matrixWidths } from '../render/documents/matrix-widths.ts'
import { boxOf, heightBetween, heightOf, type Boxes } from './boxes.ts'
import type { Room, TooHigh } from './fitted.ts'
import { highestCell, measuredRows } from './matrix-heights.ts'
import type { SheetRooms } from './paginate.ts'
import { flowRows } from './row-flow.ts'
import type { PlacedRow } from './row-laying.ts'

/** Sheets of whole rows that are two fifths white, together, are not worth having: rows are divided then. */
const leastFull = 3 / 5

/** A matrix on its sheets, or why it does not stand on any. */
export type SetMatrix =
  | {
      readonly sheets: readonly MatrixSheet[]
      readonly fill: number
      readonly demand: number
      /** The highest cell of each row: every other can take more. */
      readonly rooms: readonly Room[]
    }
  | { readonly tooHigh: TooHigh }

/**
 * Lays the rows of a matrix on sheets, group of columns by group, by the boxes of its galleys. Rows are as high on further
 * sheets as on the first unless the boxes have them as they stand there.
 *
 * @param sheet as it lies
 */
export function setMatrix(content: MatrixContent, sheet: Sheet, boxes: Boxes): SetMatrix {
  const sheets: MatrixSheet[] = []
  const free: Room[] = []
  let fill = 0
  let demand = 0
  const groups = columnGroups(content, sheet)
  for (const [group, columns] of groups.entries()) {
    const roomOn = (galley: number) => {
      const key = `${content.id}|g${galley}`
      const top = boxOf(boxes, `${key}/head`)[1] - boxOf(boxes, key)[0]
      return heightBetween(sheet, matrixMargins(sheet).bottom) - top - heightOf(boxes, `${key}/foot`)
    }
    // Behind the galleys of all groups stand those of their further sheets, whose heads are smaller.
    const rooms = { first: roomOn(group), further: roomOn(groups.length + group) }
    const keys = [`${content.id}|g${group}`, `${content.id}|g${groups.length + group}`] as const
    const { texts } = matrixWidths(content, columns, sheet)
    const set = setGroup(content, boxes, { keys, columns, rooms, texts })
    if ('tooHigh' in set) return set
    sheets.push(...set.sheets)
    free.push(...set.rooms)
    fill = Math.max(fill, set.fill)
    demand = Math.max(demand, set.demand)
  }
  return { sheets, fill, demand, rooms: free }
}

/** The columns that stand on the same sheets. */
interface Group {
  /** Of its galleys: as its first sheet is, and as its further ones are. */
  readonly keys: readonly [first: string, further: string]
  readonly columns: readonly number[]
  /** In px. */
  readonly rooms: SheetRooms
  /** In how many text columns the statements of a cell stand. */
  readonly texts: number
}

function setGroup(content: MatrixContent, boxes: Boxes, group: Group): SetMatrix {
  const { columns, rooms, texts } = group
  const [key, furtherKey] = group.keys
  const { tooHigh, first } = roomForNotes(content, boxes, group)
  if (tooHigh) return { tooHigh }
  const without = furtherColumns(content, columns)
  const table = { galley: key, columns }
  const wider = { galley: furtherKey, columns: without }
  const widens = without.length < columns.length && boxes[`${furtherKey}/r0`] !== undefined
  const usualRows = measuredRows(content, boxes, table, texts)
  const widerRows = widens ? measuredRows(content, boxes, wider, texts) : []
  const flowed = flowRows(
    usualRows.map((row, index) => ({ ...row, ...(widerRows[index] && { further: widerRows[index] }) })),
    { ...rooms, first },
    leastFull,
  )
  if ('tooHigh' in flowed) {
    const { row, at, excess } = flowed.tooHigh
    return { tooHigh: { ref: refAt(content, row, at), excess: excess * pixel } }
  }
  const heightOn = (placed: readonly PlacedRow[]) => placed.reduce((sum, { height }) => sum + height, 0)
  const used = flowed.sheets.reduce((sum, placed) => sum + heightOn(placed), 0)
  // Heads that leave no room for any row stand on a sheet of their own.
  const withNotes = flowed.sheets.findIndex((placed) => placed.length > 0)
  return {
    sheets: flowed.sheets.map((placed, index) => ({
      columns: index === 0 ? columns : without,
      rows: placed.map(({ cut }) => cut),
      bare: index > 0,
      notes: index === Math.max(0, withNotes),
    })),
    fill: used / (rooms.first + rooms.further * (flowed.sheets.length - 1)),
    demand: used / rooms.first,
    rooms: flowed.sheets.flatMap((placed, index) => {
      const free = Math.max(0, (index === 0 ? rooms.first : rooms.further) - heightOn(placed))
      return placed.flatMap(({ cut }) => {
        const cell = highestCell(content, boxes, index > 0 && widens ? wider : table, cut.row)
        return cell ? [{ ...cell, free: free + cell.free }] : []
      })
    }),
  }
}

/**
 * Notes run down beside the rows of the first sheet; a longer one makes its rows higher. So do stubs, from their heads on.
 *
 * @returns the room for rows of the first sheet: none where its heads leave too little for a note; or what has no room
 */
function roomForNotes(
  content: MatrixContent,
  boxes: Boxes,
  { keys: [key], columns, rooms }: Group,
): { readonly first: number; readonly tooHigh?: TooHigh } {
  const headEnd = boxOf(boxes, `${key}/head`)[1]
  const notes = columns.map((column) => {
    const own = `${key}/c${column}`
    const isStub = content.columns[column]?.kind === 'stub'
    const height = isStub ? (boxes[own]?.[1] ?? headEnd) - headEnd : heightOf(boxes, own)
    // Notes go on to the first sheet with rows; what is said of a stub stands below its heads.
    return { column, height, most: isStub ? rooms.first : Math.max(rooms.first, rooms.further) }
  })
  const worst = notes.toSorted((a, b) => b.height - b.most - (a.height - a.most))[0]
  if (worst && worst.height > worst.most) {
    const { noteRef, heads } = content.columns[worst.column] ?? {}
    const ref = noteRef ?? (heads?.[0] ? `${heads[0].id}/title` : `@${content.track.id}/name`)
    return { first: rooms.first, tooHigh: { ref, part: 'note', excess: (worst.height - worst.most) * pixel } }
  }
  return { first: notes.some(({ height }) => height > rooms.first) ? 0 : rooms.first }
}

/** The statement that has no room, or else the dimension whose head has none. */
function refAt(
  { rows, track }: MatrixContent,
  index: number,
  at: { readonly column: number; readonly statement: number } | undefined,
): string {
  const row = rows[index]
  const cell = at && row?.cells[at.column]
  return cell ? (cell.statements[at.statement]?.ref ?? cell.ref) : `@${track.id}/${row?.key ?? ''}`
}
