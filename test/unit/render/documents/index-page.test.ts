import { expect, test } from 'vitest'

import { loadTemplates } from '../../../../src/load/templates.ts'
import type { Sheet } from '../../../../src/plan/paper.ts'
import type { IndexedFile } from '../../../../src/render/documents/index-entries.ts'
import {
  indexDocument,
  type EarlierEdition,
  type IndexOrigin,
} from '../../../../src/render/documents/index-page.ts'
import { engineOf } from '../../../../src/render/engine.ts'
import { contextOf } from '../../../support/context.ts'

const a4: Sheet = { paper: 'A4', width: 210, height: 297, orientation: 'portrait' }
const level = (id: string, more = '') => `id: ${id}, title: Level ${id}, statements: [Builds]${more}`
const draft = ', status: draft'

type File = Partial<IndexedFile> & Pick<IndexedFile, 'path' | 'kind'>

/** A file about levels, and the tracks that these have for their first letter. */
function fileOn(levels: readonly string[], { path, ...more }: File): IndexedFile {
  return {
    path,
    format: 'pdf',
    subjects: { levels, tracks: [...new Set(levels.map((id) => id.slice(0, 1)))] },
    sheet: a4,
    largePrint: false,
    pages: 1,
    fit: null,
    bytes: 12_345,
    ...more,
  }
}

/** The page as it is read: its text, with the links that stand in it as `[text](file)` or `[text](file → name)`. */
async function read(
  tracks: Record<string, readonly string[]>,
  files: readonly IndexedFile[],
  more: { earlier?: readonly EarlierEdition[]; origin?: Partial<IndexOrigin>; head?: string } = {},
): Promise<string> {
  const { templates } = await loadTemplates(import.meta.dirname)
  const context = await contextOf(tracks, '{ brand: { name: Acme } }', more.head ?? 'edition: "7"\n')
  const origin: IndexOrigin = {
    source: 'ladder.yaml',
    hash: 'abc',
    tool: 'Ladderpress',
    browser: null,
    errors: 0,
    warnings: 0,
    notes: 0,
    ...more.origin,
  }
  const { markup: page } = indexDocument(
    await engineOf(templates),
    context,
    files,
    more.earlier ?? [],
    origin,
  )
  return page.body
    .replaceAll(/<a\b([^>]*)>(.*?)<\/a>/gs, (_, attributes: string, text: string) => {
      const [, href = ''] = /href="([^"]*)"/.exec(attributes) ?? []
      const [, name] = /download="([^"]*)"/.exec(attributes) ?? []
      return `[${text}](${href}${name === undefined ? '' : ` → ${name}`})`
    })
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

test('each file is named by what tells it from others, with its pages and its weight, and has a name to send', async () => {
  const onePager = (path: string, more: Partial<IndexedFile> = {}) =>
    fileOn(['a1'], { path: `one-pager/${path}a1.pdf`, kind: 'one-pager', ...more })
  const text = await read({ a: ['', level('a1'), level('a2')] }, [
    onePager('letter/', { sheet: { ...a4, paper: 'Letter' }, pages: 2, bytes: 1_240_000 }),
    onePager('large/', { largePrint: true }),
    onePager('', { bytes: 400 }),
    fileOn(['a1', 'a2'], { path: 'poster.pdf', kind: 'poster' }),
  ])
  expect(text).toContain(
    [
      'Level a1 [PDF A4](one-pager/a1.pdf → Acme - Level a1 - T - 7.pdf) 1 page, 1 kB',
      '[PDF Letter](one-pager/letter/a1.pdf → Acme - Level a1 - T - 7 - Letter.pdf) 2 pages, 1.2 MB',
      '[PDF large print](one-pager/large/a1.pdf → Acme - Level a1 - T - 7 - large print.pdf) 1 page, 12 kB',
    ].join(' '),
  )
  expect(text).toContain('T [PDF A4](poster.pdf → Acme - T - 7.pdf)')
})

test('stacks are those of the whole ladder, then of each track; of a single track there is one', async () => {
  const stack = (path: string, levels: readonly string[]) => fileOn(levels, { path, kind: 'stack' })
  const all = 'All one-pagers in one file [PDF A4](all.pdf'
  const two = await read({ a: ['', level('a1')], b: ['', level('b1')] }, [
    stack('all.pdf', ['a1', 'b1']),
    stack('a.pdf', ['a1']),
  ])
  expect(two).toContain(all)
  expect(two).toMatch(/Track a[^[]* \[PDF A4\]\(a\.pdf/)
  expect(await read({ a: ['', level('a1')] }, [stack('all.pdf', ['a1'])])).toContain(all)
})

test('it leads to no step from or to a draft, nor to a track of drafts beside others', async () => {
  const tracks = {
    a: ['', level('a1'), level('a2'), level('a3', draft)],
    b: ['', level('b1', draft)],
  }
  const text = await read(tracks, [
    fileOn(['a1', 'a2'], { path: 'a1-a2.pdf', kind: 'next-step' }),
    fileOn(['a2', 'a3'], { path: 'a2-a3.pdf', kind: 'next-step' }),
    fileOn(['a1', 'a2', 'a3'], { path: 'matrix/a.pdf', kind: 'matrix' }),
    fileOn(['b1'], { path: 'matrix/b.pdf', kind: 'matrix' }),
  ])
  expect([...text.matchAll(/\]\(([^ ]*\.pdf)/g)].map(([, path]) => path)).toEqual([
    'a1-a2.pdf',
    'matrix/a.pdf',
  ])
  // Where nothing else is there, drafts are what it is about.
  const drafts = await read({ b: tracks.b }, [fileOn(['b1'], { path: 'matrix/b.pdf', kind: 'matrix' })])
  expect(drafts).toContain('matrix/b.pdf')
})

test('it says how much was remarked on, and from when to when editions were in force', async () => {
  const remarks = async (errors: number, warnings: number, notes: number) =>
    (await read({ a: ['', level('a1')] }, [], { origin: { errors, warnings, notes } }))
      .split('·')
      .at(-1)
      ?.trim()
  expect(await remarks(1, 2, 3)).toBe('Errors: 1, warnings: 2, notes: 3')
  expect(await remarks(0, 0, 3)).toBe('Warnings: 0, notes: 3')
  expect(await remarks(0, 0, 0)).toBe('No warnings, no notes')
  const earlier = [
    { edition: '6', effective: '2024-01-01', until: '2024-12-31' },
    { edition: '5', effective: '2023-01-01', until: undefined },
    { edition: '4', effective: undefined, until: undefined },
  ]
  expect(await read({ a: ['', level('a1')] }, [], { earlier })).toContain(
    'Edition 6, in force from 1 January 2024 to 31 December 2024 Edition 5, in force from 1 January 2023 Edition 4 ',
  )
})
