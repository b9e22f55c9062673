import { pixel } from '../plan/units.ts'
import type { BookletContent } from '../render/documents/booklet-content.ts'
import type {
  BookletPage,
  GlanceColumn,
  GlanceFork,
  GlancePage,
  GlanceTie,
} from '../render/documents/booklet-layout.ts'
import { railsAbreast, type GlanceRail } from '../render/documents/booklet-parts.ts'
import { heightOf, type Boxes } from './boxes.ts'
import type { TooHigh } from './fitted.ts'

/** The most that is added to a row where there is room, in mm. */
const mostSpread = 14

/** A row of one spread: the levels that stand side by side in it. */
interface Row {
  readonly rung: number
  readonly height: number
  /** By rail: the index of its level. */
  readonly levels: ReadonlyMap<number, number>
}

/**
 * The map on pairs of pages: one rail a page, or two where there are more than two. A single rail stands on one page if
 * it has room there, else it goes on over pairs. Rails that equivalences join have their rungs at one height on both pages.
 *
 * @param room the height of a page's text in px
 */
export function glancePages(
  { glance }: BookletContent,
  boxes: Boxes,
  room: number,
): { readonly pages: readonly BookletPage[] } | { readonly tooHigh: TooHigh } {
  if (!glance) return { pages: [] }
  const { rails } = glance
  const abreast = railsAbreast(rails.length)
  const free = room - Math.max(heightOf(boxes, 'g1/head'), heightOf(boxes, 'g2/head'))
  const ties = tiesOf(rails)
  const leaves = forksOf(rails)
  const pages: GlancePage[] = []
  const all = rails.map((_, rail) => rail)
  for (const spread of chunks(all, abreast * 2)) {
    const sides = chunks(spread, abreast)
    // A rail that has a page alone is wider.
    const abreastOf = (rail: number) => sides.find((side) => side.includes(rail))?.length ?? 1
    const height = (rail: number, level: number) => heightOf(boxes, `g${abreastOf(rail)}/${rail}/${level}`)
    const rows = rowsOf(rails, spread, height, ties, leaves)
    const tooHigh = rows.find((row) => row.height > free)
    if (tooHigh) {
      const [[rail = 0, level = 0] = []] = tooHigh.levels
      return {
        tooHigh: {
          ref: `${rails[rail]?.levels[level]?.id ?? ''}/summary`,
          excess: (tooHigh.height - free) * pixel,
        },
      }
    }
    const stretches = divide(rows, free, rails.length === 1)
    const forks = forksOn(leaves, rows)
    const done = new Map<number, number>()
    let first = 0
    for (const stretch of stretches) {
      const heights = heightsOf(stretch, free)
      for (const side of sides) {
        pages.push({
          kind: 'glance',
          first: pages.length === 0,
          rows: heights,
          rails: side.map((rail) => ({
            ...columnOf(rails, rail, stretch, done),
            ...forksIn(forks, rail, first, stretch.length),
            ties: tiesIn(ties, rail, stretch),
          })),
        })
      }
      first += stretch.length
    }
  }
  return { pages }
}

/** Rungs lie evenly where there is room for that, else each as high as it must be and a little more. */
function heightsOf(rows: readonly Row[], free: number): number[] {
  const most = mostSpread / pixel
  const highest = Math.max(...rows.map(({ height }) => height))
  const even = Math.min(free / rows.length, highest + most)
  if (even >= highest) return rows.map(() => Math.floor(even))
  const spare = (free - rows.reduce((sum, row) => sum + row.height, 0)) / rows.length
  return rows.map(({ height }) => Math.floor(height + Math.max(0, Math.min(most, spare))))
}

function columnOf(
  rails: readonly GlanceRail[],
  rail: number,
  stretch: readonly Row[],
  done: Map<number, number>,
): Omit<GlanceColumn, 'foot' | 'forks' | 'ties'> {
  const levels = stretch.flatMap((row, index) => {
    const level = row.levels.get(rail)
    return level === undefined ? [] : [{ level, row: index + 1 }]
  })
  const before = done.get(rail) ?? 0
  done.set(rail, before + levels.length)
  const all = rails[rail]?.levels.length ?? 0
  return { rail, levels, above: before > 0, below: before + levels.length < all }
}

/** A rail that opens from a level of another, and the rungs of that and of its own lowest level. */
interface Fork {
  readonly opened: number
  readonly lowest: number
  readonly origin: number
  readonly rung: number
}

function forksOf(rails: readonly GlanceRail[]): Fork[] {
  return rails.flatMap(({ opensFrom = [], levels }, opened) => {
    const lowest = levels.at(-1)?.rung
    if (lowest === undefined) return []
    return opensFrom.flatMap((id) => {
      const origin = rails.findIndex((rail) => rail.levels.some((level) => level.id === id))
      const rung = rails[origin]?.levels.find((level) => level.id === id)?.rung
      return rung !== undefined && rung < lowest ? [{ opened, lowest, origin, rung }] : []
    })
  })
}

/** A fork with the rows of a spread where it is drawn, from 0 at the top. */
interface PlacedFork extends Fork {
  readonly row: number
  readonly end: number
}

function forksOn(forks: readonly Fork[], rows: readonly Row[]): PlacedFork[] {
  const rowOf = (rung: number) => rows.findIndex((row) => row.rung === rung)
  return forks.map((fork) => ({ ...fork, row: rowOf(fork.lowest), end: rowOf(fork.rung) }))
}

/** Whether a line stands in a rail, or runs through it. */
function isAmong(rail: number, [one, other]: readonly [number, number]): boolean {
  return rail >= Math.min(one, other) && rail <= Math.max(one, other)
}

/** What of the forks a rail has to show in the rows of a page. */
function forksIn(
  forks: readonly PlacedFork[],
  rail: number,
  first: number,
  count: number,
): Pick<GlanceColumn, 'foot' | 'forks'> {
  const own = forks.filter(({ opened }) => opened === rail)
  const lowest = Math.max(...own.map(({ end }) => end))
  const foot = Array.from({ length: count }, (_, index) => index + first)
    .filter((row) => own.some((fork) => row > fork.row && row < lowest))
    .map((row) => row - first + 1)
  const parts = forks.flatMap(({ opened, origin, end }): GlanceFork[] => {
    if (!isAmong(rail, [opened, origin]) || end < first || end >= first + count) return []
    const part = rail === opened ? 'bend' : rail === origin ? 'origin' : 'way'
    return [{ part, row: end - first + 1, back: opened < origin, last: part === 'bend' && end === lowest }]
  })
  return { foot, forks: parts }
}

/** A line that joins levels of two rails and runs through those between, which have no level on its rung. */
interface Tie {
  readonly rung: number
  readonly from: number
  readonly to: number
  readonly dashed: boolean
}

function tiesOf(rails: readonly GlanceRail[]): Tie[] {
  return rails.flatMap(({ levels }, from) =>
    levels.flatMap(({ rung, across, lineDashed }) => {
      if (across === undefined) return []
      const to = rails.findIndex((rail) => rail.levels.some(({ id }) => id === across))
      return [{ rung, from, to, dashed: lineDashed }]
    }),
  )
}

/** Where the lines of others run through a rail on a page. */
function tiesIn(ties: readonly Tie[], rail: number, stretch: readonly Row[]): GlanceTie[] {
  return stretch.flatMap(({ rung }, index) =>
    ties
      .filter((tie) => tie.rung === rung && rail > tie.from && rail < tie.to)
      .map(({ dashed }) => ({ row: index + 1, dashed })),
  )
}

/**
 * Rows of rails that stand side by side: by their rungs, and rails that nothing joins on one ground. A line that only
 * runs through has a row too, and so has one that comes from another spread.
 */
function rowsOf(
  rails: readonly GlanceRail[],
  spread: readonly number[],
  height: (rail: number, level: number) => number,
  ties: readonly Tie[],
  forks: readonly Fork[],
): Row[] {
  const places = spread.flatMap((rail) =>
    (rails[rail]?.levels ?? []).map(({ rung }, level) => ({ rail, level, rung })),
  )
  const through = ties.filter(({ from, to }) => spread.every((rail) => rail > from && rail < to))
  const leading = forks.filter(({ opened, origin }) => spread.some((rail) => isAmong(rail, [opened, origin])))
  const used = [...new Set([...places, ...through, ...leading].map(({ rung }) => rung))].sort((a, b) => b - a)
  return used.map((rung) => {
    const members = places.filter((member) => member.rung === rung)
    return {
      rung,
      height: Math.max(0, ...members.map(({ rail, level }) => height(rail, level))),
      levels: new Map(members.map(({ rail, level }) => [rail, level])),
    }
  })
}

/** Rows in stretches of a page; of a single rail in one or an even number of them, about as long as each other. */
function divide(rows: readonly Row[], free: number, isSingle: boolean): Row[][] {
  const total = rows.reduce((sum, row) => sum + row.height, 0)
  for (let count = 1; count <= rows.length; count += isSingle && count > 1 ? 2 : 1) {
    if (total > free * count) continue
    const ends = Array.from({ length: count + 1 }, (_, at) => Math.ceil((rows.length * at) / count))
    const stretches = ends.slice(1).map((end, at) => rows.slice(ends[at], end))
    if (stretches.every((stretch) => stretch.reduce((sum, row) => sum + row.height, 0) <= free))
      return stretches
  }
  return chunks(rows, 1)
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
