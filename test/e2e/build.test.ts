import { readFile } from 'node:fs/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Manifest } from '../../src/publish/manifest.ts'
import { sha256 } from '../../src/text/hash.ts'
import { schemaErrors } from '../../src/validate/validator.ts'
import type { JsonValue } from '../../src/yaml/node.ts'
import { ladderpress, type Run } from '../support/cli.ts'
import { hashes } from '../support/files.ts'
import { pdf } from '../support/pdf.ts'

let folder: string
let built: Run
let manifest: Manifest

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  built = await ladderpress(['build', '--out', join(folder, 'out')])
  expect(built.code, built.stderr).toBe(0)
  manifest = JSON.parse(await readFile(join(folder, 'out', 'manifest.json'), 'utf8')) as Manifest
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const levels = [
  'engineer',
  'senior-engineer',
  'lead-engineer',
  'principal-engineer',
  'manager',
  'senior-manager',
  'director',
  'vice-president',
  'senior-vice-president',
]
const pairs = [
  'engineer--senior-engineer',
  'senior-engineer--lead-engineer',
  'lead-engineer--principal-engineer',
  'manager--senior-manager',
  'senior-manager--director',
  'director--vice-president',
  'vice-president--senior-vice-president',
  'lead-engineer--manager',
  'principal-engineer--senior-manager',
]
const documents = [
  'matrix/ic',
  'matrix/managers',
  ...levels.map((id) => `one-pager/${id}`),
  ...pairs.map((pair) => `next-step/${pair}`),
  'poster',
  'booklet',
]
const others = ['one-pagers.pdf', 'one-pagers/ic.pdf', 'one-pagers/managers.pdf', 'copy-shop.txt']

describe('the bundled ladder', () => {
  test('becomes a matrix per track, a one-pager per described level, a sheet per step, a poster, a booklet and an index', async () => {
    const files = Object.keys(await hashes(join(folder, 'out')))
    expect(files).toEqual(
      [
        ...documents.flatMap((id) => [`${id}.html`, `${id}.pdf`]),
        ...others,
        'index.html',
        'manifest.json',
      ].sort(),
    )
  })

  test('says where to look, and lists each file with sheet, pages, size, bytes and time', () => {
    expect(built.stdout).toContain(`index.html`)
    expect(built.stdout).toMatch(/^file +sheet +pages +pt +bytes +ms\n/)
    expect(built.stdout).toMatch(/one-pager\/lead-engineer\.pdf +A4 portrait +1 +1?\d(\.5)? +[\d,]+ +\d+\n/)
  })

  test.each([
    ['matrix/ic', 1190.55, 841.89],
    ['one-pager/engineer', 595.28, 841.89],
    ['next-step/lead-engineer--principal-engineer', 595.28, 841.89],
    ['poster', 1683.78, 2383.94],
  ])('%s has its paper, one sheet, and only our fonts', async (id, width, height) => {
    const { pages, sizes, fonts } = await pdf(join(folder, 'out', `${id}.pdf`))
    expect(pages).toBe(1)
    expect(Math.abs((sizes[0]?.[0] ?? 0) - width)).toBeLessThan(1)
    expect(Math.abs((sizes[0]?.[1] ?? 0) - height)).toBeLessThan(1)
    expect(fonts).not.toEqual([])
    expect(fonts.filter((font) => !font.startsWith('Inter-'))).toEqual([])
  })

  test('a one-pager says what its level asks, and where it stands', async () => {
    const [text = ''] = (await pdf(join(folder, 'out', 'one-pager', 'lead-engineer.pdf'))).texts
    for (const words of [
      'LeadEngineer',
      'EquivalenttoManager.',
      'Knowsseveralkeycomponentsoftheproductwell',
      'Domainknowledge',
      'Acme·Engineeringladder2026.1·inforcefrom1January2026',
      '1of1',
    ]) {
      expect(text).toContain(words)
    }
  })

  test('stated, named and unsaid equivalences are told apart', async () => {
    const matrix = (await pdf(join(folder, 'out', 'matrix', 'ic.pdf'))).texts.join('')
    expect(matrix).toContain('Nomanagementequivalent.')
    expect(matrix).toContain('NamedasanequivalentofDirector.')
    expect(matrix).toContain('Notdescribedinthisedition.')
    const unsaid = (await pdf(join(folder, 'out', 'one-pager', 'senior-vice-president.pdf'))).texts.join('')
    expect(unsaid).toContain('Byappointment.')
    expect(unsaid).not.toContain('quivalent')
  })

  test('all documents of a kind share one size', () => {
    for (const kind of ['one-pager', 'matrix', 'next-step']) {
      const sizes = manifest.artifacts
        .filter((artifact) => artifact.kind === kind)
        .map(({ fit }) => fit?.size)
      expect(new Set(sizes).size).toBe(1)
      expect(sizes[0]).toBeGreaterThanOrEqual(9)
      expect(sizes[0]).toBeLessThanOrEqual(11.5)
    }
    expect(manifest.artifacts.find(({ path }) => path === 'poster.pdf')?.fit?.size).toBeGreaterThanOrEqual(12)
  })
})

describe('the manifest', () => {
  test('keeps to its schema', () => {
    expect(schemaErrors('manifest', JSON.parse(JSON.stringify(manifest)) as JsonValue)).toEqual([])
  })

  test('knows the bytes of each file', async () => {
    const found = await hashes(join(folder, 'out'))
    for (const { path, sha256: hash, bytes } of manifest.artifacts) {
      const content = await readFile(join(folder, 'out', path))
      expect([path, hash, bytes]).toEqual([path, found[path], content.length])
      expect(sha256(content)).toBe(hash)
    }
  })

  test('holds neither the time nor a path of this machine', async () => {
    const text = await readFile(join(folder, 'out', 'manifest.json'), 'utf8')
    expect(text).not.toContain(folder)
    expect(text).not.toMatch(/"\/|[A-Z]:\\\\/)
    expect(text).not.toContain(new Date().toISOString().slice(0, 10))
  })

  test('names the stamp that is printed', async () => {
    const artifact = manifest.artifacts.find(({ path }) => path === 'one-pager/lead-engineer.pdf')
    const { texts } = await pdf(join(folder, 'out', 'one-pager', 'lead-engineer.pdf'))
    expect(artifact?.stamp).toMatch(/^[0-9a-f]{8}$/)
    expect(texts[0]).toContain(artifact?.stamp)
  })
})

describe('the same ladder', () => {
  test('gives the same bytes in another folder, zone and language, one document or all', async () => {
    const again = join(folder, 'elsewhere')
    const { code } = await ladderpress(['build', '--out', again], {
      env: { TZ: 'Pacific/Auckland', LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' },
    })
    expect(code).toBe(0)
    expect(await hashes(again)).toEqual(await hashes(join(folder, 'out')))

    const alone = join(folder, 'alone')
    await ladderpress(['build', '--out', alone, '--level', 'director'])
    const found = await hashes(alone)
    const all = await hashes(join(folder, 'out'))
    for (const path of ['one-pager/director.pdf', 'one-pager/director.html'])
      expect(found[path]).toBe(all[path])
  })
})

describe('a published page', () => {
  test.each([...documents, 'index'])('%s.html is one file: no address, no script, a policy', async (id) => {
    const html = await readFile(join(folder, 'out', `${id}.html`), 'utf8')
    expect(html).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr"/)
    expect(html).toContain("default-src 'none'")
    expect(html).toContain('data:font/woff2;base64,')
    expect(html).not.toMatch(/<script|<link|@import|url\((?!data:)|\son\w+=/i)
    expect(html).not.toMatch(/src="(?!(matrix|one-pager|poster)[\w/-]*\.html")/)
  })
})
