import type { Line } from '../../markdown/line.ts'
import type { Prose } from '../../markdown/prose.ts'
import type { RenderContext } from '../context.ts'
import { runsOf, unmeasured, type StatementRun } from '../statement-runs.ts'
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
export function rowView(context: RenderContext, content: MatrixContent, place: RowPlace): object {
  const { sheets, index, cut, isTop, measure } = place
  const sheet = sheets[index] as MatrixSheet
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
    // A cell that runs down over all rows of the sheet stands in its first row.
    if (content.columns[column]?.kind !== 'cells')
      return isTop ? [{ down: downView(context, content, place, column), cell: null }] : []
    const cell = partView(context, content, place, column)
    return cell ? [{ down: null, cell: { ...cell, rows: at < from || at >= end ? 2 : null } }] : []
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

/** What runs down beside all rows of a sheet: a note, or what is said of levels that are not described. */
function downView(
  context: RenderContext,
  content: MatrixContent,
  place: RowPlace,
  column: number,
): MatrixCellView['down'] {
  const { kind, note, noteRef } = content.columns[column] as MatrixColumn
  const sheet = place.sheets[place.index] as MatrixSheet
  return {
    kind,
    rows: sheet.rows.reduce((sum, cut) => sum + linesOf(content, sheet, cut), 0),
    note,
    ref: noteRef,
    elsewhere: sheet.notes
      ? null
      : seeSheet(context, place, (one) => one.notes && one.columns.includes(column)),
    // What is said of a stub stands below its heads, and is said once.
    bare: kind === 'stub',
    measure: kind === 'note' ? place.measure && `${place.measure}/c${column}` : null,
  }
}

/** The part of a cell that stands on a sheet; null where the level has none in this row. */
function partView(
  context: RenderContext,
  { columns, rows }: MatrixContent,
  place: RowPlace,
  column: number,
): Omit<NonNullable<MatrixCellView['cell']>, 'rows'> | null {
  const { cut, measure } = place
  const cell = rows[cut.row]?.cells[column]
  if (!cell) return null
  const [first, last] = cut.parts?.[column] ?? [0, cell.statements.length]
  const own = measure && `${measure}/r${cut.row}/c${column}`
  const isElsewhere = first >= last && cell.empty === null
  return {
    level: columns[column]?.heads[0]?.title ?? '',
    summary: first === 0 ? cell.summary : null,
    ref: cell.ref,
    // What ended on an earlier sheet says on which: no cell is left bare.
    empty: isElsewhere ? seeSheet(context, place, (one) => hasPartOf(one.rows, cut.row, column)) : cell.empty,
    lead: first === 0 ? (cell.lead ?? null) : null,
    runs: runsOf(cell, first, last, own),
    measure: own,
  }
}

/** “See sheet 1”: the last of those before that has what is looked for. */
function seeSheet(
  { words }: RenderContext,
  { sheets, index }: RowPlace,
  has: (sheet: MatrixSheet) => boolean,
): Line {
  return words.say('seeSheet', { n: Math.max(0, sheets.slice(0, index).findLastIndex(has)) + 1 })
}

/** How many rows of the table a row takes: what is asked at every level has its own where it stands across levels. */
function linesOf(content: MatrixContent, { columns }: MatrixSheet, cut: RowCut): number {
  const [from, end] = everyAcross(content, columns)
  return end > from && startsIn(cut) && (content.rows[cut.row]?.every.length ?? 0) > 0 ? 2 : 1
}
