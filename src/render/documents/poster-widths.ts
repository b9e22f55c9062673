import type { Sheet } from '../../plan/paper.ts'
import type { PosterBlock, PosterContent, PosterRail } from './poster-parts.ts'

/** Sizes and lengths of a poster are given for A1; other sheets take them in proportion to the root of their area. */
export function posterScale(sheet: Sheet): number {
  return Math.sqrt((sheet.width * sheet.height) / (594 * 841))
}

/** In mm, at most, all round. */
export const posterMargin = 18

/** In mm: the margin of a sheet, less on small ones. */
export function posterMarginOn(sheet: Sheet): number {
  return Math.min(posterMargin, Math.max(10, posterMargin * posterScale(sheet)))
}

/**
 * In mm at A1: between rails, between blocks that nothing joins, between columns of blocks, between dimensions abreast,
 * and from a rail to its text.
 */
export const posterGaps = { rails: 13, blocks: 24, stacks: 12, cells: 7, text: 8 } as const

/** In mm at A1: how far marks stand out from the first rail, which they do within the margins. */
const outstanding = 3.5

/** In mm: what rails have between the margins. */
function roomOf(sheet: Sheet): number {
  return sheet.width - 2 * posterMargin - outstanding * posterScale(sheet)
}

/** Rails take width by what stands abreast in them, unless seams ask for something else. */
export function railWeight({ share, dimensions }: PosterRail): number {
  return share ?? Math.max(2, dimensions)
}

/** A rail that becomes narrower or wider by more than this would look like a mistake. */
const leastScale = 0.7

/** How much of its usual width the left half of the rails may take, where that puts a seam into a gutter. */
const tilts = [0.72, 0.74, 0.76, 0.78, 0.8, 0.83, 0.86, 0.89, 0.92, 0.95, 0.98, 1.05, 1.1, 1.15, 1.2]

/**
 * Ways to share the width of a poster that is put together from sheets: the usual one, one in which rails end where the
 * seams run, and some between, for the gutters inside the rails. None takes more than a little from any rail.
 *
 * @param columns how many sheets lie beside each other
 * @returns shares, rail by rail
 */
export function sharesFor(content: PosterContent, columns: number): (readonly number[])[] {
  const weights = content.blocks.flatMap(({ rails }) => rails.map(railWeight))
  if (columns === 1 || weights.length === 1) return [weights]
  const half = Math.floor(weights.length / 2)
  const sum = (some: readonly number[]) => some.reduce((all, weight) => all + weight, 0)
  const [left, right] = [sum(weights.slice(0, half)), sum(weights.slice(half))]
  const tilted = tilts.flatMap((tilt) => {
    const other = (left + right - left * tilt) / right
    if (other < leastScale || other > 1 / leastScale) return []
    return [weights.map((weight, index) => weight * (index < half ? tilt : other))]
  })
  return [weights, ...betweenSeams(weights, columns), ...tilted]
}

function betweenSeams(weights: readonly number[], columns: number): number[][] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const endOf = (count: number) => weights.slice(0, count).reduce((sum, weight) => sum + weight, 0) / total
  const shares: number[] = []
  for (let column = 0, from = 0; column < columns; column += 1) {
    // The rails whose ends come nearest to the next seam.
    const seam = (column + 1) / columns
    const left = columns - column - 1
    let to = left === 0 ? weights.length : from + 1
    while (to < weights.length - left && Math.abs(endOf(to + 1) - seam) < Math.abs(endOf(to) - seam)) to += 1
    const own = weights.slice(from, to)
    const scale = total / columns / own.reduce((sum, weight) => sum + weight, 0)
    if (own.length === 0 || scale < leastScale || scale > 1 / leastScale) return []
    shares.push(...own.map((weight) => weight * scale))
    from = to
  }
  return [shares]
}

/** A poster whose rails share its width in a way of their own. */
export function withShares(content: PosterContent, shares: readonly number[]): PosterContent {
  let next = 0
  return {
    ...content,
    blocks: content.blocks.map((block) => ({
      ...block,
      rails: block.rails.map((rail) => ({ ...rail, share: shares[next++] ?? railWeight(rail) })),
    })),
  }
}

/** The width of a rail's text in mm. */
export function railWidth(content: PosterContent, rail: PosterRail, sheet: Sheet): number {
  const stacks = stacksOf(content, sheet)
  if (stacks === null) return widthAbreast(content.blocks, rail, sheet, roomOf(sheet))
  const block = content.blocks.filter(({ rails }) => rails.includes(rail))
  const scale = posterScale(sheet)
  const column = (roomOf(sheet) - (stacks - 1) * posterGaps.stacks * scale) / stacks
  return widthAbreast(block, rail, sheet, column)
}

function widthAbreast(blocks: readonly PosterBlock[], rail: PosterRail, sheet: Sheet, width: number): number {
  const rails = blocks.flatMap((block) => block.rails)
  const total = rails.reduce((sum, other) => sum + railWeight(other), 0)
  const gaps =
    (rails.length - blocks.length) * posterGaps.rails +
    (blocks.length - 1) * posterGaps.blocks +
    rails.length * posterGaps.text
  return ((width - gaps * posterScale(sheet)) * railWeight(rail)) / total
}

/** In mm at A1: a rail narrower than that holds no name. */
const leastRail = 45

/** In mm at A1: how wide a column of blocks is, about. */
const stackWidth = 70

/** In mm at A1: how high a rung of a large name is, what a block has around its rungs, and a sheet around its columns. */
const largeRung = 21
const aroundBlock = 22
const aroundStacks = 150

/**
 * Tracks that nothing joins stand side by side. Where they are too many for that, they stand in columns, one below the
 * other.
 *
 * @returns how many columns, or null where all have room beside each other
 */
export function stacksOf({ blocks, depth }: PosterContent, sheet: Sheet): number | null {
  if (blocks.length < 4 || depth !== 'map') return null
  const scale = posterScale(sheet)
  const width = roomOf(sheet)
  const narrowest = Math.min(
    ...blocks.flatMap(({ rails }) => rails.map((rail) => widthAbreast(blocks, rail, sheet, width))),
  )
  if (narrowest >= leastRail * scale) return null
  const most = Math.max(2, Math.floor((width / scale + posterGaps.stacks) / (stackWidth + posterGaps.stacks)))
  // Few levels stand in few columns, and in large names.
  const high = blocks.reduce((sum, { rungs }) => sum + rungs * largeRung + aroundBlock, 0)
  return Math.min(most, Math.max(2, Math.ceil(high / (sheet.height / scale - aroundStacks))))
}
