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

/** Statements of as many words each, and further ones until they have so many more. */
function statementsOf(count: number, each: number, more = 0, begins = 'Explains'): string[] {
  const words = [begins, 'what', 'was', 'built', 'to', 'others']
  const statement = (length: number) => Array.from({ length }, (_, n) => words[n % words.length]).join(' ')
  return [
    ...Array.from({ length: count }, () => statement(each)),
    ...Array.from({ length: Math.ceil(more / each) }, (_, n) => statement(Math.min(each, more - n * each))),
  ]
}

/** What levels say, each by dimension, and the report on their documents of a kind. */
async function reportOn(
  levels: readonly Readonly<Record<string, readonly (string | { text: string; examples: string[] })[]>>[],
  args: readonly string[],
): Promise<FitEntry[]> {
  return inFolder(async (cwd) => {
    const ids = Object.keys(levels[0] ?? {})
    const ladder = {
      title: 'Ladder',
      tracks: [
        {
          id: 'ic',
          name: 'Engineers',
          dimensions: ids.map((id) => ({ id, name: id.toUpperCase() })),
          levels: levels.map((expectations, n) => ({ id: `l${n}`, title: `Level ${n}`, expectations })),
        },
      ],
    }
    await write(cwd, { 'ladder.yaml': JSON.stringify(ladder) })
    const { code, stdout, stderr } = await ladderpress(
      ['build', 'ladder.yaml', ...args, '--format', 'pdf', '--fit-report', '--report', 'json'],
      { cwd },
    )
    expect(code, stderr).toBe(0)
    return (JSON.parse(stdout) as { fit: FitEntry[] }).fit
  })
}

test('words to spare have room in two columns too, one of which is full before the other', async () => {
  const others = Object.fromEntries(['b', 'c', 'd', 'e', 'f', 'g'].map((id) => [id, statementsOf(2, 9)]))
  const args = ['--only', 'one-pager']
  const [before] = await reportOn([{ a: statementsOf(22, 9), ...others }], args)
  expect(before).toMatchObject({ pages: 1, wordsOver: 0 })
  const spare = before?.wordsToSpare ?? 0
  expect(await reportOn([{ a: statementsOf(22, 9, spare), ...others }], args)).toMatchObject([
    { pages: 1, size: before?.size, remedies: before?.remedies },
  ])
})

test('words that stand beside a head that is higher take no room', async () => {
  const brief = Object.fromEntries(
    ['craft', 'reach', 'team'].map((id) => [
      `${id}-and-all-that-belongs-to-it-in-a-large-house`,
      statementsOf(1, 2),
    ]),
  )
  const args = ['--only', 'one-pager', '--paper', '210x140mm']
  const [before] = await reportOn([brief], args)
  const spare = before?.wordsToSpare ?? 0
  const longer = (words: number) =>
    Object.fromEntries(Object.keys(brief).map((id) => [id, statementsOf(1, 2, Math.floor(words / 3))]))
  const [fits, over] = await Promise.all(
    [spare, spare * 1.3 + 15].map((words) => reportOn([longer(words)], args)),
  )
  expect(fits).toMatchObject([{ pages: 1, size: before?.size }])
  expect(over?.[0]?.size).not.toBe(before?.size)
})

test('a next-step sheet takes its words to spare in either of its levels', async () => {
  const lower = (more: number) => ({ a: statementsOf(4, 12, more), b: statementsOf(3, 12) })
  const upper = (more: number) => ({
    a: statementsOf(5, 12, 0, 'Tells'),
    b: statementsOf(6, 12, more, 'Tells'),
  })
  const args = ['--only', 'next-step']
  const [before] = await reportOn([lower(0), upper(0)], args)
  const spare = before?.wordsToSpare ?? 0
  expect(spare).toBeGreaterThan(50)
  const fits = { pages: 1, size: before?.size }
  expect(await reportOn([lower(0), upper(spare)], args)).toMatchObject([fits])
  expect(await reportOn([lower(spare), upper(0)], args)).toMatchObject([fits])
  const over = await reportOn([lower(0), upper(Math.ceil(spare * 1.4) + 20)], args)
  expect(over[0]?.size).toBeLessThan(before?.size ?? 0)
})

test('words are over where two columns cannot be cut as it takes: without them, there is one sheet', async () => {
  const brief = Object.fromEntries(['b', 'c', 'd', 'e', 'f', 'g'].map((id) => [id, statementsOf(2, 8)]))
  const levelOf = (less: number) => ({ a: statementsOf(3, 190 - Math.ceil(less / 3)), ...brief })
  const args = ['--only', 'one-pager']
  const [long] = await reportOn([levelOf(0)], args)
  expect(long).toMatchObject({ pages: 2, wordsToSpare: null })
  const over = long?.wordsOver ?? 0
  expect(over).toBeGreaterThan(0)
  expect(await reportOn([levelOf(over)], args)).toMatchObject([{ pages: 1, wordsOver: 0 }])
  expect(await reportOn([levelOf(over / 2)], args)).toMatchObject([{ pages: 2 }])
})

test('no words are over that would be left out: examples do not count', async () => {
  const levelOf = (count: number) => ({
    craft: statementsOf(count, 12).map((text, n) =>
      n % 3 === 0 ? { text, examples: ['Built a bridge over the river'] } : text,
    ),
  })
  for (const [kind, count, levels] of [
    ['one-pager', 48, 1],
    ['next-step', 23, 2],
    ['matrix', 27, 2],
  ] as const) {
    const args = ['--only', kind, '--paper', 'A4:portrait']
    const [long] = await reportOn([levelOf(count), levelOf(count)], args)
    expect(long?.remedies, kind).not.toContain('examples-left-out')
    expect(long?.pages, kind).toBe(2)
    const over = long?.wordsOver ?? 0
    expect(over, kind).toBeGreaterThan(0)
    expect(over, kind).toBeLessThan((12 * count * levels) / 6)
    // Words are estimated: one statement more.
    const shorter = levelOf(count - Math.ceil(over / 12 / levels) - 1)
    const [one] = await reportOn([shorter, shorter], args)
    expect(one, kind).toMatchObject({
      pages: 1,
      remedies: expect.arrayContaining(['examples-left-out']) as string[],
    })
  }
})

test('in large print, which takes as many sheets as it does, nothing is over, and what the last sheet can take is told', async () => {
  const args = ['--only', 'one-pager', '--large-print', '--level', 'l0']
  const large = (fit: readonly FitEntry[]) => fit.find(({ document }) => document.includes('large'))
  const before = large(await reportOn([{ a: statementsOf(14, 12) }], args))
  expect(before).toMatchObject({ pages: 2, wordsOver: 0 })
  const spare = before?.wordsToSpare ?? 0
  expect(spare).toBeGreaterThan(12)
  expect(large(await reportOn([{ a: statementsOf(14, 12, spare) }], args))).toMatchObject({ pages: 2 })
  expect(large(await reportOn([{ a: statementsOf(14, 12, Math.ceil(spare * 1.4) + 20) }], args))?.pages).toBe(
    3,
  )
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
      /matrix\/ic: lead-engineer\/[a-z-]+ can take \d+ words \(data\/ladder\.yaml:\d+\)/,
    )
    expect(built.stdout).toMatch(/Longest statements\n +\d+ words \(data\/ladder\.yaml:\d+\): \w/)
  })
})
