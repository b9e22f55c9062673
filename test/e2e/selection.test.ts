import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import type { Manifest } from '../../src/publish/manifest.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'

const build = async (cwd: string, ...args: string[]) => {
  const run = await ladderpress(['build', 'ladder.yaml', '--quiet', ...args], { cwd })
  expect(run.code, run.stderr).toBe(0)
  return Object.keys(await hashes(join(cwd, 'out')))
}

const manifestOf = async (cwd: string) =>
  JSON.parse(await readFile(join(cwd, 'out', 'manifest.json'), 'utf8')) as Manifest

const inLadder = <T>(work: (cwd: string) => Promise<T>) =>
  inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': smallLadder })
    return work(cwd)
  })

describe('what is chosen', () => {
  test.each([
    [
      ['--only', 'one-pager'],
      ['one-pager/engineer', 'one-pager/senior', 'one-pager/lead'],
    ],
    [
      ['--only', 'matrix,poster'],
      ['matrix/ic', 'matrix/mg', 'poster'],
    ],
    [
      ['--track', 'mg'],
      ['matrix/mg', 'one-pager/lead'],
    ],
    [['--level', 'senior'], ['one-pager/senior']],
    [['--level', 'senior', '--only', 'matrix'], ['matrix/ic']],
    [
      ['--track', 'ic', '--only', 'one-pager,poster'],
      ['one-pager/engineer', 'one-pager/senior', 'poster'],
    ],
  ])('%s makes %s', async (args, documents) => {
    await inLadder(async (cwd) => {
      const files = await build(cwd, ...args)
      expect(files).toEqual(
        [
          ...documents.flatMap((id) => [`${id}.html`, `${id}.pdf`]),
          ...(documents.includes('poster') ? ['copy-shop.txt'] : []),
          'manifest.json',
        ].sort(),
      )
    })
  })

  test('--format chooses the files, papers are chosen by kind', async () => {
    await inLadder(async (cwd) => {
      const files = await build(
        cwd,
        '--format',
        'pdf',
        '--paper',
        'letter',
        '--paper',
        'MATRIX=a4:LANDSCAPE',
        '--paper',
        'poster=700×1000mm',
      )
      expect(files.filter((file) => file.endsWith('.html'))).toEqual(['index.html'])
      const sheets = Object.fromEntries(
        (await manifestOf(cwd)).artifacts.map(({ kind, sheet }) => [
          kind,
          sheet && [sheet.paper, sheet.orientation],
        ]),
      )
      expect(sheets).toMatchObject({
        'one-pager': ['Letter', 'portrait'],
        matrix: ['A4', 'landscape'],
        poster: ['700x1000mm', 'portrait'],
        index: null,
      })
    })
  })

  test('press.yaml chooses papers, the command line wins, regions have their own', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, {
        'ladder.yaml': smallLadder.replace('edition:', 'locale: en-US\nedition:'),
        'press.yaml': 'paper: { matrix: Legal, one-pager: A5 }\n',
      })
      await build(cwd, '--paper', 'one-pager=A4')
      const sheets = Object.fromEntries(
        (await manifestOf(cwd)).artifacts.map(({ kind, sheet }) => [kind, sheet?.paper]),
      )
      expect(sheets).toMatchObject({ 'one-pager': 'A4', matrix: 'Legal', poster: 'ARCH D' })
    })
  })

  test('papers of several kinds in one list: a size is for the kind that is named before it', async () => {
    await inLadder(async (cwd) => {
      const papers = 'A2,one-pager=Letter,A5,matrix=Tabloid'
      await build(cwd, '--only', 'one-pager,matrix,poster', '--format', 'html', '--paper', papers)
      const { artifacts } = await manifestOf(cwd)
      const of = (wanted: string) => [
        ...new Set(artifacts.filter(({ kind }) => kind === wanted).map(({ sheet }) => sheet?.paper)),
      ]
      expect({ poster: of('poster'), matrix: of('matrix'), pages: of('one-pager') }).toEqual({
        poster: ['A2'],
        matrix: ['Tabloid'],
        pages: ['Letter', 'A5'],
      })
    })
  })
})

describe('a build over an earlier one', () => {
  test('a partial build replaces its own and leaves all else, files and entries', async () => {
    await inLadder(async (cwd) => {
      await build(cwd)
      const before = await hashes(join(cwd, 'out'))
      const entries = (await manifestOf(cwd)).artifacts.length
      await writeFile(join(cwd, 'ladder.yaml'), smallLadder.replace('Teaches others', 'Teaches everybody'))
      await build(cwd, '--level', 'senior')
      const after = await hashes(join(cwd, 'out'))
      const changed = Object.keys(after).filter((path) => after[path] !== before[path])
      expect(changed).toEqual(['manifest.json', 'one-pager/senior.html', 'one-pager/senior.pdf'])
      expect((await manifestOf(cwd)).artifacts).toHaveLength(entries)
    })
  })

  test('a build without a browser leaves on record which one printed what it leaves alone', async () => {
    await inLadder(async (cwd) => {
      await build(cwd)
      const { browser } = await manifestOf(cwd)
      const index = await readFile(join(cwd, 'out', 'index.html'), 'utf8')
      await build(cwd, '--only', 'index')
      expect(browser).not.toBeNull()
      expect((await manifestOf(cwd)).browser).toEqual(browser)
      expect(await readFile(join(cwd, 'out', 'index.html'), 'utf8')).toBe(index)
    })
  })

  test('a full build removes what it no longer makes, if nobody has touched it', async () => {
    await inLadder(async (cwd) => {
      await build(cwd)
      await writeFile(join(cwd, 'out', 'one-pager', 'notes.txt'), 'mine')
      await writeFile(join(cwd, 'out', 'one-pager', 'lead.html'), 'edited by hand')
      await writeFile(
        join(cwd, 'ladder.yaml'),
        smallLadder.replaceAll('id: lead\n', 'id: head\n').replace('equivalent: lead', 'equivalent: head'),
      )
      const files = await build(cwd)
      expect(files).not.toContain('one-pager/lead.pdf')
      expect(files).toEqual(
        expect.arrayContaining(['one-pager/head.pdf', 'one-pager/lead.html', 'one-pager/notes.txt']),
      )
    })
  })

  test('what belongs to another edition stays', async () => {
    await inLadder(async (cwd) => {
      await build(cwd)
      const next = smallLadder
        .replace('2026.10', '2027.1')
        .replaceAll('id: lead\n', 'id: head\n')
        .replace('equivalent: lead', 'equivalent: head')
      await writeFile(join(cwd, 'ladder.yaml'), next)
      expect(await build(cwd)).toEqual(expect.arrayContaining(['one-pager/lead.pdf', 'one-pager/head.pdf']))
      const editions = (await manifestOf(cwd)).artifacts.map(({ path, edition }) => `${path} ${edition}`)
      expect(editions).toEqual(
        expect.arrayContaining(['one-pager/lead.pdf 2026.10', 'one-pager/head.pdf 2027.1']),
      )
    })
  })

  test.each([
    ['damaged', '{ "tool": '],
    ['somebody else’s', '{ "tool": { "name": "another" }, "artifacts": [] }'],
    ['tampered with', 'TAMPERED'],
  ])('a manifest that is %s removes nothing', async (_, text) => {
    await inLadder(async (cwd) => {
      await build(cwd)
      await writeFile(join(cwd, 'precious.pdf'), 'mine')
      const path = join(cwd, 'out', 'manifest.json')
      const tampered =
        text === 'TAMPERED'
          ? (await readFile(path, 'utf8')).replaceAll('one-pager/lead', '../precious')
          : text
      await writeFile(path, tampered)
      await writeFile(
        join(cwd, 'ladder.yaml'),
        smallLadder.replaceAll('id: lead\n', 'id: head\n').replace('equivalent: lead', 'equivalent: head'),
      )
      expect(await build(cwd)).toEqual(expect.arrayContaining(['one-pager/lead.pdf', 'one-pager/head.pdf']))
      expect(await readFile(join(cwd, 'precious.pdf'), 'utf8')).toBe('mine')
    })
  })

  test('errors in the input leave the previous output untouched', async () => {
    await inLadder(async (cwd) => {
      await build(cwd)
      const before = await hashes(join(cwd, 'out'))
      await writeFile(join(cwd, 'ladder.yaml'), smallLadder.replace('title: Engineer\n', 'titel: Engineer\n'))
      const { code } = await ladderpress(['build', 'ladder.yaml'], { cwd })
      expect(code).toBe(1)
      expect(await hashes(join(cwd, 'out'))).toEqual(before)
    })
  })

  test('an error of one document stops that document: the others are published, its previous file stays', async () => {
    await inLadder(async (cwd) => {
      await build(cwd, '--only', 'one-pager')
      const before = await hashes(join(cwd, 'out'))
      const endless = `Leads ${'and leads and leads, and thinks of those who were led before, '.repeat(170)}`
      await writeFile(
        join(cwd, 'ladder.yaml'),
        smallLadder.replace('- Leads a team', `- ${endless}`).replace('Builds things', 'Builds other things'),
      )
      const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--only', 'one-pager'], { cwd })
      expect(code).toBe(1)
      expect(stderr).toContain('print/overflow')
      const after = await hashes(join(cwd, 'out'))
      expect(after['one-pager/lead.pdf']).toBe(before['one-pager/lead.pdf'])
      expect(after['one-pager/engineer.pdf']).not.toBe(before['one-pager/engineer.pdf'])
      expect((await manifestOf(cwd)).artifacts.map(({ path }) => path)).toContain('one-pager/lead.pdf')

      const strict = await ladderpress(
        ['build', 'ladder.yaml', '--only', 'one-pager', '--strict', '--out', 'strict'],
        { cwd },
      )
      expect(strict.code).toBe(1)
      await expect(hashes(join(cwd, 'strict'))).rejects.toThrow('ENOENT')
    })
  })

  test('--strict publishes nothing where there is a warning', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder.replace('- Holds 1:1s', '- Holds <b>1:1s</b>') })
      const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--strict'], { cwd })
      expect([code, stderr.includes('markdown/html')]).toEqual([1, true])
      await expect(hashes(join(cwd, 'out'))).rejects.toThrow('ENOENT')
    })
  })

  test('a link in the place of a folder leads nowhere', async () => {
    await inLadder(async (cwd) => {
      await mkdir(join(cwd, 'elsewhere'))
      await mkdir(join(cwd, 'out'))
      await symlink(join(cwd, 'elsewhere'), join(cwd, 'out', 'matrix'))
      const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--quiet'], { cwd })
      expect([code, stderr.includes('publish/not-a-folder')]).toEqual([4, true])
      expect(await hashes(join(cwd, 'elsewhere'))).toEqual({})
    })
  })

  test('a link in the place of a file is replaced, not followed', async () => {
    await inLadder(async (cwd) => {
      await build(cwd, '--only', 'poster')
      await writeFile(join(cwd, 'precious.txt'), 'mine')
      await rm(join(cwd, 'out', 'poster.pdf'))
      await symlink(join(cwd, 'precious.txt'), join(cwd, 'out', 'poster.pdf'))
      await build(cwd, '--only', 'poster')
      expect(await readFile(join(cwd, 'precious.txt'), 'utf8')).toBe('mine')
      expect((await readFile(join(cwd, 'out', 'poster.pdf'))).subarray(0, 5).toString()).toBe('%PDF-')
    })
  })

  test('an output folder that was moved away is made anew', async () => {
    await inLadder(async (cwd) => {
      await build(cwd, '--only', 'poster')
      await rename(join(cwd, 'out'), join(cwd, 'kept'))
      expect(await build(cwd, '--only', 'poster')).toEqual([
        'copy-shop.txt',
        'manifest.json',
        'poster.html',
        'poster.pdf',
      ])
    })
  })
})
