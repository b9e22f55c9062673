import { execFileSync } from 'node:child_process'
import { readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { describe, expect, test } from 'vitest'

import { lockFolder } from '../../../src/publish/lock.ts'
import { inFolder } from '../../support/cli.ts'

const name = '.ladderpress-lock'

/** So long as nobody waits for who is gone: much less than a process that runs is waited for. */
const soon = { timeout: 20_000 }

describe('a lock', () => {
  test.each([
    ['of another machine that nobody holds', '4f9c1de03a77 1\n'],
    ['that is empty', ''],
    ['of this machine before it had a name', 'x'],
  ])('%s is taken away', soon, async (_, held) => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, name), held)
      const release = await lockFolder(folder)
      expect(await readFile(join(folder, name), 'utf8')).not.toBe(held)
      await release()
      expect(await readdir(folder)).toEqual([])
    })
  })

  test.runIf(process.platform !== 'win32').each([
    ['a link to nothing', (path: string) => symlink('nowhere', path)],
    ['a pipe that nobody writes to', (path: string): void => void execFileSync('mkfifo', [path])],
  ] as const)('that is %s is taken away', soon, async (_, make) => {
    await inFolder(async (folder) => {
      await make(join(folder, name))
      const release = await lockFolder(folder)
      await release()
      expect(await readdir(folder)).toEqual([])
    })
  })

  test('that nobody holds is taken away once, whoever waits for it', soon, async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, name), '4f9c1de03a77 1\n')
      let [holders, most] = [0, 0]
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          const release = await lockFolder(folder)
          most = Math.max(most, (holders += 1))
          await setTimeout(20)
          holders -= 1
          await release()
        }),
      )
      expect(most).toBe(1)
      expect(await readdir(folder)).toEqual([])
    })
  })

  test('of another machine that gives signs is waited for', { timeout: 60_000 }, async () => {
    await inFolder(async (folder) => {
      const path = join(folder, name)
      await writeFile(path, '4f9c1de03a77 1\n')
      let taken = false
      const taking = lockFolder(folder).then((release) => {
        taken = true
        return release
      })
      for (let time = 0; time < 32; time += 1) {
        await utimes(path, new Date(), new Date(Date.now() - 60_000 + time))
        await setTimeout(250)
      }
      expect(taken).toBe(false)
      await rm(path)
      await (
        await taking
      )()
    })
  })

  test('is given to one after the other', async () => {
    await inFolder(async (folder) => {
      let holders = 0
      const most: number[] = []
      await Promise.all(
        Array.from({ length: 12 }, async () => {
          const release = await lockFolder(folder)
          most.push((holders += 1))
          await setTimeout(5)
          holders -= 1
          await release()
        }),
      )
      expect(most).toEqual(Array(12).fill(1))
      expect(await readdir(folder)).toEqual([])
    })
  })

  test('that somebody else has by now is not given back by who had it', async () => {
    await inFolder(async (folder) => {
      const release = await lockFolder(folder)
      await writeFile(join(folder, name), 'another’s')
      await release()
      expect(await readFile(join(folder, name), 'utf8')).toBe('another’s')
    })
  })
})
