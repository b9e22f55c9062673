import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { write } from '../support/files.ts'
import { pdf, structureOf } from '../support/pdf.ts'

/** A level that has everything a one-pager can show, above one that it adds to. */
const everything = `title: Ladder
edition: "1"
style: additive
tracks:
  - id: ic
    name: Engineers
    dimensions:
      - group: Work
        summary: What is made and how
        dimensions:
          - { id: craft, name: Craft, summary: What somebody knows and does }
      - { id: people, name: People }
    every-level: { craft: Treats the work of others as their own }
    levels:
      - id: engineer
        title: Engineer
        expectations: { craft: Builds things, people: Helps others }
      - id: senior
        title: Senior Engineer
        summary: Sees things through
        intro: This level is where most stay.
        expectations:
          craft:
            summary: All of it, and well
            statements:
              - { text: "Builds [larger things](https://example.com)", examples: [A bridge, A tower] }
              - { text: Carries a pager, optional: true }
          people: { statements: [{ text: Teaches others, polarity: effective }, { text: Shouts, polarity: ineffective }] }
`

test('nothing in large print is under 18 pt, on paper, on a desk and on a phone', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': everything, 'press.yaml': 'notice: This is no contract.\n' })
    const args = ['build', 'ladder.yaml', '--only', 'one-pager', '--large-print', '--roll-up', '--quiet']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    await withPage(async (page) => {
      await page.goto(pathToFileURL(join(cwd, 'out/one-pager/large-print/senior.html')).href)
      for (const [media, width] of [
        ['print', 1280],
        ['screen', 1280],
        ['screen', 390],
      ] as const) {
        await page.emulateMediaType(media)
        await page.setViewport({ width, height: 900 })
        const small = await page.evaluate(() =>
          [...document.querySelectorAll('body *')]
            .filter((element) =>
              [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
            )
            .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < 24)
            .map(({ textContent }) => textContent.trim()),
        )
        expect(small, `${media} ${width}`).toEqual([])
      }
    })
  })
})

test('that a statement is optional stands behind its words, before a list of its own, on every kind of sheet', async () => {
  await inFolder(async (cwd) => {
    const ladder = everything.replace(
      'text: Carries a pager,',
      'text: "Carries a pager\\n\\n- By day\\n- By night",',
    )
    await write(cwd, { 'ladder.yaml': ladder })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--format', 'html', '--quiet'], {
      cwd,
    })
    expect(code, stderr).toBe(0)
    for (const path of ['one-pager/senior', 'matrix/ic', 'next-step/engineer--senior', 'poster', 'booklet']) {
      const html = await readFile(join(cwd, 'out', `${path}.html`), 'utf8')
      expect(html, path).toMatch(
        /Carries a pager<\/span>(?:&nbsp;|\u00a0)<small class="tag">optional<\/small><ul class="items">/,
      )
    }
  })
})

test('what is taken over from below is no contradiction to what the level says itself', async () => {
  const ladder = (empty: string) => `title: Ladder
style: additive
tracks:
  - id: ic
    name: Engineers
    dimensions: [{ id: craft, name: Craft }, { id: people, name: People }]
    levels:
      - { id: engineer, title: Engineer, expectations: { craft: Builds things, people: Helps others } }
      - { id: senior, title: Senior Engineer, expectations: { people: Teaches others${empty} } }
`
  const textOf = (empty: string) =>
    inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': ladder(empty) })
      const args = ['build', 'ladder.yaml', '--only', 'one-pager', '--roll-up', '--format', 'pdf', '--quiet']
      const { code, stderr } = await ladderpress(args, { cwd })
      expect(code, stderr).toBe(0)
      return (await pdf(join(cwd, 'out/one-pager/senior.pdf'))).texts.join('')
    })
  const added = await textOf(', craft: { empty: not-defined }')
  expect(added).toMatch(/NothingaddedExpectedofEngineeralready:?\W?Buildsthings/)
  expect(added).not.toContain('Notdefinedyet')
  const none = await textOf(', craft: { empty: not-applicable }')
  expect(none).toContain('Notapplicable')
  expect(none).not.toContain('Buildsthings')
})

test('a title that is little too long for a line is set a little smaller rather than on two', async () => {
  await inFolder(async (cwd) => {
    const args = ['--only', 'one-pager', '--track', 'ic,managers', '--format', 'html', '--out', cwd]
    const { code, stderr } = await ladderpress(['build', ...args])
    expect(code, stderr).toBe(0)
    await withPage(async (page) => {
      await page.emulateMediaType('print')
      const titles: [string, number, number][] = []
      for (const id of ['lead-engineer', 'principal-engineer', 'senior-vice-president']) {
        await page.goto(pathToFileURL(join(cwd, 'one-pager', `${id}.html`)).href)
        titles.push(
          await page.evaluate((): [string, number, number] => {
            const title = document.querySelector('h1') as HTMLElement
            const { fontSize, lineHeight } = getComputedStyle(title)
            const lines = Math.round(title.clientHeight / Number.parseFloat(lineHeight))
            return [title.innerText, Math.round(Number.parseFloat(fontSize) * 0.75), lines]
          }),
        )
      }
      expect(titles).toEqual([
        ['Lead Engineer', 30, 1],
        ['Principal Engineer', 27, 1],
        ['Senior Vice President / CTO / CIO', 22, 2],
      ])
    })
  })
})

test('the number of a title never begins a line, and copies and is read out as it is written', async () => {
  const titles = [
    'Engineering Manager 1',
    'Engineering Manager 2',
    'Senior Engineering Manager II',
    'Director B',
  ]
  const levels = titles.map(
    (title, at) => `      - { id: l${at}, title: ${title}, statements: Does part ${at} }`,
  )
  const ladder = `title: Ladder
tracks:
  - id: mg
    name: Managers
    levels:
${levels.join('\n')}
`
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--quiet'], { cwd })
    expect(code, stderr).toBe(0)
    const heading = (await structureOf(join(cwd, 'out/one-pager/l0.pdf'))).find(({ type }) => type === 'H1')
    expect(heading?.text).toBe('Engineering Manager 1')
    const step = (await structureOf(join(cwd, 'out/next-step/l0--l1.pdf'))).find(({ type }) => type === 'H1')
    expect(step?.text).toBe('From Engineering Manager 1 to Engineering Manager 2')
    const sheets = ['one-pager/l0', 'matrix/mg', 'next-step/l0--l1', 'poster', 'booklet', 'index']
    await withPage(async (page) => {
      for (const path of sheets) {
        await page.goto(pathToFileURL(join(cwd, 'out', `${path}.html`)).href)
        for (const width of [390, 600, 1280]) {
          await page.setViewport({ width, height: 900 })
          const torn = await page.evaluate(() => {
            const found: string[] = []
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
            for (let node = texts.nextNode(); node; node = texts.nextNode()) {
              for (const { 0: words, index } of (node.textContent ?? '').matchAll(/r.(?:1|2|II|B)(?!\w)/g)) {
                const range = document.createRange()
                range.setStart(node, index)
                range.setEnd(node, index + words.length)
                const tops = [...range.getClientRects()].map(({ top }) => top)
                if (Math.max(...tops) - Math.min(...tops) > 4) found.push(node.textContent ?? '')
              }
            }
            return found
          })
          expect(torn, `${path} ${width}`).toEqual([])
        }
      }
    })
  })
})

test('names beside the small map take one line where there is room, and those of two keep apart', async () => {
  const track = (id: string, names: readonly string[]) =>
    [
      `  - id: ${id}`,
      `    name: Track ${id}`,
      '    levels:',
      ...names.map(
        (name, at) => `      - { id: ${id}${at}, title: ${name}, rung: ${at + 1}, statements: Does ${at} }`,
      ),
    ].join('\n')
  const long = [
    'Senior Engineering Manager',
    'Principal Engineering Manager',
    'Senior Director of Engineering',
  ]
  const ladder = `title: Ladder\ntracks:\n${track('ic', ['Engineer', 'Staff Engineer', 'Principal Engineer'])}\n${track('mg', ['Engineering Manager 1', ...long])}\n`
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const args = ['build', 'ladder.yaml', '--only', 'one-pager', '--format', 'html', '--quiet']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    await withPage(async (page) => {
      await page.emulateMediaType('print')
      await page.goto(pathToFileURL(join(cwd, 'out/one-pager/mg1.html')).href)
      const names = await page.evaluate(() =>
        [...document.querySelectorAll('.map-name.after')].map((element) => {
          const range = document.createRange()
          range.selectNodeContents(element)
          const tops = [...range.getClientRects()].map(({ top }) => top).toSorted((a, b) => a - b)
          // Boxes within a line differ by parts of a pixel.
          return {
            name: element.textContent,
            lines: tops.filter((top, at) => top - (tops[at - 1] ?? -9) > 4),
          }
        }),
      )
      const linesOf = (title: string) => names.find(({ name }) => name === title)?.lines ?? []
      expect(linesOf('Engineering Manager 1')).toHaveLength(1)
      const [upper, middle, lower] = long.toReversed().map(linesOf) as [number[], number[], number[]]
      for (const [one, other] of [
        [upper, middle],
        [middle, lower],
      ] as const) {
        expect([one.length, other.length], JSON.stringify(names)).toEqual([2, 2])
        const [first = 0, second = 0] = one
        // From line to line within a name, and from one name to the next: a millimetre more.
        expect((other[0] ?? 0) - second - (second - first)).toBeGreaterThan(3)
      }
    })
  })
})

test('dimensions of a group stand below it in the outline, those of none beside it', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': everything })
    const args = ['build', 'ladder.yaml', '--only', 'one-pager', '--quiet']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    const headings = (await structureOf(join(cwd, 'out/one-pager/senior.pdf')))
      .filter(({ type }) => /^H\d$/.test(type))
      .map(({ type, text }) => `${type} ${text.trim()}`)
    expect(headings.slice(0, 4)).toEqual(['H1 Senior Engineer', 'H2 Work', 'H3 Craft', 'H2 People'])
  })
})

test('what only has a summary is not gathered with what is not defined yet, on one-pagers and in booklets', async () => {
  await inFolder(async (cwd) => {
    const ladder = `title: Ladder
missing: not-defined
tracks:
  - id: ic
    name: Engineers
    dimensions: [craft, people, reach, tools, pay]
    levels:
      - id: engineer
        title: Engineer
        expectations:
          craft: Builds things
          people: { summary: Is a good colleague }
          reach: { summary: Works in one team }
dimensions: [${['craft', 'people', 'reach', 'tools', 'pay'].map((id) => `{ id: ${id}, name: The ${id} }`).join(', ')}]
`
    await write(cwd, { 'ladder.yaml': ladder })
    const args = ['build', 'ladder.yaml', '--only', 'one-pager,booklet', '--quiet']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    for (const name of ['one-pager/engineer.pdf', 'booklet.pdf']) {
      const words = (await structureOf(join(cwd, 'out', name))).map(({ text }) => text).join(' ')
      expect(words, name).toContain('Is a good colleague')
      expect(words, name).toContain('Works in one team')
      expect(words, name).toMatch(/The tools and The pay/)
    }
  })
})

const trackOf = (id: string, name: string, levels: readonly (readonly [string, string, string])[]) =>
  `  - id: ${id}\n    name: ${name}\n    levels:\n${levels
    .map(
      ([level, title, equivalent]) =>
        `      - { id: ${level}, title: ${title}, summary: Sees what others leave to chance, equivalent: ${equivalent}, statements: Leads }\n`,
    )
    .join('')}`

test.each([
  [
    'a map of two tracks stands below words',
    'below',
    trackOf('ic', 'Engineers', [['lead', 'Distinguished Engineer', 'manager']]) +
      trackOf('mg', 'Managers', [['manager', 'Engineering Manager', 'lead']]),
  ],
  [
    'names of a map of one track are broken between their words',
    'beside',
    trackOf('ic', 'Engineers', [
      ['senior', 'Senior Infrastructure Engineer', 'none'],
      ['lead', 'Distinguished Infrastructure Architect', 'none'],
    ]),
  ],
])(
  'where a map leaves words less than they need on small paper, %s, and titles stay whole',
  async (_, place, tracks) => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': `title: Ladder\nedition: "1"\ntracks:\n${tracks}` })
      // Of a broken word there would be a warning.
      const args = ['build', 'ladder.yaml', '--only', 'one-pager', '--paper', 'A4,A5', '--strict']
      const { code, stderr } = await ladderpress(args, { cwd })
      expect(code, stderr).toBe(0)
      await withPage(async (page) => {
        await page.emulateMediaType('print')
        const mapOn = async (path: string) => {
          await page.goto(pathToFileURL(join(cwd, 'out/one-pager', path)).href)
          return page.evaluate(() => {
            const of = (selector: string) => document.querySelector(selector)?.getBoundingClientRect()
            const [words, map] = [of('.standfirst'), of('.locator')]
            return words && map && (map.top >= words.bottom ? 'below' : 'beside')
          })
        }
        expect(await mapOn('lead.html')).toBe('beside')
        expect(await mapOn('a5/lead.html')).toBe(place)
      })
    })
  },
)

test('the name of a dimension stands beside its text also where that goes on to a further sheet', async () => {
  await inFolder(async (cwd) => {
    const statements = (dimension: string, count: number) =>
      Array.from(
        { length: count },
        (_, n) =>
          `            - ${dimension} ${n + 1} says what is done here, for whom, by when, and why it is worth the work of so many people\n`,
      ).join('')
    await write(cwd, {
      'ladder.yaml': `title: Ladder
tracks:
  - id: ic
    name: Engineers
    dimensions: [{ id: craft, name: Craft }, { id: people, name: People }]
    levels:
      - id: engineer
        title: Engineer
        expectations:
          craft:\n${statements('Craft', 16)}          people:\n${statements('People', 26)}`,
    })
    const args = ['build', 'ladder.yaml', '--only', 'one-pager', '--quiet']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    const { texts } = await pdf(join(cwd, 'out/one-pager/engineer.pdf'))
    expect(texts).toHaveLength(2)
    expect(texts[0]).toContain('People1says')
    expect(texts[1]).toContain('Peoplecontinued')
    await withPage(async (page) => {
      await page.emulateMediaType('print')
      await page.goto(pathToFileURL(join(cwd, 'out/one-pager/engineer.html')).href)
      const heads = await page.$$eval('.dimension', (all) =>
        all.map((one) => {
          const [head, text] = ['.side-head', '.text'].map((part) =>
            one.querySelector(part)?.getBoundingClientRect(),
          )
          return head && text && head.right < text.left && head.top <= text.top
        }),
      )
      expect(heads).toEqual([true, true, true])
    })
  })
})

test('an introduction goes on to further sheets between the items of its lists, whose numbers go on', async () => {
  await inFolder(async (cwd) => {
    const item = (n: number) =>
      `          ${n}. Step ${n} says ${'what is done here, for whom, and why it is worth it, '.repeat(6)}mark ${n}`
    const items = Array.from({ length: 24 }, (_, n) => item(n + 1)).join('\n')
    await write(cwd, {
      'ladder.yaml': everything.replace(
        '        intro: This level is where most stay.\n',
        `        intro: |\n          This is the way:\n\n${items}\n`,
      ),
    })
    const args = ['build', 'ladder.yaml', '--only', 'one-pager', '--large-print', '--quiet']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    for (const name of ['senior', 'large-print/senior']) {
      const path = join(cwd, `out/one-pager/${name}.pdf`)
      const { pages, texts } = await pdf(path)
      expect(pages).toBeGreaterThan(1)
      // What leads to the list stands with the first of it, and each item as a whole on its sheet.
      expect(texts[0]).toContain('Thisistheway:1.Step1says')
      for (let n = 1; n <= 24; n += 1) {
        const own = texts.filter((text) => text.includes(`${n}.Step${n}says`))
        expect(own, `${name}: step ${n}`).toHaveLength(1)
        expect(own[0]).toContain(`mark${n}`)
      }
      // One list on each sheet, not one for each item.
      const tagged = await structureOf(path)
      const lists = tagged.filter(({ type, text }) => type === 'L' && text.includes('Step'))
      expect(lists.length).toBeLessThanOrEqual(pages)
      expect(tagged.filter(({ type, text }) => type === 'LI' && text.includes('Step'))).toHaveLength(24)
    }
  })
})

test('the points and numbers of lists stand within the text, on every kind of sheet', async () => {
  await inFolder(async (cwd) => {
    const intro = '|\n          - A point\n\n          9. nine\n          10. ten\n'
    await write(cwd, {
      'ladder.yaml': `${everything.replace('This level is where most stay.\n', intro)}      - id: staff
        title: Staff Engineer
        intro: ${intro}`.replace('tracks:', `intro: ${intro}tracks:`),
    })
    const args = ['build', 'ladder.yaml', '--large-print', '--quiet']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    await withPage(async (page) => {
      for (const name of [
        'one-pager/senior',
        'one-pager/large-print/senior',
        'next-step/senior--staff',
        'matrix/ic',
        'poster',
        'booklet',
      ]) {
        await page.emulateMediaType('print')
        await page.goto(pathToFileURL(join(cwd, 'out', `${name}.html`)).href)
        const lists = await page.evaluate(() =>
          [...document.querySelectorAll('.items')]
            .filter((list) => list.getClientRects().length > 0)
            .map((list) => {
              const { paddingInlineStart, fontFamily, fontSize } = getComputedStyle(list)
              const pen = document.createElement('canvas').getContext('2d')
              if (!pen) return ''
              pen.font = `${fontSize} ${fontFamily}`
              const mark = list.localName === 'ol' ? '10. ' : '– '
              const room = Number.parseFloat(paddingInlineStart)
              return room + 0.1 * Number.parseFloat(fontSize) >= pen.measureText(mark).width ? 'inside' : mark
            }),
        )
        expect(lists.length, name).toBeGreaterThan(1)
        expect(new Set(lists), name).toEqual(new Set(['inside']))
      }
    })
  })
})
