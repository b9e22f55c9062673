import { fitOnePagers, pageOf } from '../fit/one-pager.ts'
import type { Job } from '../plan/jobs.ts'
import type { RenderContext } from '../render/context.ts'
import { onePagerContent, onePagerTexts } from '../render/documents/one-pager-content.ts'
import { renderOnePagers, type OnePagerLayout } from '../render/documents/one-pager.ts'
import type { Engine } from '../render/engine.ts'
import { createTypesetter, type Typesetter } from './typesetter.ts'

const usual: OnePagerLayout = {
  size: 10.5,
  heads: 'beside',
  columns: 1,
  examples: true,
  repeated: true,
  sheets: null,
  galley: false,
}
const large: OnePagerLayout = { ...usual, size: 18, heads: 'above' }

/** @param jobs all one-pagers of the ladder, on one paper, all in large print or none */
export function typesetOnePagers(engine: Engine, context: RenderContext, jobs: readonly Job[]): Typesetter {
  const largePrint = jobs.some((job) => job.largePrint)
  const preferred = largePrint ? large : usual
  return createTypesetter(context, {
    documents: jobs.map((job) => ({ job, content: onePagerContent(context, job) })),
    says({ content }, layout) {
      const said = pageOf(content, layout ?? usual)
      return { content: said, texts: onePagerTexts(said) }
    },
    draft: ({ job, content }, layout: OnePagerLayout) =>
      renderOnePagers(engine, context, job.sheet, [{ content: pageOf(content, layout), layout }]),
    preferred: () => preferred,
    async fit(page, documents) {
      const contents = documents.map(({ content }) => content)
      const [
        {
          job: { sheet },
        },
      ] = documents as [(typeof documents)[number]]
      const { unchanged = 'always' } = context.press.show
      let shown: boolean | undefined
      return fitOnePagers(
        contents,
        sheet,
        { largePrint, unchanged },
        async ({ heads, columns, examples, repeated }, size) => {
          if (shown !== repeated) {
            const galleys = contents.map((content) => ({
              content: pageOf(content, { examples: true, repeated }),
              layout: { ...preferred, galley: true },
            }))
            await page.show('one-pager-galley', renderOnePagers(engine, context, sheet, galleys))
            shown = repeated
          }
          return page.measure({
            'data-heads': heads,
            'data-columns': String(columns),
            'data-examples': examples ? 'shown' : 'left-out',
            '--size': `${size}pt`,
          })
        },
      )
    },
  })
}
