import { joined, lineText, type Line } from '../../markdown/line.ts'
import type { Sheet } from '../../plan/paper.ts'
import type { RenderContext } from '../context.ts'
import { marginLengths, sheetLengths, stampOf, styleOf, unsettled, type Markup } from '../document.ts'
import { documentTitle } from '../edition-words.ts'
import type { Engine } from '../engine.ts'
import { footSizes, longerThan, withFootParts } from '../feet.ts'
import { isInGroup } from '../groups.ts'
import { blocksOf, placedPieces, type ProseBlock } from '../prose-view.ts'
import { ruledLines } from '../ruled.ts'
import { sheetStyles } from '../sheet-styles.ts'
import { placedStatements, runsOf, type PlacedStatement, type StatementRun } from '../statement-runs.ts'
import { statementWords, type CellView } from '../statement-view.ts'
import { itemsOf, type OnePagerContent, type OnePagerSection } from './one-pager-content.ts'
import { notesWidth, onePagerMargins, type OnePagerLayout, type OnePagerSheet } from './one-pager-layout.ts'
import { titleOn } from './one-pager-title.ts'
import type { SectionCut } from './section-cuts.ts'

/** Of the lines in the column for notes, in mm; they are cut off at the foot of the sheet. */
const ruledHeight = 400

interface SectionView extends Omit<OnePagerSection, 'cell' | 'every' | 'endsGroup'> {
  readonly measure: string | null
  /** Whether a heavier rule parts it from what stands above. */
  readonly parted: boolean
  /** Whether its heading stands below that of a group. */
  readonly inGroup: boolean
  readonly introBlocks: readonly ProseBlock[]
  readonly continued: Line | null
  readonly every: readonly PlacedStatement[]
  readonly everyLabel: Line
  readonly cell: CellView
  readonly runs: readonly StatementRun[]
}

/** A one-pager and how it is set. */
export interface OnePagerMember {
  readonly content: OnePagerContent
  readonly layout: OnePagerLayout
  /** Whether an empty page follows, so that the next begins on a front. */
  readonly blankAfter?: boolean
}

/**
 * Renders one-pagers: one document for print, several galleys one after the other for measuring, or the members of a
 * stack, of which each has a layout of its own.
 */
export function renderOnePagers(
  engine: Engine,
  context: RenderContext,
  sheet: Sheet,
  members: readonly OnePagerMember[],
): Markup {
  const [first] = members
  if (!first) throw new Error('There is nothing to render')
  const { layout } = first
  const { words } = context
  const isStack = members.length > 1 && !layout.galley
  const { binding, outer } = onePagerMargins
  const isLongFoot = longerThan(context.fonts, sheet.width - binding - outer, footSizes.small)
  return {
    title: documentTitle(context, lineText(first.content.title)),
    language: context.ladder.locale,
    direction: words.direction,
    root: {
      'data-kind': 'one-pager',
      ...(!isStack && attributesOf(layout)),
      ...(first.content.largePrint && { 'data-large-print': '' }),
      ...(layout.notes && { 'data-notes': '' }),
      ...unsettled(layout),
      style: styleOf({
        ...sheetLengths(sheet),
        size: `${layout.size}pt`,
        ...marginLengths(onePagerMargins),
      }),
    },
    css: sheetStyles(engine, context, sheet, {
      names: ['base', 'map', 'addresses', 'one-pager'],
      size: layout.size,
    }),
    body: `<main>\n${members
      .map(({ content, layout: own, blankAfter = false }) => {
        const view = onePagerView(context, sheet, content, own)
        const html = engine.render('one-pager', { ...view, own: isStack ? own : null, blankAfter })
        // In large print a foot takes several lines on any paper.
        return content.largePrint ? withFootParts(html) : withFootParts(html, isLongFoot)
      })
      .join('\n')}\n</main>`,
  }
}

function attributesOf({ heads, columns, examples }: OnePagerLayout): Record<string, string> {
  return {
    'data-heads': heads,
    'data-columns': String(columns),
    'data-examples': examples ? 'shown' : 'left-out',
  }
}

/** Whether nothing on the page has a head beside it. A note alone stands where all text stands. */
function isPlain({ sections }: OnePagerContent): boolean {
  return sections.every(({ name }) => name === null) && sections.some(({ intro }) => intro === null)
}

function onePagerView(
  context: RenderContext,
  sheet: Sheet,
  content: OnePagerContent,
  layout: OnePagerLayout,
): object {
  const { words, fonts } = context
  // What a page says is the same on all papers; how its title is set is not.
  const room = sheet.width - onePagerMargins.binding - onePagerMargins.outer
  const title = titleOn(fonts, lineText(content.title), content.largePrint ? null : content.map, room)
  const stamp = stampOf(content)
  const whole: OnePagerSheet = [
    content.sections.map((section, index) => ({ section: index, from: 0, to: itemsOf(section) })),
  ]
  // A galley has a second sheet without statements, whose heads are measured for what goes on.
  const heads = content.sections.flatMap((section, index) =>
    section.name !== null && itemsOf(section) > 1 ? [{ section: index, from: 1, to: 1 }] : [],
  )
  const sheets = layout.sheets ?? (layout.galley ? [whole, [heads]] : [whole])
  return {
    content,
    locatorLanguage: content.locatorLanguage ?? null,
    plain: isPlain(content),
    titleSize: title.size,
    across: title.across,
    below: title.below,
    // The word that tells a draft stands on the same line.
    oneLine: title.oneLine && content.draft === null,
    words: {
      ...statementWords(context),
      addresses: words.say('addresses'),
      notes: words.say('notes'),
    },
    ruled: layout.notes ? ruledLines(notesWidth, ruledHeight) : null,
    sheets: sheets.map((columns, index) => {
      const page = words.say('pageOf', { page: index + 1, pages: sheets.length })
      return {
        first: index === 0,
        last: layout.galley ? index === 0 : index === sheets.length - 1,
        measure: layout.galley ? `${content.level}|${index}` : null,
        continuedLine: index === 0 ? null : page,
        columns: columns.map((cuts) => ({
          sections: cuts.map((cut) => sectionView(context, content, layout, cut)),
        })),
        foot: {
          ruler: false,
          left: content.foot,
          draft: content.draftOf ?? content.draft,
          right: joined(
            [content.title, ...(layout.sheets === null && !layout.galley ? [] : [page]), stamp],
            ' · ',
          ),
        },
      }
    }),
  }
}

function sectionView(
  context: RenderContext,
  content: OnePagerContent,
  layout: OnePagerLayout,
  { section: index, from, to }: SectionCut,
): SectionView {
  const section = content.sections[index]
  if (!section) throw new Error(`${content.level} has no section ${index}`)
  const { cell, every, endsGroup = false, ...said } = section
  // The head of a section that goes on is measured on a galley's second sheet.
  const measure = layout.galley ? `${content.level}|${to > from || from === 0 ? 's' : 'c'}${index}` : null
  const own = cell.statements.length
  return {
    ...said,
    measure,
    introBlocks: blocksOf(
      placedPieces(section.intro ?? [], from, to, (piece) => measure && `${measure}/${piece}`),
    ),
    group: from === 0 ? section.group : null,
    parted: endsGroup || (section.group !== null && from === 0),
    inGroup: isInGroup(content.sections, index),
    continued: from > 0 ? context.words.say('continued') : null,
    summary: from === 0 ? section.summary : null,
    every: placedStatements(every, from - own, to - own, measure, own),
    everyLabel: context.words.say('everyLevel'),
    cell: { ...cell, ...(from > 0 && { summary: null, lead: '', empty: null }) },
    runs: runsOf(cell, from, Math.min(to, own), measure),
  }
}
