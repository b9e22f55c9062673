import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serialize } from 'node:v8'

import { expect, test } from 'vitest'

import { inFolder, ladderpress, type RunOptions } from '../support/cli.ts'

/** A short run that reads a file and writes none. */
async function explain(caches: string, env: RunOptions['env'] = {}) {
  const ran = await ladderpress(['explain', 'yaml/syntax'], { env: { XDG_CACHE_HOME: caches, ...env } })
  expect(ran.code, ran.stderr).toBe(0)
  expect(ran.stderr).toBe('')
  return ran.stdout
}

const folderIn = (caches: string) => join(caches, 'ladderpress-compiled')

/** The one file in which it is kept what V8 has compiled. */
async function keptIn(caches: string): Promise<string> {
  const names = await readdir(folderIn(caches))
  expect(names).toEqual([expect.stringContaining(`-node-${process.version}-${process.arch}`)])
  return join(folderIn(caches), names[0] ?? '')
}

test('what V8 has compiled of the program is kept for the next run, for this user alone', () =>
  inFolder(async (caches) => {
    const first = await explain(caches)
    const file = await keptIn(caches)
    const { mode, mtimeMs, size } = await stat(file)
    expect(size).toBeGreaterThan(20_000)
    if (process.platform !== 'win32') {
      expect(mode & 0o077).toBe(0)
      expect((await stat(folderIn(caches))).mode & 0o077).toBe(0)
    }
    // Nothing is compiled anew, so nothing is written.
    expect(await explain(caches)).toBe(first)
    expect((await stat(file)).mtimeMs).toBe(mtimeMs)

    // Another command has more to compile; what there was stays.
    await ladderpress(['schema', 'ladder'], { env: { XDG_CACHE_HOME: caches } })
    const more = await stat(await keptIn(caches))
    expect(more.size).toBeGreaterThan(size)
    expect(await explain(caches)).toBe(first)
    expect((await stat(file)).mtimeMs).toBe(more.mtimeMs)
  }))

test('what a longer run has compiled of the same scripts is kept as well', () =>
  inFolder(async (caches) => {
    const env = { XDG_CACHE_HOME: caches }
    const check = async (...args: string[]) => {
      const { code, stderr } = await ladderpress(['check', ...args], { env })
      expect(code, stderr).toBeLessThan(2)
      return (await stat(await keptIn(caches))).size
    }
    // A ladder that is not one ends where one that is goes on.
    const short = await inFolder(async (folder) => {
      await writeFile(join(folder, 'none.yaml'), 'title: None\n')
      return await check(join(folder, 'none.yaml'))
    })
    const long = await check('data/ladder.yaml')
    expect(long).toBeGreaterThan(short * 1.05)
    const { mtimeMs } = await stat(await keptIn(caches))
    await check('data/ladder.yaml')
    expect((await stat(await keptIn(caches))).mtimeMs).toBe(mtimeMs)
  }))

test('what is left of a program that nobody runs any more goes in time', () =>
  inFolder(async (caches) => {
    await mkdir(folderIn(caches), { mode: 0o700 })
    const [old, recent] = [join(folderIn(caches), 'old'), join(folderIn(caches), 'recent')]
    for (const file of [old, recent]) await writeFile(file, '')
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
    await utimes(old, daysAgo(40), daysAgo(40))
    await utimes(recent, daysAgo(20), daysAgo(20))
    await explain(caches)
    const names = await readdir(folderIn(caches))
    expect(names).toHaveLength(2)
    expect(names).toContain('recent')
  }))

test('of a file that is damaged, cut off or of another kind nothing is taken, and it is made anew', () =>
  inFolder(async (caches) => {
    const said = await explain(caches)
    const file = await keptIn(caches)
    const whole = await readFile(file)
    const flipped = Buffer.from(whole)
    for (let at = 5_000; at < flipped.length; at += 997) flipped[at] = (flipped[at] ?? 0) ^ 0xff
    const other = serialize(new Map())
    const ofAnother = Buffer.concat([createHash('sha256').update(other).digest(), other])
    const cut = whole.subarray(0, 10_000)
    for (const damaged of [flipped, cut, Buffer.alloc(whole.length), Buffer.alloc(0), ofAnother]) {
      await writeFile(file, damaged)
      expect(await explain(caches)).toBe(said)
      const mended = await readFile(await keptIn(caches))
      expect(mended.equals(damaged)).toBe(false)
      expect(mended.length).toBeGreaterThan(20_000)
    }
  }))

test('where it cannot be written, the program runs all the same and leaves nothing behind', () =>
  inFolder(async (caches) => {
    await explain(caches)
    const file = await keptIn(caches)
    await inFolder(async (others) => {
      await mkdir(join(folderIn(others), file.slice(folderIn(caches).length)), {
        recursive: true,
        mode: 0o700,
      })
      await chmod(folderIn(others), 0o700)
      await explain(others)
      expect((await stat(await keptIn(others))).isDirectory()).toBe(true)
    })
  }))

test.runIf(process.platform !== 'win32')('nothing is kept where others may write', () =>
  inFolder(async (caches) => {
    await mkdir(folderIn(caches))
    await chmod(folderIn(caches), 0o777)
    await explain(caches)
    expect(await readdir(folderIn(caches))).toEqual([])
  }),
)

test('nothing is kept for whoever has told Node to keep nothing', () =>
  inFolder(async (caches) => {
    await explain(caches, { NODE_DISABLE_COMPILE_CACHE: '1' })
    expect(await readdir(caches)).toEqual([])
  }))
