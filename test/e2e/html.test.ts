import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { readPdf } from '../../src/finish/read.ts'
import { textOf } from '../../src/finish/text.ts'
import { withPage } from '../support/browser.ts'
import { ladderpress } from '../support/cli.ts'
import { pdf } from '../support/pdf.ts'

let out: string

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  const { code, stderr } = await ladderpress(['build', '--out', out])
  expect(code, stderr).toBe(0)
})

afterAll(() => rm(out, { recursive: true, force: true }))

const pages = [
  'index',
  'matrix/ic',
  'one-pager/lead-engineer',
  'next-step/lead-engineer--principal-engineer',
  'poster',
]

async function show(page: Page, id: string): Promise<void> {
  await page.goto(pathToFileURL(join(out, `${id}.html`)).href, { waitUntil: 'load' })
  await page.evaluate(() => document.fonts.ready)
}

describe('on screen', () => {
  test.each(
    pages.flatMap(
      (id) =>
        [
          [id, 390],
          [id, 1280],
        ] as const,
    ),
  )('%s has no sideways scrolling at %s px', async (id, width) => {
    await withPage(async (page) => {
      await page.setViewport({ width, height: 800, isMobile: width < 500, hasTouch: width < 500 })
      await show(page, id)
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(wide).toBeLessThanOrEqual(0)
    })
  })

  test('text on a phone is no smaller than 13 px', async () => {
    await withPage(async (page) => {
      await page.setViewport({ width: 390, height: 800, isMobile: true, hasTouch: true })
      for (const id of pages) {
        await show(page, id)
        const smallest = await page.evaluate(() => {
          const sizes: number[] = []
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
          for (let node = texts.nextNode(); node; node = texts.nextNode()) {
            const parent = node.parentElement
            if (!parent || node.textContent?.trim() === '' || parent.getClientRects().length === 0) continue
            sizes.push(Number.parseFloat(getComputedStyle(parent).fontSize))
          }
          return Math.min(...sizes)
        })
        expect([id, smallest >= 13]).toEqual([id, true])
      }
    })
  })

  test('the index leads to every level by its map, and each link has a name to send', async () => {
    await withPage(async (page) => {
      await show(page, 'index')
      const found = await page.evaluate(() => ({
        map: [...document.querySelectorAll<HTMLAnchorElement>('nav a')].map(
          (link) => document.querySelector(link.hash) !== null,
        ),
        downloads: [...document.querySelectorAll<HTMLAnchorElement>('a[download]')].map(
          ({ download }) => download,
        ),
      }))
      expect(found.map).toEqual(Array(9).fill(true))
      expect(found.downloads).toContain('Acme - Lead Engineer - Engineering ladder - 2026.1.pdf')
      expect(new Set(found.downloads).size).toBe(found.downloads.length)
    })
  })
})

describe('printed by hand from the browser', () => {
  test('the index is one page to pin beside the desk', async () => {
    await withPage(async (page) => {
      await show(page, 'index')
      const printed = readPdf(Buffer.from(await page.pdf({ format: 'A4' })))
      expect(textOf(printed)).toHaveLength(1)
    })
  })

  test.each(pages.slice(1))('%s.html gives the same sheets and the same words', async (id) => {
    const ours = await pdf(join(out, `${id}.pdf`))
    await withPage(async (page) => {
      await show(page, id)
      const theirs = readPdf(Buffer.from(await page.pdf({ preferCSSPageSize: true, printBackground: true })))
      expect(textOf(theirs).map((text) => text.replace(/\s/g, ''))).toEqual(ours.texts)
    })
  })
})
