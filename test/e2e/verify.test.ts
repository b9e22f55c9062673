import { copyFile, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Verified } from '../../src/build/verify.ts'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { lookAtPdf } from '../../src/finish/about.ts'
import { sha256 } from '../../src/text/hash.ts'
import { ladderpress, run } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'
import { appended, inObjectStreams, laidOutForTheWeb } from '../support/other-kinds.ts'
import { aboutPdf } from '../support/pdf.ts'

let cwd: string
let senior: Buffer

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  await write(cwd, { 'ladder.yaml': smallLadder, 'mail/a/b/note.txt': 'An offer came.\n' })
  const { code, stderr } = await ladderpress(['build', '--quiet'], { cwd })
  expect(code, stderr).toBe(0)
  senior = await readFile(join(cwd, 'out', 'one-pager', 'senior.pdf'))
})

afterAll(() => rm(cwd, { recursive: true, force: true }))

interface Report {
  readonly files: readonly Verified[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Verifies with `--report json`. */
async function verified(...args: readonly string[]): Promise<{ report: Report; code: number | null }> {
  const { code, stdout, stderr } = await ladderpress(['verify', ...args, '--report', 'json'], { cwd })
  expect(stderr).toBe('')
  return { report: JSON.parse(stdout) as Report, code }
}

async function resultOf(...args: readonly string[]): Promise<[number | null, ...string[]]> {
  const { report, code } = await verified(...args)
  return [code, ...report.files.map(({ result }) => result), ...report.diagnostics.map((found) => found.code)]
}

describe('a sheet that is as it was made', () => {
  test('is said to be so, with what it says of itself', async () => {
    const path = 'out/one-pager/senior.pdf'
    const { info } = await aboutPdf(join(cwd, path))
    expect(await verified(path)).toMatchObject({
      code: 0,
      report: {
        files: [
          {
            file: path,
            result: 'unchanged',
            about: {
              title: 'Senior Engineer · Small ladder · 2026.10',
              level: 'Senior Engineer',
              ladder: 'Small ladder',
              edition: '2026.10',
              effective: '2026-10-01',
              draft: false,
              stamp: info['Stamp'],
              tool: info['Creator'],
            },
            subjects: { tracks: ['ic'], levels: ['senior'] },
            sha256: sha256(senior),
            manifest: 'out/manifest.json',
          },
        ],
        diagnostics: [],
      },
    })
    const { stdout, stderr } = await ladderpress(['verify', path], { cwd })
    expect(stderr).toBe('')
    expect(stdout).toBe(
      `${path}: unchanged since it was made (out/manifest.json)\n  Senior Engineer · Small ladder · 2026.10\n  level Senior Engineer, track ic\n  Small ladder, edition 2026.10, in force from 2026-10-01\n  ${info['Creator']}, stamp ${info['Stamp']}\n`,
    )
  })

  test('may stand beside its manifest, below it, or have another name elsewhere', async () => {
    expect(await resultOf('out/poster.pdf', 'out/matrix/ic.pdf')).toEqual([0, 'unchanged', 'unchanged'])
    await copyFile(join(cwd, 'out', 'poster.pdf'), join(cwd, 'mail', 'a', 'b', 'A poster.pdf'))
    const elsewhere = 'mail/a/b/A poster.pdf'
    expect(await resultOf(elsewhere)).toEqual([0, 'not-compared', 'verify/no-manifest'])
    expect(await resultOf(elsewhere, '--strict')).toEqual([1, 'not-compared', 'verify/no-manifest'])
    expect(await resultOf(elsewhere, '--manifest', 'out/manifest.json')).toEqual([0, 'unchanged'])
  })

  test('is compared with a manifest up to three folders above', async () => {
    await write(cwd, { 'out/a/b/c/d/note.txt': 'A folder for each team.\n' })
    try {
      for (const place of ['out/a/b/c/mine.pdf', 'out/a/b/c/d/mine.pdf'])
        await writeFile(join(cwd, place), senior)
      expect(await resultOf('out/a/b/c/mine.pdf')).toEqual([0, 'unchanged'])
      expect(await resultOf('out/a/b/c/d/mine.pdf')).toEqual([0, 'not-compared', 'verify/no-manifest'])
    } finally {
      await rm(join(cwd, 'out', 'a'), { recursive: true })
    }
  })

  test('names its level where it is a one-pager, and with no manifest too', async () => {
    await copyFile(join(cwd, 'out', 'one-pager', 'senior.pdf'), join(cwd, 'mail', 'a', 'b', 'A level.pdf'))
    await copyFile(join(cwd, 'out', 'matrix', 'ic.pdf'), join(cwd, 'mail', 'a', 'b', 'A matrix.pdf'))
    const { report } = await verified('mail/a/b/A level.pdf', 'mail/a/b/A matrix.pdf', 'out/matrix/ic.pdf')
    expect(report.files.map(({ about, subjects }) => [about?.level, subjects])).toEqual([
      ['Senior Engineer', null],
      [null, null],
      [null, { tracks: ['ic'], levels: ['engineer', 'senior'] }],
    ])
  })

  test('needs no browser', async () => {
    const { code, stderr } = await ladderpress(['verify', 'out/poster.pdf'], {
      cwd,
      env: { PUPPETEER_EXECUTABLE_PATH: join(cwd, 'none') },
    })
    expect(code, stderr).toBe(0)
  })
})

describe('a sheet that is not', () => {
  const elsewhere = 'mail/a/b/offer.pdf'
  const sent = async (bytes: Buffer) => writeFile(join(cwd, elsewhere), bytes)

  test('is found by a single byte, under its own name and under any other', async () => {
    const changed = Buffer.from(senior)
    const at = changed.indexOf('stream\n') + 60
    changed[at] = (changed[at] ?? 0) ^ 1
    await sent(changed)
    expect(await resultOf(elsewhere, '--manifest', 'out/manifest.json')).toEqual([
      1,
      'changed',
      'verify/changed',
    ])
    try {
      await writeFile(join(cwd, 'out', 'one-pager', 'senior.pdf'), changed)
      expect(await resultOf('out/one-pager/senior.pdf')).toEqual([1, 'changed', 'verify/changed'])
    } finally {
      await writeFile(join(cwd, 'out', 'one-pager', 'senior.pdf'), senior)
    }
  })

  test('is another sheet in its place', async () => {
    const place = join(cwd, 'out', 'one-pager', 'engineer.pdf')
    const engineer = await readFile(place)
    try {
      await writeFile(place, senior)
      expect(await resultOf('out/one-pager/engineer.pdf')).toEqual([1, 'changed', 'verify/changed'])
    } finally {
      await writeFile(place, engineer)
    }
  })

  test('is damaged wherever it breaks off', async () => {
    for (const part of [0.1, 0.5, 0.9]) {
      await sent(senior.subarray(0, Math.round(senior.length * part)))
      expect(await resultOf(elsewhere)).toEqual([1, 'damaged', 'verify/damaged'])
    }
  })

  test('is told apart from what other programs make', async () => {
    await sent(Buffer.from(senior.toString('latin1').replaceAll('/Stamp', '/Stomp'), 'latin1'))
    expect(await resultOf(elsewhere)).toEqual([1, 'not-ours', 'verify/not-ours'])
    await sent(Buffer.from('not at all'))
    expect(await resultOf(elsewhere)).toEqual([1, 'not-a-pdf', 'verify/not-a-pdf'])
    expect(await resultOf('mail/a/b/nothing.pdf', 'out')).toEqual([
      4,
      'unreadable',
      'unreadable',
      'load/not-found',
      'load/is-a-folder',
    ])
  })

  test('is still known where another program saved it anew', async () => {
    const { info } = await aboutPdf(join(cwd, 'out', 'one-pager', 'senior.pdf'))
    const about = { title: 'Senior Engineer · Small ladder · 2026.10', stamp: info['Stamp'] }
    for (const saved of [await inObjectStreams(senior), appended(senior), laidOutForTheWeb(senior)]) {
      await sent(saved)
      expect(await verified(elsewhere)).toMatchObject({
        code: 1,
        report: { files: [{ result: 'changed', about }], diagnostics: [{ code: 'verify/changed' }] },
      })
      expect(await verified(elsewhere, '--manifest', 'out/manifest.json')).toMatchObject({
        code: 1,
        report: {
          files: [{ result: 'changed', about }],
          diagnostics: [
            {
              message: `${elsewhere} is not the file one-pager/senior.pdf that was made: another program saved it anew`,
            },
          ],
        },
      })
    }
    await sent((await inObjectStreams(senior)).subarray(0, -100))
    expect(await resultOf(elsewhere)).toEqual([1, 'damaged', 'verify/damaged'])
  })

  test('says nothing to the terminal but text', async () => {
    const named = senior
      .toString('latin1')
      .replace('/Title (Senior Engineer', '/Title (\\033[31mS\\007 Engineer')
    expect(named).not.toBe(senior.toString('latin1'))
    await sent(moved(Buffer.from(named, 'latin1'), named.length - senior.length))
    const { stdout } = await ladderpress(['verify', elsewhere], { cwd })
    expect(stdout).toContain('Engineer')
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
  })

  test('is not read where it is larger than any sheet', async () => {
    const handle = await open(join(cwd, elsewhere), 'w')
    await handle.truncate(256 * 1024 * 1024 + 1)
    await handle.close()
    expect(await resultOf(elsewhere)).toEqual([1, 'unreadable', 'load/too-large'])
    await sent(senior)
  })
})

/** A PDF in whose last object, the information dictionary, so many bytes were added. */
function moved(pdf: Buffer, by: number): Buffer {
  const text = pdf.toString('latin1')
  const start = Number(/startxref\s+(\d+)/.exec(text)?.[1]) + by
  const info = text.indexOf('/Title (')
  return Buffer.from(
    text
      .replace(/startxref\s+\d+/, `startxref\n${start}`)
      .replace(/^(\d{10})(?= \d{5} n)/gm, (offset) =>
        Number(offset) > info ? String(Number(offset) + by).padStart(10, '0') : offset,
      ),
    'latin1',
  )
}

test('a draft is said to be one, and not to be in force', async () => {
  await write(cwd, { 'draft/ladder.yaml': smallLadder })
  const inDraft = { cwd: join(cwd, 'draft') }
  expect((await ladderpress(['seal'], inDraft)).code).toBe(0)
  await write(cwd, { 'draft/ladder.yaml': smallLadder.replace('2026.10', '2026.11') })
  const built = await ladderpress(['build', '--only', 'matrix', '--quiet'], inDraft)
  expect(built.code, built.stderr).toBe(0)
  const { report } = await verified('draft/out/matrix/ic.pdf')
  expect(report.files[0]?.about).toMatchObject({ edition: '2026.11', effective: null, draft: true })
  const { stdout } = await ladderpress(['verify', 'draft/out/matrix/ic.pdf'], { cwd })
  expect(stdout).toContain('  Small ladder, draft of 2026.11\n')
})

test('no bytes make it throw', async () => {
  for (let at = 0; at < senior.length; at += 97) {
    for (const byte of [0x00, 0x28, 0x3c, 0x5b, 0x39]) {
      const bytes = Buffer.from(senior)
      bytes[at] = byte
      expect(['ours', 'not-ours', 'damaged', 'not-a-pdf']).toContain((await lookAtPdf(bytes)).kind)
    }
  }
  const withInfo = (value: string) => {
    const body = `%PDF-1.7\n1 0 obj\n${value}\nendobj\n`
    const table = 'xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n'
    return Buffer.from(`${body}${table}trailer\n<</Info 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`)
  }
  const packed = await inObjectStreams(senior)
  for (let at = 0; at < packed.length; at += 211) {
    const bytes = Buffer.from(packed)
    bytes[at] = 0x39
    expect(['ours', 'not-ours', 'damaged', 'not-a-pdf']).toContain((await lookAtPdf(bytes)).kind)
  }
  for (const value of [
    '1 0 R',
    '['.repeat(100_000),
    `(${'a'.repeat(5_000_000)})`,
    '<</Length 1 0 R>>\nstream\n',
  ]) {
    expect(['not-ours', 'damaged']).toContain((await lookAtPdf(withInfo(value))).kind)
  }
})

test('a pipe that nobody writes to is not waited for', async () => {
  expect((await run('mkfifo', [join(cwd, 'pipe.pdf')])).code).toBe(0)
  expect(await resultOf('pipe.pdf')).toEqual([4, 'unreadable', 'load/unreadable'])
})
