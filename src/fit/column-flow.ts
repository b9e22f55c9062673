import type { SectionCut } from '../render/documents/section-cuts.ts'
import {
  flow,
  heightOfCuts,
  joinCuts,
  leastLast,
  splitInTwo,
  type Flow,
  type FlowSection,
  type SheetRooms,
} from './paginate.ts'

/** Text over sheets of one column or two: on as few as can be, and such that no column is left half white. */

/** What stands in the columns of each sheet; or what is higher than any column. */
export type ColumnFlow =
  | { readonly sheets: readonly (readonly (readonly SectionCut[])[])[] }
  | Extract<Flow, { tooHigh: unknown }>

/** The cuts in each column, sheet after sheet. */
type Slots = Extract<Flow, { slots: unknown }>['slots']

/** What flows, and over what: so many columns to the sheet, each so high. */
interface Stream {
  readonly sections: readonly FlowSection[]
  readonly columns: number
  /** Of the nth column, from 0. */
  readonly capacity: (slot: number) => number
}

/**
 * Sets sections on as few sheets as they need. Two columns of a last sheet are as high as each other, as far as sections
 * allow. What stands in the foot of the last sheet alone gets a sheet to itself where it has no room below any of them,
 * or where fewer sheets are enough so.
 *
 * @param rooms heights of a column
 * @param extra by how much they are less on the last sheet
 */
export function setInColumns(
  sections: readonly FlowSection[],
  rooms: SheetRooms,
  extra: number,
  columns: 1 | 2,
): ColumnFlow {
  const together = setWithFoot(sections, rooms, extra, columns)
  if (extra === 0 || ('sheets' in together && together.sheets.length < 3)) return together
  const apart = setWithFoot(sections, rooms, 0, columns)
  if ('tooHigh' in apart) return apart
  if (extra > rooms.further || ('sheets' in together && together.sheets.length <= apart.sheets.length + 1))
    return together
  return { sheets: [...apart.sheets, Array.from({ length: columns }, () => [])] }
}

function setWithFoot(
  sections: readonly FlowSection[],
  rooms: SheetRooms,
  extra: number,
  columns: 1 | 2,
): ColumnFlow {
  const at = columns === 2 ? splitInTwo(sections, rooms.first - extra) : undefined
  if (at !== undefined) {
    const cuts = sections.map((section, index) => ({ section: index, from: 0, to: section.items }))
    return { sheets: [[cuts.slice(0, at), cuts.slice(at)]] }
  }
  const flowed = flowOver(sections, rooms, extra, columns)
  if ('tooHigh' in flowed) return flowed
  const sheets: (readonly (readonly SectionCut[])[])[] = []
  for (let slot = 0; slot < flowed.slots.length; slot += columns) {
    sheets.push(flowed.slots.slice(slot, slot + columns))
  }
  if (columns === 2) {
    const room = (sheets.length === 1 ? rooms.first : rooms.further) - extra
    sheets.push(levelColumns(sections, sheets.pop() ?? [], room))
  }
  return { sheets }
}

function flowOver(
  sections: readonly FlowSection[],
  { first, further }: SheetRooms,
  extra: number,
  columns: number,
): Flow {
  /** @param filled how full the sheet before the last may be */
  const over = (sheets: number, filled = 1) =>
    flowIn({
      sections,
      columns,
      capacity(slot) {
        const sheet = Math.floor(slot / columns)
        const room = sheet === 0 ? first : further
        return sheet < sheets - 2 ? room : sheet === sheets - 2 ? room * filled : room - extra
      },
    })
  const all = over(Infinity)
  if (extra === 0 || 'tooHigh' in all) return all
  const sheets = sheetsOf(all, columns)
  const ended = over(sheets)
  if (sheetsOf(ended, columns) === sheets) return ended
  // The foot does not go on to a further sheet alone: some of the text goes with it, of a short sheet even most.
  for (const filled of [...endings, 0.4, 0.3, 0.2]) {
    const longer = over(sheets + 1, filled)
    if (sheetsOf(longer, columns) === sheets + 1) return longer
  }
  // As if each sheet were the last: all leave room for the foot.
  return over(1)
}

function sheetsOf(flown: Flow, columns: number): number {
  return 'slots' in flown ? Math.ceil(flown.slots.length / columns) : Infinity
}

/** The same, where it is known how high each column is. */
function flowIn(stream: Stream): Flow {
  const { sections, columns, capacity } = stream
  // Sections stay whole, or else two items of them together, unless that takes a sheet more.
  const flows = [0, 2, 1].map((early) => ({ early, flown: flow(sections, capacity, early) }))
  const fewest = Math.min(...flows.map(({ flown }) => sheetsOf(flown, columns)))
  const ways = flows.flatMap(({ early, flown }) =>
    'slots' in flown && sheetsOf(flown, columns) === fewest ? [{ early, slots: flown.slots }] : [],
  )
  if (ways.length === 0) return flows[0]?.flown as Flow
  // Whole ones must not leave half of a column white that the beginning of the next would fill.
  const fuller = ways.find(
    ({ slots }) => gapsOf(stream, slots).every((gap) => gap < widestGap) && isLastFilled(stream, slots),
  )
  if (fuller) return { slots: fuller.slots }
  const filled = ways.map(({ early, slots }) => fillLastSheet(stream, slots, early))
  const costs = filled.map((slots) => costOf(stream, slots))
  return { slots: filled[costs.indexOf(Math.min(...costs))] as Slots }
}

/** How full the sheet before the last is at most, where the last would have too little. */
const endings = [0.9, 0.8, 0.7, 0.6, 0.5]

/** How much of a column may stay white before a further sheet. */
const widestGap = 0.35

/** What the cut of a section weighs: nearly as much as half of a column that stays white. */
const cutCost = 0.2

/** The first column of the last sheet. */
function lastSheet({ columns }: Stream, slots: Slots): number {
  return Math.floor((slots.length - 1) / columns) * columns
}

/** How much of each column stays white, 0 to 1; the last sheet ends where the text does. */
function gapsOf(stream: Stream, slots: Slots): number[] {
  return slots
    .slice(0, lastSheet(stream, slots))
    .map((cuts, slot) => 1 - heightOfCuts(stream.sections, cuts) / stream.capacity(slot))
}

/**
 * The cost of a way: one wide gap is worse than several small ones, a cut as bad as a gap, and a scant last sheet
 * worst.
 */
function costOf(stream: Stream, slots: Slots): number {
  const gaps = gapsOf(stream, slots)
  const cuts = slots.flat().length - stream.sections.length
  const cost = gaps.reduce((sum, gap) => sum + gap ** 2, cuts * cutCost)
  return isLastFilled(stream, slots) ? cost : cost + gaps.length
}

/** Whether a last sheet, of all its columns, is at least a third full. */
function isLastFilled(stream: Stream, slots: Slots): boolean {
  const { sections, columns, capacity } = stream
  const first = lastSheet(stream, slots)
  const used = slots.slice(first).reduce((sum, cuts) => sum + heightOfCuts(sections, cuts), 0)
  return first === 0 || used >= capacity(first) * columns * leastLast
}

/** Ends the sheet before the last early where that leaves the last, of all its columns, at least a third full. */
function fillLastSheet(stream: Stream, slots: Slots, early: number): Slots {
  const { sections, columns, capacity } = stream
  if (isLastFilled(stream, slots)) return slots
  const before = lastSheet(stream, slots) / columns - 1
  for (const shorter of endings) {
    const isBefore = (slot: number) => Math.floor(slot / columns) === before
    const other = flow(sections, (slot) => capacity(slot) * (isBefore(slot) ? shorter : 1), early)
    if ('tooHigh' in other || sheetsOf(other, columns) !== before + 2) continue
    if (isLastFilled(stream, other.slots)) return other.slots
  }
  return slots
}

/** Two columns as high as each other: sections stay whole where they have room. */
function levelColumns(
  sections: readonly FlowSection[],
  sheet: readonly (readonly SectionCut[])[],
  room: number,
): readonly (readonly SectionCut[])[] {
  const cuts = joinCuts(sheet.flat())
  const at = splitInTwo(
    cuts.map((cut): FlowSection => ({ items: 0, height: () => heightOfCuts(sections, [cut]) })),
    room,
  )
  return at === undefined ? sheet : [cuts.slice(0, at), cuts.slice(at)]
}
