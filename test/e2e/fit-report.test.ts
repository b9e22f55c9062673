import { expect, test } from 'vitest'

import type { FitEntry } from '../../src/build/fit-report.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'

const sentence = 'Explains to others what was built and why it was built that way'

/** One level whose text is so many statements of thirteen words, and the report on its one-pager. */
async function fitOf(statements: number): Promise<FitEntry> {
  return inFolder(async (cwd) => {
    const items = Array.from({ length: statements }, (_, index) => `            - ${sentence} ${index + 1}`)
    await write(cwd, {
      'ladder.yaml': `title: Ladder\nedition: "1"\ntracks:\n  - id: ic\n    name: Engineers\n    dimensions: [{ id: craft, name: Craft }]\n    levels:\n      - id: engineer\n        title: Engineer\n        expectations:\n          craft: |\n${items.join('\n')}\n`,
    })
    const { code, stdout, stderr } = await ladderpress(
      ['build', 'ladder.yaml', '--only', 'one-pager', '--fit-report', '--report', 'json'],
      { cwd },
    )
    expect(code, stderr).toBe(0)
    const { fit } = JSON.parse(stdout) as { fit: FitEntry[] }
    return fit[0] as FitEntry
  })
}

test('as many words as are said to be spare have room, and not many more', async () => {
  const before = await fitOf(12)
  expect(before).toMatchObject({ document: 'one-pager/engineer', pages: 1, size: 11.5, wordsOver: 0 })
  const spare = Math.floor((before.wordsToSpare ?? 0) / 14)
  expect(spare).toBeGreaterThan(2)
  const filled = await fitOf(12 + spare)
  expect(filled).toMatchObject({ pages: 1, size: before.size })
  expect(filled.wordsToSpare).toBeLessThan(28)
  const over = await fitOf(12 + spare + 3)
  expect(over.size).toBeLessThan(before.size)
})

test('a page with next to nothing on it tells how much more it can say, its head left out', async () => {
  const before = await fitOf(1)
  const spare = Math.floor((before.wordsToSpare ?? 0) / 14)
  expect(await fitOf(1 + spare)).toMatchObject({ pages: 1, size: before.size })
  const over = await fitOf(1 + Math.ceil(spare * 1.25))
  expect(over.size).toBeLessThan(before.size)
})

test('words that are over, taken away, leave one sheet', async () => {
  const long = await fitOf(70)
  expect(long).toMatchObject({ pages: 2, remedies: ['further-sheets'] })
  expect(long.wordsOver).toBeGreaterThan(0)
  const shorter = await fitOf(70 - Math.ceil(long.wordsOver / 14) - 1)
  expect(shorter).toMatchObject({ pages: 1, size: 9, wordsOver: 0 })
})

/** What one-pagers of a track took whose levels have so many statements in each of three dimensions. */
async function remediesOf(counts: readonly number[]): Promise<string[]> {
  return inFolder(async (cwd) => {
    const dimensions = ['craft', 'reach', 'team']
    const ladder = {
      title: 'Ladder',
      tracks: [
        {
          id: 'ic',
          name: 'Engineers',
          dimensions: dimensions.map((id) => ({ id, name: id.toUpperCase() })),
          levels: counts.map((count, level) => ({
            id: `level-${level}`,
            title: `Level ${level}`,
            expectations: Object.fromEntries(
              dimensions.map((id) => [
                id,
                Array.from(
                  { length: count },
                  (_, n) => `${sentence}, and what it will take to keep it running for years ${n}`,
                ),
              ]),
            ),
          })),
        },
      ],
    }
    await write(cwd, { 'ladder.yaml': JSON.stringify(ladder) })
    const { code, stdout, stderr } = await ladderpress(
      ['build', 'ladder.yaml', '--only', 'one-pager', '--fit-report', '--report', 'json'],
      { cwd },
    )
    expect(code, stderr).toBe(0)
    const { fit } = JSON.parse(stdout) as { fit: FitEntry[] }
    return fit.map(({ pages, remedies }) => [pages, ...remedies].join(' '))
  })
}

test('where most one-pagers of a track need another form, those that have room take it too; few do not change the rest', async () => {
  const inTwo = '1 heads-above two-columns'
  expect(await remediesOf([3, 9, 9])).toEqual([inTwo, inTwo, inTwo])
  expect(await remediesOf([3, 3, 9])).toEqual(['1', '1', inTwo])
})

test('a booklet, which says each statement on two pages, names its longest ones once', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': smallLadder })
    const args = ['build', 'ladder.yaml', '--only', 'booklet', '--fit-report', '--report', 'json']
    const { stdout } = await ladderpress(args, { cwd })
    const { fit } = JSON.parse(stdout) as { fit: readonly FitEntry[] }
    const refs = fit.flatMap(({ longest }) => longest).map(({ ref }) => ref)
    expect(refs).toHaveLength(3)
    expect(new Set(refs).size).toBe(3)
  })
})

test('what fitted a document has a column, and a blank line parts the report from the files', async () => {
  await inFolder(async (cwd) => {
    const { stdout } = await ladderpress(['build', '--only', 'booklet', '--fit-report', '--out', cwd])
    expect(stdout).toMatch(/ room +fitted by\nbooklet .* heads above their text\n/)
    expect(stdout).toMatch(/\n\nLongest statements\n( .+\n)+\nfile /)
  })
})

test('the longest statements are named by their lines, people get a table', async () => {
  const { code, stdout } = await ladderpress([
    'build',
    '--only',
    'matrix',
    '--fit-report',
    '--quiet',
    '--out',
    '/dev/null/never',
  ])
  expect(code).toBe(4)
  expect(stdout).toBe('')
  await inFolder(async (cwd) => {
    const built = await ladderpress(['build', '--only', 'matrix', '--fit-report', '--quiet', '--out', cwd])
    expect(built.stdout).toMatch(/matrix\/ic +A3 landscape +1 +9\.5 +\d\d cm +\d\d %/)
    expect(built.stdout).toMatch(
      /matrix\/ic: principal-engineer\/[a-z-]+ can take \d+ words \(data\/ladder\.yaml:\d+\)/,
    )
    expect(built.stdout).toMatch(/Longest statements\n +\d+ words \(data\/ladder\.yaml:\d+\): \w/)
  })
})
