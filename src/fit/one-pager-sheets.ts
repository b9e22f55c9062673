import { leadsList } from '../markdown/pieces.ts'
import type { Sheet } from '../plan/paper.ts'
import { pixel } from '../plan/units.ts'
import { itemsOf, type OnePagerContent, type OnePagerSection } from '../render/documents/one-pager-content.ts'
import {
  onePagerMargins,
  type OnePagerLayout,
  type OnePagerSheet,
} from '../render/documents/one-pager-layout.ts'
import { runsBetween } from '../render/statement-view.ts'
import { boxOf, heightBetween, heightOf, type Boxes } from './boxes.ts'
import { setInColumns } from './column-flow.ts'
import type { Details } from './details.ts'
import type { TooHigh } from './fitted.ts'
import { heightOfCuts, leastLast, type FlowSection } from './paginate.ts'

/** What can be chosen for a page, beside its size. */
export type PageVariant = Details & Pick<OnePagerLayout, 'heads' | 'columns'>

/** One page on its sheets, or why it does not stand on any. */
export type SetPage =
  | {
      readonly sheets: readonly OnePagerSheet[]
      readonly fill: number
      readonly demand: number
      /** Heights in px: of its statements without their heads, and what is left of its sheets. */
      readonly said: number
      readonly free: number
      /** Whether one of several sheets is under a third full. */
      readonly isThin: boolean
    }
  | { readonly tooHigh: TooHigh }

/** Divides one page's sections over sheets and columns, by the boxes of its galley. */
export function setPage(content: OnePagerContent, sheet: Sheet, variant: PageVariant, boxes: Boxes): SetPage {
  const sections = content.sections.map((section, index) =>
    measuredSection(boxes, content.level, index, section, variant),
  )
  const foot = heightOf(boxes, `${content.level}|1/foot`)
  const roomOn = (page: 0 | 1) => {
    const columns = boxOf(boxes, `${content.level}|${page}/columns`)
    const top = columns[0] - boxOf(boxes, `${content.level}|${page}`)[0]
    return heightBetween(sheet, onePagerMargins.bottom) - top - foot
  }
  const rooms = { first: roomOn(0), further: roomOn(1) }
  if (rooms.first < 0) {
    const excess = -rooms.first * pixel
    return { tooHigh: { ref: `${content.level}/title`, part: 'head', excess } }
  }
  // Addresses and the notice stand in the foot of the last sheet alone.
  const extra = heightOf(boxes, `${content.level}|0/foot`) - foot
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
    said: content.sections.reduce((sum, section, index) => {
      const items = itemsOf(section)
      const [first, last] = [0, items - 1].map((item) => boxes[`${content.level}|s${index}/${item}`])
      if (!first || !last) return sum
      // The next one stands at a distance: of one line, about a quarter of it.
      return sum + (last[1] - first[0]) * (1 + 1 / (4 * items))
    }, 0),
    free: Math.max(0, room * variant.columns - used),
    isThin: sheets.length > 1 && sheets.some(isThin),
  }
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

/** A section as the galley shows it, and the height of any part of it. */
function measuredSection(
  boxes: Boxes,
  level: string,
  index: number,
  section: OnePagerSection,
  variant: PageVariant,
): FlowSection {
  const key = `${level}|s${index}`
  const items = itemsOf(section)
  const labels = labelsOf(section)
  const whole = heightOf(boxes, key)
  const text = boxes[`${key}/text`]
  // What goes on has a head of its own, without summary; what has no head goes on without one.
  const again = boxes[`${level}|c${index}`] ? `${level}|c${index}` : key
  const item = (at: number) => boxes[`${key}/${at}`]
  return {
    items,
    leads: (at) => section.intro !== null && leadsList(section.intro, at),
    height(from, to) {
      const [top, bottom] = [item(from), item(to - 1)]
      if ((from === 0 && to === items) || !text || !top || !bottom) return whole
      const label = labels[from]
      const above =
        label === undefined
          ? 0
          : boxOf(boxes, `${key}/${label}`)[0] - boxOf(boxes, `${key}/${label}/label`)[0]
      const start = from === 0 ? text[0] : top[0] - above
      const part = (to === items ? text[1] : bottom[1]) - start
      const around = from === 0 ? key : again
      const all = heightOf(boxes, around)
      const [head, said] = [heightOf(boxes, `${around}/head`), heightOf(boxes, `${around}/text`)]
      // Beside its text, a head takes room only where it is higher.
      return variant.heads === 'beside'
        ? all - Math.max(head, said) + Math.max(head, part)
        : all - said + part
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
