import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { inFolder, root, run } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'
import { pdf } from '../support/pdf.ts'

/** What npm runs when it packs and installs would show in these, had it run anything of ours. */
const npm = (args: readonly string[], cwd: string) =>
  run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    // The settings of the npm that runs the tests are not those of a user's folder.
    env: Object.fromEntries(
      Object.keys(process.env)
        .filter((name) => /^npm_(config_(?!registry|cache|userconfig)|package|lifecycle)/i.test(name))
        .map((name) => [name, undefined]),
    ),
  })

test('the packed package installs in an empty folder, runs no script and fetches no browser, and builds there', async () => {
  await inFolder(async (folder) => {
    // What `npm test` has just built is packed.
    const packed = await npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root)
    expect(packed.code, packed.stderr).toBe(0)
    const [{ filename, files }] = JSON.parse(packed.stdout) as [
      { filename: string; files: readonly { path: string }[] },
    ]
    const shipped = files.map(({ path }) => path)
    expect(shipped).toEqual(expect.arrayContaining(['dist/cli.js', 'LICENSE', 'README.md', 'CHANGELOG.md']))
    expect(shipped.filter((path) => /^(src|test|out)\/|\.test\.|\.map$/.test(path))).toEqual([])

    const cwd = join(folder, 'project')
    await write(cwd, { 'package.json': '{ "private": true }', 'ladder.yaml': smallLadder })
    const installed = await npm(['install', join(folder, filename)], cwd)
    expect(installed.code, installed.stderr).toBe(0)
    const manifests = await Promise.all(
      (await installedPackages(cwd)).map(
        async (path) => JSON.parse(await readFile(path, 'utf8')) as Manifest,
      ),
    )
    const scripted = manifests.filter(({ scripts = {} }) =>
      ['preinstall', 'install', 'postinstall'].some((name) => name in scripts),
    )
    expect(scripted.map(({ name }) => name)).toEqual([])
    expect(manifests.map(({ name }) => name)).not.toContain('puppeteer')

    const built = await run(join(cwd, 'node_modules', '.bin', 'ladderpress'), ['build', 'ladder.yaml'], {
      cwd,
    })
    expect(built.code, built.stderr).toBe(0)
    expect(Object.keys(await hashes(join(cwd, 'out')))).toContain('one-pager/senior.pdf')
    const [text = ''] = (await pdf(join(cwd, 'out', 'one-pager', 'senior.pdf'))).texts
    expect(text).toContain('Buildslargerthings')

    const library = await run(
      process.execPath,
      ['--input-type=module', '-e', "console.log(Object.keys(await import('ladderpress')).sort().join())"],
      { cwd },
    )
    expect(library.stdout).toContain('build')

    await write(cwd, {
      'consumer.ts':
        "import { build, type BuildResult } from 'ladderpress'\nexport const make: (typeof build) = build\nexport type Result = BuildResult\n",
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          module: 'nodenext',
          target: 'es2023',
          strict: true,
          noEmit: true,
          skipLibCheck: false,
          types: ['node'],
          typeRoots: [join(root, 'node_modules', '@types')],
        },
        files: ['consumer.ts'],
      }),
    })
    const compiled = await run(join(root, 'node_modules', '.bin', 'tsc'), ['-p', '.'], { cwd })
    expect(compiled.code, compiled.stdout).toBe(0)
  })
})

interface Manifest {
  readonly name?: string
  readonly scripts?: Readonly<Record<string, string>>
}

async function installedPackages(cwd: string): Promise<string[]> {
  const folder = join(cwd, 'node_modules')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(({ name, parentPath }) => name === 'package.json' && isPackage(parentPath))
    .map(({ name, parentPath }) => join(parentPath, name))
}

/** The folder of a package, not one inside it. */
function isPackage(path: string): boolean {
  return /node_modules\/(@[^/]+\/)?[^/]+$/.test(path)
}
