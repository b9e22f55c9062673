import type { SectionCut } from '../render/documents/section-cuts.ts'

/** A stretch of text that may be cut between its items and nowhere else. Heights in px. */
export interface FlowSection {
  readonly items: number
  /** The height of the items `from` (inclusive) to `to` (exclusive), with all that stands around them. */
  height(from: number, to: number): number
  /**
   * Whether an item is the heading of those that follow, or leads to them, and must not stand alone at the end of a
   * slot.
   */
  leads?(item: number): boolean
}

/** Either the cuts of each slot (a sheet, or a column of one), or what is higher than any slot. */
export type Flow =
  | { readonly slots: readonly (readonly SectionCut[])[] }
  | { readonly tooHigh: { readonly section: number; readonly item: number; readonly excess: number } }

/** The height in px that text may take on the first sheet, and on each that follows. */
export interface SheetRooms {
  readonly first: number
  readonly further: number
}

/** A last sheet under a third full looks like a mistake. */
export const leastLast = 1 / 3

/**
 * Fills slots one after the other: sections stay whole where they can, and are cut between items where a section is
 * higher than a whole slot. At the end, sections move on to a last sheet that is under a third full.
 *
 * @param capacity the height of the nth slot, from 0; from some slot on it must stay the same
 * @param early how many items at least must stand on either side where sections are cut that would be whole in the next
 *   slot: it wastes no room, and is for where keeping them whole takes more sheets; 0 where they are not cut
 */
export function flow(sections: readonly FlowSection[], capacity: (slot: number) => number, early = 0): Flow {
  const slots: SectionCut[][] = [[]]
  let left = capacity(0)
  const nextSlot = () => {
    slots.push([])
    left = capacity(slots.length - 1)
  }
  const place = (section: number, from: number, to: number, height: number) => {
    slots.at(-1)?.push({ section, from, to })
    left -= height
  }

  for (const [index, section] of sections.entries()) {
    const whole = section.height(0, section.items)
    if (whole <= left) {
      place(index, 0, section.items, whole)
      continue
    }
    const fresh = capacity(slots.length)
    const here = early > 0 ? mostItems(section, 0, left) : 0
    const cutHere = here > 0 && here >= early && section.items - here >= early
    if (whole <= fresh && !cutHere) {
      nextSlot()
      place(index, 0, section.items, whole)
      continue
    }
    let from = 0
    while (from < section.items || section.items === 0) {
      const isFresh = slots.at(-1)?.length === 0
      const most = mostItems(section, from, left)
      // A heading may stand alone where not even one of what it leads has room with it.
      const to = most === from && isFresh ? itemsIn(section, from, left) : most
      // A single item at the foot of a sheet, with the rest on the next, helps nobody unless it saves a sheet.
      const enough = isFresh || to - from >= (early || 2) || to === section.items
      if (to > from && enough) {
        place(index, from, to, section.height(from, to))
        from = to
        if (from < section.items) nextSlot()
      } else if (isFresh && slots.length > 1) {
        return {
          tooHigh: {
            section: index,
            item: from,
            excess: section.height(from, Math.min(from + 1, section.items)) - left,
          },
        }
      } else nextSlot()
      if (section.items === 0 && isFresh) break
    }
  }
  return { slots: fillLast(sections, slots, capacity) }
}

/** How high what stands in one slot is. */
export function heightOfCuts(sections: readonly FlowSection[], cuts: readonly SectionCut[]): number {
  return cuts.reduce((sum, { section, from, to }) => sum + (sections[section]?.height(from, to) ?? 0), 0)
}

/** Up to which item a stretch has room, whatever it ends with. */
function itemsIn(section: FlowSection, from: number, left: number): number {
  let to = from
  while (to < section.items && section.height(from, to + 1) <= left) to += 1
  return to
}

/** Up to which item a stretch has room that does not end with a heading. */
function mostItems(section: FlowSection, from: number, left: number): number {
  let to = itemsIn(section, from, left)
  while (to > from && to < section.items && section.leads?.(to - 1) === true) to -= 1
  return to
}

function fillLast(
  sections: readonly FlowSection[],
  slots: SectionCut[][],
  capacity: (slot: number) => number,
): SectionCut[][] {
  const heightOf = (cuts: readonly SectionCut[]) => heightOfCuts(sections, cuts)
  const last = slots.at(-1)
  const before = slots.at(-2)
  if (!last || !before) return slots
  const most = capacity(slots.length - 1)
  while (heightOf(last) < most * leastLast) {
    const [next] = last
    const final = before.at(-1)
    if (!next || !final) break
    // Of a section that lies on both sheets, some items more go on with the rest.
    const step = sections[next.section]?.leads?.(next.from - 2) === true ? 2 : 1
    if (next.section === final.section && final.to - final.from > step + 1) {
      const longer = [{ ...next, from: next.from - step }, ...last.slice(1)]
      if (heightOf(longer) > most) break
      before[before.length - 1] = { ...final, to: final.to - step }
      last.splice(0, last.length, ...longer)
      continue
    }
    if (before.length < 2) break
    const joined = joinCuts([final, ...last])
    if (heightOf(joined) > most) break
    before.pop()
    last.splice(0, last.length, ...joined)
  }
  return slots
}

/** Two cuts of one section that now follow each other become one. */
export function joinCuts(cuts: readonly SectionCut[]): SectionCut[] {
  const joined: SectionCut[] = []
  for (const cut of cuts) {
    const last = joined.at(-1)
    if (last && last.section === cut.section && last.to === cut.from)
      joined[joined.length - 1] = { ...last, to: cut.to }
    else joined.push(cut)
  }
  return joined
}

/**
 * Divides sections over two columns of one sheet so that the higher is as low as can be. Whole sections only; of two
 * divisions that are as low, the one whose first column is the fuller.
 *
 * @returns how many sections stand in the first column, or undefined where no division fits
 */
export function splitInTwo(sections: readonly FlowSection[], capacity: number): number | undefined {
  const heights = sections.map((section) => section.height(0, section.items))
  const total = heights.reduce((sum, height) => sum + height, 0)
  let best: { at: number; height: number } | undefined
  let first = 0
  for (let at = 0; at <= heights.length; at += 1) {
    const height = Math.max(first, total - first)
    if (height <= capacity && (!best || height <= best.height)) best = { at, height }
    first += heights[at] ?? 0
  }
  return best?.at
}
