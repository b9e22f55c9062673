import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Page } from 'puppeteer'
import { describe, expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { write } from '../support/files.ts'

const twoLevels = `title: Support ladder
edition: 2026.1
tracks:
  - id: support
    name: Support
    levels:
      - { id: agent, title: Support Agent, statements: Solves common questions without help }
      - { id: lead, title: Support Lead, summary: Keeps a team able and calm., statements: Plans the shifts }
`

const manyTracks = `title: Wide ladder
edition: 2026.1
tracks:
${['Design', 'Data', 'Product', 'Support', 'Platform']
  .map(
    (name, track) => `  - id: ${name.toLowerCase()}
    name: ${name}
    levels:
${['Associate', 'Senior', 'Principal']
  .map(
    (grade, rung) => `      - id: ${name.toLowerCase()}-${rung}
        title: ${grade} ${name} Specialist
${
  track === 0
    ? ''
    : `        equivalent: design-${rung}
`
}        statements: Does what is asked
`,
  )
  .join('')}`,
  )
  .join('')}`

async function built(
  ladder: string | null,
  args: readonly string[],
  look: (page: Page, open: (id: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  await inFolder(async (cwd) => {
    if (ladder !== null) await write(cwd, { 'ladder.yaml': ladder })
    const out = join(cwd, 'out')
    const { code, stderr } = await ladderpress(
      ['build', ...(ladder === null ? [] : [join(cwd, 'ladder.yaml')]), '--out', out, ...args],
      ladder === null ? {} : { cwd },
    )
    expect(code, stderr).toBe(0)
    await withPage(async (page) => {
      await look(page, async (id) => {
        await page.goto(pathToFileURL(join(out, `${id}.html`)).href, { waitUntil: 'load' })
        await page.evaluate(() => document.fonts.ready)
      })
    })
  })
}

describe('the picture of a poster on the index', () => {
  test.each([
    ['of a small ladder', twoLevels],
    ['of the bundled ladder', null],
  ])('%s has its rungs where they lie on the sheet, as long as they are there', async (_, ladder) => {
    await built(ladder, ['--only', 'poster,index'], async (page, open) => {
      await page.setViewport({ width: 2600, height: 1400 })
      await open('poster')
      const sheet = await page.evaluate(() => {
        const { top, left, width, height } = (
          document.querySelector('.sheet') as HTMLElement
        ).getBoundingClientRect()
        return [...document.querySelectorAll('.rung')].map((rung) => {
          const box = rung.getBoundingClientRect()
          return {
            y: (box.top - top) / height,
            from: (box.left - left) / width,
            to: (box.right - left) / width,
          }
        })
      })
      await open('index')
      const drawn = await page.evaluate(() => {
        const picture = document.querySelector('.picture') as SVGSVGElement
        const [width = 1, height = 1] = ['width', 'height'].map((name) => Number(picture.getAttribute(name)))
        return [...picture.querySelectorAll('g > .picture-rung')].map((rung) => {
          const { x, y, width: long } = (rung as SVGPathElement).getBBox()
          return { y: y / height, from: x / width, to: (x + long) / width }
        })
      })
      const inOrder = (rungs: typeof sheet) =>
        rungs.toSorted((a, b) => Math.round((a.from - b.from) * 20) || a.y - b.y)
      expect(drawn).toHaveLength(sheet.length)
      const [real, seen] = [inOrder(sheet), inOrder(drawn)]
      for (const [at, { y, from, to }] of real.entries()) {
        const found = seen[at] as (typeof seen)[number]
        expect(Math.abs(found.y - y), `rung ${at} at ${found.y}, on the sheet at ${y}`).toBeLessThan(0.05)
        expect(Math.abs(found.from - from)).toBeLessThan(0.02)
        expect(Math.abs(found.to - to)).toBeLessThan(0.02)
      }
    })
  })

  test('has larger text where the poster has', async () => {
    const heaviest = async (ladder: string | null) => {
      let most = 0
      await built(ladder, ['--only', 'poster,index'], async (page, open) => {
        await open('index')
        most = await page.evaluate(() =>
          Math.max(
            ...[...document.querySelectorAll('.picture .picture-text')].map((line) =>
              Number.parseFloat(getComputedStyle(line).strokeWidth),
            ),
          ),
        )
      })
      return most
    }
    expect(await heaviest(twoLevels)).toBeGreaterThan(2 * (await heaviest(null)))
  })
})

test('the picture of a matrix draws a note as on the sheet: under a dashed rung, down beside all rows', async () => {
  await built(null, ['--only', 'matrix,index'], async (page, open) => {
    await open('index')
    const { dashed, rules, texts } = await page.evaluate(() => {
      // The managers' is the second.
      const picture = document.querySelectorAll('.picture')[1] as SVGSVGElement
      const boxes = (selector: string) =>
        [...picture.querySelectorAll(selector)].map((line) => (line as SVGPathElement).getBBox().x)
      return {
        dashed: boxes('.picture-rung.dashed'),
        rules: boxes('.picture-rule'),
        texts: boxes('.picture-text'),
      }
    })
    expect(dashed).toHaveLength(1)
    expect(rules).not.toContain(dashed[0])
    expect(texts.filter((x) => x === dashed[0]).length).toBeGreaterThan(3)
  })
})

test('on a phone, a map that is wider than the window is cut amid names, at the edge of the window', async () => {
  await built(manyTracks, ['--only', 'one-pager,index', '--format', 'html'], async (page, open) => {
    for (const width of [360, 390, 430, 700]) {
      await page.setViewport({ width, height: 800, isMobile: true, hasTouch: true })
      await open('index')
      const { edge, cut } = await page.evaluate(() => {
        const range = document.createRange()
        return {
          edge: document.querySelector('.ladder-map')?.getBoundingClientRect().right,
          cut: [...document.querySelectorAll('.map-name')].filter((name) => {
            range.selectNodeContents(name)
            const { left, right } = range.getBoundingClientRect()
            return left < innerWidth - 6 && right > innerWidth
          }).length,
        }
      })
      expect([width, edge, cut]).toEqual([width, width, 3])
    }
  })
})

test('on a desk, the steps of two tracks stand on the columns of the page', async () => {
  await built(null, ['--only', 'one-pager,next-step,index', '--format', 'html'], async (page, open) => {
    await page.setViewport({ width: 1280, height: 800 })
    await open('index')
    const lefts = await page.evaluate(() =>
      ['.send', '.groups > :last-child'].map((part) =>
        Math.round(document.querySelector(part)?.getBoundingClientRect().left ?? 0),
      ),
    )
    expect(lefts[0]).toBeGreaterThan(600)
    expect(lefts[1]).toBe(lefts[0])
  })
})

describe('a matrix of seven columns on a screen', () => {
  const seven = (words: string) => `title: Long ladder
edition: 2026.1
tracks:
  - id: ic
    name: Engineers
    dimensions: [{ id: craft, name: Craft }]
    levels:
${Array.from(
  { length: 7 },
  (_, at) => `      - { id: l${at}, title: L${at}, expectations: { craft: ${words} } }\n`,
).join('')}`
  const perRow = (page: Page, selector: string) =>
    page.evaluate((cells) => {
      const tops = [...document.querySelectorAll(cells)].map((cell) => cell.getBoundingClientRect().top)
      return [...new Set(tops)].map((top) => tops.filter((other) => other === top).length)
    }, selector)

  test('stays a table while its columns have 150 px', async () => {
    await built(
      seven('Does what is asked of it'),
      ['--only', 'matrix', '--format', 'html'],
      async (page, open) => {
        await open('matrix/ic')
        for (const width of [1600, 1440]) {
          await page.setViewport({ width, height: 900 })
          expect([width, await perRow(page, 'tbody td.cell')]).toEqual([width, [7]])
        }
      },
    )
  })

  test('has rows of four and three where its words need more', async () => {
    const words = 'Has an extraordinarily/uncharacteristically long word'
    await built(seven(words), ['--only', 'matrix', '--format', 'html'], async (page, open) => {
      await open('matrix/ic')
      for (const width of [1440, 1280, 1100]) {
        await page.setViewport({ width, height: 900 })
        expect([width, await perRow(page, 'tbody td.cell')]).toEqual([width, [4, 3]])
        expect([width, await perRow(page, 'thead th')]).toEqual([width, [4, 3]])
      }
    })
  })
})
