import { lineText } from '../../markdown/line.ts'
import type { Sheet } from '../../plan/paper.ts'
import { point } from '../../plan/units.ts'
import { bareMap, keySample } from '../bare-map.ts'
import type { RenderContext } from '../context.ts'
import { blocksOf, placedPieces } from '../prose-view.ts'
import { runsOf, unmeasured } from '../statement-runs.ts'
import { textWidth, widestWord } from '../text-widths.ts'
import type { BookletContent } from './booklet-content.ts'
import { bookletMargins, type BookletPage, type BookletPart } from './booklet-layout.ts'
import {
  isSplit,
  itemsOf,
  type BookletChapter,
  type BookletSection,
  type CellSection,
  type ContentsEntry,
  type ContentsSection,
  type EntriesSection,
  type KeySection,
  type ProseSection,
} from './booklet-parts.ts'
import { titleSizeOn } from './booklet-widths.ts'
import type { SectionCut } from './section-cuts.ts'

/** The number of the page on which a place is; null where there is no such place. */
export type PageOf = (id: string) => number | null

/** What all parts of a booklet are drawn with. */
export interface PartsDrawn {
  /** Whether they are measured, and marked for that. */
  readonly galley: boolean
  readonly pageOf: PageOf
  /** Between the margins of a page, in mm. */
  readonly room: number
}

/** A part of a chapter as templates receive it. */
export function chapterPart(
  context: RenderContext,
  content: BookletContent,
  { chapter: index, first, cuts, air }: BookletPart,
  { galley, pageOf, room }: PartsDrawn,
): object {
  const chapter = content.chapters[index]
  if (!chapter) throw new Error(`The booklet has no chapter ${index}`)
  const measure = galley ? `c${index}` : null
  const { kind, head, track } = chapter
  const isRising = kind === 'dimension' && !galley && isWhole(chapter, cuts)
  const views = cuts.map((cut) => ({
    ...sectionView(context, chapter.sections[cut.section] as BookletSection, cut, {
      measure: measure && `${measure}/s${cut.section}`,
      pageOf,
    }),
    kind,
  }))
  return {
    kind,
    id: first ? chapter.id : null,
    measure,
    columns:
      kind === 'contents' ? contentsColumns(context, chapter.sections, numberWidth(content), room) : null,
    isLong: numberWidth(content) > contentsWidth.page,
    air: air > 0 ? `${Math.round(air * 100) / 100}mm` : null,
    head:
      first && head
        ? {
            ...head,
            titleSize: titleSizeOn(context.fonts, head, 2, room),
            mark: kind === 'opener' ? (track?.mark ?? null) : null,
          }
        : null,
    isTop: kind === 'opener' || track === null,
    isRising,
    sections: isRising ? views.toReversed() : views,
  }
}

/** Whether a chapter ends on the page on which it begins: if it goes on over several, it is read in their order. */
function isWhole({ sections }: BookletChapter, cuts: readonly SectionCut[]): boolean {
  return (
    cuts.length === sections.length &&
    cuts.every(({ section, from, to }) => from === 0 && to === itemsOf(sections[section] as BookletSection))
  )
}

/** In mm: between the two columns of the contents, and of the page number before a title. */
export const contentsWidth = { gap: 6, page: 8, longPage: 10 }

/** A chapter takes three pages or so: from here on, their numbers may have four digits. */
const manyChapters = 300

/** In mm: the room of a page number in the contents. How many pages there will be is not known when they are set. */
function numberWidth({ chapters }: BookletContent): number {
  return chapters.length < manyChapters ? contentsWidth.page : contentsWidth.longPage
}

/** Levels take more of the width than what stands beside them where that keeps their names on one line, or whole. */
function contentsColumns(
  { fonts }: RenderContext,
  sections: readonly BookletSection[],
  number: number,
  room: number,
): string | null {
  if (sections.some(isSplit)) return null
  const both = room - contentsWidth.gap
  const lists = sections.filter((section) => section.form === 'contents' && section.beside.length > 0)
  for (const measured of [textWidth, widestWord]) {
    const [rows, beside] = (['rows', 'beside'] as const).map((side) =>
      lists
        .flatMap((section) => (section.form === 'contents' ? section[side] : []))
        .map(({ title }) => measured(fonts, lineText(title), 9) * point + number + 1)
        .reduce((most, width) => Math.max(most, width), 0),
    ) as [number, number]
    if (rows <= both / 2) return null
    const rest = both - rows
    if (beside <= rest) return `minmax(0,${Math.ceil(rows)}fr) minmax(0,${Math.floor(rest)}fr)`
  }
  return null
}

/** Where a section is drawn. */
interface SectionPlace {
  /** What the keys of its parts begin with; null outside galleys. */
  readonly measure: string | null
  readonly pageOf: PageOf
}

function sectionView(
  context: RenderContext,
  section: BookletSection,
  cut: SectionCut,
  place: SectionPlace,
): object {
  const forms = { prose: null, cell: null, entries: null, contents: null, key: null }
  const common = { ...forms, measure: place.measure }
  switch (section.form) {
    case 'prose':
      return { ...common, prose: proseView(section, cut, place) }
    case 'cell':
      return { ...common, cell: cellPart(context, section, cut, place) }
    case 'key':
      return { ...common, key: keyView(section, cut, place) }
    case 'entries':
      return { ...common, ...entriesView(section, cut, place) }
    case 'contents':
      return { ...common, contents: contentsView(section, cut, place) }
  }
}

/** The key of an item of a section. */
function keyOf({ measure }: SectionPlace, item: number | string): string | null {
  return measure === null ? null : `${measure}/${item}`
}

function proseView(section: ProseSection, { from, to }: SectionCut, place: SectionPlace): object {
  const goesOn = from > 0
  return {
    id: goesOn ? null : section.id,
    ref: section.ref,
    heading: goesOn ? null : section.heading,
    blocks: blocksOf(placedPieces(section.pieces, from, to, (piece) => keyOf(place, piece))),
  }
}

function cellPart(
  { words }: RenderContext,
  section: CellSection,
  { from, to }: SectionCut,
  { measure }: SectionPlace,
): object {
  const { group, inGroup = false, endsGroup, heading, mark, cell, every } = section
  const goesOn = from > 0
  return {
    group: goesOn ? null : group,
    inGroup,
    parted: endsGroup === true || (group !== null && !goesOn),
    heading,
    mark,
    continued: goesOn ? words.say('continued') : null,
    every: to === itemsOf(section) ? unmeasured(every) : [],
    everyLabel: words.say('everyLevel'),
    cell: { ...cell, lead: goesOn ? null : (cell.lead ?? null), ...(goesOn && { summary: null }) },
    runs: runsOf(cell, from, to, measure),
  }
}

function keyView({ heading, sentences }: KeySection, { from, to }: SectionCut, place: SectionPlace): object {
  return {
    heading: from > 0 ? null : heading,
    sentences: sentences.slice(from, to).map(({ words, sample }, at) => ({
      words,
      sample: sample === null ? null : keySample(sample),
      measure: keyOf(place, from + at),
    })),
  }
}

function entriesView({ entries }: EntriesSection, { from, to }: SectionCut, place: SectionPlace): object {
  const views = entries.slice(from, to).map((entry, at) => ({
    ...entry,
    page: entry.to === null ? null : place.pageOf(entry.to),
    measure: keyOf(place, from + at),
  }))
  // The levels of a track, which lead to their pages.
  const areLevels = views.length === entries.length && entries.every((entry) => entry.to !== null)
  const isRising = areLevels && place.measure === null
  return { isRising, entries: isRising ? views.toReversed() : views }
}

function contentsView(section: ContentsSection, { from, to }: SectionCut, place: SectionPlace): object {
  const { heading, mark, beside } = section
  const goesOn = from > 0
  const entry = ({ title, to: id }: ContentsEntry, at: number | string | null) => ({
    title,
    to: id,
    page: place.pageOf(id),
    measure: at === null ? null : keyOf(place, at),
  })
  const isThere = ({ page }: { page: number | null }) => page !== null
  const rows = section.rows
    .slice(from, to)
    .map((row, at) => entry(row, from + at))
    .filter(isThere)
  const half = isSplit(section) && place.measure === null ? Math.ceil(rows.length / 2) : rows.length
  return {
    alone: beside.length === 0 && !isSplit(section),
    mark,
    heading: heading && !goesOn ? entry(heading, null) : null,
    rows: rows.slice(0, half),
    second: rows.slice(half),
    beside: beside
      .slice(from, to)
      .map((row, at) => entry(row, `beside/${from + at}`))
      .filter(isThere),
  }
}

/** What stands above the text: where in the ladder the page is, and what it goes on with. */
export function runningView(
  context: RenderContext,
  { chapters }: BookletContent,
  page: BookletPage,
): object | null {
  if (page.kind !== 'text') return null
  const [first] = page.parts
  const chapter = first && chapters[first.chapter]
  if (!chapter) return null
  const title = chapter.head && !first.first ? chapter.head.title : null
  const isOpener = chapter.kind === 'opener' && first.first
  if (isOpener || (!chapter.track && title === null)) return null
  const here = new Set(page.parts.flatMap(({ chapter: at }) => chapters[at]?.here ?? []))
  return {
    map:
      here.size > 0 && context.levels.size > 1
        ? bareMap(context, { width: 14, height: 7, rail: 3, rung: 1.2, mark: 1.4 }, here)
        : null,
    // An opening page has its track's name for a title.
    track: chapter.kind === 'opener' ? null : chapter.track,
    title,
    continued: title === null ? null : context.words.say('continued'),
  }
}

/**
 * A dot about every 5 mm, as wide as the text of other pages. A line of no length with a round cap is the shortest way to
 * write one.
 */
export function dotsOf({ width, height }: Sheet): { width: number; height: number; path: string } {
  const { top, bottom, inner, outer } = bookletMargins
  const room = width - inner - outer
  const [across, down] = [Math.floor(room / 5), Math.floor((height - top - bottom - 8) / 5)]
  const step = Math.floor(((room - 1) / across) * 1000) / 1000
  const row = (y: number) => `M.5 ${y * 5 + 0.5}${`h0m${step} 0`.repeat(across)}h0`
  return {
    width: room,
    height: down * 5 + 1,
    path: Array.from({ length: down + 1 }, (_, y) => row(y)).join(''),
  }
}
