/** The widths of columns with which the rows of a matrix are lowest together: the highest cell of a row decides. */

/** Text: how much room its letters take, in mm², and what is added to its height, however wide it is, in mm. */
export interface Amount {
  readonly area: number
  readonly lines: number
}

/** In mm: what lines lose at their ends, about, because words stay whole, and where they hang from a dash. */
const lost = 7

/** What stands in a column, and how wide it may be, in mm. */
export interface ColumnAmounts {
  readonly head: Amount
  readonly rows: readonly Amount[]
  /** Runs down beside all rows. */
  readonly note: Amount | null
  readonly least: number
  readonly most: number
}

/** In mm: what a column gives to another at once. */
const steps = [8, 4, 2, 1]

/** Columns look alike where little is won: what is saved of the height, at least, for each mm. */
const leastSaving = 0.001

/**
 * Column by column, width is given where it saves most height, until it saves hardly any. That has no formula: for rows
 * of one cell it were the square root of what is to be read, with which it begins.
 *
 * @param widths in mm, to begin with
 * @param columns by index; null: keeps its width
 * @returns widths of the same sum
 */
export function withLowestRows(
  widths: readonly number[],
  columns: readonly (ColumnAmounts | null)[],
): readonly number[] {
  let best = widths
  let height = heightOf(columns, best)
  for (const step of steps) {
    for (;;) {
      const next = bestMove(best, columns, step)
      if (!next || next.height > height * (1 - leastSaving * step)) break
      best = next.widths
      height = next.height
    }
  }
  return alike(best, columns)
}

/** How far apart in mm two columns may be that become equal, and what that may add to the height. */
const [nearlyAlike, leastLoss] = [12, 0.001]

/** The same with two columns equally wide wherever hardly anything is lost by it. */
function alike(widths: readonly number[], columns: readonly (ColumnAmounts | null)[]): readonly number[] {
  const most = heightOf(columns, widths) * (1 + leastLoss)
  let best = widths
  for (const [one, first] of columns.entries()) {
    for (const [other, second] of columns.entries()) {
      const mean = ((best[one] ?? 0) + (best[other] ?? 0)) / 2
      const isNear = Math.abs((best[one] ?? 0) - mean) * 2 <= nearlyAlike
      if (other <= one || !first || !second || !isNear) continue
      if (mean < Math.max(first.least, second.least) || mean > Math.min(first.most, second.most)) continue
      const equal = best.map((width, at) => (at === one || at === other ? mean : width))
      if (heightOf(columns, equal) <= most) best = equal
    }
  }
  return best
}

interface Move {
  readonly widths: readonly number[]
  readonly height: number
}

/** The lowest of all that come of giving `step` mm of one column to another. */
function bestMove(
  widths: readonly number[],
  columns: readonly (ColumnAmounts | null)[],
  step: number,
): Move | undefined {
  const [usual, wider, narrower] = [0, step, -step].map((more) =>
    columns.map((column, at) => column && heightsIn(column, (widths[at] ?? 0) + more)),
  ) as [Heights[], Heights[], Heights[]]
  let best: { readonly to: number; readonly from: number; readonly height: number } | undefined
  for (const [to, taking] of columns.entries()) {
    if (!taking || (widths[to] ?? 0) + step > taking.most) continue
    for (const [from, giving] of columns.entries()) {
      if (from === to || !giving || (widths[from] ?? 0) - step < giving.least) continue
      const height = together(
        usual.map((own, at) => (at === to ? wider : at === from ? narrower : usual)[at] ?? own),
      )
      if (height < (best?.height ?? Infinity)) best = { to, from, height }
    }
  }
  if (!best) return undefined
  const { to, from, height } = best
  return { height, widths: widths.map((width, at) => width + (at === to ? step : at === from ? -step : 0)) }
}

function heightOf(columns: readonly (ColumnAmounts | null)[], widths: readonly number[]): number {
  return together(columns.map((column, at) => column && heightsIn(column, widths[at] ?? 0)))
}

/** Of what stands in a column: heights in mm, to the power of eight. null: a column whose height does not matter. */
type Heights = { readonly head: number; readonly rows: readonly number[]; readonly note: number } | null

function heightsIn({ head, rows, note }: ColumnAmounts, width: number): Heights {
  const heightIn = ({ area, lines }: Amount) => eighth(area / Math.max(1, width - lost) + lines)
  return { head: heightIn(head), rows: rows.map(heightIn), note: note ? heightIn(note) : 0 }
}

/** How high the head and all rows are together, in mm. */
function together(columns: readonly Heights[]): number {
  let [head, note, height] = [0, 0, 0]
  const sums: number[] = []
  for (const column of columns) {
    if (!column) continue
    head += column.head
    note += column.note
    for (const [row, own] of column.rows.entries()) sums[row] = (sums[row] ?? 0) + own
  }
  for (const sum of sums) height += eighthRoot(sum)
  return eighthRoot(head) + eighthRoot(eighth(height) + note)
}

// The eighth root of a sum of eighth powers is about the largest of them, but smooth: of two cells that are equally high,
// widening one saves something too.

function eighth(value: number): number {
  const square = value * value
  return square * square * square * square
}

function eighthRoot(value: number): number {
  return Math.sqrt(Math.sqrt(Math.sqrt(value)))
}
