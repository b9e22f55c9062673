import { mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'

import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'

import { inFolder, ladderpress, type Run } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'

const press = `packs:
  offers:
    outputs:
      - { kind: one-pager, name: "offers/{edition}-{level}", formats: [html, pdf] }
      - { kind: stack, name: "offers/all" }
  posters:
    outputs:
      - { kind: poster, paper: [A2, A3], name: "posters/{paper}" }
      - { kind: poster, paper: A3, marks: crop, name: "posters/marked" }
`

async function inProject(
  work: (build: (...args: string[]) => Promise<Run>, cwd: string, out: string) => Promise<void>,
  files: Record<string, string> = {},
): Promise<void> {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': smallLadder, 'press.yaml': press, ...files })
    await work((...args) => ladderpress(['build', 'ladder.yaml', ...args], { cwd }), cwd, join(cwd, 'out'))
  })
}

async function manifestOf(out: string): Promise<{ artifacts: Record<string, unknown>[] }> {
  return JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, unknown>[]
  }
}

describe('a pack', () => {
  test('prints its outputs under their names, and nothing else', async () => {
    await inProject(async (build, _, out) => {
      const { code, stderr, stdout } = await build('--pack', 'offers,posters')
      expect(code, stderr).toBe(0)
      expect(Object.keys(await hashes(out))).toEqual([
        'manifest.json',
        'offers/2026-10-engineer.html',
        'offers/2026-10-engineer.pdf',
        'offers/2026-10-lead.html',
        'offers/2026-10-lead.pdf',
        'offers/2026-10-senior.html',
        'offers/2026-10-senior.pdf',
        'offers/all.pdf',
        'posters/a2.pdf',
        'posters/a3.pdf',
        'posters/copy-shop.txt',
        'posters/marked.pdf',
      ])
      expect(stdout).toContain('offers/2026-10-lead.pdf')
      const { artifacts } = await manifestOf(out)
      expect(artifacts.map(({ pack }) => pack)).toEqual([
        ...Array(7).fill('offers'),
        ...Array(4).fill('posters'),
      ])
      expect(await readFile(join(out, 'posters', 'copy-shop.txt'), 'utf8')).toContain('posters/marked.pdf')
    })
  })

  test('has the bytes that a build of everything has', async () => {
    await inProject(async (build, cwd, out) => {
      for (const args of [
        ['--out', 'whole'],
        ['--pack', 'offers'],
      ]) {
        const { code, stderr } = await build(...args)
        expect(code, stderr).toBe(0)
      }
      const [whole, pack] = [await hashes(join(cwd, 'whole')), await hashes(out)]
      for (const level of ['engineer', 'senior', 'lead'])
        for (const format of ['html', 'pdf'])
          expect(pack[`offers/2026-10-${level}.${format}`]).toBe(whole[`one-pager/${level}.${format}`])
      expect(pack['offers/all.pdf']).toBe(whole['one-pagers.pdf'])
    })
  })

  test('leaves what other builds made, and they leave what it made', async () => {
    await inProject(async (build, _, out) => {
      await build()
      const whole = await hashes(out)
      await build('--pack', 'offers')
      const { 'manifest.json': _before, ...before } = whole
      expect(await hashes(out)).toMatchObject(before)
      await build('--pack', 'posters')
      const all = Object.keys(await hashes(out))
      await build()
      expect(Object.keys(await hashes(out))).toEqual(all)
      // The index leads to what a build of everything makes.
      expect(await readFile(join(out, 'index.html'), 'utf8')).not.toContain('offers/')
    })
  })

  test('is found to be as it was made, as deep as its names may lie', async () => {
    const deep = 'packs: { a: { outputs: [{ kind: one-pager, name: "offers/{edition}/{paper}/{level}" }] } }'
    await inProject(
      async (build, cwd) => {
        expect((await build('--pack', 'a')).code).toBe(0)
        const path = 'out/offers/2026-10/a4/lead.pdf'
        const { code, stdout, stderr } = await ladderpress(['verify', path, '--strict'], { cwd })
        expect([code, stderr]).toEqual([0, ''])
        expect(stdout).toContain('unchanged since it was made (out/manifest.json)')
      },
      { 'press.yaml': deep },
    )
  })

  test('is not told of by builds that leave it alone', async () => {
    await inProject(async (build) => {
      const told = async (...options: string[]) => {
        const { code, stdout, stderr } = await build(...options)
        // Without the names of documents that were looked at, which are how far it has come.
        return { code, stdout, stderr: stderr.replace(/^[a-z0-9/-]+( \(\d+\))?\n/gm, '') }
      }
      const without = await told()
      await build('--pack', 'posters')
      const kept = await told()
      expect(kept.stderr).toBe(without.stderr)
      expect(kept.stdout).toMatch(/^\d+ unchanged\. Open out\/index\.html/)
      for (const options of [[], ['--pack', 'posters'], ['--only', 'one-pager']]) {
        // The first looks at each document, the second sees that nothing has changed.
        const [first, second] = [await told(...options), await told(...options)]
        expect([options, second]).toEqual([options, first])
      }
    })
  })

  test('removes what it made before and no longer makes', async () => {
    await inProject(async (build, cwd, out) => {
      await build('--pack', 'offers')
      await build('--pack', 'posters')
      await write(cwd, { 'press.yaml': press.replace('"offers/{edition}-{level}"', '"sent/{level}"') })
      await build('--pack', 'offers', '--track', 'ic')
      expect(Object.keys(await hashes(out))).toContain('offers/2026-10-lead.pdf')
      await build('--pack', 'offers')
      expect(Object.keys(await hashes(out)).filter((path) => !path.startsWith('posters/'))).toEqual([
        'manifest.json',
        'offers/all.pdf',
        'sent/engineer.html',
        'sent/engineer.pdf',
        'sent/lead.html',
        'sent/lead.pdf',
        'sent/senior.html',
        'sent/senior.pdf',
      ])
    })
  })

  test.each(['offsite', 'wall'])('called %s comes along', async (name) => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder })
      const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--pack', name], { cwd })
      expect(code, stderr).toBe(0)
      const made = Object.keys(await hashes(join(cwd, 'out')))
      expect(made.filter((path) => path.startsWith(`${name}/`))).toHaveLength(made.length - 1)
    })
  })

  test('does not write through a link above its folders', async () => {
    await inProject(
      async (build, cwd, out) => {
        await Promise.all([mkdir(out), mkdir(join(cwd, 'elsewhere', 'b'), { recursive: true })])
        await symlink(join(cwd, 'elsewhere'), join(out, 'a'))
        const { code, stderr } = await build('--pack', 'deep')
        expect([code, stderr]).toEqual([4, expect.stringContaining('out/a is a link')])
        expect(await hashes(join(cwd, 'elsewhere'))).toEqual({})
      },
      { 'press.yaml': 'packs: { deep: { outputs: [{ kind: poster, name: a/b/c }] } }\n' },
    )
  })

  test('is refused together with options that its outputs have', async () => {
    await inProject(async (build) => {
      const { code, stderr } = await build('--pack', 'offers', '--paper', 'A4', '--format', 'png')
      expect([code, stderr.match(/error --(\w+) does not go with --pack/g)]).toEqual([
        2,
        ['error --format does not go with --pack', 'error --paper does not go with --pack'],
      ])
    })
  })
})

describe('--zip', () => {
  test('packs what is in the output, the same bytes each time', async () => {
    await inProject(async (build, cwd, out) => {
      const { code, stderr, stdout } = await build('--zip', '--only', 'one-pager,index')
      expect(code, stderr).toBe(0)
      expect(stdout).toMatch(/^out\.zip +[\d,]+ *$/m)
      await write(out, { 'of-somebody-else.txt': 'left alone' })
      const first = await readFile(join(cwd, 'out.zip'))
      const files = unzipSync(first)
      const expected = Object.keys(await hashes(out)).filter((path) => path !== 'of-somebody-else.txt')
      expect(Object.keys(files)).toEqual(expected)
      for (const [path, bytes] of Object.entries(files))
        expect(Buffer.from(bytes).equals(await readFile(join(out, path))), path).toBe(true)
      const again = await ladderpress(
        ['build', 'ladder.yaml', '--zip', '--only', 'one-pager,index', '--out', 'other'],
        { cwd, env: { TZ: 'Pacific/Kiritimati' } },
      )
      expect(again.code, again.stderr).toBe(0)
      expect((await readFile(join(cwd, 'other.zip'))).equals(first)).toBe(true)
    })
  })

  test('replaces a link in its place when told to, and leaves where it led', async () => {
    await inProject(async (build, cwd) => {
      await write(cwd, { 'precious.txt': 'mine' })
      await symlink(join(cwd, 'precious.txt'), join(cwd, 'out.zip'))
      const options = ['--zip', '--only', 'one-pager', '--format', 'html']
      expect((await build(...options)).stderr).toContain('out.zip would be replaced')
      const { code, stderr } = await build(...options, '--force')
      expect(code, stderr).toBe(0)
      expect(await readFile(join(cwd, 'precious.txt'), 'utf8')).toBe('mine')
      expect(Object.keys(unzipSync(await readFile(join(cwd, 'out.zip'))))).toContain('manifest.json')
      expect((await hashes(cwd))['out.zip']).toBeDefined()
    })
  })
})
