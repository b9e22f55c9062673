import { existsSync } from 'node:fs'
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { codes } from '../../src/diagnostics/catalogue.ts'
import { inFolder, ladderpress, program, run, type Run } from '../support/cli.ts'

/**
 * A fixture is a folder: what a user has, and `report.txt`, the whole of what is printed. `command.txt` holds the
 * command line (`check ladder.yaml` without it; further lines are further commands; `NAME=value` in front sets the
 * environment, where `$PWD` is the folder); `setup.mjs` makes what cannot be kept in git. Update reports with UPDATE=1,
 * and read them.
 */
const here = import.meta.dirname

interface Fixture {
  readonly name: string
  readonly code: string
  readonly folder: string
}

async function fixtures(): Promise<Fixture[]> {
  const found: Fixture[] = []
  for (const stage of await readdir(here, { withFileTypes: true })) {
    if (!stage.isDirectory()) continue
    for (const what of await readdir(join(here, stage.name))) {
      // A second fixture of a code has a word of its own behind a dot.
      found.push({ name: `${stage.name}/${what}`, code: `${stage.name}/${what.split('.')[0]}`, folder: join(here, stage.name, what) })
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

const all = await fixtures()

describe('each code', () => {
  test('has a fixture whose report names it', async () => {
    const missing: string[] = []
    for (const code of codes) {
      const own = all.filter((fixture) => fixture.code === code)
      const reports = await Promise.all(own.map(({ folder }) => readFile(join(folder, 'report.txt'), 'utf8')))
      if (!reports.some((report) => report.includes(code))) missing.push(code)
    }
    expect(missing).toEqual([])
  })

  test('belongs to a fixture that is known', () => {
    expect(all.map(({ code }) => code).filter((code) => !(codes as string[]).includes(code))).toEqual([])
  })
})

describe.concurrent('the report of', () => {
  test.each(all.map(({ name, folder }) => [name, folder] as const))('%s', async (_, folder) => {
    const report = await inFolder(async (copy) => {
      await cp(folder, copy, { recursive: true })
      if (existsSync(join(copy, 'setup.mjs'))) await expectClean(run(process.execPath, ['setup.mjs'], { cwd: copy, env: { LADDERPRESS_PROGRAM: program } }))
      const commands = existsSync(join(copy, 'command.txt')) ? await readFile(join(copy, 'command.txt'), 'utf8') : 'check ladder.yaml\n'
      const parts: string[] = []
      for (const line of commands.trim().split('\n')) parts.push(await print(line, copy))
      return parts.join('\n')
    })
    const golden = join(folder, 'report.txt')
    if (process.env['UPDATE'] === '1') await writeFile(golden, report)
    expect(report).toBe(await readFile(golden, 'utf8'))
  })
})

async function expectClean(running: Promise<Run>): Promise<void> {
  const { code, stderr } = await running
  expect(code, stderr).toBe(0)
}

async function print(line: string, cwd: string): Promise<string> {
  const words = line.split(' ').filter((word) => word !== '')
  const limited = words[0] === 'limited'
  if (limited) words.shift()
  const env: NodeJS.ProcessEnv = {}
  while (/^[A-Z_]+=/.test(words[0] ?? '')) {
    const [name = '', value = ''] = words.shift()?.split('=') ?? []
    env[name] = value.replaceAll('$PWD', cwd)
  }
  const { code, stdout, stderr } = limited
    ? // No file may have more than 20 blocks: a disk that is full, on everybody's machine.
      await run('sh', ['-c', 'ulimit -f 20; exec "$0" "$@"', process.execPath, program, ...words], { cwd, env })
    : await ladderpress(words, { cwd, env })
  expect(stderr + stdout).not.toMatch(/\n\s+at .*\(|\bError:|undefined|\[object/)
  return `$ ladderpress ${line}\n${settled(stderr)}${settled(stdout)}exit ${code}\n`.replaceAll(cwd, '.')
}

/** Without what differs from run to run or from version to version: progress, times, sizes in bytes, stamps. */
function settled(text: string): string {
  return text
    .replace(/^[a-z0-9-]+(\/[a-z0-9-]+)*\n/gm, '')
    .replace(/ · [0-9a-f]{8}”/g, ' · (stamp)”')
    .replace(/^(file +sheet.*?)\n\n/ms, (table) => table.replace(/ +\S+$/gm, '').replace(/ +[\d,]+$/gm, ''))
}
