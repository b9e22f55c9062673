import { leadsList } from '../markdown/pieces.ts'
import { pixel } from '../plan/units.ts'
import type { BookletLayout, BookletPart } from '../render/documents/booklet-layout.ts'
import {
  isSplit,
  itemsOf,
  type BookletChapter,
  type BookletSection,
} from '../render/documents/booklet-parts.ts'
import { boxOf, heightOf, type Boxes } from './boxes.ts'
import type { TooHigh } from './fitted.ts'
import { flow, heightOfCuts, type Flow, type FlowSection } from './paginate.ts'

/** A chapter divided over pages. */
export interface Flowed {
  readonly parts: readonly BookletPart[]
  /** The height of each part in px. */
  readonly heights: readonly number[]
}

/** A page before the last that is less full than that looks like a mistake. */
const leastFull = 2 / 3

/** Divides a chapter over pages; its head stands on the first. */
export function flowChapter(
  chapter: BookletChapter,
  index: number,
  room: number,
  heads: BookletLayout['heads'],
  boxes: Boxes,
): Flowed | { readonly tooHigh: TooHigh } {
  const key = `c${index}`
  const sections = chapter.sections.map((section, at) => measured(boxes, `${key}/s${at}`, section, heads))
  const top = chapter.head ? heightOf(boxes, `${key}/head`) : 0
  // Between sections there may be gaps, which belong to none of them.
  const whole = heightOf(boxes, key)
  const gaps = Math.max(
    0,
    whole - top - sections.reduce((sum, _, at) => sum + heightOf(boxes, `${key}/s${at}`), 0),
  )
  const capacity = (page: number) => room - (page === 0 ? top : 0) - gaps
  const ways = [0, 2, 1].map((early) => flow(sections, capacity, early))
  const isFull = (way: Flow) =>
    'slots' in way &&
    way.slots.slice(0, -1).every((cuts, page) => heightOfCuts(sections, cuts) >= capacity(page) * leastFull)
  const pagesIn = (way: Flow) => ('slots' in way ? way.slots.length : Infinity)
  const least = Math.min(...ways.map(pagesIn))
  const fewest = ways.filter((way) => pagesIn(way) === least)
  // Sections stay whole, unless that leaves pages half empty.
  const best = fewest.reduce((chosen, way) => (!isFull(chosen) && isFull(way) ? way : chosen))
  if ('tooHigh' in best) return { tooHigh: explain(chapter, best.tooHigh) }
  const parts = best.slots.map((cuts, page): BookletPart => ({
    chapter: index,
    first: page === 0,
    cuts,
    air: 0,
  }))
  return {
    parts,
    heights: parts.map(({ cuts }, page) => (page === 0 ? top : 0) + gaps + heightOfCuts(sections, cuts)),
  }
}

function explain(
  chapter: BookletChapter,
  { section: index, item, excess }: { section: number; item: number; excess: number },
): TooHigh {
  const section = chapter.sections[index]
  const ref =
    section?.form === 'cell'
      ? (section.cell.statements[item]?.ref ?? section.cell.ref)
      : section?.form === 'prose'
        ? section.ref
        : section?.form === 'entries'
          ? section.entries[item]?.ref
          : undefined
  return { ref: ref ?? chapter.head?.ref ?? '@/title', excess: excess * pixel }
}

/** A section as the galley shows it, and the height of any part of it. */
function measured(
  boxes: Boxes,
  key: string,
  section: BookletSection,
  heads: BookletLayout['heads'],
): FlowSection {
  const { form } = section
  const items = itemsOf(section)
  const whole = heightOf(boxes, key)
  const text = heightOf(boxes, `${key}/text`)
  const head = heightOf(boxes, `${key}/head`)
  const item = (index: number) => boxes[`${key}/${index}`]
  const [first, last] = [item(0), item(items - 1)]
  const list = first && last ? last[1] - first[0] : 0
  /** How high items of a list are together. */
  const stretchOf = (from: number, to: number, of = key) =>
    to > from ? boxOf(boxes, `${of}/${to - 1}`)[1] - boxOf(boxes, `${of}/${from}`)[0] : 0
  return {
    items,
    leads: (at) =>
      section.form === 'prose'
        ? leadsList(section.pieces, at)
        : section.form === 'entries' &&
          section.entries[at]?.isGroup === true &&
          section.entries[at].names === undefined,
    height(from, to) {
      if (isSplit(section)) {
        // In the galley all rows stand in the first of the two columns.
        const half = from + Math.ceil((to - from) / 2)
        return whole - text + Math.max(stretchOf(from, half), stretchOf(half, to))
      }
      if (from === 0 && to === items) return whole
      if (section.form === 'contents') {
        const rows = stretchOf(from, Math.min(to, section.rows.length))
        const beside = stretchOf(from, Math.min(to, section.beside.length), `${key}/beside`)
        return whole - text + Math.max(rows, beside)
      }
      const stretch = stretchOf(from, to)
      const part = text - list + stretch
      return heads === 'beside' && form === 'cell'
        ? whole - Math.max(head, text) + Math.max(head, part)
        : whole - text + part
    },
  }
}
