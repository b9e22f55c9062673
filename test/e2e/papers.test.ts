import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Manifest } from '../../src/publish/manifest.ts'
import { withPage } from '../support/browser.ts'
import { ladderpress } from '../support/cli.ts'
import { hashes } from '../support/files.ts'
import { pdf, structureOf } from '../support/pdf.ts'

let out: string
let manifest: Manifest

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  const args = ['build', '--strict', '--paper', 'one-pager=A4,Letter', '--large-print', '--out', out]
  const { code, stderr } = await ladderpress(args)
  expect(code, stderr).toBe(0)
  manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Manifest
})

afterAll(() => rm(out, { recursive: true, force: true }))

test('both papers are made in one build, each of its own size and in a size of type of its own', async () => {
  const [a4, letter] = await Promise.all(
    ['one-pager/manager.pdf', 'one-pager/letter/manager.pdf'].map((path) => pdf(join(out, path))),
  )
  expect(a4?.sizes).toEqual([[595.276, 841.89]])
  expect(letter?.sizes).toEqual([[612, 792]])
  // The same words have the same stamp, on whatever paper, and in whatever size a long title is set on it.
  for (const level of ['manager', 'senior-vice-president']) {
    const stamps = manifest.artifacts
      .filter(({ subjects, kind }) => kind === 'one-pager' && subjects.levels[0] === level)
      .map(({ stamp }) => stamp)
    expect([stamps.length, new Set(stamps).size]).toEqual([8, 1])
  }
})

test('large print is 18 pt and more throughout, in one column, and says everything', async () => {
  const read = async (path: string) =>
    (await structureOf(join(out, path))).filter(({ type }) => type === 'LBody').map(({ text }) => text.trim())
  const large = 'one-pager/large-print/principal-engineer'
  expect((await pdf(join(out, 'one-pager/letter/large-print/principal-engineer.pdf'))).sizes[0]).toEqual([
    612, 792,
  ])
  expect(await read(`${large}.pdf`)).toEqual(await read('one-pager/principal-engineer.pdf'))
  await withPage(async (page) => {
    await page.setViewport({ width: 1280, height: 900 })
    await page.goto(pathToFileURL(join(out, `${large}.html`)).href, { waitUntil: 'load' })
    const smallest = await page.evaluate(() => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const sizes: number[] = []
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        if (node.parentElement && node.textContent?.trim() !== '')
          sizes.push(Number.parseFloat(getComputedStyle(node.parentElement).fontSize))
      }
      return Math.min(...sizes)
    })
    expect(smallest).toBe(24)
  })
})

test('the index has a link for each, with a name of its own to send', async () => {
  const html = await readFile(join(out, 'index.html'), 'utf8')
  const [, entry = ''] = /<li id="manager">(.*?)<\/li>/.exec(html) ?? []
  const links = [...entry.matchAll(/<a href="([^"]+)"(?: download="([^"]+)")?>([^<]+)<\/a>/g)]
  expect(links.map(([, href, download, words]) => [href, download, words])).toEqual([
    ['one-pager/manager.pdf', 'Acme - Manager - Engineering ladder - 2026.1.pdf', 'PDF A4'],
    [
      'one-pager/letter/manager.pdf',
      'Acme - Manager - Engineering ladder - 2026.1 - Letter.pdf',
      'PDF Letter',
    ],
    ...['A4', 'Letter'].map((paper) => [
      `one-pager/${paper === 'A4' ? '' : 'letter/'}large-print/manager.pdf`,
      `Acme - Manager - Engineering ladder - 2026.1 - ${paper} large print.pdf`,
      `PDF ${paper} large print`,
    ]),
    ['one-pager/manager.html', undefined, 'read on screen'],
  ])
})

test('where the index takes two pages of paper, no heading stands at the foot of the first', async () => {
  await withPage(async (page) => {
    await page.goto(pathToFileURL(join(out, 'index.html')).href, { waitUntil: 'load' })
    const path = join(out, 'printed-index.pdf')
    await page.pdf({ path, format: 'A4' })
    const { texts } = await pdf(path)
    await rm(path)
    expect(texts).toHaveLength(2)
    const heads = texts.findIndex((text) => text.includes('Taketoanoffsite'))
    expect(texts[heads]).toContain('Engineeringladder')
    expect(texts[heads]).toContain('Allone-pagersinonefile')
  })
})

test('a full build without them takes them away again', async () => {
  const { code, stderr } = await ladderpress(['build', '--quiet', '--out', out])
  expect(code, stderr).toBe(0)
  const files = Object.keys(await hashes(out))
  expect(files.filter((path) => /letter|large-print/.test(path))).toEqual([])
  expect(files).toContain('one-pager/manager.pdf')
})
