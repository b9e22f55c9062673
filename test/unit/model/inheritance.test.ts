import { expect, test } from 'vitest'

import { readLadder } from '../../../src/build/read.ts'
import {
  commonStatements,
  freshStatements,
  inheritedStatements,
  newStatements,
  previousWithCell,
  repeatedStatements,
} from '../../../src/model/inheritance.ts'
import { statementsOf, type Level, type Track } from '../../../src/model/ladder.ts'
import { inFolder } from '../../support/cli.ts'
import { write } from '../../support/files.ts'

/** A track of levels that say, in one dimension or in two, the items of lists. */
async function trackOf(...levels: readonly (readonly [status: string, craft: string, people?: string])[]) {
  const lines = levels.map(
    ([status, craft, people = '{ empty: open }'], n) =>
      `      - { id: l${n}, title: L${n}, status: ${status}, expectations: { craft: ${craft}, people: ${people} } }\n`,
  )
  const dimensions = '[{ id: craft, name: Craft }, { id: people, name: People }]'
  const ladder = `title: T\ntracks:\n  - id: a\n    name: A\n    dimensions: ${dimensions}\n    levels:\n${lines.join('')}`
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const { read, diagnostics } = await readLadder({ cwd, ladder: 'ladder.yaml' })
    const [track] = read?.ladder.tracks ?? []
    if (!track) throw new Error(diagnostics.map(({ message }) => message).join())
    return { track, at: (n: number) => track.levels[n] as Level }
  })
}

const sorted = (refs: Iterable<string> | undefined) => [...(refs ?? ['nothing below'])].toSorted()

test('in a track that restates, what the level in force below does not say is new', async () => {
  const { track, at } = await trackOf(
    ['active', '[Builds, Tests, Plans]'],
    ['draft', '[Dreams]'],
    ['deprecated', '[Rests]'],
    ['active', '["builds!", Tests, Leads, { text: Plans, new: true }]'],
    ['active', '[Builds, Tests, Leads, Decides]'],
  )
  expect(sorted(newStatements(track, at(0)))).toEqual([])
  expect(sorted(newStatements(track, at(3)))).toEqual(['l3/craft/3', 'l3/craft/4'])
  expect(sorted(newStatements(track, at(4)))).toEqual(['l4/craft/4'])
})

test('in a track that is mostly written anew only what its author calls new is', async () => {
  const { track, at } = await trackOf(
    ['active', '[Builds, Tests]'],
    ['active', '[Leads, { text: Decides, new: true }]'],
    ['active', '[Judges, Plans]'],
    ['draft', '[Judges, Plans]'],
  )
  expect(sorted(newStatements(track, at(1)))).toEqual(['l1/craft/2'])
  expect(sorted(newStatements(track, at(2)))).toEqual([])
  expect(sorted(freshStatements(track, at(1)))).toEqual(['l1/craft/1', 'l1/craft/2'])
  expect(sorted(freshStatements(track, at(0)))).toEqual([])
  // Neither the lowest level nor a draft says whether a track restates.
  for (const draft of ['[Leads, Decides]', '[Judges]']) {
    const other = await trackOf(
      ['active', '[Builds, Tests]'],
      ['active', '[Leads, Decides]'],
      ['draft', draft],
    )
    expect(sorted(newStatements(other.track, other.at(1)))).toEqual([])
  }
})

test('a third that is kept by half of the levels makes a track one that restates', async () => {
  const levels = (kept: string) =>
    trackOf(
      ['active', '[Builds, Tests, Plans]'],
      ['active', `[${kept}, Leads, Decides]`],
      ['active', '[Judges, Draws, Writes]'],
    )
  const { track, at } = await levels('Builds')
  expect(sorted(newStatements(track, at(1)))).toEqual(['l1/craft/2', 'l1/craft/3'])
  const other = await levels('Sings')
  expect(sorted(newStatements(other.track, other.at(1)))).toEqual([])
})

test('a level repeats the one below where it keeps all of a dimension', async () => {
  const { track, at } = await trackOf(
    ['active', '[Builds, Tests]', '[Helps]'],
    ['active', '[Builds, Tests, Leads]', '[Helps others, Helps]'],
    ['active', '[Builds, Leads]', '[Helps, Helps others, Teaches]'],
  )
  expect(sorted(repeatedStatements(track, at(0))?.refs)).toEqual(['nothing below'])
  expect(sorted(repeatedStatements(track, at(1))?.refs)).toEqual(['l1/craft/1', 'l1/craft/2', 'l1/people/2'])
  expect(sorted(repeatedStatements(track, at(2))?.refs)).toEqual(['l2/people/1', 'l2/people/2'])
  expect(repeatedStatements(track, at(2))?.below.id).toBe('l1')
})

test('what holds by the levels below comes from the nearest first, by dimension, from those in force', async () => {
  const { track, at } = await trackOf(
    ['active', '[Builds]', '[Helps]'],
    ['draft', '[Dreams]'],
    ['active', '{ empty: open }', '[Teaches]'],
    ['active', '[Leads]'],
  )
  const from = (dimension: string) =>
    inheritedStatements(track, at(3), dimension).map(({ level }) => level.id)
  expect([from('craft'), from('people')]).toEqual([['l0'], ['l2', 'l0']])
})

test('“as at the level below” refers to a draft only on a draft', async () => {
  const { track } = await trackOf(['active', '[Builds]'], ['draft', '[Dreams]'], ['active', '[Leads]'])
  const nearest = (status: 'active' | 'draft') => {
    const level = { ...(track.levels[2] as Level), status }
    const other: Track = { ...track, levels: [...track.levels.slice(0, 2), level] }
    return [previousWithCell(other, level, 'craft')?.id, previousWithCell(other, level, 'people')?.id]
  }
  expect([nearest('active'), nearest('draft')]).toEqual([
    ['l0', undefined],
    ['l1', undefined],
  ])
})

test('two cells share what is said alike, asked alike and meant alike, each statement once', async () => {
  const { at } = await trackOf(
    [
      'active',
      '[Builds, Builds, { text: Tests, optional: true }, { text: Shouts, polarity: ineffective }, Plans]',
    ],
    ['active', '["Plans.", "builds", Tests, { text: Shouts, polarity: effective }]'],
  )
  expect([...commonStatements(statementsOf(at(0)), statementsOf(at(1)))]).toEqual([
    ['l0/craft/1', 'l1/craft/2'],
    ['l0/craft/5', 'l1/craft/1'],
  ])
})
