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

/** `#rgb` and `#rrggbb` in one way. */
function sixDigits(color: string): string {
  const digits = color.slice(1).toLowerCase()
  return `#${digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits}`
}

function isSameGrey(one: string, other: string): boolean {
  return Math.abs(lightness(one) - lightness(other)) < leastApart
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
