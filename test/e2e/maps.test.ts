import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { AxeResults } from 'axe-core'
import type { Page } from 'puppeteer'
import { describe, expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'
import { contentOf, pdf } from '../support/pdf.ts'

const tracks = ['Engineering', 'Data', 'Design', 'Research', 'People']
const ranks = ['Associate', 'Senior', 'Principal']
const idOf = (track: string, rank: string) => `${track}-${rank}`.toLowerCase()

/** Tracks of the same rungs, all of them equivalent. */
const joined = [
  'title: Ladder',
  'edition: "1"',
  'tracks:',
  ...tracks.flatMap((track, at) => [
    `  - id: ${track.toLowerCase()}`,
    `    name: ${track} and everything around it`,
    '    levels:',
    ...ranks.flatMap((rank) => [
      `      - id: ${idOf(track, rank)}`,
      `        title: ${rank} ${track} Specialist`,
      '        statements: Does what is asked',
      ...(at === 0 ? [] : [`        equivalent: ${idOf(tracks[at - 1] ?? '', rank)}`]),
    ]),
  ]),
  '',
].join('\n')

const long = 'Kundenbetreuungsverantwortlichenvertretungsangelegenheitenbeauftragte im Außendienst'

const single = `title: Leiter
locale: de
edition: "1"
tracks:
  - id: a
    name: Kundendienst
    levels:
      - { id: l1, title: Kundenbetreuungsverantwortlichenvertretung, statements: Hört zu }
      - { id: l2, title: ${long}, statements: Hört allen zu }
`

async function made<T>(
  ladder: string,
  args: readonly string[],
  look: (cwd: string) => Promise<T>,
): Promise<T> {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--quiet', ...args], { cwd })
    expect(code, stderr).toBe(0)
    return look(cwd)
  })
}

async function show(page: Page, file: string, width: number): Promise<void> {
  await page.setViewport({ width, height: 900 })
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' })
  await page.evaluate(() => document.fonts.ready)
}

interface MapParts {
  readonly names: { text: string; left: number; right: number; middle: number; top: number; bottom: number }[]
  readonly marks: { accent: string; left: number; right: number; middle: number }[]
}

function partsOf(page: Page): Promise<MapParts> {
  return page.evaluate(() => {
    const box = (element: Element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      return { left, right, top, bottom, middle: (top + bottom) / 2 }
    }
    return {
      names: [...document.querySelectorAll('.map-name')].map((name) => ({
        text: name.textContent ?? '',
        ...box(name),
      })),
      marks: [...document.querySelectorAll('.map-mark .mark')].map((mark) => ({
        accent: [...mark.classList].find((name) => name.startsWith('accent')) ?? '',
        ...box(mark),
      })),
    }
  })
}

describe('the small map of a one-pager', () => {
  test('breaks names rather than let them leave the sheet, and keeps that of its own level', async () => {
    await made(single, ['--only', 'one-pager', '--format', 'html'], async (cwd) => {
      await withPage(async (page) => {
        await show(page, `${cwd}/out/one-pager/l2.html`, 1000)
        const { names } = await partsOf(page)
        expect(names.map(({ text }) => text)).toEqual(['Kundenbetreuungsverantwortlichenvertretung', long])
        const inside = await page.evaluate(() => {
          const sheet = document.querySelector('.sheet')?.getBoundingClientRect()
          const range = document.createRange()
          return [...document.querySelectorAll('.map-name')].map((name) => {
            range.selectNodeContents(name)
            // 18 mm stay free at the side.
            return range.getBoundingClientRect().right <= (sheet?.right ?? 0) - 18 * (96 / 25.4) + 1
          })
        })
        expect(inside).toEqual([true, true])
      })
    })
  })

  test('has its names at the middle of their marks on paper, and its marks whole', async () => {
    // Names of capitals alone, so that their ink shows where they stand; 4 dots to a px.
    const ladder = `title: Ladder
edition: "1"
tracks:
  - id: a
    name: Track
    levels: ${JSON.stringify(['EINE', 'HELD', 'LINIE', 'THEIL'].map((title, at) => ({ id: `a${at}`, title, statements: 'Does it', ...(at > 1 ? { equivalent: `b${at}` } : {}) })))}
  - id: b
    name: Other
    levels: ${JSON.stringify(['FELD', 'MEIL'].map((title, at) => ({ id: `b${at + 2}`, title, statements: 'Does it' })))}
`
    const flags = ['--only', 'one-pager', '--format', 'html,pdf,png', '--dpi', '384', '--level', 'a0']
    await made(ladder, flags, async (cwd) => {
      await withPage(async (page) => {
        await page.emulateMediaType('print')
        await page.setViewport({ width: 794, height: 1123 })
        await page.goto(pathToFileURL(`${cwd}/out/one-pager/a0.html`).href, { waitUntil: 'load' })
        const picture = await readFile(`${cwd}/out/one-pager/a0.png`, 'base64')
        const names = await page.evaluate(async (source) => {
          const image = new Image()
          image.src = source
          await image.decode()
          const canvas = new OffscreenCanvas(image.width, image.height)
          const drawing = canvas.getContext('2d')
          drawing?.drawImage(image, 0, 0)
          /** The middle of what is inked in a box and 2 px around it, in px of the page. */
          const middleOf = (box: DOMRect) => {
            const [left = 0, top = 0, width = 0, height = 0] = [
              box.left - 2,
              box.top - 2,
              box.width + 4,
              box.height + 4,
            ].map((px) => Math.round(px * 4))
            const data = drawing?.getImageData(left, top, width, height).data ?? []
            const rows = Array.from({ length: width * height }, (_, dot) => dot)
              .filter((dot) => (data[dot * 4] ?? 255) < 128)
              .map((dot) => Math.floor(dot / width))
            return (top + (Math.min(...rows) + Math.max(...rows) + 1) / 2) / 4
          }
          const all = [...document.querySelectorAll<HTMLElement>('.map-mark')]
          return [...document.querySelectorAll<HTMLElement>('.map-name')].map((name) => {
            const range = document.createRange()
            range.selectNodeContents(name)
            const mark = all
              .find(({ style }) => style.gridRow === name.style.gridRow)
              ?.getBoundingClientRect()
            return middleOf(range.getBoundingClientRect()) - ((mark?.top ?? 0) + (mark?.bottom ?? 0)) / 2
          })
        }, `data:image/png;base64,${picture}`)
        expect(names).toHaveLength(6)
        for (const off of names) expect(Math.abs(off), JSON.stringify(names)).toBeLessThan(0.9)
        // The white behind a name ends at a whole px, and would cut into a mark that is drawn before it.
        const [drawn = ''] = await contentOf(`${cwd}/out/one-pager/a0.pdf`)
        expect(drawn.lastIndexOf(' c\n')).toBeGreaterThan(drawn.lastIndexOf(' Tj'))
      })
    })
  })

  test.each(tracks)('of five tracks has the names of %s beside its own rail alone', async (track) => {
    const ids = ranks.map((rank) => idOf(track, rank)).join(',')
    await made(joined, ['--only', 'one-pager', '--format', 'html', '--level', ids], async (cwd) => {
      await withPage(async (page) => {
        await show(page, `${cwd}/out/one-pager/${idOf(track, 'Senior')}.html`, 1000)
        const { names, marks } = await partsOf(page)
        expect(names).toHaveLength(3)
        const nearest = names.map((name) => {
          const apart = (mark: MapParts['marks'][number]) =>
            Math.max(mark.left - name.right, name.left - mark.right)
          return marks.toSorted((a, b) => apart(a) - apart(b))[0]?.accent
        })
        expect(new Set(nearest)).toEqual(new Set([`accent-${tracks.indexOf(track) + 1}`]))
      })
    })
  })

  test.each(tracks)(
    'of five tracks has the names of the other four over their rails, for %s',
    async (track) => {
      const ids = ranks.map((rank) => idOf(track, rank)).join(',')
      await made(joined, ['--only', 'one-pager', '--format', 'html', '--level', ids], async (cwd) => {
        await withPage(async (page) => {
          await show(page, `${cwd}/out/one-pager/${idOf(track, 'Senior')}.html`, 1000)
          const found = await page.evaluate(() => {
            const middle = (element: Element) => {
              const { left, right } = element.getBoundingClientRect()
              return (left + right) / 2
            }
            const range = document.createRange()
            const rowsOf = [...document.querySelectorAll('.map-name')].map((name) =>
              name.getBoundingClientRect(),
            )
            const marks = [...document.querySelectorAll('.map-mark .mark')]
            return [...document.querySelectorAll('.map-head')].map((head) => {
              const leader = head.nextElementSibling as Element
              const below = marks.filter((mark) => Math.abs(middle(mark) - middle(leader)) < 1)
              range.selectNodeContents(head)
              const own = range.getBoundingClientRect()
              const title = document.querySelector('h1')?.getBoundingClientRect()
              return {
                name: head.textContent?.trim(),
                accents: [
                  ...new Set(
                    below.map((mark) => [...mark.classList].find((name) => name.startsWith('accent'))),
                  ),
                ],
                isClear:
                  own.left > (title?.left ?? 0) + 200 && rowsOf.every((name) => own.bottom <= name.top + 1),
              }
            })
          })
          expect(found).toHaveLength(4)
          for (const { name, accents, isClear } of found) {
            const at = tracks.findIndex((other) => name === `${other} and everything around it`)
            expect([name, accents, isClear]).toEqual([name, [`accent-${at + 1}`], true])
          }
        })
      })
    },
  )

  test('leaves out tracks that no line joins with its own', async () => {
    const chained = [
      'title: Ladder',
      'edition: "1"',
      'tracks:',
      ...['a', 'b', 'c'].flatMap((track) => [
        `  - id: ${track}`,
        `    name: Track ${track}`,
        '    levels:',
        ...[1, 2].map((n) => {
          const equivalent = new Map([
            ['b1', 'a1'],
            ['c2', 'b2'],
          ]).get(`${track}${n}`)
          const more = equivalent === undefined ? '' : `, equivalent: ${equivalent}`
          return `      - { id: ${track}${n}, title: Level ${track}${n}, statements: Does what is asked${more} }`
        }),
      ]),
      '',
    ].join('\n')
    const args = ['--only', 'one-pager', '--format', 'html', '--level', 'a1,b1']
    await made(chained, args, async (cwd) => {
      await withPage(async (page) => {
        const accentsOf = async (level: string) => {
          await show(page, `${cwd}/out/one-pager/${level}.html`, 1000)
          const { marks } = await partsOf(page)
          return [...new Set(marks.map(({ accent }) => accent))].toSorted()
        }
        expect(await accentsOf('a1')).toEqual(['accent-1', 'accent-2'])
        expect(await accentsOf('b1')).toEqual(['accent-1', 'accent-2', 'accent-3'])
      })
    })
  })
})

/** Engineers between managers and architects, who both open from levels of theirs; the highest of each is not described. */
const forked = [
  'title: Ladder',
  'edition: "1"',
  'tracks:',
  ...[
    { id: 'mg', name: 'Managers', from: 'e3' },
    { id: 'e', name: 'Engineers', from: null },
    { id: 'ar', name: 'Architects', from: 'e2' },
  ].flatMap(({ id, name, from }) => [
    `  - id: ${id}`,
    `    name: ${name}`,
    ...(from === null ? [] : [`    opens-from: [${from}]`]),
    '    levels:',
    ...[1, 2, 3].map((n) => `      - { id: ${id}${n}, title: ${name} ${n}, statements: Does what is asked }`),
    `      - { id: ${id}4, title: ${name} 4, described: false }`,
  ]),
  '',
].join('\n')

test('where a screen has rails one below the other, words say what the lines between them say', async () => {
  await made(smallLadder, ['--only', 'poster', '--format', 'html'], async (cwd) => {
    await withPage(async (page) => {
      const saidAt = async (width: number) => {
        await show(page, `${cwd}/out/poster.html`, width)
        return page.evaluate(() => document.body.innerText.replaceAll(/\s+/g, ' '))
      }
      const wide = await saidAt(3400)
      expect(wide).toContain('joins equivalent levels')
      expect(wide).not.toContain('Equivalent to')
      const narrow = await saidAt(390)
      expect(narrow).not.toContain('joins equivalent levels')
      expect(narrow).toContain('A line that ends in a stop has no equivalent.')
      expect(narrow).toContain('Equivalent to Team Lead.')
      expect(narrow).toContain('Equivalent to Senior Engineer.')
    })
  })
})

describe('a fork', () => {
  /** The lines of forks with the marks that their horizontal meets, beside the one that they leave. */
  const forksOn = (page: Page, line: string, marks: string) =>
    page.evaluate(
      (lineSelector, markSelector) => {
        const boxes = [...document.querySelectorAll(markSelector)].map((mark) => {
          const { left, right, top, bottom } = mark.getBoundingClientRect()
          return { x: (left + right) / 2, y: (top + bottom) / 2, half: (right - left) / 2 }
        })
        return [...document.querySelectorAll(lineSelector)].map((fork) => {
          const { left, right, bottom } = fork.getBoundingClientRect()
          const opened = fork.classList.contains('back') ? left : right
          const foot = boxes.filter(({ x, y }) => Math.abs(x - opened) < 4 && y < bottom)
          return {
            // Its bend stands under the rail that opens, and on no mark.
            isUnderRail: foot.length > 0,
            onMark: boxes.some(
              ({ x, y, half }) => Math.abs(x - opened) < half && Math.abs(y - bottom) < half,
            ),
            meets: boxes.filter(
              ({ x, y, half }) => Math.abs(y - bottom) < half && x > left - half && x < right + half,
            ).length,
          }
        })
      },
      line,
      marks,
    )

  test.each([
    { sheet: 'one-pager/e2', width: 1000, line: '.map-fork', marks: '.map-mark .mark', forks: 2, meets: 1 },
    { sheet: 'index', width: 1280, line: '.map-fork', marks: '.map-mark .mark', forks: 2, meets: 1 },
    { sheet: 'index', width: 390, line: '.map-fork', marks: '.map-mark .mark', forks: 2, meets: 1 },
    { sheet: 'poster', width: 3400, line: '.fork', marks: '.rung-mark .mark', forks: 2, meets: null },
    {
      sheet: 'booklet',
      width: 1000,
      line: '.glance-fork.bend',
      marks: '.glance-mark .mark',
      forks: 1,
      meets: null,
    },
  ])(
    'bends into the foot of the rail and ends on no mark: $sheet at $width px',
    async ({ sheet, width, line, marks, forks, meets }) => {
      const args = ['--only', 'one-pager,poster,booklet,index']
      await made(forked, args, async (cwd) => {
        await withPage(async (page) => {
          await show(page, `${cwd}/out/${sheet}.html`, width)
          const found = await forksOn(page, line, marks)
          expect(found.length).toBeGreaterThanOrEqual(forks)
          for (const fork of found) {
            expect(fork).toMatchObject({ isUnderRail: true, onMark: false })
            if (meets !== null) expect(fork.meets).toBe(meets)
            else expect(fork.meets).toBeLessThanOrEqual(1)
          }
        })
      })
    },
  )

  test('is drawn on the cover and in the key of the booklet, up to the mark from below', async () => {
    await made(forked, ['--only', 'booklet'], async (cwd) => {
      const html = await readFile(`${cwd}/out/booklet.html`, 'utf8')
      const drawings = [...html.matchAll(/<svg class="bare-map".*?<\/svg>/gs)].map(([drawing]) => drawing)
      const withForks = drawings.filter((drawing) => drawing.includes('bare-fork'))
      // The cover, the key, and the heads of pages from which one is in sight.
      expect(withForks.length).toBeGreaterThan(2)
      for (const drawing of withForks) {
        const marks = [...drawing.matchAll(/translate\(([\d.-]+) ([\d.-]+)\) scale\(([\d.]+)\)/g)].map(
          ([, x, y, scale]) => [Number(x) + Number(scale) * 5, Number(y) + Number(scale) * 5] as const,
        )
        const paths = [...drawing.matchAll(/class="bare-fork[^"]*" d="([^"]+)"/g)].map(([, d]) => d ?? '')
        expect([marks.length > 0, paths.length > 0]).toEqual([true, true])
        for (const path of paths) {
          const [, corner = '', end] = /Q(\S+ \S+) \S+ \S+V(\S+)$/.exec(path) ?? []
          const [x = 0, y = 0] = corner.split(' ').map(Number)
          expect(Number(end)).toBeLessThan(y)
          expect(marks.some(([left, top]) => Math.hypot(left - x, top - y) < 0.5)).toBe(false)
        }
      }
    })
  })

  /** Six tracks, two of them from the first one, on the second spread of a booklet's map. */
  const overSpreads = (areJoined: boolean) =>
    [
      'title: Ladder',
      'edition: "1"',
      'tracks:',
      ...[
        { id: 'e', from: null },
        { id: 'b', from: null },
        { id: 'c', from: null },
        { id: 'd', from: null },
        { id: 'f', from: 'e2' },
        { id: 'g', from: 'e1' },
      ].flatMap(({ id, from }, at) => [
        `  - id: ${id}`,
        `    name: Track ${id}`,
        ...(from === null ? [] : [`    opens-from: [${from}]`]),
        '    levels:',
        ...[1, 2].map(
          (n) =>
            `      - { id: ${id}${n}, title: Level ${id}${n}, statements: Does it${areJoined && at > 0 && at < 4 ? `, equivalent: e${n}` : ''} }`,
        ),
      ]),
      '',
    ].join('\n')

  test('comes over from another spread of the booklet, with words that say from where', async () => {
    await made(overSpreads(true), ['--only', 'booklet', '--format', 'html'], async (cwd) => {
      await withPage(async (page) => {
        await show(page, `${cwd}/out/booklet.html`, 1000)
        const found = await forksOn(page, '.glance-fork.bend', '.glance-mark .mark')
        expect(found).toHaveLength(2)
        for (const fork of found) expect(fork).toMatchObject({ isUnderRail: true, onMark: false })
        const said = await page.evaluate(() =>
          [...document.querySelectorAll('.glance-opens')].map((words) => [
            words.parentElement?.querySelector('a')?.textContent,
            words.textContent,
          ]),
        )
        expect(said).toEqual([
          ['Level f1', 'Opens from Level e2.'],
          ['Level g1', 'Opens from Level e1.'],
        ])
      })
    })
  })

  test('is said in words where its line would run through levels that have nothing to do with it', async () => {
    await made(overSpreads(false), ['--only', 'booklet', '--format', 'html'], async (cwd) => {
      const html = await readFile(`${cwd}/out/booklet.html`, 'utf8')
      expect(html).not.toContain('<div class="glance-fork')
      expect(html.match(/Opens from Level e\d\./g)).toEqual(['Opens from Level e2.', 'Opens from Level e1.'])
    })
  })

  test('runs through no stop: words say that its level has no equivalent', async () => {
    const stopped = forked.replace('{ id: e1,', '{ id: e1, equivalent: none,')
    const both = stopped.replace('{ id: e2,', '{ id: e2, equivalent: none,')
    await made(both, ['--only', 'poster,index', '--format', 'html'], async (cwd) => {
      await withPage(async (page) => {
        await show(page, `${cwd}/out/index.html`, 1280)
        expect(await page.evaluate(() => document.querySelectorAll('.map-tie.stop').length)).toBe(1)
        await show(page, `${cwd}/out/poster.html`, 3400)
        const found = await page.evaluate(() =>
          [...document.querySelectorAll('.level')]
            .filter(
              (level) =>
                level.matches('.stop') || level.querySelector('.standing')?.textContent?.includes('No '),
            )
            .map((level) => [level.querySelector('h3')?.textContent, level.matches('.stop')]),
        )
        expect(found).toEqual([
          ['Engineers 1', true],
          ['Engineers 2', false],
        ])
      })
    })
  })

  test('stands in the key where one is drawn, and heights are compared only where a line joins tracks', async () => {
    const keyOf = async (ladder: string) => {
      let text = ''
      await made(ladder, ['--only', 'poster', '--format', 'html'], async (cwd) => {
        text = await readFile(`${cwd}/out/poster.html`, 'utf8')
      })
      return text
    }
    const bends = 'A line that bends up into another track'
    expect(await keyOf(forked)).toContain(bends)
    const level = forked.replace('{ id: mg1,', '{ id: mg1, equivalent: e3,').replace('[e2]', '[e3]')
    const other = level.replace('{ id: ar1,', '{ id: ar1, equivalent: e4,').replace('[e3]', '[e2]')
    expect(await keyOf(level.replace('{ id: ar1,', '{ id: ar1, equivalent: e2,'))).not.toContain(bends)
    expect(await keyOf(other)).toContain(bends)
    expect(await keyOf(forked.replaceAll(/ +opens-from.*\n/g, ''))).toContain(
      'equal height does not mean equal seniority',
    )
  })
})

test('what leads up to a level that is not described is dashed on every map', async () => {
  const args = ['--only', 'one-pager,poster,booklet,index']
  await made(forked, args, async (cwd) => {
    const dashed = async (file: string, rail: RegExp) =>
      [...(await readFile(`${cwd}/out/${file}.html`, 'utf8')).matchAll(rail)].length
    // Two halves of each of three rails, or of that of the reader with what it is joined with.
    expect(await dashed('index', /class="map-rail (upper|lower|whole) dashed"/g)).toBe(6)
    expect(await dashed('one-pager/e2', /class="map-rail (upper|lower|whole) dashed"/g)).toBe(6)
    expect(await dashed('poster', /class="level dashed/g)).toBe(3)
    expect(await dashed('booklet', /class="glance-rail dashed"/g)).toBe(3)
    const [, cover = ''] = /class="cover-map"[^>]*>(.*?)<\/svg>/s.exec(
      await readFile(`${cwd}/out/booklet.html`, 'utf8'),
    ) ?? ['', '']
    expect([...cover.matchAll(/class="bare-rail dashed"/g)]).toHaveLength(3)
  })
})

test('names of tracks stand equally far from those of levels, on all rungs of a poster', async () => {
  const names = ['Engineers', 'Engineering managers', 'Product managers', 'Designers', 'Data scientists']
  const ladder = [
    'title: Ladder',
    'edition: "1"',
    'tracks:',
    ...names.flatMap((name, at) => [
      `  - id: t${at}`,
      `    name: ${name}`,
      '    levels:',
      ...[1, 2, 3]
        .slice(at > 2 ? 0 : 1)
        .map(
          (n) => `      - { id: t${at}-${n}, title: Senior Principal ${n}, statements: Does it, rung: ${n} }`,
        ),
    ]),
    '',
  ].join('\n')
  await made(ladder, ['--only', 'poster', '--format', 'html'], async (cwd) => {
    await withPage(async (page) => {
      await show(page, `${cwd}/out/poster.html`, 3400)
      const gaps = await page.evaluate(() =>
        [...document.querySelectorAll('.level:has(.rail-name)')].map((level) => {
          const bottomOf = (selector: string) => {
            const range = document.createRange()
            range.selectNodeContents(level.querySelector(selector) as Element)
            return range.getBoundingClientRect()
          }
          return Math.round(bottomOf('h3').top - bottomOf('.rail-name').bottom)
        }),
      )
      expect(gaps).toHaveLength(10)
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1)
    })
  })
})

test('in the small map over a page of the booklet a mark hides no rung but its own', async () => {
  const levels = Array.from(
    { length: 12 },
    (_, n) => `      - { id: l${n}, title: Level ${n}, statements: Builds }`,
  )
  const ladder = [
    'title: Ladder',
    'edition: "1"',
    'tracks:',
    '  - id: a',
    '    name: A',
    '    levels:',
    ...levels,
    '',
  ]
  await made(ladder.join('\n'), ['--only', 'booklet', '--format', 'html'], async (cwd) => {
    const html = await readFile(`${cwd}/out/booklet.html`, 'utf8')
    const drawings = [...html.matchAll(/<header class="running".*?<\/svg>/gs)].map(([drawing]) => drawing)
    expect(drawings.length).toBeGreaterThan(8)
    for (const drawing of drawings) {
      const rungs = [...drawing.matchAll(/class="bare-rung[^"]*" d="M\S+ ([\d.]+)L/g)].map(([, y]) =>
        Number(y),
      )
      expect(rungs.length).toBeGreaterThan(1)
      const scale = Number(/scale\(([\d.]+)\)/.exec(drawing)?.[1])
      const apart = rungs.toSorted((a, b) => a - b).map((y, at, all) => y - (all[at - 1] ?? -Infinity))
      // The mark reaches half of its box of 10 to either side; a line is 0.2 mm.
      expect(Math.min(...apart) - 5 * scale).toBeGreaterThan(0.2)
    }
  })
})

describe('the map of the index', () => {
  test.each([390, 1280])(
    'at %s px has a line in sight between each name and the next rail',
    async (width) => {
      await made(joined, ['--only', 'one-pager,index', '--format', 'html'], async (cwd) => {
        await withPage(async (page) => {
          await show(page, `${cwd}/out/index.html`, width)
          const { names, marks } = await partsOf(page)
          expect(names).toHaveLength(15)
          const gaps = names.map((name) => {
            const next = marks.filter(
              (mark) => mark.left >= name.left && Math.abs(mark.middle - name.middle) < 3,
            )
            return Math.min(...next.map((mark) => mark.left)) - name.right
          })
          expect(Math.min(...gaps)).toBeGreaterThan(8)
          // What is wider than the page scrolls in a box of its own, which the keyboard reaches.
          const found = await page.evaluate(() => ({
            page: document.documentElement.scrollWidth,
            reached: document.querySelector<HTMLElement>('.ladder-map')?.tabIndex,
          }))
          expect(found).toEqual({ page: width, reached: 0 })
        })
      })
    },
  )
})

test('a poster keeps the names of a rung on one line where names of tracks stand over them', async () => {
  await made(joined, ['--only', 'poster', '--format', 'html'], async (cwd) => {
    await withPage(async (page) => {
      // As wide as the sheet and more: on a narrower screen names take more lines.
      await show(page, `${cwd}/out/poster.html`, 3400)
      const rungs = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.level')].map((level) => ({
          row: level.style.gridRow,
          top: Math.round(level.querySelector('h3')?.getBoundingClientRect().top ?? 0),
          name: Number.parseFloat(getComputedStyle(level.querySelector('h3') as Element).fontSize),
          label: Number.parseFloat(
            getComputedStyle(level.querySelector('.rail-name') ?? document.body).fontSize,
          ),
        })),
      )
      for (const row of ['1', '2', '3']) {
        const own = rungs.filter((level) => level.row.startsWith(row))
        expect([row, new Set(own.map(({ top }) => top)).size]).toEqual([row, 1])
      }
      expect(rungs.every(({ label, name }) => label < name)).toBe(true)
    })
  })
})

test('the key speaks of stops only where a line ends in one', async () => {
  const keyOf = async (ladder: string) => {
    let text = ''
    await made(ladder, ['--only', 'poster', '--format', 'html'], async (cwd) => {
      await withPage(async (page) => {
        await show(page, `${cwd}/out/poster.html`, 3000)
        text = await page.evaluate(() => document.querySelector('.notes')?.textContent ?? '')
      })
    })
    return text
  }
  const key = await keyOf(joined)
  expect(key).toContain('A line that carries on into another track joins equivalent levels.')
  expect(key).not.toContain('stop')
  const stop = joined.replace('equivalent: research-principal', 'equivalent: none')
  expect(await keyOf(stop)).toContain('one that ends in a stop has no equivalent')
})

test('the index has steps by track, and pairs of equivalents by the tracks they join', async () => {
  await made(joined, ['--only', 'next-step,index', '--format', 'html'], async (cwd) => {
    await withPage(async (page) => {
      await show(page, `${cwd}/out/index.html`, 1280)
      const groups = await page.evaluate(() =>
        [...document.querySelectorAll('.compare h3')].map((heading) => heading.textContent?.trim()),
      )
      expect(groups.slice(0, 5)).toEqual(tracks.map((track) => `${track} and everything around it`))
      expect(groups[5]).toBe('Engineering and everything around it and Data and everything around it')
    })
  })
})

/** A track that begins a rung above another, so that the poster has a void at its foot. */
const withVoid = (intro: string, dimensions: number, words: number) =>
  [
    'title: سلم',
    'locale: ar',
    'edition: "1"',
    'tracks:',
    ...['a', 'b'].flatMap((track, at) => [
      `  - id: ${track}`,
      `    name: Track ${track}`,
      `    intro: ${intro}`,
      '    dimensions:',
      ...Array.from({ length: dimensions }, (_, n) => `      - { id: ${track}${n}, name: Part ${n} }`),
      '    levels:',
      ...Array.from({ length: 6 - at }, (_, n) => [
        `      - id: ${track}-${n + at}`,
        `        title: Level ${n + at}`,
        '        summary: Says in a sentence what somebody at this level is trusted with',
        ...(at === 1 ? [`        equivalent: a-${n + 1}`] : []),
        '        expectations:',
        ...Array.from(
          { length: dimensions },
          (__, d) => `          ${track}${d}: ${'does part of it '.repeat(words).trim()}`,
        ),
      ]).flat(),
    ]),
    '',
  ].join('\n')

test('introductions that would stretch the lowest rung stand in two columns, or at the foot of the poster', async () => {
  const placeOf = async (intro: string) => {
    let place = ''
    await made(withVoid(intro, 2, 3), ['--only', 'poster', '--format', 'html'], async (cwd) => {
      await withPage(async (page) => {
        await show(page, `${cwd}/out/poster.html`, 3000)
        place = await page.evaluate(() => document.querySelector('.notes')?.className ?? '')
      })
    })
    return place
  }
  expect(await placeOf('Short')).toBe('notes in-void')
  const sentence = 'It says a good deal of what the track is about. '
  expect(await placeOf(sentence.repeat(4))).toBe('notes in-void in-columns')
  expect(await placeOf(sentence.repeat(14))).toBe('notes in-band')
})

test('a poster takes smaller names before it leaves statements out', async () => {
  const setAs = async (words: number) => {
    let found: object = {}
    await made(withVoid('Short', 6, words), ['--only', 'poster', '--format', 'html'], async (cwd) => {
      await withPage(async (page) => {
        await show(page, `${cwd}/out/poster.html`, 3000)
        found = await page.evaluate(() => ({
          depth: document.documentElement.dataset['depth'],
          name: document.documentElement.style.getPropertyValue('--name-size'),
        }))
      })
    })
    return found
  }
  expect(await setAs(10)).toEqual({ depth: 'everything', name: '40' })
  expect(await setAs(15)).toEqual({ depth: 'everything', name: '28' })
})

test('the line of 100 mm is as large as the foot, and reads so in text from right to left', async () => {
  await made(withVoid('Short', 2, 3), ['--only', 'poster', '--format', 'html'], async (cwd) => {
    await withPage(async (page) => {
      await show(page, `${cwd}/out/poster.html`, 3000)
      const found = await page.evaluate(() => {
        const line = document.querySelector('.scale-line') as Element
        const foot = document.querySelector('.foot-line') as Element
        const { fontSize, direction } = getComputedStyle(line)
        return { isAsLarge: fontSize === getComputedStyle(foot).fontSize, direction }
      })
      expect(found).toEqual({ isAsLarge: true, direction: 'ltr' })
    })
  })
})

test('the index counts what could not be made', async () => {
  await inFolder(async (cwd) => {
    const levels = Array.from(
      { length: 60 },
      (_, n) => `      - { id: l${n}, title: Level ${n}, statements: Builds things }`,
    )
    const ladder = ['title: Ladder', 'edition: "1"', 'tracks:', '  - id: a', '    name: A', '    levels:']
    await write(cwd, { 'ladder.yaml': [...ladder, ...levels, ''].join('\n') })
    const args = [
      '--only',
      'one-pager,poster,index',
      '--level',
      'l1',
      '--paper',
      'poster=A5',
      '--format',
      'html',
    ]
    const { code } = await ladderpress(['build', 'ladder.yaml', '--quiet', ...args], { cwd })
    expect(code).toBe(1)
    expect(await readFile(`${cwd}/out/index.html`, 'utf8')).toContain('Errors: 1, warnings: 0, notes: 0')
  })
})

describe('many tracks that nothing joins', () => {
  const many = Array.from({ length: 24 }, (_, at) => `Trade ${String.fromCharCode(65 + at)}`)
  const ladder = [
    'title: Ladder',
    'edition: "1"',
    'tracks:',
    ...many.flatMap((name, at) => [
      `  - id: t${at}`,
      `    name: ${name}`,
      '    levels:',
      ...['Apprentice', 'Journeyman', 'Master'].flatMap((rank, level) => [
        `      - id: t${at}-${level}`,
        `        title: ${name} ${rank}`,
        '        statements: Does what is asked',
      ]),
    ]),
    '',
  ].join('\n')

  test('stand in columns on the poster, each whole, and inside the sheet', async () => {
    await made(ladder, ['--only', 'poster'], async (cwd) => {
      const { pages, texts } = await pdf(join(cwd, 'out', 'poster.pdf'))
      expect(pages).toBe(1)
      const said = texts.join('').replaceAll(/\s/g, '')
      for (const name of many) expect(said).toContain(`${name}Journeyman`.replaceAll(' ', ''))
      await withPage(async (page) => {
        await page.emulateMediaType('print')
        await show(page, join(cwd, 'out', 'poster.html'), 3200)
        const found = await page.evaluate(() => {
          const sheet = document.querySelector('.sheet')?.getBoundingClientRect()
          const blocks = [...document.querySelectorAll('.block')].map((block) =>
            block.getBoundingClientRect(),
          )
          return {
            columns: new Set(blocks.map(({ left }) => Math.round(left))).size,
            inside: blocks.every(
              ({ left, right, bottom }) =>
                sheet && left >= sheet.left && right <= sheet.right && bottom <= sheet.bottom,
            ),
            // A block that is cut would be as wide as several columns.
            widths: new Set(blocks.map(({ width }) => Math.round(width))).size,
          }
        })
        expect(found.columns).toBeGreaterThan(3)
        expect(found).toMatchObject({ inside: true, widths: 1 })
      })
    })
  })

  test('stand in columns on the index, which leads to its parts, and the key does not name all of them', async () => {
    await made(ladder, ['--only', 'one-pager,matrix,index', '--format', 'html'], async (cwd) => {
      await withPage(async (page) => {
        await show(page, join(cwd, 'out', 'index.html'), 1280)
        const found = await page.evaluate(() => {
          const maps = [...document.querySelectorAll('.ladder-map .map')].map(
            (map) => map.getBoundingClientRect().left,
          )
          const jumps = [...document.querySelectorAll<HTMLAnchorElement>('.jumps a')].map((link) => link.hash)
          return {
            columns: new Set(maps.map(Math.round)).size,
            jumps,
            lead: jumps.every((hash) => document.querySelector(hash)),
          }
        })
        expect(found.columns).toBeGreaterThan(2)
        expect(found.jumps).toEqual(['#index_send', '#index_table'])
        expect(found.lead).toBe(true)
      })
    })
  })

  test('have their names on the map of the index where marks come again, and pairs of levels are folded', async () => {
    await made(ladder, ['--only', 'one-pager,next-step,index', '--format', 'html'], async (cwd) => {
      await withPage(async (page) => {
        await show(page, join(cwd, 'out', 'index.html'), 1280)
        const names = await page.evaluate(() =>
          [...document.querySelectorAll('.map-block')].map((block) => [
            block.querySelector('.map-tracks')?.textContent?.trim(),
            block.querySelectorAll('.map-name a').length,
          ]),
        )
        expect(names).toEqual(many.map((name) => [name, 3]))
        const shown = () =>
          page.evaluate(
            () =>
              [...document.querySelectorAll('.compare li')].filter((pair) => pair.checkVisibility()).length,
          )
        expect(await shown()).toBe(0)
        await page.click('.compare summary')
        expect(await shown()).toBe(2)
        // What the map leads to is in sight, and on paper all is.
        const sections = await page.evaluate(() =>
          [...document.querySelectorAll('.send li')].every((level) => level.checkVisibility()),
        )
        expect(sections).toBe(true)
        await page.emulateMediaType('print')
        const high = await page.evaluate(() =>
          [...document.querySelectorAll('.compare li')].every(
            (pair) => pair.getBoundingClientRect().height > 5,
          ),
        )
        expect(high).toBe(true)
        await page.emulateMediaType('screen')
        await page.evaluate(
          await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
        )
        const { violations } = (await page.evaluate(
          "axe.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
        )) as AxeResults
        expect(violations.map(({ id }) => id)).toEqual([])
      })
    })
  })

  test('have marks on the cover of the booklet that do not touch, and no picture where they would be dots', async () => {
    const cover = (text: string) =>
      made(text, ['--only', 'booklet', '--format', 'html'], (cwd) =>
        withPage(async (page) => {
          await page.emulateMediaType('print')
          await show(page, join(cwd, 'out', 'booklet.html'), 1280)
          return page.evaluate(() => {
            const boxes = [...document.querySelectorAll('.cover-map .bare-mark')].map((mark) =>
              mark.getBoundingClientRect(),
            )
            const touch = boxes.filter((one, at) =>
              boxes
                .slice(at + 1)
                .some(
                  (other) =>
                    one.left < other.right &&
                    other.left < one.right &&
                    one.top < other.bottom &&
                    other.top < one.bottom,
                ),
            )
            return { marks: boxes.length, touch: touch.length }
          })
        }),
      )
    const crowd = (count: number) =>
      [
        'title: Ladder',
        'tracks:',
        ...Array.from({ length: count }, (_, at) => [
          `  - { id: t${at}, name: Trade ${at}, levels: [{ id: l${at}, title: Level ${at}, statements: Does it }] }`,
        ]).flat(),
        '',
      ].join('\n')
    expect(await cover(crowd(60))).toEqual({ marks: 60, touch: 0 })
    expect(await cover(crowd(90))).toEqual({ marks: 0, touch: 0 })
  })
})

/** A line that joins the lowest levels of the first and the last track; those between begin one rung higher. */
const passed = (count: number) =>
  [
    'title: Ladder',
    'edition: "1"',
    'tracks:',
    ...Array.from({ length: count }, (_, at) => [
      `  - id: t${at}`,
      `    name: Track ${at}`,
      '    levels:',
      ...(at === 0 ? ['      - { id: low0, title: Low 0, statements: Helps }'] : []),
      ...(at === count - 1
        ? [`      - { id: low${at}, title: Low ${at}, statements: Helps, equivalent: low0 }`]
        : []),
      `      - { id: high${at}, title: High ${at}, statements: Leads${at === 0 ? '' : ', equivalent: high0'} }`,
      ...(at < 2
        ? [
            `      - { id: top${at}, title: Top ${at}, statements: Leads all${at === 0 ? '' : ', equivalent: top0'} }`,
          ]
        : []),
    ]).flat(),
    '',
  ].join('\n')

test('a line of the map over two pages runs on through tracks without a level there, and no further than what it joins', async () => {
  await made(passed(9), ['--only', 'booklet'], async (cwd) => {
    await withPage(async (page) => {
      await show(page, `${cwd}/out/booklet.html`, 1000)
      const pages = await page.evaluate(() =>
        [...document.querySelectorAll('.glance-grid')].map((grid) => {
          const { left, right } = grid.getBoundingClientRect()
          const lines = [...grid.querySelectorAll('.glance-line, .glance-tie')]
            .map((line) => line.getBoundingClientRect())
            .toSorted((a, b) => a.left - b.left)
          // How far a line runs, over no gap that is wider than a mark, as parts of the width of the text.
          const along = (top: number) => {
            const own = lines.filter((line) => Math.abs(line.top - top) < 1)
            const start = own[0]?.left ?? right
            const end = own.reduce(
              (reach, line) =>
                line.left < reach + (right - left) * 0.03 ? Math.max(reach, line.right) : reach,
              start,
            )
            return { start: (start - left) / (right - left), end: (end - left) / (right - left) }
          }
          const tops = lines.map(({ top }) => top)
          return { highest: along(Math.min(...tops)), lowest: along(Math.max(...tops)) }
        }),
      )
      expect(pages).toHaveLength(5)
      for (const { lowest } of pages) {
        expect(lowest.start).toBeLessThan(0.05)
        expect(lowest.end).toBeCloseTo(1, 2)
      }
      // Joins the two tracks of the first page, and none of the next.
      expect(pages[0]?.highest.end).toBeGreaterThan(0.6)
      expect(pages[0]?.highest.end).toBeLessThan(0.95)
    })
  })
})

test('a rail of the poster ends above a line that runs below it, for it does not open there', async () => {
  await made(passed(3), ['--only', 'poster', '--format', 'html'], async (cwd) => {
    await withPage(async (page) => {
      for (const width of [1300, 3400]) {
        await show(page, `${cwd}/out/poster.html`, width)
        const distances = await page.evaluate(() => {
          const line = document.querySelector('.tie')?.getBoundingClientRect().top ?? 0
          return ['high0', 'high1', 'high2'].map((id) => {
            const level = document.querySelector(`[data-ref="${id}/title"]`)?.closest('.level') as Element
            const before = getComputedStyle(level, '::before')
            const drawn = parseFloat(getComputedStyle(level).borderInlineStartWidth)
            const lift = drawn > 0 ? 0 : parseFloat(before.bottom)
            return line - (level.getBoundingClientRect().bottom - lift)
          })
        })
        expect(distances[0]).toBeLessThan(3)
        expect(distances[1]).toBeGreaterThan(6)
        expect(distances[2]).toBeLessThan(3)
      }
    })
  })
})

describe('a poster on screens narrower than its paper', () => {
  const opened = [
    'title: Ladder',
    'edition: "1"',
    'tracks:',
    '  - id: ic',
    '    name: Individual contributors',
    '    levels:',
    '      - { id: e1, title: Engineer, statements: Does what is asked }',
    '      - { id: e2, title: Senior Engineer, statements: Does what is asked }',
    '      - { id: e3, title: Staff Software Engineer, statements: Does what is asked }',
    '  - id: mg',
    '    name: Managers',
    '    opens-from: [e2]',
    '    levels:',
    '      - { id: m1, title: Engineering Manager, statements: Does what is asked }',
    '      - { id: m2, title: Director, statements: Does what is asked }',
    '',
  ].join('\n')

  test('draws forks wherever rails stand side by side, and speaks of them only there', async () => {
    await made(opened, ['--only', 'poster', '--format', 'html'], async (cwd) => {
      await withPage(async (page) => {
        const at = async (width: number) => {
          await show(page, `${cwd}/out/poster.html`, width)
          return page.evaluate(() => {
            const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect()
            const [fork, rail] = [box('.fork'), box('.rail:last-of-type')]
            const level = document.querySelector('[data-ref="e2/title"]')?.closest('.level')
            const rung = level?.querySelector('.rung')?.getBoundingClientRect()
            const key = [...document.querySelectorAll<HTMLElement>('.note')].at(-1)
            return {
              abreast: (rail?.left ?? 0) > 300,
              // Down to the rung that it leaves, up in the rail that opens.
              bends:
                (fork?.height ?? 0) > 5 &&
                Math.abs((fork?.bottom ?? 0) - (rung?.bottom ?? 0)) < 2 &&
                Math.abs((fork?.right ?? 0) - (rail?.left ?? 0)) < 8,
              told: key?.innerText.includes('A line that bends up') ?? false,
              read: /Every line is a rung; higher is more senior\.(?!\s{2})/.test(key?.innerText ?? ''),
            }
          })
        }
        for (const width of [800, 1024, 1200, 1201, 3400])
          expect(await at(width), `${width}`).toEqual({ abreast: true, bends: true, told: true, read: true })
        for (const width of [390, 760])
          expect(await at(width), `${width}`).toEqual({
            abreast: false,
            bends: false,
            told: false,
            read: true,
          })
        await page.emulateMediaType('print')
        expect(await at(390)).toMatchObject({ bends: true, told: true })
      })
    })
  })

  test('has the names of levels on one line along their rung', async () => {
    // On paper the names of tracks have room beside those of levels.
    const much = Array.from(
      { length: 14 },
      () => 'Does what is asked, and says so to all whom it concerns',
    ).join('. ')
    const told = opened
      .replace('Staff Software', 'Staff')
      .replace('Engineering Manager', 'Manager')
      .replaceAll('Does what is asked', `"${much}"`)
    await made(told, ['--only', 'poster', '--format', 'html'], async (cwd) => {
      await withPage(async (page) => {
        for (const width of [780, 800, 900, 1024, 1210]) {
          await show(page, `${cwd}/out/poster.html`, width)
          const tops = await page.evaluate(() =>
            ['e3', 'm1'].map(
              (id) => document.querySelector(`[data-ref="${id}/title"]`)?.getBoundingClientRect().top ?? 0,
            ),
          )
          expect(Math.abs((tops[0] ?? 0) - (tops[1] ?? 0)), `${width}`).toBeLessThan(1)
        }
      })
    })
  })
})
