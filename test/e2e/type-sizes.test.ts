import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Page } from 'puppeteer'
import { expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { write } from '../support/files.ts'

/** Builds and hands over a page of the browser that shows sheets as they are printed. */
async function printed(
  args: readonly string[],
  look: (show: (file: string) => Promise<Page>, out: string) => Promise<void>,
  files: Readonly<Record<string, string>> = {},
): Promise<void> {
  await inFolder(async (cwd) => {
    await write(cwd, files)
    const out = join(cwd, 'out')
    const [ladder = 'data/ladder.yaml'] = Object.keys(files).map((name) => join(cwd, name))
    const { code, stderr } = await ladderpress(['build', ladder, ...args, '--out', out])
    expect(code, stderr).toBe(0)
    await withPage((page) => {
      const show = async (file: string) => {
        await page.emulateMediaType('print')
        await page.goto(pathToFileURL(join(out, file)).href)
        return page
      }
      return look(show, out)
    })
  })
}

/** The sizes in pt of all that a selector finds, each once. */
async function sizesOf(page: Page, selector: string): Promise<number[]> {
  return page.$$eval(selector, (elements) => [
    ...new Set(
      elements.map((one) => Math.round(Number.parseFloat(getComputedStyle(one).fontSize) * 7.5) / 10),
    ),
  ])
}

test('a level’s sentence stands between its name and what it asks, on matrices as large as a table', async () => {
  await printed(['--only', 'matrix', '--paper', 'matrix=A3,A4'], async (show) => {
    const wide = await show('matrix/ic.html')
    expect(await sizesOf(wide, '.level-summary')).toEqual([11])
    const [statements = 0] = await sizesOf(wide, '.statements li')
    expect(statements).toBeLessThan(11)
    // On A4 it takes no room from what is asked.
    const [narrow = 0] = await sizesOf(await show('matrix/a4/ic.html'), '.level-summary')
    expect(narrow).toBeGreaterThanOrEqual(9)
    expect(narrow).toBeLessThan(11)
  })
})

test('introductions of tracks in the booklet are larger than what levels ask', async () => {
  await printed(['--only', 'booklet'], async (show) => {
    const page = await show('booklet.html')
    expect(await sizesOf(page, '.chapter-opener .block p, .chapter-opener p.block')).toEqual([9.5])
    expect(await sizesOf(page, '.statements li')).toEqual([9])
  })
})

test('headings of a poster’s notes are no smaller than the notes', async () => {
  const long =
    'Plans the work of a small team across several quarters and keeps everybody informed of it in time'
  const cell = ['Plans the work of a', long, long, long].join(', ')
  const track = (id: string, ids: readonly string[], levels: number) => [
    `  - id: ${id}`,
    `    name: Track ${id}`,
    `    intro: What this track is for.`,
    `    dimensions: [${ids.map((one) => `{ id: ${one}, name: Dimension ${one} }`).join(', ')}]`,
    '    levels:',
    ...Array.from({ length: levels }, (_, at) => [
      `      - id: ${id}${at}`,
      `        title: Level ${id} ${at}`,
      '        expectations:',
      ...ids.map((one) => `          ${one}: [${cell}]`),
    ]).flat(),
  ]
  const ladder = [
    'title: Ladder',
    'tracks:',
    ...track('a', ['a', 'b', 'c', 'd', 'e', 'f'], 5),
    ...track('b', ['a', 'b'], 3),
    ...track('c', ['a', 'b'], 2),
    '',
  ].join('\n')
  await printed(
    ['--only', 'poster'],
    async (show) => {
      const page = await show('poster.html')
      expect(await page.$eval('html', (root) => root.dataset['names'])).toBe('small')
      const [text = 0] = await sizesOf(page, '.notes p')
      expect(text).toBeGreaterThan(18)
      for (const heading of await sizesOf(page, '.notes h2')) expect(heading).toBeGreaterThanOrEqual(text)
    },
    { 'ladder.yaml': ladder },
  )
})
