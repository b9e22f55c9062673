import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'

/**
 * Reads what stands behind an option that takes a whole number, of five digits at most.
 *
 * @param option as it is written, such as `--dpi`
 * @param diagnostics gets `usage/bad-value` for what is no number from `least` to `most`
 * @returns the number, or NaN
 */
export function readWholeNumber(
  option: string,
  given: string,
  [least, most]: readonly [number, number],
  diagnostics: Diagnostic[],
): number {
  const number = /^\d{1,5}$/.test(given.trim()) ? Number(given) : Number.NaN
  if (number >= least && number <= most) return number
  diagnostics.push(
    diagnose('usage/bad-value', `${option} does not take "${given}"`, {
      hint: `It takes a whole number from ${least} to ${most}`,
    }),
  )
  return Number.NaN
}
