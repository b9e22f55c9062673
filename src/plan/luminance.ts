/** A colour in sRGB: red, green and blue, each from 0 to 1. */
export type Rgb = readonly [r: number, g: number, b: number, ...others: readonly number[]]

/** WCAG 2.2, relative luminance, from 0 to 1. The page has its own (`browser/lint.ts`): nothing from here is there. */
export function luminance([r, g, b]: Rgb): number {
  return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
}

function channel(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/** WCAG 2.2, the contrast of two colours, as a ratio to 1. */
export function contrastOf(one: Rgb, other: Rgb): number {
  const [first, second] = [luminance(one), luminance(other)]
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}
