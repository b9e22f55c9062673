/** A track's sign: a shape and a colour that belong together on every sheet. */
export interface MarkView {
  /** SVG path data in a box of 10 × 10. */
  readonly path: string
  /** Style class that sets the accent colour. */
  readonly accent: string
  /** Hollow marks are levels that are named, not described, or bestowed. */
  readonly filled: boolean
}

/** Told apart by outline alone, so that a copy in grey, or an eye that sees no colours, loses nothing. */
const shapes = [
  'M5 .5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z', // circle
  'M1 1h8v8h-8z', // square
  'M5 .6l4.7 8.6h-9.4z', // triangle
  'M5 0l5 5l-5 5l-5-5z', // diamond
  'M2.7 1h4.6l2.4 4l-2.4 4h-4.6l-2.4-4z', // hexagon
  'M.3 .8h9.4l-4.7 8.6z', // triangle, downwards
  'M3.4 .5h3.2v2.9h2.9v3.2h-2.9v2.9h-3.2v-2.9h-2.9v-3.2h2.9z', // cross
  'M5 .4l4.6 3.4l-1.8 5.5h-5.6l-1.8-5.5z', // pentagon
  'M.8 9.3v-4.3a4.2 4.2 0 0 1 8.4 0v4.3z', // arch
]

/** From how many tracks on signs come again. */
export const distinctMarks = shapes.length

/** The sign of the nth track of the ladder, from 0. Then they begin again. */
export function markOf(track: number, filled = true): MarkView {
  const at = track % shapes.length
  return { path: shapes[at] ?? '', accent: `accent-${at + 1}`, filled }
}
