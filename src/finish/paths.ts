import { areaOf, cornersOf, rectangle, type Area, type Matrix, type Point } from './geometry.ts'

/**
 * The area inside the path that operators build (§ 8.5.2), an operator to a line. Curves are taken as the lines between
 * their ends.
 */
export function areaOfPath(matrix: Matrix, lines: readonly string[], from: number, to: number): Area {
  const rings: Point[][] = []
  for (let at = from; at < to; at += 1) {
    const text = lines[at] ?? ''
    if (text.endsWith('re')) {
      const [x = 0, y = 0, width = 0, height = 0] = text.split(' ', 4).map(Number)
      if (to - from === 1) return rectangle(matrix, [x, y, x + width, y + height])
      rings.push(cornersOf(x, y, x + width, y + height))
    } else if (text.length > 3) {
      // The last two operands are where it comes to.
      const second = text.lastIndexOf(' ', text.length - 3)
      const first = text.lastIndexOf(' ', second - 1)
      const point: Point = [Number(text.slice(first + 1, second)), Number(text.slice(second + 1, -2))]
      if (text.endsWith('m')) rings.push([point])
      else rings.at(-1)?.push(point)
    }
  }
  return areaOf(matrix, ...rings)
}
