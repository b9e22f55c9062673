import type { Line } from '../../markdown/line.ts'
import type { Prose } from '../../markdown/prose.ts'
import type { RenderContext } from '../context.ts'
import { runsOf, unmeasured, type StatementRun } from '../statement-view.ts'
import type { MatrixColumn, MatrixContent, MatrixRow } from './matrix-content.ts'
import type { MatrixSheet, RowCut } from './matrix-layout.ts'
import { noTexts, stubTexts, type StubSummary } from './matrix-stub.ts'

interface MatrixCellView {
  readonly down: {
    readonly kind: string
    readonly rows: number
    readonly note: Prose | null
    readonly ref: string | null
    /** Where it stands, if not here. */
    readonly elsewhere: Line | null
    readonly summaries: readonly StubSummary[]
    readonly standing: readonly Line[]
    readonly bare: boolean
    readonly measure: string | null
  } | null
  readonly cell: {
    readonly level: Line
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
  const starts = !cut.parts || Object.values(cut.parts).every(([from]) => from === 0)
  const key = measure === null ? null : `${measure}/r${cut.row}`
  return {
    measure: key,
    name: row.name,
    ref: `@${content.track.id}/${row.key}/name`,
    group: starts || isTop ? row.group : null,
    parted: row.endsGroup === true || (row.group !== null && (starts || isTop)),
    summary: starts ? row.summary : null,
    continued: starts ? null : context.words.say('continued'),
    every: starts ? unmeasured(row.every) : [],
    everyLabel: context.words.say('everyLevel'),
    // A cell that runs down over all rows of the sheet stands in its first row.
    cells: sheet.columns.flatMap((column): MatrixCellView[] => {
      const { kind, heads, note, noteRef } = content.columns[column] as MatrixColumn
      if (kind !== 'cells') {
        if (!isTop) return []
        // What is said of a stub is said once; its heads stand on every sheet, as low as can be.
        const down = {
          kind,
          rows: sheet.rows.length,
          note,
          ref: noteRef,
          elsewhere: sheet.notes ? null : see((one) => one.notes && one.columns.includes(column)),
          ...(sheet.notes ? stubTexts(kind, heads) : noTexts),
          bare: kind === 'stub' && !sheet.notes,
          measure: measure && `${measure}/c${column}`,
        }
        return [{ down, cell: null }]
      }
      const cell = row.cells[column]
      if (!cell) return []
      const [from, to] = cut.parts?.[column] ?? [0, cell.statements.length]
      const own = key && `${key}/c${column}`
      const saysIt = (one: MatrixSheet) =>
        one.rows.some(({ row: at, parts }) => {
          const [first, end] = parts?.[column] ?? [0, 0]
          return at === cut.row && end > first
        })
      return [
        {
          down: null,
          cell: {
            level: heads[0]?.title ?? '',
            summary: from === 0 ? cell.summary : null,
            ref: cell.ref,
            // What ended on an earlier sheet says on which: no cell is left bare.
            empty: cell.empty ?? (from >= to ? see(saysIt) : null),
            lead: from === 0 ? (cell.lead ?? null) : null,
            runs: runsOf(cell, from, to, own),
            measure: own,
          },
        },
      ]
    }),
  }
}
