import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { refuseForeign, refuseForeignZip } from '../../../src/publish/foreign.ts'
import { zipOf } from '../../../src/publish/zip.ts'
import { sha256 } from '../../../src/text/hash.ts'
import { inFolder } from '../../support/cli.ts'
import { write } from '../../support/files.ts'

const page = '<!doctype html>\n<html lang="en" dir="ltr" data-kind="poster">\n'
const order = 'Ladder\nPoster, A1\n\nposter.pdf\n'
const made = Buffer.from('what is made now')

/** Which of the files in a folder would not be replaced, as they are named. */
async function refused(
  standing: Readonly<Record<string, string>>,
  listed: readonly string[] = [],
  prepare: (folder: string) => Promise<unknown> = async () => undefined,
): Promise<string | null> {
  return inFolder(async (folder) => {
    await write(folder, standing)
    await prepare(folder)
    const paths = ['poster.html', 'poster.png', 'copy-shop.txt', 'manifest.json']
    const files = paths.map((path) => ({ path, sha256: sha256(made) }))
    return refuseForeign(folder, 'out', new Set(listed), files).then(
      () => null,
      (error: unknown) => (error as Error).message.replace(/ would be replaced.*/, ''),
    )
  })
}

test.each([
  ['nothing', {}],
  ['an empty file', { 'poster.html': '' }],
  ['a page of ours', { 'poster.html': page }],
  ['the very bytes that are made', { 'poster.png': made.toString() }],
  ['an order of ours for a copy shop', { 'copy-shop.txt': order }],
  ['a manifest of ours that is damaged', { 'manifest.json': '{ "tool": { "name": "ladderpress", ' }],
  ['a manifest of somebody else’s among pages of ours', { 'poster.html': page, 'manifest.json': '{}' }],
] as const)('%s is replaced', async (_, standing) => {
  expect(await refused(standing)).toBeNull()
})

test.each([
  ['a page of another program', { 'poster.html': `<!-- -->\n${page}` }, 'out/poster.html'],
  ['a picture', { 'poster.png': 'PNG' }, 'out/poster.png'],
  ['a text', { 'copy-shop.txt': 'Opening hours' }, 'out/copy-shop.txt'],
  ['a picture that looks like an order', { 'poster.png': order }, 'out/poster.png'],
  ['a manifest of somebody else’s', { 'manifest.json': '{}' }, 'out/manifest.json'],
  ['two of them', { 'poster.html': 'a', 'poster.png': 'b' }, 'out/poster.html and 1 more'],
] as const)('%s is not replaced', async (_, standing, named) => {
  expect(await refused(standing)).toBe(named)
})

test('what a manifest lists is replaced, and a folder too; a link is not', async () => {
  expect(await refused({ 'poster.png': 'PNG' }, ['poster.png'])).toBeNull()
  expect(await refused({}, [], (folder) => mkdir(join(folder, 'poster.png')))).toBeNull()
  const linked = await refused({ 'mine.html': page }, [], (folder) =>
    symlink('mine.html', join(folder, 'poster.html')),
  )
  expect(linked).toBe('out/poster.html')
})

test('an archive is replaced that is empty, or that has a manifest of ours in it, and no other', async () => {
  await inFolder(async (folder) => {
    const refusedZip = (name: string) =>
      refuseForeignZip(join(folder, name), name).then(
        () => null,
        (error: unknown) => (error as Error).message.replace(/ would be replaced.*/, ''),
      )
    await write(folder, {
      'empty.zip': '',
      'text.zip': 'mine',
      'manifest.json': '{ "tool": { "name": "ladderpress" } }',
      'other/manifest.json': '{ "name": "mine" }',
    })
    await writeFile(join(folder, 'ours.zip'), await zipOf(folder, 'out', ['manifest.json'], undefined))
    await writeFile(
      join(folder, 'other.zip'),
      await zipOf(join(folder, 'other'), 'out', ['manifest.json'], undefined),
    )
    await mkdir(join(folder, 'folder.zip'))
    await symlink('ours.zip', join(folder, 'link.zip'))
    for (const name of ['none.zip', 'empty.zip', 'ours.zip', 'folder.zip'])
      expect([name, await refusedZip(name)]).toEqual([name, null])
    for (const name of ['text.zip', 'other.zip', 'link.zip']) expect(await refusedZip(name)).toBe(name)
  })
})
