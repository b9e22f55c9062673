import type { Sheet } from '../plan/paper.ts'
import { point } from '../plan/units.ts'
import { largestUsual, type PosterNames } from '../render/documents/poster-names.ts'
import { hasNarrowRails, railsOf, type PosterContent } from '../render/documents/poster-parts.ts'
import { posterGaps, posterScale, railWidth } from '../render/documents/poster-widths.ts'
import { floorOf, sizesBetween } from '../render/type-sizes.ts'

/** In pt: the smallest statements at A1, read from 66 cm, and those that no sheet goes under. */
const floorAtA1 = 12
export const leastFloor = 7

/** What the smallest statements would be if type always went with the sheet, in pt. */
export function proportionalFloor(sheet: Sheet): number {
  return floorAtA1 * posterScale(sheet)
}

/** Whether statements would go under the least size, if it were not for that. */
export function isUnderFloor(sheet: Sheet): boolean {
  return proportionalFloor(sheet) < leastFloor
}

/**
 * Sizes of statements for a sheet, in pt. A sentence that is all a poster says of a level may be larger than a statement
 * among others, and larger still may be what stands below large names.
 */
export function posterSizes(
  sheet: Sheet,
  depth?: PosterContent['depth'],
  names: PosterNames = 'usual',
): number[] {
  const scale = posterScale(sheet)
  const half = (size: number) => Math.round(size * 2) / 2
  const floor = Math.max(leastFloor, half(floorAtA1 * scale))
  const ceiling = names === 'large' ? 43 : largestUsual(depth)
  return sizesBetween(Math.max(floor, half(ceiling * scale)), floor)
}

/** A narrower column breaks every other line in the wrong place. */
const leastCharacters = 28

/** More dimensions abreast are no text any more but a table. */
const mostAbreast = 5

/**
 * All dimensions in one row, in two, three or four, or one below the other; many in as many columns as can be, and fewer.
 * Narrow rails always stack. First come ways that leave few places of their last rows empty.
 */
export function waysAbreast(content: PosterContent, sheet: Sheet): number[] {
  if (hasNarrowRails(content)) return [1]
  const rails = railsOf(content)
  const most = Math.max(1, ...rails.map(({ dimensions }) => dimensions))
  const floor = floorOf(posterSizes(sheet))
  const ways =
    most > 4 * mostAbreast
      ? [5, 4, 3, 2, 1]
      : [...new Set([1, 2, 3, 4, most].map((rows) => Math.ceil(most / rows)))]
  // One below the other leaves no gaps, but has the longest lines.
  const gapsOf = (abreast: number) =>
    abreast === 1
      ? Infinity
      : rails.reduce(
          (sum, { dimensions }) => sum + gapsInLastRow(dimensions, Math.min(abreast, dimensions)),
          0,
        )
  return ways
    .filter((abreast) => abreast <= mostAbreast)
    .filter((abreast) => abreast === 1 || largestForColumns(content, sheet, abreast) >= floor)
    .toSorted((one, other) => gapsOf(one) - gapsOf(other))
}

function gapsInLastRow(dimensions: number, abreast: number): number {
  return dimensions === 0 ? 0 : Math.ceil(dimensions / abreast) * abreast - dimensions
}

/** The sizes at which columns so many abreast hold enough characters; at least the floor. */
export function sizesAbreast(
  content: PosterContent,
  sheet: Sheet,
  names: PosterNames,
  abreast: number,
): number[] {
  const sizes = posterSizes(sheet, content.depth, names)
  const largest = abreast === 1 ? Infinity : largestForColumns(content, sheet, abreast)
  const fitting = sizes.filter((size) => size <= largest)
  return fitting.length > 0 ? fitting : sizes.slice(-1)
}

/** In pt: the narrowest column of all rails, taken to hold `leastCharacters` of half an em. */
function largestForColumns(content: PosterContent, sheet: Sheet, abreast: number): number {
  const gap = posterGaps.cells * posterScale(sheet)
  const columns = railsOf(content)
    .filter(({ dimensions }) => dimensions > 0)
    .map((rail) => {
      const count = Math.min(abreast, rail.dimensions)
      return (railWidth(content, rail, sheet) - gap * (count - 1)) / count
    })
  return Math.min(...columns) / point / (leastCharacters * 0.5)
}
