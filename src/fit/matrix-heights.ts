import { lineText } from '../markdown/line.ts'
import { pixel } from '../plan/units.ts'
import { everyAcross } from '../render/documents/matrix-columns.ts'
import type { MatrixContent } from '../render/documents/matrix-content.ts'
import type { CellView } from '../render/statement-view.ts'
import { boxOf, heightOf, type Box, type Boxes } from './boxes.ts'
import type { Room } from './fitted.ts'
import type { MeasuredCell, MeasuredRow } from './row-laying.ts'

/** How high the rows of a matrix are, whole and in parts, as its galleys show them. Lengths in px. */

/** A table of rows in a galley. */
export interface MeasuredTable {
  /** What the keys of its boxes begin with. */
  readonly galley: string
  /** Which columns it has, by index. */
  readonly columns: readonly number[]
}

/**
 * The rows of a table, and the height of any part of them.
 *
 * @param texts in how many text columns the statements of a cell stand
 */
export function measuredRows(
  content: MatrixContent,
  boxes: Boxes,
  table: MeasuredTable,
  texts: number,
): MeasuredRow[] {
  return content.rows.map((_, row) => measuredRow(content, boxes, table, texts, row))
}

/** A line of the name of a dimension, at most. */
const line = 25

/** How much heavier the rule over a group is than that over a dimension. */
const heavier = 0.8 / pixel

function measuredRow(
  content: MatrixContent,
  boxes: Boxes,
  { galley, columns }: MeasuredTable,
  texts: number,
  row: number,
): MeasuredRow {
  const key = `${galley}/r${row}`
  // What is asked at every level stands over its columns, together with the beginning of each of their cells.
  const every = heightOf(boxes, `${key}/every`)
  const [from, end] = everyAcross(content, columns)
  const above = (column: number) => {
    const at = columns.indexOf(column)
    return at >= from && at < end ? every : 0
  }
  const height = heightOf(boxes, key) + every
  const name = heightOf(boxes, `${key}/name`)
  // Where it goes on it does not say again what it is about, but “continued”, which may take a line.
  const summary = heightOf(boxes, `${key}/summary`)
  const nameOn = Math.min(name, name - summary + line)
  const cellHeights = columns.map((column) => heightOf(boxes, `${key}/c${column}`) + above(column))
  const highest = Math.max(...cellHeights, name)
  // The name of a group stands over its first dimension.
  const begins = content.rows.slice(0, row).findLastIndex(({ group }) => group !== null)
  const isWithin = content.rows[row]?.within !== undefined
  return {
    height,
    around: height - highest,
    least: name,
    ...(nameOn < name && { leastOn: nameOn }),
    ...(isWithin && { within: heightOf(boxes, `${galley}/r${begins}/group`) + heavier }),
    cells: columns.flatMap((column): MeasuredCell[] => {
      const cell = content.rows[row]?.cells[column]
      if (!cell) return []
      const whole = boxOf(boxes, `${key}/c${column}`)
      const box = (statement: number) => boxOf(boxes, `${key}/c${column}/${statement}`)
      const statements = cell.statements.length
      // What stands above the first statement, such as the cell's summary, stays with it. Labels are said again.
      const running = (first: number, to: number) =>
        box(to - 1)[1] - (first === 0 ? whole[0] : box(first)[0]) + labelAgain(cell, whole, box, first)
      const own = texts > 1 ? inColumns(whole, box, cell.statements, texts) : running
      return [
        { column, statements, height: (first, to) => own(first, to) + (first === 0 ? above(column) : 0) },
      ]
    }),
  }
}

/** How high at most the label is that stands again over a part of a cell: as what stands above its first statement. */
function labelAgain(
  { polarities }: Pick<CellView, 'polarities'>,
  whole: Box,
  box: (statement: number) => Box,
  first: number,
): number {
  const label = polarities[first] ?? null
  if (first === 0 || label === null) return 0
  const other = polarities
    .slice(0, first)
    .findLastIndex((one) => one === null || lineText(one) !== lineText(label))
  return box(other + 1)[0] - (other < 0 ? whole[0] : box(other)[1])
}

/** What stands between two statements, at most, and the labels of those that it looks like and does not look like. */
const betweenStatements = 5
const label = 25

/**
 * The greatest height of a part of a cell whose statements stand in columns: the browser decides how they share these.
 */
function inColumns(
  whole: Box,
  box: (statement: number) => Box,
  statements: CellView['statements'],
  columns: number,
): MeasuredCell['height'] {
  const most = (from: number, to: number) => {
    const heights = statements.slice(from, to).map(({ piece }, at) => {
      const [top, bottom] = box(from + at)
      return bottom - top + (piece?.goesOn === true ? 0 : betweenStatements)
    })
    const all = heights.reduce((sum, height) => sum + height, 2 * label)
    return all / columns + Math.max(0, ...heights) + label
  }
  const height = whole[1] - whole[0]
  // What a template puts between them besides may stand in any part.
  const besides = Math.max(0, height - most(0, statements.length))
  return (from, to) => (to - from === statements.length ? height : most(from, to) + besides)
}

/**
 * The highest cell of a row, and by how much it is lower than the name of its dimension beside it; undefined where no
 * cell of the row has statements.
 */
export function highestCell(
  content: MatrixContent,
  boxes: Boxes,
  { galley, columns }: MeasuredTable,
  row: number,
): Room | undefined {
  const cells = columns.flatMap((column) => {
    const cell = content.rows[row]?.cells[column]
    return cell && cell.statements.length > 0
      ? [{ ref: cell.ref, used: heightOf(boxes, `${galley}/r${row}/c${column}`) }]
      : []
  })
  const highest = cells.toSorted((a, b) => b.used - a.used)[0]
  return (
    highest && { ...highest, free: Math.max(0, heightOf(boxes, `${galley}/r${row}/name`) - highest.used) }
  )
}
