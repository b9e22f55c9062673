import type { TooHigh } from './fitted.ts'

/** A document on its sheets, as far as it matters how full these are; or what has no room on any. */
type SetOnSheets =
  | { readonly sheets: readonly unknown[]; readonly isThin?: boolean }
  | { readonly tooHigh: TooHigh }

/**
 * A variant, or the same with long statements divided: where no variant has room for all, so that the piece that has none
 * is told; and where one of several sheets would be under a third full, because nothing else can be cut and a title
 * stands alone, say.
 *
 * @param divisions of more characters than which statements can be divided, the most first; none where none is long
 * @param setAs sets the document in a variant
 */
export async function dividedWhereItHelps<Variant extends { readonly divided?: number }>(
  usual: Variant,
  divisions: readonly number[],
  setAs: (variant: Variant) => Promise<SetOnSheets>,
): Promise<Variant> {
  const [divided] = divisions
  if (divided === undefined || usual.divided !== undefined) return usual
  const set = await setAs(usual)
  if ('tooHigh' in set) return { ...usual, divided: divisions.at(-1) ?? divided }
  if (!set.isThin) return usual
  const variant = { ...usual, divided }
  const other = await setAs(variant)
  return 'sheets' in other && !other.isThin && other.sheets.length === set.sheets.length ? variant : usual
}
