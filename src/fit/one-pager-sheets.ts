import type { Sheet } from '../plan/paper.ts'
import { pixel } from '../plan/units.ts'
import { itemsOf, type OnePagerContent, type OnePagerSection } from '../render/documents/one-pager-content.ts'
import { onePagerMargins, type OnePagerLayout, type OnePagerSheet } from '../render/documents/one-pager.ts'
import { runsOf } from '../render/statement-view.ts'
import { boxOf, heightBetween, heightOf, type Boxes } from './boxes.ts'
import type { Details } from './details.ts'
import type { TooHigh } from './fitted.ts'
import {
  flow,
  joinCuts,
  leastLast,
  splitInTwo,
  type Flow,
  type FlowCut,
  type FlowSection,
} from './paginate.ts'

/** What can be chosen for a page, beside its size. */
export type PageVariant = Details & Pick<OnePagerLayout, 'heads' | 'columns'>

/** One page on its sheets, or why it does not stand on any. */
export type SetPage =
  | {
      readonly sheets: readonly OnePagerSheet[]
      readonly fill: number
      readonly demand: number
      /** Heights in px: of all text, and what is left of its sheets. */
      readonly used: number
      readonly free: number
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
  const [first, further] = [roomOn(0), roomOn(1)]
  // Addresses and the notice stand in the foot of the last sheet alone.
  const extra = heightOf(boxes, `${content.level}|0/foot`) - foot
  const used = sections.reduce((sum, section) => sum + section.height(0, section.items), 0)

  if (variant.columns === 2) {
    const at = splitInTwo(sections, first - extra)
    if (at !== undefined) {
      const cuts = sections.map((section, index) => ({ section: index, from: 0, to: section.items }))
      return {
        sheets: [[cuts.slice(0, at), cuts.slice(at)]],
        fill: used / 2 / (first - extra),
        demand: used / 2 / (first - extra),
        used,
        free: Math.max(0, (first - extra) * 2 - used),
      }
    }
  }
  const flowed = flowOver(sections, [first, further], extra, variant.columns)
  if ('tooHigh' in flowed) {
    const { section, item, excess } = flowed.tooHigh
    return { tooHigh: { ...highestPart(content, section, item, boxes), excess: excess * pixel } }
  }
  const sheets: OnePagerSheet[] = []
  for (let slot = 0; slot < flowed.slots.length; slot += variant.columns) {
    const columns = flowed.slots.slice(slot, slot + variant.columns)
    sheets.push(columns.length < variant.columns ? [...columns, []] : columns)
  }
  if (variant.columns === 2) {
    const room = (sheets.length === 1 ? first : further) - extra
    sheets.push(levelColumns(sections, sheets.pop() ?? [], room))
  }
  const height = used / variant.columns
  const room = first + further * (sheets.length - 1) - extra
  return {
    sheets,
    fill: height / room,
    demand: height / (first - extra),
    used,
    free: Math.max(0, room * variant.columns - used),
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

/** The columns of a last sheet as high as each other, as far as its sections allow: whole where they have room. */
function levelColumns(sections: readonly FlowSection[], sheet: OnePagerSheet, room: number): OnePagerSheet {
  const divided = (cuts: readonly FlowCut[]): OnePagerSheet | undefined => {
    const heights = cuts.map(({ section, from, to }) => sections[section]?.height(from, to) ?? 0)
    const at = splitInTwo(
      heights.map((height): FlowSection => ({ items: 0, height: () => height })),
      room,
    )
    return at === undefined ? undefined : [joinCuts(cuts.slice(0, at)), joinCuts(cuts.slice(at))]
  }
  return divided(joinCuts(sheet.flat())) ?? divided(sheet.flat()) ?? sheet
}

/**
 * Sections over as few sheets as they need.
 *
 * @param rooms heights of a column on the first sheet, and on those that follow
 * @param extra by how much it is less on the last
 */
function flowOver(
  sections: readonly FlowSection[],
  [first, further]: readonly [number, number],
  extra: number,
  columns: number,
): Flow {
  const over = (sheets: number, before = 1) =>
    flowIn(
      sections,
      (slot) => {
        const sheet = Math.floor(slot / columns)
        const room = sheet === 0 ? first : further
        return sheet < sheets - 2 ? room : sheet === sheets - 2 ? room * before : room - extra
      },
      columns,
    )
  const all = over(Infinity)
  if (extra === 0 || 'tooHigh' in all) return all
  const sheets = sheetsOf(all, columns)
  const ended = over(sheets)
  if (sheetsOf(ended, columns) === sheets) return ended
  // On a further sheet stands some of the text as well.
  for (const before of [...endings, 0.4, 0.3, 0.2]) {
    const longer = over(sheets + 1, before)
    if (sheetsOf(longer, columns) === sheets + 1) return longer
  }
  return over(1)
}

function sheetsOf(flown: Flow, columns: number): number {
  return 'slots' in flown ? Math.ceil(flown.slots.length / columns) : Infinity
}

/** The same, where it is known how high each column is. */
function flowIn(sections: readonly FlowSection[], capacity: (slot: number) => number, columns: number): Flow {
  // Dimensions stay whole, or else two statements of them together, unless that takes a sheet more.
  const flows = [0, 2, 1].map((least) => ({ least, flown: flow(sections, capacity, least) }))
  const fewest = Math.min(...flows.map(({ flown }) => sheetsOf(flown, columns)))
  const ways = flows.filter(({ flown }) => sheetsOf(flown, columns) === fewest)
  // Whole ones must not leave half of a column white that the beginning of the next would fill.
  const fuller = ways.find(
    ({ flown }) =>
      gapsOf(sections, flown, capacity, columns).every((gap) => gap < widestGap) &&
      isLastFilled(sections, flown, capacity, columns),
  )
  if (fuller) return fuller.flown
  const filled = ways.map(({ flown, least }) => fillLastSheet(sections, flown, capacity, columns, least))
  const costs = filled.map((flown) => costOf(sections, flown, capacity, columns))
  return filled[costs.indexOf(Math.min(...costs))] as Flow
}

/** How full the sheet before the last is at most, where the last would have too little. */
const endings = [0.9, 0.8, 0.7, 0.6, 0.5]

/** How much of a column may stay white before a further sheet. */
const widestGap = 0.35

function heightIn(sections: readonly FlowSection[], cuts: Slot): number {
  return cuts.reduce((sum, { section, from, to }) => sum + (sections[section]?.height(from, to) ?? 0), 0)
}

type Slot = Extract<Flow, { slots: unknown }>['slots'][number]

/** How much of each column stays white, 0 to 1; the last sheet ends where the text does. */
function gapsOf(
  sections: readonly FlowSection[],
  flown: Flow,
  capacity: (slot: number) => number,
  columns: number,
): number[] {
  if ('tooHigh' in flown) return []
  const last = Math.floor((flown.slots.length - 1) / columns) * columns
  return flown.slots.slice(0, last).map((cuts, slot) => 1 - heightIn(sections, cuts) / capacity(slot))
}

/** What the cut of a dimension weighs: nearly as much as half of a column that stays white. */
const cutCost = 0.2

/**
 * What is to be said against a way: one wide gap is worse than several small ones, a cut as bad as a gap, and a scant
 * last sheet worst.
 */
function costOf(
  sections: readonly FlowSection[],
  flown: Flow,
  capacity: (slot: number) => number,
  columns: number,
): number {
  const gaps = gapsOf(sections, flown, capacity, columns)
  const pieces = 'slots' in flown ? flown.slots.flat().length : 0
  const cost = gaps.reduce((sum, gap) => sum + gap ** 2, (pieces - sections.length) * cutCost)
  return isLastFilled(sections, flown, capacity, columns) ? cost : cost + gaps.length
}

/** Whether a last sheet, of all its columns, is at least a third full. */
function isLastFilled(
  sections: readonly FlowSection[],
  flown: Flow,
  capacity: (slot: number) => number,
  columns: number,
): boolean {
  if ('tooHigh' in flown) return true
  const first = Math.floor((flown.slots.length - 1) / columns) * columns
  const used = flown.slots.slice(first).reduce((sum, cuts) => sum + heightIn(sections, cuts), 0)
  return first === 0 || used >= capacity(first) * columns * leastLast
}

/** Ends the sheet before the last early where that leaves the last, of all its columns, at least a third full. */
function fillLastSheet(
  sections: readonly FlowSection[],
  flowed: Flow,
  capacity: (slot: number) => number,
  columns: number,
  early: number,
): Flow {
  const isFilled = (flown: Flow) => isLastFilled(sections, flown, capacity, columns)
  if ('tooHigh' in flowed || isFilled(flowed)) return flowed
  const sheets = Math.ceil(flowed.slots.length / columns)
  for (const shorter of endings) {
    const isBefore = (slot: number) => Math.floor(slot / columns) === sheets - 2
    const other = flow(sections, (slot) => capacity(slot) * (isBefore(slot) ? shorter : 1), early)
    if ('tooHigh' in other || Math.ceil(other.slots.length / columns) !== sheets) continue
    if (isFilled(other)) return other
  }
  return flowed
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
      const [all, head, said] = ['', '/head', '/text'].map((of) => heightOf(boxes, around + of)) as [
        number,
        number,
        number,
      ]
      // Beside its text, a head takes room only where it is higher.
      return variant.heads === 'beside'
        ? all - Math.max(head, said) + Math.max(head, part)
        : all - said + part
    },
  }
}

/** For each item, the first of those under the same label; undefined where none stands over it. */
function labelsOf({ cell, every }: OnePagerSection): (number | undefined)[] {
  let at = 0
  const labels: (number | undefined)[] = []
  for (const { label, statements } of runsOf(cell)) {
    labels.push(...statements.map(() => (label === null ? undefined : at)))
    at += statements.length
  }
  return [...labels, ...every.map(() => at)]
}
