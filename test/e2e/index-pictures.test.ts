import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Page } from 'puppeteer'
import { describe, expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { write } from '../support/files.ts'
import { rightToLeft } from '../support/languages-ladder.ts'

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

/** Designers open from a level of the engineers; their highest is not described. */
const forked = `title: Forked ladder
edition: 2026.1
tracks:
  - id: engineers
    name: Engineers
    levels:
      - { id: engineer, title: Engineer, statements: Builds what is asked }
      - { id: senior, title: Senior Engineer, statements: Builds what nobody asked for yet }
  - id: designers
    name: Designers
    opens-from: [engineer]
    levels:
      - { id: designer, title: Designer, statements: Draws what is asked }
      - { id: fellow, title: Fellow, described: false }
`

/** Tracks that nothing joins, more than stand side by side. */
const apart = manyTracks
  .replaceAll(/ +equivalent: .*\n/g, '')
  .replace(/ {2}- id: design\n[^]*/, (tracks) => `${tracks}${tracks.replaceAll(/id: /g, 'id: other-')}`)

interface Line {
  readonly from: number
  readonly to: number
  readonly y: number
}

/** From the top, then from the left. */
const inOrder = (lines: readonly Line[]) =>
  lines.toSorted((a, b) => Math.round((a.y - b.y) * 100) || a.from - b.from)

describe('the picture of a poster on the index', () => {
  test.each([
    ['of a small ladder', twoLevels],
    ['of a ladder with a fork', forked],
    ['of a ladder in Arabic', rightToLeft],
    ['of many tracks in columns', apart],
    ['of the bundled ladder', null],
  ])('%s has rungs and text where they are on the sheet, and as long', async (_, ladder) => {
    await built(ladder, ['--only', 'poster,index'], async (page, open) => {
      await page.setViewport({ width: 3400, height: 1400 })
      await open('poster')
      const sheet = await page.evaluate(() => {
        const { top, left, width, height } = (
          document.querySelector('.sheet') as HTMLElement
        ).getBoundingClientRect()
        const placed = (box: DOMRect) => ({
          from: (box.left - left) / width,
          to: (box.right - left) / width,
          y: ((box.top + box.bottom) / 2 - top) / height,
        })
        const range = document.createRange()
        return {
          rungs: [...document.querySelectorAll('.rung')].map((rung) => placed(rung.getBoundingClientRect())),
          texts: [...document.querySelectorAll('h1, h2, h3, h4, .level-summary')]
            .filter((text) => text.checkVisibility())
            .flatMap((text) => {
              range.selectNodeContents(text.lastChild as Node)
              return [...range.getClientRects()].map(placed)
            }),
        }
      })
      await open('index')
      const picture = await page.evaluate(() => {
        const drawing = document.querySelector('.wall .picture') as SVGSVGElement
        const [width = 1, height = 1] = ['width', 'height'].map((name) => Number(drawing.getAttribute(name)))
        const isMirrored = document.dir === 'rtl'
        const linesOf = (selector: string) =>
          [...drawing.querySelectorAll(selector)].flatMap((path) =>
            [...(path.getAttribute('d') ?? '').matchAll(/M(\S+) (\S+)H([\d.]+)/g)].map((found) => {
              const [x = 0, y = 0, to = 0] = found.slice(1).map(Number)
              const [from, end] = [x / width, to / width]
              return { from: isMirrored ? 1 - end : from, to: isMirrored ? 1 - from : end, y: y / height }
            }),
          )
        return { rungs: linesOf('.picture-rung'), texts: linesOf('.picture-text, .picture-name') }
      })
      const rungs = inOrder(picture.rungs)
      expect(rungs).toHaveLength(sheet.rungs.length)
      for (const [at, rung] of inOrder(sheet.rungs).entries()) {
        const drawn = rungs[at] as Line
        const off = Math.max(
          ...(['from', 'to', 'y'] as const).map((part) => Math.abs(drawn[part] - rung[part])),
        )
        expect(off, `${JSON.stringify(drawn)} is ${JSON.stringify(rung)} on the sheet`).toBeLessThan(0.005)
      }
      const lost = sheet.texts.filter(
        ({ from, to, y }) =>
          !picture.texts.some(
            (drawn) =>
              Math.abs(drawn.y - y) < 0.01 &&
              Math.abs(drawn.from - from) < 0.01 &&
              Math.abs(drawn.to - to) < 0.01,
          ),
      )
      expect(sheet.texts.length).toBeGreaterThan(4)
      expect(lost).toEqual([])
    })
  })

  test('is the same where the poster was made before, whatever of it is made again', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': forked })
      const pictureOf = async (out: string, ...args: string[]) => {
        const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--out', out, ...args], { cwd })
        expect(code, stderr).toBe(0)
        const index = await readFile(join(cwd, out, 'index.html'), 'utf8')
        return index
          .slice(index.indexOf('<section class="wall">'))
          .match(/<svg class="picture".*?<\/svg>/s)?.[0]
      }
      const whole = await pictureOf('whole')
      expect(whole).toContain('picture-fork')
      expect(await pictureOf('parts', '--only', 'poster', '--format', 'pdf', '--only', 'index')).toBe(whole)
      await rm(join(cwd, 'parts', 'index.html'))
      expect(await pictureOf('parts', '--only', 'one-pager,index', '--format', 'html')).toBe(whole)
      await rm(join(cwd, 'parts', 'poster.pdf'))
      expect(await pictureOf('parts', '--only', 'poster,index', '--format', 'html')).toBe(whole)
    })
  })

  test('is the map where no browser measured the poster', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': forked })
      const { code, stderr } = await ladderpress(
        ['build', 'ladder.yaml', '--only', 'poster,index', '--format', 'html'],
        { cwd, env: { PUPPETEER_EXECUTABLE_PATH: join(cwd, 'none') } },
      )
      expect([code, stderr]).toEqual([0, expect.stringContaining('print/unfitted')])
      const index = await readFile(join(cwd, 'out', 'index.html'), 'utf8')
      const [drawing = ''] = /<svg class="picture".*?<\/svg>/s.exec(index) ?? []
      expect(drawing.match(/"picture-mark/g)).toHaveLength(4)
      expect(drawing).toContain('picture-fork')
      expect(drawing).not.toContain('picture-text')
    })
  })

  test('has larger text where the poster has', async () => {
    const usual = async (ladder: string | null) => {
      let weights: number[] = []
      await built(ladder, ['--only', 'poster,index'], async (page, open) => {
        await open('index')
        weights = await page.evaluate(() =>
          [...document.querySelectorAll('.wall .picture-text')].flatMap((path) =>
            [...(path.getAttribute('d') ?? '').matchAll(/M/g)].map(() =>
              Number.parseFloat(getComputedStyle(path).strokeWidth),
            ),
          ),
        )
      })
      return weights.toSorted((a, b) => a - b)[Math.floor(weights.length / 2)] ?? 0
    }
    expect(await usual(twoLevels)).toBeGreaterThan(2 * (await usual(null)))
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
