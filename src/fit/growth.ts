import { pixel, point } from '../plan/units.ts'

/** How high a line of text is, in px. @param size in pt @param leading how far apart lines are, as a part of it */
export function lineHeight(size: number, leading: number): number {
  return (size * leading * point) / pixel
}

/**
 * By what part of itself text may grow, or has to shrink (less than 0), so that something holds; to a thousandth.
 *
 * @param holds at a part; what holds at one is taken to hold at every smaller one, and at -1 whatever happens
 * @param most the largest part that is of interest
 */
export function largestGrowth(holds: (part: number) => boolean, most: number): number {
  let [low, high] = holds(0) ? [0, most] : [-1, 0]
  for (let step = 0; step < 10; step += 1) {
    const middle = (low + high) / 2
    if (holds(middle)) low = middle
    else high = middle
  }
  return low
}

/** How much of a height words can take: lines are not full where the next word is too long, and the last is taken as a whole. */
export function inLines(height: number, line: number): number {
  return Math.max(0, height * 0.95 - line)
}

/**
 * What is added to the height of a text that grows by a part of itself. What shrinks (less than 0) still takes whole lines,
 * and one at least.
 */
export function grownBy(text: number, part: number, line: number): number {
  if (part >= 0) return part * text
  if (text === 0) return 0
  return Math.min(0, Math.max(1, Math.ceil((text * (1 + part)) / line)) * line - text)
}
