/** Sizes from a ceiling down to a floor, in half-point steps. */
export function sizesBetween(ceiling: number, floor: number): number[] {
  const steps = Math.round((ceiling - floor) * 2)
  return Array.from({ length: steps + 1 }, (_, step) => ceiling - step / 2)
}

/**
 * The largest size that holds, of sizes that stand in descending order. What holds at one size is taken to hold at
 * every smaller one, so few are tried. The smallest is taken as given.
 *
 * @param holds whether everything fits at a size; a layout in the browser, so each call counts
 */
export async function largestThatHolds(
  sizes: readonly number[],
  holds: (size: number) => Promise<boolean>,
): Promise<number> {
  let low = 0
  let high = sizes.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (await holds(sizes[middle] as number)) high = middle
    else low = middle + 1
  }
  return sizes[low] as number
}
