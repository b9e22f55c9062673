import { joined, lineText, type Line } from '../../markdown/line.ts'
import type { Sheet } from '../../plan/paper.ts'
import type { RenderContext } from '../context.ts'
import { marginLengths, mm, sheetLengths, stampOf, styleOf, unsettled, type Markup } from '../document.ts'
import { documentTitle } from '../edition-words.ts'
import type { Engine } from '../engine.ts'
import { footSizes, longerThan, withFootParts } from '../feet.ts'
import { blocksOf, placedPieces, type ProseBlock } from '../prose-view.ts'
import { ruledLines } from '../ruled.ts'
import { sheetStyles } from '../sheet-styles.ts'
import { runsOf, unmeasured, type PlacedStatement, type StatementRun } from '../statement-runs.ts'
import { statementWords } from '../statement-view.ts'
import type { StepBand } from './next-step-bands.ts'
import type { StepPart } from './next-step-cells.ts'
import { itemsOf, type NextStepContent } from './next-step-content.ts'
import type { NextStepLayout, NextStepSheet } from './next-step-layout.ts'
import { firstShare, nameSizeFor, nextStepMargins, notesWidth, titleParts } from './next-step-widths.ts'
import { hasPartOf, startsIn, type RowCut } from './row-cuts.ts'

/** Renders next-step sheets: one document for print, or several galleys one after the other for measuring. */
export function renderNextSteps(
  engine: Engine,
  context: RenderContext,
  sheet: Sheet,
  members: readonly { content: NextStepContent; layout: NextStepLayout }[],
): Markup {
  const [first] = members
  if (!first) throw new Error('There is nothing to render')
  const { layout, content } = first
  const margins = nextStepMargins(sheet)
  const room = sheet.width - margins.binding - margins.outer
  return {
    title: documentTitle(context, lineText(content.title)),
    language: context.ladder.locale,
    direction: context.words.direction,
    root: {
      'data-kind': 'next-step',
      ...(content.notes !== null && { 'data-notes': '' }),
      ...unsettled(layout),
      style: styleOf({
        ...sheetLengths(sheet),
        size: `${layout.size}pt`,
        ...marginLengths(margins),
        'notes-width': mm(notesWidth),
      }),
    },
    css: sheetStyles(engine, context, sheet, {
      names: ['base', 'addresses', 'next-step'],
      size: layout.size,
    }),
    body: withFootParts(
      members
        .map((member) =>
          engine.render('next-step', nextStepView(context, sheet, member.content, member.layout)),
        )
        .join('\n'),
      longerThan(context.fonts, room, footSizes.small),
    ),
  }
}

function nextStepView(
  context: RenderContext,
  sheet: Sheet,
  content: NextStepContent,
  layout: NextStepLayout,
): object {
  const { words } = context
  const stamp = stampOf(content)
  const first = Math.round(firstShare(context.fonts, sheet, content, layout.widths) * 100)
  const widths = first === 50 ? null : [first, 100 - first]
  const whole: NextStepSheet = content.bands.map((_, row) => ({ row, parts: null }))
  // A galley has a second sheet without bands, whose heads are measured for what goes on.
  const sheets = layout.sheets ?? (layout.galley ? [whole, []] : [whole])
  return {
    content,
    words: statementWords(context),
    addresses: words.say('addresses'),
    titleParts: titleParts(context.fonts, sheet, content),
    nameSize: nameSizeFor(context.fonts, sheet, content, layout.widths),
    heads: content.heads.map((head, side) => ({ ...head, ...(widths && { width: widths[side] }) })),
    ruled: content.notes === null ? null : ruledLines(notesWidth, sheet.height),
    sheets: sheets.map((_, index) => {
      const page = words.say('pageOf', { page: index + 1, pages: sheets.length })
      return {
        first: index === 0,
        last: layout.galley || index === sheets.length - 1,
        measure: layout.galley ? `${content.id}|${index}` : null,
        page,
        dimensions:
          layout.galley && index > 0
            ? headsAgain(context, content)
            : dimensionsOf(context, content, sheets, index, layout.galley),
        foot: {
          left: content.foot,
          draft: content.draftOf ?? content.draft,
          right: joined(
            [content.pair, ...(layout.sheets === null && !layout.galley ? [] : [page]), stamp],
            ' · ',
          ),
        },
      }
    }),
  }
}

/** A dimension as the body of a table has it: its head, then its bands. */
interface DimensionView {
  readonly measure: string | null
  readonly name: Line | null
  readonly group: StepBand['group']
  /** Whether a heavier rule parts it from what stands above. */
  readonly parted: boolean
  readonly summary: Line | null
  readonly continued: Line | null
  readonly bands: BandView[]
}

interface BandView {
  readonly measure: string | null
  readonly across: boolean
  readonly columns: readonly ColumnView[]
}

interface ColumnView {
  /** Whose column it is: said where columns stand one below the other. */
  readonly level: Line | null
  readonly label: Line | null
  readonly measure: string | null
  /** What ended on an earlier sheet says on which: no cell is left bare. */
  readonly elsewhere: Line | null
  readonly parts: readonly PartView[]
}

interface PartView {
  readonly measure: string | null
  readonly name: Line | null
  readonly summary: Line | null
  readonly continued: Line | null
  readonly introBlocks: readonly ProseBlock[]
  readonly ref: string
  readonly cellSummary: Line | null
  readonly empty: Line | null
  readonly emptyMeasure: string | null
  readonly runs: readonly StatementRun[]
  readonly every: readonly PlacedStatement[]
  readonly everyLabel: Line
}

function dimensionsOf(
  context: RenderContext,
  content: NextStepContent,
  sheets: readonly NextStepSheet[],
  index: number,
  galley: boolean,
): DimensionView[] {
  const dimensions: DimensionView[] = []
  for (const { row, parts } of sheets[index] ?? []) {
    const band = content.bands[row]
    if (!band) throw new Error(`${content.id} has no band ${row}`)
    const measure = galley ? `${content.id}|b${row}` : null
    const last = dimensions.at(-1)
    const see = (column: number) => {
      const before = sheets.slice(0, index).findLastIndex((cuts) => hasPartOf(cuts, row, column))
      return context.words.say('seeSheet', { n: Math.max(0, before) + 1 })
    }
    const view = bandView(context, content, band, parts, see, measure)
    if (band.goesOn && last) {
      last.bands.push(view)
      continue
    }
    const isNew = startsIn({ parts }) && !band.goesOn
    dimensions.push({
      measure,
      ...(isNew
        ? { name: band.name, group: band.group, summary: band.summary, continued: null }
        : headAgain(context, band.name)),
      parted: band.endsGroup === true || (band.group !== null && isNew),
      bands: [view],
    })
  }
  return dimensions
}

/** The heads of dimensions as they stand over what goes on, without that. */
function headsAgain(context: RenderContext, content: NextStepContent): DimensionView[] {
  return content.bands.flatMap(({ name, goesOn }, row): DimensionView[] =>
    goesOn
      ? []
      : [{ ...headAgain(context, name), measure: `${content.id}|c${row}`, parted: false, bands: [] }],
  )
}

/** A head over what goes on from an earlier sheet. */
function headAgain(context: RenderContext, name: Line | null) {
  return { name, group: null, summary: null, continued: context.words.say('continued') }
}

function bandView(
  context: RenderContext,
  content: NextStepContent,
  { columns }: StepBand,
  cut: RowCut['parts'],
  see: (column: number) => Line,
  measure: string | null,
): BandView {
  return {
    measure,
    across: columns.length === 1,
    columns: columns.map(({ label, parts }, at): ColumnView => {
      const measured = measure && `${measure}/c${at}`
      const items = parts.reduce((sum, part) => sum + itemsOf(part), 0)
      const [from, to] = cut?.[at] ?? [0, items]
      let before = 0
      const views = parts.flatMap((part, index): PartView[] => {
        const own = [Math.max(from - before, 0), Math.min(to - before, itemsOf(part))] as const
        const place = { column: measured, index, before }
        before += itemsOf(part)
        return own[1] > own[0] ? [partView(context, part, own, place)] : []
      })
      return {
        level: columns.length === 1 ? null : (content.heads[at]?.title ?? null),
        label: from === 0 ? label : null,
        measure: measured,
        elsewhere: views.length === 0 ? see(at) : null,
        parts: views,
      }
    }),
  }
}

/** Where a part stands in its column. */
interface PartPlace {
  /** What the keys of its column begin with; null outside galleys. */
  readonly column: string | null
  readonly index: number
  /** How many items stand before it. */
  readonly before: number
}

function partView(
  context: RenderContext,
  part: StepPart,
  [from, to]: readonly [number, number],
  { column, index, before }: PartPlace,
): PartView {
  const { name, summary, intro, every, cell } = part
  return {
    measure: column && `${column}/p${index}`,
    name,
    summary: from === 0 ? summary : null,
    continued: from > 0 ? context.words.say('continued') : null,
    introBlocks: blocksOf(
      placedPieces(intro ?? [], from, to, (piece) => column && `${column}/${before + piece}`),
    ),
    ref: cell.ref,
    cellSummary: from === 0 ? cell.summary : null,
    empty: cell.empty,
    emptyMeasure: column && `${column}/${before}`,
    runs: runsOf(cell, from, to, column, before),
    every: to === itemsOf(part) ? unmeasured(every) : [],
    everyLabel: context.words.say('everyLevel'),
  }
}
