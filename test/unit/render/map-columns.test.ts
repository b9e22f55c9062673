import { expect, test } from 'vitest'

import { columnsFor, railsInOrder } from '../../../src/render/map-columns.ts'
import { contextOf } from '../../support/context.ts'

const says = 'statements: [Builds]'

/** Five tracks with a level each, all equivalent to the first, and what else their levels say. */
const joined = (more: Record<string, readonly string[]> = {}) => ({
  a: ['', `id: a1, title: A, ${says}`],
  ...Object.fromEntries(
    ['b', 'c', 'd', 'e'].map((id) => [id, ['', `id: ${id}1, title: L, ${says}, equivalent: a1`]]),
  ),
  ...more,
})

async function orderFor(here: string, tracks: Record<string, readonly string[]>): Promise<string> {
  const { ladder, rungs } = await contextOf(tracks)
  return railsInOrder(ladder.tracks, rungs, { names: 'own', here })
    .map(({ id }) => id)
    .join('')
}

test.each([
  ['a', 'abcde'],
  ['b', 'bacde'],
  ['c', 'abdec'],
  ['d', 'abced'],
  ['e', 'abcde'],
])('the rail of the reader stands at the edge that is nearer to it: %s', async (track, order) => {
  expect(await orderFor(`${track}1`, joined())).toBe(order)
})

test('it stands at the other edge where fewer lines run through levels that they do not join', async () => {
  // At the nearer edge the line from b1 to c1 would run through a1.
  const tracks = {
    a: ['', `id: a1, title: A, ${says}`, `id: a2, title: A, ${says}`],
    b: ['', `id: b1, title: B, ${says}`, `id: b2, title: B, ${says}, equivalent: a2`],
    c: ['', `id: c1, title: C, ${says}, equivalent: b1`],
    d: ['', `id: d2, title: D, ${says}, equivalent: a2`],
  }
  expect(await orderFor('b1', tracks)).toBe('acdb')
})

test('rails that a fork joins with it stay, and those that nothing joins do not', async () => {
  const tracks = {
    a: ['', `id: a1, title: A, ${says}`, `id: a2, title: A, ${says}`],
    b: ['    opens-from: [a1]\n', `id: b2, title: B, ${says}`],
    c: ['', `id: c1, title: C, ${says}, equivalent: a1`],
    d: ['', `id: d1, title: D, ${says}`],
  }
  expect(await orderFor('a1', tracks)).toBe('abc')
  expect(await orderFor('b2', tracks)).toBe('ab')
  expect(await orderFor('c1', tracks)).toBe('ac')
})

test('names of the reader’s own rail stand outside the others', async () => {
  const { ladder } = await contextOf(joined())
  const own = (here: string) => {
    const { columns, marks, names, sideOf } = columnsFor(ladder.tracks, { names: 'own', here })
    return { columns, marks, names, side: sideOf(0) }
  }
  expect(own('a1')).toEqual({
    columns: 'name mark line mark line mark line mark line mark',
    marks: [2, 4, 6, 8, 10],
    names: [1, undefined, undefined, undefined, undefined],
    side: 'before',
  })
  expect(own('e1')).toEqual({
    columns: 'mark line mark line mark line mark line mark name',
    marks: [1, 3, 5, 7, 9],
    names: [undefined, undefined, undefined, undefined, 10],
    side: 'after',
  })
})
