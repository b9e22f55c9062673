import { constants } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { basename, delimiter, dirname, join, resolve } from 'node:path'

import { homeFolder } from '../load/cache.ts'
import { embeddedShell } from './embedded.ts'

export type BrowserKind = 'explicit' | 'embedded' | 'cache' | 'installed'

/** A browser that may be started. */
export interface Candidate {
  readonly kind: BrowserKind
  readonly path: string
  /** Libraries that come with it. */
  readonly libraries?: string
  /** Where we have unpacked it ourselves: does so anew if it is damaged. @returns whether it was */
  mend?(): Promise<boolean>
}

/** What became of one place that was looked at. */
export interface Tried {
  readonly candidate: string
  readonly result: string
  /** It is there and should have worked. */
  readonly failed?: true
}

/** Which browser is asked for, and where it may be looked for. */
export interface FindRequest {
  /** Called when a program is about to be started, or none was found. */
  readonly onStarting?: () => void
  /** From --browser-path. */
  readonly explicit?: string | undefined
  readonly env: NodeJS.ProcessEnv
}

/**
 * The browsers of this machine, best first: the one named, the headless shell that comes with the tool, one that
 * puppeteer has fetched, an installed Chrome, Edge or Chromium. A browser that is named is the only candidate: if it
 * does not work, the user wants to know.
 *
 * @param tried receives a line for each place looked at in vain
 */
export async function* findBrowsers(
  { explicit, env }: FindRequest,
  tried: Tried[],
): AsyncGenerator<Candidate> {
  const named = explicit ?? env['PUPPETEER_EXECUTABLE_PATH']
  if (named !== undefined && named !== '') {
    const label = explicit === undefined ? 'PUPPETEER_EXECUTABLE_PATH' : '--browser-path'
    const path = resolve(named)
    if (await isProgram(path)) yield { kind: 'explicit', path }
    else tried.push({ candidate: `${label} ${named}`, result: 'is not a program that can be run' })
    return
  }

  try {
    const shell = await embeddedShell(env)
    if (shell) yield { kind: 'embedded', ...shell }
    else
      tried.push({
        candidate: 'the embedded headless shell',
        result: 'not for this system, or not installed',
      })
  } catch (error) {
    tried.push({
      candidate: 'the embedded headless shell',
      result: `cannot be unpacked: ${reasonOf(error)}`,
      failed: true,
    })
  }

  const cache = puppeteerCache(env)
  const cached = cache === undefined ? [] : await fetchedBrowsers(cache)
  if (cached.length === 0)
    tried.push(
      cache === undefined
        ? { candidate: "puppeteer's cache", result: 'this user has no home that it could be in' }
        : { candidate: `puppeteer's cache (${cache})`, result: 'holds no browser' },
    )
  for (const path of cached) yield { kind: 'cache', path }

  const installed = []
  for (const path of installedPaths(env)) if (await isProgram(path)) installed.push(path)
  if (installed.length === 0)
    tried.push({ candidate: 'an installed Chrome, Edge or Chromium', result: 'none was found' })
  for (const path of installed) yield { kind: 'installed', path }
}

/**
 * What identifies the browser that comes first, without starting it: the version of the shell that comes along, or the
 * path, size and date of a program.
 *
 * @returns undefined where there is none
 */
export async function browserIdentity(request: FindRequest): Promise<string | undefined> {
  for await (const { kind, path } of findBrowsers(request, [])) {
    if (kind === 'embedded') return `${kind} ${basename(dirname(path))}`
    const { size, mtimeMs } = await stat(path)
    return [kind, path, size, mtimeMs].join(' ')
  }
  return undefined
}

/** Why a program could not be started, in a word or a line: the code of the system where there is one. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code ?? message?.split('\n')[0] ?? 'unknown reason'
}

async function isProgram(path: string): Promise<boolean> {
  try {
    if (!(await stat(path)).isFile()) return false
    await access(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where puppeteer keeps what it fetches; undefined where nothing names it and this user has no home. */
export function puppeteerCache(env: NodeJS.ProcessEnv): string | undefined {
  const home = homeFolder()
  return env['PUPPETEER_CACHE_DIR'] || (home === undefined ? undefined : join(home, '.cache', 'puppeteer'))
}

/** @see https://pptr.dev/browsers-api (layout: <browser>/<platform>-<build>/<folder>/<program>) */
async function fetchedBrowsers(cache: string): Promise<string[]> {
  const programs: string[] = []
  for (const [browser, names] of [
    ['chrome-headless-shell', ['chrome-headless-shell', 'chrome-headless-shell.exe']],
    [
      'chrome',
      ['chrome', 'chrome.exe', 'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing'],
    ],
  ] as const) {
    const builds = await readdir(join(cache, browser)).catch(() => [])
    for (const build of builds.sort(byVersion).reverse()) {
      for (const folder of await readdir(join(cache, browser, build)).catch(() => [])) {
        for (const name of names) {
          const path = join(cache, browser, build, folder, name)
          if (await isProgram(path)) programs.push(path)
        }
      }
    }
  }
  return programs
}

function byVersion(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

function installedPaths(env: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin') {
    const apps = [
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      'Chromium.app/Contents/MacOS/Chromium',
    ]
    const home = homeFolder()
    const folders = ['/Applications', ...(home === undefined ? [] : [join(home, 'Applications')])]
    return apps.flatMap((app) => folders.map((folder) => join(folder, app)))
  }
  if (process.platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
      (root) => root !== undefined,
    )
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']
    return programs.flatMap((program) => roots.map((root) => join(root, program)))
  }
  const names = [
    'chrome-headless-shell',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'chromium',
    'chromium-browser',
  ]
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/'))
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}
