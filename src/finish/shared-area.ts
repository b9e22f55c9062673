import { inPoints, pixel, point } from '../plan/units.ts'
import { reachOf } from './code-maps.ts'
import type { Expected } from './expected.ts'
import { holds, rectangle, type Area } from './geometry.ts'
import type { Color, LineOfText, Paint } from './paint.ts'
import type { PaintedPage } from './painting.ts'

/** In points. */
interface Box {
  readonly left: number
  readonly bottom: number
  readonly right: number
  readonly top: number
}

/** A picture is looked at in so many places across and down. */
const looks = 24

/**
 * How far ink reaches out of the area that A4 and Letter share: text, rules, grounds, drawings, whatever leaves some. A
 * white ground leaves none.
 *
 * @param sheet of the page, in mm
 * @param shared what has to stay free, in CSS px
 * @returns in mm; 0 where all of it lies inside
 */
export function inkOutside(
  { parts }: PaintedPage,
  sheet: Expected['sheets'][number],
  shared: NonNullable<Expected['shared']>,
): number {
  const side = inPoints(shared.side * pixel)
  const inside: Box = {
    left: side,
    right: inPoints(sheet.width) - side,
    bottom: inPoints(shared.bottom * pixel),
    top: inPoints(sheet.height - shared.top * pixel),
  }
  const beyond = ({ left, bottom, right, top }: Box) =>
    left >= right || bottom >= top
      ? 0
      : Math.max(inside.left - left, right - inside.right, inside.bottom - bottom, top - inside.top)
  let most = 0
  const walk = (painted: readonly Paint[]) => {
    for (const part of painted) {
      const box = seen(part, part.area)
      const over = part.alpha === 0 ? 0 : beyond(box)
      if (over <= most) continue
      if (part.kind === 'group') walk(part.parts)
      else if (leavesInk(part, box, inside))
        most =
          part.kind === 'text'
            ? Math.max(most, ...lettersOf(part).map((area) => beyond(seen(part, area))))
            : over
    }
  }
  walk(parts)
  return most * point
}

/** What is left of an area of a part where nothing cuts it off. */
function seen({ clips }: Paint, area: Box): Box {
  let box = area
  for (const clip of clips) box = common(box, clip)
  return box
}

function common(one: Box, other: Box): Box {
  return {
    left: Math.max(one.left, other.left),
    bottom: Math.max(one.bottom, other.bottom),
    right: Math.min(one.right, other.right),
    top: Math.min(one.top, other.top),
  }
}

/** Where the letters of a line stand: blanks, which hang out where it wraps, leave no ink. */
function lettersOf({ strings, matrix, size, font }: LineOfText): Area[] {
  return strings
    .filter(({ text }) => text.trim() !== '')
    .map(({ x, y, width, codes }) => {
      const reach = reachOf(codes, font)
      const [from, to] = reach ? reach.map((thousandths) => (thousandths / 1000) * size) : [0, width]
      return rectangle(matrix, [x + (from ?? 0), y, x + (to ?? 0), y + size / 2])
    })
}

/** Whether something leaves ink beyond a box, as far as it is known. */
function leavesInk({ color }: Exclude<Paint, { kind: 'group' }>, box: Box, inside: Box): boolean {
  const isInk = ([r, g, b, alpha]: Color) => alpha !== 0 && Math.min(r, g, b) < 0.99
  if (typeof color !== 'function') return isInk(color)
  const area: Area = { ...inside, rings: null }
  for (let column = 0; column < looks; column += 1) {
    for (let row = 0; row < looks; row += 1) {
      const x = box.left + ((column + 0.5) / looks) * (box.right - box.left)
      const y = box.bottom + ((row + 0.5) / looks) * (box.top - box.bottom)
      if (holds(area, x, y)) continue
      const found = color(x, y, () => [0, 0, 0, 0])
      if (found && isInk(found)) return true
    }
  }
  return false
}
