import { turn, type Sheet } from '../plan/paper.ts'
import { pixel } from '../plan/units.ts'
import { hasExamples, isShort } from '../render/documents/poster-depths.ts'
import { placesOf } from '../render/documents/poster-grid.ts'
import type { PosterLayout } from '../render/documents/poster-layout.ts'
import type { PosterNames } from '../render/documents/poster-names.ts'
import type { PosterContent } from '../render/documents/poster-parts.ts'
import { posterScale } from '../render/documents/poster-widths.ts'
import { floorOf } from '../render/type-sizes.ts'
import { boxOf, heightBetween, type Boxes } from './boxes.ts'
import type { Fitted } from './fitted.ts'
import { posterSizes, sizesAbreast, waysAbreast } from './poster-sizes.ts'
import { taken, type Remedy } from './remedies.ts'

/** A poster that is less full than this, though its text is as large as usual, has larger names and larger text. */
const leastFill = 0.7

/** What a poster is tried by. */
export interface PosterTrials {
  /** The size (pt) beyond which what a depth says would look as large as the names of levels. */
  readonly largest: (content: PosterContent, sheet: Sheet, names: PosterNames) => number
  /** Lays the galley of a way out with so many dimensions abreast in a size (pt), and measures it. */
  readonly measure: (content: PosterContent, way: PosterWay, abreast: number, size: number) => Promise<Boxes>
}

/**
 * Sets the poster at the first depth at which it stands on its sheet, and at that depth as large as can be: for each
 * way to set the dimensions abreast the largest size that has room, and of these the way with the largest; where two
 * are equal, the one with fewer gaps in its last row, then more abreast. Before anything is left out, a sheet that may lie
 * either way is turned, then names and summaries become smaller. Introductions that would stretch the rows they stand
 * beside stand in two columns there, or at the foot.
 *
 * @param depths what the poster says at each depth, most first; the next is asked for where one does not fit
 */
export async function fitPoster(
  depths: Iterable<PosterContent>,
  { sheet, turns }: { readonly sheet: Sheet; readonly turns: boolean },
  trials: PosterTrials,
): Promise<Fitted<PosterLayout>> {
  let least = Infinity
  let everything: PosterContent | undefined
  for (const content of depths) {
    everything ??= content
    for (const { turned, names } of waysToLie(turns)) {
      const set = await setLying(
        content,
        { depth: content.depth, turned, names, notes: 'void' },
        sheet,
        trials,
      )
      if ('excess' in set) {
        least = Math.min(least, set.excess)
        continue
      }
      const { way, abreast, size, fill } = set
      return {
        layout: { ...way, size, abreast, galley: false },
        pages: 1,
        remedies: [
          ...taken({ turned: way.turned, 'names-small': way.names === 'small' }),
          ...depthRemedies(content.depth, everything),
        ],
        fill,
        demand: fill,
        rooms: () => [],
      }
    }
  }
  return { tooHigh: { ref: '@/title', excess: least * pixel } }
}

/** What it took to set a poster at a depth. @param everything what it says at the first */
function depthRemedies(depth: PosterContent['depth'], everything: PosterContent): Remedy[] {
  if (depth === 'everything') return []
  if (depth === 'plain') return ['examples-left-out']
  return [...taken({ 'examples-left-out': depth === 'new' && hasExamples(everything) }), `depth-${depth}`]
}

/** The poster at a depth, on a sheet that lies in a way: its introductions where they fit in, its names as they go best. */
async function setLying(
  content: PosterContent,
  first: PosterWay,
  sheet: Sheet,
  { largest, measure }: PosterTrials,
): Promise<(SetAtDepth & { readonly way: PosterWay }) | { readonly excess: number }> {
  const lying = first.turned ? turn(sheet) : sheet
  const setIn = (way: PosterWay) =>
    setAtDepth(content, lying, way.names, largest(content, lying, way.names), (abreast, size) =>
      measure(content, way, abreast, size),
    )
  let way = first
  let set = await setIn(way)
  for (const notes of ['columns', 'foot'] as const) {
    if (set.stretched <= leastStretch * posterScale(lying)) break
    const moved = await setIn({ ...way, notes })
    if (!('excess' in moved)) [set, way] = [moved, { ...way, notes }]
  }
  if ('excess' in set) return set
  if (isCramped(content, lying, way.names, set)) {
    const small = { ...way, names: 'small' } as const
    const run = await setIn(small)
    if (!('excess' in run) && run.size >= set.size + cramped * posterScale(lying)) [set, way] = [run, small]
  }
  if (mayGrow(content, lying, way.names, set)) {
    const large = { ...way, names: 'large' } as const
    const larger = await setIn(large)
    if (!('excess' in larger) && larger.size > set.size) [set, way] = [larger, large]
  }
  return { ...set, way }
}

/** In pt at A1: text so little above the floor has smaller names if they make it larger by as much. */
const cramped = 2

/** Whether cells of one statement each stand there in a size that names running in with them might make much larger. */
function isCramped(
  { depth }: PosterContent,
  sheet: Sheet,
  names: PosterNames,
  { size }: { size: number },
): boolean {
  return (
    names === 'usual' && isShort(depth) && size < floorOf(posterSizes(sheet)) + cramped * posterScale(sheet)
  )
}

/** Whether everything fits in the largest usual size and still leaves much of the sheet empty. */
function mayGrow(
  content: PosterContent,
  sheet: Sheet,
  names: PosterNames,
  { size, fill }: { size: number; fill: number },
): boolean {
  const { depth } = content
  if (names !== 'usual' || depth === 'levels' || depth === 'map') return false
  return fill < leastFill && size === posterSizes(sheet, depth)[0]
}

/** The parts of a poster's layout that are no sizes. */
export type PosterWay = Pick<PosterLayout, 'depth' | 'turned' | 'names' | 'notes'>

function waysToLie(turns: boolean): Pick<PosterWay, 'turned' | 'names'>[] {
  return (['usual', 'small'] as const).flatMap((names) =>
    (turns ? [false, true] : [false]).map((turned) => ({ turned, names })),
  )
}

/** In mm at A1: rows that introductions stretch by less look as if they were meant so. */
const leastStretch = 25

/** By how many mm the introductions reach below the levels beside them. */
function stretchOf(content: PosterContent, boxes: Boxes): number {
  const area = placesOf(content).notes
  if (area === null || boxes[`${content.id}/notes`] === undefined) return 0
  const [top] = area.split(' / ').map(Number)
  const beside = content.blocks.flatMap(({ rungs, rails }) =>
    rails.flatMap(({ levels }) => levels.filter(({ rung }) => rungs - rung + 1 >= (top ?? 1))),
  )
  const bottoms = beside.map(({ id }) => boxOf(boxes, `${content.id}/level/${id}`)[1])
  return (boxOf(boxes, `${content.id}/notes`)[1] - Math.max(...bottoms)) * pixel
}

/** The largest size at which a depth stands on a sheet. */
interface SetAtDepth {
  readonly abreast: number
  /** In pt. */
  readonly size: number
  readonly fill: number
  /** In mm: by how much introductions reach below the levels beside them. */
  readonly stretched: number
}

/** @returns in `excess`, by how many px it is too high at the floor */
async function setAtDepth(
  content: PosterContent,
  sheet: Sheet,
  names: PosterNames,
  largest: number,
  measure: (abreast: number, size: number) => Promise<Boxes>,
): Promise<SetAtDepth | (Pick<SetAtDepth, 'stretched'> & { readonly excess: number })> {
  const room = heightBetween(sheet, 0)
  let least = Infinity
  let stretched = 0
  let best: { abreast: number; size: number; height: number; stretched: number } | undefined
  for (const abreast of waysAbreast(content, sheet)) {
    const stretches = new Map<number, number>()
    const heightAt = async (size: number) => {
      const boxes = await measure(abreast, size)
      const [top, bottom] = boxOf(boxes, content.id)
      stretches.set(size, stretchOf(content, boxes))
      return bottom - top
    }
    // A way that cannot be set larger than the best so far need not be tried.
    const sizes = sizesAbreast(content, sheet, names, abreast).filter(
      (size) => size <= largest && (!best || size > best.size),
    )
    if (sizes.length === 0) continue
    const found = await largestInHeight(sizes, room, heightAt)
    stretched = stretches.get(found.size) ?? 0
    least = Math.min(least, found.height)
    if (found.fits) best = { abreast, size: found.size, height: found.height, stretched }
  }
  return best ? { ...best, fill: Math.min(1, best.height / room) } : { excess: least - room, stretched }
}

/**
 * The largest size whose height has room. A guess that is right takes three layouts: much of a poster keeps its lines when
 * its letters grow, so its height grows about as its size does.
 */
async function largestInHeight(
  sizes: readonly number[],
  room: number,
  heightAt: (size: number) => Promise<number>,
): Promise<{ size: number; height: number; fits: boolean }> {
  const heights = new Map<number, number>()
  const at = async (index: number) => {
    const size = sizes[index] as number
    const height = heights.get(size) ?? (await heightAt(size))
    heights.set(size, height)
    return height
  }
  const last = sizes.length - 1
  const smallest = await at(last)
  if (smallest > room) return { size: sizes[last] as number, height: smallest, fits: false }
  const target = (sizes[last] as number) * (room / smallest)
  const guess = sizes.findIndex((size) => size <= target)
  let index = guess < 0 ? last : guess
  if ((await at(index)) <= room) while (index > 0 && (await at(index - 1)) <= room) index -= 1
  else while (index < last && (await at(index)) > room) index += 1
  const height = await at(index)
  return { size: sizes[index] as number, height, fits: height <= room }
}
