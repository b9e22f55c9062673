import { execFileSync } from 'node:child_process'
import { readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { inFolder, ladderpress } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'
import { edit } from '../support/preview.ts'

const build = (cwd: string, ...args: string[]) =>
  ladderpress(['build', 'ladder.yaml', '--only', 'one-pager,poster,index', ...args], { cwd })

const inProject = (files: Record<string, string>, work: (cwd: string) => Promise<void>) =>
  inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': smallLadder, ...files })
    await work(cwd)
  })

describe('a file that no build of ours made', () => {
  test.each([
    ['out/index.html', '<!doctype html>\n<html lang="en"><title>A page of mine</title>'],
    ['out/one-pager/lead.pdf', '%PDF-1.7\nmine\n%%EOF\n'],
    ['out/copy-shop.txt', 'Call the copy shop'],
    ['out/manifest.json', '{ "name": "A web page of mine" }'],
    ['out.zip', 'mine'],
  ])('is not replaced: %s', async (path, text) => {
    await inProject({ [path]: text }, async (cwd) => {
      const before = await hashes(cwd)
      const { code, stderr } = await build(cwd, '--zip')
      expect([code, stderr]).toEqual([4, expect.stringContaining(`${path} would be replaced`)])
      expect(await hashes(cwd)).toEqual(before)
      expect((await build(cwd, '--zip', '--force')).code).toBe(0)
      expect((await hashes(cwd))[path]).not.toBe(before[path])
      // From now on it is one of ours.
      await edit(cwd, 'ladder.yaml', 'Builds things', 'Builds marvels')
      expect((await build(cwd, '--zip')).code).toBe(0)
    })
  })

  test('is not replaced where it is a link', async () => {
    await inProject({ 'mine.html': 'mine', 'out/own.txt': 'mine' }, async (cwd) => {
      await symlink('../mine.html', join(cwd, 'out/index.html'))
      const { code, stderr } = await build(cwd)
      expect([code, stderr]).toEqual([4, expect.stringContaining('out/index.html would be replaced')])
    })
  })

  test.runIf(process.platform !== 'win32')('is not waited for where it is a pipe', async () => {
    await inProject({ 'out/own.txt': 'mine' }, async (cwd) => {
      execFileSync('mkfifo', [join(cwd, 'out/manifest.json')])
      const { code, stderr } = await build(cwd)
      expect([code, stderr]).toEqual([4, expect.stringContaining('out/manifest.json would be replaced')])
    })
  })
})

test.each([
  ['is lost', undefined],
  ['is damaged', '{\n  "tool": {\n    "name": "ladderpress",\n<<<<<<< HEAD\n'],
  ['is empty', ''],
])('outputs whose manifest %s are made anew all the same', async (_, manifest) => {
  await inProject({}, async (cwd) => {
    expect((await build(cwd, '--zip')).code).toBe(0)
    await rm(join(cwd, 'out/manifest.json'))
    if (manifest !== undefined) await writeFile(join(cwd, 'out/manifest.json'), manifest)
    await edit(cwd, 'ladder.yaml', 'title: Small ladder', 'title: Another ladder')
    const { code, stderr } = await build(cwd, '--zip', '--paper', 'poster=A2')
    expect(code, stderr).toBe(0)
    const made = await hashes(join(cwd, 'out'))
    expect((await build(cwd, '--zip', '--paper', 'poster=A2', '--force', '--out', 'anew')).code).toBe(0)
    expect(made).toEqual(await hashes(join(cwd, 'anew')))
  })
})

test('pictures are replaced that a manifest of another version lists', async () => {
  await inProject({}, async (cwd) => {
    const path = join(cwd, 'out/manifest.json')
    expect((await build(cwd, '--format', 'png')).code).toBe(0)
    const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
    const other = { ...manifest, build: { once: 'otherwise' }, diagnostics: [{ code: 'since/forgotten' }] }
    await writeFile(path, JSON.stringify(other))
    await edit(cwd, 'ladder.yaml', 'Builds things', 'Builds marvels')
    const { code, stderr } = await build(cwd, '--format', 'png')
    expect(code, stderr).toBe(0)
  })
})

test.runIf(process.platform === 'linux')(
  'a place where the system makes no folders ends a build, and is no reason to wait',
  async () => {
    await inProject({}, async (cwd) => {
      const { code, stderr } = await build(cwd, '--format', 'html', '--out', '/proc/nowhere/out')
      expect([code, stderr]).toEqual([4, expect.stringContaining('its folder cannot be made')])
      const cached = await ladderpress(['doctor'], { cwd, env: { XDG_CACHE_HOME: '/proc/nowhere' } })
      expect([0, 3]).toContain(cached.code)
    })
  },
)
