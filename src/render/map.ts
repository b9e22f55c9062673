import { inLanguage, type Line } from '../markdown/line.ts'
import type { Level, Track } from '../model/ladder.ts'
import type { RungBlock } from '../model/rungs.ts'
import type { RenderContext } from './context.ts'
import { isDashed } from './level-words.ts'
import { markOf, type MarkView } from './marks.ts'
import { titleOf } from './names.ts'

/**
 * The one picture: rails (tracks) side by side, rungs (levels) as lines, an equivalence as the same line carrying on
 * into the next rail. Plain data for a grid of rows (the most senior on top) and columns.
 */
export interface MapView {
  readonly blocks: readonly MapBlockView[]
}

export interface MapBlockView {
  /** A CSS grid template of custom properties (`var(--map-mark)` …), so that styles set the widths. */
  readonly columns: string
  /** How many rails stand side by side. */
  readonly width: number
  readonly single: boolean
  readonly rows: number
  readonly rails: readonly MapRail[]
  readonly levels: readonly MapLevel[]
  readonly ties: readonly MapTie[]
  readonly forks: readonly MapFork[]
}

/** Where a track opens from a level of another: the line bends up into its rail. */
export interface MapFork {
  readonly row: number
  readonly from: number
  readonly to: number
  /** Whether the track that opens stands before the one it opens from. */
  readonly back: boolean
  /** Whether it opens on the same line, or above or below. */
  readonly bend: 'up' | 'down' | 'none'
}

/** A piece of a track's upright: rows may grow with their names, so each row draws its own. */
export interface MapRail {
  readonly column: number
  readonly row: number
  readonly part: 'upper' | 'lower' | 'whole'
}

export interface MapLevel {
  readonly id: string
  readonly title: Line
  readonly row: number
  readonly markColumn: number
  /** null where the map is too narrow for this track's names. */
  readonly nameColumn: number | null
  /** Which side of its mark the name stands on. */
  readonly side: 'before' | 'after'
  readonly mark: MarkView
  readonly dashed: boolean
  readonly here: boolean
  readonly href: string | null
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

export interface MapOptions {
  /** The level the reader is at. */
  readonly here?: string
  /** Whether drafts are shown (the level the reader is at always is). */
  readonly drafts: boolean
  /** Names of all tracks, or of the reader's own where there are more than two. */
  readonly names: 'all' | 'own'
  /** The language of the words that stand for the map, where it is not the ladder's: names then say theirs. */
  readonly labelled: string | null
  /** Where a level's name leads; null for nowhere. */
  readonly href?: (level: Level) => string | null
  /** How many rows there may be; around the reader's level the others are left out. */
  readonly most?: number
  /** Names of more characters are left out, but not the reader's: a small map has no room for them. */
  readonly longest?: number
}

/** Lays out the map of a ladder, or of what one reader should see of it. */
export function mapView(context: RenderContext, options: MapOptions): MapView {
  const blocks = context.rungs.blocks
    .filter((block) => options.here === undefined || isIn(context, block, options.here))
    .map((block) => blockView(context, block, options))
  return { blocks: blocks.filter((block) => block.levels.length > 0) }
}

/** Nothing joins the other blocks to where the reader is. */
function isIn({ ladder }: RenderContext, block: RungBlock, here: string): boolean {
  return ladder.tracks.some(
    (track) => block.tracks.includes(track.id) && track.levels.some((level) => level.id === here),
  )
}

function blockView(context: RenderContext, block: RungBlock, options: MapOptions): MapBlockView {
  const { ladder, rungs } = context
  const titleIn = (level: Level) => {
    const title = titleOf(context, level)
    return options.labelled === null ? title : inLanguage(ladder.locale, title)
  }
  const tracks = drawnOrder(
    ladder.tracks.filter((track) => block.tracks.includes(track.id)),
    options,
  )
  const shown = tracks.map((track) => ({
    track,
    levels: track.levels.filter(
      (level) => options.drafts || level.status !== 'draft' || level.id === options.here,
    ),
  }))
  const rungOf = (id: string) => rungs.of.get(id) ?? 0
  const used = [...new Set(shown.flatMap(({ levels }) => levels.map(({ id }) => rungOf(id))))].sort(
    (a, b) => b - a,
  )
  const window = around(used, options.here === undefined ? undefined : rungOf(options.here), options.most)
  const rowOf = (level: Level) => window.indexOf(rungOf(level.id)) + 1

  const layout = columnsFor(tracks, options)
  const levels = shown.flatMap(({ track, levels: own }, at) =>
    own
      .filter((level) => rowOf(level) > 0)
      .map((level): MapLevel => {
        const column = layout.marks[at] ?? 1
        const here = level.id === options.here
        const named = here || Array.from(level.title).length <= (options.longest ?? Infinity)
        return {
          id: level.id,
          title: titleIn(level),
          row: rowOf(level),
          markColumn: column,
          nameColumn: named ? (layout.names[at] ?? null) : null,
          side: layout.sideOf(at),
          mark: markOf(ladder.tracks.indexOf(track), options.here === undefined ? !isDashed(level) : here),
          dashed: isDashed(level),
          here,
          href: options.href?.(level) ?? null,
        }
      }),
  )
  const byId = new Map(levels.map((level) => [level.id, level]))
  const forks = forksOf(tracks, byId, layout.marks)
  return {
    columns: layout.columns.replace(/\w+/g, 'var(--map-$&)'),
    width: tracks.length,
    single: tracks.length === 1,
    rows: window.length,
    rails: [
      ...shown.flatMap(({ levels: own }, at) => {
        const rows = own.map(rowOf).filter((row) => row > 0)
        return railPieces(layout.marks[at] ?? 1, Math.min(...rows), Math.max(...rows))
      }),
      ...forks.flatMap(({ rails }) => rails),
    ],
    levels,
    ties: tiesOf(context, tracks, byId, layout.marks),
    forks: forks.map(({ fork }) => fork),
  }
}

function railPieces(column: number, top: number, bottom: number): MapRail[] {
  const pieces: MapRail[] = []
  for (let row = top; row <= bottom && top < bottom; row += 1) {
    pieces.push({ column, row, part: row === top ? 'lower' : row === bottom ? 'upper' : 'whole' })
  }
  return pieces
}

/** Forks, with the pieces by which rails reach them. */
function forksOf(
  tracks: readonly Track[],
  levels: ReadonlyMap<string, MapLevel>,
  marks: readonly number[],
): { fork: MapFork; rails: readonly MapRail[] }[] {
  return tracks.flatMap((track, at) =>
    track.opensFrom.flatMap((id) => {
      const origin = levels.get(id)
      const lowest = track.levels.map((level) => levels.get(level.id)).find((level) => level !== undefined)
      if (!origin || !lowest) return []
      const [from, to] = [origin.markColumn, marks[at] ?? 1]
      const bend = origin.row > lowest.row ? 'up' : origin.row < lowest.row ? 'down' : 'none'
      const fork = {
        row: origin.row,
        from: Math.min(from, to),
        to: Math.max(from, to),
        back: to < from,
        bend,
      } as const
      const rails: MapRail[] = []
      if (bend === 'up') {
        rails.push({ column: to, row: lowest.row, part: 'lower' })
        for (let row = lowest.row + 1; row < origin.row; row += 1)
          rails.push({ column: to, row, part: 'whole' })
      }
      return [{ fork, rails }]
    }),
  )
}

/** At most `most` rungs, the reader's among them. */
function around(used: readonly number[], here: number | undefined, most = Infinity): readonly number[] {
  if (used.length <= most) return used
  const at = here === undefined ? used.length - 1 : Math.max(0, used.indexOf(here))
  const start = Math.max(0, Math.min(at - Math.floor(most / 2), used.length - most))
  return used.slice(start, start + most)
}

/**
 * The rails from left to right. Where only the reader's own rail has names it stands at the edge that is nearer, its
 * names outside: between two rails a name would seem to belong to the mark on its other side.
 */
function drawnOrder(tracks: readonly Track[], { names, here }: MapOptions): readonly Track[] {
  const at = tracks.findIndex((track) => track.levels.some(({ id }) => id === here))
  const own = tracks[at]
  if (names === 'all' || tracks.length <= 2 || !own) return tracks
  const others = tracks.filter((track) => track !== own)
  return at * 2 < tracks.length - 1 ? [own, ...others] : [...others, own]
}

interface Columns {
  readonly columns: string
  readonly marks: readonly number[]
  readonly names: readonly (number | undefined)[]
  readonly sideOf: (track: number) => 'before' | 'after'
}

function columnsFor(tracks: readonly Track[], { names, here }: MapOptions): Columns {
  if (tracks.length <= 2) {
    // Two rails face each other, their names outside: nothing crosses a line.
    const two = tracks.length === 2
    return {
      columns: two ? 'name mark line mark name' : 'mark name',
      marks: two ? [2, 4] : [1],
      names: two ? [1, 5] : [2],
      sideOf: (track) => (two && track === 0 ? 'before' : 'after'),
    }
  }
  if (names === 'all') {
    // A line between a name and the next rail stays free, so that what joins two rails is seen.
    return {
      columns: tracks.map(() => 'mark name').join(' line '),
      marks: tracks.map((_, track) => track * 3 + 1),
      names: tracks.map((_, track) => track * 3 + 2),
      sideOf: () => 'after',
    }
  }
  const isFirst = tracks[0]?.levels.some(({ id }) => id === here) ?? false
  const rails = tracks.map(() => 'mark').join(' line ')
  const [own, outside] = isFirst ? [0, 1] : [tracks.length - 1, tracks.length * 2]
  return {
    columns: isFirst ? `name ${rails}` : `${rails} name`,
    marks: tracks.map((_, track) => track * 2 + (isFirst ? 2 : 1)),
    names: tracks.map((_, track) => (track === own ? outside : undefined)),
    sideOf: () => (isFirst ? 'before' : 'after'),
  }
}

function tiesOf(
  context: RenderContext,
  tracks: readonly Track[],
  levels: ReadonlyMap<string, MapLevel>,
  marks: readonly number[],
): MapTie[] {
  const ties: MapTie[] = []
  const trackAt = new Map(tracks.flatMap((track, at) => track.levels.map(({ id }) => [id, at] as const)))
  for (const level of levels.values()) {
    const at = trackAt.get(level.id) ?? 0
    const next = (context.rungs.equivalents.get(level.id) ?? [])
      .map((id) => levels.get(id))
      .filter((other) => other !== undefined)
      .find((other) => (trackAt.get(other.id) ?? 0) > at)
    if (next) {
      ties.push({
        row: level.row,
        from: marks[at] ?? 1,
        to: marks[trackAt.get(next.id) ?? 0] ?? 1,
        dashed: level.dashed || next.dashed,
        stop: false,
        back: false,
      })
    }
    const none = context.levels.get(level.id)?.level.equivalence.kind === 'none'
    if (none && tracks.length > 1) {
      // The stop stands on the side where the other rails are.
      const back = at === tracks.length - 1
      const [from = 1, to = 1] = [marks[at], marks[back ? at - 1 : at + 1]]
      ties.push({ row: level.row, from, to, dashed: level.dashed, stop: true, back })
    }
  }
  return ties
}
