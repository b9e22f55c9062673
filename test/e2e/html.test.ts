import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { readPdf } from '../../src/finish/read.ts'
import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { write } from '../support/files.ts'
import { pdf, structureOf, textsOf } from '../support/pdf.ts'

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

/** Words that are broken inside, where nothing says that they may be; numbers of many digits are none. */
function brokenWords(): string[] {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  const broken: string[] = []
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.textContent ?? ''
    if (!node.parentElement?.checkVisibility()) continue
    for (const { 0: word, index } of text.matchAll(/\p{L}+/gu)) {
      const bottoms = [...word].map((_, at) => {
        range.setStart(node, index + at)
        range.setEnd(node, index + at + 1)
        return range.getBoundingClientRect().bottom
      })
      if (Math.max(...bottoms) - Math.min(...bottoms) > 4) broken.push(word)
    }
  }
  return broken
}

/** Sizes of texts in px as they are seen, with what they are said in. */
function sizesOf(selector: string): number[] {
  return [...document.querySelectorAll<HTMLElement & { currentCSSZoom?: number }>(selector)]
    .filter((element) => element.checkVisibility())
    .map((element) => Number.parseFloat(getComputedStyle(element).fontSize) * (element.currentCSSZoom ?? 1))
}

describe('on screen', () => {
  test.each([1920, 1440, 1280, 1024, 768, 390])('no word is broken at %s px', async (width) => {
    await withPage(async (page) => {
      await page.setViewport({ width, height: 800, isMobile: width < 500, hasTouch: width < 500 })
      for (const id of [...pages, 'booklet', 'matrix/managers', 'one-pager/senior-vice-president']) {
        await show(page, id)
        // The hash of the ladder is no word.
        await page.evaluate(() => document.querySelector('.made')?.remove())
        expect([id, await page.evaluate(brokenWords)]).toEqual([id, []])
      }
    })
  })

  test.each([1920, 1280, 1024])(
    'at %s px statements have 15 px and more, and nothing less than 12',
    async (width) => {
      await withPage(async (page) => {
        await page.setViewport({ width, height: 800 })
        for (const id of [...pages.slice(1), 'booklet']) {
          await show(page, id)
          const statements = await page.evaluate(sizesOf, '.statements > li')
          expect(statements, id).not.toEqual([])
          expect([id, Math.min(...statements) >= 15]).toEqual([id, true])
          const all = await page.evaluate(sizesOf, 'p, li, span, small, h1, h2, h3, h4, .map-name')
          expect([id, Math.min(...all) >= 11.99]).toEqual([id, true])
        }
      })
    },
  )

  test('the names of dimensions take less of a matrix than a level does', async () => {
    await withPage(async (page) => {
      await page.setViewport({ width: 1280, height: 800 })
      await show(page, 'matrix/ic')
      const [head = 0, level = 1] = await page.evaluate(() =>
        ['tbody th', 'tbody td'].map(
          (cell) => document.querySelector(cell)?.getBoundingClientRect().width ?? 0,
        ),
      )
      expect(head / level).toBeGreaterThan(0.55)
      expect(head / level).toBeLessThan(0.75)
    })
  })

  test.each([1500, 1440, 1280, 1200])(
    'what runs down beside the rows of a matrix does not stretch its heads at %s px, and ends above the foot',
    async (width) => {
      const fellow = { summary: 'Sets the course of all teams that there are' }
      const level = { expectations: { craft: 'Builds' } }
      const short = {
        title: 'Short ladder',
        edition: '2026.1',
        tracks: [
          {
            id: 'ic',
            name: 'Engineers',
            dimensions: [{ id: 'craft', name: 'Craft' }],
            levels: [
              ...[1, 2, 3, 4].map((at) => ({ id: `l${at}`, title: `Engineer ${at}`, ...level })),
              ...[5, 6, 7].map((at) => ({
                id: `l${at}`,
                title: `Fellow ${at}`,
                ...fellow,
                described: false,
              })),
            ],
          },
        ],
      }
      await inFolder(async (cwd) => {
        await write(cwd, { 'ladder.yaml': JSON.stringify(short) })
        const args = ['build', 'ladder.yaml', '--only', 'matrix', '--format', 'html', '--quiet']
        const { code, stderr } = await ladderpress(args, { cwd })
        expect(code, stderr).toBe(0)
        await withPage(async (page) => {
          await page.setViewport({ width, height: 800 })
          for (const file of [join(out, 'matrix/ic.html'), join(cwd, 'out/matrix/ic.html')]) {
            await page.goto(pathToFileURL(file).href, { waitUntil: 'load' })
            const found = await page.evaluate(() => {
              const bottomsOf = (selector: string) =>
                [...document.querySelectorAll(selector)].map(
                  (element) => element.getBoundingClientRect().bottom,
                )
              return {
                head: Math.max(...bottomsOf('thead')) - Math.max(...bottomsOf('th.cells .heads')),
                overFoot: Math.max(...bottomsOf('.runs .heads')) - Math.max(...bottomsOf('table')),
                running: document.querySelectorAll('.runs .head').length,
                rowed: getComputedStyle(document.querySelector('tbody') ?? document.body).display,
              }
            })
            expect(found.rowed, file).toBe('table-row-group')
            expect(found.running, file).toBeGreaterThan(1)
            expect(found.head, file).toBeLessThan(25)
            expect(found.overFoot, file).toBeLessThanOrEqual(0)
          }
        })
      })
    },
  )

  test('titles of one-pagers take as many lines on a desk as on paper, beside the map', async () => {
    await withPage(async (page) => {
      for (const id of ['engineer', 'senior-engineer', 'principal-engineer', 'senior-manager']) {
        await page.emulateMediaType('print')
        await show(page, `one-pager/${id}`)
        const titleOf = () =>
          page.evaluate(() => {
            const title = document.createRange()
            title.selectNodeContents(document.querySelector('h1') ?? document.body)
            const bottoms = [...title.getClientRects()].map(({ bottom }) => Math.round(bottom))
            const lefts = [...document.querySelectorAll('.map-name')].map(
              (name) => name.getBoundingClientRect().left,
            )
            return {
              lines: new Set(bottoms).size,
              white: Math.min(...lefts) - title.getBoundingClientRect().right,
            }
          })
        const { lines } = await titleOf()
        await page.emulateMediaType('screen')
        for (const width of [1440, 1280]) {
          await page.setViewport({ width, height: 800 })
          const found = await titleOf()
          expect([id, width, found.lines]).toEqual([id, width, lines])
          expect(found.white, id).toBeGreaterThan(20)
        }
      }
    })
  })

  test('on a phone, levels that are only named have their words with their names', async () => {
    await withPage(async (page) => {
      await page.setViewport({ width: 390, height: 800, isMobile: true, hasTouch: true })
      await show(page, 'matrix/ic')
      const text = await page.evaluate(() => document.body.innerText)
      expect(text.match(/Named as an equivalent of Director/g)).toHaveLength(1)
      expect(text.indexOf('Named as an equivalent of Director')).toBeLessThan(
        text.indexOf('Domain knowledge'),
      )
    })
  })

  test('in large print, on small paper and on a phone, lines of the foot end between its parts, and none begins with a point', async () => {
    await inFolder(async (cwd) => {
      const large = join(cwd, 'out/one-pager/large-print/principal-engineer.html')
      const only = ['--only', 'one-pager,next-step', '--paper', 'one-pager=A4,A5', '--paper', 'next-step=A5']
      const args = ['build', ...only, '--large-print', '--out', join(cwd, 'out'), '--quiet']
      const { code, stderr } = await ladderpress(args)
      expect(code, stderr).toBe(0)
      const small = ['one-pager/a5/lead-engineer', 'next-step/lead-engineer--principal-engineer']
      for (const id of small) {
        const parts = await structureOf(join(cwd, 'out', `${id}.pdf`))
        expect(parts.map(({ text }) => text.replaceAll('\u00a0', ' '))).toContain(
          'in force from 1 January 2026',
        )
      }
      const shown = [
        ...small.map((id) => [join(cwd, 'out', `${id}.html`), 'print', 1280] as const),
        [large, 'print', 1280],
        [large, 'screen', 1280],
        [large, 'screen', 390],
        [large, 'screen', 250],
        ...pages.slice(1).map((id) => [join(out, `${id}.html`), 'screen', 390] as const),
      ] as const
      await withPage(async (page) => {
        for (const [file, media, width] of shown) {
          await page.emulateMediaType(media)
          await page.setViewport({ width, height: 800 })
          await page.goto(pathToFileURL(file).href, { waitUntil: 'load' })
          const lines = await page.evaluate(() => {
            const foot = [...document.querySelectorAll('.foot-line')].at(-1) ?? document.body
            const texts = document.createTreeWalker(foot, NodeFilter.SHOW_TEXT)
            const range = document.createRange()
            const found: { bottom: number; text: string }[] = []
            for (let node = texts.nextNode(); node; node = texts.nextNode()) {
              if (!node.parentElement?.checkVisibility()) continue
              for (const [at, letter] of [...(node.textContent ?? '')].entries()) {
                range.setStart(node, at)
                range.setEnd(node, at + 1)
                const { bottom } = range.getBoundingClientRect()
                const last = found.at(-1)
                if (last && Math.abs(last.bottom - bottom) < 4) last.text += letter
                else if (letter.trim() !== '') found.push({ bottom, text: letter })
              }
            }
            const size = Number.parseFloat(getComputedStyle(foot).fontSize)
            return found.map(({ bottom, text }, at) => ({
              text: text.trim().replaceAll('\u00a0', ' '),
              isApart: at > 0 && bottom - (found[at - 1]?.bottom ?? 0) > 1.6 * size,
            }))
          })
          const shownAs = `${file} ${media} ${width}: ${lines.map(({ text }) => text).join(' / ')}`
          expect(
            lines.filter(({ text, isApart }) => text.startsWith('·') || isApart),
            shownAs,
          ).toEqual([])
          if (width < 390) continue
          expect(
            lines.some(({ text }) => text.includes('in force from 1 January 2026')),
            shownAs,
          ).toBe(true)
        }
      })
    })
  })

  test('on a phone, lines of the foot and the head begin at the edge of the text', async () => {
    await withPage(async (page) => {
      await page.setViewport({ width: 390, height: 800, isMobile: true, hasTouch: true })
      for (const id of pages.slice(1)) {
        await show(page, id)
        const starts = await page.evaluate(() => {
          const edge = document.querySelector('.foot')?.getBoundingClientRect().left ?? -1
          const range = document.createRange()
          return [...document.querySelectorAll('.foot-line > span:not(.scale-line), .of-ladder')]
            .filter((element) => element.checkVisibility())
            .map((element) => {
              range.selectNodeContents(element)
              return Math.min(...[...range.getClientRects()].map(({ left }) => Math.abs(left - edge)))
            })
        })
        expect(starts, id).not.toEqual([])
        expect([id, starts.filter((start) => start > 1)]).toEqual([id, []])
      }
    })
  })

  test('the index draws the poster and the matrices, for eyes alone', async () => {
    await withPage(async (page) => {
      await show(page, 'index')
      const pictures = await page.evaluate(() =>
        [...document.querySelectorAll('figure')].map((figure) => {
          const picture = figure.querySelector('svg.picture')
          return [picture?.getAttribute('aria-hidden'), (picture?.querySelectorAll('path').length ?? 0) > 20]
        }),
      )
      expect(pictures).toHaveLength(3)
      for (const picture of pictures) expect(picture).toEqual(['true', true])
    })
  })

  test('the index says of what a file has all, and names no track without saying what of it', async () => {
    await withPage(async (page) => {
      await show(page, 'index')
      const titles = await page.evaluate(() =>
        [...document.querySelectorAll('.take .entry-title')].map((title) => title.textContent?.trim()),
      )
      expect(titles).toEqual([
        'Booklet',
        'All one-pagers in one file',
        'One-pagers: Individual contributors',
        'One-pagers: Managers',
      ])
    })
  })

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
  test('marks and dashed lines of maps can be seen where a system forces its colours on pages', async () => {
    await withPage(async (page) => {
      const session = await page.createCDPSession()
      const features = [
        { name: 'forced-colors', value: 'active' },
        { name: 'prefers-color-scheme', value: 'dark' },
      ]
      await session.send('Emulation.setEmulatedMedia', { features })
      for (const id of ['index', 'one-pager/lead-engineer', 'poster', 'booklet']) {
        await show(page, id)
        const found = await page.evaluate(() => {
          const { color } = getComputedStyle(document.body)
          const marks = [...document.querySelectorAll('.mark, .bare-mark')].map((mark) => ({
            isHollow: mark.classList.contains('hollow'),
            fill: getComputedStyle(mark).fill,
          }))
          return {
            wrong: marks.filter(({ isHollow, fill }) => (fill === color) === isHollow),
            rails: [...document.querySelectorAll('.ladder-map .map-rail.dashed')].map((rail) =>
              getComputedStyle(rail).backgroundImage.includes(color),
            ),
          }
        })
        expect([id, found.wrong]).toEqual([id, []])
        expect(new Set(found.rails)).toEqual(new Set(id === 'index' ? [true] : []))
      }
    })
  })

  test('rows of the index that stand side by side look alike', async () => {
    await withPage(async (page) => {
      await page.setViewport({ width: 1440, height: 900 })
      await show(page, 'index')
      const below = await page.evaluate(() =>
        [...document.querySelectorAll('.compare .groups:has(> :nth-child(2)) li')].map((row) => {
          const [title, links] = ['.entry-title', '.entry-links'].map((part) =>
            row.querySelector(part)?.getBoundingClientRect(),
          )
          return (links?.top ?? 0) >= (title?.bottom ?? 0)
        }),
      )
      expect(below).toHaveLength(7)
      expect(new Set(below).size).toBe(1)
    })
  })

  test('the index is one page to pin beside the desk', async () => {
    await withPage(async (page) => {
      await show(page, 'index')
      const printed = readPdf(Buffer.from(await page.pdf({ format: 'A4' })))
      expect(textsOf(printed)).toHaveLength(1)
    })
  })

  test.each(pages.slice(1))('%s.html gives the same sheets and the same words', async (id) => {
    const ours = await pdf(join(out, `${id}.pdf`))
    await withPage(async (page) => {
      await show(page, id)
      const theirs = readPdf(Buffer.from(await page.pdf({ preferCSSPageSize: true, printBackground: true })))
      expect(textsOf(theirs)).toEqual(ours.texts)
    })
  })
})

test('in texts of the index, what follows a list stands apart, and no line under a link runs on past its words', async () => {
  const ladder = `title: Ladder
sections:
  - title: Leads
    text: |
      They do three things:

      - First one

        1. Then another

      Taking on the role is [a great opportunity for somebody who likes to learn and to lead others](https://example.com).
tracks:
  - id: a
    name: Makers
    dimensions: [{ id: x, name: Craft }]
    levels:
      - id: one
        title: One
        expectations:
          x: |
            - Knows the tools:

              - Chisels
      - { id: two, title: Two, expectations: { x: Makes tools } }
`
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--only', 'index,one-pager'], { cwd })
    expect(code, stderr).toBe(0)
    await withPage(async (page) => {
      await page.setViewport({ width: 390, height: 844 })
      await page.goto(pathToFileURL(join(cwd, 'out/index.html')).href)
      const { gap, indent, lines, boxes } = await page.evaluate(() => {
        const section = document.querySelector('section.prose') as Element
        const [list, item] = ['ul', 'ol li'].map((one) => section.querySelector(one)?.getBoundingClientRect())
        const after = section.querySelector('ul + p')?.getBoundingClientRect()
        const link = section.querySelector('ul + p a') as Element
        const rects = [...link.getClientRects()]
        return {
          gap: (after?.top ?? 0) - (list?.bottom ?? 0),
          indent: (item?.left ?? 0) - (list?.left ?? 0),
          lines: new Set(rects.map(({ top }) => top)).size,
          boxes: rects.length,
        }
      })
      expect(gap).toBeGreaterThan(5)
      expect(indent).toBeGreaterThan(40)
      expect(lines).toBeGreaterThan(1)
      // The blank at the end of a line would have a box, and a line under it.
      expect(boxes).toBe(lines)
    })
    // The point of a list within a statement can be seen at 9 pt.
    expect((await pdf(join(cwd, 'out/one-pager/one.pdf'))).texts.join('')).toContain('•Chisels')
  })
})
