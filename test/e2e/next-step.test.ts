import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { describe, expect, test } from 'vitest'

import type { Manifest } from '../../src/publish/manifest.ts'
import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'
import { aboutPdf, contentOf, pdf, structureOf } from '../support/pdf.ts'

/** Builds next-step sheets of a ladder and hands over the output folder, with what was said. */
async function sheetsOf<T>(
  ladder: string,
  args: readonly string[],
  look: (out: string, stderr: string) => Promise<T>,
): Promise<T> {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', ...args], { cwd })
    expect(code, stderr).toBe(0)
    return look(join(cwd, 'out'), stderr)
  })
}

const only = ['--only', 'next-step']

/** The words of a PDF, sheet by sheet, as they are read out. */
async function wordsOf(path: string): Promise<string[]> {
  return (await structureOf(path)).map(({ text }) => text.trim()).filter((text) => text !== '')
}

const restated = `title: Ladder
locale: en-GB
style: restated
dimensions: [{ id: craft, name: Craft }, { id: reach, name: Reach }]
tracks:
  - id: ic
    name: Makers
    every-level: { craft: Is kind to colleagues }
    dimensions: [craft, reach, { id: tools, name: Tools }]
    levels:
      - id: one
        title: Maker
        expectations:
          craft: [Draws clearly, Asks for help]
          reach: { empty: open }
          tools: Knows the tools
      - id: two
        title: Senior Maker
        equivalent: lead
        expectations:
          craft: [Draws clearly., Helps others]
          reach: { empty: open }
          tools: { empty: same-as-previous }
  - id: mg
    name: Managers
    dimensions: [craft, { id: team, name: Team }]
    levels:
      - id: lead
        title: Lead
        equivalent: two
        expectations:
          craft: [Helps others, Judges drawings]
          team: [Hires]
`

const additive = smallLadder
  .replace('effective:', 'style: additive\neffective:')
  .replace(
    '  - id: mg',
    '      - { id: staff, title: Staff Engineer, expectations: { craft: Builds the largest things, people: Teaches teachers } }\n  - id: mg',
  )

/** Two levels whose second takes two sheets. */
const long = smallLadder.replace(
  'people: Teaches others }',
  `people: Teaches others }\n      - id: staff\n        title: Staff Engineer\n        expectations:\n          craft: |\n${Array.from(
    { length: 90 },
    (_, n) => `            - Statement number ${n} says one thing more about what staff engineers do`,
  ).join('\n')}\n          people: Teaches everybody`,
)

/** Two levels of which the first says much more than the second; each of its statements may have an example. */
function uneven(first: number, second: number, example?: string): string {
  const cell = (count: number, whose: string) =>
    Array.from({ length: count }, (_, n) => {
      const text = `Statement ${n} of ${whose} says what is asked, of whom, and how all will know that it is done, in so many words that it takes lines`
      return example === undefined ? text : { text, examples: [example] }
    })
  return JSON.stringify({
    title: 'Ladder',
    tracks: [
      {
        id: 'ic',
        name: 'Makers',
        dimensions: ['craft', 'reach'].map((id) => ({ id, name: id.toUpperCase() })),
        levels: [
          { id: 'one', count: first },
          { id: 'two', count: second },
        ].map(({ id, count }) => ({
          id,
          title: `Maker ${id}`,
          expectations: Object.fromEntries(
            ['craft', 'reach'].map((dimension) => [
              dimension,
              { statements: cell(count, `${dimension} ${id}`) },
            ]),
          ),
        })),
      },
    ],
  })
}

describe('which sheets are made', () => {
  test('neighbours and equivalents, linked in the index and listed in the manifest', async () => {
    await sheetsOf(smallLadder, ['--only', 'next-step,index', '--quiet'], async (out) => {
      expect(Object.keys(await hashes(out))).toEqual([
        'index.html',
        'manifest.json',
        'next-step/engineer--senior.html',
        'next-step/engineer--senior.pdf',
        'next-step/senior--lead.html',
        'next-step/senior--lead.pdf',
      ])
      const index = await readFile(join(out, 'index.html'), 'utf8')
      expect(index).toContain('Compare two levels')
      expect(index).toContain('Engineer → Senior Engineer')
      expect(index).toContain('download="From Engineer to Senior Engineer - Small ladder - 2026.10.pdf"')
      const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Manifest
      const made = manifest.artifacts.filter(({ kind }) => kind === 'next-step')
      expect(made.map(({ subjects }) => subjects)).toContainEqual({
        tracks: ['ic', 'mg'],
        levels: ['senior', 'lead'],
      })
      expect(new Set(made.map(({ fit }) => fit?.size)).size).toBe(1)
    })
  })

  test.each([
    [['--compare', 'lead,engineer'], ['engineer--lead']],
    [
      ['--compare', 'engineer,senior', '--compare', 'engineer,lead'],
      ['engineer--lead', 'engineer--senior'],
    ],
    [[...only, '--level', 'engineer'], ['engineer--senior']],
    [[...only, '--track', 'mg'], ['senior--lead']],
  ])('%s makes %s and nothing else', async (args, pairs) => {
    await sheetsOf(smallLadder, [...args, '--format', 'pdf', '--quiet'], async (out) => {
      expect(Object.keys(await hashes(out))).toEqual([
        'manifest.json',
        ...pairs.map((pair) => `next-step/${pair}.pdf`),
      ])
    })
  })

  test('one alone has the bytes that it has in a full build, and the same again', async () => {
    const bytes = async (args: readonly string[]) =>
      sheetsOf(additive, [...args, '--format', 'pdf', '--quiet'], async (out) =>
        readFile(join(out, 'next-step', 'engineer--senior.pdf')),
      )
    const alone = await bytes(['--compare', 'engineer,senior'])
    expect((await bytes([])).equals(alone)).toBe(true)
    expect((await bytes(['--compare', 'engineer,senior'])).equals(alone)).toBe(true)
  })
})

describe('what they say', () => {
  test('both levels, dimension by dimension, in a tagged table whose heads say whose column it is', async () => {
    await sheetsOf(smallLadder, [...only, '--quiet'], async (out) => {
      const path = join(out, 'next-step', 'engineer--senior.pdf')
      const { bookmarks, xmp, info } = await aboutPdf(path)
      expect(info['Title']).toBe('From Engineer to Senior Engineer · Small ladder · 2026.10')
      expect(xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
      expect(bookmarks[0]?.title).toBe('From Engineer to Senior Engineer')
      const words = (await wordsOf(path)).join(' | ')
      const order = [
        'Craft',
        'Builds things',
        'Builds larger things',
        'People',
        'Helps others',
        'Teaches others',
      ]
      expect(order.map((text) => words.indexOf(text))).toEqual(
        order.map((text) => words.indexOf(text)).toSorted((a, b) => a - b),
      )
      expect(words).not.toContain('Both levels')
      const types = (await structureOf(path)).map(({ type }) => type)
      expect(types.filter((type) => type === 'Table')).toHaveLength(1)
    })
  })

  test('of a ladder that restates, what both say once, across both columns, then the difference', async () => {
    await sheetsOf(restated, [...only, '--quiet'], async (out) => {
      const text = (await pdf(join(out, 'next-step', 'one--two.pdf'))).texts.join('')
      const count = (words: string) => text.split(words.replaceAll(' ', '')).length - 1
      expect(['Draws clearly', 'Asks for help', 'Helps others', 'Is kind to colleagues'].map(count)).toEqual([
        1, 1, 1, 1,
      ])
      // What holds at every level comes last, under its own name alone.
      const places = ['Drawsclearly', 'Helpsothers', 'Ateverylevel', 'Iskindtocolleagues'].map((words) =>
        text.indexOf(words),
      )
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      // “As at Maker” is what both say; an empty row says once why it is empty.
      expect(['Both levels', 'Knows the tools', 'Open', 'As at'].map(count)).toEqual([2, 1, 1, 0])
    })
  })

  test('of dimensions of which neither level says anything, the names in one line', async () => {
    const ladder = `title: Ladder
locale: en-GB
missing: not-defined
dimensions:
  - { id: craft, name: Craft }
  - { id: reach, name: Reach }
  - { id: tools, name: Tools }
  - { id: team, name: Team }
tracks:
  - id: ic
    name: Makers
    dimensions: [craft, reach, tools, team]
    every-level: { team: Is kind to colleagues }
    levels:
      - { id: one, title: Maker, expectations: { craft: Draws clearly } }
      - { id: two, title: Senior Maker, expectations: { craft: Draws for others } }
`
    await sheetsOf(ladder, only, async (out) => {
      const words = await wordsOf(join(out, 'next-step/one--two.pdf'))
      expect(words).toContain('Team')
      expect(words).not.toContain('Reach')
      expect(words.some((text) => /Not defined yet.*Reach and Tools$/.test(text))).toBe(true)
      expect(words.join(' ')).toMatch(/Team.*Is kind to colleagues/)
      // Nothing else is said by both: one label is enough, and no sentence on what both ask.
      expect(words.join(' ')).not.toMatch(/both levels/i)
    })
  })

  test('of two tracks, shared dimensions first, then what only one has, said whose', async () => {
    await sheetsOf(restated, [...only, '--quiet'], async (out) => {
      const path = join(out, 'next-step', 'two--lead.pdf')
      const words = (await wordsOf(path)).join(' | ')
      expect(words).toContain('Senior Maker and Lead')
      const order = [
        'Craft',
        'Helps others',
        'Only in Makers',
        'Reach',
        'Tools',
        'Only in Managers',
        'Team',
        'Hires',
      ]
      const places = order.map((text) => words.indexOf(text))
      expect(places.every((place) => place >= 0)).toBe(true)
      expect(places).toEqual(places.toSorted((a, b) => a - b))
    })
  })

  test('of a ladder that adds, that all of the lower level stays expected', async () => {
    await sheetsOf(
      additive,
      ['--compare', 'engineer,senior', '--compare', 'engineer,staff', '--quiet'],
      async (out) => {
        const text = async (pair: string) => (await wordsOf(join(out, 'next-step', `${pair}.pdf`))).join(' ')
        expect(await text('engineer--senior')).toContain('All that is expected of Engineer stays expected.')
        expect(await text('engineer--staff')).toContain(
          'What is added in between, at Senior Engineer, is expected as well',
        )
      },
    )
  })
})

describe('how they lie', () => {
  test('text that takes several sheets goes on under the same heads, and no last sheet is nearly empty', async () => {
    await sheetsOf(long, only, async (out, stderr) => {
      expect(stderr).toContain('print/continues')
      const { pages, texts } = await pdf(join(out, 'next-step', 'senior--staff.pdf'))
      expect(pages).toBeGreaterThan(1)
      for (const text of texts) {
        expect(text).toContain('SeniorEngineer')
        expect(text).toContain('StaffEngineer')
      }
      expect(texts.slice(1).every((text) => text.includes('Craftcontinued'))).toBe(true)
      const all = texts.join('')
      expect(Array.from({ length: 90 }, (_, n) => all.split(`Statementnumber${n}says`).length - 1)).toEqual(
        Array.from({ length: 90 }, () => 1),
      )
      expect((texts.at(-1)?.split('Statementnumber').length ?? 0) - 1).toBeGreaterThan(12)
      // It does not pull the others down on to a second sheet.
      expect((await pdf(join(out, 'next-step', 'engineer--senior.pdf'))).pages).toBe(1)
    })
  })

  test('lines of a name stand below its first letter, not below its mark, and its words stay whole', async () => {
    // Of these, some have room in 15 pt only without their mark.
    const lengths = [24, 25, 26, 27, 28]
    const level = (track: string, length: number) => `      - id: ${track}${length}
        title: Expert ${'n'.repeat(length)}
        ${track === 'ic' ? `equivalent: mg${length}` : 'entry: by-appointment'}
        expectations: { craft: Knows what is needed }
`
    const ladder = `title: Ladder
locale: en-GB
dimensions: [{ id: craft, name: Craft }]
tracks:
${[
  ['ic', 'Makers'],
  ['mg', 'Managers'],
]
  .map(
    ([id = '', name]) => `  - id: ${id}
    name: ${name}
    dimensions: [craft]
    levels:
${lengths.map((length) => level(id, length)).join('')}`,
  )
  .join('')}`
    await sheetsOf(ladder, [...only, '--quiet'], async (out) => {
      await withPage(async (page) => {
        await page.emulateMediaType('print')
        for (const length of lengths) {
          const path = join(out, 'next-step', `ic${length}--mg${length}.html`)
          await page.goto(pathToFileURL(path).href, { waitUntil: 'load' })
          const names = await page.evaluate(() =>
            [...document.querySelectorAll('.level-name')].map((name) => {
              const letters = document.createRange()
              letters.setStart(name.childNodes[1] ?? name, 1)
              letters.setEndAfter(name.lastChild ?? name)
              const boxes = [...letters.getClientRects()]
              const lefts = [...new Set(boxes.map(({ bottom }) => Math.round(bottom)))].map((line) =>
                Math.min(
                  ...boxes.filter(({ bottom }) => Math.round(bottom) === line).map(({ left }) => left),
                ),
              )
              const size = Number.parseFloat(getComputedStyle(name).fontSize)
              return {
                lines: lefts.length,
                hangs: Math.max(...lefts) - Math.min(...lefts) < 0.02 * size,
              }
            }),
          )
          const hung = { lines: 2, hangs: true }
          expect([length, ...names]).toEqual([length, hung, hung])
        }
      })
    })
  })

  test('a column that has ended says on which sheet, and a foot takes two lines only where one is full', async () => {
    const name = 'Expert with a rather long name'
    const ladder = `title: Ladder
locale: en-GB
style: restated
tracks:
  - id: ic
    name: Makers
    dimensions: [{ id: craft, name: Craft }]
    levels:
      - { id: one, title: ${name} one, expectations: { craft: Knows little } }
      - id: two
        title: ${name} two
        expectations:
          craft:
${Array.from({ length: 90 }, (_, n) => `            - Statement number ${n} says in some more plain words what we expect of everybody`).join('\n')}
`
    await sheetsOf(ladder, [...only, '--quiet'], async (out) => {
      const path = join(out, 'next-step', 'one--two.html')
      await withPage(async (page) => {
        await page.setViewport({ width: 2000, height: 1200 })
        await page.goto(pathToFileURL(path).href)
        const cells = await page.evaluate(() =>
          [...document.querySelectorAll('.band')].map((band) =>
            (band.querySelector('td > div')?.textContent ?? '').trim(),
          ),
        )
        expect(cells.length).toBeGreaterThan(1)
        expect(cells).toEqual(['Knows little', ...cells.slice(1).map(() => 'See sheet 1')])
        const ends = await page.evaluate(() =>
          [...document.querySelectorAll('.foot-line > span')].map(
            (end) => end.getBoundingClientRect().height,
          ),
        )
        // The words on the left take a fifth of the line, those on the right more than half.
        expect(new Set(ends).size, ends.join()).toBe(1)
      })
    })
  })

  test('names and feet of two lines are parted evenly, and statements keep their distance from a summary', async () => {
    const ladder = `title: Engineering competencies
edition: "2025"
locale: en-GB
tracks:
  - id: ic
    name: Makers
    dimensions: [{ id: craft, name: Craft, summary: How well somebody works }]
    levels:
      - { id: one, title: Senior Engineer 2 (Individual Contributor), expectations: { craft: Knows little } }
      - { id: two, title: Principal Engineer (Individual Contributor), expectations: { craft: Knows much } }
`
    await sheetsOf(ladder, [...only, '--quiet'], async (out) => {
      await withPage(async (page) => {
        await page.emulateMediaType('print')
        await page.goto(pathToFileURL(join(out, 'next-step', 'one--two.html')).href, { waitUntil: 'load' })
        const seen = await page.evaluate(() => {
          const linesOf = (element: Element) => {
            const lines = new Map<number, string>()
            const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              for (const { index, 0: word } of (node.nodeValue ?? '').matchAll(/\S+/g)) {
                const range = document.createRange()
                range.setStart(node, index)
                range.setEnd(node, index + word.length)
                const line = Math.round(range.getBoundingClientRect().bottom)
                lines.set(line, `${lines.get(line) ?? ''} ${word}`.trim())
              }
            }
            return [...lines.values()]
          }
          const [summary, statement] = ['.dimension-summary', '.statements li'].map((selector) =>
            document.querySelector(selector)?.getBoundingClientRect(),
          )
          return {
            names: [...document.querySelectorAll('.level-name')].map(linesOf),
            foot: [...document.querySelectorAll('.foot-line > span:last-child')].flatMap(linesOf),
            gap: (((statement?.top ?? 0) - (summary?.bottom ?? 0)) * 25.4) / 96,
          }
        })
        expect(seen.names).toEqual([
          ['Senior Engineer 2', '(Individual Contributor)'],
          ['Principal Engineer', '(Individual Contributor)'],
        ])
        expect(seen.foot).toHaveLength(2)
        expect(seen.foot[1]).toMatch(/[^·] · [0-9a-f]{8}$/)
        expect(seen.gap).toBeGreaterThan(1.3)
      })
    })
  })

  test('columns are as wide as each other, until others by what they say save a sheet; then examples go', async () => {
    const setOf = async (ladder: string) =>
      sheetsOf(ladder, [...only, '--format', 'pdf', '--quiet'], async (out) => {
        const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Manifest
        const [made] = manifest.artifacts
        return [made?.pages, ...(made?.fit?.remedies ?? [])]
      })
    const example =
      'Such as what was done in the year of the long winter, when nobody knew what would come next'
    expect(await setOf(uneven(6, 2))).toEqual([1])
    expect(await setOf(uneven(10, 2))).toEqual([1, 'columns-by-content'])
    expect(await setOf(uneven(2, 10))).toEqual([1, 'columns-by-content'])
    expect(await setOf(uneven(20, 2))).toEqual([2, 'columns-by-content', 'further-sheets'])
    expect(await setOf(uneven(4, 2, example))).toEqual([1, 'columns-by-content'])
    expect(await setOf(uneven(6, 2, example))).toEqual([1, 'examples-left-out'])
    expect(await setOf(uneven(9, 2, example))).toEqual([1, 'columns-by-content', 'examples-left-out'])
  })

  test('the column that says more is the wider one, be it the first or the second, on every sheet', async () => {
    const widthsOf = (ladder: string) =>
      sheetsOf(ladder, [...only, '--quiet'], (out) =>
        withPage(async (page) => {
          await page.emulateMediaType('print')
          await page.goto(pathToFileURL(join(out, 'next-step', 'one--two.html')).href, { waitUntil: 'load' })
          return page.evaluate(() =>
            [...document.querySelectorAll('thead')].map((head) =>
              [...head.querySelectorAll('th')].map((th) => Math.round(th.getBoundingClientRect().width)),
            ),
          )
        }),
      )
    const [first, ...others] = await widthsOf(uneven(20, 2))
    const [mirrored] = await widthsOf(uneven(2, 20))
    const [wide = 0, narrow = 0] = first ?? []
    expect(wide).toBeGreaterThan(narrow)
    expect(others).toEqual([first])
    expect(mirrored).toEqual([narrow, wide])
  })

  test('no line of a title ends within the name of a level, and a phone still shows all of it', async () => {
    const name = 'Senior Vice President / CTO / CIO'
    const ladder = smallLadder.replace('title: Engineer\n', 'title: Vice President\n')
    await sheetsOf(
      ladder.replace('title: Senior Engineer', `title: ${name}`),
      ['--compare', 'engineer,senior', '--quiet'],
      async (out) => {
        const path = join(out, 'next-step', 'engineer--senior')
        const { bookmarks } = await aboutPdf(`${path}.pdf`)
        expect(bookmarks[0]?.title).toBe(`From Vice President to ${name}`)
        await withPage(async (page) => {
          await page.goto(pathToFileURL(`${path}.html`).href)
          const heightOf = () =>
            page.evaluate(() => {
              const names = [...document.querySelectorAll('h1 .whole')]
              const heading = document.querySelector('h1')?.getBoundingClientRect().height ?? 0
              return names.map((whole) => heading / whole.getBoundingClientRect().height)
            })
          await page.setViewport({ width: 1280, height: 800 })
          // Two lines, each name on one of them.
          const lines = await heightOf()
          expect(lines).toHaveLength(2)
          expect(Math.min(...lines)).toBeGreaterThan(1.5)
          await page.setViewport({ width: 320, height: 800 })
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
        })
      },
    )
  })

  test('--notes leaves a ruled column of 60 mm, eight millimetres from line to line, that nothing reads out', async () => {
    await sheetsOf(smallLadder, [...only, '--notes', '--quiet'], async (out) => {
      const path = join(out, 'next-step-notes', 'engineer--senior.pdf')
      expect(await wordsOf(path)).toContain('Evidence, next step')
      const { xmp } = await aboutPdf(path)
      expect(xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
      const html = await readFile(join(out, 'next-step-notes', 'engineer--senior.html'), 'utf8')
      expect(html).toContain('<svg class="ruled" width="60mm"')
      expect(html).toContain('M0 8h60M0 16h60')
      const content = (await contentOf(path)).join('\n')
      expect(content).toContain('/Artifact')
      const plain = await sheetsOf(smallLadder, [...only, '--quiet'], async (without) =>
        wordsOf(join(without, 'next-step', 'engineer--senior.pdf')),
      )
      expect(plain).not.toContain('Evidence, next step')
    })
  })

  test('they are made on A4 or Letter, upright, and lie where there is room to write', async () => {
    const papers = async (...args: string[]) =>
      sheetsOf(smallLadder, [...only, ...args, '--format', 'pdf', '--quiet'], async (out) => {
        const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Manifest
        return [
          ...new Set(manifest.artifacts.map(({ sheet }) => `${sheet?.paper} ${sheet?.orientation}`)),
        ].sort()
      })
    expect(await papers()).toEqual(['A4 portrait'])
    expect(await papers('--notes')).toEqual(['A4 landscape'])
    expect(await papers('--paper', 'next-step=Letter,A4:landscape')).toEqual([
      'A4 landscape',
      'Letter portrait',
    ])
  })
})

test('a dimension that goes on leaves the room to its text that a summary took where it begins', async () => {
  const summary = 'What this is about, for whom it is, and how one sees it in what somebody does every day. '
  const statements = (who: string) =>
    Array.from(
      { length: 44 },
      (_, n) =>
        `            - ${who} ${n + 1} says what is done here, for whom, by when, and why it is worth the work of so many people, every day\n`,
    ).join('')
  const ladder = `title: Ladder
tracks:
  - id: ic
    name: Engineers
    dimensions:
      - { id: craft, name: Craft, summary: "${summary.repeat(13).trim()}" }
    levels:
      - id: one
        title: One
        expectations:
          craft:\n${statements('One')}      - id: two
        title: Two
        expectations:
          craft:\n${statements('Two')}`
  await sheetsOf(ladder, [...only, '--quiet'], async (out) => {
    const { texts } = await pdf(join(out, 'next-step/one--two.pdf'))
    expect(texts).toHaveLength(3)
    expect(texts[1]).toContain('Craftcontinued')
    expect(texts[1]).not.toContain('Whatthisisabout')
  })
})

test.each([
  ['engineer,engineer', 'usage/not-comparable'],
  ['engineer,nobody', 'usage/unknown-level'],
  ['engineer', 'usage/bad-value'],
])('--compare %s is refused with %s, and nothing is written', async (pair, code) => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': smallLadder })
    const run = await ladderpress(['build', 'ladder.yaml', '--compare', pair], { cwd })
    expect(run.code, run.stderr).toBe(2)
    expect(run.stderr).toContain(code)
    expect(Object.keys(await hashes(cwd))).toEqual(['ladder.yaml'])
  })
})
