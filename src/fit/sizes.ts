import { floorOf } from '../render/type-sizes.ts'

/**
 * The largest size that holds, of sizes that stand in descending order. What holds at one size is taken to hold at
 * every smaller one. The smallest is taken to hold: the caller has made sure of that.
 *
 * @param guess where to begin; the nearer it is, the fewer sizes are tried
 * @param holds whether everything fits at a size; a layout in the browser, so each call counts
 */
export async function largestThatHolds(
  sizes: readonly number[],
  guess: number,
  holds: (size: number) => Promise<boolean>,
): Promise<number> {
  const last = sizes.length - 1
  const at = (index: number) => sizes[index] as number
  const near = sizes.findIndex((size) => size <= guess)
  let index = near < 0 ? last : near
  if (index === last || (await holds(at(index)))) {
    while (index > 0 && (await holds(at(index - 1)))) index -= 1
  } else {
    do index += 1
    while (index < last && !(await holds(at(index))))
  }
  return at(index)
}

/** How a document stands at a size. */
export interface Trial {
  /** Infinity where something in it is higher than a sheet. */
  readonly sheets: number
  /** How much of the ideal number of sheets its text would take: 1.1 is a tenth too much. */
  readonly demand: number
}

/** How a document stands that was set on sheets, or has something in it that stands on none. */
export function trialOf(
  set: { readonly sheets: readonly unknown[]; readonly demand: number } | { readonly tooHigh: unknown },
): Trial {
  return 'sheets' in set ? { sheets: set.sheets.length, demand: set.demand } : { sheets: Infinity, demand: 1 }
}

/**
 * The size that documents share: first the fewest sheets of each at the floor, then the largest size at which all keep
 * that number. Text covers an area, so one glance at the ceiling says about where to look.
 *
 * @param sizes in descending order, in pt
 * @param ideal the sheets a document takes if it fits as it should
 * @param trial how a document stands at a size
 * @param fewest the fewest sheets a document takes at the floor, by whatever remedy; asked only where it is needed
 */
export async function settleSize<Document>(
  documents: readonly Document[],
  sizes: readonly number[],
  ideal: (document: Document) => number,
  trial: (document: Document, size: number) => Promise<Trial>,
  fewest: (document: Document) => Promise<number>,
): Promise<number> {
  const [ceiling = 0] = sizes
  const floor = floorOf(sizes)
  const target = new Map<Document, number>()
  let guess = ceiling
  for (const document of documents) {
    const { sheets, demand } = await trial(document, ceiling)
    if (sheets <= ideal(document)) target.set(document, sheets)
    else guess = Math.min(guess, sheets === Infinity ? floor : ceiling / Math.sqrt(demand))
  }
  const nearest = sizes.find((size) => size <= guess) ?? floor
  for (const document of documents) {
    if (target.has(document)) continue
    const { sheets } = await trial(document, nearest)
    target.set(document, sheets <= ideal(document) ? sheets : await fewest(document))
  }
  return largestThatHolds(sizes, nearest, async (size) => {
    for (const [document, most] of target) {
      if (most !== Infinity && (await trial(document, size)).sheets > most) return false
    }
    return true
  })
}
