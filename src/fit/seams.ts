import type { Composition } from '../plan/composition.ts'
import { placeSeams, tileMargin, tilesOf, type TilePlan } from '../plan/tiles.ts'
import { pixel } from '../plan/units.ts'
import type { Seams } from '../render/documents/tiles.ts'
import type { TextLine } from './boxes.ts'

/**
 * Where the seams of a poster run that is put together from sheets, by the lines of its text.
 *
 * @param lines in px
 * @returns also the lines that a seam cuts all the same
 */
export function seamsIn(
  { tile, columns, rows, sheet }: TilePlan,
  lines: readonly TextLine[],
): { seams: Seams; cut: readonly TextLine[] } {
  const stretches = (from: 'left' | 'top', to: 'right' | 'bottom') =>
    lines.map((line) => [line[from] * pixel, line[to] * pixel] as const)
  const seams = {
    across: placeSeams(tile.width, columns, sheet.width, stretches('left', 'right')),
    down: placeSeams(tile.height, rows, sheet.height, stretches('top', 'bottom')),
  }
  const isCut = (from: number, to: number, at: readonly number[]) =>
    at.some((seam) => seam / pixel > from + 0.5 && seam / pixel < to - 0.5)
  const cut = lines.filter(
    ({ left, right, top, bottom }) => isCut(left, right, seams.across) || isCut(top, bottom, seams.down),
  )
  return { seams, cut }
}

/** Seams before it is known what they cut. */
export function evenSeams(plan: TilePlan): Seams {
  return seamsIn(plan, []).seams
}

/** What of the poster, the first page, lies on which sheet, with what is printed around it; the assembly plan first. */
export function composeTiles(plan: TilePlan, seams: Seams): Composition {
  const tiles = tilesOf(plan, seams)
  // The part of the poster covers what is below it: the white of the sheet around it.
  const sides = tiles.map(({ number, left, top, width, height, lapRight, lapBelow }) => [
    { page: 2 + number, left: 0, top: 0 },
    {
      page: 1,
      left: tileMargin - left,
      top: tileMargin - top,
      within: {
        left: tileMargin,
        top: tileMargin,
        width: width + lapRight,
        height: height + lapBelow,
      },
    },
  ])
  return {
    sheet: plan.tile,
    sides: [[{ page: 2, left: 0, top: 0 }], ...sides],
    frames: tiles.length + 1,
  }
}
