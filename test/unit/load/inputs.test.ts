import { rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { hashInputs } from '../../../src/load/inputs.ts'
import { inFolder } from '../../support/cli.ts'
import { write } from '../../support/files.ts'

test('a folder with links to itself is hashed once, and again when a link leads elsewhere', async () => {
  await inFolder(async (folder) => {
    const hash = () => hashInputs(folder, ['templates'])[0]?.sha256
    await write(folder, { 'templates/one-pager.hbs': 'text', 'templates/other.hbs': 'text' })
    const hashes = [hash()]
    for (const name of ['a', 'b']) await symlink('.', join(folder, 'templates', name))
    hashes.push(hash())
    await symlink('one-pager.hbs', join(folder, 'templates', 'matrix.hbs'))
    hashes.push(hash())
    await rm(join(folder, 'templates', 'matrix.hbs'))
    await symlink('other.hbs', join(folder, 'templates', 'matrix.hbs'))
    hashes.push(hash())
    // What a link leads to is hashed where it lies.
    await write(folder, { 'templates/other.hbs': 'other text' })
    hashes.push(hash())
    expect(new Set(hashes).size).toBe(hashes.length)
    expect(hash()).toBe(hashes.at(-1))
  })
})
