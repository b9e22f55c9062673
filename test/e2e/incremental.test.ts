import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test, vi } from 'vitest'

import { hashInputs } from '../../src/load/inputs.ts'
import { processMark } from '../../src/load/processes.ts'
import type { Manifest } from '../../src/publish/manifest.ts'
import { inFolder, ladderpress, program, root, run } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'
import { whileRunning } from '../support/preview.ts'
import {
  changeSomething,
  numbersFrom,
  randomProject,
  yamlOf,
  type RandomProject,
} from '../support/random-ladder.ts'

/** Works in a folder in which a ladder was built. */
async function built<T>(work: (cwd: string) => Promise<T>, ladder = smallLadder): Promise<T> {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    await build(cwd)
    return work(cwd)
  })
}

async function build(cwd: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await ladderpress(['build', 'ladder.yaml', ...args], { cwd })
  expect(code, stderr).toBe(0)
  return { stdout, stderr }
}

/** Writes the manifest of a build as somebody might who has something to gain by it. */
async function editManifest(cwd: string, edit: (manifest: Manifest) => object): Promise<void> {
  const path = join(cwd, 'out', 'manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  await writeFile(path, JSON.stringify(edit(manifest)))
}

/** The documents that a build printed. */
function printed({ stderr }: { stderr: string }): string[] {
  return stderr.split('\n').filter((line) => /^[a-z0-9/-]+$/.test(line))
}

/** What is in the output folder is what a build into an empty one makes. */
async function expectWhole(cwd: string, ...args: string[]): Promise<void> {
  await build(cwd, '--out', 'anew', ...args)
  expect(await hashes(join(cwd, 'out'))).toEqual(await hashes(join(cwd, 'anew')))
  await rm(join(cwd, 'anew'), { recursive: true })
}

describe('a build after which nothing has changed', () => {
  test('takes away what a build that was killed has left', async () => {
    await built(async (cwd) => {
      const { pid } = spawnSync(process.execPath, ['-e', '0'])
      const left = join(cwd, 'out', `.ladderpress-${processMark().replace(/\d+$/, String(pid))}-abc`)
      await mkdir(left)
      expect((await build(cwd)).stdout).toMatch(/^\d+ unchanged\. /)
      expect(existsSync(left)).toBe(false)
    })
  })

  test('writes nothing, and says how much is there', async () => {
    await built(async (cwd) => {
      const before = await stat(join(cwd, 'out', 'manifest.json'))
      const files = Object.keys(await hashes(join(cwd, 'out'))).length
      const { stdout, stderr } = await build(cwd)
      // The manifest is no artifact of its own.
      expect([stdout, stderr]).toEqual([`${files - 1} unchanged. Open out/index.html\n`, ''])
      expect((await stat(join(cwd, 'out', 'manifest.json'))).mtimeMs).toBe(before.mtimeMs)
    })
  })

  test('repeats warnings and notes at their places, and fails again where it must', async () => {
    const warned = smallLadder.replace('- Holds 1:1s', '- Holds <b>1:1s</b>')
    await built(async (cwd) => {
      const { stderr } = await build(cwd)
      expect(stderr).toContain('markdown/html')
      expect(stderr).toMatch(/ladder\.yaml:\d+:\d+\n.*<b>1:1s<\/b>/)
      const strict = await ladderpress(['build', 'ladder.yaml', '--strict'], { cwd })
      expect([strict.code, strict.stdout]).toEqual([1, 'Nothing in out was changed\n'])
      const json = await ladderpress(['build', 'ladder.yaml', '--report', 'json'], { cwd })
      expect(JSON.parse(json.stdout)).toMatchObject({ warnings: 2 })
    }, warned)
  })

  test('says all of it in the words and the order of the build before', async () => {
    // Too much for a sheet, of several kinds of documents, and a word that is too long for two of them.
    const much = Array.from(
      { length: 60 },
      (_, n) => `Builds thing ${n} with Donaudampfschifffahrtsgesellschaften`,
    )
    const long = smallLadder.replace('craft: Builds larger things', `craft: [${much.join(', ')}]`)
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': long })
      const report = async () => {
        const { stdout } = await ladderpress(['build', 'ladder.yaml', '--report', 'json'], { cwd })
        return JSON.parse(stdout) as { diagnostics: { message: string }[] }
      }
      const first = await report()
      expect(first.diagnostics.length).toBeGreaterThan(2)
      expect(await report()).toEqual(first)
    })
  })

  test('is made anew with --force, to the same bytes', async () => {
    await built(async (cwd) => {
      const before = await hashes(join(cwd, 'out'))
      expect(printed(await build(cwd, '--force')).length).toBeGreaterThan(5)
      expect(await hashes(join(cwd, 'out'))).toEqual(before)
    })
  })
})

describe('a build after a change', () => {
  test('changes nothing where one of its files cannot be put into its place, and says so', async () => {
    await built(async (cwd) => {
      const engineer = join(cwd, 'out', 'one-pager', 'engineer.html')
      await rm(engineer)
      await mkdir(engineer)
      const before = await hashes(join(cwd, 'out'))
      await writeFile(join(cwd, 'ladder.yaml'), smallLadder.replace('Builds things', 'Makes things'))
      const { code, stdout, stderr } = await ladderpress(['build', 'ladder.yaml'], { cwd })
      expect([code, stdout]).toEqual([4, 'Nothing in out was changed\n'])
      expect(stderr).toContain(
        'out/one-pager/engineer.html cannot be written: a folder stands where the file',
      )
      expect(await hashes(join(cwd, 'out'))).toEqual(before)
      expect((await readdir(join(cwd, 'out'))).filter((name) => name.startsWith('.'))).toEqual([])
    })
  })

  test('prints nothing for a comment', async () => {
    await built(async (cwd) => {
      await writeFile(join(cwd, 'ladder.yaml'), `# A comment\n${smallLadder}`)
      const made = await build(cwd)
      expect(made.stdout).toMatch(/^\d+ unchanged\. /)
      await expectWhole(cwd)
    })
  })

  test('prints what holds the word that changed, and no more', async () => {
    await built(async (cwd) => {
      const before = await hashes(join(cwd, 'out'))
      await writeFile(join(cwd, 'ladder.yaml'), smallLadder.replace('Builds things', 'Makes things'))
      await build(cwd)
      const after = await hashes(join(cwd, 'out'))
      const changed = Object.keys(after).filter((path) => after[path] !== before[path])
      expect(changed.filter((path) => path.startsWith('one-pager/') || path.startsWith('matrix/'))).toEqual([
        'matrix/ic.html',
        'matrix/ic.pdf',
        'one-pager/engineer.html',
        'one-pager/engineer.pdf',
      ])
      await expectWhole(cwd)
    })
  })

  test.each([
    ['one level', ['--level', 'senior']],
    ['HTML', ['--format', 'html']],
  ])('makes what was left as it was when only %s was made after it', async (_, args) => {
    await built(async (cwd) => {
      await writeFile(join(cwd, 'ladder.yaml'), smallLadder.replace('Builds things', 'Makes things'))
      await build(cwd, ...args)
      expect((await build(cwd)).stdout).toContain('one-pager/engineer.pdf')
      await expectWhole(cwd)
    })
  })

  test('fails again where a document that was there before cannot be printed any more', async () => {
    await built(async (cwd) => {
      const path = join(cwd, 'out', 'one-pager', 'senior.pdf')
      const before = await readFile(path)
      await write(cwd, {
        'templates/styles/one-pager.css': '.sheet { padding: 18mm; } .side-head { width: 400mm; }',
      })
      for (const time of ['the first time', 'the second time']) {
        const { code, stderr } = await ladderpress(['build', 'ladder.yaml'], { cwd })
        expect([code, stderr], time).toEqual([1, expect.stringContaining('print/too-wide')])
        expect(before.equals(await readFile(path)), time).toBe(true)
      }
    })
  })

  test.each([
    ['deleted', async (path: string) => rm(path)],
    ['edited', async (path: string) => writeFile(path, 'edited')],
    ['cut short', async (path: string) => writeFile(path, (await readFile(path)).subarray(0, 999))],
  ])('makes a file again that was %s, and that alone', async (_, harm) => {
    await built(async (cwd) => {
      await harm(join(cwd, 'out', 'one-pager', 'senior.pdf'))
      const made = await build(cwd)
      expect(made.stdout).toContain('one-pager/senior.pdf')
      expect(made.stdout).not.toContain('one-pager/engineer.pdf')
      await expectWhole(cwd)
    })
  })

  test.each([
    ['damaged', '{ "tool": { "name": "ladderpress", '],
    [
      'not as ours are',
      '{ "tool": { "name": "ladderpress" }, "artifacts": [], "build": { "key": "x", "inputs": [], "groups": {} } }',
    ],
  ])('makes everything where the manifest is %s', async (_, text) => {
    await built(async (cwd) => {
      await writeFile(join(cwd, 'out', 'manifest.json'), text)
      expect(printed(await build(cwd)).length).toBeGreaterThan(5)
      await expectWhole(cwd)
    })
  })

  test.each([
    ['has nothing in it', { artifacts: [], build: {} }],
    ['says what there is not', { build: { key: null, inputs: [{ path: 1 }], groups: {} } }],
    ['has a diagnostic of no code', { diagnostics: [{ code: 'no/code', severity: 'error', message: 'No' }] }],
  ])('makes everything where the manifest %s', async (_, forged) => {
    await built(async (cwd) => {
      await editManifest(cwd, (manifest) =>
        'artifacts' in forged ? { ...forged } : { ...manifest, ...forged },
      )
      expect(printed(await build(cwd)).length).toBeGreaterThan(5)
      await expectWhole(cwd)
    })
  })

  test('looks at no file elsewhere that the manifest names', async () => {
    await inFolder(async (box) => {
      const cwd = join(box, 'project')
      const secret = 'TOKEN=hidden-by-all'
      await write(box, { 'project/ladder.yaml': smallLadder, 'secret.env': secret, 'tree/leaf': 'leaf' })
      await build(cwd)
      const whole = await readFile(join(cwd, 'out', 'manifest.json'), 'utf8')
      const at = { file: '../secret.env', start: { line: 1, column: 1 }, end: { line: 1, column: 9 } }
      const place = { code: 'markdown/html', severity: 'warning', message: 'Look here', at }
      const elsewhere = hashInputs(cwd, ['../secret.env', '../tree'])

      await editManifest(cwd, ({ diagnostics, ...rest }) => ({
        ...rest,
        diagnostics: [...diagnostics, place],
      }))
      const told = await build(cwd)
      expect(told.stderr + told.stdout).not.toContain('hidden')

      await write(cwd, { 'out/manifest.json': whole })
      await editManifest(cwd, ({ artifacts, ...rest }) => ({
        ...rest,
        artifacts: artifacts.map((artifact) => ({ ...artifact, diagnostics: [place] })),
      }))
      for (const args of [['--only', 'one-pager'], []]) {
        const { stderr, stdout } = await build(cwd, ...args)
        expect(stderr + stdout).not.toContain('hidden')
      }

      await write(cwd, { 'out/manifest.json': whole })
      await editManifest(cwd, ({ build: trace, ...rest }) => ({
        ...rest,
        build: trace && { ...trace, inputs: [...trace.inputs, ...elsewhere] },
      }))
      await build(cwd)
      // It was not believed: this is the manifest of a build that was made.
      expect(await readFile(join(cwd, 'out', 'manifest.json'), 'utf8')).toBe(whole)
    })
  })

  test('believes no manifest that says it is made from what it is not', async () => {
    await built(async (cwd) => {
      const path = join(cwd, 'out', 'manifest.json')
      const manifest = await readFile(path, 'utf8')
      await writeFile(join(cwd, 'ladder.yaml'), smallLadder.replace('Builds things', 'Makes things'))
      await build(cwd)
      // The manifest of the build before, with the files of this one.
      await writeFile(path, manifest)
      expect(printed(await build(cwd)).length).toBeGreaterThan(0)
      await expectWhole(cwd)
    })
  })

  test('sees templates and press settings that come and go', async () => {
    await built(async (cwd) => {
      await write(cwd, { 'press.yaml': 'brand: { name: Acme }\n' })
      expect(printed(await build(cwd)).length).toBeGreaterThan(5)
      await expectWhole(cwd)
      await write(cwd, { 'templates/styles/mine.css': '/* nothing */\n' })
      expect(printed(await build(cwd)).length).toBeGreaterThan(5)
      await rm(join(cwd, 'templates'), { recursive: true })
      await rm(join(cwd, 'press.yaml'))
      await build(cwd)
      await expectWhole(cwd)
    })
  })

  test('sees that a link leads to another folder of track files', async () => {
    const [head = '', managers = ''] = smallLadder.split('  - id: mg\n')
    const track = `id: mg\n${managers.replaceAll(/^ {4}/gm, '')}`
    await inFolder(async (cwd) => {
      await write(cwd, {
        'ladder.yaml': `${head}  - tracks/mg.yaml\n`,
        'one/mg.yaml': track,
        'two/mg.yaml': track.replace('Leads a team', 'Leads two teams'),
      })
      await symlink('one', join(cwd, 'tracks'))
      await build(cwd)
      expect(printed(await build(cwd))).toEqual([])
      await rm(join(cwd, 'tracks'))
      await symlink('two', join(cwd, 'tracks'))
      await build(cwd)
      expect(await readFile(join(cwd, 'out/one-pager/lead.html'), 'utf8')).toContain('Leads two teams')
      await expectWhole(cwd)
    })
  })

  test('finds places anew where lines have moved', async () => {
    const long = Array.from(
      { length: 80 },
      (_, n) => `          - Holds meeting number ${n} of the many that there are`,
    )
    const notes = smallLadder.replace('          - Holds 1:1s', long.join('\n'))
    await built(async (cwd) => {
      await writeFile(join(cwd, 'ladder.yaml'), `# one line more\n${notes}`)
      const { stderr } = await build(cwd)
      const lead = notes.split('\n').findIndex((line) => line.includes('id: lead')) + 2
      expect(stderr).toContain('print/continues')
      expect(stderr).toContain(`ladder.yaml:${lead}:`)
    }, notes)
  })
})

test('two builds into one folder at one moment leave what one of them makes', async () => {
  await inFolder(async (cwd) => {
    const other = smallLadder.replace('Builds things', 'Makes things').replace('Small ladder', 'Other ladder')
    await write(cwd, { 'one.yaml': smallLadder, 'two.yaml': other })
    const start = (name: string, out: string) => ladderpress(['build', `${name}.yaml`, '--out', out], { cwd })
    await Promise.all([start('one', 'alone-one'), start('two', 'alone-two')])
    for (let round = 0; round < 3; round += 1) {
      const runs = await Promise.all([start('one', 'both'), start('two', 'both')])
      expect(runs.map(({ code }) => code)).toEqual([0, 0])
      const found = await hashes(join(cwd, 'both'))
      const [one, two] = [await hashes(join(cwd, 'alone-one')), await hashes(join(cwd, 'alone-two'))]
      expect([one, two].some((whole) => JSON.stringify(whole) === JSON.stringify(found))).toBe(true)
    }
  })
})

test('several browsers make the bytes that one makes', async () => {
  await built(async (cwd) => {
    for (const jobs of ['1', '3']) await build(cwd, '--force', '--jobs', jobs, '--out', `by-${jobs}`)
    expect(await hashes(join(cwd, 'by-3'))).toEqual(await hashes(join(cwd, 'by-1')))
  })
})

describe('whatever changes', () => {
  test.each([1, 2, 3])('an incremental build makes the bytes of a full one (ladder %i)', async (seed) => {
    await inFolder(async (cwd) => {
      const random = numbersFrom(seed)
      const project = randomProject(random)
      const changes: string[] = []
      for (let step = 0; step < 4; step += 1) {
        await writeProject(cwd, project)
        await build(cwd)
        await build(cwd, '--out', 'anew')
        expect(await hashes(join(cwd, 'out')), changes.join(', ')).toEqual(await hashes(join(cwd, 'anew')))
        await rm(join(cwd, 'anew'), { recursive: true })
        changes.push(changeSomething(project, random))
      }
    })
  })

  test.each([6, 7])('builds of a part in between change nothing of that (ladder %i)', async (seed) => {
    const random = numbersFrom(seed)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
    const project = randomProject(random)
    await inFolder(async (cwd) => {
      await writeProject(cwd, project)
      await build(cwd)
      const steps: string[] = []
      for (let step = 0; step < 4; step += 1) {
        steps.push(changeSomething(project, random))
        await writeProject(cwd, project)
        const track = pick(project.tracks)
        const described = track.levels.find((level) => level.described)
        const part = pick([
          ['--format', 'html'],
          ['--only', pick(['one-pager', 'matrix', 'poster', 'booklet'])],
          ['--track', track.id],
          ...(described ? [['--only', 'one-pager', '--level', described.id]] : []),
        ])
        steps.push(part.join(' '))
        await build(cwd, ...part)
        await build(cwd)
        await build(cwd, '--out', 'anew')
        expect(await hashes(join(cwd, 'out')), steps.join(', ')).toEqual(await hashes(join(cwd, 'anew')))
        await rm(join(cwd, 'anew'), { recursive: true })
      }
    })
  })

  test.each([4, 5])('a watch leaves the bytes of a full build (ladder %i)', async (seed) => {
    const random = numbersFrom(seed)
    const project = randomProject(random)
    await whileRunning(
      ['build', '--watch'],
      async ({ cwd, until }) => {
        await until(/Watching/)
        const changes: string[] = []
        for (let step = 0; step < 4; step += 1) {
          changes.push(changeSomething(project, random))
          await writeProject(cwd, project)
          await build(cwd, '--force', '--out', 'anew')
          const wanted = await hashes(join(cwd, 'anew'))
          // Files that are saved one after the other may take more than one round.
          await vi.waitFor(
            async () => expect(await hashes(join(cwd, 'out')), changes.join(', ')).toEqual(wanted),
            { timeout: 30_000, interval: 200 },
          )
          await rm(join(cwd, 'anew'), { recursive: true })
        }
      },
      { files: { 'ladder.yaml': yamlOf(project), ...(project.press && { 'press.yaml': project.press }) } },
    )
  })
})

async function writeProject(cwd: string, project: RandomProject): Promise<void> {
  for (const [path, text] of [
    ['press.yaml', project.press],
    ['templates/styles/mine.css', null],
    ['templates/styles/one-pager.css', project.style],
  ] as const) {
    if (text === null) await rm(join(cwd, path), { force: true })
    else await write(cwd, { [path]: text })
  }
  await write(cwd, { 'ladder.yaml': yamlOf(project) })
}

test.each(['print/unfitted', 'print/another-browser'])(
  'the manifest tells of %s, and not where browsers lie on this machine',
  async (code) => {
    await inFolder(async (cwd) => {
      const fixture = join(root, 'test', 'diagnostics', code)
      await cp(fixture, cwd, { recursive: true })
      const isSetUp = existsSync(join(cwd, 'setup.mjs'))
      if (isSetUp) await run(process.execPath, ['setup.mjs'], { cwd, env: { LADDERPRESS_PROGRAM: program } })
      const env = isSetUp
        ? { XDG_CACHE_HOME: join(cwd, 'cache'), PATH: `${join(cwd, 'programs')}:/usr/bin:/bin` }
        : { PUPPETEER_EXECUTABLE_PATH: join(cwd, 'chrome') }
      const args = ['build', 'ladder.yaml', '--only', 'one-pager', '--format', 'html']
      const { code: exit, stderr } = await ladderpress(args, { cwd, env })
      expect([exit, stderr]).toEqual([0, expect.stringContaining(cwd)])
      const manifest = await readFile(join(cwd, 'out', 'manifest.json'), 'utf8')
      expect(manifest).toContain(code)
      expect(manifest).not.toContain(cwd)
    })
  },
)
