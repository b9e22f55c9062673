import type { Line } from '../../markdown/line.ts'
import type { Inline, Prose } from '../../markdown/prose.ts'
import type { RenderContext } from '../context.ts'
import { runsOf, unmeasured } from '../statement-view.ts'
import type { BookletContent } from './booklet-content.ts'
import { itemsOf, type BookletSection, type ContentsEntry, type ProseSection } from './booklet-parts.ts'
import type { BookletPart, SectionCut } from './booklet.ts'

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
    air: air > 0 ? `${Math.round(air * 100) / 100}mm` : null,
    head: first && head ? { ...head, mark: kind === 'opener' ? (track?.mark ?? null) : null } : null,
    isTop: kind === 'opener' || track === null,
    sections: cuts.map((cut) =>
      sectionView(context, chapter.sections[cut.section] as BookletSection, cut, measure, pageOf, kind),
    ),
  }
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
  const forms = { prose: null, cell: null, entries: null, contents: null }
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
          heading: section.heading,
          mark: section.mark,
          continued: goesOn ? context.words.say('continued') : null,
          summary: goesOn ? null : section.summary,
          every: to === itemsOf(section) ? unmeasured(every) : [],
          everyLabel: context.words.say('everyLevel'),
          cell: { ...cell, lead: goesOn ? null : (cell.lead ?? null), ...(goesOn && { summary: null }) },
          runs: runsOf(cell, from, to, measure),
        },
      }
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
      return {
        ...common,
        contents: {
          mark: section.mark,
          heading: section.heading && !goesOn ? entry(section.heading, null) : null,
          rows: section.rows
            .slice(from, to)
            .map((row, at) => entry(row, from + at))
            .filter(isThere),
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
