/** An inch in mm. */
export const inch = 25.4

/** A typographic point in mm. */
export const point = inch / 72

/** A CSS pixel in mm (CSS Values 4, § 6.2). */
export const pixel = inch / 96

/** A number to three decimals: more of a length shows nowhere. */
export function rounded(number: number): number {
  return Math.round(number * 1000) / 1000
}
