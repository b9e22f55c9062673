import { joined, lineText, type Line } from '../../markdown/line.ts'
import type { Sheet } from '../../plan/paper.ts'
import { withoutSoftHyphens } from '../../text/soft-hyphens.ts'
import type { RenderContext } from '../context.ts'
import { marginLengths, mm, sheetLengths, stampOf, styleOf, unsettled, type Markup } from '../document.ts'
import type { Engine } from '../engine.ts'
import { footSizes, longerThan, rulerRoom, withFootParts } from '../feet.ts'
import { sheetStyles } from '../sheet-styles.ts'
import { statementWords } from '../statement-view.ts'
import { rowView } from './matrix-cells.ts'
import {
  columnGroups,
  columnsAs,
  furtherColumns,
  isNarrowSheet,
  matrixMargins,
  matrixRoom,
  matrixTitles,
} from './matrix-columns.ts'
import type { MatrixColumn, MatrixContent } from './matrix-content.ts'
import type { MatrixLayout, MatrixSheet } from './matrix-layout.ts'
import { commonWords, ownWords } from './matrix-stub.ts'
import { subtitlesOf } from './matrix-subtitles.ts'
import { matrixWidths, nameSizeFor } from './matrix-widths.ts'
import { matrixAbreast, matrixRunning, matrixShares } from './on-screen.ts'

/** Renders matrices: one document for print, or several galleys one after the other for measuring. */
export function renderMatrices(
  engine: Engine,
  context: RenderContext,
  sheet: Sheet,
  members: readonly { content: MatrixContent; layout: MatrixLayout }[],
): Markup {
  const [first] = members
  if (!first) throw new Error('There is nothing to render')
  const { layout, content } = first
  return {
    title: withoutSoftHyphens([content.track.name, content.ladder].map(lineText).join(' · ')),
    language: context.ladder.locale,
    direction: context.words.direction,
    root: {
      'data-kind': 'matrix',
      ...(isNarrowSheet(sheet) && { 'data-narrow': '' }),
      ...unsettled(layout),
      style: styleOf({
        ...sheetLengths(sheet),
        size: `${layout.size}pt`,
        'title-size': `${matrixTitles(sheet).title}pt`,
        ...marginLengths(matrixMargins(sheet)),
      }),
    },
    css: sheetStyles(engine, context, sheet, {
      names: ['base', 'matrix'],
      size: layout.size,
      abreast: Math.max(
        ...members.map(({ content: own, layout: lying }) =>
          matrixAbreast(own, columnGroups(columnsAs(own, sheet, lying), sheet), context.fonts),
        ),
      ),
    }),
    body: withFootParts(
      members
        .map((member) => engine.render('matrix', matrixView(context, sheet, member.content, member.layout)))
        .join('\n'),
      longerThan(context.fonts, footRoom(sheet), footSizes.table),
    ),
  }
}

/** In mm: a line of 100 mm stands in the foot of sheets that lie on a table, not of those that are bound. */
const leastForRuler = 380

/** In mm: what the ends of a foot have, beside that line. */
function footRoom(sheet: Sheet): number {
  return matrixRoom(sheet) - (sheet.width >= leastForRuler ? rulerRoom : 0)
}

/** All sheets of a matrix, with what they have in common. */
interface SheetsOf {
  readonly sheet: Sheet
  readonly content: MatrixContent
  readonly layout: MatrixLayout
  readonly sheets: readonly MatrixSheet[]
  /** Which columns stand on the same sheets. */
  readonly groups: readonly (readonly number[])[]
  readonly stamp: string
}

function matrixView(context: RenderContext, sheet: Sheet, said: MatrixContent, layout: MatrixLayout): object {
  const content = columnsAs(said, sheet, layout)
  const groups = columnGroups(content, sheet)
  const sheets = layout.sheets ?? wholeSheets(content, groups, layout)
  const subtitles = layout.galley ? [] : subtitlesOf(context, sheet, content, sheets)
  const all: SheetsOf = { sheet, content, layout, sheets, groups, stamp: stampOf(said) }
  return {
    content,
    words: statementWords(context),
    sheets: sheets.map((_, index) => sheetView(context, all, index, subtitles[index] ?? null)),
  }
}

/**
 * All rows of each group of columns on one sheet. A galley has a further, empty sheet of each group, whose smaller head is
 * measured for the sheets that go on; or it has all rows as they stand on those.
 */
function wholeSheets(
  content: MatrixContent,
  groups: SheetsOf['groups'],
  { galley, further }: MatrixLayout,
): MatrixSheet[] {
  const whole = groups.map((columns): MatrixSheet => ({
    columns,
    rows: content.rows.map((_, row) => ({ row, parts: null })),
    bare: false,
    notes: true,
  }))
  if (!galley) return whole
  const goingOn = whole.map((part) => ({
    ...part,
    columns: furtherColumns(content, part.columns),
    bare: true,
    notes: false,
  }))
  return further ? goingOn : [...whole, ...goingOn.map((part) => ({ ...part, rows: [] }))]
}

function sheetView(
  context: RenderContext,
  { sheet, content, layout, sheets, groups, stamp }: SheetsOf,
  index: number,
  subtitle: Line | null,
): object {
  const { words, fonts } = context
  const part = sheets[index] as MatrixSheet
  // Behind the galleys of all groups stand those of their further sheets.
  const galley = index + (layout.further ? groups.length : 0)
  const measure = layout.galley ? `${content.id}|g${galley}` : null
  const widths = matrixWidths(content, part.columns, sheet)
  const shares = matrixShares(content, part.columns, fonts)
  const cells = part.columns.filter((column) => content.columns[column]?.kind === 'cells').length
  // Names are as large on all sheets of their columns.
  const group = groups.find((all) => part.columns.every((column) => all.includes(column))) ?? part.columns
  const page = words.say('sheetOf', { page: index + 1, pages: sheets.length })
  return {
    measure,
    first: index === 0,
    subtitle: layout.galley ? words.say('pageOf', { page: 9, pages: 9 }) : subtitle,
    hasHeads: content.rows.some(({ name }) => name !== null),
    headWidth: mm(widths.head),
    headShare: shares.head,
    tableWidth: mm(widths.total),
    // Where not all have room abreast, a screen shows them in two rows of the same length.
    cells,
    // Statements of few levels stand in columns of their own.
    texts: widths.texts > 1 ? widths.texts : null,
    half: Math.ceil(cells / 2),
    // On a screen that is narrower than the paper, rows are at least as high as what runs down beside them.
    running: part.rows.length > 0 ? matrixRunning(content, part.columns, fonts) : 0,
    nameSize: nameSizeFor(
      fonts,
      content,
      group,
      matrixWidths(content, group, sheet),
      matrixTitles(sheet).name,
    ),
    columns: part.columns.map((column, at) => ({
      ...columnView(content, part, column, measure),
      // Where a screen stacks columns, what runs down beside all rows stands below its heads.
      told: layout.galley ? null : toldOf(content, part, column),
      width: mm(widths.columns[at] ?? 0),
      share: shares.columns[at] ?? 1,
    })),
    rows: part.rows.map((cut, at) =>
      rowView(context, content, { sheets, index, cut, isTop: at === 0, measure }),
    ),
    foot: {
      ruler: sheet.width >= leastForRuler,
      left: content.foot,
      draft: content.draftOf ?? content.draft,
      right: joined([content.track.name, ...(layout.sheets || layout.galley ? [page] : []), stamp], ' · '),
    },
  }
}

/** A column of a sheet with its heads. */
function columnView(
  content: MatrixContent,
  { columns, bare }: MatrixSheet,
  column: number,
  measure: string | null,
): object {
  const { kind, heads } = content.columns[column] as MatrixColumn
  const isStub = kind === 'stub'
  const common = isStub ? commonWords(heads) : []
  return {
    kind,
    heads: heads.map((head) => ({
      ...head,
      standing: ownWords(head, common),
      bare,
      again: bare,
    })),
    // What holds for all levels of a stub is said once, below them; the texts of its heads run down beside the rows.
    common: bare ? [] : common,
    runs: isStub && columns.length > 1,
    measure: isStub && measure && `${measure}/c${column}`,
  }
}

function toldOf(
  { columns }: MatrixContent,
  { notes }: MatrixSheet,
  column: number,
): Pick<MatrixColumn, 'note'> | null {
  const { kind, note } = columns[column] as MatrixColumn
  return kind === 'note' && notes ? { note } : null
}
