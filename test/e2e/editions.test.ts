import { spawnSync } from 'node:child_process'
import { chmod, cp, readdir, readFile, readlink, stat, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import type { Manifest } from '../../src/publish/manifest.ts'
import { inFolder, ladderpress, program, root, run } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'
import { aboutPdf, pdf } from '../support/pdf.ts'

async function expectOk(args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await ladderpress(args, { cwd })
  expect(code, stderr).toBe(0)
  return stdout
}

async function textOf(cwd: string, id: string): Promise<string> {
  return (await pdf(join(cwd, 'out', `${id}.pdf`))).texts.join('')
}

async function sealedOf(cwd: string): Promise<boolean | null> {
  const manifest = JSON.parse(await readFile(join(cwd, 'out', 'manifest.json'), 'utf8')) as Manifest
  return manifest.ladder.sealed
}

const sheets = ['one-pager/senior', 'matrix/ic', 'poster']

test('an edition is sealed, changed, raised, printed as a draft, and sealed again', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': smallLadder })
    await expectOk(['build'], cwd)
    const before = await hashes(join(cwd, 'out'))
    expect(await sealedOf(cwd)).toBe(null)

    expect(await expectOk(['seal'], cwd)).toBe('Edition 2026.10 is sealed in editions.yaml.\n')
    await expectOk(['build'], cwd)
    expect(await sealedOf(cwd)).toBe(true)
    const sealed = await hashes(join(cwd, 'out'))
    for (const id of sheets) expect([id, sealed[`${id}.pdf`]]).toEqual([id, before[`${id}.pdf`]])

    const changed = smallLadder.replace('Teaches others', 'Teaches everybody')
    await write(cwd, { 'ladder.yaml': changed })
    const check = await ladderpress(['check', '--report', 'json'], { cwd })
    expect(check.code).toBe(1)
    const { diagnostics } = JSON.parse(check.stdout) as {
      diagnostics: { code: string; at: { file: string; start: { line: number } } }[]
    }
    const line = changed.split('\n').findIndex((text) => text.includes('Teaches everybody')) + 1
    expect(diagnostics.map(({ code, at }) => [code, at.file, at.start.line])).toEqual([
      ['ladder/sealed-edition-changed', 'ladder.yaml', line],
    ])
    const failed = await ladderpress(['build'], { cwd })
    expect(failed.code).toBe(1)
    expect(await hashes(join(cwd, 'out'))).toEqual(sealed)

    await write(cwd, { 'ladder.yaml': changed.replace('2026.10', '2026.11') })
    await expectOk(['build'], cwd)
    expect(await sealedOf(cwd)).toBe(false)
    for (const id of sheets) {
      const text = await textOf(cwd, id)
      expect([id, text]).toEqual([id, expect.stringContaining('Draftof2026.11·Smallladder')])
      expect([id, text]).toEqual([id, expect.not.stringContaining('inforcefrom')])
    }
    for (const path of ['one-pager/senior.html', 'matrix/mg.html', 'poster.html']) {
      const html = await readFile(join(cwd, 'out', path), 'utf8')
      expect([path, html]).toEqual([path, expect.stringContaining('<strong>Draft of 2026.11</strong>')])
    }
    for (const path of ['index.html', 'copy-shop.txt'])
      expect(await readFile(join(cwd, 'out', path), 'utf8')).toContain('Draft of 2026.11')
    const drafted = await aboutPdf(join(cwd, 'out', 'poster.pdf'))

    await expectOk(['seal'], cwd)
    await expectOk(['build'], cwd)
    expect(await sealedOf(cwd)).toBe(true)
    for (const id of sheets)
      expect([id, await textOf(cwd, id)]).toEqual([id, expect.not.stringContaining('Draft')])
    // Two sheets with one stamp say the same, and these do not.
    expect((await aboutPdf(join(cwd, 'out', 'poster.pdf'))).info['Stamp']).not.toBe(drafted.info['Stamp'])
  })
})

describe('a seal holds', () => {
  const dashes = `${smallLadder}      - id: head
        title: Head
        statements: |
          - Leads several teams, and **owns**
            the plan
`
  test.each([
    ['comments', dashes.replace('tracks:', '# What follows is new.\ntracks: # two')],
    ['another order of fields', dashes.replace(/(edition: .*\n)(effective: .*\n)/, '$2$1')],
    ['quotes', dashes.replace('title: Engineer\n', 'title: "Engineer"\n')],
    [
      'lines broken elsewhere',
      dashes.replace('and **owns**\n            the plan', 'and\n            **owns** the plan'),
    ],
    ['blocks for single lines', dashes.replace('people: Helps others }', '"people": "Helps others" }')],
    ['the line ends of Windows', dashes.replaceAll('\n', '\r\n')],
  ])('through %s', async (_, text) => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': dashes })
      await expectOk(['seal'], cwd)
      expect(text).not.toBe(dashes)
      await write(cwd, { 'ladder.yaml': text })
      await expectOk(['check', '--strict'], cwd)
    })
  })

  test.each([
    ['a title', 'title: Engineer\n', 'title: Programmer\n'],
    ['the day', '2026-10-01', '2026-10-02'],
    ['an equivalence', 'equivalent: lead', 'equivalent: none'],
    ['a status', 'title: Team Lead', 'title: Team Lead\n        status: draft'],
    ['the name of a dimension', 'name: Craft', 'name: Work'],
    ['the language of a title', 'title: Team Lead\n', 'title: Team Lead\n        title-lang: de\n'],
    ['the language of a passage', 'Builds larger things', '"Builds [larger]{lang=en} things"'],
    ['a mark in the text', 'Builds larger things', 'Builds *larger* things'],
    ['the adjective', 'adjective: management', 'adjective: managing'],
    ['the language', 'tracks:\n', 'locale: de\ntracks:\n'],
    [
      'a level',
      '      - id: lead\n',
      '      - { id: new, title: New, described: false }\n      - id: lead\n',
    ],
  ])('against a change of %s', async (_, from, to) => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder })
      await expectOk(['seal'], cwd)
      await write(cwd, { 'ladder.yaml': smallLadder.replace(from, to) })
      const { code, stderr } = await ladderpress(['check'], { cwd })
      expect(stderr).toContain('ladder/sealed-edition-changed')
      expect(code).toBe(1)
    })
  })
})

describe('sealing', () => {
  test('twice changes nothing the second time', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder })
      await expectOk(['seal'], cwd)
      const before = await hashes(cwd)
      expect(await expectOk(['seal', 'ladder.yaml'], cwd)).toContain('sealed already')
      expect(await hashes(cwd)).toEqual(before)
    })
  })

  test('adds behind what stands there, whose letters stay', async () => {
    await inFolder(async (cwd) => {
      const before = `# Ours.\neditions:\n    # the first\n    - edition:   2025.10 # kept\n      sha256: ${'a'.repeat(64)}\n# the end`
      await write(cwd, { 'ladder.yaml': smallLadder, 'editions.yaml': before })
      await expectOk(['seal'], cwd)
      const after = await readFile(join(cwd, 'editions.yaml'), 'utf8')
      expect(after.slice(0, before.length)).toBe(before)
      expect(after.slice(before.length)).toMatch(
        /^\n {4}- edition: "2026\.10"\n {6}effective: 2026-10-01\n {6}sha256: /,
      )
      expect(await expectOk(['seal'], cwd)).toContain('sealed already')
    })
  })

  test('knows the ladders of a folder apart', async () => {
    await inFolder(async (cwd) => {
      const other = smallLadder.replace('Small ladder', 'Other ladder')
      await write(cwd, { 'ladder.yaml': smallLadder, 'other.yaml': other })
      await expectOk(['seal', 'ladder.yaml'], cwd)
      await expectOk(['check', 'other.yaml'], cwd)
      await expectOk(['seal', 'other.yaml'], cwd)
      expect(await expectOk(['seal', 'ladder.yaml'], cwd)).toContain('sealed already')
      expect(await expectOk(['seal', 'other.yaml'], cwd)).toContain('sealed already')
    })
  })

  test('leaves it to who wrote the file who may read it', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder })
      await expectOk(['seal'], cwd)
      await write(cwd, { 'ladder.yaml': smallLadder.replace('2026.10', '2026.11') })
      await chmod(join(cwd, 'editions.yaml'), 0o600)
      await expectOk(['seal'], cwd)
      expect((await stat(join(cwd, 'editions.yaml'))).mode & 0o777).toBe(0o600)
    })
  })

  test('several ladders at once loses no seal', async () => {
    await inFolder(async (cwd) => {
      const ladders = Array.from({ length: 6 }, (_, index) => `ladder-${index}.yaml`)
      for (const name of ladders) await write(cwd, { [name]: smallLadder })
      await Promise.all(ladders.map((name) => expectOk(['seal', name], cwd)))
      for (const name of ladders) expect(await expectOk(['seal', name], cwd)).toContain('sealed already')
      expect((await readdir(cwd)).toSorted()).toEqual(['editions.yaml', ...ladders])
    })
  })

  test('on a disk that is full leaves no lock behind', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder })
      const limited = 'ulimit -f 0; exec "$0" "$@"'
      const { code, stderr } = await run('sh', ['-c', limited, process.execPath, program, 'seal'], { cwd })
      expect([code, stderr]).toEqual([4, expect.stringContaining('publish/disk-full')])
      expect(await readdir(cwd)).toEqual(['ladder.yaml'])
    })
  })

  test('follows no link', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder, 'elsewhere.yaml': 'kept\n' })
      await symlink('elsewhere.yaml', join(cwd, 'editions.yaml'))
      expect((await ladderpress(['seal'], { cwd })).code).toBe(4)
      expect(await readlink(join(cwd, 'editions.yaml'))).toBe('elsewhere.yaml')
      expect(await readFile(join(cwd, 'elsewhere.yaml'), 'utf8')).toBe('kept\n')
      await unlink(join(cwd, 'editions.yaml'))
      // One that leads nowhere is a link all the same.
      await symlink('nowhere.yaml', join(cwd, 'editions.yaml'))
      expect((await ladderpress(['seal'], { cwd })).code).toBe(4)
    })
  })
})

test('the index lists the editions that were sealed before, newest first, and when they were in force', async () => {
  await inFolder(async (cwd) => {
    const edition = (name: string, effective?: string) =>
      smallLadder.replace(
        /^edition: .*\neffective: .*$/m,
        `edition: "${name}"${effective === undefined ? '' : `\neffective: ${effective}`}`,
      )
    const listed = async () => {
      await expectOk(['build', '--only', 'index'], cwd)
      const html = await readFile(join(cwd, 'out/index.html'), 'utf8')
      const section = /<section class="earlier">.*?<\/section>/s.exec(html)?.[0] ?? ''
      return [...section.matchAll(/<(?:h2|li)>(.*?)<\//g)].map(([, text = '']) =>
        text.replaceAll('\u00a0', ' '),
      )
    }
    for (const [name, effective] of [
      ['2024.2'],
      ['2025.1', '2025-01-01'],
      ['2025.2', '2025-03-01'],
    ] as const) {
      await write(cwd, { 'ladder.yaml': edition(name, effective) })
      await expectOk(['seal'], cwd)
    }
    const before = ['Edition 2025.1, in force from 1 January 2025 to 28 February 2025', 'Edition 2024.2']
    expect(await listed()).toEqual(['Earlier editions', ...before])
    // A draft is not in force, so the last one that is sealed still is.
    await write(cwd, { 'ladder.yaml': edition('2026.1', '2026-01-01') })
    expect(await listed()).toEqual([
      'Earlier editions',
      'Edition 2025.2, in force from 1 March 2025',
      ...before,
    ])
    await expectOk(['seal'], cwd)
    expect((await listed())[1]).toBe('Edition 2025.2, in force from 1 March 2025 to 31 December 2025')
    // One that was replaced before it counted was never in force.
    await write(cwd, { 'ladder.yaml': edition('2026.2', '2026-01-01') })
    await expectOk(['seal'], cwd)
    expect((await listed()).slice(1, 3)).toEqual([
      'Edition 2026.1',
      'Edition 2025.2, in force from 1 March 2025 to 31 December 2025',
    ])
  })
})

test('the bundled ladder is sealed', async () => {
  await inFolder(async (cwd) => {
    await cp(join(root, 'data'), join(cwd, 'data'), { recursive: true })
    const before = await hashes(cwd)
    // Where this fails, every seal that anybody has is broken: the hash of what a ladder says must stay what it is.
    expect(await expectOk(['seal'], cwd)).toBe(
      'Edition 2026.1 is sealed already, and says what it said then. Nothing was changed.\n',
    )
    expect(await hashes(cwd)).toEqual(before)
    const ladder = await readFile(join(cwd, 'data', 'ladder.yaml'), 'utf8')
    await writeFile(join(cwd, 'data', 'ladder.yaml'), ladder.replace('edition: 2026.1', 'edition: 2026.2'))
    await expectOk(['check', '--strict'], cwd)
  })
})

test.runIf(process.platform === 'linux')(
  'says which file cannot be written where it may not seal',
  async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder })
      await chmod(cwd, 0o555)
      // Root may write anywhere.
      const other = process.getuid?.() === 0 ? { uid: 54_321, gid: 54_321 } : {}
      const { status, stderr } = spawnSync(process.execPath, [program, 'seal'], {
        cwd,
        env: { TMPDIR: cwd, NO_COLOR: '1' },
        encoding: 'utf8',
        ...other,
      })
      expect([status, stderr]).toEqual([
        4,
        expect.stringContaining('editions.yaml cannot be written: this user may not write there'),
      ])
      await chmod(cwd, 0o755)
    })
  },
)
