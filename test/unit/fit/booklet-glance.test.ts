import { describe, expect, test } from 'vitest'

import { glancePages } from '../../../src/fit/booklet-glance.ts'
import type { Box, Boxes } from '../../../src/fit/boxes.ts'
import { pixel } from '../../../src/plan/units.ts'
import type { BookletContent } from '../../../src/render/documents/booklet-content.ts'
import type { GlanceRail } from '../../../src/render/documents/booklet-parts.ts'

const mark = { path: '', accent: 'accent-1', filled: true }

/** A rail with levels on some rungs, the highest first: `a2` and `a1`. */
function rail(track: string, rungs: readonly number[], more: Partial<GlanceRail> = {}): GlanceRail {
  return {
    track,
    name: track,
    mark,
    block: 0,
    levels: rungs.map((rung) => ({
      id: `${track}${rung}`,
      title: '',
      rung,
      mark,
      dashed: false,
      summary: null,
      line: 'on',
      lineDashed: false,
    })),
    ...more,
  }
}

/** A line leads from a level to one of another rail. */
function tied(own: GlanceRail, level: string, across: string): GlanceRail {
  return { ...own, levels: own.levels.map((one) => (one.id === level ? { ...one, across } : one)) }
}

/** The map on pages 700 px high, all levels as high as said. */
function pagesOf(rails: readonly GlanceRail[], height: number | readonly number[], heads: Boxes = {}) {
  const boxes: Record<string, Box> = { ...heads }
  for (const width of [1, 2])
    for (const [at, { levels }] of rails.entries())
      for (const level of levels.keys())
        boxes[`g${width}/${at}/${level}`] = [
          0,
          typeof height === 'number' ? height : (height[level] ?? 0),
          0,
          0,
        ]
  return glancePages({ glance: { title: '', rails } } as unknown as BookletContent, boxes, 700)
}

function mapsOf(...of: Parameters<typeof pagesOf>) {
  const result = pagesOf(...of)
  if ('tooHigh' in result) throw new Error(`${result.tooHigh.ref} is too high`)
  return result.pages.flatMap((page) => (page.kind === 'glance' ? [page] : []))
}

const downFrom = (rung: number) => Array.from({ length: rung }, (_, at) => rung - at)

test('rungs lie evenly, and no further apart than 14 mm more than the highest needs', () => {
  expect(mapsOf([rail('a', [2, 1])], [100, 60])[0]?.rows).toEqual([152, 152])
  // Where that has no room, what is left is shared out.
  expect(mapsOf([rail('a', [3, 2, 1])], [400, 100, 100])[0]?.rows).toEqual([433, 133, 133])
})

test('a rail has what the higher of two heads leaves, and goes on over pages of about as many levels', () => {
  const heads: Boxes = { 'g1/head': [0, 50, 0, 0], 'g2/head': [0, 90, 0, 0] }
  expect(mapsOf([rail('a', [2, 1])], [300, 310], heads)).toHaveLength(1)
  expect(mapsOf([rail('a', [2, 1])], [300, 311], heads)).toHaveLength(2)
})

test.each([
  [2, 500, [1, 1]],
  [7, 230, [2, 2, 2, 1]],
  [6, 300, [2, 1, 2, 1]],
  [9, 150, [3, 2, 2, 2]],
])('a single rail of %i levels, each %i px high, goes on over pairs of pages', (count, height, levels) => {
  const maps = mapsOf([rail('a', downFrom(count))], height)
  expect(maps.map(({ rails: [own] }) => own?.levels.length)).toEqual(levels)
  expect(maps.map(({ rails: [own] }) => [own?.above, own?.below])).toEqual(
    levels.map((_, at) => [at > 0, at < levels.length - 1]),
  )
})

test('a level that is higher than a page is named', () => {
  expect(pagesOf([rail('a', [2, 1])], [100, 760])).toEqual({
    tooHigh: { ref: 'a1/summary', excess: 60 * pixel },
  })
})

test('a line runs through the rails between those it joins alone, and has a row where these have none', () => {
  const rails = [
    tied(rail('a', [3, 1]), 'a3', 'f3'),
    rail('b', [1]),
    rail('c', [1]),
    rail('d', [1]),
    rail('e', [1]),
    rail('f', [3, 1]),
  ]
  const columns = mapsOf(rails, 100).flatMap((page) =>
    page.rails.map((own) => ({ rows: page.rows.length, ties: own.ties.map(({ row }) => row) })),
  )
  expect(columns.map(({ ties }) => ties)).toEqual([[], [1], [1], [1], [1], []])
  expect(columns.map(({ rows }) => rows)).toEqual([2, 2, 2, 2, 2, 2])
  // A spread through which it only runs has a row for it too.
  const far = [...rails.slice(0, 5), rail('g', [1]), rail('h', [1]), rail('i', [1]), rail('f', [3, 1])]
  const middle = mapsOf(far, 100).slice(2, 4)
  expect(middle.map((page) => page.rows.length)).toEqual([2, 2])
  expect(middle.flatMap((page) => page.rails.map((own) => own.ties.map(({ row }) => row)))).toEqual([
    [1],
    [1],
    [1],
    [1],
  ])
})

describe('a track that opens from a level of another', () => {
  const forksOf = (rails: readonly GlanceRail[]) =>
    mapsOf(rails, 100).flatMap((page) =>
      page.rails.map(({ foot, forks }) => ({
        foot,
        forks: forks.map(({ part, row, back, last }) =>
          [part, row, ...(back ? ['back'] : []), ...(last ? ['last'] : [])].join(' '),
        ),
      })),
    )
  const origin = rail('a', [4, 3, 2, 1])

  test('has a line from the rung of that level, which bends into its rail below its lowest level', () => {
    expect(forksOf([origin, rail('b', [4, 3], { opensFrom: ['a2'] })])).toEqual([
      { foot: [], forks: ['origin 3'] },
      { foot: [], forks: ['bend 3 last'] },
    ])
    expect(forksOf([rail('b', [4, 3], { opensFrom: ['a2'] }), origin])).toEqual([
      { foot: [], forks: ['bend 3 back last'] },
      { foot: [], forks: ['origin 3 back'] },
    ])
  })

  test('has a rail down to the lowest of several, and through rungs on which it has no level', () => {
    const opened = rail('b', [4, 3], { opensFrom: ['a2', 'a1'] })
    expect(forksOf([origin, rail('c', [4]), opened])).toEqual([
      { foot: [], forks: ['origin 3', 'origin 4'] },
      { foot: [], forks: ['way 3', 'way 4'] },
      { foot: [3], forks: ['bend 3', 'bend 4 last'] },
    ])
  })

  test('has a row for that level on a spread of its own', () => {
    const others = ['c', 'd', 'e'].map((id) => rail(id, [4]))
    const own = mapsOf([origin, ...others, rail('b', [4, 3], { opensFrom: ['a1'] })], 100).at(-1)
    expect(own?.rows).toHaveLength(3)
    expect(own?.rails[0]).toMatchObject({
      levels: [{ row: 1 }, { row: 2 }],
      forks: [{ part: 'bend', row: 3 }],
    })
  })
})
