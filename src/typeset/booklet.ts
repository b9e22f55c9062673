import { bookletOf, fitBooklet } from '../fit/booklet.ts'
import { composeBooklet } from '../plan/imposition.ts'
import type { Job } from '../plan/job.ts'
import type { RenderContext } from '../render/context.ts'
import { bookletContent, type BookletContent } from '../render/documents/booklet-content.ts'
import type { BookletLayout } from '../render/documents/booklet-layout.ts'
import { sideHeads } from '../render/documents/booklet-parts.ts'
import { bookletTexts } from '../render/documents/booklet-texts.ts'
import { headsFit } from '../render/documents/booklet-widths.ts'
import { imprintWords, renderBooklet } from '../render/documents/booklet.ts'
import { foldWords, withFoldWords } from '../render/documents/fold.ts'
import type { Engine } from '../render/engine.ts'
import { createTypesetter, type Typesetter } from './typesetter.ts'

const usual: BookletLayout = { size: 9.5, heads: 'beside', pages: null, galley: false }

/** @param jobs the booklet, on one paper: page by page, and laid on larger sheets */
export function typesetBooklet(engine: Engine, context: RenderContext, jobs: readonly Job[]): Typesetter {
  const bookOf = (content: BookletContent, layout: BookletLayout) =>
    bookletOf(content, layout, context.ladder.locale)
  return createTypesetter<BookletContent, BookletLayout>(context, {
    documents: jobs.map((job) => ({ job, content: bookletContent(context, job) })),
    says({ content }, layout) {
      const said = bookOf(content, layout ?? usual)
      return { content: said, texts: bookletTexts(said) }
    },
    around: ({ job }) => [
      // With all digits, as those of the stamp and the size are not known yet.
      imprintWords(context, '0123456789abcdef', usual.size),
      job.assembly?.by === 'saddle' ? foldWords(context) : null,
    ],
    draw({ job, content }, layout) {
      const pages = renderBooklet(engine, context, job.sheet, bookOf(content, layout), layout)
      return job.assembly?.by === 'saddle' ? withFoldWords(engine, context, pages, job.assembly.sheet) : pages
    },
    compose: ({ job }, { pages }) =>
      job.assembly && job.assembly.by !== 'tiles' && pages
        ? composeBooklet(
            job.assembly.by,
            pages.length,
            job.sheet,
            job.assembly.sheet,
            context.words.direction,
          )
        : undefined,
    preferred: () => usual,
    async fit(page, documents) {
      const [{ job, content }] = documents
      const names = sideHeads(content.chapters)
      const fitted = await fitBooklet(
        content,
        job.sheet,
        context.ladder.locale,
        (size) => headsFit(context.fonts, names, size),
        async (said) => {
          const galley = { ...usual, galley: true }
          await page.show('booklet-galley', renderBooklet(engine, context, job.sheet, said, galley))
          return (heads, size) => page.measure({ 'data-heads': heads, '--size': `${size}pt` })
        },
      )
      return new Map(documents.map((document) => [document.job.id, fitted]))
    },
  })
}
