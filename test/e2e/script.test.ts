import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

import { marked } from 'marked'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { escapeHtml } from '../../src/markdown/html.ts'
import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'
import { hostileLadder } from '../support/hostile-ladder.ts'
import { payloads } from '../support/payloads.ts'

/** Says what runs while a page is worked with: text of the payloads calls `hit(n)`, in whatever frame it stands. */
async function hitsDuring(work: (page: Page) => Promise<void>): Promise<number[]> {
  const hits = new Set<number>()
  await withPage(async (page) => {
    await page.exposeFunction('hit', (what: unknown) => hits.add(Number(what)))
    await work(page)
    await sleep(500)
  })
  return [...hits].sort((a, b) => a - b)
}

/** Fires at every element what people and browsers would, also in frames that may be reached. */
function provoke(): void {
  const types =
    'load error mouseover mouseenter pointerover pointerenter wheel focus focusin toggle beforetoggle start begin animationstart transitionend pageshow'.split(
      ' ',
    )
  const frames = [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument)
  for (const element of [document, ...frames].flatMap((page) => [...(page?.querySelectorAll('*') ?? [])])) {
    for (const type of types) element.dispatchEvent(new Event(type, { bubbles: true }))
    const address = element.getAttribute('href') ?? element.getAttribute('xlink:href') ?? ''
    if (/script:/i.test(address)) element.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  }
}

/** All of a page that could lead or do anything. */
function lookAt() {
  const elements = [...document.querySelectorAll('*')]
  const values = (selector: string, name: string) =>
    [...document.querySelectorAll(selector)].map((element) => element.getAttribute(name) ?? 'none')
  return {
    tags: elements.map(({ localName }) => localName),
    attributes: elements.flatMap((element) => element.getAttributeNames()),
    addresses: values('[href]', 'href'),
    frames: values('[src]', 'src'),
    styles: values('[style]', 'style'),
    styleSheets: document.querySelectorAll('style').length,
    text: document.documentElement.textContent ?? '',
  }
}

const texts = payloads.map(({ text }) => text)
const batch = Math.ceil(texts.length / 4)
const ladders = [
  ...[0, 1, 2, 3].map((index) => texts.slice(index * batch, (index + 1) * batch)),
  // Few enough that the poster shows all of every level.
  texts.filter((_, index) => index % 12 === 0),
].map((own) => ({ own, ...hostileLadder(own) }))

interface Seen extends ReturnType<typeof lookAt> {
  readonly ladder: number
  readonly path: string
}

let folder: string
let hits: number[]
const seen: Seen[] = []

/** Builds a ladder, and takes the policy out of its pages: then nothing is left to them but being written well. */
async function publish(index: number, files: Record<string, string>): Promise<string[]> {
  const cwd = join(folder, String(index))
  await write(cwd, files)
  const run = await ladderpress(['build', 'ladder.yaml', '--format', 'html'], { cwd })
  expect(run.code, run.stderr).toBe(0)
  const pages: string[] = []
  for (const path of Object.keys(await hashes(join(cwd, 'out')))) {
    if (!path.endsWith('.html')) continue
    const whole = await readFile(join(cwd, 'out', path), 'utf8')
    const html = whole.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    expect(html.length).toBeLessThan(whole.length)
    await writeFile(join(cwd, 'out', path), html)
    pages.push(path)
  }
  return pages
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  hits = await hitsDuring(async (page) => {
    for (const [ladder, { files }] of ladders.entries()) {
      for (const path of await publish(ladder, files)) {
        await page.goto(pathToFileURL(join(folder, String(ladder), 'out', path)).href, { waitUntil: 'load' })
        await page.evaluate(provoke)
        seen.push({ ...(await page.evaluate(lookAt)), ladder, path })
      }
    }
  })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim()
const textOf = (pages: readonly Seen[]) => pages.map(({ text }) => plain(text)).join(' ')
const unique = (values: readonly string[]) => [...new Set(values)]

describe('text that is made to run', () => {
  test('is noticed when it runs', async () => {
    const live = await hitsDuring(async (page) => {
      await page.setContent('<b onmouseover=hit(7)>a</b>')
      await page.evaluate(provoke)
    })
    expect(live).toEqual([7])
  })

  test('runs where it is printed as it is, or by a common reader of Markdown', async () => {
    const naive = texts.map((text) => `<p title="${text}">${text}</p>${marked.parse(text, { async: false })}`)
    const live = await hitsDuring(async (page) => {
      const frames = naive.map((html) => `<iframe srcdoc="${escapeHtml(html)}"></iframe>`)
      await page.setContent(frames.join(''), { waitUntil: 'load' })
      await page.evaluate(provoke)
    })
    // The others need another browser, another reader, a click that leads away, or a template.
    expect(live.length).toBeGreaterThan(texts.length / 2)
  })

  test('runs in no published page', () => {
    expect(hits).toEqual([])
  })

  test.each(ladders.map(({ words, own }, ladder) => ({ ladder, words, own })))(
    'has gone through every field of ladder $ladder',
    ({ ladder, words, own }) => {
      const found = textOf(seen.filter((page) => page.ladder === ladder))
      expect(words.filter((word) => !found.includes(word))).toEqual([])
      expect(own.filter((text) => !found.includes(plain(text)))).toEqual([])
    },
  )

  test('has gone through the fields of the poster', () => {
    const found = textOf(seen.filter(({ ladder, path }) => ladder === 4 && path === 'poster.html'))
    const printed =
      'Laddertitle Ed Trackname Trackintro Leveltitle Levelsummary Noteonly Bullet Statement Example Cellsummary Detail Everylevel Plainstatement Brand'
    expect(printed.split(' ').filter((word) => !found.includes(word))).toEqual([])
  })
})

describe('published pages of such text', () => {
  test('have only our elements', () => {
    const known =
      'a article aside body br code col colgroup div em figcaption figure footer g h1 h2 h3 h4 h5 head header html li main meta nav ol p path section small span strong style svg table tbody td th thead title tr ul wbr'
    expect(unique(seen.flatMap(({ tags }) => tags)).filter((tag) => !known.split(' ').includes(tag))).toEqual(
      [],
    )
    expect(unique(seen.map(({ styleSheets }) => String(styleSheets)))).toEqual(['2'])
  })

  test('have only our attributes', () => {
    const known =
      'aria-hidden aria-label charset class colspan content d dir download focusable height href id lang name rel role rowspan scope start style tabindex title transform viewBox width'
    const found = unique(seen.flatMap(({ attributes }) => attributes))
    expect(found.filter((name) => !known.split(' ').includes(name) && !/^data-[a-z]+$/.test(name))).toEqual(
      [],
    )
  })

  test('lead only to the web, to mail, to places of their own and to our files', () => {
    const own =
      /^(#[a-z0-9_-]+|manifest\.json|((matrix|one-pager|next-step)\/[a-z0-9-]+|poster|booklet)\.html)$/
    const outward = unique(seen.flatMap(({ addresses }) => addresses)).filter((address) => !own.test(address))
    expect(outward.filter((address) => !/^(https?:\/\/|mailto:)[^\s"<>`]+$/.test(address))).toEqual([])
    expect(outward.length).toBeGreaterThan(0)
  })

  test('frame nothing and load nothing', () => {
    expect(seen.flatMap(({ frames }) => frames)).toEqual([])
  })

  test('have no address and no program in a style', () => {
    const styles = unique(seen.flatMap(({ styles: found }) => found))
    expect(styles).not.toEqual([])
    expect(styles.filter((style) => /url|expression|@|script|hit/i.test(style))).toEqual([])
  })

  test('say template text letter by letter', () => {
    const found = textOf(seen)
    const templates = payloads.filter(({ way }) => way === 'template')
    expect(templates.filter(({ text }) => !found.includes(text))).toEqual([])
  })
})

describe('fields that take no free text', () => {
  const bad = `'"><img src=x: onerror=hit(1)>'`
  test.each([
    ['locale', `locale: ${bad}\n${smallLadder}`],
    ['effective', smallLadder.replace('effective: 2026-10-01', `effective: ${bad}`)],
    ['style', `style: ${bad}\n${smallLadder}`],
    ['missing', `missing: ${bad}\n${smallLadder}`],
    ['id', smallLadder.replace('id: lead', `id: ${bad}`)],
    ['equivalent', smallLadder.replace('equivalent: lead', `equivalent: ${bad}`)],
    ['status', smallLadder.replace('title: Team Lead', `title: Team Lead\n        status: ${bad}`)],
    ['entry', smallLadder.replace('title: Team Lead', `title: Team Lead\n        entry: ${bad}`)],
    ['opens-from', smallLadder.replace('adjective: management', `opens-from: [${bad}]`)],
    ['empty', smallLadder.replace('people: Helps others', `people: { empty: ${bad} }`)],
    ['dimension', smallLadder.replace('people: Helps others', `${bad}: Helps others`)],
    ['polarity', smallLadder.replace('craft: Builds things', `craft: [{ text: x, polarity: ${bad} }]`)],
    ['paper', smallLadder, `paper: { poster: ${bad} }`],
    ['fonts', smallLadder, `fonts: [${bad}]`],
    ['address', smallLadder, `brand: { address: ${bad} }`],
  ])('%s is refused', async (_, ladder, press = '{}') => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': ladder, 'press.yaml': press })
      const { code, stderr } = await ladderpress(['check', 'ladder.yaml'], { cwd })
      expect(code, stderr).toBe(1)
      expect(stderr).toContain('<img src=x: onerror=hit(1)>')
    })
  })
})
