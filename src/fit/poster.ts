import type { Sheet } from '../plan/paper.ts'
import { posterScale, type PosterContent, type PosterLayout } from '../render/documents/poster.ts'
import { boxOf, pixel, type Boxes } from './boxes.ts'
import type { Fitted } from './fitted.ts'
import { sizesBetween } from './sizes.ts'

/** Sizes of statements for a sheet: 12 pt at A1 and in proportion elsewhere, 66 cm of reading distance; never under 7. */
export function posterSizes(sheet: Sheet): number[] {
  const scale = posterScale(sheet)
  const half = (size: number) => Math.round(size * 2) / 2
  const floor = Math.max(7, half(12 * scale))
  return sizesBetween(Math.max(floor, half(22 * scale)), floor)
}

/** A column narrower than this has too few characters for a line that reads well. */
const leastCharacters = 28

/**
 * Sets the poster as large as its sheet allows: for each way to set the dimensions abreast the largest size at which
 * everything stands on the sheet, and of these the way with the largest; where two are equal, more abreast.
 *
 * @param measure lays the galley out with so many dimensions abreast in a size (pt), and measures it
 */
export async function fitPoster(
  content: PosterContent,
  sheet: Sheet,
  measure: (abreast: number, size: number) => Promise<Boxes>,
): Promise<Fitted<PosterLayout>> {
  const sizes = posterSizes(sheet)
  const room = sheet.height / pixel - 1
  let best: { abreast: number; size: number; height: number } | undefined
  let least = Infinity
  for (const abreast of waysAbreast(content, sheet)) {
    const heightAt = async (size: number) => {
      const [top, bottom] = boxOf(await measure(abreast, size), content.id)
      return bottom - top
    }
    const found = await largestInHeight(sizes, room, heightAt)
    least = Math.min(least, found.height)
    if (found.fits && (!best || found.size > best.size))
      best = { abreast, size: found.size, height: found.height }
  }
  if (!best) return { tooHigh: { ref: '@/title', excess: (least - room) * pixel } }
  return {
    layout: { size: best.size, abreast: best.abreast, galley: false },
    pages: 1,
    remedies: [],
    fill: Math.min(1, best.height / room),
  }
}

/** All dimensions in a row, in half as many columns, or one below the other; four rails and more always stack. */
export function waysAbreast(content: PosterContent, sheet: Sheet): number[] {
  const rails = content.blocks.flatMap((block) => block.rails)
  const most = Math.max(1, ...rails.map(({ dimensions }) => dimensions))
  if (rails.length > 3) return [1]
  const [smallest = 7] = posterSizes(sheet).slice(-1)
  // Rails take width by their dimensions, so a column is about the sheet over all of them.
  const total = rails.reduce((sum, { dimensions }) => sum + Math.max(2, dimensions), 0)
  const characters = (abreast: number) => {
    const column = (sheet.width * Math.max(1, most / abreast)) / total
    return column / (smallest * 0.5 * (25.4 / 72))
  }
  const ways = [...new Set([most, Math.ceil(most / 2), 1])]
  return ways.filter((abreast, index) => index === ways.length - 1 || characters(abreast) >= leastCharacters)
}

/** The largest size whose height has room. Heights grow about with the square of the size, so few layouts are needed. */
async function largestInHeight(
  sizes: readonly number[],
  room: number,
  heightAt: (size: number) => Promise<number>,
): Promise<{ size: number; height: number; fits: boolean }> {
  const heights = new Map<number, number>()
  const at = async (index: number) => {
    const size = sizes[index] as number
    const height = heights.get(size) ?? (await heightAt(size))
    heights.set(size, height)
    return height
  }
  const last = sizes.length - 1
  let index = Math.floor(last / 2)
  const target = (sizes[index] as number) * Math.sqrt(room / (await at(index)))
  const guess = sizes.findIndex((size) => size <= target)
  index = guess < 0 ? last : guess
  if ((await at(index)) <= room) while (index > 0 && (await at(index - 1)) <= room) index -= 1
  else while (index < last && (await at(index)) > room) index += 1
  const height = await at(index)
  return { size: sizes[index] as number, height, fits: height <= room }
}
