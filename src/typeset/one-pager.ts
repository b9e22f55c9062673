import { allDetails } from '../fit/details.ts'
import type { Fitted } from '../fit/fitted.ts'
import type { PageVariant } from '../fit/one-pager-sheets.ts'
import { fitOnePagers, pageOf } from '../fit/one-pager.ts'
import type { Job } from '../plan/job.ts'
import { levelOf, type RenderContext } from '../render/context.ts'
import {
  onePagerContent,
  onePagerTexts,
  type OnePagerContent,
} from '../render/documents/one-pager-content.ts'
import type { OnePagerLayout } from '../render/documents/one-pager-layout.ts'
import { headsFit } from '../render/documents/one-pager-widths.ts'
import { renderOnePagers } from '../render/documents/one-pager.ts'
import { blankPages, renderStack, stackTitle } from '../render/documents/stack.ts'
import type { Engine } from '../render/engine.ts'
import { galleysIn } from './galleys.ts'
import { createTypesetter, type Typesetter } from './typesetter.ts'

const usual: OnePagerLayout = {
  size: 10.5,
  heads: 'beside',
  columns: 1,
  ...allDetails,
  notes: false,
  sheets: null,
  galley: false,
}
const large: OnePagerLayout = { ...usual, size: 18, heads: 'above' }
const withNotes: OnePagerLayout = { ...usual, heads: 'above', notes: true }

/** One one-pager, or several in one file. */
interface Pages {
  /** Of a stack. */
  readonly title?: string
  readonly parts: readonly OnePagerContent[]
}

/** How each of them is set. */
interface PagesLayout {
  readonly size: number
  readonly parts: readonly OnePagerLayout[]
}

/**
 * One-pagers, each in a file of its own, and stacks of them.
 *
 * @param jobs those of one paper that share a size: all in large print or none, all with a column for notes or none
 */
export function typesetOnePagers(engine: Engine, context: RenderContext, jobs: readonly Job[]): Typesetter {
  const choices = {
    largePrint: jobs.some((job) => job.largePrint),
    notes: jobs.some((job) => job.notes),
    unchanged: context.press.show.unchanged ?? 'always',
    headsFit: (content: OnePagerContent, size: number) => headsFit(context.fonts, content, size),
    locale: context.ladder.locale,
    trackOf: ({ level }: OnePagerContent) => levelOf(context, level).track.id,
  } as const
  const preferred = choices.largePrint ? large : choices.notes ? withNotes : usual
  const known = new Map<string, OnePagerContent>()
  const contentOf = (job: Job, level: string) => {
    const content = known.get(level) ?? onePagerContent(context, level, job)
    known.set(level, content)
    return content
  }
  const [{ sheet }] = jobs as [Job]
  return createTypesetter<Pages, PagesLayout>(context, {
    documents: jobs.map((job) => ({
      job,
      content: {
        ...(job.kind === 'stack' && { title: stackTitle(context, job) }),
        parts: job.subjects.levels.map((level) => contentOf(job, level)),
      },
    })),
    says({ job, content }, layout) {
      const said = content.parts.map((part, index) =>
        pageOf(part, layout?.parts[index] ?? usual, choices.locale),
      )
      const texts = said.flatMap((part) => onePagerTexts(part))
      const [only] = said
      return { content: only && job.kind === 'one-pager' ? only : { ...content, parts: said }, texts }
    },
    draw: ({ job, content }, { parts }) => {
      const members = content.parts.map((part, index) => {
        const layout = parts[index] ?? preferred
        return { content: pageOf(part, layout, choices.locale), layout }
      })
      return job.kind === 'stack'
        ? renderStack(engine, context, job, members)
        : renderOnePagers(engine, context, sheet, members)
    },
    preferred: ({ content }) => ({ size: preferred.size, parts: content.parts.map(() => preferred) }),
    async fit(page, documents) {
      const contents = [...known.values()]
      const galleys = galleysIn(page, 'one-pager-galley', contents, ({ level }) => level)
      const measure = (
        { heads, columns, examples, summaries, repeated, divided }: PageVariant,
        size: number,
      ) =>
        galleys(
          `${repeated} ${divided}`,
          (some) =>
            renderOnePagers(
              engine,
              context,
              sheet,
              some.map((content) => ({
                content: pageOf(
                  content,
                  { ...allDetails, repeated, ...(divided !== undefined && { divided }) },
                  choices.locale,
                ),
                layout: { ...preferred, galley: true },
              })),
            ),
          {
            'data-heads': heads,
            'data-columns': String(columns),
            'data-examples': examples ? 'shown' : 'left-out',
            'data-summaries': summaries ? 'shown' : 'left-out',
            '--size': `${size}pt`,
          },
        )
      const fitted = await fitOnePagers(contents, sheet, choices, measure)
      return new Map(
        documents.map(({ job, content }) => [
          job.id,
          togetherOf(content.parts.map(({ level }) => fitted.get(level) as Fitted<OnePagerLayout>)),
        ]),
      )
    },
  })
}

/** How several pages are set, as one document. What cannot be set in one of them stops it. */
function togetherOf(pages: readonly Fitted<OnePagerLayout>[]): Fitted<PagesLayout> {
  const stopped = pages.find((page) => 'tooHigh' in page)
  if (stopped) return stopped
  const parts = pages.filter((page) => 'layout' in page)
  const [first] = parts
  if (!first) throw new Error('there are no pages')
  const size = first.layout.size
  const layout = { size, parts: parts.map((part) => part.layout) }
  if (parts.length === 1) return { ...first, layout }
  const sheets = parts.reduce((sum, part) => sum + part.pages, 0)
  const blanks = blankPages(parts.map((part) => part.pages))
  return {
    layout,
    pages: sheets + blanks.length,
    remedies: [...new Set(parts.flatMap(({ remedies }) => remedies))],
    fill: parts.reduce((sum, { fill, pages: count }) => sum + fill * count, 0) / sheets,
    rooms: () => parts.flatMap(({ rooms }) => rooms()),
    blanks,
    oneSided: parts.every((part) => part.pages === 1),
  }
}
