import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { describe, expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'
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

test('a poster that says little has larger names and larger text, the introduction of a level no smaller', async () => {
  await inFolder(async (cwd) => {
    const summary = 'Builds small things and asks about the large ones.'
    await write(cwd, {
      'ladder.yaml': smallLadder.replace(
        'title: Engineer\n',
        `title: Engineer\n        summary: ${summary}\n`,
      ),
    })
    const args = ['build', 'ladder.yaml', '--only', 'poster', '--quiet']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    const sizes = await sizesOf(join(cwd, 'out', 'poster.html'), [
      '.statements li',
      '.level-summary',
      'h3',
      'h1',
    ])
    const [statement = 0, summaries = 0, name = 0, title = 0] = sizes
    expect(statement).toBeGreaterThan(30)
    expect([statement <= summaries, summaries < name, name < title], sizes.join()).toEqual([true, true, true])
  })
})

/** The size of the first element of each kind, in pt, as it is printed. */
function sizesOf(path: string, selectors: readonly string[]): Promise<number[]> {
  return withPage(async (page) => {
    await page.emulateMediaType('print')
    await page.goto(pathToFileURL(path).href)
    return page.evaluate(
      (wanted: readonly string[]) =>
        wanted.map((selector) => {
          const element = document.querySelector(selector)
          return element ? Number.parseFloat(getComputedStyle(element).fontSize) * 0.75 : 0
        }),
      selectors,
    )
  })
}

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
      // Of one sentence, which is as long as all of it.
      (name) => `          ${name}: ${'Says in time what is in the way of it and why, '.repeat(7)}`,
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

describe('what is new in a ladder that restates', () => {
  /** Three levels of one dimension, each with its own statements. */
  const levelsOf = (...levels: string[][]) =>
    [
      'title: Ladder',
      'style: restated',
      'tracks:',
      '  - id: ic',
      '    name: Engineers',
      '    dimensions: [{ id: craft, name: Craft }]',
      '    levels:',
      ...levels.map(
        (statements, index) =>
          `      - { id: l${index}, title: Level ${index}, expectations: { craft: [${statements.join(', ')}] } }`,
      ),
      '',
    ].join('\n')

  /** The statements of a matrix that are marked, and the lines that stand for others. */
  async function marksOf(ladder: string, press = ''): Promise<{ marked: string[]; instead: string[] }> {
    return inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': ladder, ...(press && { 'press.yaml': press }) })
      const args = ['build', 'ladder.yaml', '--only', 'matrix', '--format', 'html', '--quiet']
      const { code, stderr } = await ladderpress(args, { cwd })
      expect(code, stderr).toBe(0)
      return withPage(async (page) => {
        await page.goto(pathToFileURL(join(cwd, 'out', 'matrix', 'ic.html')).href)
        return page.evaluate(() => {
          const texts = (selector: string) =>
            [...document.querySelectorAll(selector)].map(({ textContent }) => textContent.trim())
          return { marked: texts('.is-new'), instead: texts('.empty') }
        })
      })
    })
  }

  const [first, second] = [
    ['a one', 'a two'],
    ['a one', 'a two', 'b new'],
  ]

  test('is marked in all columns of a track half of whose levels restate the one below', async () => {
    const { marked } = await marksOf(levelsOf(first, second, ['b new', 'c', 'd', 'e']))
    expect(marked.map((text) => text.charAt(0))).toEqual(['b', 'c', 'd', 'e'])
  })

  test('is marked in no column of a track most of whose levels are written anew', async () => {
    const { marked } = await marksOf(levelsOf(first, second, ['b new', 'c', 'd', 'e'], ['f', 'g']))
    expect(marked).toEqual([])
  })

  test('has a bar that is nearer to its own text than to the column before', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': levelsOf(first, second) })
      const args = ['build', 'ladder.yaml', '--only', 'matrix', '--format', 'html', '--quiet']
      const { code, stderr } = await ladderpress(args, { cwd })
      expect(code, stderr).toBe(0)
      const [toText, toBefore] = await withPage(async (page) => {
        await page.emulateMediaType('print')
        await page.goto(pathToFileURL(join(cwd, 'out', 'matrix', 'ic.html')).href)
        return page.evaluate(() => {
          const item = document.querySelector('.is-new')
          const cell = item?.closest('td')
          if (!item || !cell?.previousElementSibling) return []
          const bar = getComputedStyle(item, '::before')
          const left = item.getBoundingClientRect().left + Number.parseFloat(bar.insetInlineStart)
          const right = left + Number.parseFloat(bar.borderInlineStartWidth)
          const before = cell.previousElementSibling.getBoundingClientRect().right
          return [cell.getBoundingClientRect().left - right, left - before]
        })
      })
      expect(toText).toBeGreaterThan(0)
      expect(toBefore).toBeGreaterThan(3 * (toText ?? 0))
    })
  })

  test('stands below “As at” only where all of the cell below is kept', async () => {
    const ladder = levelsOf(['a one', 'a two'], ['a one', 'a two', 'b new'], ['a one', 'c new', 'd new'])
    const { instead } = await marksOf(ladder, 'show: { unchanged: never }\n')
    expect(instead).toEqual(['As at Level 0'])
  })
})

/** How heavy the rules over what is selected are, in px. */
function rulesOf(path: string, selector: string): Promise<number[]> {
  return withPage(async (page) => {
    await page.emulateMediaType('print')
    await page.goto(pathToFileURL(path).href)
    return page.evaluate(
      (all) =>
        [...document.querySelectorAll(all)].map((row) =>
          Number.parseFloat(getComputedStyle(row).borderTopWidth),
        ),
      selector,
    )
  })
}

test('a dimension that stands in no group is parted from the group before it, as heavily as that began', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, {
      'ladder.yaml': smallLadder.replace(
        'dimensions: [{ id: craft, name: Craft }, { id: people, name: People }]',
        'dimensions: [{ group: Work, dimensions: [{ id: craft, name: Craft }] }, { id: people, name: People }]',
      ),
    })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--format', 'html', '--quiet'], {
      cwd,
    })
    expect(code, stderr).toBe(0)
    for (const [path, selector] of [
      ['matrix/ic', 'tbody tr > th'],
      ['one-pager/engineer', '.dimension'],
    ] as const) {
      const rules = await rulesOf(join(cwd, 'out', `${path}.html`), selector)
      expect(rules, path).toHaveLength(2)
      expect(rules[0], path).toBeGreaterThan(2)
      expect(rules[1], path).toBe(rules[0])
    }
  })
})

test('what is not defined yet stands behind the last group as behind a dimension of none', async () => {
  await inFolder(async (cwd) => {
    const dimensions = 'dimensions: [{ id: craft, name: Craft }, { id: people, name: People }]'
    const ids = ['craft', 'people', 'scope', 'reach']
    const own = ids.map((id) => `{ id: ${id}, name: ${id} }`).join(', ')
    await write(cwd, {
      'ladder.yaml': smallLadder
        .replace('tracks:', 'missing: not-defined\ntracks:')
        .replace(dimensions, `dimensions: [{ group: Work, dimensions: [${own}] }]`),
    })
    const only = 'one-pager,next-step'
    const args = ['build', 'ladder.yaml', '--format', 'html', '--quiet', '--only', only]
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    for (const [path, selector] of [
      ['one-pager/engineer', '.dimension'],
      ['next-step/engineer--senior', 'tbody > tr:first-child > *'],
    ] as const) {
      const rules = await rulesOf(join(cwd, 'out', `${path}.html`), selector)
      expect(rules.at(-1), path).toBeGreaterThan(2)
      expect(rules.at(-1), path).toBe(rules[0])
      expect(rules[1], path).toBeLessThan(2)
    }
  })
})
