/** Geometry of what a page paints, in points from its bottom left. */

/** `a b c d e f` (§ 8.3.3). */
export type Matrix = readonly number[]

/** A place on a page, in pt. */
export type Point = readonly [x: number, y: number]

/** An area of a page. */
export interface Area {
  readonly left: number
  readonly bottom: number
  readonly right: number
  readonly top: number
  /** Its outlines; null where it is the whole of its box. */
  readonly rings: readonly (readonly Point[])[] | null
}

/** The matrix that leaves all where it is. */
export const identity: Matrix = [1, 0, 0, 1, 0, 0]

/** One transformation, then another. */
export function times(first: Matrix, then: Matrix): Matrix {
  const { 0: a = 1, 1: b = 0, 2: c = 0, 3: d = 1, 4: e = 0, 5: f = 0 } = first
  const { 0: A = 1, 1: B = 0, 2: C = 0, 3: D = 1, 4: E = 0, 5: F = 0 } = then
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F]
}

/** The way back through a transformation; of one that makes all flat, one that leads far out of the page. */
export function inverse([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Matrix): Matrix {
  const by = a * d - b * c || Number.EPSILON
  return [d / by, -b / by, -c / by, a / by, (c * f - d * e) / by, (b * e - a * f) / by]
}

/** Where a point comes to stand. */
export function within(matrix: Matrix, x: number, y: number): Point {
  const { 0: a = 1, 1: b = 0, 2: c = 0, 3: d = 1, 4: e = 0, 5: f = 0 } = matrix
  return [a * x + c * y + e, b * x + d * y + f]
}

/** The area of a rectangle between two corners. */
export function rectangle(matrix: Matrix, [x = 0, y = 0, right = 0, top = 0]: readonly number[]): Area {
  const [a = 1, b = 0, c = 0, d = 1] = matrix
  if ((b !== 0 || c !== 0) && (a !== 0 || d !== 0)) return areaOf(matrix, cornersOf(x, y, right, top))
  const [one, other] = [within(matrix, x, y), within(matrix, right, top)]
  return {
    left: Math.min(one[0], other[0]),
    bottom: Math.min(one[1], other[1]),
    right: Math.max(one[0], other[0]),
    top: Math.max(one[1], other[1]),
    rings: null,
  }
}

/** The corners of a rectangle, one after the other. */
export function cornersOf(x: number, y: number, right: number, top: number): Point[] {
  return [
    [x, y],
    [right, y],
    [right, top],
    [x, top],
  ]
}

/** The area inside outlines. */
export function areaOf(matrix: Matrix, ...rings: readonly (readonly Point[])[]): Area {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity]
  const placed = rings.map((ring) =>
    ring.map((corner) => {
      const point = within(matrix, corner[0], corner[1])
      left = Math.min(left, point[0])
      right = Math.max(right, point[0])
      bottom = Math.min(bottom, point[1])
      top = Math.max(top, point[1])
      return point
    }),
  )
  const [only] = placed
  return { left, bottom, right, top, rings: placed.length === 1 && only && isUpright(only) ? null : placed }
}

function isUpright(ring: readonly Point[]): boolean {
  if (ring.length !== 4) return false
  return ring.every(([x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % 4] ?? [x, y]
    return Math.abs(nextX - x) < 0.01 || Math.abs(nextY - y) < 0.01
  })
}

/** Whether a point lies in an area: in an odd number of its outlines. */
export function holds({ left, bottom, right, top, rings }: Area, x: number, y: number): boolean {
  if (x < left || x > right || y < bottom || y > top) return false
  if (!rings) return true
  let inside = false
  for (const ring of rings) {
    for (let index = 0, before = ring.length - 1; index < ring.length; before = index, index += 1) {
      const [x1 = 0, y1 = 0] = ring[index] ?? []
      const [x2 = 0, y2 = 0] = ring[before] ?? []
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    }
  }
  return inside
}

/** Whether an area is the whole of a box that holds the box of another. */
export function contains(one: Area, other: Area): boolean {
  return (
    one.rings === null &&
    one.left <= other.left &&
    one.right >= other.right &&
    one.bottom <= other.bottom &&
    one.top >= other.top
  )
}

/** Whether the boxes of two areas overlap, or meet at an edge. */
export function touch(one: Area, other: Area): boolean {
  return (
    one.left <= other.right && other.left <= one.right && one.bottom <= other.top && other.bottom <= one.top
  )
}
