import type { TilePlan } from '../plan/tiles.ts'
import type { PosterLayout, TiledPosterLayout } from '../render/documents/poster-layout.ts'
import type { PosterContent } from '../render/documents/poster-parts.ts'
import { sharesFor, withShares } from '../render/documents/poster-widths.ts'
import type { TextLine } from './boxes.ts'
import type { Fitted } from './fitted.ts'
import { seamsIn } from './seams.ts'

/** A poster in smaller type is taken for seams that cut less text, if it is not smaller by more than this, in pt. */
const smaller = 1

/**
 * Sets a poster that is put together from sheets: of all ways in which its rails can share the width, the one that says
 * most; of these, the one whose seams cut least.
 *
 * @param contents what it says at each depth, most first
 * @param fit sets it at the first of some depths that it has room for
 * @param linesOf the lines of its text as it will be printed, in px
 */
export async function fitTiles(
  plan: TilePlan,
  contents: readonly [PosterContent, ...PosterContent[]],
  fit: (contents: readonly PosterContent[]) => Promise<Fitted<PosterLayout>>,
  linesOf: (layout: TiledPosterLayout) => Promise<readonly TextLine[]>,
): Promise<Fitted<TiledPosterLayout>> {
  let best: { fitted: Fitted<TiledPosterLayout>; depth: number; size: number; cut: number } | undefined
  for (const shares of sharesFor(contents[0], plan.columns)) {
    const known = best ? contents.slice(0, best.depth + 1) : contents
    const fitted = await fit(known.map((content) => withShares(content, shares)))
    if ('tooHigh' in fitted) {
      if (!best) return fitted
      continue
    }
    const layout = { ...fitted.layout, shares }
    const depth = contents.findIndex((content) => content.depth === layout.depth)
    const { seams, cut } = seamsIn(plan, await linesOf(layout))
    const { size } = layout
    const isBetter =
      !best ||
      depth < best.depth ||
      (cut.length < best.cut && size >= best.size - smaller) ||
      (cut.length === best.cut && size > best.size)
    if (isBetter) {
      best = { fitted: { ...fitted, layout: { ...layout, seams }, cut }, depth, size, cut: cut.length }
    }
  }
  if (!best) throw new Error('a poster has rails')
  return best.fitted
}
