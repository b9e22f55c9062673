import { plainText, countWords } from '../../markdown/prose.ts'
import { isNoteOnly, type Level, type Track } from '../../model/ladder.ts'
import type { Sheet } from '../../plan/paper.ts'
import { isDashed } from '../level-words.ts'
import { inPixels, line, type PictureLine, type PictureView } from './index-picture.ts'

/** From line to line of text. */
const leading = 4.5
/** How far lines of text reach that follow each other, in parts of their column: ragged, as text is. */
const ragged = [0.96, 0.78, 0.9, 0.62]
/** More than that would be grey areas. */
const mostColumns = 8
const mostRows = 6
/** About so many words are on a line of a note. */
const wordsToLine = 5

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
    return [line('rung', [x, top], x + own, isDashed(level)), line('name', [x, top + 6], x + own * 0.7)]
  })
  const cells = Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
    const y = body + row * high
    const head =
      first === 0
        ? []
        : [line('rule', [margin, y], margin + 0.6 * unit), line('name', [margin, y + 5], margin + 0.4 * unit)]
    const texts = told.flatMap((level, at) => {
      if (isNoteOnly(level)) return []
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
  // A note runs down beside all rows.
  const notes = told.flatMap((level, at) =>
    isNoteOnly(level)
      ? textLines({
          x: starts[first + at] ?? 0,
          y: body + 5,
          width: unit,
          rows: Math.min(Math.floor((height - margin - body - 8) / leading), noteLines(level)),
          index: at,
        })
      : [],
  )
  const title = line('title', [margin, margin + 3], margin + Math.min(width * 0.35, 80))
  return { width, height, lines: [title, ...heads, ...cells, ...notes], map: null }
}

function noteLines({ intro }: Level): number {
  return intro ? Math.ceil(countWords(plainText(intro)) / wordsToLine) : 0
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
