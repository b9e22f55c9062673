import type { Line } from '../../markdown/line.ts'
import { piecesOf } from '../../markdown/pieces.ts'
import { isNoteOnly, type Cell, type Dimension, type Track } from '../../model/ladder.ts'
import type { LevelInTrack, RenderContext } from '../context.ts'
import { groupedBelow, type Grouped } from '../groups.ts'
import { isNotDefined } from '../level-words.ts'
import { nameOf } from '../names.ts'
import { bareCell } from '../statement-view.ts'
import {
  compareCells,
  ownCell,
  type ComparedCells,
  type StepColumn,
  type StepPart,
} from './next-step-cells.ts'

/**
 * What stands side by side, in one column that goes across or in two. A dimension takes up to three bands: what
 * both levels say, what differs, and what holds at every level.
 */
export interface StepBand extends Grouped {
  readonly key: string
  /** The dimension; null where its parts have names of their own, or none. */
  readonly name: Line | null
  readonly summary: Line | null
  /** A further band of its dimension, whose name stands over the first. */
  readonly goesOn: boolean
  readonly columns: readonly StepColumn[]
}

/** Dimensions that both have, then what only one has: its own dimensions, statements without any, or its introduction. */
export function bandsOf(context: RenderContext, from: LevelInTrack, to: LevelInTrack): StepBand[] {
  const shared = from.level.cells.flatMap((cell) => {
    const [one, other] = [from, to].map(({ track }) => dimensionOf(track, cell.dimension))
    const across = to.level.cells.find(({ dimension }) => dimension === cell.dimension)
    const isSame = from.track === to.track || (one?.shared === true && other?.shared === true)
    return one && across && isSame ? [{ dimension: one, cells: [cell, across] as const }] : []
  })
  const undefinedOnes = shared.filter(
    ({ dimension: { id }, cells }) =>
      cells.every(isNotDefined) &&
      [from, to].every(({ track }) => (track.everyLevel.get(id) ?? []).length === 0),
  )
  // A row for each of many dimensions of which neither says anything would bury what they do say.
  const gathered = undefinedOnes.length > 1 ? undefinedOnes : []
  const shown = shared.filter((one) => !gathered.includes(one))
  const said = shown.flatMap(({ dimension, cells }, index): StepBand[] => {
    const head = {
      name: nameOf(context, dimension),
      summary: dimension.summary ?? null,
      ...groupedBelow(context, dimension.group, shown[index - 1]?.dimension.group),
    }
    return asBands(dimension.id, head, compareCells(context, from, to, cells))
  })
  // What stands behind the last group is none of its dimensions.
  const behind = groupedBelow(context, undefined, shown.at(-1)?.dimension.group)
  const bands =
    gathered.length === 0 ? said : [...said, { ...notDefined(context, from, gathered), ...behind }]
  if (from.level.statements.length > 0 && to.level.statements.length > 0) {
    const head = { name: null, summary: null, group: null }
    const compared = compareCells(context, from, to, [plainCell(from), plainCell(to)])
    return [...bands, ...asBands('statements', head, compared)]
  }
  const names = shared.map(({ dimension }) => dimension.id)
  const own = [from, to].map((side) => ownParts(context, side, names))
  if (own.every((parts) => parts.length === 0)) return bands
  const columns = own.map((parts, side): StepColumn => {
    const { track } = side === 0 ? from : to
    const isOwn = from.track !== to.track && parts.some(({ name }) => name !== null)
    return {
      label: isOwn ? context.words.say('onlyIn', { track: nameOf(context, track) }) : null,
      parts: parts.length > 0 ? parts : [nothing(context, side === 0 ? from : to)],
    }
  })
  return [...bands, { key: 'own', name: null, summary: null, group: null, goesOn: false, columns }]
}

function dimensionOf({ dimensions }: Track, id: string): Dimension | undefined {
  return dimensions.find((dimension) => dimension.id === id)
}

/** The statements of a level without dimensions. */
function plainCell({ level: { statements } }: Pick<LevelInTrack, 'level'>): Cell {
  return { dimension: 'statements', statements }
}

/** Dimensions of which neither level says anything, by their names. */
function notDefined(
  context: RenderContext,
  { level }: LevelInTrack,
  gathered: readonly { readonly dimension: Dimension }[],
): StepBand {
  const names = gathered.map(({ dimension }) => nameOf(context, dimension))
  const cell = bareCell(`${level.id}/not-defined`, context.words.list(names))
  const part = { key: 'not-defined', name: null, summary: null, intro: null, every: [], cell }
  return {
    key: 'not-defined',
    name: context.words.say('notDefined'),
    summary: null,
    group: null,
    goesOn: false,
    columns: [{ label: null, parts: [part] }],
  }
}

function asBands(
  key: string,
  head: Pick<StepBand, 'name' | 'summary' | 'group' | 'endsGroup'>,
  { both, each, every }: ComparedCells,
): StepBand[] {
  const bands: Pick<StepBand, 'key' | 'columns'>[] = [
    ...(both ? [{ key: `${key}/both`, columns: [both] }] : []),
    ...(each ? [{ key, columns: each }] : []),
    ...(every ? [{ key: `${key}/every`, columns: [every] }] : []),
  ]
  return bands.map(({ key: own, columns }, index) => ({ key: own, ...head, goesOn: index > 0, columns }))
}

/** What the other level has nothing to set beside. */
function ownParts(
  context: RenderContext,
  { level, track }: LevelInTrack,
  shared: readonly string[],
): StepPart[] {
  const part = { key: 'intro', name: null, summary: null, intro: null, every: [] }
  if (isNoteOnly(level) && level.intro) {
    const cell = bareCell(`${level.id}/intro`, null)
    return [{ ...part, intro: piecesOf(level.intro, context.ladder.locale), cell }]
  }
  if (level.statements.length > 0) {
    return [{ ...part, key: 'statements', ...ownCell(context, track, level, plainCell({ level })) }]
  }
  return level.cells
    .filter(({ dimension }) => !shared.includes(dimension))
    .map((cell) => {
      const dimension = dimensionOf(track, cell.dimension)
      return {
        key: cell.dimension,
        name: dimension ? nameOf(context, dimension) : cell.dimension,
        summary: dimension?.summary ?? null,
        intro: null,
        ...ownCell(context, track, level, cell),
      }
    })
}

/** No cell is left bare: all that this level says stands beside the other's already. */
function nothing(context: RenderContext, { level }: LevelInTrack): StepPart {
  const empty = context.words.say('stepNothingElse')
  return {
    key: 'nothing',
    name: null,
    summary: null,
    intro: null,
    every: [],
    cell: bareCell(level.id, empty),
  }
}
