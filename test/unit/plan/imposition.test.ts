import { describe, expect, test } from 'vitest'

import { impose } from '../../../src/plan/imposition.ts'
import type { Sheet } from '../../../src/plan/paper.ts'

const page: Sheet = { paper: 'A5', width: 148, height: 210, orientation: 'portrait' }
const sheet: Sheet = { paper: 'A4', width: 297, height: 210, orientation: 'landscape' }

/** Folds the sheets one into the other and leafs through them: the pages from front to back. */
function leafThrough(
  sides: readonly (readonly { page: number; left: number }[])[],
  direction: 'ltr' | 'rtl',
): number[] {
  const half = (side: readonly { page: number; left: number }[], which: 'left' | 'right') =>
    side.find(({ left }) => (left < 140 ? 'left' : 'right') === which)?.page ?? 0
  const [front, back] = direction === 'ltr' ? (['right', 'left'] as const) : (['left', 'right'] as const)
  const leaves: [number, number][] = []
  const later: [number, number][] = []
  for (let at = 0; at < sides.length; at += 2) {
    const [outer = [], inner = []] = [sides[at], sides[at + 1]]
    // Turned over on the short edge, what lies behind the right half is the left half of the back.
    leaves.push([half(outer, front), half(inner, back)])
    later.unshift([half(inner, front), half(outer, back)])
  }
  return [...leaves, ...later].flat()
}

describe('a saddle stitch', () => {
  test.each([
    [4, 'ltr'],
    [8, 'ltr'],
    [28, 'ltr'],
    [28, 'rtl'],
  ] as const)('of %i pages, %s, folds into pages in order', (pages, direction) => {
    const sides = impose('saddle', pages, page, sheet, direction)
    expect(sides).toHaveLength(pages / 2)
    expect(new Set(sides.flat().map(({ top }) => top))).toEqual(new Set([0]))
    expect(leafThrough(sides, direction)).toEqual(Array.from({ length: pages }, (_, index) => index + 1))
  })

  test('moves inner pages toward the fold, a tenth of a millimetre for each sheet', () => {
    const sides = impose('saddle', 12, page, sheet, 'ltr')
    const right = (side: number) => sides[side]?.[1]?.left ?? Number.NaN
    const left = (side: number) => (sides[side]?.[0]?.left ?? Number.NaN) + page.width
    expect([right(0), right(2), right(4)].map((at) => Math.round((148.5 - at) * 10) / 10)).toEqual([
      0, 0.1, 0.2,
    ])
    expect([left(0), left(2), left(4)].map((at) => Math.round((at - 148.5) * 10) / 10)).toEqual([0, 0.1, 0.2])
  })

  test('needs pages in fours', () => {
    expect(() => impose('saddle', 6, page, sheet, 'ltr')).toThrow('6 pages do not make whole sheets')
  })
})

test('two pages on a sheet are those that lie open beside each other', () => {
  const numbers = (direction: 'ltr' | 'rtl') =>
    impose('2up', 4, page, sheet, direction).map((side) => side.map((placed) => placed.page))
  expect(numbers('ltr')).toEqual([[1], [2, 3], [4]])
  expect(numbers('rtl')).toEqual([[1], [3, 2], [4]])
})
