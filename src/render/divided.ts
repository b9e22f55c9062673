import { longParagraph, piecesOf, type ProsePiece } from '../markdown/pieces.ts'
import { plainText } from '../markdown/prose.ts'
import type { CellView, StatementView } from './statement-view.ts'

/**
 * A cell whose long statements are set in pieces, between which a sheet may end: for where one of them is higher than a
 * sheet, and the document would not be printed.
 *
 * @param locale by whose rules sentences end
 */
export function dividedCell(cell: CellView, locale: string): CellView {
  const pieces = cell.statements.map((statement) => piecesOfStatement(statement, locale))
  return {
    ...cell,
    statements: pieces.flat(),
    polarities: pieces.flatMap((own, index) => own.map(() => cell.polarities[index] ?? null)),
    own: pieces.slice(0, cell.own).flat().length,
  }
}

/** The same with statements that stand in no cell. */
export function dividedStatements(statements: readonly StatementView[], locale: string): StatementView[] {
  return statements.flatMap((statement) => piecesOfStatement(statement, locale))
}

/** Whether any of some statements is long enough to be divided. */
export function haveLong(statements: readonly StatementView[]): boolean {
  return statements.some(isLong)
}

function isLong({ prose, examples }: StatementView): boolean {
  return [prose, ...examples].reduce((sum, part) => sum + plainText(part).length, 0) > longParagraph
}

function piecesOfStatement(statement: StatementView, locale: string): readonly StatementView[] {
  const { prose, examples } = statement
  if (!isLong(statement)) return [statement]
  const texts = [...piecesOf(prose, locale).map(asSentence), ...(examples.length > 0 ? [null] : [])]
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
