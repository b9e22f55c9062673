import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

import { expect, test } from 'vitest'

import { entriesBelow } from '../../../src/load/folders.ts'

test('what lies in a folder is found at any depth, links are not followed, and a circle of them has an end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  try {
    await mkdir(join(folder, 'a', 'b'), { recursive: true })
    await writeFile(join(folder, 'a', 'b', 'deep.txt'), '')
    for (const name of ['round', 'about']) await symlink('..', join(folder, 'a', name))
    const found = entriesBelow(folder).map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    expect(found.sort()).toEqual(['a', 'a/about', 'a/b', 'a/b/deep.txt', 'a/round'])
  } finally {
    await rm(folder, { recursive: true })
  }
})
