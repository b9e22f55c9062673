import { rounded } from '../plan/units.ts'
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

/** A stroke, as an SVG path. */
export interface BareLine {
  readonly kind: 'rail' | 'rung' | 'stop' | 'fork'
  readonly dashed: boolean
  readonly path: string
}

/** The sign of a level, by the top left of its box. */
export interface BareMark {
  readonly mark: MarkView
  readonly x: number
  readonly y: number
  /** Of the mark's box of 10 × 10. */
  readonly scale: number
}

/** What bounds a drawing. In mm. */
export interface BareMapSize {
  /** The most that the drawing may take. */
  readonly width: number
  readonly height: number
  /** The most that may lie between two rails, and between two rungs. */
  readonly rail: number
  readonly rung: number
  readonly mark: number
}

/** How many rungs a small map shows around the reader's own: more would no longer be lines but a grey area. */
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
export function bareMap(context: RenderContext, size: BareMapSize, here?: ReadonlySet<string>): BareMapView {
  const near = here === undefined ? {} : { here: [...here][0] ?? '', most: mostRungs }
  const { blocks } = mapView(context, { ...near, drafts: false, names: 'all', labelled: null })
  const grid = gridOf(blocks, size, here === undefined ? 'all' : 'some')
  const { rails, rows, mark, across, up } = grid
  const placed = placedOn(grid, blocks)
  return {
    width: rounded(mark + Math.max(0, rails - 1 + reach) * across),
    height: rounded(mark + (rows - 1) * up),
    lines: placed.flatMap((block) => [
      ...railLines(block),
      ...forkLines(block, mark),
      ...rungLines(block, grid),
    ]),
    marks: placed.flatMap(({ levels, x, y }) =>
      levels
        .filter(({ id }) => here === undefined || here.has(id))
        .map((level) => ({
          mark: { ...level.mark, filled: !level.dashed },
          x: rounded(x(level.markColumn) - mark / 2),
          y: rounded(y(level.row) - mark / 2),
          scale: rounded(mark / 10),
        })),
    ),
  }
}

/** How many rails and rungs a drawing has, how large a mark is, and what lies between two rails and two rungs. */
interface Grid {
  readonly rails: number
  readonly rows: number
  readonly mark: number
  readonly across: number
  readonly up: number
}

function gridOf(
  blocks: readonly MapBlockView[],
  { width, height, rail, rung, mark: largest }: BareMapSize,
  marked: 'all' | 'some',
): Grid {
  const rails = blocks.reduce((sum, block) => sum + columnsOf(block).length, 0)
  const rows = Math.max(1, ...blocks.map((block) => block.rows))
  const byRungs =
    rows === 1 ? largest : Math.min(largest, rung * mostOfRung, height / ((rows - 1) / mostOfRung + 1))
  const byRails = width / ((rails - 1 + reach) / mostOfRail + 1)
  const mark = marked === 'all' && rails > 1 ? Math.min(byRungs, byRails) : byRungs
  return {
    rails,
    rows,
    mark,
    // Behind the last rail its lines reach on a little.
    across: Math.min(rail, (width - mark) / Math.max(1, rails - 1 + reach)),
    up: Math.min(rung, (height - mark) / Math.max(1, rows - 1)),
  }
}

/** A block with the places of its columns and rows on the drawing. */
interface PlacedBlock extends MapBlockView {
  readonly x: (column: number) => number
  readonly y: (row: number) => number
}

function placedOn({ rows, mark, across, up }: Grid, blocks: readonly MapBlockView[]): PlacedBlock[] {
  let next = 0
  return blocks.map((block) => {
    const columns = columnsOf(block)
    const first = next
    next += columns.length
    return {
      ...block,
      x: (column) => mark / 2 + (first + columns.indexOf(column)) * across,
      // All blocks stand on one ground.
      y: (row) => mark / 2 + (rows - block.rows + row - 1) * up,
    }
  })
}

function railLines(block: PlacedBlock): BareLine[] {
  return columnsOf(block).flatMap((column) => {
    const own = block.levels.filter((level) => level.markColumn === column)
    const x = block.x(column)
    return own
      .slice(1)
      .map(({ row, dashed }, at) =>
        line('rail', dashed, [x, block.y(own[at]?.row ?? row)], [x, block.y(row)]),
      )
  })
}

function forkLines(block: PlacedBlock, mark: number): BareLine[] {
  return block.forks.flatMap(({ row, from, to, back }) => {
    const [origin, opened] = back ? [to, from] : [from, to]
    const lowest = block.levels.find((level) => level.markColumn === opened)
    if (!lowest) return []
    const start: Point = [block.x(origin), block.y(row)]
    const bend = bendOf(start, [block.x(opened), block.y(lowest.row)], mark)
    return [line('rung', false, start, bend.from), fork(bend, lowest.dashed)]
  })
}

/** The rung of each level, to the rail that it is joined to or a little way there, and the stop at its end. */
function rungLines(block: PlacedBlock, { mark, across, up }: Grid): BareLine[] {
  return block.levels.flatMap((level) => {
    const [start, y] = [block.x(level.markColumn), block.y(level.row)]
    const own = block.ties.filter(({ row, from }) => row === level.row && from === level.markColumn)
    const tie = own.find(({ stop }) => !stop)
    const end = tie ? block.x(tie.to) : start + across * reach
    const tick = Math.min(mark * 0.4, up * 0.36)
    return [
      line('rung', tie ? tie.dashed : level.dashed, [start, y], [end, y]),
      ...(own.some(({ stop }) => stop) ? [line('stop', false, [end, y - tick], [end, y + tick])] : []),
    ]
  })
}

/** A few lines of a map: the sample beside a sentence on how to read it. */
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
