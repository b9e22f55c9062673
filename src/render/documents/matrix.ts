import { joined, lineText, type Line } from '../../markdown/line.ts'
import type { Prose } from '../../markdown/prose.ts'
import type { Sheet } from '../../plan/paper.ts'
import type { RenderContext } from '../context.ts'
import { mm, sheetStyles, stampOf, styleOf, type Draft } from '../document.ts'
import type { Engine } from '../engine.ts'
import { runsOf, unmeasured, type StatementRun } from '../statement-view.ts'
import {
  columnGroups,
  isNarrow,
  matrixSide,
  matrixTitles,
  matrixWidths,
  nameSizeFor,
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
  /** Whether summaries of dimensions and of their groups are shown. */
  readonly summaries: boolean
  /** Whether statements are shown that the level below makes too. */
  readonly repeated: boolean
  /** null: one sheet per group of columns with all rows, for measuring or where nothing can be measured. */
  readonly sheets: readonly MatrixSheet[] | null
  readonly galley: boolean
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
  // A galley has a further, empty sheet of each group, whose smaller head is measured for the sheets that go on.
  const sheets =
    layout.sheets ??
    (layout.galley ? [...whole, ...whole.map((part) => ({ ...part, rows: [], notes: false }))] : whole)
  const subtitles = layout.galley ? [] : subtitlesOf(context, sheet, content, sheets)
  return {
    content,
    words: {
      example: words.say('example'),
      optional: words.say('optional'),
      new: words.say('new'),
    },
    sheets: sheets.map((part, index) => {
      const measure = layout.galley ? `${content.id}|g${index}` : null
      const widths = matrixWidths(content, part.columns, sheet)
      const shares = matrixShares(content, part.columns, context.fonts)
      const cells = part.columns.filter((column) => content.columns[column]?.kind === 'cells').length
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
        half: Math.ceil(cells / 2),
        nameSize: nameSizeFor(context.fonts, content, part.columns, widths, matrixTitles(sheet).name),
        columns: part.columns.map((column, at) => {
          const { kind, heads, note } = content.columns[column] as MatrixColumn
          const isStub = kind === 'stub'
          return {
            kind,
            // What is said of a level is said once, on the first sheet of its column; of a stub in its column.
            heads: heads.map((head) => ({
              ...head,
              isStub,
              bare: isStub || !part.notes,
              again: !part.notes,
            })),
            // Where a screen stacks columns, what runs down beside all rows stands below its heads.
            told:
              kind === 'cells' || !part.notes || layout.galley ? null : { note, ...stubTexts(kind, heads) },
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

const noTexts = { summaries: [], standing: [] } as const

/** What is said in the column of a stub. */
function stubTexts(
  kind: MatrixColumn['kind'],
  heads: readonly ColumnHead[],
): { readonly summaries: readonly StubSummary[]; readonly standing: readonly Line[] } {
  return kind === 'stub' ? { summaries: summariesOf(heads), standing: stubWords(heads) } : noTexts
}

function summariesOf(heads: readonly ColumnHead[]): StubSummary[] {
  return heads.flatMap(({ id, title, summary }) =>
    summary === null ? [] : [{ id, name: heads.length > 1 ? title : null, summary }],
  )
}

/** What is said of the levels of a stub; what holds for all of them is said once, at the end. */
function stubWords(heads: readonly ColumnHead[]): Line[] {
  const [first] = heads
  const says = (standing: readonly Line[], sentence: Line) =>
    standing.map(lineText).includes(lineText(sentence))
  const common = (first?.standing ?? []).filter((sentence) =>
    heads.every(({ standing }) => says(standing, sentence)),
  )
  const own = heads.flatMap(({ title, standing }) => {
    const sentences = standing.filter((sentence) => !says(common, sentence))
    return sentences.length === 0
      ? []
      : [heads.length > 1 ? joined([title, ': ', joined(sentences, ' ')]) : joined(sentences, ' ')]
  })
  return [...own, ...common]
}

interface StubSummary {
  readonly id: string
  readonly name: Line | null
  readonly summary: Line
}

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
