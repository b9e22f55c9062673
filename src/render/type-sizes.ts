/** Sizes of type from a ceiling down to a floor, in half-point steps. In pt, as all here. */
export function sizesBetween(ceiling: number, floor: number): number[] {
  const steps = Math.round((ceiling - floor) * 2)
  return Array.from({ length: steps + 1 }, (_, step) => ceiling - step / 2)
}

/** The largest of some sizes that stand in descending order. */
export function ceilingOf(sizes: readonly number[]): number {
  return sizes[0] as number
}

/** The smallest of some sizes that stand in descending order. */
export function floorOf(sizes: readonly number[]): number {
  return sizes.at(-1) as number
}
