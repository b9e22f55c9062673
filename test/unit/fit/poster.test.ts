import { describe, expect, test } from 'vitest'

import { heightBetween } from '../../../src/fit/boxes.ts'
import { isUnderFloor, posterSizes, waysAbreast } from '../../../src/fit/poster-sizes.ts'
import { fitPoster, type PosterWay } from '../../../src/fit/poster.ts'
import { layDown, parsePaper, type PaperChoice } from '../../../src/plan/paper.ts'
import { posterContent } from '../../../src/render/documents/poster-content.ts'
import type { PosterContent, PosterDepth } from '../../../src/render/documents/poster-parts.ts'
import { contextOf } from '../../support/context.ts'

const sheetOf = (paper: string) => layDown(parsePaper(paper) as PaperChoice, 'portrait')
const a1 = sheetOf('A1')
/** The height of A1, in px. */
const room = heightBetween(a1, 0)

/** A poster of tracks of one level, which says one thing of each of so many dimensions. */
async function posterOf(
  tracks: readonly number[],
  depth: PosterDepth = 'everything',
): Promise<PosterContent> {
  const trackOf = (dimensions: number, at: number) => {
    const id = 'abcdef'.charAt(at)
    const ids = Array.from({ length: dimensions }, (_, index) => `d${index}`)
    const own = ids.map((dimension) => `{ id: ${dimension}, name: ${dimension} }`)
    const says = ids.map((dimension) => `${dimension}: [{ text: Builds, examples: [Once] }]`)
    return [
      id,
      [`    dimensions: [${own.join(', ')}]\n`, `id: ${id}1, title: L, expectations: { ${says.join(', ')} }`],
    ] as const
  }
  const context = await contextOf(Object.fromEntries(tracks.map(trackOf)))
  return posterContent(context, { id: 'poster' }, depth)
}

describe('dimensions abreast', () => {
  test('are tried in ways that leave few places empty first, one below the other last', async () => {
    expect(waysAbreast(await posterOf([7]), a1)).toEqual([4, 2, 3, 1])
    expect(waysAbreast(await posterOf([5]), a1)).toEqual([5, 3, 2, 1])
    expect(waysAbreast(await posterOf([24]), a1)).toEqual([4, 3, 2, 5, 1])
  })

  test('stand one below the other on narrow rails, or where columns would hold too few characters', async () => {
    expect(waysAbreast(await posterOf([5, 1, 1, 1]), a1)).toEqual([1])
    expect(waysAbreast(await posterOf([5, 5, 5]), a1)).toEqual([2, 1])
  })
})

test('statements are read from as far as a sheet is large, and are 7 pt at least', () => {
  const ends = (paper: string) => [posterSizes(sheetOf(paper))[0], posterSizes(sheetOf(paper)).at(-1)]
  expect(ends('A1')).toEqual([22, 12])
  expect(ends('A2')).toEqual([15.5, 8.5])
  expect(ends('A3')).toEqual([11, 7])
  expect(['A1', 'A2', 'A3'].map((paper) => isUnderFloor(sheetOf(paper)))).toEqual([false, false, true])
})

describe('a poster', () => {
  /** Heights in px, by the way that it is set. */
  async function fitted(
    heightOf: (way: PosterWay, size: number) => number,
    { turns = false, depth = 'everything' }: { turns?: boolean; depth?: PosterDepth } = {},
  ) {
    const depths = await Promise.all(
      [depth, 'plain' as const, 'levels' as const].map((one) => posterOf([1], one)),
    )
    return fitPoster(
      depths,
      { sheet: a1, turns },
      {
        largest: () => Infinity,
        measure: (_, way, __, size) => Promise.resolve({ poster: [0, heightOf(way, size), 0, 0] }),
      },
    )
  }

  test('is set as large as it has room for, however its height grows', async () => {
    expect(await fitted((_, size) => size * 200)).toMatchObject({ layout: { size: 15.5 }, remedies: [] })
    expect(await fitted((_, size) => (size < 15 ? 2000 : room + 1))).toMatchObject({ layout: { size: 14.5 } })
    expect(await fitted(() => room)).toMatchObject({ layout: { size: 22 } })
  })

  test('is turned before names become smaller, and that before it says less', async () => {
    const tooHigh = (is: boolean) => (is ? 9000 : 2200)
    const remediesOf = async (isTooHigh: (way: PosterWay) => boolean, turns = true) => {
      const result = await fitted((way) => tooHigh(isTooHigh(way)), { turns })
      return 'remedies' in result ? result.remedies : []
    }
    expect(await remediesOf(({ turned }) => !turned)).toEqual(['turned'])
    expect(await remediesOf(({ names }) => names !== 'small')).toEqual(['names-small'])
    expect(await remediesOf(({ names, turned }) => names !== 'small' || !turned)).toEqual([
      'turned',
      'names-small',
    ])
    expect(await remediesOf(({ depth }) => depth === 'everything')).toEqual(['examples-left-out'])
    expect(await remediesOf(({ depth }) => depth !== 'levels')).toEqual(['depth-levels'])
    expect(await fitted(() => room + 96, { turns: false })).toEqual({
      tooHigh: { ref: '@/title', excess: expect.closeTo(25.4) },
    })
  })

  test('has smaller names where its text is near the floor and gains two points by it', async () => {
    const namesIf = async (small: number) => {
      const most = ({ names }: PosterWay) => (names === 'small' ? small : 12.5)
      const result = await fitted((way, size) => (size > most(way) ? room + 1 : room), { depth: 'cells' })
      return 'layout' in result ? [result.layout.names, result.layout.size] : []
    }
    expect(await namesIf(14.5)).toEqual(['small', 14.5])
    expect(await namesIf(14)).toEqual(['usual', 12.5])
  })

  test('has larger names where it would be a third white, and its text grows by it', async () => {
    const namesIf = async (fill: number) => {
      const result = await fitted(() => room * fill)
      return 'layout' in result ? [result.layout.names, result.layout.size] : []
    }
    expect(await namesIf(0.69)).toEqual(['large', 43])
    expect(await namesIf(0.71)).toEqual(['usual', 22])
  })
})
