import type { Sheet } from '../plan/paper.ts'
import { columnGroups } from '../render/documents/matrix-columns.ts'
import type { MatrixContent } from '../render/documents/matrix-content.ts'
import {
  matrixMargins,
  type MatrixLayout,
  type MatrixSheet,
  type RowCut,
} from '../render/documents/matrix.ts'
import { boxOf, heightOf, pixel, type Boxes } from './boxes.ts'
import type { Fitted, Room, TooHigh } from './fitted.ts'
import { flow, type FlowSection } from './paginate.ts'
import { settleSize, sizesBetween, type Trial } from './sizes.ts'

/** Two people lean over it: 50 cm at the floor. */
export const matrixSizes = sizesBetween(11.5, 9)

/**
 * Sets all matrices of a ladder in one size: first the fewest sheets each needs at the floor, then the largest size at
 * which all keep that number. Sheets are cut between dimensions.
 *
 * @param measure lays out the galleys of all members in a size (pt), and measures them
 */
export async function fitMatrices(
  members: readonly MatrixContent[],
  sheet: Sheet,
  measure: (size: number) => Promise<Boxes>,
): Promise<ReadonlyMap<string, Fitted<MatrixLayout>>> {
  const cache = new Map<number, Boxes>()
  const setAt = async (content: MatrixContent, size: number) => {
    const boxes = cache.get(size) ?? (await measure(size))
    cache.set(size, boxes)
    return setMatrix(content, sheet, boxes)
  }
  const floor = matrixSizes.at(-1) ?? 9
  const size = await settleSize(
    members,
    matrixSizes,
    (content) => columnGroups(content, sheet).length,
    async (content, candidate) => trialOf(await setAt(content, candidate)),
    async (content) => trialOf(await setAt(content, floor)).sheets,
  )
  const fitted = new Map<string, Fitted<MatrixLayout>>()
  for (const content of members) {
    const set = await setAt(content, size)
    if ('tooHigh' in set) fitted.set(content.id, set)
    else {
      const { sheets, fill } = set
      const groups = columnGroups(content, sheet).length
      const remedies = [
        ...(groups > 1 ? ['halves'] : []),
        ...(sheets.length > groups ? ['further-sheets'] : []),
        ...(sheets.some(({ rows }) => rows.some(({ parts }) => parts !== null)) ? ['rows-divided'] : []),
      ]
      const smallest = await setAt(content, floor)
      fitted.set(content.id, {
        demand: 'sheets' in smallest ? smallest.demand / groups : 1,
        rooms: set.rooms,
        layout: { size, sheets, galley: false },
        pages: sheets.length,
        remedies,
        fill,
      })
    }
  }
  return fitted
}

type SetMatrix =
  | {
      readonly sheets: readonly MatrixSheet[]
      readonly fill: number
      readonly demand: number
      /** The highest cell of each row: every other can take more. */
      readonly rooms: readonly Room[]
    }
  | { readonly tooHigh: TooHigh }

function trialOf(set: SetMatrix): Trial {
  return 'sheets' in set ? { sheets: set.sheets.length, demand: set.demand } : { sheets: Infinity, demand: 1 }
}

function setMatrix(content: MatrixContent, sheet: Sheet, boxes: Boxes): SetMatrix {
  const sheets: MatrixSheet[] = []
  const rooms: Room[] = []
  let fill = 0
  let demand = 0
  for (const [group, columns] of columnGroups(content, sheet).entries()) {
    const key = `${content.id}|g${group}`
    const top = boxOf(boxes, `${key}/head`)[1] - boxOf(boxes, key)[0]
    const room = (sheet.height - matrixMargins.bottom) / pixel - 1 - top - heightOf(boxes, `${key}/foot`)
    const set = setGroup(content, boxes, key, columns, room)
    if ('tooHigh' in set) return set
    sheets.push(...set.sheets)
    rooms.push(...set.rooms)
    fill = Math.max(fill, set.fill)
    demand = Math.max(demand, set.demand)
  }
  return { sheets, fill, demand, rooms }
}

function setGroup(
  content: MatrixContent,
  boxes: Boxes,
  key: string,
  columns: readonly number[],
  room: number,
): SetMatrix {
  const parts: { cut: RowCut; height: number }[] = []
  for (const row of content.rows.keys()) {
    const height = heightOf(boxes, `${key}/r${row}`)
    if (height <= room) parts.push({ cut: { row, parts: null }, height })
    else {
      const divided = divideRow(content, boxes, `${key}/r${row}`, row, columns, room)
      if ('tooHigh' in divided) return divided
      parts.push(...divided.parts)
    }
  }
  // Notes run down beside the rows of the first sheet; a longer one makes its rows higher.
  const notes = columns.map((column) => ({ column, height: heightOf(boxes, `${key}/c${column}`) }))
  const highest = notes.toSorted((a, b) => b.height - a.height)[0]
  if (highest && highest.height > room) {
    const ref = content.columns[highest.column]?.noteRef ?? `@${content.track.id}/name`
    return { tooHigh: { ref, excess: (highest.height - room) * pixel } }
  }
  const flowed = flow(
    parts.map(({ height }): FlowSection => ({ items: 0, height: () => height })),
    () => room,
  )
  if ('tooHigh' in flowed) throw new Error('A divided row is higher than its sheet')
  const used = parts.reduce((sum, { height }) => sum + height, 0)
  return {
    sheets: flowed.slots.map((slot, index) => ({
      columns,
      rows: slot.map(({ section }) => (parts[section] as { cut: RowCut }).cut),
      notes: index === 0,
    })),
    fill: used / (room * flowed.slots.length),
    demand: used / room,
    rooms: flowed.slots.flatMap((slot) => {
      const taken = slot.reduce((sum, { section }) => sum + (parts[section]?.height ?? 0), 0)
      return slot.flatMap(({ section }) => {
        const cut = parts[section]?.cut
        return cut ? highestCell(content, boxes, key, cut.row, columns, room - taken) : []
      })
    }),
  }
}

/** The cell that makes a row as high as it is. */
function highestCell(
  content: MatrixContent,
  boxes: Boxes,
  key: string,
  row: number,
  columns: readonly number[],
  free: number,
): Room[] {
  const cells = columns.flatMap((column) => {
    const cell = content.rows[row]?.cells[column]
    return cell && cell.statements.length > 0
      ? [{ ref: cell.ref, used: heightOf(boxes, `${key}/r${row}/c${column}`), free: Math.max(0, free) }]
      : []
  })
  return cells.toSorted((a, b) => b.used - a.used).slice(0, 1)
}

/** Divides a row that is higher than a sheet: each cell goes on where its own statements ended. */
function divideRow(
  content: MatrixContent,
  boxes: Boxes,
  key: string,
  row: number,
  columns: readonly number[],
  room: number,
): { parts: { cut: RowCut; height: number }[] } | { tooHigh: TooHigh } {
  const cells = columns.flatMap((column) => {
    const cell = content.rows[row]?.cells[column]
    return cell ? [{ column, cell, from: 0 }] : []
  })
  const whole = heightOf(boxes, key)
  const highest = Math.max(
    ...cells.map(({ column }) => heightOf(boxes, `${key}/c${column}`)),
    heightOf(boxes, `${key}/name`),
  )
  const around = whole - highest
  const name = heightOf(boxes, `${key}/name`)
  // What stands beside a row is not divided.
  if (around + name > room) {
    const ref = `@${content.track.id}/${content.rows[row]?.key ?? ''}`
    return { tooHigh: { ref, excess: (around + name - room) * pixel } }
  }
  const parts: { cut: RowCut; height: number }[] = []
  while (cells.some(({ cell, from }) => from < cell.statements.length) || parts.length === 0) {
    const cut: Record<number, readonly [number, number]> = {}
    // The name is repeated where a row goes on, so each part is at least as high.
    let height = name
    let moved = false
    for (const entry of cells) {
      const { column, cell, from } = entry
      const start = boxes[`${key}/c${column}/${from}`]
      // What stands above the first statement, such as the cell's summary, stays with it.
      const lead = start && from === 0 ? start[0] - boxOf(boxes, `${key}/c${column}`)[0] : 0
      let to = from
      let used = 0
      while (start && to < cell.statements.length) {
        const next = lead + boxOf(boxes, `${key}/c${column}/${to}`)[1] - start[0]
        if (around + next > room) break
        used = next
        to += 1
      }
      if (start && to === from) {
        const statement = cell.statements[from]
        const excess = lead + start[1] - start[0] + around - room
        return { tooHigh: { ref: statement?.ref ?? cell.ref, excess: excess * pixel } }
      }
      cut[column] = [from, to]
      entry.from = to
      moved ||= to > from
      height = Math.max(height, used)
    }
    parts.push({ cut: { row, parts: cut }, height: Math.min(room, around + height) })
    if (!moved) break
  }
  return { parts }
}
