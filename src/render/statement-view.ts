import type { Line } from '../markdown/line.ts'
import type { ProsePiece } from '../markdown/pieces.ts'
import type { Prose } from '../markdown/prose.ts'
import { newStatements, repeatedStatements } from '../model/inheritance.ts'
import { cellRef, type Cell, type Level, type Statement, type Track } from '../model/ladder.ts'
import type { RenderContext } from './context.ts'
import { emptyWords } from './level-words.ts'
import { titleOf } from './names.ts'
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
