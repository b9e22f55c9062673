import { leadsList } from '../markdown/pieces.ts'
import type { Sheet } from '../plan/paper.ts'
import { pixel } from '../plan/units.ts'
import { itemsOf, type OnePagerContent, type OnePagerSection } from '../render/documents/one-pager-content.ts'
import {
  onePagerMargins,
  type OnePagerLayout,
  type OnePagerSheet,
} from '../render/documents/one-pager-layout.ts'
import { runsBetween } from '../render/statement-runs.ts'
import { boxOf, heightBetween, heightOf, type Boxes } from './boxes.ts'
import { setInColumns } from './column-flow.ts'
import type { Details } from './details.ts'
import type { Room, TooHigh } from './fitted.ts'
import { grownBy, inLines, largestGrowth } from './growth.ts'
import { heightOfCuts, leastLast, type FlowSection, type SheetRooms } from './paginate.ts'

/** What can be chosen for a page, beside its size. */
export type PageVariant = Details & Pick<OnePagerLayout, 'heads' | 'columns'>

/** One page on its sheets, or why it does not stand on any. */
export type SetPage =
  | {
      readonly sheets: readonly OnePagerSheet[]
      readonly fill: number
      readonly demand: number
      /** Whether one of several sheets is under a third full. */
      readonly isThin: boolean
    }
  | { readonly tooHigh: TooHigh }

/** Divides one page's sections over sheets and columns, by the boxes of its galley. */
export function setPage(content: OnePagerContent, sheet: Sheet, variant: PageVariant, boxes: Boxes): SetPage {
  const sections = measuredSections(content, variant, boxes)
  const { rooms, extra } = roomsOf(content, sheet, boxes)
  if (rooms.first < 0) {
    const excess = -rooms.first * pixel
    return { tooHigh: { ref: `${content.level}/title`, part: 'head', excess } }
  }
  if (extra > Math.max(rooms.first, rooms.further)) {
    const part = content.links.length > 0 ? 'addresses' : 'notice'
    return { tooHigh: { ref: `${content.level}/title`, part, excess: (extra - rooms.further) * pixel } }
  }
  const set = setInColumns(sections, rooms, extra, variant.columns)
  if ('tooHigh' in set) {
    const { section, item, excess } = set.tooHigh
    return { tooHigh: { ...highestPart(content, section, item, boxes), excess: excess * pixel } }
  }
  const { sheets } = set
  const used = sections.reduce((sum, section) => sum + section.height(0, section.items), 0)
  const height = used / variant.columns
  const room = rooms.first + rooms.further * (sheets.length - 1) - extra
  const roomOf = (at: number) =>
    (at === 0 ? rooms.first : rooms.further) - (at === sheets.length - 1 ? extra : 0)
  const isThin = (columns: OnePagerSheet, at: number) =>
    columns.flat().length === 0
      ? extra < rooms.further * leastLast
      : columns.reduce((sum, cuts) => sum + heightOfCuts(sections, cuts), 0) <
        roomOf(at) * variant.columns * leastLast
  return {
    sheets,
    fill: height / room,
    demand: (height + extra) / rooms.first,
    isThin: sheets.length > 1 && sheets.some(isThin),
  }
}

/** The heights of its columns, and what stands in the foot of the last sheet alone: addresses and the notice. */
function roomsOf(
  { level }: OnePagerContent,
  sheet: Sheet,
  boxes: Boxes,
): { readonly rooms: SheetRooms; readonly extra: number } {
  const foot = heightOf(boxes, `${level}|1/foot`)
  const roomOn = (page: 0 | 1) => {
    const top = boxOf(boxes, `${level}|${page}/columns`)[0] - boxOf(boxes, `${level}|${page}`)[0]
    return heightBetween(sheet, onePagerMargins.bottom) - top - foot
  }
  return {
    rooms: { first: roomOn(0), further: roomOn(1) },
    extra: heightOf(boxes, `${level}|0/foot`) - foot,
  }
}

/**
 * How much longer the text of a page can become before it takes more than so many sheets, or how much of it has to go so
 * that it takes no more: found by setting it so, because heads beside the text hide what grows, and columns are cut
 * between sections.
 *
 * @param line the height of a line of its text, in px: words do not take part of one
 */
export function roomOfPage(
  content: OnePagerContent,
  sheet: Sheet,
  variant: PageVariant,
  boxes: Boxes,
  most: number,
  line: number,
): Room {
  const { rooms, extra } = roomsOf(content, sheet, boxes)
  const used = content.sections.reduce(
    (sum, section, index) => sum + textOf(boxes, content, section, index)(0, itemsOf(section)),
    0,
  )
  const holds = (growth: number) => {
    const grown = measuredSections(content, variant, boxes, (text) => grownBy(text, growth, line))
    const set = setInColumns(grown, rooms, extra, variant.columns)
    return 'sheets' in set && set.sheets.length <= most
  }
  const room = (Math.max(0, rooms.first) + Math.max(0, rooms.further) * (most - 1)) * variant.columns
  const growth = used > 0 ? largestGrowth(holds, room / used) : 0
  const free = used * growth
  return { ref: content.level, used, free: growth < 0 ? free : inLines(free, line * variant.columns) }
}

/** What makes an item and all that stands with it as high as it is. */
function highestPart(
  { level, sections }: OnePagerContent,
  index: number,
  item: number,
  boxes: Boxes,
): Pick<TooHigh, 'ref' | 'part'> {
  const section = sections[index]
  if (!section) return { ref: `${level}/title` }
  const { intro, cell, every } = section
  if (intro) return { ref: cell.ref, part: 'paragraph' }
  const key = `${level}|s${index}`
  const statement = [...cell.statements, ...every][item]
  const own = heightOf(boxes, `${key}/${item}`)
  if (item === 0 || !statement) {
    const [text, first] = [boxes[`${key}/text`], boxes[`${key}/0`]]
    const above = text && first ? first[0] - text[0] : heightOf(boxes, `${key}/text`)
    const head = heightOf(boxes, `${key}/head`)
    if (section.summary !== null && head > Math.max(above, own))
      return { ref: cell.ref, part: 'dimension-summary' }
    if (cell.summary !== null && above > own) return { ref: `${cell.ref}/summary`, part: 'summary' }
  }
  return { ref: statement?.ref ?? cell.ref }
}

function measuredSections(
  content: OnePagerContent,
  variant: PageVariant,
  boxes: Boxes,
  grown?: (text: number) => number,
): FlowSection[] {
  return content.sections.map((section, index) => {
    const text = textOf(boxes, content, section, index)
    const more = (from: number, to: number) => grown?.(text(from, to)) ?? 0
    return measuredSection(boxes, content.level, index, section, variant, more)
  })
}

/** How high what a page says is, without heads: its statements; of a note that is all it says, the note. */
function textOf(
  boxes: Boxes,
  { level, sections }: OnePagerContent,
  { intro }: OnePagerSection,
  index: number,
): (from: number, to: number) => number {
  const isNote = sections.every((section) => section.intro !== null || itemsOf(section) === 0)
  return (from, to) => {
    const [first, last] = [from, to - 1].map((item) => boxes[`${level}|s${index}/${item}`])
    if (!first || !last || (intro !== null && !isNote)) return 0
    // The next one stands at a distance: of one line, about a quarter of it.
    return (last[1] - first[0]) * (1 + 1 / (4 * (to - from)))
  }
}

/**
 * A section as the galley shows it, and the height of any part of it.
 *
 * @param more what is to be added to the text of a part, in px
 */
function measuredSection(
  boxes: Boxes,
  level: string,
  index: number,
  section: OnePagerSection,
  variant: PageVariant,
  more: (from: number, to: number) => number,
): FlowSection {
  const key = `${level}|s${index}`
  const items = itemsOf(section)
  const labels = labelsOf(section)
  const text = boxes[`${key}/text`]
  // What goes on has a head of its own, without summary; what has no head goes on without one.
  const again = boxes[`${level}|c${index}`] ? `${level}|c${index}` : key
  const item = (at: number) => boxes[`${key}/${at}`]
  /** Undefined where it has no items. */
  const heightOfText = (from: number, to: number) => {
    const [top, bottom] = [item(from), item(to - 1)]
    if (!text || !top || !bottom) return undefined
    const label = labels[from]
    const above =
      label === undefined ? 0 : boxOf(boxes, `${key}/${label}`)[0] - boxOf(boxes, `${key}/${label}/label`)[0]
    const start = from === 0 ? text[0] : top[0] - above
    return (to === items ? text[1] : bottom[1]) - start
  }
  return {
    items,
    leads: (at) => section.intro !== null && leadsList(section.intro, at),
    height(from, to) {
      const part = heightOfText(from, to)
      const grown = more(from, to)
      if (part === undefined || (from === 0 && to === items && grown === 0)) return heightOf(boxes, key)
      const around = from === 0 ? key : again
      const all = heightOf(boxes, around)
      const [head, said] = [heightOf(boxes, `${around}/head`), heightOf(boxes, `${around}/text`)]
      const taken = Math.max(0, part + grown)
      // Beside its text, a head takes room only where it is higher.
      return variant.heads === 'beside'
        ? all - Math.max(head, said) + Math.max(head, taken)
        : all - said + taken
    },
  }
}

/** For each item, the first of those under the same label; undefined where none stands over it. */
function labelsOf({ cell, every }: OnePagerSection): (number | undefined)[] {
  const labels = runsBetween(cell).flatMap(({ label, from, to }) =>
    Array<number | undefined>(to - from).fill(label === null ? undefined : from),
  )
  return [...labels, ...every.map(() => cell.statements.length)]
}
