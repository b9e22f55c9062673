/** Lines to write on by hand, as a drawing that is cut off where its place ends: nothing that is read out. In mm. */
export interface RuledView {
  readonly width: number
  readonly height: number
  /** An SVG path. */
  readonly path: string
}

/** As far apart as in exercise books for adults. */
const apart = 8

/** As many lines as a place has room for. In mm. */
export function ruledLines(width: number, height: number): RuledView {
  const count = Math.floor(height / apart)
  const path = Array.from({ length: count }, (_, index) => `M0 ${(index + 1) * apart}h${width}`).join('')
  return { width, height, path }
}
