import type { Line } from '../../markdown/line.ts'
import type { RenderContext } from '../context.ts'
import { equivalenceWords } from '../level-words.ts'
import { runsOf, unmeasured, type PlacedStatement, type StatementRun } from '../statement-runs.ts'
import type { CellView } from '../statement-view.ts'
import { footOf, originsOf } from './poster-grid.ts'
import type { LabelSlot } from './poster-names.ts'
import type { PosterBlock, PosterLevel, PosterRail } from './poster-parts.ts'
import { railWeight } from './poster-widths.ts'

/** Tracks that stand side by side, and the lines between them, as templates receive them. */
export function blockView(context: RenderContext, block: PosterBlock, labels: LabelSlot): object {
  return {
    rungs: block.rungs,
    ties: tiesOf(block),
    forks: forksOf(block),
    columns: block.rails.map((rail) => `${railWeight(rail)}fr`).join(' '),
    weight: block.rails.reduce((sum, rail) => sum + railWeight(rail), 0),
    rails: block.rails.map((rail, column) => railView(context, block, rail, column, labels)),
  }
}

/** A line that carries on past a rail; the rail between has no level on this rung. */
interface TieView {
  readonly row: number
  /** The columns in which it is drawn. */
  readonly from: number
  readonly to: number
  readonly dashed: boolean
}

function tiesOf({ rungs, rails }: PosterBlock): TieView[] {
  return rails.flatMap(({ levels }, column) =>
    levels.flatMap(({ rung, tieTo, tieDashed }) =>
      tieTo === null || tieTo - column < 2
        ? []
        : [{ row: rungs - rung + 1, from: column + 2, to: tieTo + 1, dashed: tieDashed }],
    ),
  )
}

interface LevelRowView extends Omit<PosterLevel, 'cells' | 'tieTo'> {
  readonly joinedTo: Line | null
  readonly row: number
  readonly top: boolean
  readonly bottom: boolean
  /** The dimensions stand with the lowest level that is described. */
  readonly firstDescribed: boolean
  readonly tied: boolean
  /** Whether its rail bends away where the row ends. */
  readonly bends: boolean
  /** Whether its rail ends where the row ends, and the line of other rails runs there. */
  readonly clear: boolean
  /** Whether a track is named on its rung. */
  readonly named: boolean
  /** How many lines over the name the names of tracks take on this rung; null where they stand beside it. */
  readonly labelLines: number | null
  readonly cells: readonly {
    readonly name: Line | null
    readonly cell: CellView
    readonly runs: readonly StatementRun[]
    readonly every: readonly PlacedStatement[]
  }[]
}

function railView(
  context: RenderContext,
  block: PosterBlock,
  rail: PosterRail,
  column: number,
  labels: LabelSlot,
): object {
  const foot = footOf(block, rail)
  const bend = rail.opensFrom.length > 0 ? foot : null
  const crossed = rungsAcross(block, column)
  const named = new Set(
    block.rails.flatMap(({ levels: own }) => [own[0], own.at(-1)].map((level) => level?.rung)),
  )
  const levels = rail.levels.map((level, index): LevelRowView => {
    const { cells, tieTo, ...rest } = level
    const above = rail.levels[index + 1]
    return {
      ...rest,
      joinedTo: joinedTo(context, level),
      // Rows count from the top, rungs from the foot; a rail runs on through rows that only others reach.
      row: block.rungs - level.rung + 1,
      top: above === undefined,
      bottom: index === 0,
      // Where all are dashed, the lowest says what the track has in dimensions.
      firstDescribed:
        index ===
        Math.max(
          0,
          rail.levels.findIndex((other) => !other.dashed),
        ),
      tied: tieTo !== null,
      bends: block.rungs - level.rung + 1 === bend,
      clear: block.rungs - level.rung + 1 === foot && crossed.has(level.rung - 1),
      named: named.has(level.rung),
      labelLines: labels.rungs.has(level.rung) ? labels.lines : null,
      cells: cells.map(({ name, cell, every }) => ({
        name,
        cell,
        every: unmeasured(every),
        runs: runsOf(cell),
      })),
    }
  })
  const highest = levels.at(-1)
  return {
    ...rail,
    column: column + 1,
    levels,
    // Rows that only others reach, between two levels of the rail and down to where it opens: the rail passes through.
    gaps: highest ? gapsOf(levels, highest.row, foot, bend) : [],
  }
}

function gapsOf(
  levels: readonly LevelRowView[],
  top: number,
  bottom: number,
  bend: number | null,
): { row: number; dashed: boolean; bends: boolean }[] {
  const gaps: { row: number; dashed: boolean; bends: boolean }[] = []
  for (let row = top; row <= bottom; row += 1) {
    if (levels.some((level) => level.row === row)) continue
    const above = levels.find((level) => level.row < row)
    gaps.push({ row, dashed: above?.dashed ?? false, bends: row === bend })
  }
  return gaps
}

/** In words what the line of a level says, for screens that have its equivalents further down. */
function joinedTo(context: RenderContext, { id }: PosterLevel): Line | null {
  const level = context.levels.get(id)?.level
  const isJoined = level?.described === true && (context.rungs.equivalents.get(id) ?? []).length > 0
  return level && isJoined ? (equivalenceWords(context, level, { drafts: true }) ?? null) : null
}

/** The bend of a line into the foot of a rail that opens from its level, as templates receive it. */
interface ForkView {
  /** Of the grid: the last row of the foot of the rail that opens, and the row of the rung that it opens from. */
  readonly row: number
  readonly origin: number
  /** The columns in which the bend is drawn; it leads to the rail that opens from the one before or behind it. */
  readonly from: number
  readonly to: number
  readonly back: boolean
  readonly dashed: boolean
  /** Columns that its line crosses before it comes to the bend. */
  readonly between: { readonly from: number; readonly to: number } | null
}

/** The line of a level carries on, and bends up into the foot of the rail that opens from it. */
function forksOf(block: PosterBlock): ForkView[] {
  return block.rails.flatMap((rail, at) =>
    originsOf(block, rail).map(({ column, level }) => {
      const origin = block.rungs - level.rung + 1
      const back = at < column
      return {
        row: origin - 1,
        origin,
        from: at + 1,
        to: back ? column + 1 : at + 2,
        back,
        dashed: rail.levels[0]?.dashed ?? false,
        between: at - column > 1 ? { from: column + 2, to: at + 1 } : null,
      }
    }),
  )
}

/** The rungs on which a line of other rails runs through a rail: a tie, or the way to a rail that opens. */
function rungsAcross(block: PosterBlock, column: number): ReadonlySet<number> {
  const isBetween = (one: number, other: number) =>
    column > Math.min(one, other) && column < Math.max(one, other)
  return new Set(
    block.rails.flatMap((rail, at) => [
      ...rail.levels.flatMap(({ rung, tieTo }) => (tieTo !== null && isBetween(at, tieTo) ? [rung] : [])),
      ...originsOf(block, rail).flatMap(({ column: origin, level }) =>
        isBetween(at, origin) ? [level.rung] : [],
      ),
    ]),
  )
}
