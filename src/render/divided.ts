import { piecesOf, type ProsePiece } from '../markdown/pieces.ts'
import { plainText } from '../markdown/prose.ts'
import type { CellView, StatementView } from './statement-view.ts'

/**
 * Statements in pieces, between which a sheet may end: for where one of them is higher than a sheet, and the document would
 * not be printed.
 */
export interface Division {
  /** How many characters a statement has at most that stays whole. */
  readonly longest: number
  /** By whose rules sentences end. */
  readonly locale: string
}

/** The long ones are divided, and where that does not help, on small pages, others as well. */
const divisions = [600, 200]

/** How some statements can be divided, in turn: see {@link Division}. */
export function divisionsOf(statements: readonly StatementView[]): number[] {
  return divisions.filter((longest) => statements.some((statement) => lengthOf(statement) > longest))
}

/** A cell with its long statements in pieces. */
export function dividedCell(cell: CellView, division: Division): CellView {
  const pieces = cell.statements.map((statement) => piecesOfStatement(statement, division))
  return {
    ...cell,
    statements: pieces.flat(),
    polarities: pieces.flatMap((own, index) => own.map(() => cell.polarities[index] ?? null)),
    own: pieces.slice(0, cell.own).flat().length,
  }
}

/** The same with statements that stand in no cell. */
export function dividedStatements(statements: readonly StatementView[], division: Division): StatementView[] {
  return statements.flatMap((statement) => piecesOfStatement(statement, division))
}

function lengthOf({ prose, examples }: StatementView): number {
  return [prose, ...examples].reduce((sum, part) => sum + plainText(part).length, 0)
}

function piecesOfStatement(
  statement: StatementView,
  { longest, locale }: Division,
): readonly StatementView[] {
  if (lengthOf(statement) <= longest) return [statement]
  const { prose, examples } = statement
  const texts = [...piecesOf(prose, locale, longest).map(asSentence), ...(examples.length > 0 ? [null] : [])]
  return texts.map((text, index) => ({
    ...statement,
    prose: text ? [text.block] : [],
    examples: text ? [] : examples,
    isNew: statement.isNew && index === 0,
    isOptional: statement.isOptional && index === 0,
    piece: { text, goesOn: index > 0 },
  }))
}

/** A short paragraph is one of a single sentence: all paragraphs of the statement look alike. */
function asSentence(piece: ProsePiece): ProsePiece {
  return piece.part === 'block' ? { ...piece, part: 'sentence' } : piece
}
