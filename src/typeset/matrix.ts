import { fitMatrices } from '../fit/matrix.ts'
import type { Job } from '../plan/jobs.ts'
import type { RenderContext } from '../render/context.ts'
import { matrixContent, matrixTexts } from '../render/documents/matrix-content.ts'
import { renderMatrices, type MatrixLayout } from '../render/documents/matrix.ts'
import type { Engine } from '../render/engine.ts'
import { createTypesetter, type Typesetter } from './typesetter.ts'

const preferred: MatrixLayout = { size: 10.5, sheets: null, galley: false }

/** @param jobs all matrices of the ladder, on one paper */
export function typesetMatrices(engine: Engine, context: RenderContext, jobs: readonly Job[]): Typesetter {
  return createTypesetter(context, {
    documents: jobs.map((job) => ({ job, content: matrixContent(context, job) })),
    says: ({ content }) => ({ content, texts: matrixTexts(content) }),
    draft: ({ job, content }, layout: MatrixLayout) =>
      renderMatrices(engine, context, job.sheet, [{ content, layout }]),
    preferred: () => preferred,
    async fit(page, documents) {
      const contents = documents.map(({ content }) => content)
      const [
        {
          job: { sheet },
        },
      ] = documents as [(typeof documents)[number]]
      const galleys = contents.map((content) => ({ content, layout: { ...preferred, galley: true } }))
      await page.show('matrix-galley', renderMatrices(engine, context, sheet, galleys))
      return fitMatrices(contents, sheet, (size) => page.measure({ '--size': `${size}pt` }))
    },
  })
}
