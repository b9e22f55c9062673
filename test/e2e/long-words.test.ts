import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Page } from 'puppeteer'
import { expect, test } from 'vitest'

import { decodeText } from '../../src/finish/code-maps.ts'
import { isDict, isString } from '../../src/finish/syntax.ts'
import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { write } from '../support/files.ts'
import { aboutPdf, pdf } from '../support/pdf.ts'

const german = `title: Entwicklungsleiter Technik
edition: "1"
locale: de
tracks:
  - id: kunden
    name: Kundendienst
    dimensions:
      - { id: bereich, name: Verantwortungsbereich }
      - { id: sprache, name: Kommunikationsfähigkeit }
    levels:
      - id: eins
        title: Kundenbetreuerin
        expectations: { bereich: Betreut Kundinnen selbstständig, sprache: Hört zu }
      - id: zwei
        title: Kundenbetreuungsverantwortliche
        expectations: { bereich: Verantwortet einen Bereich, sprache: Spricht klar }
      - id: drei
        title: Abteilungsleiterin Softwareentwicklung
        expectations: { bereich: Leitet eine Abteilung, sprache: Spricht öffentlich }
`

/** A published page on a screen wider than its paper. */
async function onPage(path: string, work: (page: Page) => Promise<void>): Promise<void> {
  await withPage(async (page) => {
    await page.setViewport({ width: 2000, height: 1200 })
    await page.goto(pathToFileURL(path).href)
    await work(page)
  })
}

const sizeOf = (element: string) =>
  `Number.parseFloat(getComputedStyle(document.querySelector('${element}')).fontSize) * 72 / 96`

test('ordinary long words stay whole: titles are smaller, heads stand above, columns of heads are wider', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': german })
    const only = 'one-pager,matrix,next-step,poster'
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--quiet', '--only', only], { cwd })
    expect(code, stderr).toBe(0)
    expect(stderr).not.toContain('print/word-too-long')
    await onPage(join(cwd, 'out/one-pager/zwei.html'), async (page) => {
      expect(await page.evaluate(() => document.documentElement.dataset['heads'])).toBe('above')
      const size = (await page.evaluate(sizeOf('h1'))) as number
      expect(size).toBeGreaterThanOrEqual(22)
      expect(size).toBeLessThanOrEqual(30)
    })
    await onPage(join(cwd, 'out/matrix/kunden.html'), async (page) => {
      const width = await page.evaluate(
        () => document.querySelector('col')?.getBoundingClientRect().width ?? 0,
      )
      expect(width * (25.4 / 96)).toBeGreaterThan(40)
    })
  })
})

test('a word that no size keeps whole is said once, with how many documents more it is in', async () => {
  await inFolder(async (cwd) => {
    const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtin'
    await write(cwd, { 'ladder.yaml': german.replace('Kundenbetreuungsverantwortliche', long) })
    const args = ['build', 'ladder.yaml', '--only', 'one-pager,next-step']
    const { stderr } = await ladderpress(args, { cwd })
    expect(stderr.split('print/word-too-long')).toHaveLength(2)
    expect(stderr).toContain('is longer than its column in one-pager/zwei and 2 more')
    // What is told of files that are there already is told in the same way.
    const again = await ladderpress(args, { cwd })
    expect(again.stderr.split('print/word-too-long')).toHaveLength(2)
  })
})

test('a name that is too long in the small map is said at its place', async () => {
  await inFolder(async (cwd) => {
    const above = 'Bereichssoftwarequalitätssicherungsbeauftragter'
    const ladder = german
      .replace('Kundenbetreuerin', 'Softwareentwicklungsabteilungsleiterin')
      .replace('Kundenbetreuungsverantwortliche', above)
    await write(cwd, { 'ladder.yaml': ladder })
    const args = ['build', 'ladder.yaml', '--only', 'one-pager', '--level', 'eins', '--report', 'json']
    const { stdout } = await ladderpress(args, { cwd })
    const { diagnostics } = JSON.parse(stdout) as Report
    const said = diagnostics.find(({ message }) => message.includes(above))
    expect(said?.at).toMatchObject({ file: 'ladder.yaml', start: { line: 15 } })
  })
})

interface Report {
  readonly diagnostics: readonly { message: string; at?: object }[]
}

test('a matrix on A4 takes two sheets of two dimensions; what is said of a level stands on the first', async () => {
  await inFolder(async (cwd) => {
    const args = ['build', join(import.meta.dirname, '../../data/ladder.yaml'), '--out', 'out', '--quiet']
    const { code, stderr } = await ladderpress(
      [...args, '--only', 'matrix', '--paper', 'matrix=A4', '--format', 'pdf'],
      { cwd },
    )
    expect(code, stderr).toBe(0)
    const { texts } = await pdf(join(cwd, 'out/matrix/ic.pdf'))
    expect(texts).toHaveLength(2)
    const [first = '', second = ''] = texts
    expect(first).toContain('1of2:Domainknowledge·Teachingandmentoring')
    expect(second).toContain('2of2:Cultureandleadership·Customersuccess')
    // The summary first, then what the level is equivalent to.
    expect(first.replaceAll(/[^a-zA-Z.]/g, '')).toContain('craftofawholeteam.EquivalenttoManager.')
    expect(second).not.toContain('EquivalenttoManager')
  })
})

test('statements without dimensions take the measure, and no more than about 75 characters of it', async () => {
  await inFolder(async (cwd) => {
    const statements = Array.from({ length: 4 }, () => `        - ${'Builds what was asked for '.repeat(8)}`)
    const plain = [
      'title: Ladder',
      'tracks:',
      '  - id: ic',
      '    name: Engineers',
      '    levels:',
      '      - id: engineer',
      '        title: Engineer',
      '        statements:',
      ...statements,
      '',
    ].join('\n')
    await write(cwd, { 'ladder.yaml': plain })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--quiet', '--only', 'one-pager'], {
      cwd,
    })
    expect(code, stderr).toBe(0)
    await onPage(join(cwd, 'out/one-pager/engineer.html'), async (page) => {
      const [text, title, size] = await page.evaluate(() => {
        const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect()
        const list = document.querySelector<HTMLElement & { currentCSSZoom: number }>('.text')
        return [
          { left: box('.text')?.left ?? 0, width: box('.text')?.width ?? 0 },
          box('h1')?.left ?? 0,
          list ? Number.parseFloat(getComputedStyle(list).fontSize) * list.currentCSSZoom : 0,
        ] as const
      })
      expect(text.left).toBeCloseTo(title, 0)
      expect(text.width / size).toBeLessThanOrEqual(38)
      expect(text.width / size).toBeGreaterThan(33)
    })
  })
})

test('an address breaks behind its signs, else anywhere, and nobody is told to use another word', async () => {
  const href = `https://docs.example.com/document/d/${'1W9GKyBEkSpj6iKztu2tzKIetbeeo0sm'.repeat(3)}/edit?usp=sharing&tab=t.0`
  const ladder = `title: Ladder
intro: See [the guide](${href}).
tracks:
  - id: a
    name: Makers
    dimensions: [{ id: x, name: Craft }]
    levels:
      - id: one
        title: One
        expectations:
          x: "Follows [the guide](${href}), and ${href} as well; asks somebody.who-knows_everything@department.example.com"
      - { id: two, title: Two, expectations: { x: Writes guides } }
`
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--strict'], { cwd })
    expect(code, stderr).toBe(0)
    for (const name of ['booklet', 'one-pager/one', 'matrix/a', 'next-step/one--two', 'poster'])
      await onPage(join(cwd, `out/${name}.html`), async (page) => {
        const shown = (await page.evaluate(() => document.body.textContent)) ?? ''
        expect(shown, name).toContain(href)
      })
    await onPage(join(cwd, 'out/one-pager/one.html'), async (page) => {
      const { lines, copied } = await page.evaluate(() => {
        const address = document.querySelector('.addresses li') as Element
        const range = document.createRange()
        range.selectNodeContents(address)
        const tops = [...range.getClientRects()].map(({ top }) => Math.round(top))
        getSelection()?.selectAllChildren(address)
        return { lines: new Set(tops).size, copied: String(getSelection()) }
      })
      expect(lines).toBeGreaterThan(1)
      expect(copied).toContain(href)
    })
  })
})

test('a line ends with a hyphen where a word is parted, and not where a soft hyphen was left beside a blank', async () => {
  const said = Array.from(
    { length: 24 },
    (_, n) =>
      `${'ab '.repeat(n + 8)}\u00ad ${'ab '.repeat(8)}\u00adab ${'ab '.repeat(8)}Donau\u00addampf\u00adschiff`,
  )
  const level = { id: 'one', title: 'One', statements: said }
  const tracks = [{ id: 'ic', name: 'Makers', levels: [level] }]
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': JSON.stringify({ title: 'Ladder', tracks }) })
    const args = ['build', 'ladder.yaml', '--quiet', '--only', 'one-pager']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    const { texts } = await pdf(join(cwd, 'out/one-pager/one.pdf'))
    const text = texts.join('')
    expect(text).not.toMatch(/-|b\u00ad|\u00ada/)
    expect(text.split('Donau\u00addampf\u00adschiff')).toHaveLength(24 + 1)
  })
})

test('a word that breaks at its soft hyphens only is not said to be broken', async () => {
  const word =
    'Donaudampf\u00adschifffahrts\u00adelektrizitäten\u00adhauptbetriebs\u00adwerkbau\u00adunterbeamtin'
  // One after the other begins a little farther right, so that lines end at each of the hyphens.
  const said = Array.from({ length: 24 }, (_, n) => `${'abc '.repeat(n)}${word} ${word}`)
  const level = (id: string) => ({ id, title: word, statements: said })
  const tracks = [{ id: 'ic', name: 'Makers', levels: ['a', 'b', 'c'].map(level) }]
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': JSON.stringify({ title: 'Ladder', locale: 'de', tracks }) })
    const args = ['check', 'ladder.yaml', '--print', '--only', 'matrix,one-pager,next-step']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    expect(stderr).not.toContain('print/word-too-long')
  })
})

test('where a soft hyphen parts a word, it is copied as one, and bookmarks and names of links have the word whole', async () => {
  const word = 'Donau\u00addampf\u00adschiff\u00adfahrts\u00adgesell\u00adschaft'
  const whole = word.replaceAll('\u00ad', '')
  const said = Array.from(
    { length: 6 },
    (_, n) => `${'ab '.repeat(n)}${word} **${word}** [${word}](https://example.com/${n}) ${word}`,
  )
  const level = (id: string) => ({ id, title: `${word} ${id}`, expectations: { craft: said } })
  const dimensions = [{ id: 'craft', name: word }]
  const tracks = [{ id: 'ic', name: word, dimensions, levels: ['a', 'b', 'c', 'd'].map(level) }]
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': JSON.stringify({ title: word, tracks }) })
    const args = ['build', '--only', 'matrix,one-pager', '--format', 'pdf']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    for (const name of ['matrix/ic.pdf', 'one-pager/a.pdf']) {
      const path = join(cwd, 'out', name)
      const text = (await pdf(path)).texts.join('')
      expect(text).not.toContain('-')
      expect(text.split(word).length).toBeGreaterThan(6 * 4)
      const { info, bookmarks, file } = await aboutPdf(path)
      expect(info['Title']).toContain(whole)
      expect(bookmarks.map(({ title }) => title)).toContain(whole)
      const links = file.numbers.flatMap((number) => {
        const { value } = file.object(number)
        const words = isDict(value) && value.dict.has('A') ? value.dict.get('Contents') : undefined
        return words !== undefined && isString(words) ? [decodeText(words.bytes)] : []
      })
      expect(new Set(links)).toEqual(new Set([whole]))
    }
  })
})

test('no line ends within a short compound, which is copied as it is written; a long one goes on at its hyphen', async () => {
  const said = Array.from(
    { length: 24 },
    (_, n) =>
      `${'x'.repeat(n + 1)} asks who is on-call and then all the others about cross-functional decision-making`,
  )
  const ladder = { title: 'Ladder', dimensions: [{ id: 'craft', name: 'Craft' }] }
  const level = { id: 'one', title: 'One', expectations: { craft: said } }
  const tracks = [{ id: 'ic', name: 'Makers', dimensions: ['craft'], levels: [level] }]
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': JSON.stringify({ ...ladder, tracks }) })
    const args = ['build', 'ladder.yaml', '--quiet', '--only', 'one-pager']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    const printed = await pdf(join(cwd, 'out/one-pager/one.pdf'))
    expect(printed.texts.join('').split('on-calland').length - 1).toBe(24)
    await withPage(async (page) => {
      await page.setViewport({ width: 240, height: 800 })
      await page.goto(pathToFileURL(join(cwd, 'out/one-pager/one.html')).href)
      const found = await page.evaluate(() => {
        const broken: string[] = []
        const items = [...document.querySelectorAll('.statements li')]
        for (const item of items) {
          const texts = document.createTreeWalker(item, NodeFilter.SHOW_TEXT)
          let last = { top: 0, text: '' }
          for (let node = texts.nextNode(); node; node = texts.nextNode()) {
            for (let at = 0; at < (node.nodeValue ?? '').length; at += 1) {
              const range = document.createRange()
              range.setStart(node, at)
              range.setEnd(node, at + 1)
              const { top } = range.getBoundingClientRect()
              const isNext = last.text.endsWith('-') && top > last.top + 4
              if (isNext) broken.push(last.text.split(' ').at(-1) ?? '')
              last = { top, text: last.text + (node.nodeValue ?? '').charAt(at) }
            }
          }
        }
        return {
          broken: [...new Set(broken)].sort(),
          says: (items[0] as HTMLElement | undefined)?.innerText,
          wide: document.documentElement.scrollWidth,
        }
      })
      expect(found.broken).toContain('decision-')
      expect(found.broken).not.toContain('on-')
      expect(found.says).toBe(said[0])
      expect(found.wide).toBeLessThanOrEqual(240)
    })
  })
})

const numbered = `title: Laufbahn
locale: de
tracks:
  - id: t
    name: Technik
    dimensions: [{ id: d, name: Können }]
    levels:
${[
  'Softwareentwickler 1',
  'Softwareentwickler 2',
  'Ohjelmistokehitysjohtaja III',
  'Softwareentwickler 4',
  'Bereichssoftwarequalitätssicherungsbeauftragter 5',
  'Softwareentwickler 6',
  'Softwareentwickler 7',
  'Softwareentwickler 8',
]
  .map((title, index) => `      - { id: l${index + 1}, title: ${title}, expectations: { d: Kann es } }`)
  .join('\n')}
`

/**
 * How the titles that a page shows stand: broken in their word though it has room, parted from a number that has, or
 * outside.
 */
function wrongTitles(): string[] {
  return [...document.querySelectorAll<HTMLElement>('.kept')].flatMap((title) => {
    const text = title.firstChild as Text
    const rects = (from: number, to: number) => {
      const range = document.createRange()
      range.setStart(text, from)
      range.setEnd(text, to)
      return [...range.getClientRects()].filter(({ width }) => width > 0)
    }
    const blank = text.data.lastIndexOf(' ')
    const [word, number] = [rects(0, blank), rects(blank + 1, text.length)]
    let block = title.parentElement as HTMLElement
    while (getComputedStyle(block).display === 'inline') block = block.parentElement as HTMLElement
    const { left, right, width } = block.getBoundingClientRect()
    const { paddingLeft, paddingRight } = getComputedStyle(block)
    const scale = width / block.offsetWidth
    const room = width - (Number.parseFloat(paddingLeft) + Number.parseFloat(paddingRight)) * scale
    const [first, last] = [word[0], number.at(-1)]
    if (!first || !last) return []
    const all = [...word, ...number]
    const whole = word.reduce((sum, part) => sum + part.width, 0)
    const both = whole + last.width * 1.2 + Number.parseFloat(getComputedStyle(title).fontSize) * scale * 0.4
    const says = [
      ...(all.some((part) => part.left < left - 2 || part.right > right + 2) ? ['outside'] : []),
      ...(word.some(({ top }) => Math.abs(top - first.top) > 2) && whole < room - 2 ? ['broken'] : []),
      ...(all.some(({ top }) => Math.abs(top - first.top) > 2) && both < room ? ['parted'] : []),
    ]
    return says.map((what) => `${text.data}: ${what}`)
  })
}

test('a number stays with its word where both have room; a long word with a number is a warning on every sheet', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, {
      'ladder.yaml': numbered,
      'plain.yaml': numbered.replaceAll(/ (\d|III), exp/g, ', exp'),
    })
    const args = ['--paper', 'matrix=A4', '--paper', 'next-step=A5', '--large-print', '--quiet']
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', ...args], { cwd })
    expect(code, stderr).toBe(0)
    const plain = await ladderpress(['build', 'plain.yaml', '--out', 'plain', ...args], { cwd })
    expect(plain.code, plain.stderr).toBe(0)
    const report = ['--report', 'json', '--force']
    const said = async (file: string, out: string) => {
      const { stdout } = await ladderpress(['build', file, '--out', out, ...args, ...report], { cwd })
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; message: string }[] }
      return diagnostics.flatMap(({ code: name, message }) =>
        name === 'print/word-too-long' ? [message.slice(0, message.indexOf('”'))] : [],
      )
    }
    const broken = await said('ladder.yaml', 'out')
    expect(broken).toContain('“Bereichssoftwarequalitätssicherungsbeauftragter')
    expect(broken).toEqual(await said('plain.yaml', 'plain'))
    const pages = await readdir(join(cwd, 'out'), { recursive: true })
    await withPage(async (page) => {
      for (const path of pages.filter((name) => name.endsWith('.html'))) {
        for (const [medium, width] of [
          ['print', 1200],
          ['screen', 360],
        ] as const) {
          await page.emulateMediaType(medium)
          await page.setViewport({ width, height: 900 })
          await page.goto(pathToFileURL(join(cwd, 'out', path)).href)
          expect(await page.evaluate(wrongTitles), `${path}, ${medium}`).toEqual([])
        }
      }
    })
  })
})

test('the line under a link goes on below the number of a title', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': numbered })
    const only = ['--only', 'one-pager,index', '--level', 'l1', '--format', 'html']
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--quiet', ...only], { cwd })
    expect(code, stderr).toBe(0)
    await onPage(join(cwd, 'out/index.html'), async (page) => {
      const lines = await page.evaluate(() =>
        [...document.querySelectorAll('a .kept')].map((name) => getComputedStyle(name).textDecorationLine),
      )
      expect(new Set(lines)).toEqual(new Set(['underline']))
    })
  })
})
