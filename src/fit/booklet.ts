import type { Sheet } from '../plan/paper.ts'
import type { BookletContent } from '../render/documents/booklet-content.ts'
import type { BookletLayout } from '../render/documents/booklet-layout.ts'
import { composeBooklet, type Composed } from './booklet-pages.ts'
import type { Boxes } from './boxes.ts'
import type { Fitted, TooHigh } from './fitted.ts'
import { once } from './once.ts'
import { largestThatHolds, sizesBetween } from './sizes.ts'

/** 47 cm of reading distance at the floor, 55 at the ceiling. */
export const bookletSizes = sizesBetween(10, 8.5)

type Heads = BookletLayout['heads']

/**
 * Sets the booklet with the names of dimensions beside or above: each in the largest size at which no level or dimension
 * takes more pages than at the floor. The way with the fewest pages is taken, then the one in the larger size.
 *
 * @param headsFit whether names beside have room for their words at a size, in pt
 * @param measure lays out the galleys of all chapters in a size (pt), and measures them
 */
export async function fitBooklet(
  content: BookletContent,
  sheet: Sheet,
  headsFit: (size: number) => boolean,
  measure: (heads: Heads, size: number) => Promise<Boxes>,
): Promise<Fitted<BookletLayout>> {
  const at = once(async (heads: Heads, size: number) =>
    composeBooklet(content, sheet, heads, await measure(heads, size)),
  )
  // Running text may take more pages in a larger size.
  const kept = content.chapters.flatMap(({ kind }, chapter) =>
    kind === 'contents' || kind === 'key' || kind === 'sections' ? [] : [chapter],
  )
  const trials: Trial[] = []
  for (const heads of ['beside', 'above'] as const) {
    const sizes = bookletSizes.filter((size) => heads === 'above' || headsFit(size))
    if (sizes.length === 0) continue
    const trial = await settle(kept, sizes, (size) => at(heads, size))
    if ('tooHigh' in trial) continue
    trials.push({ ...trial, heads })
  }
  const [best] = trials.toSorted(
    (a, b) => a.filled - b.filled || b.size - a.size || a.composed.pages.length - b.composed.pages.length,
  )
  if (!best) {
    const smallest = await at('above', bookletSizes.at(-1) ?? 8.5)
    return { tooHigh: 'tooHigh' in smallest ? smallest.tooHigh : { ref: '@/title', excess: 1 } }
  }
  const { heads, size, composed, demand } = best
  return {
    layout: { size, heads, pages: composed.pages, galley: false },
    pages: composed.pages.length,
    remedies: [
      ...(heads === 'above' ? ['heads-above'] : []),
      ...(composed.lengths.some(
        (length, chapter) => length > 1 && content.chapters[chapter]?.kind === 'level',
      )
        ? ['further-pages']
        : []),
    ],
    fill: composed.fill,
    demand,
    rooms: [],
  }
}

interface Trial {
  readonly heads: Heads
  readonly size: number
  readonly composed: Extract<Composed, { pages: unknown }>
  /** Pages that levels and dimensions take. */
  readonly filled: number
  /** How full the pages are at the floor. */
  readonly demand: number
}

/** The largest size at which a booklet keeps the pages that it has at the floor, and so does each of its chapters. */
async function settle(
  kept: readonly number[],
  sizes: readonly number[],
  at: (size: number) => Promise<Composed>,
): Promise<Omit<Trial, 'heads'> | { readonly tooHigh: TooHigh }> {
  const least = await at(bookletSizes.at(-1) ?? 8.5)
  if ('tooHigh' in least) return least
  const size = await largestThatHolds(sizes, sizes[0] ?? 10, async (candidate) => {
    const composed = await at(candidate)
    return (
      'pages' in composed &&
      kept.every((chapter) => (composed.lengths[chapter] ?? 1) <= (least.lengths[chapter] ?? 1))
    )
  })
  const composed = await at(size)
  if ('tooHigh' in composed) return composed
  return {
    size,
    composed,
    filled: kept.reduce((sum, chapter) => sum + (composed.lengths[chapter] ?? 1), 0),
    demand: least.fill,
  }
}
