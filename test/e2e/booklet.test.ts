import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { bundledLevels } from '../support/bundled.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'
import { aboutPdf, pdf, structureOf } from '../support/pdf.ts'

/** Builds the booklet of a ladder and hands over the output folder. */
async function bookletOf<T>(
  ladder: string,
  look: (out: string) => Promise<T>,
  args: readonly string[] = [],
): Promise<T> {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const { code, stderr } = await ladderpress(
      ['build', 'ladder.yaml', '--only', 'booklet', '--strict', ...args],
      { cwd },
    )
    expect(code, stderr).toBe(0)
    return look(join(cwd, 'out'))
  })
}

/** What a link of the contents names, and the page that it says. */
async function contentsOf(file: string): Promise<{ title: string; page: number; to: string }[]> {
  return withPage(async (page) => {
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' })
    return page.evaluate(() =>
      [...document.querySelectorAll<HTMLAnchorElement>('.contents a')].map((link) => {
        const number = link.querySelector('.contents-page')?.textContent ?? ''
        return {
          title: (link.textContent ?? '').replace(number, '').replace(/\s+/g, ' ').trim(),
          page: Number(number),
          to: link.hash.slice(1),
        }
      }),
    )
  })
}

function long(sentences: number): string {
  return Array.from(
    { length: sentences },
    (_, n) => `Sentence ${n} says in ten plain words what we expect.`,
  ).join(' ')
}

describe('the booklet of the bundled ladder', () => {
  let out: string
  let file: string

  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
    const { code, stderr } = await ladderpress(['build', '--only', 'booklet,index', '--strict', '--out', out])
    expect(code, stderr).toBe(0)
    file = join(out, 'booklet.pdf')
  })
  afterAll(() => rm(out, { recursive: true, force: true }))

  test('has its pages in fours, each half of A4, in type between 8.5 and 10 pt', async () => {
    const { pages, sizes, fonts } = await pdf(file)
    expect(pages).toBe(28)
    for (const [width, height] of sizes) {
      expect(width).toBeCloseTo((148 / 25.4) * 72, 1)
      expect(height).toBeCloseTo((210 / 25.4) * 72, 1)
    }
    expect(fonts).not.toEqual([])
    expect(fonts.filter((name) => !name.includes('Inter'))).toEqual([])
    const { artifacts } = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as {
      artifacts: { kind: string; fit: { size: number } | null }[]
    }
    const made = artifacts.find(({ kind }) => kind === 'booklet')
    expect(made?.fit?.size).toBeGreaterThanOrEqual(8.5)
    expect(made?.fit?.size).toBeLessThanOrEqual(10)
  })

  test('names in its contents the pages on which the titles stand', async () => {
    const entries = await contentsOf(join(out, 'booklet.html'))
    expect(entries.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'The ladder at a glance',
        'Lead Engineer',
        'Fellow',
        'Scope and impact',
        'Notes',
      ]),
    )
    const { texts } = await pdf(file)
    for (const { title, page } of entries)
      expect(texts[page - 1], `${title} on page ${page}`).toContain(title.replace(/\s/g, ''))
    await withPage(async (page) => {
      await page.goto(pathToFileURL(join(out, 'booklet.html')).href, { waitUntil: 'load' })
      const places = await page.evaluate(() =>
        [...document.querySelectorAll('[id]')].map((element) => [
          element.id,
          [...document.querySelectorAll('.sheet')].indexOf(element.closest('.sheet') as Element) + 1,
        ]),
      )
      const pageOf = new Map(places as [string, number][])
      for (const { title, page: said, to } of entries) expect(pageOf.get(to), title).toBe(said)
    })
  })

  test('has bookmarks in the order of its pages, and headings that skip no level', async () => {
    const { bookmarks, xmp } = await aboutPdf(file)
    expect(xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(bookmarks[0]).toMatchObject({ title: 'Engineering ladder', page: 1 })
    const pages = bookmarks.map(({ page }) => page)
    expect(pages).toEqual(pages.toSorted((a, b) => a - b))
    const lead = bookmarks.findIndex(({ title }) => title === 'Lead Engineer')
    expect(bookmarks.slice(lead, lead + 2).map(({ title }) => title)).toEqual([
      'Lead Engineer',
      'Domain knowledge',
    ])
    const headings = (await structureOf(file)).filter(({ type }) => /^H\d$/.test(type))
    expect(headings.filter(({ type }) => type === 'H1')).toHaveLength(1)
    const depths = headings.map(({ type }) => Number(type.slice(1)))
    for (const [index, depth] of depths.entries())
      expect(depth - (depths[index - 1] ?? 0), headings[index]?.text).toBeLessThanOrEqual(1)
  })

  test('is read in its order: cover, contents, map, each track with its levels from the lowest up', async () => {
    const read = (await structureOf(file))
      .filter(({ type }) => /^H[123]$/.test(type))
      .map(({ text }) => text.trim())
    expect(read).toEqual([
      'Engineering ladder',
      'Contents',
      'How to read this',
      'The ladder at a glance',
      'Individual contributors',
      'Engineer',
      'Senior Engineer',
      'Lead Engineer',
      'Principal Engineer',
      'Domain knowledge',
      'Teaching and mentoring',
      'Culture and leadership',
      'Customer success',
      'Named, not described',
      'Managers',
      'Manager',
      'Senior Manager',
      'Director',
      'Vice President',
      'Senior Vice President / CTO / CIO',
      'Scope and impact',
      'Team development',
      'Customer success',
      'Notes',
    ])
    // Running heads and page numbers are no part of what is read out.
    const words = (await structureOf(file)).map(({ text }) => text.trim())
    expect(words).not.toContain('Engineering ladder 2026.1 9')
  })

  test('the map and pages of dimensions are read from the lowest level up, and show the highest at the top', async () => {
    const read = await structureOf(file)
    const from = read.findIndex(({ type, text }) => type === 'H2' && text === 'The ladder at a glance')
    const map = read.slice(
      from,
      read.findIndex(({ type }, index) => index > from && type === 'H2'),
    )
    expect(map.filter(({ type }) => type === 'Link').map(({ text }) => text)).toEqual(bundledLevels)
    const headings = read.filter(({ type }) => /^H[234]$/.test(type))
    const dimension = headings.findIndex(({ type, text }) => type === 'H3' && text === 'Domain knowledge')
    const ofLevels = ['Engineer', 'Senior Engineer', 'Lead Engineer', 'Principal Engineer']
    expect(headings.slice(dimension + 1, dimension + 5).map(({ text }) => text.trim())).toEqual(ofLevels)
    const { bookmarks } = await aboutPdf(file)
    const own = bookmarks.findLastIndex(({ title }) => title === 'Domain knowledge')
    const marks = bookmarks.slice(own + 1, own + 5)
    expect(marks.map(({ title }) => title)).toEqual(ofLevels)
    // Each leads to its place: higher on the page than the one before.
    const tops = marks.map(({ top }) => top)
    expect(tops).toEqual(tops.toSorted((a, b) => a - b))
    await withPage(async (page) => {
      await page.emulateMediaType('print')
      await page.goto(pathToFileURL(join(out, 'booklet.html')).href, { waitUntil: 'load' })
      const shown = await page.evaluate(() =>
        ['.glance-name', '.chapter-dimension h4'].map((names) => {
          const sheet = document.querySelector(names)?.closest('.sheet')
          return [...(sheet?.querySelectorAll(names) ?? [])]
            .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
            .map((name) => name.textContent?.replace(/\d+$/, '').trim())
        }),
      )
      expect(shown).toEqual([
        ['Fellow', 'Distinguished Engineer', ...ofLevels.toReversed()],
        ofLevels.toReversed(),
      ])
    })
  })

  test('opens tracks and the map on left pages', async () => {
    const entries = await contentsOf(join(out, 'booklet.html'))
    for (const title of ['The ladder at a glance', 'Individual contributors', 'Managers'])
      expect((entries.find((entry) => entry.title === title)?.page ?? 1) % 2, title).toBe(0)
  })

  test('puts inner margins at the spine, and leaves the foot of the back empty', async () => {
    await withPage(async (page) => {
      await page.emulateMediaType('print')
      await page.goto(pathToFileURL(join(out, 'booklet.html')).href, { waitUntil: 'load' })
      const found = await page.evaluate(() => {
        const mm = 96 / 25.4
        const sheets = [...document.querySelectorAll('.sheet')]
        const at = (index: number, part: string) => {
          const sheet = sheets[index] as Element
          const [outer, inner] = [sheet, sheet.querySelector(part) as Element].map((element) =>
            element.getBoundingClientRect(),
          ) as [DOMRect, DOMRect]
          return [(inner.left - outer.left) / mm, (outer.right - inner.right) / mm].map(Math.round)
        }
        const back = sheets.at(-1) as Element
        const last = (back.querySelector('.back-words') as Element).getBoundingClientRect()
        return {
          left: at(7, '.chapter'),
          right: at(8, '.chapter'),
          leftNumber: at(7, '.folio-number')[0],
          rightNumber: at(8, '.folio-number')[1],
          foot: (back.getBoundingClientRect().bottom - last.bottom) / mm,
        }
      })
      expect(found).toMatchObject({ left: [12, 16], right: [16, 12], leftNumber: 12, rightNumber: 12 })
      expect(found.foot).toBeGreaterThan(14)
    })
  })

  test('stands on the index page', async () => {
    const index = await readFile(join(out, 'index.html'), 'utf8')
    expect(index).toContain('href="booklet.pdf"')
    expect(index).toContain('28 pages')
    expect(index).toContain('href="booklet.html"')
  })

  test('has the same bytes when it is made again', async () => {
    await inFolder(async (folder) => {
      const { code, stderr } = await ladderpress(['build', '--only', 'booklet', '--out', folder])
      expect(code, stderr).toBe(0)
      for (const name of ['booklet.pdf', 'booklet.html'])
        expect(await readFile(join(folder, name))).toEqual(await readFile(join(out, name)))
    })
  })

  test('reads as one long page on a phone, without running heads and pages for notes', async () => {
    await withPage(async (page) => {
      await page.setViewport({ width: 390, height: 800, isMobile: true, hasTouch: true })
      await page.goto(pathToFileURL(join(out, 'booklet.html')).href, { waitUntil: 'load' })
      const found = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth,
        hidden: [...document.querySelectorAll('.running, .folio, .page-notes')].every(
          (element) => element.getClientRects().length === 0,
        ),
        size: Number.parseFloat(
          getComputedStyle(document.querySelector('.statements li') as Element).fontSize,
        ),
        // Signs of tracks begin where the names of their levels do, with no blank before them.
        indents: ['.contents-track .mark', '.contents li a'].map(
          (one) => document.querySelector(one)?.getBoundingClientRect().left,
        ),
      }))
      expect(found.indents[0]).toBeCloseTo(found.indents[1] ?? 0, 0)
      expect(found.width).toBeLessThanOrEqual(390)
      expect(found.hidden).toBe(true)
      expect(found.size).toBeGreaterThanOrEqual(16)
    })
  })
})

test('a ladder of one level becomes a booklet of two sheets', async () => {
  const ladder = `title: Support ladder
tracks:
  - id: support
    name: Support
    levels:
      - { id: agent, title: Support Agent, statements: Solves common questions }
`
  await bookletOf(ladder, async (out) => {
    const { pages, texts } = await pdf(join(out, 'booklet.pdf'))
    expect(pages).toBe(8)
    expect(texts[4]).toContain('Solvescommonquestions')
    expect(texts[5]).toContain('Notes')
  })
})

/** One track of so many levels, and what else is said of it. */
function oneTrack(levels: number, summary: string, dimensions: string): string {
  const texts = Array.from(
    { length: levels },
    (_, n) => `      - { id: l${n}, title: Level ${n}, summary: ${summary}, expectations: { x: Does this } }`,
  )
  return `title: One track
missing: not-defined
tracks:
  - id: a
    name: Makers
    dimensions: [${dimensions}]
    levels:
${texts.join('\n')}
`
}

test('levels that are listed where their track opens are read from the lowest up', async () => {
  await bookletOf(oneTrack(3, 'Short', '{ id: x, name: X }'), async (out) => {
    const read = await structureOf(join(out, 'booklet.pdf'))
    const from = read.findIndex(({ type, text }) => type === 'H2' && text.trim() === 'Makers')
    const links = read.slice(from).filter(({ type }) => type === 'Link')
    expect(links.map(({ text }) => text)).toEqual(['Level 0', 'Level 1', 'Level 2'])
    const [top, ...others] = await withPage(async (page) => {
      await page.goto(pathToFileURL(join(out, 'booklet.html')).href, { waitUntil: 'load' })
      return page.evaluate(() =>
        [...document.querySelectorAll('.chapter-opener .entry a')]
          .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
          .map((link) => link.textContent),
      )
    })
    expect([top, ...others]).toEqual(['Level 2', 'Level 1', 'Level 0'])
  })
})

test('a dimension that goes on over pages is read in their order', async () => {
  const levels = Array.from(
    { length: 4 },
    (_, n) => `      - { id: l${n}, title: Level ${n}, expectations: { x: [${long(20)}], y: Does this } }`,
  )
  const ladder = `title: One track
tracks:
  - id: a
    name: Makers
    dimensions: [{ id: x, name: Long }, { id: y, name: Short }]
    levels:
${levels.join('\n')}
`
  await bookletOf(ladder, async (out) => {
    const headings = (await structureOf(join(out, 'booklet.pdf'))).filter(({ type }) => /^H\d$/.test(type))
    const levelsBelow = (name: string) => {
      const own = headings.findIndex(({ type, text }) => type === 'H3' && text.trim() === name)
      return headings.slice(own + 1, own + 5).map(({ text }) => text.trim())
    }
    expect(levelsBelow('Long')).toEqual(['Level 3', 'Level 2', 'Level 1', 'Level 0'])
    expect(levelsBelow('Short')).toEqual(['Level 0', 'Level 1', 'Level 2', 'Level 3'])
  })
})

/** What stands on the pages of the map. */
async function mapsOf(
  out: string,
): Promise<{ page: number; name: string; levels: string[]; stub: boolean }[]> {
  return withPage(async (page) => {
    await page.goto(pathToFileURL(join(out, 'booklet.html')).href, { waitUntil: 'load' })
    return page.evaluate(() =>
      [...document.querySelectorAll('.sheet')].flatMap((sheet, index) =>
        sheet.matches('.page-glance')
          ? [
              {
                page: index + 1,
                name: sheet.querySelector('.glance-names')?.textContent?.trim() ?? '',
                levels: [...sheet.querySelectorAll('.glance-name a')].map((link) => link.textContent ?? ''),
                stub: (sheet.querySelector('.glance-upper')?.getBoundingClientRect().height ?? 0) > 5,
              },
            ]
          : [],
      ),
    )
  })
}

test('the map of one track stands on one page, or goes on and says so', async () => {
  const levels = (from: number, to: number) =>
    Array.from({ length: from - to + 1 }, (_, n) => `Level ${from - n}`)
  await bookletOf(oneTrack(6, 'Short', '{ id: x, name: X }'), async (out) => {
    expect(await mapsOf(out)).toEqual([
      { page: 4, name: 'Makers', levels: levels(5, 0).toReversed(), stub: false },
    ])
    // Nor is its picture blown up on a phone.
    const mark = await withPage(async (page) => {
      await page.setViewport({ width: 390, height: 844 })
      await page.goto(pathToFileURL(join(out, 'booklet.html')).href, { waitUntil: 'load' })
      return page.evaluate(
        () => document.querySelector('.cover-map .bare-mark')?.getBoundingClientRect().width ?? 0,
      )
    })
    expect(mark).toBeGreaterThan(8)
    expect(mark).toBeLessThan(20)
  })
  // What goes on over pages is read in the order of those.
  await bookletOf(oneTrack(9, long(2), '{ id: x, name: X }'), async (out) => {
    expect(await mapsOf(out)).toEqual([
      { page: 4, name: 'Makers', levels: levels(8, 4), stub: false },
      { page: 5, name: 'Makers, continued', levels: levels(3, 0), stub: true },
    ])
  })
})

test('where a track opens, dimensions of which nothing is said but their names stand in a line', async () => {
  const dimensions = `
      { group: Craft, dimensions: [{ id: x, name: Code }, { id: y, name: Design }] },
      { group: People, summary: How we treat each other, dimensions: [
        { id: z, name: Teams, summary: Who we work with }, { id: u, name: Talent }, { id: v, name: Culture }] },
      { group: Reach, summary: How far we see, dimensions: [{ id: w, name: Time }] }, { id: s, name: Scope }`
  const ladder = oneTrack(2, 'Short', dimensions)
  await bookletOf(ladder, async (out) => {
    await withPage(async (page) => {
      await page.goto(pathToFileURL(join(out, 'booklet.html')).href, { waitUntil: 'load' })
      const entries = await page.evaluate(() =>
        [...(document.querySelector('.chapter-opener .entries')?.children ?? [])].map((entry) =>
          [...entry.children].map((line) => line.textContent?.replaceAll('\u00a0', ' ').trim()),
        ),
      )
      expect(entries).toEqual([
        ['Craft', 'Code · Design'],
        ['People', 'How we treat each other'],
        ['Teams', 'Who we work with'],
        ['Talent · Culture'],
        ['Reach', 'How far we see', 'Time'],
        ['Scope'],
      ])
    })
  })
})

test('names of many dimensions go on to a further page where they have no room on the one that opens their track', async () => {
  const name = (n: number) => `Dimension ${n} whose name is as long as they say names should not be`
  const ids = Array.from({ length: 26 }, (_, n) => `x${n}`)
  const dimensions = ids.map((id, n) => `{ id: ${id}, name: ${name(n)} }`)
  const asked = ids.map((id) => `${id}: Does this`)
  await bookletOf(
    oneTrack(3, 'Short', dimensions.join(', ')).replaceAll('x: Does this', asked.join(', ')),
    async (out) => {
      const { texts } = await pdf(join(out, 'booklet.pdf'))
      const opener = texts.findIndex((text) => text.startsWith('Makers'))
      const pages = texts.slice(opener, opener + 4).join('')
      for (let n = 0; n < 26; n += 1) expect(pages, name(n)).toContain(name(n).replaceAll(' ', ''))
      expect(texts[opener]).not.toContain(name(25).replaceAll(' ', ''))
    },
    ['--paper', 'booklet=A5'],
  )
})

test('titles are smaller on small pages where that keeps their words whole, and the stamp is the same', async () => {
  const ladder = oneTrack(3, 'Short', '{ id: x, name: X }')
    .replace(/title: .*/, 'title: Softwareentwicklung und Betrieb')
    .replaceAll('title: Level', 'title: Softwareentwicklerin')
  // Of a broken word there would be a warning.
  await bookletOf(
    ladder,
    async (out) => {
      const stamps = await Promise.all(
        ['booklet.pdf', 'booklet/a5.pdf'].map(async (path) => {
          const { texts } = await pdf(join(out, path))
          return /[0-9a-f]{8}/.exec(texts[1] ?? '')?.[0]
        }),
      )
      expect(stamps[0]).toBeDefined()
      expect(stamps[1]).toBe(stamps[0])
    },
    ['--paper', 'booklet=A4,A5'],
  )
})

test('dimensions of a group are headed below its name, those of none as it is', async () => {
  const dimensions = '{ group: Craft, dimensions: [{ id: x, name: Code }] }, { id: s, name: Scope }'
  await bookletOf(oneTrack(2, 'Short', dimensions), async (out) => {
    const headings = (await structureOf(join(out, 'booklet.pdf')))
      .filter(({ type }) => /^H[3-6]$/.test(type))
      .map(({ type, text }) => `${type} ${text.trim()}`)
    const ofLevel = headings.slice(headings.indexOf('H3 Level 0'))
    expect(ofLevel.slice(0, 4)).toEqual(['H3 Level 0', 'H4 Craft', 'H5 Code', 'H4 Scope'])
  })
})

test('long sections go on over pages, behind the map, and nothing of them is lost', async () => {
  const ladder = smallLadder.replace(
    'tracks:',
    `intro: ${long(20)}
sections:
  - title: Promotion
    text: |
      ${long(70)}

      - One point
      - [The policy](https://example.com/policy)
  - { title: Pay, text: ${long(8)} }
tracks:`,
  )
  await bookletOf(ladder, async (out) => {
    const { pages, texts } = await pdf(join(out, 'booklet.pdf'))
    expect(pages % 4).toBe(0)
    const whole = texts.join('')
    for (let n = 0; n < 70; n += 1) expect(whole).toContain(`Sentence${n}says`)
    const entries = await contentsOf(join(out, 'booklet.html'))
    for (const { title, page } of entries) expect(texts[page - 1], title).toContain(title.replace(/\s/g, ''))
    const pageOf = (wanted: string) => entries.find(({ title }) => title === wanted)?.page ?? 0
    expect(pageOf('Promotion')).toBeGreaterThan(pageOf('The ladder at a glance'))
    expect(pageOf('Pay')).toBeGreaterThan(pageOf('Promotion'))
    // A printed link cannot be followed.
    expect(texts[pageOf('Addresses') - 1]).toContain('https://example.com/policy')
  })
})

test.each([
  ['levels', 24, 3],
  ['dimensions', 3, 26],
])('contents with more %s than a page has room for go on overleaf', async (_what, levels, dimensions) => {
  const times = <T>(count: number, one: (n: number) => T) => Array.from({ length: count }, (_, n) => one(n))
  const names = times(dimensions, (n) => `Stewardship of the technical direction, part ${n}`)
  const titles = times(levels, (n) => `Senior staff engineer for tests and reliability, grade ${n}`)
  const ladder = JSON.stringify({
    title: 'Ladder',
    tracks: [
      {
        id: 'ic',
        name: 'Engineers',
        dimensions: names.map((name, n) => ({ id: `d${n}`, name })),
        levels: titles.map((title, level) => ({
          id: `l${level}`,
          title,
          expectations: Object.fromEntries(names.map((name, n) => [`d${n}`, [`Does ${level} for ${name}.`]])),
        })),
      },
    ],
  })
  await bookletOf(ladder, async (out) => {
    const { texts } = await pdf(join(out, 'booklet.pdf'))
    const entries = await contentsOf(join(out, 'booklet.html'))
    expect(entries.map(({ title }) => title)).toEqual(expect.arrayContaining([...titles, ...names]))
    for (const { title, page } of entries) expect(texts[page - 1], title).toContain(title.replace(/\s/g, ''))
    expect(texts[3]).toContain('Contents,continued')
  })
})

test('drafts stand in no booklet', async () => {
  const ladder = smallLadder.replace(
    'title: Senior Engineer',
    'title: Senior Engineer\n        status: draft',
  )
  await bookletOf(ladder, async (out) => {
    const text = (await pdf(join(out, 'booklet.pdf'))).texts.join('')
    expect(text).toContain('TeamLead')
    expect(text).not.toContain('SeniorEngineer')
  })
})

test('text from right to left turns the book round: the spine is at the right of page 1', async () => {
  const ladder = `title: סולם
locale: he
edition: 1
tracks:
  - id: a
    name: מהנדסים
    levels:
      - { id: one, title: מהנדס, summary: עובד לבד, statements: פותר בעיות }
      - { id: two, title: מהנדס בכיר, summary: מוביל אחרים, statements: מלמד }
`
  await bookletOf(ladder, async (out) => {
    await withPage(async (page) => {
      await page.emulateMediaType('print')
      await page.goto(pathToFileURL(join(out, 'booklet.html')).href, { waitUntil: 'load' })
      const margins = await page.evaluate(() =>
        [4, 5].map((index) => {
          const sheet = document.querySelectorAll('.sheet')[index] as Element
          const [outer, inner] = [sheet, sheet.querySelector('.chapter') as Element].map((element) =>
            element.getBoundingClientRect(),
          ) as [DOMRect, DOMRect]
          return [inner.left - outer.left, outer.right - inner.right].map((px) =>
            Math.round((px * 25.4) / 96),
          )
        }),
      )
      expect(margins).toEqual([
        [12, 16],
        [16, 12],
      ])
    })
  })
})

test('where a region uses Letter, a page is half of that', async () => {
  await bookletOf(smallLadder.replace('tracks:', 'locale: en-US\ntracks:'), async (out) => {
    const { sizes } = await pdf(join(out, 'booklet.pdf'))
    expect(sizes[0]).toEqual([396, 612])
  })
})

test('a paper on which a text cannot stand is named, with what to do', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': smallLadder })
    const { code, stderr } = await ladderpress(
      ['build', 'ladder.yaml', '--only', 'booklet', '--paper', 'booklet=70x70mm'],
      { cwd },
    )
    expect(code).toBe(1)
    expect(stderr).toContain('print/overflow')
    expect(stderr).toContain('Choose a larger paper')
  })
})

test('neither a booklet nor a one-pager speaks of a track that is all draft', async () => {
  await inFolder(async (cwd) => {
    const hidden = `  - id: hidden
    name: Hidden track
    opens-from: [senior]
    levels: [{ id: first, title: Hidden First, status: draft, statements: Hides }]
`
    await write(cwd, { 'ladder.yaml': smallLadder + hidden })
    const args = ['build', 'ladder.yaml', '--only', 'booklet,one-pager,next-step', '--format', 'pdf']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    for (const id of ['booklet', 'one-pager/senior', 'next-step/engineer--senior']) {
      const { texts } = await pdf(join(cwd, 'out', `${id}.pdf`))
      expect([id, texts.join('').includes('Hidden')]).toEqual([id, false])
    }
  })
})
