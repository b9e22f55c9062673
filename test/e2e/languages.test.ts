import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { AxeResults } from 'axe-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { write } from '../support/files.ts'
import { manyLanguages, rightToLeft } from '../support/languages-ladder.ts'
import { aboutPdf, pdf, structureOf } from '../support/pdf.ts'
import { textByTables } from '../support/raster.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  for (const locale of ['de', 'nl']) {
    await write(join(folder, locale), {
      'ladder.yaml': manyLanguages(locale),
      'press.yaml': 'show: { aliases: true }',
    })
    const { code, stderr } = await ladderpress(['build', '--strict'], { cwd: join(folder, locale) })
    expect(code, stderr).toBe(0)
  }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const file = (locale: string, path: string) => join(folder, locale, 'out', path)

async function bodyOf(locale: string, id: string): Promise<string> {
  const html = await readFile(file(locale, `${id}.html`), 'utf8')
  return html.slice(html.indexOf('<body>'))
}

/** What a PDF says in other languages than its own: `en: Tech Lead`. */
async function passagesOf(locale: string, id: string): Promise<string[]> {
  const elements = await structureOf(file(locale, `${id}.pdf`))
  const [whole, ...inner] = elements
  expect(whole).toMatchObject({ type: 'Document', language: locale })
  // What only groups is passed over by readers, and its language with it.
  expect(inner.filter(({ type, language }) => type === 'NonStruct' && language !== undefined)).toEqual([])
  return inner.flatMap(({ text, language }) =>
    language === undefined ? [] : [`${language}: ${text.trim()}`],
  )
}

describe('a PDF states the language', () => {
  test('of titles, names and passages on a one-pager', async () => {
    expect(await passagesOf('de', 'one-pager/lead')).toEqual([
      'en: Tech Lead',
      'en: Engineering Manager',
      'en: probation',
      'fr: Chef technique',
      // On the map.
      'en: Tech Lead',
      'en: Engineering Manager',
      'en: Craftsmanship',
      'en: in practice',
      'fr: savoir-faire',
      'en: poise',
      'en: no',
      'en: On-call duty',
      // In the foot.
      'en: Engineering Ladder',
      'en: Tech Lead',
    ])
  })

  test('of titles, names and passages in a matrix', async () => {
    const found = await passagesOf('de', 'matrix/ic')
    for (const passage of [
      'en: Engineering Ladder',
      'en: People management',
      'en: from end to end',
      'en: Tech Lead',
      'en: Craftsmanship',
      'en: separation of concerns',
      'he: !םולש',
      'en-GB: style guide',
      'en: On-call duty',
    ])
      expect(found).toContain(passage)
    expect((await passagesOf('de', 'matrix/mg'))[0]).toBe('en: People management')
  })

  test('of titles, names and passages on the poster', async () => {
    const found = await passagesOf('de', 'poster')
    expect(found[0]).toBe('en: Engineering Ladder')
    for (const passage of ['fr: raison d’être', 'en: People management', 'en: Engineering Manager', 'en: no'])
      expect(found).toContain(passage)
    expect(found.join()).not.toContain('Entwicklerin')
  })

  test('and its bookmarks lead to headings that do', async () => {
    const { bookmarks } = await aboutPdf(file('de', 'one-pager/lead.pdf'))
    expect(bookmarks.map(({ title }) => title)).toEqual([
      'Tech Lead',
      'Craftsmanship',
      'Handwerk',
      'On-call duty',
    ])
  })

  test('of our own words, where there are none in the ladder’s language', async () => {
    const found = await passagesOf('nl', 'one-pager/lead')
    for (const passage of [
      'en: Adds to everything expected of Entwicklerin.',
      'nl: Entwicklerin',
      'en: As at Entwicklerin',
      'en: in force from 1\u00a0januari\u00a02026',
      'nl: 1\u00a0januari\u00a02026',
      'en: 1 of 1',
    ])
      expect(found).toContain(passage)
    // The words that stand for the map are an attribute of its figure, whose names are the ladder's own.
    const figure = (await structureOf(file('nl', 'one-pager/lead.pdf'))).find(({ type }) => type === 'Figure')
    expect(figure?.language).toBe('en')
  })
})

describe('a page states the language', () => {
  test.each([
    ['one-pager/lead', '<span id="passage_1" lang="en">Tech Lead</span></h1>'],
    ['one-pager/dev', 'lang="he" dir="rtl">שלום!</span>'],
    ['matrix/mg', 'lang="en">People management</span>'],
    ['poster', 'lang="en">Engineering Ladder</span></h1>'],
    ['index', 'lang="en">Engineering Ladder</span></h1>'],
    ['index', 'lang="en">Career growth</span></h2>'],
    ['index', 'lang="en"><strong>one</strong>-on-one</span>'],
    ['index', 'lang="en">People management</span></h3>'],
  ])('%s: %s', async (id, html) => {
    expect(await bodyOf('de', id)).toContain(html)
  })

  test('of words that stand in attributes, and of the names inside', async () => {
    const index = await bodyOf('nl', 'index')
    expect(index).toContain('<nav class="ladder-map" aria-label="Map of the ladder" lang="en">')
    expect(index).toMatch(/<a href="#dev"><span id="passage_\d+" lang="nl">Entwicklerin<\/span><\/a>/)
    expect(await bodyOf('de', 'index')).toContain('aria-label="Übersicht der Karriereleiter">')
  })

  test('and no id twice, and nothing that WCAG 2.2 forbids', async () => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    await withPage(async (page) => {
      for (const path of [
        'de/out/index',
        'nl/out/index',
        'de/out/matrix/ic',
        'de/out/one-pager/dev',
        'nl/out/poster',
      ]) {
        await page.goto(pathToFileURL(join(folder, `${path}.html`)).href, { waitUntil: 'load' })
        await page.evaluate(axe)
        const { violations } = (await page.evaluate(
          "axe.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
        )) as AxeResults
        expect([path, violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([path, []])
        const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id))
        expect(new Set(ids).size).toBe(ids.length)
      }
    })
  })

  test('that decides how its lines break', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, {
        'ladder.yaml': `title: Ladder
tracks:
  - id: ic
    name: Engineers
    levels:
      - { id: one, title: One, statements: "Says [oui]{lang=ja} and [non]{lang=fr}" }
`,
      })
      const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--format', 'html'], { cwd })
      expect(code, stderr).toBe(0)
      await withPage(async (page) => {
        await page.goto(pathToFileURL(join(cwd, 'out', 'one-pager', 'one.html')).href)
        const breaks = await page.evaluate(() =>
          [...document.querySelectorAll('span[lang]')].map((span) => getComputedStyle(span).lineBreak),
        )
        expect(breaks).toEqual(['strict', 'auto'])
      })
    })
  })
})

test('a passage that runs against its text is still looked for in the PDF', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, {
      'ladder.yaml': `title: סולם
locale: he
tracks:
  - id: ic
    name: Engineers
    name-lang: en
    levels:
      - { id: one, title: Tech Lead, title-lang: en, summary: "Says [hello, world!]{lang=en} often", statements: "אומר [C++]{lang=en} לפעמים" }
`,
    })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--strict'], { cwd })
    expect(code, stderr).toBe(0)
    const found = await structureOf(join(cwd, 'out', 'one-pager', 'one.pdf'))
    expect(found).toContainEqual({ type: 'Span', language: 'en', text: 'C++' })
  })
})

test('letters that are painted in parts are found by programs that read a font’s table alone', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': rightToLeft })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--strict', '--quiet'], { cwd })
    expect(code, stderr).toBe(0)
    for (const path of ['one-pager/engineer.pdf', 'matrix/ic.pdf', 'poster.pdf']) {
      const print = join(cwd, 'out', path)
      // Painted from the left: their order is the reader's own, so they are counted.
      const letters = (text: string) => [...text.normalize('NFKC').replace(/[\s\u034f]/g, '')].sort().join('')
      const [read = ''] = (await pdf(print)).texts
      expect(read).toContain([...'المهندسون'].toReversed().join(''))
      expect(letters((await textByTables(print))[0] ?? ''), path).toBe(letters(read))
    }
  })
})

test('bookmarks have words from right to left in the order in which they are read', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': rightToLeft })
    const args = ['build', 'ladder.yaml', '--only', 'one-pager', '--quiet']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    const { bookmarks } = await aboutPdf(join(cwd, 'out/one-pager/senior.pdf'))
    expect(bookmarks.map(({ title }) => title)).toEqual(['مهندس أول', 'الحرفة', 'الناس'])
  })
})

test('blanks between words of another script are as wide in one document alone as in all', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, {
      'ladder.yaml': `title: سلم المهندسين
locale: ar
tracks:
  - id: ic
    name: المهندسون
    dimensions: [{ id: craft, name: الحرفة, summary: ما يعرفه المرء }]
    levels:
      - { id: one, title: مهندس, summary: يعمل مع الفريق كل يوم, expectations: { craft: يكتب الكود } }
      # Words in Latin italics, which no matrix shows.
      - { id: two, title: مهندس أول, intro: يكتب *every day* الكود, expectations: { craft: يكتب الكود } }
`,
    })
    const build = async (...args: string[]) => {
      const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--quiet', ...args], { cwd })
      expect(code, stderr).toBe(0)
    }
    await build()
    for (const kind of ['matrix', 'poster', 'booklet']) {
      await build('--only', kind, '--out', kind)
      const path = kind === 'matrix' ? 'matrix/ic.pdf' : `${kind}.pdf`
      const [whole, alone] = await Promise.all(['out', kind].map((out) => readFile(join(cwd, out, path))))
      expect(alone?.equals(whole ?? Buffer.of()), kind).toBe(true)
    }
  })
})

test('what the imprint says of the copy at hand has its fonts, in whatever script', async () => {
  await inFolder(async (cwd) => {
    // A script that no other text of the booklet is in.
    const greek = { setIn: 'Γραμμένο σε {pt} pt, {cm} cm', sameStamp: 'Ίδιο κείμενο: {stamp}' }
    await write(cwd, {
      'templates/words/en.json': JSON.stringify(greek),
      'ladder.yaml': `title: Engineers
tracks:
  - id: ic
    name: Engineers
    levels: [{ id: one, title: Engineer, statements: Writes code }]
`,
    })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--only', 'booklet', '--quiet'], {
      cwd,
    })
    expect(code, stderr).toBe(0)
    const booklet = await readFile(join(cwd, 'out/booklet.html'), 'utf8')
    for (const words of ['Γραμμένο σε', 'Ίδιο κείμενο']) expect(booklet).toContain(words)
  })
})

test('what a poster says only where it says less than everything has its fonts, in whatever script', async () => {
  await inFolder(async (cwd) => {
    // A script that no other text of the poster is in.
    const greek = {
      depthLevels: 'Κάθε επίπεδο σε μία πρόταση.',
      dimensions: 'Διαστάσεις: {names}',
      readStops: 'Χωρίς αντίστοιχο.',
    }
    const level = (id: string, equivalent: string) => `      - id: ${id}
        title: Level ${id}
        equivalent: ${equivalent}
        summary: Does what is asked.
        expectations: { side: "${'and builds what others plan '.repeat(120)}" }`
    const track = (id: string, levels: string) =>
      `  - id: ${id}\n    name: Track\n    dimensions: [{ id: side, name: Side }]\n    levels:\n${levels}`
    await write(cwd, {
      'templates/words/en.json': JSON.stringify(greek),
      'ladder.yaml': [
        'title: Engineers\ntracks:',
        track('ic', [level('one', 'none'), level('two', 'three')].join('\n')),
        track('mg', level('three', 'two')),
      ].join('\n'),
    })
    const args = ['build', 'ladder.yaml', '--only', 'poster', '--paper', 'A5', '--quiet']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    const poster = await readFile(join(cwd, 'out/poster.html'), 'utf8')
    for (const words of Object.values(greek)) expect(poster).toContain(words.split('{')[0])
  })
})

test('signs at the ends of a name stay at them where it is written against its document', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, {
      'ladder.yaml': `title: '<Odd> ladder!'
locale: he
intro: שלום עולם
tracks:
  - id: ic
    name: C++
    levels:
      - { id: one, title: Engineer, statements: אומר לפעמים }
      - { id: two, title: Lead?, statements: אומר תמיד }
      - { id: three, title: מנהל!, statements: אומר הכול }
`,
    })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--strict', '--quiet'], { cwd })
    expect(code, stderr).toBe(0)
    await withPage(async (page) => {
      for (const [path, names] of [
        ['poster.html', ['<Odd> ladder!', 'Lead?', 'C++']],
        ['one-pager/two.html', ['Lead?', 'C++', '<Odd> ladder!']],
        ['booklet.html', ['<Odd> ladder!', 'Lead?', 'C++']],
        ['index.html', ['<Odd> ladder!', 'Lead?', 'C++']],
      ] as const) {
        await page.goto(pathToFileURL(join(cwd, 'out', path)).href)
        const seen = await page.evaluate(() => {
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
          const all: { text: string; isRight: boolean }[] = []
          for (let node = texts.nextNode(); node; node = texts.nextNode()) {
            const text = node.textContent ?? ''
            const at = (index: number) => {
              const range = document.createRange()
              range.setStart(node, index)
              range.setEnd(node, index + 1)
              return range.getBoundingClientRect()
            }
            if (text.length < 2 || at(0).width === 0) continue
            all.push({ text, isRight: at(text.length - 2).left < at(text.length - 1).left })
          }
          return all
        })
        for (const name of names) {
          const own = seen.filter(({ text }) => text === name)
          expect(own.length, `${name} in ${path}`).toBeGreaterThan(0)
          expect(
            own.filter(({ isRight }) => !isRight),
            `${name} in ${path}`,
          ).toEqual([])
        }
        // What needs no help has none.
        expect(
          await page.evaluate(() => [...document.querySelectorAll('bdi')].map((name) => name.textContent)),
        ).not.toContain('Engineer')
      }
    })
  })
})

test('an address is printed in letters, as far as there are fonts for them, and leads where it led', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, {
      'ladder.yaml': `title: Leiter
locale: de
tracks:
  - id: ic
    name: Fach
    levels:
      - id: one
        title: Entwickler
        statements: |
          - [Führung](https://example.de/Führung_und_Gr%C3%B6%C3%9Fe?q=%C3%BC%20x)
          - [Entwurf](https://example.jp/%E8%A8%AD%E8%A8%88)
          - [Damm](https://example.com/%D9%87%D9%86%D8%AF)
          - [Rest](https://example.com/%E8%A8%20)
          - <https://example.de/Größe>
`,
    })
    const args = ['build', 'ladder.yaml', '--only', 'one-pager,booklet', '--quiet']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    const html = await readFile(join(cwd, 'out/one-pager/one.html'), 'utf8')
    const addresses = /<div class="addresses">.*?<\/div>/su.exec(html)?.[0].replace(/<wbr>/g, '') ?? ''
    expect([...addresses.matchAll(/<li>(.*?)<\/li>/gu)].map(([, line]) => line)).toEqual([
      'Führung: https://example.de/Führung_und_Größe?q&#x3D;ü%20x',
      // There is no font for these, and the next is written from right to left.
      'Entwurf: https://example.jp/%E8%A8%AD%E8%A8%88',
      'Damm: https://example.com/%D9%87%D9%86%D8%AF',
      'Rest: https://example.com/%E8%A8%20',
    ])
    expect(html).toContain('href="https://example.de/F%C3%BChrung_und_Gr%C3%B6%C3%9Fe?q=%C3%BC%20x"')
  })
})

test('no document depends on the fonts of those that are made before it, whatever a style sets in italics', async () => {
  await inFolder(async (cwd) => {
    const own = new URL('../../templates/styles/one-pager.css', import.meta.url)
    await write(cwd, {
      // Of all texts, only the introduction has italics by what is written; it stands on the poster and in the booklet.
      'ladder.yaml': `title: Ladder
intro: This *is* asked.
tracks:
  - id: ic
    name: Engineers
    dimensions: [{ id: craft, name: Craft }]
    levels:
      - { id: one, title: Engineer, expectations: { craft: "- Builds things\\n- Helps" } }
      - { id: two, title: Senior, expectations: { craft: "- Builds things\\n- Leads" } }
`,
      'templates/styles/one-pager.css': `${await readFile(own, 'utf8')}\n.statements { font-style: italic }\n`,
    })
    const build = async (out: string, ...args: string[]) => {
      const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--out', out, '--quiet', ...args], {
        cwd,
      })
      expect(code, stderr).toBe(0)
    }
    await build('out')
    for (const [kind, path] of [
      ['next-step', 'next-step/one--two'],
      ['one-pager', 'one-pager/one'],
    ] as const) {
      await build(kind, '--only', kind)
      const [whole, alone] = await Promise.all(
        ['out', kind].map((out) => readFile(join(cwd, out, `${path}.pdf`))),
      )
      expect(alone?.equals(whole ?? Buffer.of()), kind).toBe(true)
    }
    // “Both levels” is set in italics by our own style.
    const html = await readFile(join(cwd, 'out/next-step/one--two.html'), 'utf8')
    expect(html).toContain('Both levels')
    expect(html).toContain('font-family:"Inter";font-weight:400;font-style:italic')
  })
})
