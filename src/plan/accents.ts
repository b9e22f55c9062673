import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { items, placeOf, written, type Located } from '../yaml/located.ts'
import { contrastOf, luminance, type Rgb } from './luminance.ts'

/** Of a sign to its paper, as a ratio to 1 (WCAG 2.2, 1.4.11). */
const leastContrast = 3
const white: Rgb = [1, 1, 1]
/** Of two signs in a copy, in CIE L*. */
const leastApart = 2

/**
 * The accents of tracks as press.yaml lists them, for the first track and those after it.
 *
 * @param diagnostics receives press/faint-accent and press/same-grey
 * @returns each as `#rrggbb`, in small letters
 */
export function readAccents(list: Located | undefined, diagnostics: Diagnostic[]): readonly string[] {
  const accents = items(list).map((item) => ({ at: placeOf(item), color: sixDigits(written(item) ?? '') }))
  for (const [index, { at, color }] of accents.entries()) {
    const contrast = contrastOf(white, partsOf(color))
    if (contrast < leastContrast) {
      // Rounded down: what is too little must not read as enough.
      const shown = (Math.floor(contrast * 10) / 10).toFixed(1)
      const problem = `${color} has a contrast of ${shown} : 1 to white paper; ${leastContrast} : 1 is the least`
      diagnostics.push(diagnose('press/faint-accent', problem, { at }))
    }
    const like = accents.slice(0, index).find((other) => isSameGrey(color, other.color))
    if (!like) continue
    const problem = `${color} turns into the same grey as ${like.color}`
    diagnostics.push(
      diagnose('press/same-grey', problem, {
        at,
        related: [{ message: 'the other stands here', at: like.at }],
      }),
    )
  }
  return accents.map(({ color }) => color)
}

/** The accents that come along, as base.css has them: each leaves another grey in a copy. */
export const houseAccents: readonly string[] = [
  '#1b4fa8',
  '#b4500b',
  '#17512e',
  '#9e368f',
  '#0b7285',
  '#730d2c',
  '#442f88',
  '#6b5b00',
  '#2c2c2c',
]

/**
 * Which tracks have other accents than those that come along: the first ones, as press.yaml says, and any behind them
 * whose own would turn into the same grey as one of those. They take what the first ones have left, the least alike
 * first.
 *
 * @returns by the number of the track, from 1 on
 */
export function ownAccents(accents: readonly string[]): ReadonlyMap<number, string> {
  const own = new Map(accents.map((color, at) => [at + 1, color]))
  const isApart = (color: string) => !accents.some((accent) => isSameGrey(accent, color))
  const unlikeness = (color: string) => Math.min(...accents.map((accent) => distance(accent, color)))
  const left = houseAccents
    .slice(0, accents.length)
    .filter(isApart)
    .toSorted((one, other) => unlikeness(other) - unlikeness(one))
  for (const [at, color] of houseAccents.entries()) {
    if (at < accents.length || isApart(color)) continue
    const other = left.shift()
    if (other !== undefined) own.set(at + 1, other)
  }
  return own
}

/** `#rgb` and `#rrggbb` in one way. */
function sixDigits(color: string): string {
  const digits = color.slice(1).toLowerCase()
  return `#${digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits}`
}

function isSameGrey(one: string, other: string): boolean {
  return Math.abs(lightness(one) - lightness(other)) < leastApart
}

/** How unlike two colours look, roughly: in the cube of their parts. */
function distance(one: string, other: string): number {
  const others = partsOf(other)
  return Math.hypot(...partsOf(one).map((part, at) => part - (others[at] ?? 0)))
}

/** CIE L*, from 0 to 100: what is left of a colour in a copy. */
function lightness(color: string): number {
  const y = luminance(partsOf(color))
  return y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (y * 24389) / 27
}

/** Of `#rrggbb`. */
function partsOf(color: string): Rgb {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
  return [r, g, b]
}
