import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { inFolder, ladderpress, program, root } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'

/** A project beside a file that must not be read. */
const inProject = (work: (cwd: string, secret: string) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    const cwd = join(folder, 'project')
    await write(cwd, { 'ladder.yaml': smallLadder })
    await write(folder, { 'secret.yaml': 'notice: SECRET-WORDS\n' })
    await work(cwd, join(folder, 'secret.yaml'))
  })

const build = (cwd: string) =>
  ladderpress(['build', 'ladder.yaml', '--format', 'html', '--only', 'one-pager'], { cwd })

test('press.yaml that leads out of the project is refused, unread', async () => {
  await inProject(async (cwd, secret) => {
    await symlink(secret, join(cwd, 'press.yaml'))
    const { code, stderr } = await build(cwd)
    expect([code, stderr.includes('load/outside-project'), stderr.includes('SECRET')]).toEqual([
      1,
      true,
      false,
    ])
    // Whoever names it wants it.
    const named = await ladderpress(['check', 'ladder.yaml', '--press', secret], { cwd })
    expect(named.code, named.stderr).toBe(0)
  })
})

describe.runIf(process.platform !== 'win32')('in a project’s templates', () => {
  test.each([
    [
      'a pipe that nobody writes to',
      (path: string): void => void execFileSync('mkfifo', [path]),
      'load/unreadable',
      4,
    ],
    ['a link that leads nowhere', (path: string) => symlink('/nowhere/at/all', path), 'load/not-found', 4],
    ['a link to a folder', (path: string) => symlink('.', path), 'load/', 4],
  ] as const)('%s is named, and ends nothing else', async (_, make, code, exit) => {
    await inProject(async (cwd) => {
      await mkdir(join(cwd, 'templates', 'styles'), { recursive: true })
      await make(join(cwd, 'templates', 'styles', 'base.css'))
      const built = await build(cwd)
      expect(built.stderr).toContain(code)
      expect(built.code).toBeGreaterThan(0)
      expect(built.code).toBeLessThanOrEqual(exit)
    })
  })
})

test.runIf(process.platform === 'linux')(
  'a ladder in a folder that may not be read is not taken for none',
  async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder, 'data/ladder.yaml': smallLadder })
      await chmod(join(cwd, 'data'), 0)
      await chmod(cwd, 0o755)
      const other = process.getuid?.() === 0 ? { uid: 54_321, gid: 54_321 } : {}
      const { status, stderr } = spawnSync(process.execPath, [program, 'check'], {
        cwd,
        env: { TMPDIR: cwd, NO_COLOR: '1' },
        encoding: 'utf8',
        ...other,
      })
      await chmod(join(cwd, 'data'), 0o755)
      expect([status, stderr]).toEqual([4, expect.stringContaining('data/ladder.yaml may not be read')])
    })
  },
)

test.runIf(process.platform === 'linux')('a folder of templates that may not be read is named', async () => {
  await inProject(async (cwd) => {
    await mkdir(join(cwd, 'templates', 'partials'), { recursive: true })
    await chmod(join(cwd, 'templates', 'partials'), 0)
    // Root may read anything; others must be able to come here.
    await chmod(dirname(cwd), 0o755)
    const other = process.getuid?.() === 0 ? { uid: 54_321, gid: 54_321 } : {}
    const { status, stderr } = spawnSync(process.execPath, [program, 'check'], {
      cwd,
      env: { TMPDIR: cwd, NO_COLOR: '1' },
      encoding: 'utf8',
      ...other,
    })
    await chmod(join(cwd, 'templates', 'partials'), 0o755)
    expect([status, stderr]).toEqual([4, expect.stringContaining('templates/partials may not be read')])
  })
})

test('a font file that leads out of its package, or is no font, is refused, unread', async () => {
  for (const make of [
    (path: string, secret: string) => symlink(secret, path),
    (path: string) => writeFile(path, 'SECRET-WORDS and no font'),
  ]) {
    await inProject(async (cwd, secret) => {
      const name = '@fontsource/noto-sans-thai'
      await cp(join(root, 'node_modules', name), join(cwd, 'node_modules', name), { recursive: true })
      const bold = join(cwd, 'node_modules', name, 'files', 'noto-sans-thai-thai-700-normal.woff2')
      await rm(bold)
      await make(bold, secret)
      await write(cwd, {
        'press.yaml': `fonts: ["${name}"]\n`,
        'ladder.yaml': smallLadder.replace('title: Engineer\n', 'title: วิศวกร\n'),
      })
      const { code, stderr } = await build(cwd)
      expect(stderr).toContain('load/font-package-unusable')
      expect([code, stderr.includes('SECRET')]).toEqual([1, false])
    })
  }
})

test('a mark that editors put before the first letter of templates, styles and words changes nothing', async () => {
  await inFolder(async (cwd) => {
    const own = new URL('../../templates/', import.meta.url)
    const names = ['one-pager.hbs', 'partials/foot.hbs', 'styles/base.css']
    const texts = await Promise.all(names.map((name) => readFile(new URL(name, own), 'utf8')))
    const project = {
      ...Object.fromEntries(names.map((name, at) => [name, texts[at] ?? ''])),
      'words/en.json': '{}',
    }
    const printed = async (out: string, mark: string) => {
      const entries = Object.entries(project).map(([name, text]) => [`templates/${name}`, mark + text])
      await write(cwd, {
        'ladder.yaml':
          'title: L\ntracks: [{ id: ic, name: IC, levels: [{ id: one, title: One, statements: Builds }] }]\n',
        ...(Object.fromEntries(entries) as Record<string, string>),
      })
      const { code, stderr } = await ladderpress(
        ['build', 'ladder.yaml', '--only', 'one-pager', '--out', out],
        { cwd },
      )
      expect(code, stderr).toBe(0)
      return Promise.all(
        ['html', 'pdf'].map((end) => readFile(join(cwd, out, `one-pager/one.${end}`), 'latin1')),
      )
    }
    expect(await printed('marked', '\ufeff')).toEqual(await printed('bare', ''))
  })
})
