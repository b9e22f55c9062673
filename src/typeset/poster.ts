import type { Fitted } from '../fit/fitted.ts'
import { posterGeometry } from '../fit/poster-geometry.ts'
import { fitPoster, posterSizes, waysAbreast, type PosterTrials } from '../fit/poster.ts'
import { composeTiles, evenSeams, seamsIn } from '../fit/seams.ts'
import type { Job } from '../plan/jobs.ts'
import { turn, type Sheet } from '../plan/paper.ts'
import type { TilePlan } from '../plan/tiles.ts'
import type { RenderContext } from '../render/context.ts'
import { posterContent } from '../render/documents/poster-content.ts'
import { hasExamples, repeatsAnything, saysLess } from '../render/documents/poster-depths.ts'
import type { PosterLayout } from '../render/documents/poster-layout.ts'
import { largestBelowNames, type PosterNames } from '../render/documents/poster-names.ts'
import { posterDepths, type PosterContent, type PosterDepth } from '../render/documents/poster-parts.ts'
import { posterTexts } from '../render/documents/poster-texts.ts'
import { sharesFor, stacksOf, withShares } from '../render/documents/poster-widths.ts'
import { renderPoster } from '../render/documents/poster.ts'
import { tilesView, withTiles, type Seams } from '../render/documents/tiles.ts'
import type { Engine } from '../render/engine.ts'
import { summaryOf } from '../render/level-words.ts'
import { createTypesetter, sheetOf, type Measurer, type Typesetter } from './typesetter.ts'

/** How a poster is set; and of one that is put together from sheets, how its rails share it and where its seams run. */
type SetPosterLayout = PosterLayout & { readonly shares?: readonly number[]; readonly seams?: Seams }

/** A poster in smaller type is taken for seams that cut less text, if it is not smaller by more than this, in pt. */
const smaller = 1

/** @param jobs the poster */
export function typesetPoster(engine: Engine, context: RenderContext, jobs: readonly Job[]): Typesetter {
  const contentAt = (job: Job, { depth, shares }: Pick<SetPosterLayout, 'depth' | 'shares'>) => {
    const content = posterContent(context, job, depth)
    return shares ? withShares(content, shares) : content
  }
  const drawn = (job: Job, layout: SetPosterLayout) =>
    renderPoster(engine, context, sheetOf(job, layout), contentAt(job, layout), layout, job.trim)

  /** Where all of it stands as it will be printed. */
  const geometryOf = async (page: Measurer, job: Job, layout: SetPosterLayout) => {
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

  /** Of all ways to share the width, the one that says most; of these, the one whose seams cut least. */
  const fitTiles = async (page: Measurer, job: Job, plan: TilePlan, contents: readonly PosterContent[]) => {
    const [first] = contents as [PosterContent]
    let best: { fitted: Fitted<SetPosterLayout>; depth: number; size: number; cut: number } | undefined
    for (const shares of sharesFor(first, plan.columns)) {
      const known = best ? contents.slice(0, best.depth + 1) : contents
      const shared = known.map((content) => withShares(content, shares))
      const fitted = await fitAt(page, job, shared)
      if ('tooHigh' in fitted) {
        if (!best) return fitted
        continue
      }
      const layout = { ...fitted.layout, shares }
      const depth = contents.findIndex((content) => content.depth === layout.depth)
      await page.show(job.id, drawn(job, layout))
      const { seams, cut } = seamsIn(plan, await page.lines())
      const { size } = layout
      const isBetter =
        !best ||
        depth < best.depth ||
        (cut.length < best.cut && size >= best.size - smaller) ||
        (cut.length === best.cut && size > best.size)
      if (isBetter) {
        best = { fitted: { ...fitted, layout: { ...layout, seams }, cut }, depth, size, cut: cut.length }
      }
    }
    if (!best) throw new Error('a poster has rails')
    return best.fitted
  }

  return createTypesetter<PosterContent, SetPosterLayout>(context, {
    documents: jobs.map((job) => ({ job, content: contentAt(job, { depth: 'everything' }) })),
    says({ job, content }, layout) {
      // The stamp is of what is said, however the rails share the sheet.
      const said = layout ? contentAt(job, { depth: layout.depth }) : content
      return { content: said, texts: posterTexts(said) }
    },
    around: ({ job }) =>
      job.assembly?.by === 'tiles'
        ? tilesView(context, job.assembly.plan, evenSeams(job.assembly.plan), job.assembly.others)
        : null,
    draft: ({ job }, layout) => {
      const poster = drawn(job, layout)
      return job.assembly?.by === 'tiles' && layout.seams
        ? withTiles(engine, context, poster, job.assembly.plan, layout.seams, job.assembly.others)
        : poster
    },
    compose: ({ job }, { seams }) =>
      job.assembly?.by === 'tiles' && seams ? composeTiles(job.assembly.plan, seams) : undefined,
    preferred: ({ job, content }) => ({
      size: posterSizes(job.sheet).at(-1) ?? 12,
      abreast: waysAbreast(content, job.sheet)[0] ?? 1,
      depth: 'everything',
      turned: false,
      names: 'usual',
      notes: 'void',
      galley: false,
    }),
    async fit(page, documents) {
      const [{ job }] = documents as [(typeof documents)[number]]
      const summaries = context.ladder.tracks.some(({ levels }) =>
        levels.some((level) => summaryOf(context, level) !== null),
      )
      const { unchanged = 'if-room' } = context.press.show
      const everything = contentAt(job, { depth: 'everything' })
      const map = contentAt(job, { depth: 'map' })
      const sheets = job.turns ? [job.sheet, turn(job.sheet)] : [job.sheet]
      const isNarrow = sheets.every((sheet) => stacksOf(map, sheet) !== null)
      const isTold = (depth: PosterDepth) => {
        // Rails that hold no name beside each other hold no text either.
        if (isNarrow) return depth === 'map'
        // Without summaries, one sentence of each level would be none.
        if (depth === 'levels') return summaries
        if (depth === 'plain') return hasExamples(everything)
        if (depth === 'new') return unchanged === 'if-room' && repeatsAnything(everything)
        return true
      }
      // What a depth says is worked out where the one before it does not fit.
      function* contents() {
        let before: PosterContent | undefined
        for (const depth of posterDepths.filter(isTold)) {
          const content = contentAt(job, { depth })
          if (depth === 'sentences' && before && !saysLess(content, before)) continue
          before = content
          yield content
        }
      }
      const { assembly } = job
      if (assembly?.by === 'tiles')
        return new Map([[job.id, await fitTiles(page, job, assembly.plan, [...contents()])]])
      const fitted = await fitAt(page, job, contents())
      if ('tooHigh' in fitted) return new Map([[job.id, fitted]])
      const geometry = await geometryOf(page, job, fitted.layout)
      // Of the map alone no statement tells the size.
      const size = fitted.layout.depth === 'map' ? geometry.smallest : undefined
      return new Map([[job.id, { ...fitted, ...(size !== undefined && { size }), geometry }]])
    },
  })
}
