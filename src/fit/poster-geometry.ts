import { pixel } from '../plan/units.ts'
import type { PosterContent } from '../render/documents/poster-content.ts'
import { writeNumbers, type PosterGeometry, type PosterText } from '../render/documents/poster-geometry.ts'
import { boxOf, type Boxes, type TextLine } from './boxes.ts'

/**
 * Where a poster has its levels and lines, of what was measured of it as it will be printed. Levels that a template does
 * not mark are left out.
 *
 * @param boxes of all parts that are marked
 * @param lines all of the sheet, from its corner
 */
export function posterGeometry(
  { id, blocks }: PosterContent,
  boxes: Boxes,
  lines: readonly TextLine[],
  direction: 'ltr' | 'rtl',
): PosterGeometry {
  const [above, , before, behind] = boxOf(boxes, id)
  const across = (left: number, right: number): [start: number, end: number] =>
    direction === 'rtl' ? [behind - before - right, behind - before - left] : [left, right]
  const levels = blocks.flatMap(({ rails }) => rails.flatMap((rail) => rail.levels))
  const sizes = new Map<string, Omit<PosterText, 'lines'> & { readonly rows: number[][] }>()
  for (const { left, right, top, bottom, bold } of lines) {
    const size = inMm(bottom - top)
    const key = `${size} ${bold}`
    const own = sizes.get(key) ?? { size, bold, rows: [] }
    own.rows.push([...across(left, right), top].map(inMm))
    sizes.set(key, own)
  }
  return {
    levels: Object.fromEntries(
      levels.flatMap((level) => {
        const box = boxes[`${id}/level/${level.id}`]
        if (!box) return []
        const [top, bottom, left, right] = box
        const numbers = [...across(left - before, right - before), top - above, bottom - above]
        return [[level.id, writeNumbers([numbers.map(inMm)])]]
      }),
    ),
    text: [...sizes.values()].map(({ rows, ...text }) => ({ ...text, lines: writeNumbers(rows) })),
  }
}

/** In tenths of a millimetre: a picture shows no more. */
function inMm(length: number): number {
  return Math.round(length * pixel * 10) / 10
}
