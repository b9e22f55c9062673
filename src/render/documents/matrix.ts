import { joined, lineText, type Line } from '../../markdown/line.ts'
import type { Prose } from '../../markdown/prose.ts'
import type { Sheet } from '../../plan/paper.ts'
import type { RenderContext } from '../context.ts'
import { mm, sheetStyles, stampOf, styleOf, type Draft } from '../document.ts'
import type { Engine } from '../engine.ts'
import { runsOf, unmeasured, type StatementRun } from '../statement-view.ts'
import {
  columnGroups,
  everyAcross,
  furtherColumns,
  isNarrow,
  matrixSide,
  matrixTitles,
  matrixWidths,
  nameSizeFor,
  textColumns,
} from './matrix-columns.ts'
import type { ColumnHead, MatrixColumn, MatrixContent, MatrixRow } from './matrix-content.ts'
import { subtitlesOf } from './matrix-subtitles.ts'
import { matrixAbreast, matrixShares } from './on-screen.ts'

export interface MatrixLayout {
  /** Of the statements, in pt. */
  readonly size: number
  /** Whether the sheet lies the other way than its kind prefers. */
  readonly turned: boolean
  /** Whether examples are shown. */
  readonly examples: boolean
  /** Whether statements are shown that the level below makes too. */
  readonly repeated: boolean
  /** null: one sheet per group of columns with all rows, for measuring or where nothing can be measured. */
  readonly sheets: readonly MatrixSheet[] | null
  readonly galley: boolean
  /** A galley of the rows as they stand on further sheets, where their columns are wider. */
  readonly further?: boolean
}

export interface MatrixSheet {
  /** Which columns, by index. */
  readonly columns: readonly number[]
  readonly rows: readonly RowCut[]
  /** Notes are printed on the first sheet of their columns. */
  readonly notes: boolean
}

/** A row, or the part of each of its cells that stands on this sheet (by column index; inclusive, exclusive). */
export interface RowCut {
  readonly row: number
  readonly parts: Readonly<Record<number, readonly [from: number, to: number]>> | null
}

export const matrixMargins = { top: 16, bottom: 14, side: matrixSide } as const

/** Renders matrices: one document for print, or several galleys one after the other for measuring. */
export function renderMatrices(
  engine: Engine,
  context: RenderContext,
  sheet: Sheet,
  members: readonly { content: MatrixContent; layout: MatrixLayout }[],
): Draft {
  const [first] = members
  if (!first) throw new Error('There is nothing to render')
  const { layout, content } = first
  return {
    title: [content.track.name, content.ladder].map(lineText).join(' · '),
    language: context.ladder.locale,
    direction: context.words.direction,
    root: {
      'data-kind': 'matrix',
      ...(isNarrow(sheet) && { 'data-narrow': '' }),
      ...(layout.galley && { 'data-galley': '' }),
      ...(!layout.galley && layout.sheets === null && { 'data-unfitted': '' }),
      style: styleOf({
        'sheet-width': mm(sheet.width),
        'sheet-height': mm(sheet.height),
        size: `${layout.size}pt`,
        'title-size': `${matrixTitles(sheet).title}pt`,
        'margin-top': mm(matrixMargins.top),
        'margin-bottom': mm(matrixMargins.bottom),
        'margin-side': mm(matrixMargins.side),
      }),
    },
    css: sheetStyles(engine, context, sheet, {
      names: ['base', 'matrix'],
      size: layout.size,
      abreast: Math.max(
        ...members.map((member) =>
          matrixAbreast(member.content, columnGroups(member.content, sheet), context.fonts),
        ),
      ),
    }),
    body: members
      .map((member) => engine.render('matrix', matrixView(context, sheet, member.content, member.layout)))
      .join('\n'),
  }
}

/** In mm: a line of 100 mm stands in the foot of sheets that lie on a table, not of those that are bound. */
const leastForRuler = 380

function matrixView(
  context: RenderContext,
  sheet: Sheet,
  content: MatrixContent,
  layout: MatrixLayout,
): object {
  const { words } = context
  const stamp = stampOf(content)
  const groups = columnGroups(content, sheet)
  const whole = groups.map((columns): MatrixSheet => ({
    columns,
    rows: content.rows.map((_, row) => ({ row, parts: null })),
    notes: true,
  }))
  const goingOn = whole.map((part) => ({
    ...part,
    columns: furtherColumns(content, part.columns),
    notes: false,
  }))
  // A galley has a further, empty sheet of each group, whose smaller head is measured for the sheets that go on.
  const galleys = layout.further ? goingOn : [...whole, ...goingOn.map((part) => ({ ...part, rows: [] }))]
  const sheets = layout.sheets ?? (layout.galley ? galleys : whole)
  const before = layout.further ? groups.length : 0
  const texts = textColumns(content, sheet)
  const subtitles = layout.galley ? [] : subtitlesOf(context, sheet, content, sheets)
  return {
    content,
    words: {
      example: words.say('example'),
      optional: words.say('optional'),
      new: words.say('new'),
    },
    sheets: sheets.map((part, index) => {
      const measure = layout.galley ? `${content.id}|g${before + index}` : null
      const widths = matrixWidths(content, part.columns, sheet)
      const shares = matrixShares(content, part.columns, context.fonts)
      const cells = part.columns.filter((column) => content.columns[column]?.kind === 'cells').length
      // Names are as large on all sheets of their columns.
      const group = groups.find((all) => part.columns.every((column) => all.includes(column))) ?? part.columns
      const page = words.say('sheetOf', { page: index + 1, pages: sheets.length })
      return {
        measure,
        first: index === 0,
        subtitle: layout.galley ? words.say('pageOf', { page: 9, pages: 9 }) : (subtitles[index] ?? null),
        hasHeads: content.rows.some(({ name }) => name !== null),
        headWidth: mm(widths.head),
        headShare: shares.head,
        tableWidth: mm(widths.total),
        // Where not all have room abreast, a screen shows them in two rows of the same length.
        cells,
        // Statements of few levels stand in columns of their own.
        texts: texts > 1 ? texts : null,
        half: Math.ceil(cells / 2),
        nameSize: nameSizeFor(
          context.fonts,
          content,
          group,
          matrixWidths(content, group, sheet),
          matrixTitles(sheet).name,
        ),
        columns: part.columns.map((column, at) => {
          const { kind, heads, note } = content.columns[column] as MatrixColumn
          const isStub = kind === 'stub'
          const common = isStub ? commonWords(heads) : []
          const own = ({ standing }: ColumnHead) => standing.filter((sentence) => !says(common, sentence))
          return {
            kind,
            // What is said of a level is said once, on the first sheet of its column.
            heads: heads.map((head) => ({
              ...head,
              standing: own(head),
              isStub,
              bare: !part.notes,
              again: !part.notes,
            })),
            // What holds for all levels of a stub is said once, below them; the texts of its heads run down beside the rows.
            common: part.notes ? common : [],
            runs: isStub && part.columns.length > 1,
            measure: isStub && measure && `${measure}/c${column}`,
            // Where a screen stacks columns, what runs down beside all rows stands below its heads.
            told: kind === 'note' && part.notes && !layout.galley ? { note } : null,
            width: mm(widths.columns[at] ?? 0),
            share: shares.columns[at] ?? 1,
          }
        }),
        rows: part.rows.map((cut, at) =>
          rowView(context, content, { sheets, index, cut, isTop: at === 0, measure }),
        ),
        foot: {
          ruler: sheet.width >= leastForRuler,
          left: content.foot,
          draft: content.draftOf ?? content.draft,
          right: joined(
            [content.track.name, ...(layout.sheets || layout.galley ? [page] : []), stamp],
            ' · ',
          ),
        },
      }
    }),
  }
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

function rowView(
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
    const saysIt = (one: MatrixSheet) =>
      one.rows.some(({ row: other, parts }) => {
        const [begin, stop] = parts?.[column] ?? [0, 0]
        return other === cut.row && stop > begin
      })
    return [
      {
        down: null,
        cell: {
          level: heads[0]?.title ?? '',
          rows: at < from || at >= end ? 2 : null,
          summary: first === 0 ? cell.summary : null,
          ref: cell.ref,
          // What ended on an earlier sheet says on which: no cell is left bare.
          empty: cell.empty ?? (first >= last ? see(saysIt) : null),
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

function startsIn({ parts }: RowCut): boolean {
  return !parts || Object.values(parts).every(([from]) => from === 0)
}

/** How many rows of the table a row takes: what is asked at every level has its own where it stands across levels. */
function linesOf(content: MatrixContent, { columns }: MatrixSheet, cut: RowCut): number {
  const [from, end] = everyAcross(content, columns)
  return end > from && startsIn(cut) && (content.rows[cut.row]?.every.length ?? 0) > 0 ? 2 : 1
}

/** What holds for all levels of a stub. */
function commonWords(heads: readonly ColumnHead[]): readonly Line[] {
  const [first, ...others] = heads
  if (others.length === 0) return []
  return (first?.standing ?? []).filter((sentence) =>
    others.every(({ standing }) => says(standing, sentence)),
  )
}

function says(standing: readonly Line[], sentence: Line): boolean {
  return standing.map(lineText).includes(lineText(sentence))
}

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
