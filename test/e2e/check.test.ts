import { readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { inFolder, ladderpress } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'

const long = smallLadder.replace(
  '- Leads a team',
  Array.from({ length: 90 }, (_, index) => `- Leads team number ${index + 1} to where it wants to be`).join(
    '\n          ',
  ),
)

describe('check --print', () => {
  test('finds nothing in the bundled ladder, and writes nothing', async () => {
    const { code, stdout, stderr } = await ladderpress(['check', '--print', '--strict'])
    expect([code, stdout, stderr]).toEqual([0, 'The ladder can be printed.\n', ''])
  })

  test('finds what only sheets show, which check alone does not', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': long })
      expect((await ladderpress(['check', 'ladder.yaml'], { cwd })).stderr).toBe('')
      const printed = await ladderpress(['check', 'ladder.yaml', '--print'], { cwd })
      expect([printed.code, printed.stderr.includes('print/continues')]).toEqual([0, true])
      expect(await readdir(cwd)).toEqual(['ladder.yaml'])
    })
  })

  test('looks at the sheets that a build with the same options would make', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': long, 'large.yaml': 'paper: { one-pager: A2 }\n' })
      const check = async (...options: string[]) => {
        const { code, stderr } = await ladderpress(['check', 'ladder.yaml', '--print', ...options], { cwd })
        return [code, [...new Set(stderr.match(/^note \S+/gm))]]
      }
      expect(await check('--only', 'poster')).toEqual([0, []])
      expect(await check('--level', 'lead')).toEqual([0, ['note one-pager/lead']])
      expect(await check('--level', 'lead', '--paper', 'A2')).toEqual([0, []])
      expect(await check('--level', 'lead', '--press', 'large.yaml')).toEqual([0, []])
      expect(await check('--pack', 'wall')).toEqual([0, []])
      expect(await check('--browser-path', 'missing')).toEqual([3, []])
      expect(await readdir(cwd)).toEqual(['ladder.yaml', 'large.yaml'])
    })
  })
})

describe('check', () => {
  test('knows which options a build would not take', async () => {
    const { code, stderr } = await ladderpress(['check', '--level', 'chief', '--tile', 'A99'])
    expect([code, stderr.match(/usage\/[\w-]+/g)]).toEqual([2, ['usage/unknown-paper']])
    const level = await ladderpress(['check', '--level', 'chief'])
    expect([level.code, level.stderr.includes('The ladder has no level "chief"')]).toEqual([2, true])
  })
})

describe('--fail-on', () => {
  test('makes a note fail, names it even when quiet, and publishes nothing', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': long })
      const args = ['build', 'ladder.yaml', '--quiet', '--only', 'one-pager', '--fail-on', 'print/continues']
      const failed = await ladderpress(args, { cwd })
      expect([failed.code, failed.stderr.includes('print/continues')]).toEqual([1, true])
      expect(await readdir(cwd)).toEqual(['ladder.yaml'])
    })
  })

  test('lets everything else pass', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': long })
      const { code } = await ladderpress(
        ['check', 'ladder.yaml', '--print', '--fail-on', 'print/overlap,print/clipped'],
        {
          cwd,
        },
      )
      expect(code).toBe(0)
    })
  })
})

describe('a file with thousands of mistakes', () => {
  // Each once took the longer the more there were: these ended after minutes.
  test.each([
    ['fields said again, on one line', `{ ${Array(20_001).fill('a: 1').join(', ')} }\n`, 20_000],
    [
      'numbers for text',
      JSON.stringify({
        title: 'T',
        tracks: [
          { id: 'a', name: 'A', levels: [{ id: 'a-1', title: 'A1', statements: Array(50_000).fill(5) }] },
        ],
      }),
      50_001,
    ],
  ])('is reported: %s', async (_, text, all) => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': text })
      const { code, stderr } = await ladderpress(['check', 'ladder.yaml'], { cwd })
      expect([code, stderr.split('\n').at(-2)]).toEqual([1, `${all.toLocaleString('en')} errors`])
      expect(stderr).toContain(`error and ${(all - 50).toLocaleString('en')} more errors in ladder.yaml`)
      const { stdout } = await ladderpress(['check', 'ladder.yaml', '--report', 'json'], { cwd })
      expect((JSON.parse(stdout) as { errors: number }).errors).toBe(all)
    })
  })
})

test('explain lists every code with its severity', async () => {
  const { code, stdout } = await ladderpress(['explain'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^yaml\/comment-in-text +warning {2}Text is cut short by a #$/m)
  expect(stdout).toMatch(/^print\/continues +note {5}\S/m)
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .every((line) => /^\S+ +(error|warning|note) /.test(line)),
  ).toBe(true)
})

test('explain lists every code for programs too', async () => {
  const { stdout: one } = await ladderpress(['explain', 'print/continues', '--report', 'json'])
  const { code, stdout } = await ladderpress(['explain', '--report', 'json'])
  expect(code).toBe(0)
  const entries = JSON.parse(stdout) as { code: string; severity: string }[]
  expect(entries.map((entry) => entry.code)).toEqual(expect.arrayContaining(['print/continues', 'yaml/tab']))
  expect(entries).toContainEqual(JSON.parse(one))
})

test('on GitHub, reports name files from the root of the repository', async () => {
  await inFolder(async (folder) => {
    const root = await realpath(folder)
    const cwd = join(root, 'people', 'ladders')
    await write(cwd, { 'ladder.yaml': smallLadder.replace('title: Small', 'titel: Small') })
    const report = async (form: string, env: NodeJS.ProcessEnv) =>
      (await ladderpress(['check', '--report', form], { cwd, env })).stdout
    const there = { GITHUB_WORKSPACE: root }
    expect(await report('github', there)).toContain('file=people/ladders/ladder.yaml,line=1')
    expect(await report('sarif', there)).toContain('"uri": "people/ladders/ladder.yaml"')
    // What lies elsewhere is called as it was.
    for (const workspace of ['', join(root, 'else')])
      expect(await report('github', { GITHUB_WORKSPACE: workspace })).toContain('file=ladder.yaml,line=1')
  })
})
