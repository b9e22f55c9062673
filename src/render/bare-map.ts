import type { RenderContext } from './context.ts'
import { mapView, type MapBlockView } from './map.ts'
import { markOf, type MarkView } from './marks.ts'
import type { KeySample } from './reading-key.ts'

/** The map without names, as a drawing. Lengths in mm. */
export interface BareMapView {
  readonly width: number
  readonly height: number
  readonly lines: readonly BareLine[]
  readonly marks: readonly BareMark[]
}

export interface BareLine {
  readonly kind: 'rail' | 'rung' | 'stop'
  readonly dashed: boolean
  readonly path: string
}

export interface BareMark {
  readonly mark: MarkView
  readonly x: number
  readonly y: number
  /** Of the mark's box of 10 × 10. */
  readonly scale: number
}

export interface BareMapSize {
  /** The most that the drawing may take. */
  readonly width: number
  readonly height: number
  /** The most that may lie between two rails, and between two rungs. */
  readonly rail: number
  readonly rung: number
  readonly mark: number
}

/** A small map shows so many rungs around where the reader is. */
const mostRungs = 11

/** How far a line reaches that leads to no other rail, in parts of the way there. */
const reach = 0.45

/**
 * Draws the map without names.
 *
 * @param here the levels that have their marks; all have where nothing is said
 */
export function bareMap(
  context: RenderContext,
  { width, height, rail, rung, mark }: BareMapSize,
  here?: ReadonlySet<string>,
): BareMapView {
  const near = here === undefined ? {} : { here: [...here][0] ?? '', most: mostRungs }
  const { blocks } = mapView(context, { ...near, drafts: false, names: 'all', labelled: null })
  const rails = blocks.reduce((sum, block) => sum + railsOf(block).length, 0)
  const rows = Math.max(1, ...blocks.map((block) => block.rows))
  // Behind the last rail its lines reach on a little.
  const across = Math.min(rail, (width - mark) / Math.max(1, rails - 1 + reach))
  const up = Math.min(rung, (height - mark) / Math.max(1, rows - 1))
  const lines: BareLine[] = []
  const marks: BareMark[] = []
  let first = 0
  for (const block of blocks) {
    const columns = railsOf(block)
    const x = (column: number) => mark / 2 + (first + columns.indexOf(column)) * across
    // All blocks stand on one ground.
    const y = (row: number) => mark / 2 + (rows - block.rows + row - 1) * up
    for (const column of columns) {
      const own = block.levels.filter((level) => level.markColumn === column).map((level) => level.row)
      lines.push(line('rail', false, [x(column), y(Math.min(...own))], [x(column), y(Math.max(...own))]))
    }
    for (const { row, from, to, back, bend } of block.forks) {
      const [origin, opened] = back ? [to, from] : [from, to]
      const opens = block.levels.filter((level) => level.markColumn === opened).map((level) => level.row)
      const corner = [x(opened), y(row)] as const
      lines.push(line('rung', false, [x(origin), y(row)], corner))
      if (bend !== 'none') lines.push(line('rail', false, corner, [x(opened), y(Math.max(...opens))]))
    }
    for (const level of block.levels) {
      const [at, high] = [x(level.markColumn), y(level.row)]
      const tie = block.ties.find(
        ({ row, from, stop }) => row === level.row && from === level.markColumn && !stop,
      )
      const end = tie ? x(tie.to) : at + across * reach
      lines.push(line('rung', tie ? tie.dashed : level.dashed, [at, high], [end, high]))
      const stops = block.ties.some(
        ({ row, from, stop }) => stop && row === level.row && from === level.markColumn,
      )
      const tick = Math.min(mark * 0.4, up * 0.36)
      if (stops) lines.push(line('stop', false, [end, high - tick], [end, high + tick]))
      if (here && !here.has(level.id)) continue
      marks.push({
        mark: { ...level.mark, filled: !level.dashed },
        x: rounded(at - mark / 2),
        y: rounded(high - mark / 2),
        scale: rounded(mark / 10),
      })
    }
    first += columns.length
  }
  return {
    width: rounded(mark + Math.max(0, rails - 1 + reach) * across),
    height: rounded(mark + (rows - 1) * up),
    lines,
    marks,
  }
}

/** A few lines of a map, as what a sentence on how to read it speaks of. */
export function keySample(sample: KeySample): BareMapView {
  const [left, right, top, middle, bottom] = [1.5, 12, 1.5, 5, 8.5]
  const dot = (x: number, y: number, track: number, filled = true): BareMark => ({
    mark: markOf(track, filled),
    x: x - 1.2,
    y: y - 1.2,
    scale: 0.24,
  })
  const short = left + (right - left) * reach
  const joined = {
    lines: [line('rung', false, [left, top], [right, top])],
    marks: [dot(left, top, 0), dot(right, top, 1)],
  }
  const stopAt = (y: number) => ({
    lines: [line('rung', false, [left, y], [short, y]), line('stop', false, [short, y - 1], [short, y + 1])],
    marks: [dot(left, y, 0)],
  })
  const stop = stopAt(bottom - 2)
  const drawn = {
    rungs: {
      lines: [
        line('rail', false, [left, top], [left, bottom]),
        ...[top, middle, bottom].map((y) => line('rung', false, [left, y], [short, y])),
      ],
      marks: [top, middle, bottom].map((y) => dot(left, y, 0)),
    },
    ties: { lines: [...joined.lines, ...stop.lines], marks: [...joined.marks, ...stop.marks] },
    joined,
    stops: stopAt(top),
    dashed: { lines: [line('rung', true, [left, top], [right, top])], marks: [dot(left, top, 0, false)] },
  }[sample]
  return { width: 14, height: { rungs: 10, ties: 8, joined: 3, stops: 3, dashed: 3 }[sample], ...drawn }
}

function railsOf({ levels }: MapBlockView): number[] {
  return [...new Set(levels.map(({ markColumn }) => markColumn))].sort((a, b) => a - b)
}

type Point = readonly [x: number, y: number]

function line(kind: BareLine['kind'], dashed: boolean, from: Point, to: Point): BareLine {
  return { kind, dashed, path: `M${from.map(rounded).join(' ')}L${to.map(rounded).join(' ')}` }
}

function rounded(length: number): number {
  return Math.round(length * 1000) / 1000
}
