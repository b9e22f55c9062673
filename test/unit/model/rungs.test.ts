import { describe, expect, test } from 'vitest'

import type { Equivalence } from '../../../src/model/ladder.ts'
import { arrangeRungs, type RungTrack } from '../../../src/model/rungs.ts'

const none: Equivalence = { kind: 'none' }
const unsaid: Equivalence = { kind: 'unsaid' }
const to = (...ids: string[]): Equivalence => ({ kind: 'levels', levels: ids.map((id) => ({ to: id })) })

function track(id: string, levels: Record<string, Equivalence>): RungTrack {
  return { id, levels: Object.entries(levels).map(([level, equivalence]) => ({ id: level, equivalence })) }
}

function rungs(...tracks: RungTrack[]): Record<string, number> {
  const arranged = arrangeRungs(tracks)
  if ('conflicts' in arranged) throw new Error(JSON.stringify(arranged.conflicts))
  return Object.fromEntries(arranged.of)
}

test('an equivalence puts levels on one rung, each as low as the orders allow', () => {
  expect(
    rungs(
      track('ic', { a: none, b: none, c: to('m'), d: unsaid }),
      track('mg', { m: unsaid, n: unsaid, o: unsaid }),
    ),
  ).toEqual({ a: 1, b: 2, c: 3, d: 4, m: 3, n: 4, o: 5 })
})

test('sharing a line is no claim, but a level that has stated that it has no equivalent shares it with nobody', () => {
  expect(rungs(track('ic', { a: unsaid, b: to('n') }), track('mg', { m: unsaid, n: unsaid }))).toEqual({
    a: 1,
    b: 2,
    m: 1,
    n: 2,
  })
  expect(rungs(track('ic', { a: none, b: to('n') }), track('mg', { m: unsaid, n: unsaid }))).toEqual({
    a: 1,
    b: 3,
    m: 2,
    n: 3,
  })
})

test('no unrelated level stands on a line that runs through its rail', () => {
  const of = rungs(
    track('a', { a1: to('c1') }),
    track('b', { b1: unsaid, b2: to('c2') }),
    track('c', { c1: unsaid, c2: unsaid }),
  )
  expect(of['a1']).toBe(of['c1'])
  expect(of['b1']).not.toBe(of['a1'])
})

test('equivalences carry on from level to level', () => {
  const arranged = arrangeRungs([
    track('a', { a1: to('b1') }),
    track('b', { b1: to('c1') }),
    track('c', { c1: unsaid }),
  ])
  if ('conflicts' in arranged) throw new Error('conflict')
  expect(arranged.equivalents.get('c1')).toEqual(['a1', 'b1'])
})

test('tracks that nothing joins are blocks with a spacing of their own', () => {
  const arranged = arrangeRungs([
    track('a', { a1: unsaid, a2: to('c1') }),
    track('b', { b1: unsaid }),
    track('c', { c1: unsaid }),
  ])
  if ('conflicts' in arranged) throw new Error('conflict')
  expect(arranged.blocks).toEqual([
    { tracks: ['a', 'c'], height: 2 },
    { tracks: ['b'], height: 1 },
  ])
})

test('numbers join and order levels', () => {
  const numbered = (id: string, rung: number) => ({ id, equivalence: unsaid, rung })
  const arranged = arrangeRungs([
    { id: 'a', levels: [numbered('a1', 1), numbered('a3', 3)] },
    { id: 'b', levels: [numbered('b2', 2), numbered('b3', 3)] },
  ])
  if ('conflicts' in arranged) throw new Error('conflict')
  expect(Object.fromEntries(arranged.of)).toEqual({ a1: 1, a3: 3, b2: 2, b3: 3 })
})

test('orders that cross have no arrangement', () => {
  const crossed = arrangeRungs([
    track('a', { a1: to('b2'), a2: to('b1') }),
    track('b', { b1: unsaid, b2: unsaid }),
  ])
  expect(crossed).toMatchObject({ conflicts: [{ kind: 'cross' }] })
})

test('two levels of a track never share a rung', () => {
  const two = arrangeRungs([track('a', { a1: to('b1'), a2: to('b1') }), track('b', { b1: unsaid })])
  expect(two).toMatchObject({ conflicts: [{ kind: 'two-on-a-rung', levels: ['a1', 'a2'] }] })
})

describe('a track that opens from a level of another', () => {
  const engineers = track('ic', { a: unsaid, b: unsaid, c: unsaid })

  test('stands above that level, as low as it can', () => {
    const managers = { ...track('mg', { m: unsaid, n: unsaid }), opensFrom: ['b'] }
    expect(rungs(engineers, managers)).toEqual({ a: 1, b: 2, c: 3, m: 3, n: 4 })
    expect(rungs(managers, engineers)).toEqual({ a: 1, b: 2, c: 3, m: 3, n: 4 })
  })

  test('stands where its equivalences put it, and then has no fork', () => {
    const forksOf = (...tracks: RungTrack[]) => {
      const arranged = arrangeRungs(tracks)
      if ('conflicts' in arranged) throw new Error('conflict')
      return arranged.forks
    }
    const opened = (equivalent: string): RungTrack => ({
      ...track('mg', { m: to(equivalent), n: unsaid }),
      opensFrom: ['b'],
    })
    expect(rungs(engineers, opened('a'))).toEqual({ a: 1, b: 2, c: 3, m: 1, n: 2 })
    expect(forksOf(engineers, opened('a'))).toEqual([])
    expect(forksOf(engineers, opened('b'))).toEqual([])
    expect(forksOf(engineers, opened('c'))).toEqual([{ from: 'b', track: 'mg' }])
  })

  test('that opens from it too stands below it where it comes first', () => {
    const one = { ...track('one', { a: unsaid }), opensFrom: ['b'] }
    const two = { ...track('two', { b: unsaid }), opensFrom: ['a'] }
    expect(rungs(one, two)).toEqual({ a: 2, b: 1 })
  })

  test('has a line that no unrelated level stands on', () => {
    const between = track('ds', { d: to('a'), e: unsaid })
    const managers = { ...track('mg', { m: unsaid }), opensFrom: ['b'] }
    expect(rungs(engineers, between, managers)).toEqual({ a: 1, d: 1, b: 2, c: 3, e: 3, m: 3 })
  })
})

test('levels that others make equivalent cannot have two numbers', () => {
  const arranged = arrangeRungs([
    { id: 'a', levels: [{ id: 'a1', equivalence: to('b1'), rung: 3 }] },
    { id: 'b', levels: [{ id: 'b1', equivalence: unsaid }] },
    { id: 'c', levels: [{ id: 'c1', equivalence: to('b1'), rung: 4 }] },
    { id: 'd', levels: [{ id: 'd1', equivalence: unsaid, rung: 4 }] },
  ])
  expect(arranged).toEqual({ conflicts: [{ kind: 'two-numbers', levels: ['a1', 'c1'], numbers: [3, 4] }] })
})
