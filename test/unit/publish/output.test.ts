import { existsSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

import { describe, expect, test } from 'vitest'

import { refuseForeign } from '../../../src/publish/foreign.ts'
import { openOutput, type Output } from '../../../src/publish/output.ts'
import { writeFileWhole } from '../../../src/publish/staging.ts'
import { inFolder, run } from '../../support/cli.ts'
import { hashes, write } from '../../support/files.ts'

const names = (count: number) => Array.from({ length: count }, (_, index) => `a/${index}.html`)

/** Works with an output folder in which the files of an earlier build lie, and those of a new one are staged. */
async function staged(
  paths: readonly string[],
  work: (folder: string, output: Output) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    await write(folder, Object.fromEntries(paths.map((path) => [path, 'old'])))
    const output = await openOutput(folder, 'out')
    for (const path of [...paths, 'new/file.html']) await output.stage(path, Buffer.from('new'))
    try {
      await work(folder, output)
    } finally {
      await output.discard()
    }
  })
}

/** The staging folder of an output, and a staged file in it. */
function stagingOf(folder: string): string {
  return join(folder, readdirSync(folder).find((name) => name.startsWith('.ladderpress-')) ?? '')
}

describe('files that are put into place', () => {
  test('replace those of the build before', async () => {
    await staged(names(3), async (folder, output) => {
      await output.commit([...names(3), 'new/file.html'], [])
      await output.discard()
      const texts = await Promise.all(
        [...names(3), 'new/file.html'].map((path) => readFile(join(folder, path), 'utf8')),
      )
      expect(texts).toEqual(['new', 'new', 'new', 'new'])
      expect(await readdir(folder)).toEqual(['a', 'new'])
    })
  })

  test('are followed by those that are no longer made; what stays of these is told', async () => {
    await staged(names(3), async (folder, output) => {
      await mkdir(join(folder, 'old/2.html'), { recursive: true })
      await writeFile(join(folder, 'old/1.html'), 'old')
      await writeFile(join(folder, 'old/3.html'), 'old')
      await write(folder, { 'deep/down/4.html': 'old' })
      const gone = ['old/0.html', 'old/1.html', 'old/2.html', 'old/3.html', 'deep/down/4.html']
      const stuck = await output.commit([...names(3), 'new/file.html'], gone)
      await output.discard()
      expect(stuck.map(({ code, message }) => `${code}: ${message}`)).toEqual([
        expect.stringMatching(
          /^publish\/cannot-write: out\/old\/2\.html is no longer made, and cannot be removed: /,
        ),
      ])
      expect(await readdir(join(folder, 'old'))).toEqual(['2.html'])
      // Folders go that are empty then.
      expect(await readdir(folder)).toEqual(['a', 'new', 'old'])
    })
  })

  test('stay away all of them where a folder stands in the place of the last', async () => {
    await staged(names(3), async (folder, output) => {
      await rm(join(folder, 'a/2.html'))
      await mkdir(join(folder, 'a/2.html'))
      const before = await hashes(join(folder, 'a'))
      await expect(output.commit(['new/file.html', ...names(3)], [])).rejects.toMatchObject({
        diagnostic: { message: 'out/a/2.html cannot be written: a folder stands where the file should be' },
        isHalf: false,
      })
      await output.discard()
      expect(await hashes(join(folder, 'a'))).toEqual(before)
      expect(await readdir(folder)).toEqual(['a'])
    })
  })

  test('stay away for the first reason in their order, whichever is found first', async () => {
    await staged(names(3), async (folder, output) => {
      await rm(join(folder, 'a/1.html'))
      await mkdir(join(folder, 'a/1.html'))
      await write(folder, { new: 'a file' })
      await expect(output.commit([...names(3), 'new/file.html'], [])).rejects.toMatchObject({
        diagnostic: { message: 'out/a/1.html cannot be written: a folder stands where the file should be' },
      })
      await expect(output.commit(['new/file.html', ...names(3)], [])).rejects.toMatchObject({
        diagnostic: { code: 'publish/not-a-folder' },
      })
    })
  })

  test('are taken back where one of them cannot be put there', async () => {
    await staged(names(3), async (folder, output) => {
      const before = await hashes(join(folder, 'a'))
      rmSync(join(stagingOf(folder), '2-2.html'))
      await expect(output.commit(['new/file.html', ...names(3)], [])).rejects.toMatchObject({
        diagnostic: { code: 'publish/cannot-write' },
        isHalf: false,
      })
      await output.discard()
      expect(await hashes(join(folder, 'a'))).toEqual(before)
      expect(await readdir(folder)).toEqual(['a'])
    })
  })

  test('are taken back where one of them that is new cannot be put there', async () => {
    await staged(names(3), async (folder, output) => {
      const before = await hashes(join(folder, 'a'))
      rmSync(join(stagingOf(folder), '3-file.html'))
      await expect(output.commit([...names(3), 'new/file.html'], [])).rejects.toMatchObject({
        diagnostic: { code: 'publish/cannot-write' },
        isHalf: false,
      })
      await output.discard()
      expect(await hashes(join(folder, 'a'))).toEqual(before)
      expect(await readdir(folder)).toEqual(['a'])
    })
  })

  test('are named where they cannot even be taken back', async () => {
    const many = names(400)
    await staged(many, async (folder, output) => {
      const staging = stagingOf(folder)
      rmSync(join(staging, '399-399.html'))
      const committing = output.commit(many, []).catch((error: unknown) => error)
      // Of the first of so many, what it was is lost before any is put into place.
      while (!existsSync(join(staging, 'before-0'))) await setImmediate()
      rmSync(join(staging, 'before-0'))
      expect(await committing).toMatchObject({
        diagnostic: { hint: expect.stringContaining('out/a/0.html stayed as this build made it') },
        isHalf: true,
      })
      const texts = await Promise.all(many.map((path) => readFile(join(folder, path), 'utf8')))
      expect(texts.indexOf('new')).toBe(0)
      expect(texts.lastIndexOf('new')).toBe(0)
    })
  })

  // Of the second, the usual umask would take some.
  test.each([0o600, 0o666])('have the rights that are asked for: %i', async (mode) => {
    await inFolder(async (folder) => {
      const output = await openOutput(folder, 'out')
      await output.stage('editions.yaml', Buffer.from('new'), mode)
      await output.commit(['editions.yaml'], [])
      await output.discard()
      expect((await stat(join(folder, 'editions.yaml'))).mode & 0o777).toBe(mode)
    })
  })

  test('may be read by everybody where nothing is said', async () => {
    await staged(names(1), async (folder, output) => {
      await output.commit(names(1), [])
      expect((await stat(join(folder, 'a/0.html'))).mode & 0o777).toBe(0o644 & ~process.umask())
    })
  })

  test('are not in the way of another build that begins meanwhile', async () => {
    await staged(names(3), async (folder, output) => {
      await (await openOutput(folder, 'out')).discard()
      await output.commit(names(3), [])
      expect(await readFile(join(folder, 'a/2.html'), 'utf8')).toBe('new')
    })
  })
})

describe.runIf(process.platform === 'linux')('a folder that cannot be written', () => {
  test('leaves none of those above it that were made for it', async () => {
    await inFolder(async (folder) => {
      // The system takes paths of 4,096 bytes: the folder can be made, and nothing in it.
      const part = 'x'.repeat(99)
      let path = folder
      while (path.length < 3_960) path = join(path, part)
      path = join(path, 'x'.repeat(4_085 - path.length))
      await expect(openOutput(path, 'out')).rejects.toMatchObject({
        diagnostic: { message: 'out cannot be written: the path is too long' },
      })
      expect(await readdir(folder)).toEqual([])
    })
  })

  test(
    'is said to be so where the system makes none, and not tried for ever',
    { timeout: 20_000 },
    async () => {
      await expect(openOutput('/proc/out', 'out')).rejects.toMatchObject({
        diagnostic: { code: 'publish/cannot-write' },
      })
    },
  )
})

describe('what was left behind', () => {
  /** The name of the staging folder of a process that has ended, on this machine. */
  async function ended(folder: string): Promise<string> {
    const output = await openOutput(folder, 'out')
    const [, where] =
      /^\.ladderpress-([0-9a-f]{8})-\d+-/.exec(stagingOf(folder).slice(folder.length + 1)) ?? []
    await output.discard()
    const { stdout } = await run(process.execPath, ['-p', 'process.pid'])
    return `.ladderpress-${where}-${stdout.trim()}-abcdef`
  }
  const elsewhere = '.ladderpress-00000000-999999999-abcdef'

  test('goes where its process has ended, and stays where nothing is known of that', async () => {
    await inFolder(async (folder) => {
      const gone = await ended(folder)
      const lock = gone.replace('-abcdef', '-lock')
      await write(folder, { [`${gone}/file`]: '', [lock]: '', [`${elsewhere}/file`]: '' })
      await (await openOutput(folder, 'out')).discard()
      expect(await readdir(folder)).toEqual([elsewhere])
      const before = new Date(Date.now() - 3 * 24 * 60 * 60 * 1000)
      await utimes(join(folder, elsewhere), before, before)
      await (await openOutput(folder, 'out')).discard()
      expect(await readdir(folder)).toEqual([])
    })
  })

  test('goes beside a file that is written alone too', async () => {
    await inFolder(async (folder) => {
      const gone = await ended(folder)
      await write(folder, { [`${gone}/out.zip`]: 'half' })
      await writeFileWhole(join(folder, 'out.zip'), 'out.zip', Buffer.from('whole'))
      expect(await readdir(folder)).toEqual(['out.zip'])
    })
  })
})

test('files of others in a root are named without an empty folder', async () => {
  await inFolder(async (folder) => {
    await write(folder, { 'index.html': 'mine' })
    const refused = refuseForeign(folder, '/', new Set(), [{ path: 'index.html' }])
    await expect(refused).rejects.toThrow(/^\/index\.html would be replaced/)
  })
})
