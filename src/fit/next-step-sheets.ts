import type { Sheet } from '../plan/paper.ts'
import { pixel } from '../plan/units.ts'
import { itemsOf, type NextStepContent } from '../render/documents/next-step-content.ts'
import type { NextStepSheet } from '../render/documents/next-step-layout.ts'
import { nextStepMargins } from '../render/documents/next-step-widths.ts'
import { boxOf, heightBetween, heightOf, type Boxes } from './boxes.ts'
import type { TooHigh } from './fitted.ts'
import { measuredBands } from './next-step-heights.ts'
import { leastLast, type SheetRooms } from './paginate.ts'
import { flowRows } from './row-flow.ts'
import type { MeasuredRow, PlacedRow, RowFlow } from './row-laying.ts'

/** A step on its sheets, or why it does not stand on any. */
export type SetStep =
  | {
      readonly sheets: readonly NextStepSheet[]
      readonly fill: number
      readonly demand: number
      /** Whether one of several sheets is under a third full. */
      readonly isThin: boolean
    }
  | { readonly tooHigh: TooHigh }

/** Divides the bands of a step over sheets, by the boxes of its galley. */
export function setStep(content: NextStepContent, sheet: Sheet, boxes: Boxes): SetStep {
  const rooms = sheetRoomsOf(content, sheet, boxes)
  const rows = measuredBands(content, boxes)
  const usual = flowRows(rows, rooms)
  // The foot of the last sheet, with what stands only there, must not take room on the others.
  const extra = heightOf(boxes, `${content.id}|0/extra`)
  if (extra > 0 && rooms.further < 0) {
    const part = content.links.length > 0 ? 'addresses' : 'notice'
    return { tooHigh: { ref: `${content.heads[1].id}/title`, part, excess: -rooms.further * pixel } }
  }
  const flowed = 'tooHigh' in usual && extra > 0 ? withExtra(rows, rooms, extra) : usual
  if ('tooHigh' in flowed) {
    const { row, at, excess } = flowed.tooHigh
    return { tooHigh: { ref: refAt(content, row, at), excess: excess * pixel } }
  }
  const used = flowed.sheets.flat().reduce((sum, { height }) => sum + height, 0)
  const all = rooms.first + rooms.further * (flowed.sheets.length - 1)
  const isThin = (placed: readonly PlacedRow[], at: number) =>
    placed.reduce((sum, { height }) => sum + height, 0) < (at === 0 ? rooms.first : rooms.further) * leastLast
  return {
    sheets: flowed.sheets.map((placed) => placed.map(({ cut }) => cut)),
    fill: used / all,
    demand: used / rooms.first,
    isThin: flowed.sheets.length > 1 && flowed.sheets.some(isThin),
  }
}

/** The heights that bands may take, in px. */
export function sheetRoomsOf({ id }: NextStepContent, sheet: Sheet, boxes: Boxes): SheetRooms {
  const roomOn = (page: 0 | 1) => {
    const head = boxOf(boxes, `${id}|${page}/head`)[1] - boxOf(boxes, `${id}|${page}`)[0]
    const foot = heightOf(boxes, `${id}|${page}/foot`)
    return heightBetween(sheet, nextStepMargins(sheet).bottom) - head - foot
  }
  return { first: roomOn(0), further: roomOn(1) }
}

/** Rows on sheets whose feet hold less, and a sheet more where the last then has no room for what stands in its own. */
function withExtra(rows: readonly MeasuredRow[], { first, further }: SheetRooms, extra: number): RowFlow {
  const flowed = flowRows(rows, { first: first + extra, further: further + extra })
  if ('tooHigh' in flowed) return flowed
  const last = flowed.sheets.at(-1) ?? []
  const used = last.reduce((sum, { height }) => sum + height, 0)
  return flowed.sheets.length > 1 && used <= further ? flowed : { sheets: [...flowed.sheets, []] }
}

function refAt(
  { bands, heads }: NextStepContent,
  row: number,
  at: { readonly column: number; readonly statement: number } | undefined,
): string {
  let left = at?.statement ?? 0
  for (const part of bands[row]?.columns[at?.column ?? 0]?.parts ?? []) {
    if (left < itemsOf(part)) return part.cell.statements[left]?.ref ?? part.cell.ref
    left -= itemsOf(part)
  }
  return `${heads[1].id}/title`
}
