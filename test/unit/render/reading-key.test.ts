import { expect, test } from 'vitest'

import { lineText } from '../../../src/markdown/line.ts'
import { keySentences } from '../../../src/render/reading-key.ts'
import { contextOf } from '../../support/context.ts'

const says = 'statements: [Builds]'

async function keyOf(tracks: Record<string, readonly string[]>, head = '') {
  const context = await contextOf(tracks, '{}', head)
  const sentences = keySentences(context, context.ladder.tracks)
  return {
    samples: sentences.flatMap(({ sample }) => (sample === null ? [] : [sample])),
    words: sentences.flatMap(({ sample, words }) => (sample === null ? [lineText(words)] : [])),
  }
}

const one = (id: string, more = '') => ['', `id: ${id}1, title: L, ${says}${more}`]

test('a track that nothing joins has no stops, though its levels are said to have no equivalent', async () => {
  const joined = { a: one('a'), b: one('b', ', equivalent: a1') }
  const apart = { ...joined, c: one('c', ', equivalent: none') }
  expect((await keyOf(apart)).samples).toEqual(['rungs', 'joined'])
  const stop = { ...joined, b: [...joined.b, `id: b2, title: L, ${says}, equivalent: none`] }
  expect((await keyOf(stop)).samples).toEqual(['rungs', 'ties'])
})

test('of a ladder that adds it is said that all of the levels below is asked', async () => {
  expect((await keyOf({ a: one('a') })).words).toEqual([])
  expect((await keyOf({ a: one('a') }, 'style: additive\n')).words).toHaveLength(1)
})

test('up to five groups of tracks that nothing joins are named', async () => {
  const tracks = (count: number) =>
    Object.fromEntries([...'abcdef'].slice(0, count).map((id) => [id, one(id)]))
  const [five] = (await keyOf(tracks(5))).words
  for (const id of 'abcde') expect(five).toContain(`Track ${id}`)
  const [six] = (await keyOf(tracks(6))).words
  expect(six).not.toContain('Track')
  expect((await keyOf(tracks(1))).words).toEqual([])
})
