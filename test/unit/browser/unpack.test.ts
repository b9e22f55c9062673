import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliCompressSync } from 'node:zlib'

import { pack } from 'tar-stream'
import { expect, test } from 'vitest'

import { unpackDamaged, unpackShell } from '../../../src/browser/unpack.ts'
import { inFolder } from '../../support/cli.ts'

/** A shell with one library in a cache, and the package that it was unpacked from. */
async function withShell(
  run: (shell: { target: string; cache: string; unpackAnew: () => Promise<boolean> }) => Promise<void>,
): Promise<void> {
  await inFolder(async (cwd) => {
    const [packed, cache] = [join(cwd, 'packed'), join(cwd, 'cache')]
    for (const folder of [packed, cache]) await mkdir(folder)
    const archive = pack()
    archive.entry({ name: 'lib/libnss3.so' }, 'a library')
    archive.finalize()
    await writeFile(join(packed, 'al2023.tar.br'), brotliCompressSync(await buffer(archive)))
    await writeFile(join(packed, 'chromium.br'), brotliCompressSync(Buffer.from('a browser')))
    const target = join(cache, 'shell')
    await unpackShell(packed, cache, target)
    await run({ target, cache, unpackAnew: () => unpackDamaged(packed, cache, target) })
  })
}

test('a browser that is whole is left as it is, though it does not start', async () => {
  await withShell(async ({ target, unpackAnew }) => {
    const { ino } = await stat(join(target, 'headless-shell'))
    expect(await unpackAnew()).toBe(false)
    expect((await stat(join(target, 'headless-shell'))).ino).toBe(ino)
  })
})

test.each([
  ['of which a byte has changed', (target: string) => writeFile(join(target, 'headless-shell'), 'a_browser')],
  [
    'of whose libraries a byte has changed',
    (target: string) => writeFile(join(target, 'lib', 'libnss3.so'), 'a_library'),
  ],
  ['that has lost a library', (target: string) => rm(join(target, 'lib', 'libnss3.so'))],
  ['of which nothing is left', (target: string) => rm(target, { recursive: true })],
])('a browser %s is unpacked again, and nothing else is left', async (_, damage) => {
  await withShell(async ({ target, cache, unpackAnew }) => {
    await damage(target)
    expect(await unpackAnew()).toBe(true)
    expect(await readFile(join(target, 'headless-shell'), 'utf8')).toBe('a browser')
    expect(await readFile(join(target, 'lib', 'libnss3.so'), 'utf8')).toBe('a library')
    expect(await readdir(cache)).toEqual(['shell'])
  })
})
