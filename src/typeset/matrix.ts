import { fitMatrices, matrixOf, wholeMatrix } from '../fit/matrix.ts'
import type { Job } from '../plan/job.ts'
import type { RenderContext } from '../render/context.ts'
import { matrixContent, matrixTexts } from '../render/documents/matrix-content.ts'
import type { MatrixLayout } from '../render/documents/matrix-layout.ts'
import { renderMatrices } from '../render/documents/matrix.ts'
import type { Engine } from '../render/engine.ts'
import { galleysIn } from './galleys.ts'
import { createTypesetter, sheetOf, type Typesetter } from './typesetter.ts'

const preferred: MatrixLayout = { ...wholeMatrix, size: 10.5, sheets: null, galley: false }

/** @param jobs all matrices of the ladder, on one paper */
export function typesetMatrices(engine: Engine, context: RenderContext, jobs: readonly Job[]): Typesetter {
  const { locale } = context.ladder
  return createTypesetter(context, {
    documents: jobs.map((job) => ({ job, content: matrixContent(context, job) })),
    says({ content }, layout) {
      const said = matrixOf(content, layout ?? wholeMatrix, locale)
      return { content: said, texts: matrixTexts(said) }
    },
    draw: ({ job, content }, layout: MatrixLayout) =>
      renderMatrices(engine, context, sheetOf(job, layout), [
        { content: matrixOf(content, layout, locale), layout },
      ]),
    preferred: () => preferred,
    async fit(page, documents) {
      const contents = documents.map(({ content }) => content)
      const [{ job }] = documents
      const { unchanged = 'if-room' } = context.press.show
      const choices = { turns: job.turns, unchanged, locale }
      const galleys = galleysIn(page, 'matrix-galley', contents, ({ id }) => id)
      return fitMatrices(contents, job.sheet, choices, (variant, size, sheets) => {
        const further = sheets === 'further'
        return galleys(
          JSON.stringify({ ...variant, further }),
          (some) =>
            renderMatrices(
              engine,
              context,
              sheetOf(job, variant),
              some.map((content) => ({
                content: matrixOf(content, variant, locale),
                layout: { ...preferred, ...variant, galley: true, further },
              })),
            ),
          { '--size': `${size}pt` },
        )
      })
    },
  })
}
