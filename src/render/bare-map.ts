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
  readonly kind: 'rail' | 'rung' | 'stop' | 'fork'
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

/** A small map shows so many rungs around where the reader is: more would be no lines any more but a grey. */
const mostRungs = 8

/** The most that a mark may take of what lies between two rungs: with more, it would hide its neighbours. */
const mostOfRung = 1.1

/** The most that one may take of what lies between two rails where all levels have theirs: they do not touch. */
const mostOfRail = 0.8

/** How far a line reaches that leads to no other rail, in parts of the way there. */
const reach = 0.45

/**
 * Draws the map without names.
 *
 * @param here the levels that have their marks; all have where nothing is said
 */
export function bareMap(
  context: RenderContext,
  { width, height, rail, rung, mark: largest }: BareMapSize,
  here?: ReadonlySet<string>,
): BareMapView {
  const near = here === undefined ? {} : { here: [...here][0] ?? '', most: mostRungs }
  const { blocks } = mapView(context, { ...near, drafts: false, names: 'all', labelled: null })
  const rails = blocks.reduce((sum, block) => sum + columnsOf(block).length, 0)
  const rows = Math.max(1, ...blocks.map((block) => block.rows))
  const byRungs =
    rows === 1 ? largest : Math.min(largest, rung * mostOfRung, height / ((rows - 1) / mostOfRung + 1))
  const byRails = width / ((rails - 1 + reach) / mostOfRail + 1)
  const mark = here === undefined && rails > 1 ? Math.min(byRungs, byRails) : byRungs
  // Behind the last rail its lines reach on a little.
  const across = Math.min(rail, (width - mark) / Math.max(1, rails - 1 + reach))
  const up = Math.min(rung, (height - mark) / Math.max(1, rows - 1))
  const lines: BareLine[] = []
  const marks: BareMark[] = []
  let first = 0
  for (const block of blocks) {
    const columns = columnsOf(block)
    const x = (column: number) => mark / 2 + (first + columns.indexOf(column)) * across
    // All blocks stand on one ground.
    const y = (row: number) => mark / 2 + (rows - block.rows + row - 1) * up
    for (const column of columns) {
      const own = block.levels.filter((level) => level.markColumn === column)
      for (const [index, { row, dashed }] of own.slice(1).entries()) {
        lines.push(line('rail', dashed, [x(column), y(own[index]?.row ?? row)], [x(column), y(row)]))
      }
    }
    for (const { row, from, to, back } of block.forks) {
      const [origin, opened] = back ? [to, from] : [from, to]
      const lowest = block.levels.find((level) => level.markColumn === opened)
      if (!lowest) continue
      const bend = bendOf([x(origin), y(row)], [x(opened), y(lowest.row)], mark)
      lines.push(line('rung', false, [x(origin), y(row)], bend.from), fork(bend, lowest.dashed))
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
  const bend = bendOf([left, bottom - 2], [right, top], 2.4)
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
    forks: {
      lines: [line('rung', false, [left, bottom - 2], bend.from), fork(bend, false)],
      marks: [dot(left, bottom - 2, 0), dot(right, top, 1)],
    },
    dashed: { lines: [line('rung', true, [left, top], [right, top])], marks: [dot(left, top, 0, false)] },
  }[sample]
  return {
    width: 14,
    height: { rungs: 10, ties: 8, joined: 3, stops: 3, forks: 8, dashed: 3 }[sample],
    ...drawn,
  }
}

function columnsOf({ levels }: MapBlockView): number[] {
  return [...new Set(levels.map(({ markColumn }) => markColumn))].sort((a, b) => a - b)
}

type Point = readonly [x: number, y: number]

function line(kind: BareLine['kind'], dashed: boolean, from: Point, to: Point): BareLine {
  return { kind, dashed, path: `M${from.map(rounded).join(' ')}L${to.map(rounded).join(' ')}` }
}

/** Where the line of a level leaves its rung, the corner that it cuts, and the level at whose foot it ends. */
interface Bend {
  readonly from: Point
  readonly corner: Point
  readonly radius: number
  readonly to: Point
}

function bendOf([left, low]: Point, [right, high]: Point, mark: number): Bend {
  const radius = Math.min(mark, low - high, Math.abs(right - left) / 2)
  return {
    from: [right > left ? right - radius : right + radius, low],
    corner: [right, low],
    radius,
    to: [right, high],
  }
}

function fork({ from, corner: [x, y], radius, to }: Bend, dashed: boolean): BareLine {
  const curve = [x, y, x, y - radius].map(rounded).join(' ')
  return { kind: 'fork', dashed, path: `M${from.map(rounded).join(' ')}Q${curve}V${rounded(to[1])}` }
}

function rounded(length: number): number {
  return Math.round(length * 1000) / 1000
}
