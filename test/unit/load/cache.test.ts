import { chmod, mkdir, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test, vi } from 'vitest'

import { cacheHome, homeFolder, makePrivate } from '../../../src/load/cache.ts'
import { inFolder } from '../../support/cli.ts'

describe('the folder for caches', () => {
  test('is the one that is named, unless that is relative', () => {
    const usual = cacheHome({})
    expect(cacheHome({ XDG_CACHE_HOME: '/elsewhere' })).toBe('/elsewhere')
    for (const named of ['', '.', 'cache', './cache'])
      expect(cacheHome({ XDG_CACHE_HOME: named })).toBe(usual)
  })

  test('is never in the current folder, for want of a home', () => {
    vi.stubEnv('HOME', '')
    try {
      expect(homeFolder()).toBeUndefined()
    } finally {
      vi.unstubAllEnvs()
    }
  })
})

describe('a folder for what is trusted', () => {
  test('is made for this user alone', async () => {
    await inFolder(async (cwd) => {
      const folder = join(cwd, 'cache', 'compiled')
      expect([makePrivate(folder), makePrivate(folder)]).toEqual([true, true])
      expect((await stat(folder)).mode & 0o777).toBe(0o700)
    })
  })

  test('is refused where others may write to it, where it is a link, and where it is a file', async () => {
    await inFolder(async (cwd) => {
      const [folder, link] = [join(cwd, 'open'), join(cwd, 'link')]
      await mkdir(folder)
      await symlink(folder, link)
      expect([makePrivate(folder), makePrivate(link)]).toEqual([true, false])
      await chmod(folder, 0o777)
      expect(makePrivate(folder)).toBe(false)
      expect(makePrivate(join(import.meta.filename, 'folder'))).toBe(false)
    })
  })
})
