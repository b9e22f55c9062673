import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import type { PressPage } from '../../src/browser/press.ts'
import { BrowserFailure, openSession, type Session } from '../../src/browser/session.ts'
import { pagesOf, readPdf } from '../../src/finish/read.ts'
import type { Manifest } from '../../src/publish/manifest.ts'
import { sha256 } from '../../src/text/hash.ts'
import { inFolder, ladderpress, program } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'
import { browsersOf, holdsWithin, profilesOf } from '../support/processes.ts'

/** A ladder, and a folder for temporary files in which nobody else leaves anything. */
const inLadder = <T>(work: (cwd: string, temporary: string) => Promise<T>) =>
  inFolder(async (cwd) => {
    // As root the browser runs as nobody, who must be able to reach its program and its profile.
    await chmod(cwd, 0o755)
    const temporary = await mkdtemp('/tmp/lp-')
    await chmod(temporary, 0o755)
    await write(cwd, { 'ladder.yaml': smallLadder })
    try {
      return await work(cwd, temporary)
    } finally {
      await rm(temporary, { recursive: true, force: true })
    }
  })

/** Starts a build and ends it by a signal after so many ms. */
function interrupted(
  cwd: string,
  temporary: string,
  signal: NodeJS.Signals,
  when: number | 'printing',
): Promise<{ id: number | undefined; code: number | null; signal: NodeJS.Signals | null; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, 'build', 'ladder.yaml'], {
      cwd,
      env: { ...process.env, TMPDIR: temporary, NO_COLOR: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => {
      // The first line of progress says that a document is done.
      if (when === 'printing' && stderr === '') child.kill(signal)
      stderr += chunk.toString()
    })
    child.on('close', (code, ended) => resolve({ id: child.pid, code, signal: ended, stderr }))
    if (when !== 'printing') setTimeout(() => child.kill(signal), when)
  })
}

describe('a build that is told to stop', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends on %s with %s, and leaves nothing', async (signal, code) => {
    await inLadder(async (cwd, temporary) => {
      const ended = await interrupted(cwd, temporary, signal, 'printing')
      expect(ended).toMatchObject({ code, signal: null })
      expect(ended.stderr).toContain('Stopped. Nothing was changed.')
      expect(await readdir(cwd)).toEqual(['ladder.yaml'])
      expect(await readdir(temporary)).toEqual([])
      expect(await profilesOf(ended.id)).toEqual([])
      expect(await browsersOf(ended.id)).toEqual([])
    })
  })
})

describe('a browser', () => {
  test('is gone for everybody who ends it, also where another has begun to', async () => {
    const session = await openSession({ env: process.env })
    if ('tried' in session) throw new Error('no browser was found')
    expect(await profilesOf(process.pid)).toHaveLength(1)
    const first = session.close()
    await session.close()
    expect(await profilesOf(process.pid)).toEqual([])
    await first
  })
})

describe.runIf(process.platform === 'linux')('a browser that prints', () => {
  /** Works with a browser of this process. */
  const withSession = async (work: (session: Session) => Promise<void>) => {
    const session = await openSession({ env: process.env })
    if ('tried' in session) throw new Error('no browser was found')
    try {
      await work(session)
    } finally {
      await session.close()
    }
    expect(await browsersOf(process.pid)).toEqual([])
  }
  const killAll = async () => {
    for (const id of await browsersOf(process.pid)) process.kill(id, 'SIGKILL')
  }
  const nothing = async (page: PressPage) => page.measure({})

  test('is replaced after a hundred documents', async () => {
    await withSession(async (session) => {
      const first = await browsersOf(process.pid)
      for (let count = 0; count < 100; count += 1) await session.withPage(nothing)
      expect(await browsersOf(process.pid)).toEqual(expect.arrayContaining(first))
      await session.withPage(nothing)
      expect(await browsersOf(process.pid)).not.toEqual(expect.arrayContaining(first))
    })
  })

  test('and ends meanwhile is replaced, and the work is done once more', async () => {
    await withSession(async (session) => {
      let times = 0
      const work = async (page: PressPage) => {
        times += 1
        if (times === 1) await killAll()
        await page.measure({})
        return 'done'
      }
      expect([await session.withPage(work), times]).toEqual(['done', 2])
    })
  })

  test('and ends twice is told of; what is wrong with the work itself is not tried again', async () => {
    await withSession(async (session) => {
      let times = 0
      const failing = session.withPage(async (page) => {
        times += 1
        await killAll()
        await page.measure({})
      })
      await expect(failing).rejects.toBeInstanceOf(BrowserFailure)
      expect(times).toBe(2)
      const wrong = session.withPage(async () => {
        times += 1
        throw new TypeError('a bug')
      })
      await expect(wrong).rejects.toThrow('a bug')
      expect(times).toBe(3)
    })
  })

  test('ends at once when its work is not wanted any more', async () => {
    const ending = new AbortController()
    const session = await openSession({ env: process.env }, ending.signal)
    if ('tried' in session) throw new Error('no browser was found')
    await session.withPage(nothing)
    ending.abort()
    expect(await holdsWithin(5_000, async () => (await browsersOf(process.pid)).length === 0)).toBe(true)
    await expect(session.withPage(nothing)).rejects.toThrow('aborted')
    await session.close()
    expect(await profilesOf(process.pid)).toEqual([])
  })
})

describe('a build that is killed at any moment', () => {
  test('leaves whole files only, and nothing behind after the next', { timeout: 400_000 }, async () => {
    await inLadder(async (cwd, temporary) => {
      const out = join(cwd, 'out')
      const versions = ['Builds things', 'Builds other things'].map((text) =>
        smallLadder.replace('Builds things', text),
      )
      let duration = 1_000
      /** Every hash that a file may have: that of one of the two ladders. */
      const whole = new Map<string, Set<string>>()
      for (const text of versions) {
        await write(cwd, { 'ladder.yaml': text })
        const began = Date.now()
        const { code, stderr } = await ladderpress(['build', 'ladder.yaml'], {
          cwd,
          env: { TMPDIR: temporary },
        })
        expect(code, stderr).toBe(0)
        duration = Date.now() - began
        for (const [path, hash] of Object.entries(await hashes(out))) {
          whole.set(path, (whole.get(path) ?? new Set()).add(hash))
        }
      }
      const killed: (number | undefined)[] = []
      const moments = Array.from({ length: 50 }, () => Math.random() * duration * 1.1)
      for (const [index, moment] of moments.entries()) {
        await write(cwd, { 'ladder.yaml': versions[index % 2] ?? '' })
        killed.push((await interrupted(cwd, temporary, 'SIGKILL', moment)).id)
        const found = Object.entries(await hashes(out)).filter(([path]) => !path.startsWith('.ladderpress-'))
        // None is lost, and each is one of the two whole ones.
        expect(found.map(([path]) => path)).toEqual([...whole.keys()])
        const torn = found.filter(([path, hash]) => whole.get(path)?.has(hash) !== true)
        expect(torn, `killed after ${moment} ms`).toEqual([])
      }
      const leftOf = async (of: (id: number | undefined) => Promise<readonly unknown[]>) =>
        (await Promise.all(killed.map((id) => of(id)))).flat()
      expect(await holdsWithin(5_000, async () => (await leftOf(browsersOf)).length === 0)).toBe(true)

      await write(cwd, { 'ladder.yaml': versions[0] ?? '' })
      // If the last of those that were killed had ended, nothing would be left to do, and no browser to clear up after.
      const last = await ladderpress(['build', 'ladder.yaml', '--force'], { cwd, env: { TMPDIR: temporary } })
      expect(last.code, last.stderr).toBe(0)
      expect(await readdir(temporary)).toEqual([])
      expect(await leftOf(profilesOf)).toEqual([])
      expect((await readdir(out)).filter((name) => name.startsWith('.'))).toEqual([])
      const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Manifest
      for (const { path, sha256: hash, format, pages } of manifest.artifacts) {
        const bytes = await readFile(join(out, path))
        expect([path, sha256(bytes)]).toEqual([path, hash])
        if (format === 'pdf') expect([path, pagesOf(readPdf(bytes)).length]).toEqual([path, pages])
      }
    })
  })
})

describe('side by side', () => {
  test('two first builds unpack the browser without getting into each other’s way', async () => {
    await inLadder(async (cwd, temporary) => {
      const cache = join(cwd, 'cache')
      await mkdir(cache)
      const env = { TMPDIR: temporary, XDG_CACHE_HOME: cache }
      const builds = await Promise.all(
        ['one', 'two'].map((out) => ladderpress(['build', 'ladder.yaml', '--out', out], { cwd, env })),
      )
      for (const { code, stderr } of builds) expect(code, stderr).toBe(0)
      expect(await hashes(join(cwd, 'two'))).toEqual(await hashes(join(cwd, 'one')))
      if (process.platform === 'linux' && process.arch === 'x64') {
        const unpacked = await readdir(join(cache, 'ladderpress'))
        expect(unpacked).toEqual([expect.stringMatching(/^headless-shell-[\d.]+$/)])
      }
    })
  })

  test.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'a first build that was killed while it unpacked the browser leaves nothing behind after the next',
    async () => {
      await inLadder(async (cwd, temporary) => {
        const env = { TMPDIR: temporary, XDG_CACHE_HOME: join(cwd, 'cache') }
        const cache = join(cwd, 'cache', 'ladderpress')
        await mkdir(cache, { recursive: true })
        const child = spawn(process.execPath, [program, 'build', 'ladder.yaml'], {
          cwd,
          env: { ...process.env, ...env },
          stdio: 'ignore',
        })
        const ended = new Promise((resolve) => child.on('close', resolve))
        expect(await holdsWithin(10_000, async () => (await readdir(cache)).length > 0)).toBe(true)
        child.kill('SIGKILL')
        await ended
        expect(await readdir(cache)).toEqual([expect.stringMatching(/^\.unpacking-/)])
        const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--only', 'poster'], { cwd, env })
        expect(code, stderr).toBe(0)
        expect(await readdir(cache)).toEqual([expect.stringMatching(/^headless-shell-[\d.]+$/)])
      })
    },
  )

  test.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'a browser in the cache that lost a part of itself is unpacked again, and one that is whole is not',
    async () => {
      await inLadder(async (cwd, temporary) => {
        const env = { TMPDIR: temporary, XDG_CACHE_HOME: join(cwd, 'cache') }
        const cache = join(cwd, 'cache', 'ladderpress')
        await mkdir(cache, { recursive: true })
        const build = () =>
          ladderpress(['build', 'ladder.yaml', '--only', 'poster', '--force', '-q'], { cwd, env })
        await build()
        const [name = ''] = await readdir(cache)
        const shell = join(cache, name, 'headless-shell')
        const damages = [
          () => truncate(shell, 1_000_000),
          () => rm(shell),
          () => rm(join(cache, name, 'lib', 'libnss3.so')),
        ]
        for (const damage of damages) {
          await damage()
          const { code, stderr } = await build()
          expect([code, stderr]).toEqual([0, ''])
          expect(await readdir(cache)).toEqual([name])
        }
        const { ino } = await stat(shell)
        expect((await build()).code).toBe(0)
        expect((await stat(shell)).ino).toBe(ino)
      })
    },
  )

  test('a cache whose folder is no absolute path is not made where the build happens to run', async () => {
    await inLadder(async (cwd, temporary) => {
      const env = { TMPDIR: temporary, XDG_CACHE_HOME: 'cache' }
      const { code, stderr } = await ladderpress(['build', '--only', 'one-pager'], { cwd, env })
      expect([code, stderr]).toEqual([0, expect.not.stringContaining('warning')])
      expect(await readdir(cwd)).toEqual(['ladder.yaml', 'out'])
    })
  })

  test.runIf(process.platform === 'linux' && process.arch === 'x64' && process.getuid?.() === 0)(
    'a cache that only root may enter keeps no browser, which does not run as root',
    async () => {
      await inLadder(async (cwd, temporary) => {
        const cache = join(cwd, 'cache')
        await mkdir(cache, { mode: 0o700 })
        const browserIn = async (env: NodeJS.ProcessEnv) => {
          const { code, stdout } = await ladderpress(['doctor', '--report', 'json'], {
            cwd,
            env: { TMPDIR: temporary, ...env },
          })
          expect(code, stdout).toBe(0)
          return (JSON.parse(stdout) as { browser: object }).browser
        }
        const usual = await browserIn({ XDG_CACHE_HOME: '' })
        expect(await browserIn({ XDG_CACHE_HOME: cache })).toEqual(usual)
        expect(await readdir(cache)).not.toContain('ladderpress')
      })
    },
  )

  test('two builds into one folder both end well, and the manifest tells of what is there', async () => {
    await inLadder(async (cwd, temporary) => {
      const builds = await Promise.all(
        [0, 1].map(() => ladderpress(['build', 'ladder.yaml'], { cwd, env: { TMPDIR: temporary } })),
      )
      for (const { code, stderr } of builds) expect(code, stderr).toBe(0)
      const found = await hashes(join(cwd, 'out'))
      const manifest = JSON.parse(await readFile(join(cwd, 'out', 'manifest.json'), 'utf8')) as Manifest
      expect(Object.keys(found)).toHaveLength(manifest.artifacts.length + 1)
      for (const artifact of manifest.artifacts) expect(found[artifact.path]).toBe(artifact.sha256)
    })
  })
})

describe('text that asks too much of a page', () => {
  test('stops its own document only, and ends', async () => {
    await inLadder(async (cwd, temporary) => {
      const text = smallLadder
        .replace('Builds things', 'a'.repeat(19_000))
        .replace('- Leads a team', Array(900).fill('- Leads a team').join('\n          '))
      await write(cwd, { 'ladder.yaml': text })
      const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--only', 'one-pager'], {
        cwd,
        env: { TMPDIR: temporary },
      })
      expect(code).toBe(1)
      expect(stderr).toContain('print/overflow')
      expect(Object.keys(await hashes(join(cwd, 'out')))).toEqual([
        'manifest.json',
        'one-pager/lead.html',
        'one-pager/lead.pdf',
        'one-pager/senior.html',
        'one-pager/senior.pdf',
      ])
      const lead = readPdf(await readFile(join(cwd, 'out', 'one-pager', 'lead.pdf')))
      expect(pagesOf(lead).length).toBeGreaterThan(5)
    })
  })
})

test.runIf(process.platform === 'linux')(
  'doctor ends where a browser starts and then says nothing',
  async () => {
    await inLadder(async (cwd, temporary) => {
      const silent = `#!/bin/sh\nprintf '{"id":1,"result":{"targetId":"1"}}\\0' >&4\nexec sleep 600\n`
      await write(cwd, { silent })
      await chmod(join(cwd, 'silent'), 0o755)
      const { code, stdout } = await ladderpress(['doctor', '--browser-path', 'silent'], {
        cwd,
        env: { TMPDIR: temporary },
      })
      expect(code, stdout).toBe(3)
      expect(stdout).toContain('started but failed: it did not answer for 30 seconds')
    })
  },
)

test.runIf(process.platform === 'linux')(
  'a browser that may not open enough files keeps its sandbox, and it is said what to do',
  async () => {
    await inLadder(async (cwd, temporary) => {
      const starts = join(cwd, 'starts')
      const lacking = `#!/bin/sh\necho "$@" >> ${starts}\necho 'Check failed: . : Too many open files (24)' >&2\nkill -TRAP $$\n`
      await write(cwd, { lacking, starts: '' })
      await chmod(join(cwd, 'lacking'), 0o755)
      await chmod(starts, 0o666)
      await chmod(cwd, 0o755)
      const { code, stderr } = await ladderpress(['build', '--browser-path', 'lacking'], {
        cwd,
        env: { TMPDIR: temporary },
      })
      expect(code, stderr).toBe(3)
      expect(stderr).toMatch(/Too many open files.*ulimit -n 1024/s)
      expect(await readFile(starts, 'utf8')).not.toContain('--no-sandbox')
      expect(await readdir(temporary)).toEqual([])
    })
  },
)
