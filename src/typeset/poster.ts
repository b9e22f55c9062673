import { fitPoster, posterSizes, waysAbreast } from '../fit/poster.ts'
import type { Job } from '../plan/jobs.ts'
import type { RenderContext } from '../render/context.ts'
import { posterContent, posterTexts, renderPoster, type PosterLayout } from '../render/documents/poster.ts'
import type { Engine } from '../render/engine.ts'
import { createTypesetter, type Typesetter } from './typesetter.ts'

/** @param jobs the poster */
export function typesetPoster(engine: Engine, context: RenderContext, jobs: readonly Job[]): Typesetter {
  return createTypesetter(context, {
    documents: jobs.map((job) => ({ job, content: posterContent(context, job) })),
    texts: posterTexts,
    draft: ({ job, content }, layout: PosterLayout) =>
      renderPoster(engine, context, job.sheet, content, layout),
    preferred: ({ job, content }) => ({
      size: posterSizes(job.sheet).at(-1) ?? 12,
      abreast: waysAbreast(content, job.sheet)[0] ?? 1,
      galley: false,
    }),
    async fit(page, documents) {
      const [{ job, content }] = documents as [(typeof documents)[number]]
      const galley = { size: 12, abreast: 1, galley: true }
      await page.show('poster-galley', renderPoster(engine, context, job.sheet, content, galley))
      const fitted = await fitPoster(content, job.sheet, (abreast, size) =>
        page.measure({ '--abreast': String(abreast), '--size': `${size}pt` }),
      )
      return new Map([[job.id, fitted]])
    },
  })
}
