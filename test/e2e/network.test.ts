import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

import { connect } from 'puppeteer-core/internal/puppeteer-core-browser.js'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { findBrowsers } from '../../src/browser/find.ts'
import { openPress } from '../../src/browser/press.ts'
import { startBrowser, type StartedBrowser } from '../../src/browser/start.ts'
import { sheetPolicy } from '../../src/render/html.ts'
import { withPage } from '../support/browser.ts'
import { startCanary, type Canary } from '../support/canary.ts'
import { inFolder } from '../support/cli.ts'
import { constructsTo, type Construct, type Constructs } from '../support/reaching.ts'

let canary: Canary
let constructs: Constructs

beforeAll(async () => {
  canary = await startCanary()
  constructs = await constructsTo(canary)
})
beforeEach(() => canary.forget())
afterAll(() => canary.close())

/** How long something that gets through would take at most. */
const listening = 1_500

/** What a browser has of a page that these tests need, whichever puppeteer it comes from. */
interface Opener {
  newPage(): Promise<{ goto(url: string, options: { waitUntil: 'domcontentloaded' }): Promise<unknown> }>
}

/** One page with everything that can stand side by side, and one for each that leads away. */
function pagesOf({ markup, scripts, departures }: Constructs): Construct[][] {
  return [[...markup, ...scripts], ...departures.map((departure) => [departure])]
}

/** Opens pages from files that everybody may read, and listens for a while. */
async function visit(browser: Opener, pages: readonly Construct[][], head = ''): Promise<void> {
  await inFolder(async (folder) => {
    // The tool's browser may run as another user.
    await chmod(folder, 0o755)
    for (const [index, parts] of pages.entries()) {
      const file = join(folder, `${index}.html`)
      const body = parts.map(({ html }) => html).join('\n')
      await writeFile(file, `<!doctype html><meta charset="utf-8">${head}<title>x</title>\n${body}`)
      const page = await browser.newPage()
      await page.goto(pathToFileURL(file).href, { waitUntil: 'domcontentloaded' })
    }
    await sleep(listening)
  })
}

async function withStarted<T>(work: (started: StartedBrowser) => Promise<T>): Promise<T> {
  for await (const candidate of findBrowsers({ env: process.env }, [])) {
    const started = await startBrowser(candidate)
    try {
      return await work(started)
    } finally {
      await started.stop()
    }
  }
  throw new Error('no browser was found')
}

const policy = `<meta http-equiv="Content-Security-Policy" content="${sheetPolicy}">`

test('without any defence each of them is heard', async () => {
  const pages = pagesOf(constructs)
  await withPage(async (_, browser) => {
    await visit(browser, pages)
    const expected = pages.flat().filter(({ silent }) => silent !== true)
    await expect
      .poll(() => canary.heard(), { timeout: 10_000 })
      .toEqual(expected.map(({ name }) => name).sort())
  })
})

test('the page that prints reaches nothing', async () => {
  await withStarted(async (started) => {
    const press = await openPress(started)
    for (const parts of pagesOf(constructs)) {
      const page = await press.newPage()
      const content = {
        id: 'sheet',
        title: 'x',
        language: 'en',
        direction: 'ltr',
        root: {},
        css: `@import "http://${canary.web}/css"; body { background: url(http://${canary.web}/body) }`,
        fontStack: 'Inter',
        body: `<p data-m="ours">x</p>${parts.map(({ html }) => html).join('\n')}`,
      }
      await page.show(content)
      // A refresh ends in a page that says what was refused. Builds look whose document it is that they print.
      if (parts.some(({ name }) => name === 'refresh')) continue
      for (const what of ['shown', 'printed']) {
        expect([what, Object.keys(await page.measure({}))]).toEqual([what, ['ours']])
        expect((await page.print()).length).toBeGreaterThan(0)
      }
    }
    await sleep(listening)
  })
  expect(canary.heard()).toEqual([])
})

test('the flags of the browser alone stop them, scripts on', async () => {
  const pages = pagesOf(constructs)
  await withStarted(async (started) => {
    const browser = await connect({ transport: started.transport, defaultViewport: null })
    await visit(browser, pages)
  })
  expect(canary.heard()).toEqual([])
})

test('the policy of published pages alone stops what a page does by itself', async () => {
  // A meta refresh leads the whole page elsewhere, which no policy can forbid.
  const pages = pagesOf(constructs).filter(([first]) => first?.name !== 'refresh')
  await withPage((_, browser) => visit(browser, pages, policy))
  expect(canary.heard()).toEqual([])
})

test('the policy stops requests even of a script that runs all the same', async () => {
  // Policies know neither new windows nor WebRTC.
  const scripts = constructs.scripts.filter(({ name }) => !['window-open', 'stun', 'turn'].includes(name))
  await withPage(async (page) => {
    for (const head of ['', policy]) {
      canary.forget()
      await visit({ newPage: async () => page }, [[]], head)
      // What the debugger evaluates needs no leave of the policy's.
      for (const { html } of scripts) await page.evaluate(html.replace(/^<script>|<\/script>$/g, ''))
      const all = scripts.map(({ name }) => name).sort()
      if (head === '') await expect.poll(() => canary.heard(), { timeout: 10_000 }).toEqual(all)
      else {
        await sleep(listening)
        expect(canary.heard()).toEqual([])
      }
    }
  })
})
