import { lineText, type Line } from '../../markdown/line.ts'
import type { Inline, Prose } from '../../markdown/prose.ts'
import type { Job } from '../../plan/jobs.ts'
import { point } from '../../plan/units.ts'
import { bareMap, keySample } from '../bare-map.ts'
import type { RenderContext } from '../context.ts'
import { textWidth, widestWord } from '../fonts.ts'
import { runsOf, unmeasured } from '../statement-view.ts'
import type { BookletContent } from './booklet-content.ts'
import { bookletMargins, type BookletPage, type BookletPart } from './booklet-layout.ts'
import {
  isSplit,
  itemsOf,
  type BookletSection,
  type ContentsEntry,
  type ProseSection,
} from './booklet-parts.ts'
import type { SectionCut } from './section-cuts.ts'

/** The number of the page on which a place is; null where there is no such place. */
export type PageOf = (id: string) => number | null

/** A part of a chapter as templates receive it. */
export function chapterPart(
  context: RenderContext,
  content: BookletContent,
  { chapter: index, first, cuts, air }: BookletPart,
  galley: boolean,
  pageOf: PageOf,
): object {
  const chapter = content.chapters[index]
  if (!chapter) throw new Error(`The booklet has no chapter ${index}`)
  const measure = galley ? `c${index}` : null
  const { kind, head, track } = chapter
  return {
    kind,
    id: first ? chapter.id : null,
    measure,
    columns: kind === 'contents' ? contentsColumns(context, chapter.sections, numberWidth(content)) : null,
    isLong: numberWidth(content) > contentsWidth.page,
    air: air > 0 ? `${Math.round(air * 100) / 100}mm` : null,
    head: first && head ? { ...head, mark: kind === 'opener' ? (track?.mark ?? null) : null } : null,
    isTop: kind === 'opener' || track === null,
    sections: cuts.map((cut) =>
      sectionView(context, chapter.sections[cut.section] as BookletSection, cut, measure, pageOf, kind),
    ),
  }
}

/** In mm: of the two columns of the contents together, and of the page number before a title. */
const contentsWidth = { columns: 114, page: 8, longPage: 10 }

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
): string | null {
  if (sections.some(isSplit)) return null
  const lists = sections.filter((section) => section.form === 'contents' && section.beside.length > 0)
  for (const measured of [textWidth, widestWord]) {
    const [rows, beside] = (['rows', 'beside'] as const).map((side) =>
      lists
        .flatMap((section) => (section.form === 'contents' ? section[side] : []))
        .map(({ title }) => measured(fonts, lineText(title), 9) * point + number + 1)
        .reduce((most, width) => Math.max(most, width), 0),
    ) as [number, number]
    if (rows <= contentsWidth.columns / 2) return null
    const rest = contentsWidth.columns - rows
    if (beside <= rest) return `minmax(0,${Math.ceil(rows)}fr) minmax(0,${Math.floor(rest)}fr)`
  }
  return null
}

function sectionView(
  context: RenderContext,
  section: BookletSection,
  { section: index, from, to }: SectionCut,
  chapter: string | null,
  pageOf: PageOf,
  kind: string,
): object {
  const measure = chapter === null ? null : `${chapter}/s${index}`
  const key = (item: number) => (measure === null ? null : `${measure}/${item}`)
  const forms = { prose: null, cell: null, entries: null, contents: null, key: null }
  const common = { ...forms, measure, kind }
  const goesOn = from > 0
  switch (section.form) {
    case 'prose':
      return {
        ...common,
        prose: {
          id: goesOn ? null : section.id,
          ref: section.ref,
          heading: goesOn ? null : section.heading,
          blocks: blocksOf(section, from, to, key),
        },
      }
    case 'cell': {
      const { cell, every } = section
      return {
        ...common,
        cell: {
          group: goesOn ? null : section.group,
          parted: section.endsGroup === true || (section.group !== null && !goesOn),
          heading: section.heading,
          mark: section.mark,
          continued: goesOn ? context.words.say('continued') : null,
          every: to === itemsOf(section) ? unmeasured(every) : [],
          everyLabel: context.words.say('everyLevel'),
          cell: { ...cell, lead: goesOn ? null : (cell.lead ?? null), ...(goesOn && { summary: null }) },
          runs: runsOf(cell, from, to, measure),
        },
      }
    }
    case 'key':
      return {
        ...common,
        key: {
          heading: goesOn ? null : section.heading,
          sentences: section.sentences.slice(from, to).map(({ words, sample }, at) => ({
            words,
            sample: sample === null ? null : keySample(sample),
            measure: key(from + at),
          })),
        },
      }
    case 'entries':
      return {
        ...common,
        entries: section.entries.slice(from, to).map((entry, at) => ({
          ...entry,
          page: entry.to === null ? null : pageOf(entry.to),
          measure: key(from + at),
        })),
      }
    case 'contents': {
      const entry = ({ title, to: id }: ContentsEntry, at: number | null) => ({
        title,
        to: id,
        page: pageOf(id),
        measure: at === null ? null : key(at),
      })
      const isThere = ({ page }: { page: number | null }) => page !== null
      const rows = section.rows
        .slice(from, to)
        .map((row, at) => entry(row, from + at))
        .filter(isThere)
      const half = isSplit(section) && measure === null ? Math.ceil(rows.length / 2) : rows.length
      return {
        ...common,
        contents: {
          alone: section.beside.length === 0 && !isSplit(section),
          mark: section.mark,
          heading: section.heading && !goesOn ? entry(section.heading, null) : null,
          rows: rows.slice(0, half),
          second: rows.slice(half),
          beside: goesOn ? [] : section.beside.map((row) => entry(row, null)).filter(isThere),
        },
      }
    }
  }
}

interface ProseBlock {
  /** A paragraph in sentences, or other prose. */
  readonly sentences: readonly { readonly words: Line; readonly measure: string | null }[] | null
  readonly prose: Prose | null
  readonly goesOn: boolean
  readonly measure: string | null
}

/** The pieces of a prose as blocks: sentences of one paragraph stand together. */
function blocksOf(
  { pieces }: ProseSection,
  from: number,
  to: number,
  key: (item: number) => string | null,
): ProseBlock[] {
  const blocks: (ProseBlock & { sentences: { words: Line; measure: string | null }[] | null })[] = []
  for (let at = from; at < to; at += 1) {
    const piece = pieces[at]
    if (!piece) continue
    const { block, goesOn } = piece
    const isSentence = goesOn === 'paragraph' || pieces[at + 1]?.goesOn === 'paragraph'
    if (!isSentence || block.kind !== 'paragraph') {
      blocks.push({ sentences: null, prose: [block], goesOn: goesOn === 'list', measure: key(at) })
      continue
    }
    const sentence = { words: wordsOf(block.inlines), measure: key(at) }
    const last = blocks.at(-1)?.sentences
    if (goesOn === 'paragraph' && last) last.push(sentence)
    else blocks.push({ sentences: [sentence], prose: null, goesOn: false, measure: null })
  }
  return blocks
}

/** Inlines always begin with one that templates know as such. */
function wordsOf(inlines: readonly Inline[]): Line {
  return inlines
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
    title: title satisfies Line | null,
    continued: title === null ? null : context.words.say('continued'),
  }
}

/** A dot every 5 mm. A line of no length with a round cap is the shortest way to write one. */
export function dotsOf({ width, height }: Job['sheet']): { width: number; height: number; path: string } {
  const { top, bottom, inner, outer } = bookletMargins
  const [across, down] = [
    Math.floor((width - inner - outer) / 5),
    Math.floor((height - top - bottom - 8) / 5),
  ]
  const row = (y: number) => `M.5 ${y * 5 + 0.5}${'h0m5 0'.repeat(across)}h0`
  return {
    width: across * 5 + 1,
    height: down * 5 + 1,
    path: Array.from({ length: down + 1 }, (_, y) => row(y)).join(''),
  }
}
