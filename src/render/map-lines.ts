import type { Track } from '../model/ladder.ts'
import type { RenderContext } from './context.ts'
import { endsInStop } from './level-words.ts'

/** The lines of a map: rails, equivalences and forks. */

/** A piece of a track's upright: rows may grow with their names, so each row draws its own. */
export interface MapRail {
  readonly column: number
  readonly row: number
  readonly part: 'upper' | 'lower' | 'whole'
  /** Whether it leads up to a level that is named or bestowed. */
  readonly dashed: boolean
}

/** A line between two rails, or a stop: “no equivalent” is stated. */
export interface MapTie {
  readonly row: number
  readonly from: number
  readonly to: number
  readonly dashed: boolean
  readonly stop: boolean
  /** Whether it leads toward the rail before. */
  readonly back: boolean
}

/** Where a track opens from a level of another: the line of that level bends up into the foot of the rail. */
export interface MapFork {
  readonly row: number
  readonly from: number
  readonly to: number
  /** Whether the track that opens stands before the one it opens from. */
  readonly back: boolean
}

/** What a line needs to know of a level that is shown. */
export interface PlacedLevel {
  readonly id: string
  readonly row: number
  readonly markColumn: number
  readonly dashed: boolean
}

type Placed = ReadonlyMap<string, PlacedLevel>

/** @returns the rails, and below the levels of a track that opens, their feet */
export function railsOf(context: RenderContext, tracks: readonly Track[], levels: Placed): MapRail[] {
  return tracks.flatMap((track) => {
    const own = track.levels.flatMap(({ id }) => levels.get(id) ?? [])
    const [lowest] = own
    if (!lowest) return []
    const origins = forksInto(context, track, levels).map(({ row }) => row)
    return own.flatMap((level, index) => {
      const below = own[index - 1]?.row ?? Math.max(level.row, ...origins)
      return railBelow(level, below, index === 0)
    })
  })
}

/** From a level down to the row of another, or of a fork, which draws its own half of that. */
function railBelow(level: PlacedLevel, end: number, isFoot: boolean): MapRail[] {
  const pieces: MapRail[] = []
  const { markColumn: column, dashed } = level
  for (let { row } = level; row <= end && level.row < end; row += 1) {
    if (row === end && isFoot) break
    pieces.push({ column, row, part: row === level.row ? 'lower' : row === end ? 'upper' : 'whole', dashed })
  }
  return pieces
}

/** The levels in sight that a track opens from, but those from which no line leads to it past other levels. */
function forksInto({ rungs }: RenderContext, track: Track, levels: Placed): PlacedLevel[] {
  const lowest = track.levels.flatMap(({ id }) => levels.get(id) ?? [])[0]
  return rungs.forks
    .flatMap((fork) => (fork.track === track.id ? (levels.get(fork.from) ?? []) : []))
    .filter(
      (origin) => lowest && isClear(origin, lowest.markColumn, levels, rungs.equivalents.get(origin.id)),
    )
}

/** Whether nothing stands between a level and a column but what is equivalent to it: a line through it would say so. */
function isClear(
  { row, markColumn }: PlacedLevel,
  column: number,
  levels: Placed,
  equivalents: readonly string[] = [],
): boolean {
  const [low, high] = [Math.min(markColumn, column), Math.max(markColumn, column)]
  return [...levels.values()].every(
    (other) =>
      other.row !== row ||
      other.markColumn <= low ||
      other.markColumn >= high ||
      equivalents.includes(other.id),
  )
}

/** @returns the bends into the rails that open, of those whose both ends are in sight */
export function forksOf(context: RenderContext, tracks: readonly Track[], levels: Placed): MapFork[] {
  return tracks.flatMap((track) => {
    const lowest = track.levels.flatMap(({ id }) => levels.get(id) ?? [])[0]
    if (!lowest) return []
    return forksInto(context, track, levels).map((origin) => ({
      row: origin.row,
      from: Math.min(origin.markColumn, lowest.markColumn),
      to: Math.max(origin.markColumn, lowest.markColumn),
      back: lowest.markColumn < origin.markColumn,
    }))
  })
}

/**
 * @param marks the columns of the rails
 * @param known tracks that a reader gets to know of, here or on another map
 */
export function tiesOf(
  context: RenderContext,
  tracks: readonly Track[],
  levels: Placed,
  marks: readonly number[],
  known: readonly Track[],
): MapTie[] {
  const ties: MapTie[] = []
  const trackAt = new Map(tracks.flatMap((track, at) => track.levels.map(({ id }) => [id, at] as const)))
  for (const level of levels.values()) {
    const at = trackAt.get(level.id) ?? 0
    const equivalents = context.rungs.equivalents.get(level.id) ?? []
    const [next] = equivalents
      .flatMap((id) => levels.get(id) ?? [])
      .filter((other) => (trackAt.get(other.id) ?? 0) > at)
      .toSorted((a, b) => a.markColumn - b.markColumn)
    if (next && isClear(level, next.markColumn, levels, equivalents)) {
      ties.push({
        row: level.row,
        from: marks[at] ?? 1,
        to: marks[trackAt.get(next.id) ?? 0] ?? 1,
        dashed: level.dashed || next.dashed,
        stop: false,
        back: false,
      })
    }
    const own = context.levels.get(level.id)?.level
    if (own && endsInStop(context, own, known) && tracks.length > 1) {
      // The stop stands on the side where the other rails are.
      const back = at === tracks.length - 1
      const [from = 1, to = 1] = [marks[at], marks[back ? at - 1 : at + 1]]
      ties.push({ row: level.row, from, to, dashed: level.dashed, stop: true, back })
    }
  }
  return ties
}
