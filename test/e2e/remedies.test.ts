import { expect, test } from 'vitest'

import { inFolder, ladderpress } from '../support/cli.ts'
import { write } from '../support/files.ts'
import { contentOf, pdf } from '../support/pdf.ts'

/** A ladder that restates: each level says all of the one below and as many statements more. */
function restated(more: number, levels = ['Engineer', 'Senior Engineer', 'Lead Engineer']): string {
  return [
    'title: Ladder',
    'edition: "1"',
    'style: restated',
    'tracks:',
    '  - id: ic',
    '    name: Engineers',
    '    dimensions: [{ id: craft, name: Craft }, { id: delivery, name: Delivery }]',
    '    levels:',
    ...levels.flatMap((title, index) => [
      `      - id: ${title.toLowerCase().replace(' ', '-')}`,
      `        title: ${title}`,
      '        expectations:',
      ...['craft', 'delivery'].flatMap((dimension) => [
        `          ${dimension}: |`,
        ...Array.from(
          { length: more * (index + 1) },
          (_, n) =>
            `            - In ${dimension} does part ${n + 1} of what was asked, and says in time what is in the way`,
        ),
      ]),
    ]),
    '',
  ].join('\n')
}

async function textOf(more: number, press: string, args: readonly string[], path: string): Promise<string> {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': restated(more), ...(press && { 'press.yaml': press }) })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--quiet', ...args], { cwd })
    expect(code, stderr).toBe(0)
    const { texts } = await pdf(`${cwd}/out/${path}`)
    return texts.join('')
  })
}

/** Blanks do not count. */
const count = (text: string, words: string) => text.split(words.replaceAll(' ', '')).length - 1

test('before a matrix takes a further sheet, columns leave out what the column before says too', async () => {
  const args = ['--only', 'matrix', '--paper', 'matrix=A3:landscape']
  const text = await textOf(9, '', args, 'matrix/ic.pdf')
  expect(count(text, 'As at Engineer')).toBe(2)
  expect(count(text, 'As at Senior Engineer')).toBe(2)
  expect(count(text, 'In craft does part 1 of')).toBe(1)
  expect(count(text, 'In craft does part 27 of')).toBe(1)
})

test('a matrix that has room says all of it, and where all of it is wanted it takes further sheets', async () => {
  const args = ['--only', 'matrix', '--paper', 'matrix=A3:landscape']
  expect(count(await textOf(2, '', args, 'matrix/ic.pdf'), 'In craft does part 1 of')).toBe(3)
  const always = await textOf(9, 'show: { unchanged: always }\n', args, 'matrix/ic.pdf')
  expect(count(always, 'In craft does part 1 of')).toBe(3)
  expect(count(always, '2 of 2')).toBeGreaterThan(0)
})

test('a poster shows what each level adds before it shows less', async () => {
  const text = await textOf(12, '', ['--only', 'poster', '--paper', 'poster=A3:landscape'], 'poster.pdf')
  expect(count(text, 'What each level adds to the one below it')).toBeGreaterThan(0)
  expect(count(text, 'In craft does part 1 of')).toBe(1)
  expect(count(text, 'In delivery does part 36 of')).toBe(1)
})

test('a one-pager says all of it, unless it is told to print what is new only', async () => {
  const args = ['--only', 'one-pager', '--level', 'lead-engineer']
  const path = 'one-pager/lead-engineer.pdf'
  expect(count(await textOf(4, '', args, path), 'In craft does part 1 of')).toBe(1)
  const fresh = await textOf(4, 'show: { unchanged: never }\n', args, path)
  expect(count(fresh, 'As at Senior Engineer')).toBeGreaterThan(0)
  expect(count(fresh, 'In craft does part 1 of')).toBe(0)
  expect(count(fresh, 'In craft does part 12 of')).toBe(1)
  // Enough for two sheets if nothing is left out.
  const short = await textOf(12, 'show: { unchanged: if-room }\n', args, path)
  expect(count(short, '1 of 1')).toBeGreaterThan(0)
  expect(count(short, 'In craft does part 36 of')).toBe(1)
})

test('a sentence that is all a poster says of a level is set as large as there is room', async () => {
  const dimensions = Array.from({ length: 40 }, (_, n) => `d${n + 1}`)
  const levels = ['one', 'two', 'three', 'four', 'five', 'six'].flatMap((id) => [
    `      - id: ${id}`,
    `        title: Engineer ${id}`,
    `        summary: Sees to the work of ${id}.`,
    '        expectations:',
    ...dimensions.map(
      (name) => `          ${name}: ${'Says in time what is in the way of it and why. '.repeat(7)}`,
    ),
  ])
  const ladder = [
    'title: Ladder',
    'tracks:',
    '  - id: ic',
    '    name: Engineers',
    `    dimensions: [${dimensions.map((id) => `{ id: ${id}, name: Dimension ${id} }`).join(', ')}]`,
    '    levels:',
    ...levels,
    '',
  ].join('\n')
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const args = ['build', 'ladder.yaml', '--only', 'poster', '--paper', 'poster=A1', '--format', 'pdf']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('one sentence of each level')
    const [content = ''] = await contentOf(`${cwd}/out/poster.pdf`)
    // Skia draws in CSS pixels: 32 pt, beside names of 72 pt.
    const sizes = [...content.matchAll(/\/F\d+ ([\d.]+) Tf/g)].map(
      ([, size]) => Math.round(Number(size) * 1.5) / 2,
    )
    expect(sizes).toContain(32)
  })
})
