import { readdir, readFile, stat } from 'node:fs/promises'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { findBrowsers } from '../../src/browser/find.ts'
import { openPress, type Press } from '../../src/browser/press.ts'
import { startBrowser, type StartedBrowser } from '../../src/browser/start.ts'

interface Process {
  readonly id: number
  readonly parent: number
  readonly arguments: readonly string[]
  /** Lines of /proc/<pid>/status by their names. */
  readonly status: ReadonlyMap<string, string>
  readonly environment: string
}

async function readProcess(id: string): Promise<Process | undefined> {
  const read = (name: string) => readFile(`/proc/${id}/${name}`, 'utf8')
  try {
    const [line, text, environment] = await Promise.all([read('cmdline'), read('status'), read('environ')])
    const status = new Map(
      text.split('\n').map((row): [string, string] => {
        const [name = '', value = ''] = row.split(':\t')
        return [name, value.trim()]
      }),
    )
    // Chromium writes its children's arguments as one, parted by blanks.
    return {
      id: Number(id),
      parent: Number(status.get('PPid')),
      arguments: line.split(/[\0 ]/),
      status,
      environment,
    }
  } catch {
    return undefined
  }
}

/** The processes that this one has started, and those they have started, and so on. */
async function descendants(): Promise<Process[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const all = (await Promise.all(ids.map(readProcess))).filter((found) => found !== undefined)
  const found: Process[] = []
  for (let parents = [process.pid]; parents.length > 0;) {
    const children = all.filter(({ parent }) => parents.includes(parent))
    found.push(...children)
    parents = children.map(({ id }) => id)
  }
  return found
}

const secret = 'OfNoConcernToABrowser'
let started: StartedBrowser
let press: Press
let processes: readonly Process[]

const isOurs = process.platform === 'linux'

beforeAll(async () => {
  if (!isOurs) return
  process.env['LADDERPRESS_TEST_TOKEN'] = secret
  for await (const candidate of findBrowsers({ env: process.env }, [])) {
    started = await startBrowser(candidate)
    break
  }
  press = await openPress(started)
  const page = await press.newPage()
  await page.show({
    id: 'x',
    title: '',
    language: 'en',
    direction: 'ltr',
    root: {},
    css: '',
    fontStack: '',
    body: 'x',
  })
  processes = await descendants()
})

afterAll(async () => {
  delete process.env['LADDERPRESS_TEST_TOKEN']
  await press?.close()
})

describe.runIf(isOurs)('the processes of a browser at work', () => {
  const renderers = () => processes.filter((found) => found.arguments.includes('--type=renderer'))

  test('are there, one of them for the page', () => {
    expect(renderers().length).toBeGreaterThan(0)
  })

  test('keep the sandbox where there is one', ({ skip }) => {
    skip(!started.sandbox, 'this system allows no sandbox')
    expect(processes.filter((found) => found.arguments.includes('--no-sandbox'))).toEqual([])
    // 2: filtered by a program of the sandbox.
    expect(renderers().map(({ status }) => status.get('Seccomp'))).toEqual(renderers().map(() => '2'))
  })

  test.runIf(process.getuid?.() === 0)('do not run as root', () => {
    for (const { status } of processes) {
      for (const name of ['Uid', 'Gid']) {
        expect([name, status.get(name)?.split('\t')]).toEqual([name, expect.not.arrayContaining(['0'])])
      }
    }
    // The processes that make the sandbox have rights inside it; what is in it has none.
    for (const { status } of renderers()) expect(status.get('CapEff')).toMatch(/^0+$/)
  })

  test('are told nothing of our environment', () => {
    expect(processes.filter(({ environment }) => environment.includes(secret))).toEqual([])
  })

  test('have a folder of their own that nobody else may look into', async () => {
    const option = '--user-data-dir='
    const given = processes.flatMap((found) => found.arguments.filter((word) => word.startsWith(option)))
    const folders = new Set(given.map((word) => word.slice(option.length)))
    expect(folders.size).toBe(1)
    for (const folder of folders) expect((await stat(folder)).mode & 0o777).toBe(0o700)
  })
})
