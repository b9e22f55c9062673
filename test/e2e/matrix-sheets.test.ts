import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Page } from 'puppeteer'
import { expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { write } from '../support/files.ts'
import { aboutPdf, pdf, structureOf } from '../support/pdf.ts'
import { numbersFrom } from '../support/random-ladder.ts'

interface Made {
  /** The matrix as it is printed. */
  readonly page: Page
  /** The words of each sheet, without blanks. */
  readonly texts: readonly string[]
  readonly pdf: string
}

/** Makes the matrix of a ladder's only track, `ic`. */
async function matrixOf(track: readonly string[], look: (made: Made) => Promise<void>): Promise<void> {
  await inFolder(async (cwd) => {
    const head = ['title: Ladder', 'missing: not-defined', 'tracks:', '  - id: ic', '    name: Engineers']
    await write(cwd, { 'ladder.yaml': [...head, ...track.map((line) => `    ${line}`), ''].join('\n') })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--only', 'matrix', '--quiet'], {
      cwd,
    })
    expect(code, stderr).toBe(0)
    const file = join(cwd, 'out/matrix/ic.pdf')
    const { texts } = await pdf(file)
    await withPage(async (page) => {
      await page.emulateMediaType('print')
      await page.goto(pathToFileURL(join(cwd, 'out/matrix/ic.html')).href)
      await look({ page, texts, pdf: file })
    })
  })
}

/** So many statements of a dimension at a level. */
function said(statements: number, dimension: string): string {
  const each = Array.from(
    { length: statements },
    (_, n) =>
      `In ${dimension} does part ${n + 1} of what was asked and says in time what is in the way of it`,
  )
  return `[${each.join(', ')}]`
}

const dimensions = ['craft', 'testing', 'scope', 'reach', 'people', 'writing']

/** Two groups of three dimensions, of which each fills most of half a sheet. */
const grouped = [
  'dimensions:',
  ...['Work', 'Others'].flatMap((group, at) => [
    `  - group: ${group}`,
    `    summary: What there is to say of ${group}`,
    `    dimensions: [${dimensions
      .slice(at * 3, at * 3 + 3)
      .map((id) => `{ id: ${id}, name: The ${id} }`)
      .join(', ')}]`,
  ]),
  'levels:',
  ...['Engineer', 'Senior Engineer', 'Lead Engineer', 'Head Engineer'].flatMap((title, at) => [
    `  - id: l${at}`,
    `    title: ${title}`,
    '    expectations:',
    ...dimensions.map((id) => `      ${id}: ${said(9, id)}`),
  ]),
  '  - { id: fellow, title: Fellow, described: false, summary: Works on what no team can }',
  '  - { id: chief, title: Chief, described: false, summary: Sets the course of all teams }',
]

test('rows stay whole, and each sheet says over its rows in which group they stand', async () => {
  await matrixOf(grouped, async ({ page, texts }) => {
    expect(texts.length).toBeGreaterThan(2)
    expect(texts.join('')).not.toContain('Seesheet')
    const sheets = await page.evaluate(() =>
      [...document.querySelectorAll('.sheet')].map((sheet) => ({
        first: sheet.querySelector('tbody th')?.firstElementChild?.firstElementChild?.textContent,
        heavy: Number.parseFloat(getComputedStyle(sheet.querySelector('tbody th') as Element).borderTopWidth),
        summaries: sheet.querySelectorAll('.dimension-summary').length,
        groups: sheet.querySelectorAll('.group').length,
        subtitle: sheet.querySelector('.subtitle')?.textContent,
      })),
    )
    expect(sheets.every(({ first, heavy }) => /^(Work|Others)$/.test(first ?? '') && heavy > 2)).toBe(true)
    expect(sheets.some(({ groups, summaries }) => groups > summaries)).toBe(true)
    expect(sheets.some(({ subtitle }) => /Work|Others/.test(subtitle ?? ''))).toBe(false)
  })
})

test('each sheet has a bookmark with its dimensions, below that of the track', async () => {
  await matrixOf(grouped, async ({ page, texts, pdf: file }) => {
    const { bookmarks } = await aboutPdf(file)
    const names = await page.evaluate(() =>
      [...document.querySelectorAll('.sheet')].map((sheet) =>
        [...sheet.querySelectorAll('.dimension-name')].map((name) => name.textContent).join(' · '),
      ),
    )
    expect(bookmarks.map((bookmark) => [bookmark.title, bookmark.page])).toEqual([
      ['Engineers', 1],
      ...names.map((shown, index) => [`${index + 1} of ${texts.length}: ${shown}`, index + 1]),
    ])
    const types = (await structureOf(file)).map(({ type }) => type).filter((type) => /^H\d$/.test(type))
    expect(types).toEqual(['H1', ...texts.map(() => 'H2')])
  })
})

test('what is not described stands on the first sheet, under its own name; on further ones the others have its room', async () => {
  await matrixOf(grouped, async ({ page, texts }) => {
    const [first = '', ...further] = texts
    expect(further.some((text) => /Fellow|Chief/.test(text))).toBe(false)
    expect(first).toContain('FellowWorksonwhatnoteamcan')
    expect(first).toContain('ChiefSetsthecourseofallteams')
    expect(first.split('Fellow')).toHaveLength(2)
    const sheets = await page.evaluate(() =>
      [...document.querySelectorAll('.sheet')].map((sheet) => {
        const boxOf = (element: Element | null | undefined) => element?.getBoundingClientRect()
        return {
          columns: [...sheet.querySelectorAll('thead th:not(.stub)')].map((head) => head.clientWidth),
          stub: boxOf([...sheet.querySelectorAll('.stub .heads')].at(-1))?.bottom ?? 0,
          head: boxOf(sheet.querySelector('thead'))?.bottom ?? 0,
          foot: boxOf(sheet.querySelector('.foot'))?.top ?? 0,
        }
      }),
    )
    const [one, two] = sheets
    expect(two?.columns).toHaveLength(4)
    expect(two?.columns[0]).toBeGreaterThan((one?.columns[0] ?? 0) + 20)
    // It takes no height of the head, and ends on the sheet.
    expect(one?.stub).toBeGreaterThan(one?.head ?? 0)
    expect(one?.stub).toBeLessThan(one?.foot ?? 0)
  })
})

test('a track of one level has its statements in columns where they would take a further sheet', async () => {
  const one = (statements: number) => [
    `dimensions: [${dimensions.map((id) => `{ id: ${id}, name: The ${id} }`).join(', ')}]`,
    'levels:',
    '  - id: owner',
    '    title: Owner',
    '    expectations:',
    ...dimensions.map((id) => `      ${id}: ${said(statements, id)}`),
  ]
  const columnsIn = (page: Page) =>
    page.evaluate(
      () =>
        new Set(
          [...document.querySelectorAll('.cell li')].map((item) =>
            Math.round(item.getBoundingClientRect().left),
          ),
        ).size,
    )
  await matrixOf(one(3), async ({ page, texts }) => {
    expect([texts.length, await columnsIn(page)]).toEqual([1, 1])
  })
  await matrixOf(one(10), async ({ page, texts }) => {
    expect(texts).toHaveLength(1)
    expect(await columnsIn(page)).toBeGreaterThan(1)
  })
})

test('a cell whose statements stand in columns goes on to further sheets where no sheet can take it', async () => {
  const track = [
    'dimensions: [{ id: craft, name: Craft }]',
    'levels:',
    `  - { id: owner, title: Owner, expectations: { craft: ${said(190, 'craft')} } }`,
  ]
  await matrixOf(track, async ({ page, texts }) => {
    expect(texts.length).toBeGreaterThan(1)
    for (const n of [1, 95, 190]) {
      expect(texts.filter((text) => text.includes(`doespart${n}of`))).toHaveLength(1)
    }
    const over = await page.evaluate(() =>
      [...document.querySelectorAll('.sheet')].map((sheet) => {
        const bottom = Math.max(
          ...[...sheet.querySelectorAll('.cell li')].map((item) => item.getBoundingClientRect().bottom),
        )
        return bottom - (sheet.querySelector('.foot')?.getBoundingClientRect().top ?? 0)
      }),
    )
    expect(Math.max(...over)).toBeLessThan(1)
  })
})

test('what is asked at every level stands across all levels of its dimension, which heads it', async () => {
  const track = [
    'dimensions: [{ id: craft, name: Craft }, { id: people, name: People }]',
    `every-level: { craft: ${said(6, 'all')} }`,
    'levels:',
    ...['One', 'Two', 'Three'].map(
      (title, at) =>
        `  - { id: l${at}, title: ${title}, expectations: { craft: ${said(2, `craft ${at}`)}, people: ${said(1, 'people')} } }`,
    ),
    '  - { id: fellow, title: Fellow, described: false }',
  ]
  await matrixOf(track, async ({ page, texts }) => {
    expect(texts).toHaveLength(1)
    const [band, levels, rows, beside] = await page.evaluate(() => {
      const widthOf = (elements: NodeListOf<Element>) => {
        const boxes = [...elements].map((element) => element.getBoundingClientRect())
        return [Math.min(...boxes.map(({ left }) => left)), Math.max(...boxes.map(({ right }) => right))]
      }
      const items = [...document.querySelectorAll('.of-all li')].map(
        (item) => item.getBoundingClientRect().left,
      )
      return [
        widthOf(document.querySelectorAll('.of-all')),
        widthOf(document.querySelectorAll('thead th:not(.stub)')),
        [...document.querySelectorAll('tbody th')].map((head) => head.getAttribute('rowspan')),
        new Set(items).size,
      ] as const
    })
    expect(band).toEqual(levels)
    expect(rows).toEqual(['2', null])
    expect(beside).toBeGreaterThan(1)
  })
})

test('what is asked at every level of a track whose levels have but a note stands beside that note', async () => {
  const track = [
    'dimensions: [{ id: craft, name: Craft }]',
    'every-level: { craft: [Says in time what is in the way] }',
    'levels:',
    '  - { id: owner, title: Owner, intro: Sees to what nobody else sees to }',
    '  - { id: chief, title: Chief, described: false, summary: Sets the course }',
  ]
  await matrixOf(track, async ({ texts }) => {
    expect(texts).toHaveLength(1)
    for (const words of ['Saysintimewhatisintheway', 'Seestowhatnobodyelseseesto', 'ChiefSetsthecourse']) {
      expect(texts[0]).toContain(words)
    }
  })
})

/** Dimensions with so many statements at each level, and a paragraph on what each is about. */
const longRows = (statements: readonly (readonly number[])[]) => [
  'dimensions:',
  ...statements.map(
    (_, at) =>
      `  - { id: d${at}, name: Dimension ${at}, summary: ${'What it is about and what not. '.repeat(24)}}`,
  ),
  'levels:',
  ...[0, 1, 2, 3, 4, 5].flatMap((level) => [
    `  - id: l${level}`,
    `    title: Level ${level}`,
    '    expectations:',
    ...statements.map((each, at) => `      d${at}: ${said(each[level] ?? 0, `dimension ${at}`)}`),
  ]),
]

test('however long its rows are, the last sheet of a matrix is at least a third full', async () => {
  for (const seed of [1, 7, 14]) {
    const next = numbersFrom(seed)
    // The first may have room on a sheet, and stays whole.
    const rows = Array.from({ length: 2 }, () => {
      const most = 16 + Math.floor(next() * 24)
      return Array.from({ length: 6 }, () => most - Math.floor(next() * 6))
    })
    await matrixOf(longRows(rows), async ({ page, texts }) => {
      expect(texts.length, `seed ${seed}`).toBeGreaterThan(1)
      const sheets = await page.evaluate(() =>
        [...document.querySelectorAll('.sheet')].map((sheet) => {
          const items = [...sheet.querySelectorAll('.cell li')]
          const [top, foot] = [sheet.querySelector('thead'), sheet.querySelector('.foot')].map((part) =>
            part?.getBoundingClientRect(),
          )
          const bottom = Math.max(...items.map((item) => item.getBoundingClientRect().bottom))
          return { used: bottom - (top?.bottom ?? 0), room: (foot?.top ?? 0) - (top?.bottom ?? 0) }
        }),
      )
      const last = sheets.at(-1)
      // The 4 mm below the text are of the row.
      expect(((last?.used ?? 0) + 15.2) / (last?.room ?? 1), `seed ${seed}`).toBeGreaterThan(1 / 3)
      expect(Math.min(...sheets.map(({ used, room }) => room - used)), `seed ${seed}`).toBeGreaterThan(-1)
    })
  }
})

test.each([
  // It cannot be divided, and is higher than what such heads leave of a sheet.
  ['rows', 56, 1],
  ['the note itself', 1, 130],
])('a note stands beside the first rows where heads leave no room for %s', async (_, asked, noted) => {
  const aliases = Array.from(
    { length: 16 },
    (__, n) => `Engineer of the ${n + 1} oldest parts of all that we run`,
  )
  const statement = 'Says in time what is in the way and to whom it matters most'
  const track = [
    'dimensions: [{ id: craft, name: Craft }]',
    `every-level: { craft: [${Array.from({ length: asked }, () => statement).join(', ')}] }`,
    'levels:',
    ...['Engineer', 'Senior Engineer', 'Lead Engineer'].map(
      (title, at) =>
        `  - { id: l${at}, title: ${title}, aliases: [${aliases.join(', ')}], expectations: { craft: ${JSON.stringify(`${statement} `.repeat(4))} } }`,
    ),
    `  - { id: chief, title: Chief, intro: ${'Sets the course of all teams '.repeat(noted)}}`,
  ]
  await matrixOf(track, async ({ page, texts }) => {
    const rows = await page.evaluate(() =>
      [...document.querySelectorAll('.sheet')].map((sheet) => sheet.querySelectorAll('tbody tr').length),
    )
    expect(rows).toEqual([0, 2])
    expect(texts[0]).toContain('oldestparts')
    expect(texts[1]?.split('Setsthecourseofallteams')).toHaveLength(noted + 1)
    expect(texts[1]).not.toContain('oldestparts')
  })
})

test.each([
  ['statement', '  - { id: chief, title: Chief, expectations: { craft: [TEXT] } }'],
  ['note', '  - { id: chief, title: Chief, intro: TEXT }'],
])('a %s that is higher than a sheet gets a wider column', async (_, level) => {
  const text = 'Says in time what is in the way and to whom it matters most '.repeat(50).trim()
  const track = [
    'dimensions: [{ id: craft, name: Craft }]',
    'levels:',
    ...['Engineer', 'Senior Engineer', 'Lead Engineer', 'Principal Engineer', 'Head Engineer'].map(
      (title, at) => `  - { id: l${at}, title: ${title}, expectations: { craft: ${said(30, 'craft')} } }`,
    ),
    level.replace('TEXT', text),
  ]
  await matrixOf(track, async ({ page, texts }) => {
    expect(texts.join('').split('Saysintimewhat')).toHaveLength(51)
    const widths = await page.evaluate(() =>
      [...document.querySelectorAll('.sheet')].map((sheet) =>
        [...sheet.querySelectorAll('thead th')].map((head) => head.clientWidth),
      ),
    )
    const [others, chief] = [widths[0]?.[0] ?? 0, widths.at(-1)?.at(-1) ?? 0]
    expect(chief).toBeGreaterThan(others * 1.3)
  })
})

test('heads do not stand on a sheet alone where wider columns leave room for long statements below them', async () => {
  const summary =
    'Is trusted with all that the people of the house have built for others so far, and with what they will build next in all the years'
  const sentences = Array.from(
    { length: 9 },
    (_, n) => `Says as number ${n} what is in the way of those who have to work with it each day.`,
  )
  const levels = Array.from({ length: 5 }, (_, n) => ({
    id: `l${n}`,
    title: `Level ${n}`,
    summary,
    expectations: { craft: [`Explains ${n} first. ${sentences.join(' ')}`] },
  }))
  const track = { id: 'ic', name: 'Engineers', dimensions: [{ id: 'craft', name: 'Craft' }], levels }
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': JSON.stringify({ title: 'Ladder', tracks: [track] }) })
    const args = ['--only', 'matrix', '--paper', 'A4:landscape', '--format', 'pdf', '--fit-report']
    const { code, stdout, stderr } = await ladderpress(['build', 'ladder.yaml', ...args], { cwd })
    expect(code, stderr).toBe(0)
    expect(stdout).toMatch(/matrix\/ic .*columns wide enough for their longest text/)
    const { texts } = await pdf(join(cwd, 'out/matrix/ic.pdf'))
    expect(texts.length).toBe(2)
    for (const text of texts) expect(text).toContain('Saysasnumber')
  })
})

test('a column is as wide as its highest cells ask for, though it says less in all than others', async () => {
  const of = (statements: number) => dimensions.map((id) => [id, statements] as const)
  const [first = '', second = ''] = dimensions
  const levels = [
    { id: 'engineer', cells: of(2) },
    { id: 'senior', cells: of(2) },
    { id: 'principal', cells: [[first, 5] as const, [second, 5] as const] },
  ]
  const track = [
    `dimensions: [${dimensions.map((id) => `{ id: ${id}, name: The ${id} }`).join(', ')}]`,
    'levels:',
    ...levels.flatMap(({ id, cells }) => [
      `  - id: ${id}`,
      `    title: ${id}`,
      '    expectations:',
      ...cells.map(([dimension, statements]) => `      ${dimension}: ${said(statements, dimension)}`),
    ]),
  ]
  await matrixOf(track, async ({ page }) => {
    const widths = await page.evaluate(() =>
      [...document.querySelectorAll('.sheet:first-of-type thead th')]
        .slice(-3)
        .map((head) => head.clientWidth),
    )
    const [engineer = 0, senior = 0, principal = 0] = widths
    // 2 mm at most.
    expect(Math.abs(senior - engineer)).toBeLessThan(9)
    expect(principal).toBeGreaterThan(Math.max(engineer, senior))
  })
})

test('no column becomes so narrow that a word is broken which was whole', async () => {
  const heavy = dimensions.slice(0, 3).map((id) => `      ${id}: ${said(8, id)}`)
  const light = (word: string) =>
    dimensions.slice(0, 3).map((id) => `      ${id}: ${said(4, id).replace('what', word)}`)
  const track = (word: string) => [
    `dimensions: [${dimensions
      .slice(0, 3)
      .map((id) => `{ id: ${id}, name: The ${id} }`)
      .join(', ')}]`,
    'levels:',
    ...[light('all'), heavy, heavy, light(word)].flatMap((cells, level) => [
      `  - id: level-${level}`,
      `    title: Level ${level}`,
      '    expectations:',
      ...cells,
    ]),
  ]
  const last = (word: string) =>
    new Promise<number>((done, fail) => {
      matrixOf(track(word), async ({ page }) => {
        const widths = await page.$$eval('.sheet:first-of-type thead th', (heads) =>
          heads.map((head) => head.clientWidth),
        )
        done(widths.at(-1) ?? 0)
      }).catch(fail)
    })
  const usual = await last('all')
  const [wide, word] = [await last('Verantwortungsbereiche'), 42 / 0.2646]
  expect(usual).toBeLessThan(word)
  expect(wide).toBeGreaterThan(word)
})

test('rows stay whole where other widths of columns let them', async () => {
  await inFolder(async (cwd) => {
    const bundled = join(import.meta.dirname, '../../data/ladder.yaml')
    const options = ['--only', 'matrix', '--paper', 'matrix=A4', '--out', 'out', '--fit-report']
    const { stdout, stderr } = await ladderpress(['build', bundled, ...options], { cwd })
    expect(stdout, stderr).toMatch(/matrix\/ic +A4 landscape +2 .* further sheets$/m)
    const { texts } = await pdf(join(cwd, 'out/matrix/ic.pdf'))
    expect(texts.map((text) => text.split('continued').length)).toEqual([1, 1])
  })
})
