import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { AxeResults } from 'axe-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { ladderpress } from '../support/cli.ts'

let out: string
let axe: string

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  const { code, stderr } = await ladderpress(['build', '--format', 'html', '--large-print', '--out', out])
  expect(code, stderr).toBe(0)
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
})

afterAll(() => rm(out, { recursive: true, force: true }))

const pages = [
  'index',
  'matrix/ic',
  'matrix/managers',
  'one-pager/lead-engineer',
  'one-pager/senior-vice-president',
  'one-pager/large-print/lead-engineer',
  'next-step/lead-engineer--principal-engineer',
  'next-step/lead-engineer--manager',
  'poster',
  'booklet',
]

test.each([
  ['desk', 1280],
  ['phone', 390],
] as const)('every kind of page keeps WCAG 2.2 AA on a %s', async (_, width) => {
  await withPage(async (page) => {
    await page.setViewport({ width, height: 800, isMobile: width < 500, hasTouch: width < 500 })
    const found: string[] = []
    for (const id of pages) {
      await page.goto(pathToFileURL(join(out, `${id}.html`)).href, { waitUntil: 'load' })
      // The page's own policy forbids scripts; the debugger's are not the page's.
      await page.evaluate(axe)
      const { violations, passes } = (await page.evaluate(
        "axe.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
      )) as AxeResults
      expect(passes.length).toBeGreaterThan(10)
      for (const { id: rule, help, nodes } of violations)
        found.push(`${id}: ${rule}: ${help}: ${nodes[0]?.html.slice(0, 120)}`)
    }
    expect(found).toEqual([])
  })
})
