import { lineText, type Line } from '../markdown/line.ts'
import type { ProsePiece } from '../markdown/pieces.ts'
import type { Prose } from '../markdown/prose.ts'
import { newStatements, repeatedStatements } from '../model/inheritance.ts'
import { cellRef, type Cell, type Level, type Statement, type Track } from '../model/ladder.ts'
import type { RenderContext } from './context.ts'
import { emptyWords } from './level-words.ts'
import { titleOf } from './names.ts'
import { blocksOf, type ProseBlock } from './prose-view.ts'
import { refText, type RefText } from './ref-texts.ts'

/** A statement as templates receive it. */
export interface StatementView {
  readonly ref: string
  readonly prose: Prose
  readonly examples: readonly Prose[]
  readonly isNew: boolean
  readonly isOptional: boolean
  /** The level below says the same. */
  readonly isRepeated?: true
  /** Of a statement that is divided: which piece of it this is. */
  readonly piece?: StatementPiece
}

/** A piece of a statement that is set in pieces: some of its text, or all its examples. */
export interface StatementPiece {
  readonly text: ProsePiece | null
  /** Whether the piece before is of the same statement. */
  readonly goesOn: boolean
}

/** A statement with the key under which a galley's measurements are found. */
export interface PlacedStatement extends Omit<StatementView, 'piece' | 'isRepeated'> {
  readonly measure: string | null
  /** Of one that is divided: its text, as far as it stands here. */
  readonly blocks: readonly ProseBlock[] | null
  readonly examplesMeasure: string | null
  /** Whether it began on another sheet. */
  readonly goesOn: boolean
}

/** Statements that stand together; `label` where they are of one polarity. */
export interface StatementRun {
  readonly label: Line | null
  /** Of a level below. */
  readonly isInherited: boolean
  readonly statements: readonly PlacedStatement[]
}

/** A cell as templates receive it: statements, or words on why there are none. */
export interface CellView {
  readonly ref: string
  readonly summary: Line | null
  readonly statements: readonly StatementView[]
  readonly polarities: readonly (Line | null)[]
  /** How many of the statements are the level's own; behind them stand those of the levels below. */
  readonly own: number
  readonly empty: Line | null
  /** “As at Senior Engineer”: what stands for its repeated statements where only new ones are shown. */
  readonly repeats?: Line
  /** Those words, where they stand for statements left out. */
  readonly lead?: Line
}

/** A cell that has no statements, but words in their place or an introduction beside it. */
export function bareCell(ref: string, empty: Line | null): CellView {
  return { ref, summary: null, statements: [], polarities: [], own: 0, empty }
}

/**
 * A statement, with its examples where the press settings show them.
 *
 * @param fresh statements that are new at their level, by their refs
 */
export function statementView(
  context: RenderContext,
  statement: Statement,
  fresh: ReadonlySet<string> = new Set(),
): StatementView {
  return {
    ref: statement.ref,
    prose: statement.prose,
    examples: context.press.show.examples ? statement.examples : [],
    // Only where levels say all of it is there something to mark as new.
    isNew: context.ladder.style === 'restated' && fresh.has(statement.ref),
    isOptional: statement.isOptional,
  }
}

/** What a level says of a dimension, as far as the press settings show it. */
export function cellView(context: RenderContext, track: Track, level: Level, cell: Cell): CellView {
  const statements = byPolarity(cell.statements)
  const restated = context.ladder.style === 'restated'
  const fresh = restated ? newStatements(track, level) : undefined
  const repeated = restated ? repeatedStatements(track, level) : undefined
  const isRepeated = ({ ref, isNew }: Statement) => !isNew && repeated?.refs.has(ref) === true
  const whole: CellView = {
    ref: cellRef(level.id, cell.dimension),
    summary: cell.summary ?? null,
    statements: statements.map((statement) => ({
      ...statementView(context, statement, fresh),
      ...(isRepeated(statement) && { isRepeated: true as const }),
    })),
    polarities: statements.map(({ polarity }) => (polarity ? context.words.say(polarity) : null)),
    own: statements.length,
    empty: cell.statements.length === 0 ? emptyWords(context, track, level, cell) : null,
    ...(repeated &&
      statements.some(isRepeated) && {
        repeats: context.words.say('asAt', {
          level: titleOf(context, repeated.below),
        }),
      }),
  }
  return context.press.show.unchanged === 'never' ? onlyNew(whole) : whole
}

/** A cell without what the level below says too: a line stands for it. */
export function onlyNew(cell: CellView): CellView {
  if (cell.repeats === undefined) return cell
  const kept = cell.statements.flatMap(({ isRepeated }, index) => (isRepeated ? [] : [index]))
  // Where nothing else is shown, a mark on each would mark nothing.
  const statements = kept.map((index) => ({ ...(cell.statements[index] as StatementView), isNew: false }))
  return {
    ...cell,
    statements,
    polarities: kept.map((index) => cell.polarities[index] ?? null),
    // Levels that restate take over no statements from those below.
    own: statements.length,
    ...(statements.length > 0 ? { lead: cell.repeats } : { empty: cell.repeats }),
  }
}

/** Whether there are any examples to leave out. */
export function haveExamples(statements: readonly StatementView[]): boolean {
  return statements.some(({ examples }) => examples.length > 0)
}

/** Statements without their examples. */
export function bareStatements(statements: readonly StatementView[]): StatementView[] {
  return statements.map((statement) => ({ ...statement, examples: [] }))
}

/** What it looks like stands before what it does not look like; the order within each is the author's. */
export function byPolarity(statements: readonly Statement[]): readonly Statement[] {
  if (!statements.some(({ polarity }) => polarity)) return statements
  const rank = ({ polarity }: Statement) =>
    polarity === 'ineffective' ? 2 : polarity === 'effective' ? 1 : 0
  return statements.toSorted((a, b) => rank(a) - rank(b))
}

/**
 * Part of a cell's statements as runs of one polarity each.
 *
 * @param measure what the keys of a galley begin with; null outside galleys
 * @param before how many items stand before the cell under these keys
 */
export function runsOf(
  cell: Pick<CellView, 'statements' | 'polarities' | 'own'>,
  from = 0,
  to = cell.statements.length,
  measure: string | null = null,
  before = 0,
): StatementRun[] {
  return runsBetween(cell, from, to).map(({ label, isInherited, from: start, to: end }) => ({
    label,
    isInherited,
    statements: placedStatements(cell.statements, start, end, measure, before),
  }))
}

/** Where runs of one polarity begin and end among a cell's statements, each of its own level or of those below. */
export function runsBetween(
  { statements, polarities, own }: Pick<CellView, 'statements' | 'polarities' | 'own'>,
  from = 0,
  to = statements.length,
): {
  readonly label: Line | null
  readonly isInherited: boolean
  readonly from: number
  readonly to: number
}[] {
  const runs: { label: Line | null; isInherited: boolean; from: number; to: number }[] = []
  for (let index = from; index < Math.min(to, statements.length); index += 1) {
    const label = polarities[index] ?? null
    const isInherited = index >= own
    const last = runs.at(-1)
    if (last && isSame(last.label, label) && last.isInherited === isInherited) last.to = index + 1
    else runs.push({ label, isInherited, from: index, to: index + 1 })
  }
  return runs
}

function isSame(one: Line | null, other: Line | null): boolean {
  return one === other || (one !== null && other !== null && lineText(one) === lineText(other))
}

/**
 * Some statements; pieces of one that is divided stand together.
 *
 * @param from may lie before the first; `to` may as well, and then there are none
 * @param measure what the keys of a galley begin with; null outside galleys
 * @param before how many items stand before them in the section
 */
export function placedStatements(
  statements: readonly StatementView[],
  from: number,
  to: number,
  measure: string | null,
  before: number,
): PlacedStatement[] {
  const start = Math.max(0, from)
  const placed = statements.slice(start, Math.max(0, to)).map((view, index) => ({
    view,
    measure: measure === null ? null : `${measure}/${before + start + index}`,
  }))
  const starts = placed.flatMap(({ view }, at) => (at === 0 || view.piece?.goesOn !== true ? [at] : []))
  return starts.map((at, index) => placedStatement(placed.slice(at, starts[index + 1])))
}

interface PlacedView {
  readonly view: StatementView
  readonly measure: string | null
}

/** A statement, of its pieces here where it is divided. */
function placedStatement(pieces: readonly PlacedView[]): PlacedStatement {
  const [{ view, measure }] = pieces as readonly [PlacedView]
  const usual = { ...view, measure, blocks: null, examplesMeasure: null, goesOn: false }
  if (!view.piece) return usual
  const blocks = blocksOf(
    pieces.flatMap(({ view: { piece }, measure: own }) =>
      piece?.text ? [{ piece: piece.text, measure: own }] : [],
    ),
  )
  const { isNew, isOptional } = view
  const shown = pieces.find(({ view: { examples } }) => examples.length > 0)
  return {
    ...usual,
    blocks: blocks.map((block, at) => (at === 0 ? { ...block, isNew, isOptional } : block)),
    examples: shown?.view.examples ?? [],
    examplesMeasure: shown?.measure ?? null,
    goesOn: view.piece.goesOn,
  }
}

/** Statements outside the cells, which no cut divides. */
export function unmeasured(statements: readonly StatementView[]): PlacedStatement[] {
  return placedStatements(statements, 0, statements.length, null, 0)
}

/** The words that stand with statements, for all of a document. */
export function statementWords({
  words,
}: RenderContext): Readonly<Record<'example' | 'optional' | 'new', Line>> {
  return { example: words.say('example'), optional: words.say('optional'), new: words.say('new') }
}

/** Everything of some statements that must be readable on the sheet. */
export function statementTexts(statements: readonly StatementView[]): RefText[] {
  return statements.flatMap(({ ref, prose, examples }) =>
    [prose, ...examples].flatMap((part) => refText(ref, part)),
  )
}
