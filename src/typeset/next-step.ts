import { fitNextSteps, stepOf } from '../fit/next-step.ts'
import type { Job } from '../plan/job.ts'
import type { RenderContext } from '../render/context.ts'
import { nextStepContent, nextStepTexts, partsOf } from '../render/documents/next-step-content.ts'
import type { NextStepLayout } from '../render/documents/next-step-layout.ts'
import { renderNextSteps } from '../render/documents/next-step.ts'
import type { Engine } from '../render/engine.ts'
import { galleysIn } from './galleys.ts'
import { createTypesetter, type Typesetter } from './typesetter.ts'

const preferred: NextStepLayout = { size: 10.5, examples: true, widths: 'even', sheets: null, galley: false }

/** @param jobs all next-step sheets of the ladder, on one paper, all with room to write or none */
export function typesetNextSteps(engine: Engine, context: RenderContext, jobs: readonly Job[]): Typesetter {
  const { locale } = context.ladder
  return createTypesetter(context, {
    documents: jobs.map((job) => ({ job, content: nextStepContent(context, job) })),
    says({ content }, layout) {
      const said = stepOf(content, layout ?? preferred, locale)
      return { content: said, texts: nextStepTexts(said) }
    },
    // Set in italics, unlike on other sheets.
    around: ({ content }) =>
      partsOf(content.bands).some(({ every }) => every.length > 0)
        ? { everyLabel: context.words.say('everyLevel') }
        : null,
    draw: ({ job, content }, layout: NextStepLayout) =>
      renderNextSteps(engine, context, job.sheet, [{ content: stepOf(content, layout, locale), layout }]),
    preferred: () => preferred,
    async fit(page, documents) {
      const contents = documents.map(({ content }) => content)
      const [{ job }] = documents
      const galleys = galleysIn(page, 'next-step-galley', contents, ({ id }) => id)
      return fitNextSteps(contents, job.sheet, locale, (variant, size) =>
        galleys(
          `${variant.examples} ${variant.widths} ${variant.divided}`,
          (some) =>
            renderNextSteps(
              engine,
              context,
              job.sheet,
              some.map((content) => ({
                content: stepOf(content, variant, locale),
                layout: { ...preferred, ...variant, galley: true },
              })),
            ),
          { '--size': `${size}pt` },
        ),
      )
    },
  })
}
