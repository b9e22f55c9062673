import { join } from 'node:path'

import { beforeAll, expect, test } from 'vitest'

import { readLadder, type ReadLadder } from '../../../src/build/read.ts'
import { plainText } from '../../../src/markdown/prose.ts'
import { levelsOf, statementsOf, type Level } from '../../../src/model/ladder.ts'
import { root } from '../../support/cli.ts'

let read: ReadLadder

beforeAll(async () => {
  const { read: found, diagnostics } = await readLadder({ cwd: root })
  expect(diagnostics).toEqual([])
  if (!found) throw new Error('the bundled ladder cannot be read')
  read = found
})

const level = (id: string): Level => {
  const found = levelsOf(read.ladder).find(({ level: candidate }) => candidate.id === id)
  if (!found) throw new Error(`no level ${id}`)
  return found.level
}

const textOf = (id: string): string =>
  [...statementsOf(level(id)).map(({ prose }) => plainText(prose)), plainText(level(id).intro ?? [])].join(
    '\n',
  )

test('has both tracks and all levels, lowest first', () => {
  expect(read.ladder.tracks.map(({ id, levels }) => [id, ...levels.map((each) => each.id)])).toEqual([
    [
      'ic',
      'engineer',
      'senior-engineer',
      'lead-engineer',
      'principal-engineer',
      'distinguished-engineer',
      'fellow',
    ],
    ['managers', 'manager', 'senior-manager', 'director', 'vice-president', 'senior-vice-president'],
  ])
})

test('loses no clause: 88 statements in 28 cells', () => {
  const counts = Object.fromEntries(
    levelsOf(read.ladder).map(({ level: each }) => [
      each.id,
      each.cells.map(({ statements }) => statements.length),
    ]),
  )
  expect(counts).toEqual({
    engineer: [3, 2, 3, 2],
    'senior-engineer': [3, 2, 3, 3],
    'lead-engineer': [3, 4, 4, 4],
    'principal-engineer': [4, 5, 4, 5],
    'distinguished-engineer': [],
    fellow: [],
    manager: [3, 4, 3],
    'senior-manager': [3, 3, 2],
    director: [3, 3, 2],
    'vice-president': [3, 3, 2],
    'senior-vice-president': [],
  })
  const all = Object.values(counts).flat()
  expect([all.length, all.reduce((sum, count) => sum + count, 0)]).toEqual([28, 88])
})

test('keeps all equivalences, and where there is none', () => {
  const { equivalents, of, blocks } = read.rungs
  expect(Object.fromEntries([...equivalents].filter(([, others]) => others.length > 0))).toEqual({
    'lead-engineer': ['manager'],
    'principal-engineer': ['senior-manager'],
    'distinguished-engineer': ['director'],
    fellow: ['vice-president'],
    manager: ['lead-engineer'],
    'senior-manager': ['principal-engineer'],
    director: ['distinguished-engineer'],
    'vice-president': ['fellow'],
  })
  expect(['engineer', 'senior-engineer'].map((id) => level(id).equivalence.kind)).toEqual(['none', 'none'])
  expect(level('senior-vice-president').equivalence.kind).toBe('unsaid')
  expect([blocks.length, blocks[0]?.height, of.get('engineer'), of.get('manager')]).toEqual([1, 7, 1, 3])
})

test('names what is not described and what is bestowed', () => {
  expect(['distinguished-engineer', 'fellow'].map((id) => level(id).described)).toEqual([false, false])
  expect(level('senior-vice-president')).toMatchObject({
    title: 'Senior Vice President / CTO / CIO',
    entry: 'by-appointment',
  })
})

test('claims no style that its source does not claim', () => {
  expect(read.ladder.style).toBeUndefined()
})

test.each([
  ['engineer', /web, mobile, data or systems/],
  ['engineer', /object-oriented/],
  ['engineer', /new hires and interns/],
  ['engineer', /escalated customer issues/],
  ['senior-engineer', /on-call/],
  ['senior-engineer', /five-whys/],
  ['senior-engineer', /reusable components/],
  ['senior-engineer', /demos, talks/],
  ['senior-engineer', /iterations/],
  ['senior-engineer', /level up/],
  ['lead-engineer', /reverse engineering/],
  ['lead-engineer', /incident response/],
  ['lead-engineer', /vendors and the community/],
  ['lead-engineer', /range of engineering roles/],
  ['lead-engineer', /least infrastructure/],
  ['principal-engineer', /persuaded/],
  ['principal-engineer', /hires?, and by which standards/],
  ['principal-engineer', /sales/],
  ['manager', /1:1s/],
  ['manager', /performance/],
  ['senior-manager', /emerging leaders/],
  ['senior-manager', /speed against quality/],
  ['director', /skip-level/],
  ['director', /staffing and budget/],
  ['vice-president', /board/],
  ['vice-president', /succession/],
  ['vice-president', /vendors, partners and industry groups/],
  ['senior-vice-president', /executive staff, the board/],
] as const)('%s speaks of %s', (id, fact) => {
  expect(textOf(id)).toMatch(fact)
})

test('is the file that npm start prints', () => {
  expect(read.project.ladder.source.path).toBe('data/ladder.yaml')
  expect(read.project.folder).toBe(join(root, 'data'))
})
