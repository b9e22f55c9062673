import { inLanguage, type Line } from '../markdown/line.ts'
import type { Level, Track } from '../model/ladder.ts'
import type { RungBlock } from '../model/rungs.ts'
import type { RenderContext } from './context.ts'
import { isDashed } from './level-words.ts'
import { columnsFor, railsInOrder, type MapColumns, type MapNames } from './map-columns.ts'
import { forksOf, railsOf, tiesOf, type MapFork, type MapRail, type MapTie } from './map-lines.ts'
import { markOf, type MarkView } from './marks.ts'
import { nameOf, titleOf } from './names.ts'

/**
 * The one picture: rails (tracks) side by side, rungs (levels) as lines, an equivalence as the same line carrying on
 * into the next rail. Plain data for a grid of rows (the most senior on top) and columns.
 */
export interface MapView {
  readonly blocks: readonly MapBlockView[]
}

/** Tracks that equivalences or forks join. */
export interface MapBlockView {
  /** Its tracks, in the order of their rails, if they are asked for. */
  readonly tracks?: readonly { readonly name: Line; readonly mark: MarkView }[]
  /** A CSS grid template of custom properties (`var(--map-mark)` …), so that styles set the widths. */
  readonly columns: string
  /** How many rails stand side by side. */
  readonly width: number
  readonly single: boolean
  readonly rows: number
  /** Names of tracks, over the rails whose levels have none, in rows of their own above the others. */
  readonly heads: readonly MapHead[]
  readonly rails: readonly MapRail[]
  readonly levels: readonly MapLevel[]
  readonly ties: readonly MapTie[]
  readonly forks: readonly MapFork[]
}

/** The name of a track, and the line that leads from it down to the top of its rail. */
export interface MapHead {
  readonly name: Line
  readonly row: number
  readonly column: number
  /** The columns that the name may take. */
  readonly from: number
  readonly to: number
  /** Which side of its line it stands on. */
  readonly side: 'before' | 'after'
  /** The row of the most senior level. */
  readonly top: number
}

/** A level at its place. */
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

/** What of the ladder a map shows, and how. */
export interface MapOptions extends MapNames {
  /** Whether drafts are shown (the level the reader is at always is). */
  readonly drafts: boolean
  /** The language of the words that stand for the map, where it is not the ladder's: names then say theirs. */
  readonly labelled: string | null
  /** Where a level's name leads; null for nowhere. */
  readonly href?: (level: Level) => string | null
  /** Whether the names of tracks are needed, because their marks do not tell them apart. */
  readonly tracks?: boolean
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
  const isShown = (level: Level) => options.drafts || level.status !== 'draft' || level.id === options.here
  const known = ladder.tracks.filter((track) => track.levels.some(isShown))
  const tracks = railsInOrder(
    known.filter((track) => block.tracks.includes(track.id)),
    rungs,
    options,
  )
  const layout = columnsFor(tracks, options)
  const rungOf = ({ id }: Level) => rungs.of.get(id) ?? 0
  const shown = tracks.map((track) => ({
    track,
    levels: track.levels.filter(isShown),
  }))
  const used = [...new Set(shown.flatMap(({ levels }) => levels.map(rungOf)))].sort((a, b) => b - a)
  const here = options.here === undefined ? undefined : (rungs.of.get(options.here) ?? 0)
  const window = around(used, here, options.most)
  const inSight = shown.map(({ track, levels }) => ({
    track,
    levels: levels.filter((level) => window.includes(rungOf(level))),
  }))
  // Rails without names have that of their track at their head, where the window shows them.
  const headed = inSight.flatMap(({ levels }, at) =>
    layout.names[at] === undefined && levels.length > 0 ? [at] : [],
  )
  const levels = inSight.flatMap(({ track, levels: own }, at) =>
    own.map((level): MapLevel => ({
      ...levelView(context, track, level, options),
      row: headed.length + window.indexOf(rungOf(level)) + 1,
      markColumn: layout.marks[at] ?? 1,
      nameColumn: isNamed(level, options) ? (layout.names[at] ?? null) : null,
      side: layout.sideOf(at),
    })),
  )
  const byId = new Map(levels.map((level) => [level.id, level]))
  return {
    ...(options.tracks === true && {
      tracks: tracks.map((track) => ({
        name: nameIn(context, track, options),
        mark: markOf(ladder.tracks.indexOf(track)),
      })),
    }),
    columns: layout.columns.replace(/\w+/g, 'var(--map-$&)'),
    width: tracks.length,
    single: tracks.length === 1,
    rows: window.length,
    heads: headsOf(
      headed.map((at) => ({
        name: nameIn(context, tracks[at] as Track, options),
        column: layout.marks[at] ?? 1,
      })),
      levels,
      layout,
    ),
    rails: railsOf(context, tracks, byId),
    levels,
    ties: tiesOf(context, tracks, byId, layout.marks, known),
    forks: forksOf(context, tracks, byId),
  }
}

/** A level, wherever on the map it stands. */
function levelView(
  context: RenderContext,
  track: Track,
  level: Level,
  { here, href, labelled }: MapOptions,
): Pick<MapLevel, 'id' | 'title' | 'mark' | 'dashed' | 'here' | 'href'> {
  const { ladder } = context
  const isHere = level.id === here
  return {
    id: level.id,
    title: inOwn(context, titleOf(context, level), labelled),
    mark: markOf(ladder.tracks.indexOf(track), here === undefined ? !isDashed(level) : isHere),
    dashed: isDashed(level),
    here: isHere,
    href: href?.(level) ?? null,
  }
}

function isNamed({ id, title }: Level, { here, longest = Infinity }: MapOptions): boolean {
  return id === here || Array.from(title).length <= longest
}

function nameIn(context: RenderContext, track: Track, { labelled }: MapOptions): Line {
  return inOwn(context, nameOf(context, track), labelled)
}

/** Among words of another language, a name says that it is in the ladder's. */
function inOwn({ ladder }: RenderContext, name: Line, labelled: string | null): Line {
  return labelled === null ? name : inLanguage(ladder.locale, name)
}

/** Names of tracks, each on a row of its own: that of the rail farthest from the names of levels stands highest. */
function headsOf(
  tracks: readonly { readonly name: Line; readonly column: number }[],
  levels: readonly MapLevel[],
  { columns, sideOf }: MapColumns,
): MapHead[] {
  const side = sideOf(0)
  const end = columns.split(' ').length + 1
  return tracks.map(({ name, column }, at): MapHead => ({
    name,
    row: side === 'before' ? tracks.length - at : at + 1,
    column,
    from: side === 'before' ? 1 : column,
    to: side === 'before' ? column + 1 : end,
    side,
    top: Math.min(...levels.filter((level) => level.markColumn === column).map(({ row }) => row)),
  }))
}

/** At most `most` rungs, the reader's among them. */
function around(used: readonly number[], here: number | undefined, most = Infinity): readonly number[] {
  if (used.length <= most) return used
  const at = here === undefined ? used.length - 1 : Math.max(0, used.indexOf(here))
  const start = Math.max(0, Math.min(at - Math.floor(most / 2), used.length - most))
  return used.slice(start, start + most)
}
