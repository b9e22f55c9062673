import { fitPoster, posterSizes, waysAbreast } from '../fit/poster.ts'
import type { Job } from '../plan/jobs.ts'
import type { RenderContext } from '../render/context.ts'
import {
  posterContent,
  posterDepths,
  posterTexts,
  repeatsAnything,
  type PosterContent,
} from '../render/documents/poster-content.ts'
import { renderPoster, type PosterLayout } from '../render/documents/poster.ts'
import type { Engine } from '../render/engine.ts'
import { summaryOf } from '../render/level-words.ts'
import { createTypesetter, sheetOf, type Typesetter } from './typesetter.ts'

/** @param jobs the poster */
export function typesetPoster(engine: Engine, context: RenderContext, jobs: readonly Job[]): Typesetter {
  const contentAt = (job: Job, { depth }: Pick<PosterLayout, 'depth'>) => posterContent(context, job, depth)
  return createTypesetter<PosterContent, PosterLayout>(context, {
    documents: jobs.map((job) => ({ job, content: contentAt(job, { depth: 'everything' }) })),
    says({ job, content }, layout) {
      const said = layout ? contentAt(job, layout) : content
      return { content: said, texts: posterTexts(said) }
    },
    draft: ({ job }, layout) =>
      renderPoster(engine, context, sheetOf(job, layout), contentAt(job, layout), layout),
    preferred: ({ job, content }) => ({
      size: posterSizes(job.sheet).at(-1) ?? 12,
      abreast: waysAbreast(content, job.sheet)[0] ?? 1,
      depth: 'everything',
      turned: false,
      galley: false,
    }),
    async fit(page, documents) {
      const [{ job }] = documents as [(typeof documents)[number]]
      const summaries = context.ladder.tracks.some(({ levels }) =>
        levels.some((level) => summaryOf(context, level) !== null),
      )
      const { unchanged = 'if-room' } = context.press.show
      const everything = contentAt(job, { depth: 'everything' })
      const depths = posterDepths.filter((depth) => {
        // Without summaries, one sentence of each level would be none.
        if (depth === 'levels') return summaries
        if (depth === 'new') return unchanged === 'if-room' && repeatsAnything(everything)
        return true
      })
      const contents = depths.map((depth) => contentAt(job, { depth }))
      let shown = ''
      const fitted = await fitPoster(contents, job.sheet, job.turns, async (depth, turned, abreast, size) => {
        const content = contents.find((candidate) => candidate.depth === depth)
        if (content && shown !== `${depth} ${turned}`) {
          const galley = { size, abreast, depth, turned, galley: true }
          await page.show(
            'poster-galley',
            renderPoster(engine, context, sheetOf(job, galley), content, galley),
          )
          shown = `${depth} ${turned}`
        }
        return page.measure({ '--abreast': String(abreast), '--size': `${size}pt` })
      })
      return new Map([[job.id, fitted]])
    },
  })
}
