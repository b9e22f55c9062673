import { chmod, mkdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

import type { AxeResults } from 'axe-core'
import type { Page } from 'puppeteer'
import { describe, expect, test } from 'vitest'

import { openSession } from '../../src/browser/session.ts'
import { createPreview } from '../../src/build/preview.ts'
import { withPage } from '../support/browser.ts'
import { startCanary } from '../support/canary.ts'
import { inFolder, ladderpress, root, run } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'
import { edit, following, whilePreviewing, whileRunning, type Running } from '../support/preview.ts'
import { browsersOf, profilesOf } from '../support/processes.ts'

/** The text of the sheet that is on the screen. */
const sheetSays = (words: string) =>
  `document.querySelector('iframe.sheet.there')?.contentDocument.body.textContent.includes(${JSON.stringify(words)})`

const waitForSheet = (page: Page, words: string) => page.waitForFunction(sheetSays(words))

const textOf = (page: Page, selector: string) =>
  page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText`) as Promise<string>

/** A preview of the small ladder, or another, and a page that shows one of its sheets. */
function withPreview(
  sheet: string,
  work: (page: Page, running: Running & { address: string }) => Promise<void>,
  {
    width = 1440,
    height = 900,
    ...options
  }: Parameters<typeof whilePreviewing>[1] & { width?: number; height?: number } = {},
): Promise<void> {
  return whilePreviewing(
    (running) =>
      withPage(async (page) => {
        const problems: string[] = []
        page.on('console', (message) => {
          if (message.type() === 'error') problems.push(message.text())
        })
        page.on('pageerror', (error) => problems.push(String(error)))
        await page.setViewport({ width, height, isMobile: width < 500, hasTouch: width < 500 })
        await page.goto(`${running.address}#${sheet}`, { waitUntil: 'load' })
        await page.waitForSelector('iframe.sheet.there')
        await work(page, running)
        expect(problems).toEqual([])
      }),
    options,
  )
}

/** A ladder of which a booklet and all one-pagers take some seconds to print, and to finish. */
const longLadder = `${smallLadder}  - id: a
    name: Track a
    levels:
${Array.from(
  { length: 60 },
  (_, level) => `      - id: a${level}
        title: A ${level}
        equivalent: none
        statements: |
${'          - Reviews words for somebody else\n'.repeat(20)}`,
).join('')}`

describe('a preview', () => {
  test('shows the map, all sheets, and the open one at the size of its paper', async () => {
    await withPreview('one-pager/engineer', async (page, { until }) => {
      await waitForSheet(page, 'Builds things')
      expect(await textOf(page, 'h1')).toBe('Engineer')
      const list = await textOf(page, '#list')
      for (const words of [
        'Poster',
        'Matrices',
        'Engineers',
        'Senior Engineer',
        'Team Lead',
        'Next steps',
        'Booklet',
      ])
        expect(list).toContain(words)
      expect(await textOf(page, '#map')).toContain('Team Lead')
      const [width, height, scale] = (await page.evaluate(`(() => {
        const frame = document.querySelector('iframe.sheet.there')
        const { width, height } = frame.contentDocument.querySelector('.sheet').getBoundingClientRect()
        return [width, height, frame.getBoundingClientRect().width / frame.offsetWidth]
      })()`)) as [number, number, number]
      expect(width).toBeCloseTo((210 / 25.4) * 96, 0)
      expect(Math.abs(height - (297 / 25.4) * 96)).toBeLessThan(2)
      expect(scale).toBe(1)
      expect(await textOf(page, '#fit')).toMatch(/Size\s+11\.5 pt[^]*Full\s+\d+ %[^]*To spare\s+\d+ words/)
      // To one scale: the poster is four A4 pages high less two and a half.
      const outlines = (await page.evaluate(
        `[...document.querySelectorAll('#list .paper')].map((paper) => paper.height.baseVal.value)`,
      )) as number[]
      expect((outlines[0] ?? 0) / (outlines[3] ?? 1)).toBeCloseTo(841 / 297, 1)
      await until(/Ctrl-C ends it/)
    })
  })

  test('leads from the map, and from sheet to sheet', async () => {
    await withPreview('one-pager/engineer', async (page) => {
      // What is clicked must not move any more.
      await waitForSheet(page, 'Builds things')
      await page.click('#map a[href="#one-pager/lead"]')
      await waitForSheet(page, 'Holds 1:1s')
      expect(await textOf(page, 'h1')).toBe('Team Lead')
      await page.click('#list a[href="#matrix/ic"]')
      await waitForSheet(page, 'Teaches others')
    })
  })

  test('leads by the links of a sheet: within it, to other sheets, and elsewhere in a tab of its own', async () => {
    const canary = await startCanary()
    const own = await readFile('templates/one-pager.hbs', 'utf8')
    const links = ['lead.html', 'nobody.html', 'javascript:window.hit=1', 'file:///etc/passwd']
    const files = {
      'ladder.yaml': smallLadder.replace('Builds things', `"Builds [things](http://${canary.web}/guide)"`),
      'templates/one-pager.hbs': `${links.map((href) => `<a style="position: absolute; top: 0" href="${href}"></a>`).join('')}${own}`,
    }
    try {
      await withPreview(
        'one-pager/engineer',
        async (page) => {
          const click = (href: string) =>
            page.evaluate(
              `document.querySelector('iframe.sheet.there').contentDocument.querySelector('a[href^="${href}"]').click()`,
            )
          const tabs = () =>
            page
              .browser()
              .targets()
              .map((target) => target.url())
          await waitForSheet(page, 'Builds things')
          const before = tabs().length
          for (const href of links.slice(1)) await click(href)
          await click('http')
          await expect.poll(() => canary.heard(), { timeout: 20_000 }).toContain('guide')
          await expect.poll(tabs).toContain(`http://${canary.web}/guide`)
          expect(tabs()).toHaveLength(before + 1)
          expect(await textOf(page, 'h1')).toBe('Engineer')
          expect(await page.evaluate(`[window, frames[0]].map((one) => 'hit' in one)`)).toEqual([
            false,
            false,
          ])
          await click('lead')
          await waitForSheet(page, 'Holds 1:1s')
          expect(await page.evaluate('location.hash')).toBe('#one-pager/lead')
          await page.evaluate(`location.hash = 'booklet'`)
          await page.waitForFunction(`document.querySelector('#page-number').innerText.startsWith('1 of')`)
          await click('#')
          await page.waitForFunction(`document.querySelector('#desk').scrollTop > 0`)
          expect(await page.evaluate('location.hash')).toBe('#booklet')
        },
        { files },
      )
    } finally {
      await canary.close()
    }
  })

  test('is as it was left when it is opened again: zoom, grey and keys; and says when it has ended', async () => {
    await withPreview('one-pager/engineer', async (page, { stop }) => {
      await waitForSheet(page, 'Builds things')
      for (const key of ['+', 'g', '?'] as const) await page.keyboard.press(key)
      await page.click('#keys-on')
      await page.reload()
      await waitForSheet(page, 'Builds things')
      expect(await textOf(page, '#zoom-real')).toBe('110 %')
      expect(await page.$('#grey[aria-pressed="true"]')).not.toBeNull()
      await page.keyboard.press('g')
      expect(await page.$('#grey[aria-pressed="true"]')).not.toBeNull()
      expect(await stop()).toBe(130)
      await page.waitForFunction(`document.querySelector('#status').innerText.startsWith('Not connected')`)
      expect(await page.evaluate(sheetSays('Builds things'))).toBe(true)
    })
  })

  test('names every level on the map, and ends a line without an equivalent at its own rail', async () => {
    const files = {
      'ladder.yaml': `${smallLadder}      - id: head
        title: Team Lead 2
        equivalent: none
        statements: Leads leads
`,
    }
    await withPreview(
      'one-pager/engineer',
      async (page) => {
        await page.waitForSelector('#map .map-tie.stop')
        expect((await textOf(page, '#map')).split('\n')).toContain('Team Lead 2')
        const distances = (await page.evaluate(`(() => {
          const middle = (element) => {
            const { left, right } = element.getBoundingClientRect()
            return (left + right) / 2
          }
          return [...document.querySelectorAll('#map .map-tie.stop')].map((stop) => {
            const { left, right } = stop.getBoundingClientRect()
            const own = [...document.querySelectorAll('#map .map-mark')].find((mark) => mark.style.gridRow === stop.style.gridRow)
            return Math.min(Math.abs(left - middle(own)), Math.abs(right - middle(own)))
          })
        })()`)) as number[]
        expect(distances).toHaveLength(2)
        expect(Math.max(...distances)).toBeLessThan(1)
      },
      { files },
    )
  })

  test('folds a map that would keep a long list out of sight, and keeps the row of the open sheet in it', async () => {
    const levels = Array.from(
      { length: 60 },
      (_, at) => `      - { id: l${at}, title: Level ${at}, statements: Does part ${at} }\n`,
    )
    const ladder = `title: Ladder\ntracks:\n  - id: a\n    name: Track\n    levels:\n${levels.join('')}`
    await withPreview(
      'one-pager/l0',
      async (page) => {
        await waitForSheet(page, 'Does part 0')
        expect(await page.$('#map-fold:not([open])')).not.toBeNull()
        const inSight = `(() => {
          const [row, list] = ['#list a[aria-current]', '#sheets'].map((one) => document.querySelector(one).getBoundingClientRect())
          return row.top >= list.top && row.bottom <= list.bottom
        })()`
        expect(await page.evaluate(inSight)).toBe(true)
        for (let at = 1; at <= 40; at += 1) {
          await page.keyboard.press('j')
          await page.waitForFunction(`document.querySelector('h1').innerText === 'Level ${at}'`)
        }
        expect(await page.evaluate(inSight)).toBe(true)
        await page.click('#map-fold summary')
        expect(await textOf(page, '#map')).toContain('Level 59')
      },
      { files: { 'ladder.yaml': ladder } },
    )
    await withPreview('one-pager/engineer', async (page) => {
      await page.waitForSelector('#map a')
      expect(await page.$('#map-fold[open] summary[hidden]')).not.toBeNull()
    })
  })

  test('follows an edit in place: neither scrolled nor zoomed anew', async () => {
    await withPreview('booklet', async (page, { cwd }) => {
      await waitForSheet(page, 'Builds things')
      await page.keyboard.press('-')
      await page.evaluate(`document.querySelector('#desk').scrollTop = 1234`)
      const zoom = await textOf(page, '#zoom-real')
      expect(zoom).not.toBe('100 %')
      await edit(cwd, 'ladder.yaml', 'Builds things', 'Builds marvels')
      await waitForSheet(page, 'Builds marvels')
      expect(await page.evaluate(`document.querySelector('#desk').scrollTop`)).toBe(1234)
      expect(await textOf(page, '#zoom-real')).toBe(zoom)
      expect(await page.evaluate(`document.querySelectorAll('iframe.sheet').length`)).toBe(1)
    })
  })

  test('sets the sheet anew where the text has become too long for its size', async () => {
    await withPreview('one-pager/engineer', async (page, { cwd }) => {
      await waitForSheet(page, 'Builds things')
      await page.waitForFunction(`document.querySelector('#fit').innerText.includes('11.5 pt')`)
      const words = Array.from({ length: 320 }, (_, index) => `word${index}`).join(' ')
      await edit(cwd, 'ladder.yaml', 'Builds things', `Builds ${words}`)
      await page.waitForFunction(
        `/Size\\s+(9|9\\.5|10|10\\.5|11) pt/.test(document.querySelector('#fit').innerText)`,
      )
      await waitForSheet(page, 'word319')
      expect(await page.$('#problem[hidden]')).not.toBeNull()
    })
  })

  test('lays an error over the last good sheet, and takes it away when it is mended', async () => {
    await withPreview('one-pager/engineer', async (page, { cwd }) => {
      await waitForSheet(page, 'Builds things')
      await edit(cwd, 'ladder.yaml', 'equivalent: lead', 'equivalent: laed')
      await page.waitForSelector('#problem:not([hidden])')
      const panel = await textOf(page, '#problem')
      expect(panel).toContain('No level is called "laed"')
      expect(panel).toContain('ladder/unknown-level')
      expect(panel).toMatch(/ladder\.yaml:15:\d+/)
      expect(panel).toContain('equivalent: laed')
      expect(await textOf(page, '#problem mark')).toBe('laed')
      expect(panel).toContain('Did you mean "lead"?')
      expect(await page.evaluate(sheetSays('Builds things'))).toBe(true)
      await edit(cwd, 'ladder.yaml', 'equivalent: laed', 'equivalent: lead')
      await page.waitForSelector('#problem[hidden]')
      expect(await page.evaluate(sheetSays('Builds things'))).toBe(true)
    })
  })

  test('begins with an error, and shows sheets when it is mended', async () => {
    const broken = smallLadder.replace('title: Small ladder', 'titel: Small ladder')
    await whilePreviewing(
      ({ address, cwd }) =>
        withPage(async (page) => {
          await page.goto(`${address}#one-pager/engineer`)
          await page.waitForSelector('#problem:not([hidden])')
          expect(await textOf(page, '#problem')).toContain('titel')
          expect(await textOf(page, '#problem')).toContain('Sheets are shown as soon as this is mended.')
          expect(await page.$('#pager[hidden]')).not.toBeNull()
          await edit(cwd, 'ladder.yaml', 'titel:', 'title:')
          await page.waitForSelector('iframe.sheet.there')
          expect(await page.$('#problem[hidden]')).not.toBeNull()
        }),
      { files: { 'ladder.yaml': broken } },
    )
  })

  test('says of one sheet that it cannot be printed, and lets the others be', async () => {
    await withPreview('one-pager/engineer', async (page, { cwd }) => {
      await edit(cwd, 'ladder.yaml', 'Builds things', 'Builds 名')
      await page.waitForSelector('#problem:not([hidden])')
      expect(await textOf(page, '#problem')).toMatch(/This sheet cannot be printed[^]*print\/missing-glyph/)
      await page.click('#list a[href="#one-pager/lead"]')
      await waitForSheet(page, 'Holds 1:1s')
      await page.waitForSelector('#problem[hidden]')
      await page.waitForFunction(
        `/^Up to date, \\d+ other sheets not in order$/.test(document.querySelector('#status').innerText)`,
      )
    })
  })

  test('shows what is meant of a long line in a narrow column', async () => {
    const words = 'what is in the way of it and what would have to be done about it by whom '
    const files = { 'ladder.yaml': smallLadder.replace('Builds things', `Says ${words}<b>now</b>`) }
    await whilePreviewing(
      ({ address }) =>
        withPage(async (page) => {
          await page.setViewport({ width: 1440, height: 900 })
          await page.goto(`${address}#one-pager/engineer`)
          await page.waitForSelector('#remarks mark')
          const [marked, right, within] = (await page.evaluate(`(() => {
            const [mark, about] = ['#remarks mark', '#about'].map((one) => document.querySelector(one))
            return [mark.innerText, mark.getBoundingClientRect().right, about.getBoundingClientRect().right]
          })()`)) as [string, number, number]
          expect(marked).toBe('<b>')
          expect(right).toBeLessThan(within)
        }),
      { files },
    )
  })

  test('survives editors that save by renaming, again and again', async () => {
    await withPreview('one-pager/engineer', async (page, { cwd }) => {
      const path = join(cwd, 'ladder.yaml')
      for (const [index, save] of [byRename, byRename, byBackup, byRename, byBackup].entries()) {
        await save(path, smallLadder.replace('Builds things', `Builds thing ${index}.`))
        await waitForSheet(page, `Builds thing ${index}.`)
      }
      expect(await page.$('#problem[hidden]')).not.toBeNull()
    })
  })

  test('sees press settings, track files and templates that appear and go away', async () => {
    await withPreview('one-pager/engineer', async (page, { cwd }) => {
      await waitForSheet(page, 'Small ladder')
      await writeFile(join(cwd, 'press.yaml'), 'brand: { name: Example Works }\n')
      await waitForSheet(page, 'Example Works')
      await write(cwd, { 'templates/words/en.json': JSON.stringify({ example: 'For instance' }) })
      const css = await readFile('templates/styles/one-pager.css', 'utf8')
      await mkdir(join(cwd, 'templates/styles'))
      await writeFile(join(cwd, 'templates/styles/one-pager.css'), `${css}\n.sheet { --seen: 1 }\n`)
      const sees = `getComputedStyle(document.querySelector('iframe.sheet.there').contentDocument.querySelector('.sheet')).getPropertyValue('--seen').trim() === '1'`
      await page.waitForFunction(sees)
      await rm(join(cwd, 'templates'), { recursive: true })
      await page.waitForFunction(`!(${sees})`)
      await unlink(join(cwd, 'press.yaml'))
      await page.waitForFunction(`!${sheetSays('Example Works')}`)
      const [head, managers] = smallLadder.split('  - id: mg\n')
      await writeFile(join(cwd, 'mg.yaml'), `id: mg\n${managers?.replaceAll(/^ {4}/gm, '')}`)
      await writeFile(join(cwd, 'ladder.yaml'), `${head}  - mg.yaml\n`)
      await page.waitForFunction(`document.querySelector('#status').innerText.startsWith('Up to date')`)
      await page.click('#list a[href="#one-pager/lead"]')
      await waitForSheet(page, 'Leads a team')
      await edit(cwd, 'mg.yaml', 'Leads a team', 'Leads two teams')
      await waitForSheet(page, 'Leads two teams')
      expect(await page.$('#problem[hidden]')).not.toBeNull()
    })
  })

  test('tells sheets apart that differ in their paper alone', async () => {
    await withPreview(
      'one-pager/engineer',
      async (page) => {
        const list = (await textOf(page, '#list')).replaceAll(/\s*\n\s*/g, ' ')
        for (const words of [
          'Engineer A4 portrait',
          'Engineer Letter portrait',
          'Engineer A4 portrait, large print',
        ])
          expect(list).toContain(words)
        expect(list).not.toMatch(/Poster A1/)
      },
      { args: ['--paper', 'one-pager=A4,Letter', '--large-print'] },
    )
  })

  test('says so where nothing that was chosen is shown', async () => {
    await whilePreviewing(
      ({ address }) =>
        withPage(async (page) => {
          await page.goto(address)
          await page.waitForSelector('#problem:not([hidden])')
          expect(await textOf(page, '#problem')).toContain('These options choose no sheet that is shown here')
          expect(await textOf(page, '#nothing')).toBe('')
        }),
      { args: ['--only', 'stack,index'] },
    )
  })

  test('says what is wrong with a template, and mends with it', async () => {
    await withPreview('one-pager/engineer', async (page, { cwd }) => {
      await waitForSheet(page, 'Builds things')
      // At one stroke: an empty template, as it is before it is written, is none that is wrong.
      await write(cwd, { 'next/one-pager.hbs': '<main class="sheet">{{nobody}}</main>' })
      await rename(join(cwd, 'next'), join(cwd, 'templates'))
      await page.waitForSelector('#problem:not([hidden])')
      expect(await textOf(page, '#problem')).toContain('press/template-broken')
      expect(await page.evaluate(sheetSays('Builds things'))).toBe(true)
      await rm(join(cwd, 'templates'), { recursive: true })
      await page.waitForSelector('#problem[hidden]')
    })
  })

  test('takes over styles that a template begins and ceases to bring', async () => {
    await withPreview('one-pager/engineer', async (page, { cwd }) => {
      await waitForSheet(page, 'Builds things')
      const seen = (value: string) =>
        page.waitForFunction(
          `getComputedStyle(document.querySelector('iframe.sheet.there').contentDocument.querySelector('.sheet')).getPropertyValue('--seen').trim() === '${value}'`,
        )
      const own = await readFile('templates/one-pager.hbs', 'utf8')
      await write(cwd, { 'templates/one-pager.hbs': `<style>.sheet { --seen: 1 }</style>\n${own}` })
      await seen('1')
      await rm(join(cwd, 'templates'), { recursive: true })
      await seen('')
      expect(await page.evaluate(sheetSays('Builds things'))).toBe(true)
    })
  })

  test('shows a sheet where the address names none, or is none', async () => {
    await withPreview('%', async (page) => {
      expect(await textOf(page, 'h1')).toBe('Engineer')
      await page.evaluate(`location.hash = '#matrix/ic'`)
      await waitForSheet(page, 'Teaches others')
      await page.evaluate(`location.hash = '#%'`)
      await waitForSheet(page, 'Builds things')
    })
  })

  test('stays with a level whose id is changed, and comes back to it when that is undone', async () => {
    await withPreview('one-pager/senior', async (page, { cwd }) => {
      await waitForSheet(page, 'Builds larger things')
      await edit(cwd, 'ladder.yaml', 'id: senior', 'id: senior-engineer')
      await page.waitForSelector('#list a[href="#one-pager/senior-engineer"][aria-current]')
      expect(await textOf(page, 'h1')).toBe('Senior Engineer')
      expect(await page.evaluate('location.hash')).toBe('#one-pager/senior-engineer')
      await page.click('#list a[href="#one-pager/senior-engineer"]')
      await edit(cwd, 'ladder.yaml', 'id: senior-engineer', 'id: senior')
      await page.waitForSelector('#list a[href="#one-pager/senior"][aria-current]')
      expect(await textOf(page, 'h1')).toBe('Senior Engineer')
    })
  })

  test('sets the sheet first that the page opens of its own accord', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder })
      const ending = new AbortController()
      const { env } = process
      const opening = openSession({ env })
      const first: string[] = []
      const preview = createPreview({
        cwd,
        env,
        selection: { paper: {} },
        opening,
        signal: ending.signal,
        onChange({ groups }) {
          const set = groups.flatMap(({ sheets }) => sheets).filter(({ html }) => html !== null)
          if (set.length === 0) return
          if (first.length === 0) first.push(...set.map(({ path }) => path))
          ending.abort()
        },
      })
      await preview.run()
      const session = await opening
      if ('close' in session) await session.close()
      expect(first).toContain('one-pager/engineer')
      expect(first).not.toContain('poster')
    })
  })

  test('shows the last of many quick edits', async () => {
    await withPreview('one-pager/engineer', async (page, { cwd }) => {
      for (let index = 0; index < 40; index += 1) {
        await writeFile(
          join(cwd, 'ladder.yaml'),
          smallLadder.replace('Builds things', `Builds thing ${index}.`),
        )
        await new Promise((resolve) => setTimeout(resolve, (index % 5) * 20))
      }
      await waitForSheet(page, 'Builds thing 39.')
      await page.waitForFunction(`document.querySelector('#status').innerText === 'Up to date'`)
      expect(await page.evaluate(sheetSays('Builds thing 39.'))).toBe(true)
    })
  })

  test('keeps showing an error while what was made before it is still being finished', async () => {
    await whilePreviewing(
      ({ cwd, address }) =>
        following(address, async ({ states, until }) => {
          const { round: first } = await until(({ busy, round }) => round > 0 && !busy)
          // A booklet takes long to be finished, and one matrix is laid out quickly.
          await fetch(new URL('sheet/booklet.html', address))
          await edit(cwd, 'ladder.yaml', 'Builds things', 'Builds marvels')
          // In the layout that it had, then in its own: now it is printed.
          for (let times = 0; times < 2; times += 1) {
            const told = states.length
            await until((state) => state.round > first && states.length > told)
          }
          await edit(cwd, 'ladder.yaml', 'equivalent: lead', 'equivalent: laed')
          const { round } = await until(({ problems }) => problems.length > 0)
          await edit(cwd, 'ladder.yaml', 'equivalent: laed', 'equivalent: lead')
          await until((state) => state.round > round && !state.busy)
          const rounds = states.map((state) => state.round)
          expect(rounds).toEqual(rounds.toSorted((a, b) => a - b))
        }),
      { files: { 'ladder.yaml': longLadder }, args: ['--only', 'booklet,matrix'] },
    )
  })

  test('sets a sheet that is opened before it is there before all that was in line', async () => {
    await withPreview(
      'one-pager/engineer',
      async (page, { address }) => {
        await page.click('#list a[href="#next-step/engineer--senior"]')
        await waitForSheet(page, 'Builds larger things')
        await following(address, async ({ until }) => {
          const { busy, groups } = await until(() => true)
          const sheets = groups.flatMap((group) => group.sheets)
          // Its kind is the last in line, behind the other one-pagers, the poster, the booklet and the matrices.
          expect(sheets.find(({ path }) => path === 'booklet')?.html).toBeNull()
          expect(sheets.find(({ path }) => path === 'one-pager/a59')?.pdf).toBeNull()
          expect(busy).toBe(true)
        })
      },
      { files: { 'ladder.yaml': longLadder } },
    )
  })

  test('is followed by more tabs than a browser has connections to an address', async () => {
    await whilePreviewing(({ address, cwd }) =>
      withPage(async (_, browser) => {
        const tabs: Page[] = []
        for (let number = 1; number <= 8; number += 1) {
          const tab = await browser.newPage()
          await tab.goto(`${address}#one-pager/engineer`)
          await waitForSheet(tab, 'Builds things')
          tabs.push(tab)
        }
        await edit(cwd, 'ladder.yaml', 'Builds things', 'Builds marvels')
        await Promise.all(tabs.map((tab) => waitForSheet(tab, 'Builds marvels')))
        const said = await Promise.all(tabs.map((tab) => textOf(tab, '#status')))
        expect(said.filter((words) => words.includes('Not connected'))).toEqual([])
      }),
    )
  })

  test.each([
    ['has none', 'delete globalThis.SharedWorker'],
    [
      'refuses it',
      `globalThis.SharedWorker = class { constructor() { throw new DOMException('', 'SecurityError') } }`,
    ],
  ])('is followed without what tabs share where a browser %s', async (_, script) => {
    await whilePreviewing(({ address, cwd }) =>
      withPage(async (page) => {
        await page.evaluateOnNewDocument(script)
        await page.goto(`${address}#one-pager/engineer`)
        await waitForSheet(page, 'Builds things')
        await edit(cwd, 'ladder.yaml', 'Builds things', 'Builds marvels')
        await waitForSheet(page, 'Builds marvels')
        expect(await textOf(page, '#status')).not.toContain('Not connected')
      }),
    )
  })

  test('serves the PDF that a build would make', async () => {
    await withPreview('one-pager/engineer', async (page, { cwd, address }) => {
      await edit(cwd, 'ladder.yaml', 'Builds things', 'Builds marvels')
      await waitForSheet(page, 'Builds marvels')
      await page.waitForFunction(`document.querySelector('#status').innerText === 'Up to date'`)
      await page.keyboard.press('p')
      const link = await page.waitForSelector('#print a')
      const href = await link?.evaluate((element) => element.getAttribute('href'))
      const answer = await fetch(new URL(href ?? '', address))
      expect(answer.headers.get('content-type')).toBe('application/pdf')
      // Read at once: on a busy machine the server gives up a connection that waits for the build.
      const served = Buffer.from(await answer.arrayBuffer())
      const { code, stderr } = await ladderpress(['build', '--only', 'one-pager'], { cwd })
      expect(code, stderr).toBe(0)
      const made = await readFile(join(cwd, 'out/one-pager/engineer.pdf'))
      expect(served.equals(made)).toBe(true)
      // Here a sheet is as large as its paper; published, as large as it is read.
      const body = (html: string) => html.slice(html.indexOf('<body>'))
      const shown = await fetch(new URL('sheet/one-pager/engineer.html', address))
      expect(body(await shown.text())).toBe(
        body(await readFile(join(cwd, 'out/one-pager/engineer.html'), 'utf8')),
      )
    })
  })

  test('goes by keys: sheets, pages, zoom, grey, PDF, help', async () => {
    await withPreview('one-pager/engineer', async (page) => {
      const title = () => textOf(page, 'h1')
      await page.keyboard.press('j')
      await page.waitForFunction(`document.querySelector('h1').innerText === 'Senior Engineer'`)
      await page.keyboard.press('k')
      await page.waitForFunction(`document.querySelector('h1').innerText === 'Engineer'`)
      // Its head is there before it is, and a sheet begins at its corner.
      await waitForSheet(page, 'Builds things')
      await page.keyboard.press('+')
      expect(await textOf(page, '#zoom-real')).toBe('110 %')
      for (const key of ['+', '+', '+', '+'] as const) await page.keyboard.press(key)
      // What is in the middle stays there, across as well.
      const off = `(() => {
        const [desk, stand] = ['desk', 'stand'].map((id) => document.getElementById(id).getBoundingClientRect())
        return stand.width > desk.width ? Math.abs(stand.left + stand.right - desk.left - desk.right) : null
      })()`
      expect(await page.evaluate(off)).toBeLessThan(20)
      await page.keyboard.press('0')
      expect(await textOf(page, '#zoom-real')).toBe('100 %')
      await page.keyboard.press('g')
      expect(await page.evaluate(`getComputedStyle(document.querySelector('#stand')).filter`)).toBe(
        'grayscale(1)',
      )
      await page.keyboard.press('g')
      await page.keyboard.press('p')
      expect(await page.$('#print:not([hidden])')).not.toBeNull()
      // A PDF has a zoom of its own: that of the sheet stays as it was.
      for (const key of ['f', '+', '-', 'g'] as const) await page.keyboard.press(key)
      expect(await textOf(page, '#zoom-real')).toBe('100 %')
      await page.keyboard.press('p')
      await page.waitForFunction(`!document.querySelector('#desk').hidden`)
      expect(await textOf(page, '#zoom-real')).toBe('100 %')
      expect(await page.$('#grey[aria-pressed="false"]')).not.toBeNull()
      await page.keyboard.press('?')
      expect(await page.$('#keys[open]')).not.toBeNull()
      await page.keyboard.press('j')
      expect(await title()).toBe('Engineer')
      await page.keyboard.press('Escape')
      await page.evaluate(`location.hash = 'booklet'`)
      await page.waitForFunction(`document.querySelector('#page-number').innerText === '1 of 16'`)
      await page.keyboard.press('ArrowRight')
      await page.waitForFunction(`document.querySelector('#page-number').innerText.startsWith('2 of')`)
      await page.keyboard.press('PageDown')
      await page.waitForFunction(`document.querySelector('#page-number').innerText.startsWith('3 of')`)
      await page.keyboard.press('PageUp')
      await page.waitForFunction(`document.querySelector('#page-number').innerText.startsWith('2 of')`)
      await page.keyboard.press('ArrowLeft')
      await page.waitForFunction(`document.querySelector('#page-number').innerText.startsWith('1 of')`)
    })
  })

  test('keys can be turned off, and everything is reached by Tab and seen when it is', async () => {
    await withPreview('one-pager/engineer', async (page) => {
      await page.keyboard.press('?')
      await page.click('#keys-on')
      await page.keyboard.press('Escape')
      await page.keyboard.press('j')
      expect(await textOf(page, 'h1')).toBe('Engineer')
      const reached = new Set<string>()
      const unseen: string[] = []
      await page.evaluate(`document.activeElement.blur()`)
      for (let index = 0; index < 60; index += 1) {
        await page.keyboard.press('Tab')
        const [name, outline] = (await page.evaluate(`(() => {
          const element = document.activeElement
          return [element.id || element.getAttribute('href') || element.tagName, getComputedStyle(element).outlineStyle]
        })()`)) as [string, string]
        reached.add(name)
        if (name !== 'BODY' && outline === 'none') unseen.push(name)
      }
      expect(unseen).toEqual([])
      for (const name of [
        '#one-pager/lead',
        '#poster',
        'zoom-out',
        'zoom-fit',
        'grey',
        'pdf',
        'help',
        'desk',
      ])
        expect([...reached]).toContain(name)
    })
  })

  test('fits a small laptop: where a page of A4 has no room at its size, as wide as there is', async () => {
    await withPreview(
      'one-pager/engineer',
      async (page) => {
        await waitForSheet(page, 'Builds things')
        expect(await page.$('#zoom-fit[aria-pressed="true"]')).not.toBeNull()
        const wide = `document.querySelector('#desk').scrollWidth <= document.querySelector('#desk').clientWidth`
        expect(await page.evaluate(wide)).toBe(true)
      },
      { width: 1280, height: 720 },
    )
  })

  test('marks the open sheet alone where a system forces its colours on the page', async () => {
    await withPreview('one-pager/engineer', async (page) => {
      await waitForSheet(page, 'Builds things')
      const session = await page.createCDPSession()
      await session.send('Emulation.setEmulatedMedia', {
        features: [{ name: 'forced-colors', value: 'active' }],
      })
      const marked = `[...document.querySelectorAll('#list a')]
        .filter((link) => getComputedStyle(link).borderInlineStartColor !== getComputedStyle(document.documentElement).backgroundColor)
        .map((link) => link.getAttribute('href'))`
      expect(await page.evaluate(marked)).toEqual(['#one-pager/engineer'])
    })
  })

  test('fits a phone: the sheet as wide as the screen, list and remarks behind buttons', async () => {
    await withPreview(
      'one-pager/engineer',
      async (page) => {
        await waitForSheet(page, 'Builds things')
        const wide = `document.documentElement.scrollWidth <= innerWidth && document.querySelector('#desk').scrollWidth <= innerWidth`
        expect(await page.evaluate(wide)).toBe(true)
        await page.click('#show-sheets')
        await page.click('#list a[href="#one-pager/lead"]')
        await waitForSheet(page, 'Holds 1:1s')
        expect(await page.evaluate(`getComputedStyle(document.querySelector('#sheets')).display`)).toBe(
          'none',
        )
        await page.click('#show-about')
        expect(await textOf(page, '#about')).toContain('To spare')
      },
      { width: 390, height: 844 },
    )
  })

  test.each([
    ['desk', 1440],
    ['phone', 390],
  ] as const)('keeps WCAG 2.2 AA on a %s, with and without an error', async (_, width) => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    await withPreview(
      'one-pager/engineer',
      async (page, { cwd }) => {
        const found: string[] = []
        const look = async (state: string) => {
          await page.evaluate(axe)
          const { violations, passes } = (await page.evaluate(
            "axe.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
          )) as AxeResults
          expect(passes.length).toBeGreaterThan(10)
          for (const { id, help, nodes } of violations)
            found.push(`${state}: ${id}: ${help}: ${nodes[0]?.html.slice(0, 160)}`)
        }
        await waitForSheet(page, 'Builds things')
        await look('sheet')
        if (width < 500) {
          await page.click('#show-sheets')
          await look('list')
          await page.click('#show-about')
          await look('remarks')
          await page.click('#show-about')
        }
        await page.keyboard.press('?')
        await look('keys')
        await page.keyboard.press('Escape')
        await edit(cwd, 'ladder.yaml', 'equivalent: lead', 'equivalent: laed')
        await page.waitForSelector('#problem:not([hidden])')
        await look('error')
        expect(found).toEqual([])
      },
      { width, height: 844 },
    )
  })

  test('without a browser that prints, shows unfitted sheets and says why there is no PDF', async () => {
    await withPreview(
      'one-pager/engineer',
      async (page, { cwd }) => {
        await waitForSheet(page, 'Builds things')
        expect(await page.evaluate(`document.querySelector('#pdf').hidden`)).toBe(true)
        expect(await textOf(page, '#unprinted')).toMatch(/No PDF[^]*No browser was found[^]*missing-browser/)
        await page.keyboard.press('p')
        expect(await page.$('#print[hidden]')).not.toBeNull()
        await edit(cwd, 'ladder.yaml', 'Builds things', 'Builds marvels')
        await waitForSheet(page, 'Builds marvels')
      },
      { args: ['--browser-path', 'missing-browser'] },
    )
  })
})

describe('the command', () => {
  test.each([
    [['--quiet'], /^Preview on http:\/\/127\.0\.0\.1:\d+\/[\w-]{24}\/\n$/],
    [['--report', 'json'], /^\{"address":"http:\/\/127\.0\.0\.1:\d+\/[\w-]{24}\/"\}\n$/],
    [['--report', 'github', '--quiet'], /^Preview on http:\S+\n$/],
  ])('says where it is with %j, and nothing else', async (args, said) => {
    await whileRunning(['preview', '--port', '0', ...args], async (running) => {
      await running.until(/http:.*\n/)
      expect(running.said()).toMatch(said)
      expect(await running.stop()).toBe(130)
      expect(running.said()).toMatch(said)
    })
  })

  test('says that it waits for a ladder that is named and not there', async () => {
    await whileRunning(['preview', 'lader.yaml', '--port', '0', '--quiet'], async ({ until }) => {
      expect(await until(/\S+ does not exist.*\n/)).toBe('lader.yaml does not exist. Waiting for it\n')
    })
  })

  test('takes the next free port', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as AddressInfo
    try {
      await whileRunning(['preview', '--port', String(port)], async ({ until }) => {
        const own = Number(new URL(await until(/http:\S+/)).port)
        expect(own).not.toBe(port)
        expect(own).toBeGreaterThan(0)
      })
    } finally {
      taken.close()
    }
  })

  test('ends on Ctrl-C with 130, and leaves no browser and no server', async () => {
    await whilePreviewing(async ({ address, id, stop }) => {
      expect((await fetch(address)).status).toBe(200)
      expect(await profilesOf(id)).toHaveLength(1)
      expect(await stop()).toBe(130)
      await expect(fetch(address)).rejects.toThrow('fetch failed')
      expect(await browsersOf(id)).toEqual([])
      expect(await profilesOf(id)).toEqual([])
    })
  })

  test.runIf(process.platform === 'linux')('opens the page where --open asks for it', async () => {
    await inFolder(async (bin) => {
      await writeFile(
        join(bin, 'xdg-open'),
        `#!/bin/sh\necho "$1" > ${bin}/opened.part\nmv ${bin}/opened.part ${bin}/opened\n`,
      )
      await chmod(join(bin, 'xdg-open'), 0o755)
      await whilePreviewing(
        async ({ address }) => {
          let opened: string | undefined
          while (opened === undefined) {
            opened = await readFile(join(bin, 'opened'), 'utf8').catch(() => undefined)
            await new Promise((resolve) => setTimeout(resolve, 20))
          }
          expect(opened.trim()).toBe(address)
        },
        { args: ['--open'], env: { PATH: `${bin}:${process.env['PATH']}` } },
      )
    })
  })

  test.each([
    [['--port', 'x'], 'usage/bad-value'],
    [['--port', '70000'], 'usage/bad-value'],
    [['--only', 'nothing'], 'usage/bad-value'],
  ])('refuses %j', async (args, says) => {
    await inFolder(async (cwd) => {
      const { code, stderr } = await ladderpress(['preview', ...args], { cwd })
      expect(code).toBe(2)
      expect(stderr).toContain(says)
    })
  })

  test('says so where there is no ladder, and does not wait for one', async () => {
    await inFolder(async (cwd) => {
      const { code, stderr } = await ladderpress(['preview'], { cwd })
      expect(code).toBe(2)
      expect(stderr).toContain('usage/no-ladder')
    })
  })
})

/** As most editors save: a new file takes the place of the old one. */
async function byRename(path: string, text: string): Promise<void> {
  await writeFile(`${path}.tmp`, text)
  await rename(`${path}.tmp`, path)
}

/** As vim does with backups: the old file goes away first. */
async function byBackup(path: string, text: string): Promise<void> {
  await rename(path, `${path}~`)
  await writeFile(path, text)
  await unlink(`${path}~`)
}

test('a browser that ends and does not start again is told of as any fault of a sheet', async () => {
  await inFolder(async (folder) => {
    const fixture = join(root, 'test', 'diagnostics', 'print', 'browser-failed.restart')
    await run(process.execPath, [join(fixture, 'setup.mjs')], { cwd: folder })
    await whilePreviewing(
      ({ address, said }) =>
        withPage(async (page) => {
          await page.goto(`${address}#one-pager/engineer`, { waitUntil: 'load' })
          await page.waitForFunction(
            "document.querySelector('#problem:not([hidden])')?.innerText.includes('did not start again')",
          )
          expect(await textOf(page, '#problem')).toContain('print/browser-failed')
          expect(said()).not.toContain('itself failed')
        }),
      { args: ['--browser-path', join(folder, 'dies')] },
    )
  })
})
