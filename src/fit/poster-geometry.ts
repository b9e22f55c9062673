import { pixel, point } from '../plan/units.ts'
import { writeNumbers, type PosterGeometry, type PosterText } from '../render/documents/poster-geometry.ts'
import type { PosterContent } from '../render/documents/poster-parts.ts'
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
  const areas = blocks
    .flatMap(({ rails }) => rails.flatMap((rail) => rail.levels))
    .flatMap((level) => {
      const box = boxes[`${id}/level/${level.id}`]
      if (!box) return []
      const [top, bottom, left, right] = box
      const [start, end] = across(left - before, right - before)
      return [{ level: level.id, start, end, top: top - above, bottom: bottom - above }]
    })
  const sizes = new Map<string, Omit<PosterText, 'lines'> & { readonly rows: number[][] }>()
  let smallest = Infinity
  for (const { left, right, top, bottom, bold } of lines) {
    const [size, [start, end]] = [bottom - top, across(left, right)]
    const key = `${inMm(size)} ${bold}`
    const own = sizes.get(key) ?? { size: inMm(size), bold, rows: [] }
    own.rows.push([start, end, top].map(inMm))
    sizes.set(key, own)
    const isOf = (area: (typeof areas)[number]) =>
      start >= area.start && start < area.end && top >= area.top && top < area.bottom
    if (size < smallest && areas.some(isOf)) smallest = size
  }
  return {
    levels: Object.fromEntries(
      areas.map(({ level, start, end, top, bottom }) => [
        level,
        writeNumbers([[start, end, top, bottom].map(inMm)]),
      ]),
    ),
    text: [...sizes.values()].map(({ rows, ...text }) => ({ ...text, lines: writeNumbers(rows) })),
    ...(smallest < Infinity && { smallest: Math.round(((smallest * pixel) / point) * 10) / 10 }),
  }
}

/** In tenths of a millimetre: a picture shows no more. */
function inMm(length: number): number {
  return Math.round(length * pixel * 10) / 10
}
