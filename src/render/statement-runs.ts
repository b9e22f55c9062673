import { lineText, type Line } from '../markdown/line.ts'
import { blocksOf, type ProseBlock } from './prose-view.ts'
import type { CellView, StatementView } from './statement-view.ts'

/** Statements as they stand in a place: some of a cell, under their labels, with the keys by which they are measured. */

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
