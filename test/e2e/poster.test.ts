import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Page } from 'puppeteer'
import { describe, expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { write } from '../support/files.ts'

interface LadderParts {
  readonly style?: string
  readonly dimensions: readonly string[]
  /** Fields of levels, lowest first; what they ask follows. */
  readonly levels: readonly string[]
  /** What stands in a cell, as YAML on one line. */
  readonly cell: (level: number, dimension: number) => string
}

function ladderOf({ style = 'additive', dimensions, levels, cell }: LadderParts): string {
  return [
    'title: Ladder',
    'edition: "1"',
    `style: ${style}`,
    'tracks:',
    '  - id: ic',
    '    name: Engineers',
    `    dimensions: [${dimensions.join(', ')}]`,
    '    levels:',
    ...levels.flatMap((fields, level) => [
      `      - id: l${level}`,
      `        ${fields}`,
      '        expectations:',
      ...dimensions.map((_, at) => `          d${at}: ${cell(level, at)}`),
    ]),
    '',
  ].join('\n')
}

const named = (...names: string[]) => names.map((name, at) => `{ id: d${at}, name: ${name} }`)
const titled = (...titles: string[]) => titles.map((title) => `title: ${title}`)

interface Poster {
  /** What the command says. */
  readonly told: string
  /** What stands on the sheet, word by word. */
  readonly text: string
  readonly depth: string | undefined
  readonly page: Page
  /** What the index says of its smallest text. */
  readonly reading: string
  /** Where its files lie. */
  readonly out: string
}

async function poster<T>(ladder: string, paper: string, look: (poster: Poster) => Promise<T>): Promise<T> {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const args = ['--only', 'poster,index', '--paper', `poster=${paper}`, '--fit-report']
    const { code, stdout, stderr } = await ladderpress(['build', 'ladder.yaml', ...args], { cwd })
    expect(code, stderr).toBe(0)
    const index = await readFile(join(cwd, 'out', 'index.html'), 'utf8')
    return withPage(async (page) => {
      await page.setViewport({ width: 3400, height: 1400 })
      await page.emulateMediaType('print')
      await page.goto(pathToFileURL(join(cwd, 'out', 'poster.html')).href)
      const { text, depth } = await page.evaluate(() => ({
        text: document.body.innerText.replace(/\s+/g, ' '),
        depth: document.documentElement.dataset['depth'],
      }))
      const reading = /Smallest text[^<]*/.exec(index)?.[0] ?? ''
      return look({ told: stdout + stderr, text, depth, page, reading, out: join(cwd, 'out') })
    })
  })
}

const long = 'and says in time to all whom it concerns what is in the way of it'

describe('before a poster shows less of each cell', () => {
  const parts = (style: string, statements: number): LadderParts => ({
    style,
    dimensions: named('Craft'),
    levels: titled('Engineer', 'Senior Engineer', 'Lead Engineer'),
    cell: (level) =>
      `[${Array.from(
        { length: statements * (style === 'restated' ? level + 1 : 1) },
        (_, n) =>
          `{ text: "Does part ${n + 1} of what is asked", examples: ["Such as this, ${long}, ${long}"] }`,
      ).join(', ')}]`,
  })

  test('it leaves examples out, and says so', async () => {
    await poster(ladderOf(parts('additive', 12)), 'A3', async ({ told, text }) => {
      expect(told).toContain('poster leaves its examples out')
      expect(told).toMatch(/poster .* examples left out/)
      expect(text).toContain('All that is asked, without its examples.')
      expect(text.split('Does part 12 of').length - 1).toBe(3)
      expect(text).not.toContain('Such as this')
    })
  })

  test('it leaves out what the level below says too, and examples with it, where levels restate', async () => {
    await poster(ladderOf(parts('restated', 14)), 'A3', async ({ told, text }) => {
      expect(told).toContain('what each level adds to the one below it, without examples')
      expect(told).toMatch(/poster .* examples left out, what each level adds/)
      expect(text.split('Does part 1 of').length - 1).toBe(1)
      expect(text).toContain('Does part 42 of')
      expect(text).not.toContain('Such as this')
    })
  })
})

describe('a poster that shows less of each cell', () => {
  test('shows the first sentence of each before it shows nothing of them', async () => {
    const ladder = ladderOf({
      dimensions: named('Craft', 'Delivery', 'People'),
      levels: titled('Engineer', 'Senior Engineer', 'Lead Engineer'),
      cell: (level, at) =>
        `"Sees to part ${level}-${at}, e.g. **Orders** and bills. ${`It goes on, ${long}. `.repeat(45)}"`,
    })
    await poster(ladder, 'A3', async ({ told, text, depth }) => {
      expect(depth).toBe('sentences')
      expect(told).toContain('The poster shows the first sentence of each cell')
      expect(text).toContain('The first sentence under each heading; the rest is in')
      expect(text).toContain('Sees to part 2-1, e.g. Orders and bills.')
      expect(text).not.toContain('It goes on')
    })
  })

  test('keeps names that run in whole, where one has room on a line of its own', async () => {
    const names = ['Craft', 'Orders and deliveries', 'Working with other people', 'Money', 'Care', 'Time']
    const [head = '', track = ''] = ladderOf({
      dimensions: named(...names),
      levels: titled('Engineer', 'Senior Engineer'),
      cell: (level, at) => `"Conscientiously sees to ${level}-${at}. ${`It goes on, ${long}. `.repeat(30)}"`,
    }).split('tracks:\n')
    const tracks = ['a', 'b', 'c', 'd', 'e'].map((id) =>
      track.replace('ic', id).replaceAll('id: l', `id: ${id}`),
    )
    await poster(`${head}tracks:\n${tracks.join('')}`, 'A2', async ({ depth, page }) => {
      expect(depth).toBe('sentences')
      const cells = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.cell')].map((cell) => ({
          name: cell.querySelector('h4')?.textContent,
          runsIn: getComputedStyle(cell.querySelector('h4') as HTMLElement).display === 'inline',
          lines: cell.querySelector('h4')?.getClientRects().length,
        })),
      )
      expect(cells.map(({ name }) => name).slice(0, names.length)).toEqual(names)
      expect(new Set(cells.map(({ runsIn }) => runsIn))).toEqual(new Set([true]))
      expect(cells.filter(({ lines }) => lines !== 1)).toEqual([])
    })
  })

  test('says what is new on each rung where levels restate', async () => {
    const ladder = ladderOf({
      style: 'restated',
      dimensions: named('Craft'),
      levels: titled('Engineer', 'Senior Engineer', 'Lead Engineer'),
      // Each level drops a statement, so that none of its cells is kept whole.
      cell: (level) =>
        `[${['Does what is asked', ...Array.from({ length: 26 }, (_, n) => `Part ${n + level} of it`)]
          .map((statement) => `"${statement} ${long}, ${long}"`)
          .join(', ')}]`,
    })
    await poster(ladder, 'A4', async ({ depth, page }) => {
      expect(depth).toBe('cells')
      const shown = await page.evaluate(() =>
        [...document.querySelectorAll('.statements > li')].map((item) => item.textContent),
      )
      expect(shown.map((words) => /^(Does|Part \d+)/.exec(words)?.[0])).toEqual([
        'Does',
        'Part 26',
        'Part 27',
      ])
    })
  })
})

test('the key of a poster speaks of bars where bars mark what is new, and only there', async () => {
  const restated = (same: string) =>
    ladderOf({
      style: 'restated',
      dimensions: named('Craft'),
      levels: titled('Engineer', 'Senior Engineer'),
      cell: (level) => (level === 0 ? '[Builds things, Asks]' : `[Builds things, Asks${same}]`),
    })
  await poster(restated(', Teaches'), 'A3', async ({ text }) => {
    expect(text).toContain('A bar marks what the level below does not ask.')
  })
  await poster(restated(''), 'A3', async ({ text }) => expect(text).not.toContain('A bar marks'))
})

describe('dimensions abreast', () => {
  test.each([
    [10, 5],
    [6, 3],
    [7, 4],
  ])('%i of them stand in rows of %i', async (count, abreast) => {
    const ladder = ladderOf({
      dimensions: named(...Array.from({ length: count }, (_, at) => `Dimension ${at}`)),
      levels: titled('Engineer', 'Senior Engineer', 'Lead Engineer'),
      cell: () => `[${Array.from({ length: 3 }, () => `"Does what is asked ${long}, ${long}"`).join(', ')}]`,
    })
    await poster(ladder, 'A2', async ({ page }) => {
      const rows = await page.evaluate(() => {
        const [cells] = document.querySelectorAll('.cells')
        const tops = [...(cells?.children ?? [])].map((cell) => Math.round(cell.getBoundingClientRect().top))
        return [...new Set(tops)].map((top) => tops.filter((other) => other === top).length)
      })
      expect(rows).toEqual(count === 7 ? [4, 3] : [abreast, abreast])
    })
  })
})

/** The sizes in pt of all text of levels as it is printed, but for words that mark a statement; and of their names. */
async function sizesIn(page: Page): Promise<{ least: number; name: number }> {
  return page.evaluate(() => {
    const sizes: number[] = []
    const texts = document.createTreeWalker(
      document.querySelector('.blocks') as Element,
      NodeFilter.SHOW_TEXT,
    )
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement
      if (!parent || text.textContent?.trim() === '' || parent.closest('.notes, .title-place, .tag')) continue
      sizes.push(Number.parseFloat(getComputedStyle(parent).fontSize) * 0.75)
    }
    const name = document.querySelector('h3') as Element
    return { least: Math.min(...sizes), name: Number.parseFloat(getComputedStyle(name).fontSize) * 0.75 }
  })
}

test('the picture on the index draws dimensions that are listed where they are', async () => {
  const ladder = ladderOf({
    dimensions: named('Planning and organising', 'Working with others'),
    levels: titled('Engineer', 'Senior Engineer', 'Lead Engineer'),
    cell: () => `"${`Sees to what is asked ${long}, `.repeat(220)}"`,
  })
  await poster(ladder, 'A2', async ({ page, depth, out }) => {
    expect(depth).toBe('map')
    await page.emulateMediaType('screen')
    await page.goto(pathToFileURL(join(out, 'index.html')).href)
    const rows = await page.evaluate(() => {
      const ys = (selector: string) =>
        [...document.querySelectorAll(`.picture ${selector}`)].map((line) => line.getBoundingClientRect().y)
      const rungs = ys('.picture-rung').toSorted((a, b) => a - b)
      return ys('.picture-text').map((y) => rungs.filter((rung) => rung < y).length)
    })
    // Above the rungs what the sheet is; the rest below the lowest, with the key.
    expect(new Set(rows)).toEqual(new Set([0, 3]))
  })
})

describe('what a poster says of its smallest text', () => {
  const much = `"${`Sees to what is asked ${long}, `.repeat(220)}"`
  const cell = () => much
  const groups = named('Planning and organising', 'Working with others')

  test.each([
    [
      'on the map alone',
      ladderOf({
        dimensions: groups,
        levels: titled(
          'Principal Engineer of all Systems and Platforms (Individual Contributor)',
          'Director',
        ),
        cell,
      }),
      'map',
    ],
    [
      'where each level is one sentence',
      ladderOf({
        dimensions: groups,
        levels: [
          '{ title: Engineer, summary: Builds things }',
          '{ title: Senior Engineer, summary: Builds larger things, entry: by-appointment }',
        ].map((fields) => fields.replaceAll(/[{}]/g, '').trim().replaceAll(', ', '\n        ')),
        cell,
      }),
      'levels',
    ],
    [
      'where it says everything',
      ladderOf({ dimensions: groups, levels: titled('A', 'B'), cell: () => 'Builds' }),
      'everything',
    ],
  ])('%s is what stands there', async (_, ladder, depth) => {
    await poster(ladder, 'A2', async ({ page, reading, depth: shown, text }) => {
      expect(shown).toBe(depth)
      const { least, name } = await sizesIn(page)
      const [, pt = 0, cm = 0] = /([\d.]+)\u00a0pt, readable from (\d+)\u00a0cm/.exec(reading) ?? []
      expect(Math.abs(Number(pt) - least), `${reading}; ${least} pt`).toBeLessThan(0.2)
      expect(Number(cm)).toBeGreaterThan(50)
      // A dimension that is named once is said to be the track's.
      if (depth !== 'everything')
        expect(text).toContain('Dimensions of this track: Planning and organising · Working with others')
      // 40 pt at A1 are usual; there is room for names of two lines.
      if (depth === 'map') expect(name).toBeGreaterThan(40 / Math.SQRT2)
    })
  })
})

test('a track of which no level is described names its dimensions where others say less than their cells', async () => {
  const much = 'in time what is in the way and to whom it matters '.repeat(6)
  const craft = Array.from({ length: 14 }, (_, n) => `{ id: craft-${n}, name: Craft ${n} }`)
  const said = craft.map((_, n) => `craft-${n}: Says ${much}`)
  const levels = Array.from(
    { length: 12 },
    (_, n) => `      - { id: l${n}, title: Level ${n}, expectations: { ${said.join(', ')} } }`,
  )
  await inFolder(async (cwd) => {
    await write(cwd, {
      'ladder.yaml': `title: Ladder
missing: open
tracks:
  - id: ic
    name: Engineers
    dimensions: [${craft.join(', ')}]
    levels:
${levels.join('\n')}
  - id: mg
    name: Managers
    dimensions: [{ id: people, name: People }]
    levels: [{ id: head, title: Head, described: false }]
`,
    })
    const args = ['build', 'ladder.yaml', '--only', 'poster', '--paper', 'poster=18x24in']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    expect(await readFile(join(cwd, 'out/poster.html'), 'utf8')).toContain('Dimensions of this track: People')
  })
})

test('an address that is longer than its half of the foot is broken there, on posters and on tiles of them', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, {
      'ladder.yaml':
        'title: Ladder\ntracks: [{ id: ic, name: IC, levels: [{ id: l, title: L, statements: Builds }] }]\n',
      'press.yaml': `brand: { name: Acme, address: "https://example.com/${'0a1b2c3d'.repeat(20)}" }\n`,
    })
    const args = ['build', 'ladder.yaml', '--only', 'poster', '--tile', 'A3', '--strict']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
  })
})

test('words of its title stay whole on a sheet that is long and narrow', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, {
      'ladder.yaml':
        'title: Softwareentwicklung und Betrieb\ntracks: [{ id: ic, name: IC, levels: [{ id: l, title: L, statements: Builds }] }]\n',
    })
    // Of a broken word there would be a warning.
    const args = ['build', 'ladder.yaml', '--only', 'poster', '--paper', 'poster=300x1500mm', '--strict']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
  })
})
