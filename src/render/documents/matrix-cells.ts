import type { Line } from '../../markdown/line.ts'
import type { Prose } from '../../markdown/prose.ts'
import type { RenderContext } from '../context.ts'
import { runsOf, unmeasured, type StatementRun } from '../statement-view.ts'
import { everyAcross } from './matrix-columns.ts'
import type { MatrixColumn, MatrixContent, MatrixRow } from './matrix-content.ts'
import type { MatrixSheet } from './matrix-layout.ts'
import { hasPartOf, startsIn, type RowCut } from './row-cuts.ts'

interface MatrixCellView {
  readonly down: {
    readonly kind: string
    readonly rows: number
    readonly note: Prose | null
    readonly ref: string | null
    /** Where it stands, if not here. */
    readonly elsewhere: Line | null
    readonly bare: boolean
    readonly measure: string | null
  } | null
  readonly cell: {
    readonly level: Line
    /** How many rows of the table it takes, if not one. */
    readonly rows: number | null
    readonly summary: Line | null
    readonly ref: string
    readonly empty: Line | null
    readonly lead: Line | null
    readonly runs: readonly StatementRun[]
    readonly measure: string | null
  } | null
}

/** A row on a sheet. */
interface RowPlace {
  readonly sheets: readonly MatrixSheet[]
  /** Of its sheet. */
  readonly index: number
  readonly cut: RowCut
  readonly isTop: boolean
  readonly measure: string | null
}

/** A row of a matrix, or the part of it that stands on a sheet, with its cells. */
export function rowView(
  context: RenderContext,
  content: MatrixContent,
  { sheets, index, cut, isTop, measure }: RowPlace,
): object {
  const sheet = sheets[index] as MatrixSheet
  const see = (earlier: (one: MatrixSheet) => boolean) =>
    context.words.say('seeSheet', { n: Math.max(0, sheets.slice(0, index).findLastIndex(earlier)) + 1 })
  const row = content.rows[cut.row] as MatrixRow
  const starts = startsIn(cut)
  const every = starts ? unmeasured(row.every) : []
  const isTwo = linesOf(content, sheet, cut) === 2
  const [from, end] = isTwo ? everyAcross(content, sheet.columns) : [0, sheet.columns.length]
  const key = measure === null ? null : `${measure}/r${cut.row}`
  // The name of a group stands over its rows on each sheet.
  const goesOn = isTop && row.within !== undefined ? { name: row.within, summary: null } : null
  const group = starts || isTop ? (row.group ?? goesOn) : null
  const cells = sheet.columns.map((column, at): MatrixCellView[] => {
    const { kind, heads, note, noteRef } = content.columns[column] as MatrixColumn
    if (kind !== 'cells') {
      // A cell that runs down over all rows of the sheet stands in its first row.
      if (!isTop) return []
      // What is said of a stub stands below its heads, and is said once.
      const down = {
        kind,
        rows: sheet.rows.reduce((sum, other) => sum + linesOf(content, sheet, other), 0),
        note,
        ref: noteRef,
        elsewhere: sheet.notes ? null : see((one) => one.notes && one.columns.includes(column)),
        bare: kind === 'stub',
        measure: kind === 'note' ? measure && `${measure}/c${column}` : null,
      }
      return [{ down, cell: null }]
    }
    const cell = row.cells[column]
    if (!cell) return []
    const [first, last] = cut.parts?.[column] ?? [0, cell.statements.length]
    const own = key && `${key}/c${column}`
    return [
      {
        down: null,
        cell: {
          level: heads[0]?.title ?? '',
          rows: at < from || at >= end ? 2 : null,
          summary: first === 0 ? cell.summary : null,
          ref: cell.ref,
          // What ended on an earlier sheet says on which: no cell is left bare.
          empty: cell.empty ?? (first >= last ? see(({ rows }) => hasPartOf(rows, cut.row, column)) : null),
          lead: first === 0 ? (cell.lead ?? null) : null,
          runs: runsOf(cell, first, last, own),
          measure: own,
        },
      },
    ]
  })
  return {
    measure: key,
    name: row.name,
    ref: `@${content.track.id}/${row.key}/name`,
    group,
    parted: row.endsGroup === true || group !== null,
    summary: starts ? row.summary : null,
    continued: starts ? null : context.words.say('continued'),
    everyLabel: context.words.say('everyLevel'),
    // What is asked at every level stands across their columns; where there are none, with the name of its dimension.
    asked: isTwo ? [] : every,
    every: isTwo
      ? {
          statements: every,
          columns: end - from,
          before: cells.slice(0, from).flat(),
          after: cells.slice(end).flat(),
        }
      : null,
    cells: cells.slice(from, end).flat(),
  }
}

/** How many rows of the table a row takes: what is asked at every level has its own where it stands across levels. */
function linesOf(content: MatrixContent, { columns }: MatrixSheet, cut: RowCut): number {
  const [from, end] = everyAcross(content, columns)
  return end > from && startsIn(cut) && (content.rows[cut.row]?.every.length ?? 0) > 0 ? 2 : 1
}
