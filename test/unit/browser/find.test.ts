import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

import { describe, expect, test } from 'vitest'

import { browserIdentity, findBrowsers, type Candidate, type Tried } from '../../../src/browser/find.ts'
import { inFolder } from '../../support/cli.ts'

/** Makes files that can be run. */
async function programs(folder: string, ...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), '#!/bin/sh\n')
    await chmod(join(folder, path), 0o755)
  }
}

async function found(
  request: Parameters<typeof findBrowsers>[0],
): Promise<{ all: Candidate[]; tried: Tried[] }> {
  const tried: Tried[] = []
  const all: Candidate[] = []
  for await (const candidate of findBrowsers(request, tried)) all.push(candidate)
  return { all, tried }
}

describe.runIf(process.platform === 'linux')('a browser', () => {
  /** Nothing is looked for anywhere else. */
  const env = (folder: string, more: NodeJS.ProcessEnv = {}) => ({
    XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'],
    PUPPETEER_CACHE_DIR: join(folder, 'cache'),
    PATH: join(folder, 'bin'),
    ...more,
  })

  test('that is named is the only one, by the option before the variable', async () => {
    await inFolder(async (folder) => {
      await programs(folder, 'mine', 'another', 'bin/chromium')
      const [mine, another] = [join(folder, 'mine'), join(folder, 'another')]
      const named = env(folder, { PUPPETEER_EXECUTABLE_PATH: another })
      const pathsOf = async (request: Parameters<typeof findBrowsers>[0]) =>
        (await found(request)).all.map(({ kind, path }) => [kind, path])
      expect(await pathsOf({ explicit: mine, env: named })).toEqual([['explicit', mine]])
      expect(await pathsOf({ env: named })).toEqual([['explicit', another]])
      await chmod(mine, 0o644)
      const { all, tried } = await found({ explicit: mine, env: named })
      expect(all).toEqual([])
      expect(tried).toEqual([
        { candidate: `--browser-path ${mine}`, result: 'is not a program that can be run' },
      ])
      // A variable without a value names none.
      const { all: others } = await found({ env: env(folder, { PUPPETEER_EXECUTABLE_PATH: '' }) })
      expect(others.at(-1)).toMatchObject({ kind: 'installed', path: join(folder, 'bin/chromium') })
    })
  })

  test('of those that puppeteer has fetched is the newest shell first, then a Chrome, then what is installed', async () => {
    await inFolder(async (folder) => {
      const cache = [
        'chrome-headless-shell/linux-99.0.1/chrome-headless-shell-linux64/chrome-headless-shell',
        'chrome-headless-shell/linux-147.0.2/chrome-headless-shell-linux64/chrome-headless-shell',
        'chrome/linux-148.0.0/chrome-linux64/chrome',
      ]
      await programs(folder, ...cache.map((path) => `cache/${path}`), 'bin/google-chrome', 'bin/chromium')
      const { all } = await found({ env: env(folder) })
      const others = all.filter(({ kind }) => kind !== 'embedded')
      expect(others.map(({ kind, path }) => [kind, relative(folder, path)])).toEqual([
        ['cache', `cache/${cache[1]}`],
        ['cache', `cache/${cache[0]}`],
        ['cache', `cache/${cache[2]}`],
        ['installed', 'bin/google-chrome'],
        ['installed', 'bin/chromium'],
      ])
    })
  })

  test('is not taken from where the program happens to run', async () => {
    await inFolder(async (folder) => {
      await programs(folder, 'here/chromium')
      const here = relative(process.cwd(), join(folder, 'here'))
      const { all, tried } = await found({ env: env(folder, { PATH: `:.:${here}` }) })
      expect(all.filter(({ kind }) => kind !== 'embedded')).toEqual([])
      expect(tried.map(({ candidate }) => candidate)).toContain('an installed Chrome, Edge or Chromium')
    })
  })

  test('that is another by its size or its date is known to be another', async () => {
    await inFolder(async (folder) => {
      await programs(folder, 'mine')
      const request = { explicit: join(folder, 'mine'), env: env(folder) }
      const first = await browserIdentity(request)
      expect(await browserIdentity(request)).toBe(first)
      await writeFile(join(folder, 'mine'), '#!/bin/sh\n# newer\n')
      expect(await browserIdentity(request)).not.toBe(first)
      expect(await browserIdentity({ ...request, explicit: join(folder, 'none') })).toBeUndefined()
    })
  })
})
