import { expect, test } from 'vitest'

import { bareMap } from '../../../src/render/bare-map.ts'
import { contextOf } from '../../support/context.ts'

const says = 'statements: [Builds]'
const size = { width: 60, height: 40, rail: 10, rung: 3, mark: 2 }

test('the small map of a long track shows eight rungs, the level of the reader among them', async () => {
  const levels = Array.from({ length: 20 }, (_, at) => `id: a${at + 1}, title: L, ${says}`)
  const context = await contextOf({ a: ['', ...levels] })
  const rungs = (here?: string) => {
    const { lines, marks } = bareMap(context, size, here === undefined ? undefined : new Set([here]))
    return [lines.filter(({ kind }) => kind === 'rung').length, marks.length]
  }
  expect(rungs('a1')).toEqual([8, 1])
  expect(rungs('a20')).toEqual([8, 1])
  expect(rungs()).toEqual([20, 20])
})

test('the mark of a level that is not described is hollow', async () => {
  const context = await contextOf({
    a: ['', `id: a1, title: L, ${says}`, 'id: a2, title: M, described: false'],
  })
  const filled = bareMap(context, size).marks.map(({ mark, y }) => [y, mark.filled])
  expect(filled.toSorted(([a], [b]) => Number(b) - Number(a)).map(([, is]) => is)).toEqual([true, false])
})

test('tracks that nothing joins stand on one ground', async () => {
  const one = (id: string, count: number) => [
    '',
    ...Array.from({ length: count }, (_, at) => `id: ${id}${at + 1}, title: L, ${says}`),
  ]
  const { marks } = bareMap(await contextOf({ a: one('a', 4), b: one('b', 1) }), size)
  const lowest = (rail: (x: number) => boolean) =>
    Math.max(...marks.filter(({ x }) => rail(x)).map(({ y }) => y))
  const left = Math.min(...marks.map(({ x }) => x))
  expect(lowest((x) => x > left)).toBe(lowest((x) => x === left))
})
