import { describe, expect, test } from 'vitest'

import { readLadder } from '../../../src/build/read.ts'
import { pairName, readPairs, usualPairs } from '../../../src/plan/next-steps.ts'
import { inFolder } from '../../support/cli.ts'
import { write } from '../../support/files.ts'

/** A ladder of tracks, each given by its levels, one a line, lowest first. */
async function ladderOf(tracks: Readonly<Record<string, readonly string[]>>) {
  const text = [
    'title: Ladder',
    'tracks:',
    ...Object.entries(tracks).flatMap(([id, levels]) => [
      `  - id: ${id}`,
      `    name: Track ${id}`,
      '    levels:',
      ...levels.map((level) => `      - { ${level} }`),
    ]),
  ]
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': `${text.join('\n')}\n` })
    const { read, diagnostics } = await readLadder({ cwd, ladder: 'ladder.yaml' })
    if (!read) throw new Error(JSON.stringify(diagnostics))
    return read
  })
}

const level = (id: string, more = 'statements: Does things') => `id: ${id}, title: Level ${id}, ${more}`

describe('the usual pairs', () => {
  const usual = async (tracks: Readonly<Record<string, readonly string[]>>) => {
    const { ladder, rungs } = await ladderOf(tracks)
    return usualPairs(ladder, rungs).map(pairName)
  }

  test('are neighbours, track by track from the lowest, then equivalents, each pair once', async () => {
    const told = 'statements: Does things, equivalent'
    expect(
      await usual({
        ic: [level('a'), level('b', `${told}: x`), level('c', `${told}: y`)],
        mg: [level('x', `${told}: b`), level('y')],
        pm: [level('p', `${told}: x`)],
      }),
    ).toEqual(['a--b', 'b--c', 'x--y', 'b--x', 'b--p', 'c--y', 'x--p'])
  })

  test('leave levels without a description out, and do not step over them', async () => {
    expect(await usual({ ic: [level('a'), level('b', 'described: false'), level('c'), level('d')] })).toEqual(
      ['c--d'],
    )
  })

  test('step over drafts and what is no longer awarded; who holds such a level has a step', async () => {
    expect(
      await usual({
        ic: [
          level('a'),
          level('b', 'statements: Does things, status: draft'),
          level('c', 'statements: Does things, status: deprecated'),
          level('d'),
        ],
      }),
    ).toEqual(['a--d', 'c--d'])
  })
})

describe('--compare', () => {
  const tracks = { ic: [level('a'), level('b'), level('c', 'described: false')], mg: [level('x')] }
  const read = async (...asked: string[]) => {
    const { pairs, diagnostics } = readPairs((await ladderOf(tracks)).ladder, asked)
    return { pairs: pairs.map(pairName), codes: diagnostics.map(({ code }) => code) }
  }

  test('takes pairs in any order, and each once', async () => {
    expect(await read('b,a', ' a , b ', 'x,a')).toEqual({ pairs: ['a--b', 'a--x'], codes: [] })
  })

  test.each([
    ['a', 'usage/bad-value'],
    ['a,b,x', 'usage/bad-value'],
    ['a,', 'usage/bad-value'],
    ['a,z', 'usage/unknown-level'],
    ['a,a', 'usage/not-comparable'],
    ['a,c', 'usage/not-comparable'],
  ])('does not take %s', async (asked, code) => {
    expect(await read(asked)).toEqual({ pairs: [], codes: [code] })
  })
})
