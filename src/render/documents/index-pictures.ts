import type { Track } from '../../model/ladder.ts'
import type { Sheet } from '../../plan/paper.ts'
import { bareMap, type BareMapView } from '../bare-map.ts'
import type { RenderContext } from '../context.ts'

/** What a sheet looks like from afar, as a drawing. Lengths in px. */
export interface PictureView {
  readonly width: number
  readonly height: number
  readonly lines: readonly PictureLine[]
  readonly map: (BareMapView & { readonly x: number; readonly y: number }) | null
}

interface PictureLine {
  /** Names are the heaviest of them, lines of text the lightest. */
  readonly kind: 'title' | 'name' | 'rung' | 'rule' | 'text'
  readonly dashed: boolean
  readonly path: string
}

/** From line to line of text. */
const leading = 4.5
/** How far lines of text reach that follow each other, in parts of their column: ragged, as text is. */
const ragged = [0.96, 0.78, 0.9, 0.62]
/** More than that would be grey areas. */
const mostColumns = 8
const mostRows = 6
const markSize = 7

/**
 * Draws a poster: its title, and the map with some text below each rung that is described.
 *
 * @param scale px to the mm
 */
export function posterPicture(context: RenderContext, sheet: Sheet, scale: number): PictureView {
  const { width, height } = inPixels(sheet, scale)
  const margin = width * 0.06
  const [x, y] = [margin, margin + 26]
  const [inner, high] = [width - 2 * margin, height - y - margin - 3 * leading]
  const map = bareMap(context, { width: inner, height: high, rail: width, rung: height, mark: markSize })
  const step = (values: readonly number[], whole: number) => {
    const sorted = [...new Set(values)].sort((a, b) => a - b)
    return Math.min(whole, ...sorted.slice(1).map((value, index) => value - (sorted[index] ?? 0)))
  }
  const across = step(
    map.marks.map((mark) => mark.x),
    inner / 2,
  )
  const up = step(
    map.marks.map((mark) => mark.y),
    high,
  )
  const rows = Math.max(0, Math.min(4, Math.floor((up - markSize) / leading) - 1))
  const text = map.marks
    .filter(({ mark }) => mark.filled)
    .flatMap((mark, index) =>
      textLines({
        x: x + mark.x + markSize + 2,
        y: y + mark.y + markSize / 2 + 6,
        width: across * 0.6,
        rows,
        index,
      }),
    )
  const title = line('title', [margin, margin + 4], margin + Math.min(width * 0.4, 110))
  return { width, height, lines: [title, ...text], map: { ...map, x: rounded(x), y: rounded(y) } }
}

/**
 * Draws a matrix: a rung over each level, a rule over each dimension, and text where there is some.
 *
 * @param scale px to the mm
 */
export function matrixPicture(track: Track, sheet: Sheet, scale: number): PictureView {
  const { width, height } = inPixels(sheet, scale)
  const [margin, gap] = [width * 0.05, 6]
  const levels = track.levels.filter(({ status }) => status !== 'draft')
  const told = levels.filter(({ described }) => described).slice(0, mostColumns)
  const columns = [...told, ...levels.filter(({ described }) => !described).slice(0, 1)]
  const rows = Math.max(1, Math.min(mostRows, track.dimensions.length))
  // Names of dimensions and levels that are only named take less.
  const shares = [
    ...(track.dimensions.length > 0 ? [0.6] : []),
    ...columns.map((level) => (level.described ? 1 : 0.6)),
  ]
  const unit =
    (width - 2 * margin - gap * (shares.length - 1)) / shares.reduce((sum, share) => sum + share, 0)
  const starts = shares.map(
    (_, at) => margin + shares.slice(0, at).reduce((sum, share) => sum + share * unit + gap, 0),
  )
  const first = shares.length - columns.length
  const [top, body] = [margin + 16, margin + 34]
  const high = (height - margin - body) / rows
  const heads = columns.flatMap((level, at) => {
    const x = starts[first + at] ?? 0
    const own = unit * (level.described ? 1 : 0.6)
    return [line('rung', [x, top], x + own, !level.described), line('name', [x, top + 6], x + own * 0.7)]
  })
  const cells = Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
    const y = body + row * high
    const head =
      first === 0
        ? []
        : [line('rule', [margin, y], margin + 0.6 * unit), line('name', [margin, y + 5], margin + 0.4 * unit)]
    const texts = told.flatMap((level, at) => {
      const x = starts[first + at] ?? 0
      const said = (level.cells[row]?.statements ?? level.statements).length
      const room = Math.floor((high - 8) / leading)
      return [
        line('rule', [x, y], x + unit),
        ...textLines({ x, y: y + 5, width: unit, rows: Math.min(room, said * 2), index: row + at }),
      ]
    })
    return [...head, ...texts]
  })
  const title = line('title', [margin, margin + 3], margin + Math.min(width * 0.35, 80))
  return { width, height, lines: [title, ...heads, ...cells], map: null }
}

function textLines({
  x,
  y,
  width,
  rows,
  index,
}: {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly rows: number
  /** Where in the text it stands: no two next to each other end alike. */
  readonly index: number
}): PictureLine[] {
  return Array.from({ length: rows }, (_, row) =>
    line('text', [x, y + row * leading], x + width * (ragged[(row + index) % ragged.length] ?? 1)),
  )
}

function line(
  kind: PictureLine['kind'],
  [x, y]: readonly [number, number],
  to: number,
  dashed = false,
): PictureLine {
  return { kind, dashed, path: `M${rounded(x)} ${rounded(y)}H${rounded(to)}` }
}

function inPixels(sheet: Sheet, scale: number): { width: number; height: number } {
  return { width: Math.round(sheet.width * scale), height: Math.round(sheet.height * scale) }
}

function rounded(length: number): number {
  return Math.round(length * 10) / 10
}
