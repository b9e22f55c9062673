import type { Line } from '../../markdown/line.ts'
import type { ProsePiece } from '../../markdown/pieces.ts'
import { commonStatements, previousWithCell } from '../../model/inheritance.ts'
import { cellRef, type Cell, type Level, type Statement, type Track } from '../../model/ladder.ts'
import type { LevelInTrack, RenderContext } from '../context.ts'
import { emptyWords } from '../level-words.ts'
import { byPolarity, statementView, type CellView, type StatementView } from '../statement-view.ts'

/** What one level says in a band, or both. */
export interface StepColumn {
  /** “Both levels”, “Only in Managers”. */
  readonly label: Line | null
  readonly parts: readonly StepPart[]
}

/** A cell; under the name of its dimension where it is its track's own; or, with `intro`, an introduction. */
export interface StepPart {
  readonly key: string
  readonly name: Line | null
  readonly summary: Line | null
  readonly intro: readonly ProsePiece[] | null
  readonly every: readonly StatementView[]
  readonly cell: CellView
}

/**
 * A dimension of two levels, as it is set: what both say, once; what each says besides; and what holds at every level,
 * which is the same on all sheets of a track.
 */
export interface ComparedCells {
  readonly both: StepColumn | null
  readonly each: readonly [StepColumn, StepColumn] | null
  readonly every: StepColumn | null
}

/** @param cells of the same dimension, or the statements of levels without dimensions */
export function compareCells(
  context: RenderContext,
  from: LevelInTrack,
  to: LevelInTrack,
  [one, other]: readonly [Cell, Cell],
): ComparedCells {
  const common = commonOf(context, from, to, [one, other])
  const every = everyOf(from.track, to.track, one.dimension)
  const left = one.statements.filter(({ ref }) => !common.has(ref))
  const said = new Set(common.values())
  const right = other.statements.filter(({ ref }) => !said.has(ref))
  const shared = one.statements.filter(({ ref }) => common.has(ref))
  const ref = cellRef(from.level.id, one.dimension)
  const bare = cellOf(context, ref, [])
  const always = every.both.length > 0 ? { label: null, parts: [part(context, bare, every.both)] } : null

  const reason = sameReason(context, from, to, [one, other])
  if (reason !== null) {
    const both = { label: null, parts: [part(context, { ...bare, empty: reason }, [])] }
    return { both, each: null, every: always }
  }
  const both = { ...cellOf(context, ref, shared, examplesOf(context, common, other)), summary: null }
  const isSame = common.size > 0
  const rest = (
    side: LevelInTrack,
    own: Cell,
    statements: readonly Statement[],
    holds: readonly Statement[],
  ) => {
    const cell = cellOf(context, cellRef(side.level.id, own.dimension), statements)
    const empty =
      statements.length > 0
        ? null
        : isSame
          ? context.words.say('stepNothingElse')
          : emptyWords(context, side.track, side.level, own)
    return part(context, { ...cell, summary: own.summary ?? null, empty }, holds)
  }
  const parts = [rest(from, one, left, every.from), rest(to, other, right, every.to)] as const
  const says = ({ cell, every: holds }: StepPart) =>
    cell.statements.length > 0 || cell.summary !== null || holds.length > 0
  return {
    both:
      shared.length > 0 ? { label: context.words.say('stepBoth'), parts: [part(context, both, [])] } : null,
    each:
      isSame && !parts.some(says)
        ? null
        : [
            { label: null, parts: [parts[0]] },
            { label: null, parts: [parts[1]] },
          ],
    every: always,
  }
}

/** A cell that has nothing beside it. */
export function ownCell(
  context: RenderContext,
  track: Track,
  level: Level,
  cell: Cell,
): Pick<StepPart, 'every' | 'cell'> {
  const own = cellOf(context, cellRef(level.id, cell.dimension), cell.statements)
  const empty = cell.statements.length > 0 ? null : emptyWords(context, track, level, cell)
  const { every } = part(context, own, track.everyLevel.get(cell.dimension) ?? [])
  return { every, cell: { ...own, summary: cell.summary ?? null, empty } }
}

/** What both say. A cell that is as at the other level says all that the other says, unless it only adds nothing. */
function commonOf(
  { ladder }: RenderContext,
  from: LevelInTrack,
  to: LevelInTrack,
  [one, other]: readonly [Cell, Cell],
): ReadonlyMap<string, string> {
  const before =
    other.empty === 'same-as-previous' && from.track === to.track
      ? previousWithCell(to.track, to.level, other.dimension)
      : undefined
  return before === from.level && ladder.style !== 'additive'
    ? new Map(one.statements.map(({ ref }) => [ref, ref]))
    : commonStatements(one.statements, other.statements)
}

/** What holds at every level of both tracks, and of one. */
function everyOf(from: Track, to: Track, dimension: string) {
  const one = from.everyLevel.get(dimension) ?? []
  const other = to.everyLevel.get(dimension) ?? []
  if (from === to) return { both: one, from: [], to: [] }
  const common = commonStatements(one, other)
  const said = new Set(common.values())
  return {
    both: one.filter(({ ref }) => common.has(ref)),
    from: one.filter(({ ref }) => !common.has(ref)),
    to: other.filter(({ ref }) => !said.has(ref)),
  }
}

/** Where both cells are empty, and for the same reason: the words for it. */
function sameReason(
  context: RenderContext,
  from: LevelInTrack,
  to: LevelInTrack,
  [one, other]: readonly [Cell, Cell],
): Line | null {
  const isEmpty = (cell: Cell) => cell.statements.length === 0 && cell.summary === undefined
  const reason = (cell: Cell) => cell.empty ?? 'not-defined'
  if (!isEmpty(one) || !isEmpty(other) || reason(one) !== reason(other)) return null
  if (reason(one) !== 'same-as-previous') return emptyWords(context, from.track, from.level, one)
  // A draft may be as at another draft, which nobody else takes anything from.
  const [left, right] = [from, to].map(({ track, level }) => previousWithCell(track, level, one.dimension))
  return left === right ? emptyWords(context, from.track, from.level, one) : null
}

/** Examples of a statement that both make: of the one, then of the other what the one does not have. */
function examplesOf(
  { press }: RenderContext,
  common: ReadonlyMap<string, string>,
  { statements }: Cell,
): ReadonlyMap<string, StatementView['examples']> {
  if (!press.show.examples) return new Map()
  const byRef = new Map(statements.map(({ ref, examples }) => [ref, examples]))
  return new Map([...common].map(([ref, same]) => [ref, byRef.get(same) ?? []]))
}

function cellOf(
  context: RenderContext,
  ref: string,
  said: readonly Statement[],
  further: ReadonlyMap<string, StatementView['examples']> = new Map(),
): CellView {
  const statements = byPolarity(said)
  return {
    ref,
    summary: null,
    // The columns show what is new; no statement is marked for it as well.
    statements: statements.map((statement): StatementView => {
      const view = statementView(context, statement)
      const known = new Set(view.examples.map((example) => JSON.stringify(example)))
      const more = (further.get(statement.ref) ?? []).filter((example) => !known.has(JSON.stringify(example)))
      return { ...view, examples: [...view.examples, ...more] }
    }),
    polarities: statements.map(({ polarity }) => (polarity ? context.words.say(polarity) : null)),
    own: statements.length,
    empty: null,
  }
}

function part(context: RenderContext, cell: CellView, every: readonly Statement[]): StepPart {
  return {
    key: 'cell',
    name: null,
    summary: null,
    intro: null,
    every: every.map((statement) => statementView(context, statement)),
    cell,
  }
}
