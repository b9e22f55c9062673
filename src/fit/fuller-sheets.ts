import type { TooHigh } from './fitted.ts'

/** A document on its sheets, as far as it matters how full these are; or what has no room on any. */
type Set = { readonly sheets: readonly unknown[]; readonly isThin: boolean } | { readonly tooHigh: TooHigh }

/**
 * A variant, or the same with long statements divided: where one of several sheets would be under a third full, because
 * nothing else can be cut and a title stands alone, say.
 *
 * @param divided of more characters statements are divided then
 * @param setAs sets the document in a variant
 */
export async function withFullerSheets<Variant extends { readonly divided?: number }>(
  usual: Variant,
  divided: number,
  setAs: (variant: Variant) => Promise<Set>,
): Promise<Variant> {
  if (usual.divided !== undefined) return usual
  const set = await setAs(usual)
  if ('tooHigh' in set || !set.isThin) return usual
  const variant = { ...usual, divided }
  const other = await setAs(variant)
  return 'sheets' in other && !other.isThin && other.sheets.length === set.sheets.length ? variant : usual
}
