/** An inch in mm. */
export const inch = 25.4

/** A typographic point in mm. */
export const point = inch / 72

/** A CSS pixel in mm (CSS Values 4, § 6.2). */
export const pixel = inch / 96

/** How many CSS pixels a point has. */
export const pixelsPerPoint = 96 / 72

/** A length in mm, in points. */
export function inPoints(length: number): number {
  return (length / inch) * 72
}

/** A number to one decimal. */
export function tenths(number: number): number {
  return Math.round(number * 10) / 10
}

/** A number to three decimals: more of a length shows nowhere. */
export function rounded(number: number): number {
  return Math.round(number * 1000) / 1000
}
