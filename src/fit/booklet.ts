import type { Sheet } from '../plan/paper.ts'
import { divisionsOf } from '../render/divided.ts'
import { statementsOf, withDivided, type BookletContent } from '../render/documents/booklet-content.ts'
import { bookletSizes, type BookletLayout } from '../render/documents/booklet-layout.ts'
import { ceilingOf, floorOf } from '../render/type-sizes.ts'
import { paginateBooklet, type PaginatedBooklet } from './booklet-pages.ts'
import type { Boxes } from './boxes.ts'
import type { Fitted, TooHigh } from './fitted.ts'
import { once } from './once.ts'
import { taken } from './remedies.ts'
import { largestThatHolds } from './sizes.ts'

type Heads = BookletLayout['heads']

/** What a booklet says; with its long statements in pieces where a layout has them so. @param locale of its text */
export function bookletOf(
  content: BookletContent,
  { divided }: Pick<BookletLayout, 'divided'>,
  locale: string,
): BookletContent {
  return divided === undefined ? content : withDivided(content, { longest: divided, locale })
}

/** Lays out the galleys of all chapters in a size (pt), and measures them. */
type Measure = (heads: Heads, size: number) => Promise<Boxes>

/**
 * Sets the booklet. Where a statement is higher than a page, or than what its title leaves of one, long ones are divided.
 *
 * @param locale of its text
 * @param headsFit whether names beside have room for their words at a size, in pt
 * @param show makes galleys of what the booklet says
 */
export async function fitBooklet(
  content: BookletContent,
  sheet: Sheet,
  locale: string,
  headsFit: (size: number) => boolean,
  show: (content: BookletContent) => Promise<Measure>,
): Promise<Fitted<BookletLayout>> {
  const whole = await fitWays(content, sheet, headsFit, await show(content))
  if ('layout' in whole && !hasBareTitle(content, whole.layout)) return whole
  let last: Fitted<BookletLayout> = whole
  for (const divided of divisionsOf(statementsOf(content))) {
    const said = bookletOf(content, { divided }, locale)
    const fitted = await fitWays(said, sheet, headsFit, await show(said))
    // What has no room in pieces either is what has to be told.
    if ('tooHigh' in whole) last = fitted
    if ('tooHigh' in fitted) continue
    const { layout, remedies } = fitted
    return { ...fitted, layout: { ...layout, divided }, remedies: [...remedies, 'statements-divided'] }
  }
  return last
}

/** Whether the title of a level or dimension stands alone on its page. */
function hasBareTitle({ chapters }: BookletContent, { pages }: BookletLayout): boolean {
  return (pages ?? []).some(
    (page) =>
      page.kind === 'text' &&
      page.parts.some(({ chapter: index, first, cuts }) => {
        const chapter = chapters[index]
        const isAsked = chapter?.kind === 'level' || chapter?.kind === 'dimension'
        return isAsked && first && cuts.length === 0 && chapter.sections.length > 0
      }),
  )
}

/**
 * Sets the booklet with the names of dimensions beside or above: each in the largest size at which no level or dimension
 * takes more pages than at the floor. The way with the fewest pages is taken, then the one in the larger size.
 */
async function fitWays(
  content: BookletContent,
  sheet: Sheet,
  headsFit: (size: number) => boolean,
  measure: Measure,
): Promise<Fitted<BookletLayout>> {
  const at = once(async (heads: Heads, size: number) =>
    paginateBooklet(content, sheet, heads, await measure(heads, size)),
  )
  // Running text may take more pages in a larger size.
  const kept = content.chapters.flatMap(({ kind }, chapter) =>
    kind === 'contents' || kind === 'key' || kind === 'sections' ? [] : [chapter],
  )
  const ways: Way[] = []
  for (const heads of ['beside', 'above'] as const) {
    const sizes = bookletSizes.filter((size) => heads === 'above' || headsFit(size))
    if (sizes.length === 0) continue
    const way = await settle(kept, sizes, (size) => at(heads, size))
    if ('tooHigh' in way) continue
    ways.push({ ...way, heads })
  }
  const [best] = ways.toSorted(
    (a, b) => a.filled - b.filled || b.size - a.size || a.paginated.pages.length - b.paginated.pages.length,
  )
  if (!best) {
    const smallest = await at('above', floorOf(bookletSizes))
    return { tooHigh: 'tooHigh' in smallest ? smallest.tooHigh : { ref: '@/title', excess: 1 } }
  }
  const { heads, size, paginated, demand } = best
  return {
    layout: { size, heads, pages: paginated.pages, galley: false },
    pages: paginated.pages.length,
    remedies: taken({
      'heads-above': heads === 'above',
      'further-pages': paginated.lengths.some(
        (length, chapter) => length > 1 && content.chapters[chapter]?.kind === 'level',
      ),
    }),
    fill: paginated.fill,
    demand,
    rooms: () => [],
  }
}

/** A booklet with the names of dimensions beside or above. */
interface Way {
  readonly heads: Heads
  readonly size: number
  readonly paginated: Extract<PaginatedBooklet, { pages: unknown }>
  /** Pages that levels and dimensions take. */
  readonly filled: number
  /** How full the pages are at the floor. */
  readonly demand: number
}

/**
 * The largest size at which no chapter takes more pages than at the floor.
 *
 * @param kept the chapters of which that is asked
 */
async function settle(
  kept: readonly number[],
  sizes: readonly number[],
  at: (size: number) => Promise<PaginatedBooklet>,
): Promise<Omit<Way, 'heads'> | { readonly tooHigh: TooHigh }> {
  const least = await at(floorOf(bookletSizes))
  if ('tooHigh' in least) return least
  const size = await largestThatHolds(sizes, ceilingOf(sizes), async (candidate) => {
    const paginated = await at(candidate)
    return (
      'pages' in paginated &&
      kept.every((chapter) => (paginated.lengths[chapter] ?? 1) <= (least.lengths[chapter] ?? 1))
    )
  })
  const paginated = await at(size)
  if ('tooHigh' in paginated) return paginated
  return {
    size,
    paginated,
    filled: kept.reduce((sum, chapter) => sum + (paginated.lengths[chapter] ?? 1), 0),
    demand: least.fill,
  }
}
