import { posterGeometry } from '../fit/poster-geometry.ts'
import { posterSizes, waysAbreast } from '../fit/poster-sizes.ts'
import { fitTiles } from '../fit/poster-tiles.ts'
import { fitPoster, type PosterTrials } from '../fit/poster.ts'
import { composeTiles, evenSeams } from '../fit/seams.ts'
import type { Job } from '../plan/job.ts'
import { turn, type Sheet } from '../plan/paper.ts'
import type { RenderContext } from '../render/context.ts'
import { posterContent, wordsOfLesserDepths } from '../render/documents/poster-content.ts'
import { hasExamples, repeatsAnything, saysLess } from '../render/documents/poster-depths.ts'
import type { TiledPosterLayout } from '../render/documents/poster-layout.ts'
import { largestBelowNames, type PosterNames } from '../render/documents/poster-names.ts'
import { posterDepths, type PosterContent, type PosterDepth } from '../render/documents/poster-parts.ts'
import { posterTexts } from '../render/documents/poster-texts.ts'
import { stacksOf, withShares } from '../render/documents/poster-widths.ts'
import { renderPoster } from '../render/documents/poster.ts'
import { tilesView, withTiles } from '../render/documents/tiles.ts'
import type { Engine } from '../render/engine.ts'
import { summaryOf } from '../render/level-words.ts'
import { floorOf } from '../render/type-sizes.ts'
import { createTypesetter, sheetOf, type Measurer, type Typesetter } from './typesetter.ts'

/** @param jobs the poster */
export function typesetPoster(engine: Engine, context: RenderContext, jobs: readonly Job[]): Typesetter {
  const contentAt = (job: Job, { depth, shares }: Pick<TiledPosterLayout, 'depth' | 'shares'>) => {
    const content = posterContent(context, job, depth)
    return shares ? withShares(content, shares) : content
  }
  const drawn = (job: Job, layout: TiledPosterLayout) =>
    renderPoster(engine, context, sheetOf(job, layout), contentAt(job, layout), layout, job.trim)

  /** Where all of it stands as it will be printed. */
  const geometryOf = async (page: Measurer, job: Job, layout: TiledPosterLayout) => {
    await page.show(job.id, drawn(job, layout))
    const [boxes, lines] = await Promise.all([page.measure({}), page.lines()])
    return posterGeometry(contentAt(job, layout), boxes, lines, context.words.direction)
  }

  /** The poster at the first of some depths that it has room for. */
  const fitAt = (page: Measurer, job: Job, contents: Iterable<PosterContent>) => {
    let shown = ''
    const largest = (content: PosterContent, sheet: Sheet, names: PosterNames) =>
      largestBelowNames(context.fonts, content, sheet, names)
    const measure: PosterTrials['measure'] = async (content, way, abreast, size) => {
      const key = Object.values(way).join(' ')
      if (shown !== key) {
        const galley = { ...way, size, abreast, galley: true }
        await page.show('poster-galley', renderPoster(engine, context, sheetOf(job, galley), content, galley))
        shown = key
      }
      return page.measure({ '--abreast': String(abreast), '--size': `${size}pt` })
    }
    return fitPoster(contents, job, { largest, measure })
  }

  return createTypesetter<PosterContent, TiledPosterLayout>(context, {
    documents: jobs.map((job) => ({ job, content: contentAt(job, { depth: 'everything' }) })),
    says({ job, content }, layout) {
      // The stamp is of what is said, however the rails share the sheet.
      const said = layout ? contentAt(job, { depth: layout.depth }) : content
      return { content: said, texts: posterTexts(said) }
    },
    around: ({ job }) => [
      wordsOfLesserDepths(context),
      // Where a screen has one rail below the other, no line carries on.
      context.words.say('readStops'),
      job.assembly?.by === 'tiles'
        ? tilesView(context, job.assembly.plan, evenSeams(job.assembly.plan), job.assembly.others)
        : null,
    ],
    draw: ({ job }, layout) => {
      const poster = drawn(job, layout)
      return job.assembly?.by === 'tiles' && layout.seams
        ? withTiles(engine, context, poster, job.assembly.plan, layout.seams, job.assembly.others)
        : poster
    },
    compose: ({ job }, { seams }) =>
      job.assembly?.by === 'tiles' && seams ? composeTiles(job.assembly.plan, seams) : undefined,
    preferred: ({ job, content }) => ({
      size: floorOf(posterSizes(job.sheet)),
      abreast: waysAbreast(content, job.sheet)[0] ?? 1,
      depth: 'everything',
      turned: false,
      names: 'usual',
      notes: 'void',
      galley: false,
    }),
    async fit(page, documents) {
      const [{ job }] = documents
      const contents = contentsInTurn(context, job)
      const { assembly } = job
      if (assembly?.by === 'tiles') {
        const all = [...contents] as [PosterContent, ...PosterContent[]]
        const linesOf = async (layout: TiledPosterLayout) => {
          await page.show(job.id, drawn(job, layout))
          return page.lines()
        }
        const fitted = await fitTiles(assembly.plan, all, (some) => fitAt(page, job, some), linesOf)
        return new Map([[job.id, fitted]])
      }
      const fitted = await fitAt(page, job, contents)
      if ('tooHigh' in fitted) return new Map([[job.id, fitted]])
      const geometry = await geometryOf(page, job, fitted.layout)
      // In the map alone there are no statements to take the size from.
      const size = fitted.layout.depth === 'map' ? geometry.smallest : undefined
      return new Map([[job.id, { ...fitted, ...(size !== undefined && { size }), geometry }]])
    },
  })
}

/** What a poster says at each depth at which it says less than before; worked out where the one before does not fit. */
function* contentsInTurn(context: RenderContext, job: Job): Generator<PosterContent> {
  const hasSummaries = context.ladder.tracks.some(({ levels }) =>
    levels.some((level) => summaryOf(context, level) !== null),
  )
  const { unchanged = 'if-room' } = context.press.show
  const everything = posterContent(context, job, 'everything')
  const map = posterContent(context, job, 'map')
  const sheets = job.turns ? [job.sheet, turn(job.sheet)] : [job.sheet]
  const isStacked = sheets.every((sheet) => stacksOf(map, sheet) !== null)
  const isTold = (depth: PosterDepth) => {
    // Rails that hold no name beside each other hold no text either.
    if (isStacked) return depth === 'map'
    // Without summaries, one sentence of each level would be none.
    if (depth === 'levels') return hasSummaries
    if (depth === 'plain') return hasExamples(everything)
    if (depth === 'new') return unchanged === 'if-room' && repeatsAnything(everything)
    return true
  }
  let before: PosterContent | undefined
  for (const depth of posterDepths.filter(isTold)) {
    const content = posterContent(context, job, depth)
    if (depth === 'sentences' && before && !saysLess(content, before)) continue
    before = content
    yield content
  }
}
