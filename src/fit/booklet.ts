import type { Sheet } from '../plan/paper.ts'
import type { BookletContent } from '../render/documents/booklet-content.ts'
import type { BookletLayout } from '../render/documents/booklet.ts'
import { composeBooklet, type Composed } from './booklet-pages.ts'
import type { Boxes } from './boxes.ts'
import type { Fitted } from './fitted.ts'
import { largestThatHolds, sizesBetween } from './sizes.ts'

/** 47 cm of reading distance at the floor, 55 at the ceiling. */
export const bookletSizes = sizesBetween(10, 8.5)

type Heads = BookletLayout['heads']

/**
 * Sets the booklet: first the fewest pages at the floor, in fours, by side-heads beside or else above; then the largest
 * size at which that number stays and no level or dimension takes a page more than at the floor.
 *
 * @param measure lays out the galleys of all chapters in a size (pt), and measures them
 */
export async function fitBooklet(
  content: BookletContent,
  sheet: Sheet,
  measure: (heads: Heads, size: number) => Promise<Boxes>,
): Promise<Fitted<BookletLayout>> {
  const cache = new Map<string, Composed>()
  const at = async (heads: Heads, size: number) => {
    const key = `${heads} ${size}`
    const composed = cache.get(key) ?? composeBooklet(content, sheet, heads, await measure(heads, size))
    cache.set(key, composed)
    return composed
  }
  const floor = bookletSizes.at(-1) ?? 8.5
  const [beside, above] = [await at('beside', floor), await at('above', floor)]
  const heads = pagesOf(above) < pagesOf(beside) ? 'above' : 'beside'
  const least = heads === 'above' ? above : beside
  if ('tooHigh' in least) return { tooHigh: least.tooHigh }
  const size = await largestThatHolds(bookletSizes, bookletSizes[0] ?? floor, async (candidate) => {
    const composed = await at(heads, candidate)
    return (
      'pages' in composed &&
      composed.pages.length <= least.pages.length &&
      composed.lengths.every((length, chapter) => length <= Math.max(least.lengths[chapter] ?? 1, 1))
    )
  })
  const composed = await at(heads, size)
  if ('tooHigh' in composed) return { tooHigh: composed.tooHigh }
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
    demand: least.fill,
    rooms: [],
  }
}

function pagesOf(composed: Composed): number {
  return 'pages' in composed ? composed.pages.length : Infinity
}
