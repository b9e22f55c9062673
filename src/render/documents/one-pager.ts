import type { FontSet } from '../../load/font-set.ts'
import type { Prose } from '../../markdown/prose.ts'
import { inlineText, inlinesOf } from '../../markdown/prose.ts'
import { inheritedStatements } from '../../model/inheritance.ts'
import { isNoteOnly, type Level, type Track } from '../../model/ladder.ts'
import type { Job } from '../../plan/jobs.ts'
import { levelOf, type RenderContext } from '../context.ts'
import {
  draftWords,
  footLeft,
  mm,
  refText,
  sheetStyles,
  stampOf,
  styleOf,
  type Draft,
  type RefText,
} from '../document.ts'
import type { Engine } from '../engine.ts'
import { linesOf } from '../fonts.ts'
import { standingWords } from '../level-words.ts'
import { mapView, type MapView } from '../map.ts'
import { markOf, type MarkView } from '../marks.ts'
import {
  cellView,
  runsOf,
  statementTexts,
  statementView,
  unmeasured,
  type CellView,
  type PlacedStatement,
  type StatementRun,
  type StatementView,
} from '../statement-view.ts'

/** What a one-pager says, whatever its size. Its hash is the stamp. */
export interface OnePagerContent {
  readonly id: string
  readonly level: string
  readonly title: string
  /** In pt. */
  readonly titleSize: number
  readonly largePrint: boolean
  readonly draft: string | null
  readonly track: { readonly name: string; readonly mark: MarkView }
  readonly summary: string | null
  readonly standing: readonly string[]
  readonly noteOnly: boolean
  readonly map: MapView
  /** What the map shows, for those who have it read out. */
  readonly locator: string
  readonly sections: readonly OnePagerSection[]
  /** Addresses of links, in the order of their first use. */
  readonly links: readonly { readonly text: string; readonly href: string }[]
  readonly notice: string | null
  /** Words for the foot, where the edition is not sealed yet. */
  readonly draftOf?: string
  readonly foot: string
}

/** A dimension with what is asked in it; or, without a name, the introduction, whose blocks are its statements. */
export interface OnePagerSection {
  readonly key: string
  readonly intro: Prose | null
  readonly group: { readonly name: string; readonly summary: string | null } | null
  readonly name: string | null
  readonly summary: string | null
  readonly every: readonly StatementView[]
  readonly cell: CellView
}

/** How a one-pager is set. */
export interface OnePagerLayout {
  /** Of the statements, in pt. */
  readonly size: number
  readonly heads: 'beside' | 'above'
  readonly columns: 1 | 2
  /** Whether examples are shown; leaving them out is what is done before a further sheet. */
  readonly examples: boolean
  /** Which parts of which sections stand on which sheet; null: everything in one column, for measuring. */
  readonly sheets: readonly OnePagerSheet[] | null
  /** A galley is measured, never printed: its parts are marked. */
  readonly galley: boolean
}

/** The columns of one sheet. */
export type OnePagerSheet = readonly (readonly SectionCut[])[]

/** The statements `from` (inclusive) to `to` (exclusive) of a section. */
export interface SectionCut {
  readonly section: number
  readonly from: number
  readonly to: number
}

export const onePagerMargins = { top: 18, bottom: 16, binding: 20, outer: 18 } as const

export function onePagerContent(context: RenderContext, job: Job): OnePagerContent {
  const { level, track } = levelOf(context, job.subjects.levels[0] ?? '')
  const draftOf = draftWords(context)
  const isDraft = level.status === 'draft'
  const trackIndex = context.ladder.tracks.indexOf(track)
  const sections = level.cells.map((cell, index): OnePagerSection => {
    const dimension = track.dimensions[index]
    const before = track.dimensions[index - 1]
    const group = dimension?.group
    return {
      key: cell.dimension,
      intro: null,
      group: group && group !== before?.group ? { name: group.name, summary: group.summary ?? null } : null,
      name: dimension?.name ?? cell.dimension,
      summary: dimension?.summary ?? null,
      every: (track.everyLevel.get(cell.dimension) ?? []).map((statement) =>
        statementView(context, statement),
      ),
      cell: rolledUp(context, track, level, cell.dimension, cellView(context, track, level, cell)),
    }
  })
  if (level.statements.length > 0) {
    const own = cellView(context, track, level, { dimension: 'statements', statements: level.statements })
    const cell = rolledUp(context, track, level, undefined, own)
    sections.push({ key: 'statements', intro: null, group: null, name: null, summary: null, every: [], cell })
  }
  if (level.intro) {
    const cell = {
      ref: `${level.id}/intro`,
      summary: null,
      statements: [],
      polarities: [],
      own: 0,
      empty: null,
    }
    sections.unshift({
      key: 'intro',
      intro: level.intro,
      group: null,
      name: null,
      summary: null,
      every: [],
      cell,
    })
  }
  return {
    id: job.id,
    level: level.id,
    title: level.title,
    titleSize: titleSize(context.fonts, level.title),
    largePrint: job.largePrint,
    draft: isDraft ? context.words.say('draft') : null,
    track: { name: track.name, mark: markOf(trackIndex) },
    summary: level.summary ?? null,
    standing: standingWords(context, level, { drafts: isDraft }),
    noteOnly: isNoteOnly(level),
    locator: locatorWords(context, track, level),
    map: mapView(context, { here: level.id, drafts: false, names: 'own', most: 11, longest: 60 }),
    sections,
    links: linksOf(
      sections.flatMap(({ intro, every, cell }) => [
        ...(intro ?? []),
        ...[...every, ...cell.statements].flatMap(({ prose }) => prose),
      ]),
    ),
    notice: context.press.notice ?? null,
    ...(draftOf !== null && { draftOf }),
    foot: footLeft(context),
  }
}

/** A cell with what the levels below ask behind it, each under its level's name. */
function rolledUp(
  context: RenderContext,
  track: Track,
  level: Level,
  dimension: string | undefined,
  cell: CellView,
): CellView {
  if (!context.rollUp) return cell
  const inherited = inheritedStatements(track, level, dimension).flatMap(({ level: below, statements }) =>
    statements.map((statement) => ({
      view: statementView(context, statement),
      label: context.words.say('alreadyExpected', { level: below.title }),
    })),
  )
  return {
    ...cell,
    statements: [...cell.statements, ...inherited.map(({ view }) => view)],
    polarities: [...cell.polarities, ...inherited.map(({ label }) => label)],
  }
}

/** “Map of the ladder. This is level 3 of the 4 that are described in this track. Equivalent to Manager.” */
function locatorWords(context: RenderContext, track: Track, level: Level): string {
  const described = track.levels.filter(
    (other) => other.described && (other.status !== 'draft' || other === level),
  )
  const place = { n: described.indexOf(level) + 1, all: described.length }
  return [
    `${context.words.say('locator', place)}.`,
    ...standingWords(context, level, { drafts: false }),
  ].join(' ')
}

/** What is said where there is no room for examples. */
export function withoutExamples(content: OnePagerContent): OnePagerContent {
  const bare = (statements: readonly StatementView[]) =>
    statements.map((statement) => ({ ...statement, examples: [] }))
  return {
    ...content,
    sections: content.sections.map((section) => ({
      ...section,
      every: bare(section.every),
      cell: { ...section.cell, statements: bare(section.cell.statements) },
    })),
  }
}

/** Names stay on two lines where they can: 30 pt, down to 22 for the longest. */
function titleSize(fonts: FontSet, title: string): number {
  const sizes = [30, 28, 26, 24, 22]
  const width = 90 / (25.4 / 72)
  return sizes.find((size) => linesOf(fonts, title, size, width, 'bold') <= 2) ?? 22
}

/** A printed link cannot be followed, so its address stands at the foot, unless the text is the address. */
function linksOf(prose: Prose): { text: string; href: string }[] {
  const links = new Map<string, string>()
  for (const inline of inlinesOf(prose)) {
    if (inline.kind !== 'link' || inline.href.startsWith('#')) continue
    const text = inlineText(inline.children)
    const bare = (address: string) => address.replace(/^(https?:\/\/|mailto:)/, '').replace(/\/$/, '')
    if (bare(text) !== bare(inline.href) && !links.has(inline.href)) links.set(inline.href, text)
  }
  return [...links].map(([href, text]) => ({ text, href: href.replace(/^mailto:/, '') }))
}

/** Everything of the ladder that the document must show. */
export function onePagerTexts(content: OnePagerContent): RefText[] {
  const { level, sections } = content
  return [
    ...refText(`${level}/title`, content.title),
    ...refText(`${level}/summary`, content.summary),
    ...sections.flatMap(({ intro, every, cell }) => [
      ...refText(`${level}/intro`, intro),
      ...refText(`${cell.ref}/summary`, cell.summary),
      ...statementTexts([...every, ...cell.statements]),
    ]),
  ]
}

interface SectionView extends Omit<OnePagerSection, 'cell' | 'every'> {
  readonly measure: string | null
  readonly introBlocks: readonly { readonly prose: Prose; readonly measure: string | null }[]
  readonly continued: string | null
  readonly every: readonly PlacedStatement[]
  readonly everyLabel: string
  readonly cell: CellView
  readonly runs: readonly StatementRun[]
}

/** Renders one-pagers: one document for print, or several galleys one after the other for measuring. */
export function renderOnePagers(
  engine: Engine,
  context: RenderContext,
  sheet: Job['sheet'],
  members: readonly { content: OnePagerContent; layout: OnePagerLayout }[],
): Draft {
  const [first] = members
  if (!first) throw new Error('There is nothing to render')
  const { layout } = first
  const { words } = context
  return {
    title: [first.content.title, context.ladder.title, context.ladder.edition]
      .filter((part) => part !== undefined)
      .join(' · '),
    language: context.ladder.locale,
    direction: words.direction,
    root: {
      'data-kind': 'one-pager',
      'data-heads': layout.heads,
      'data-columns': String(layout.columns),
      'data-examples': layout.examples ? 'shown' : 'left-out',
      ...(first.content.largePrint && { 'data-large-print': '' }),
      ...(layout.galley && { 'data-galley': '' }),
      ...(!layout.galley && layout.sheets === null && { 'data-unfitted': '' }),
      style: styleOf({
        'sheet-width': mm(sheet.width),
        'sheet-height': mm(sheet.height),
        size: `${layout.size}pt`,
        'margin-top': mm(onePagerMargins.top),
        'margin-bottom': mm(onePagerMargins.bottom),
        'margin-binding': mm(onePagerMargins.binding),
        'margin-outer': mm(onePagerMargins.outer),
      }),
    },
    css: sheetStyles(engine, sheet, ['base', 'map', 'one-pager']),
    body: members
      .map((member) => engine.render('one-pager', onePagerView(context, member.content, member.layout)))
      .join('\n'),
  }
}

function onePagerView(context: RenderContext, content: OnePagerContent, layout: OnePagerLayout): object {
  const { words } = context
  const stamp = stampOf(content)
  const whole: OnePagerSheet = [
    content.sections.map((section, index) => ({ section: index, from: 0, to: itemsOf(section) })),
  ]
  // A galley has a second, empty sheet, whose head is measured for the sheets that go on.
  const sheets = layout.sheets ?? (layout.galley ? [whole, [[]]] : [whole])
  return {
    content,
    words: {
      example: words.say('example'),
      optional: words.say('optional'),
      new: words.say('new'),
      addresses: words.say('addresses'),
    },
    sheets: sheets.map((columns, index) => {
      const page = words.say('pageOf', { page: index + 1, pages: sheets.length })
      return {
        first: index === 0,
        last: layout.galley || index === sheets.length - 1,
        measure: layout.galley ? `${content.id}|${index}` : null,
        continuedLine: index === 0 ? null : page,
        columns: columns.map((cuts) => ({
          sections: cuts.map((cut) => sectionView(context, content, layout, cut)),
        })),
        foot: {
          left: content.foot,
          draft: content.draftOf ?? content.draft,
          right: `${content.title} · ${layout.sheets === null && !layout.galley ? '' : `${page} · `}${stamp}`,
        },
      }
    }),
  }
}

/** How many items a section can be cut between: its statements, or the blocks of the introduction. */
export function itemsOf(section: OnePagerSection): number {
  return section.intro ? section.intro.length : section.cell.statements.length
}

function sectionView(
  context: RenderContext,
  content: OnePagerContent,
  layout: OnePagerLayout,
  { section: index, from, to }: SectionCut,
): SectionView {
  const section = content.sections[index]
  if (!section) throw new Error(`${content.id} has no section ${index}`)
  const { cell } = section
  const measure = layout.galley ? `${content.id}|s${index}` : null
  return {
    ...section,
    measure,
    introBlocks: (section.intro ?? []).slice(from, to).map((block, at) => ({
      prose: [block],
      measure: measure === null ? null : `${measure}/${from + at}`,
    })),
    group: from === 0 ? section.group : null,
    continued: from > 0 ? context.words.say('continued') : null,
    summary: from === 0 ? section.summary : null,
    every: to === itemsOf(section) ? unmeasured(section.every) : [],
    everyLabel: context.words.say('everyLevel'),
    cell: { ...cell, summary: from === 0 ? cell.summary : null },
    runs: runsOf(cell, from, to, measure),
  }
}
