import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { listedPaths, readManifest, unchangedArtifacts } from '../../../src/publish/manifest.ts'
import { sha256 } from '../../../src/text/hash.ts'
import { inFolder } from '../../support/cli.ts'
import { write } from '../../support/files.ts'

const diagnostic = { code: 'print/continues', severity: 'note', message: 'Goes on' }
const artifact = {
  path: 'one-pager/engineer.pdf',
  kind: 'one-pager',
  sha256: sha256(Buffer.from('words')),
  bytes: 5,
  diagnostics: [diagnostic],
}
const build = {
  key: 'k',
  inputs: [
    { path: 'ladder.yaml', sha256: 'a' },
    { path: 'press.yaml', sha256: null },
  ],
  groups: { poster: 'b' },
  others: ['poster.pdf'],
}
const manifest = {
  tool: { name: 'ladderpress', version: '1' },
  build,
  artifacts: [artifact],
  diagnostics: [diagnostic],
}

async function withText<T>(text: string, work: (folder: string) => Promise<T>): Promise<T> {
  return inFolder(async (folder) => {
    await write(folder, { 'manifest.json': text })
    return work(folder)
  })
}

describe('a manifest', () => {
  test.each([manifest, { ...manifest, build: null }, { ...manifest, build: { ...build, key: null } }])(
    'is read where it has all that a build repeats (%#)',
    async (value) => {
      expect(await withText(JSON.stringify(value), (folder) => readManifest(folder))).toEqual(value)
    },
  )

  test.each([
    null,
    [],
    { ...manifest, build: undefined },
    { ...manifest, build: 'none' },
    { ...manifest, build: { ...build, key: 1 } },
    { ...manifest, build: { ...build, inputs: null } },
    { ...manifest, build: { ...build, inputs: [null] } },
    { ...manifest, build: { ...build, inputs: [{ path: 1, sha256: 'a' }] } },
    { ...manifest, build: { ...build, inputs: [{ path: 'ladder.yaml', sha256: 1 }] } },
    { ...manifest, build: { ...build, groups: null } },
    { ...manifest, build: { ...build, others: [1] } },
    { ...manifest, artifacts: {} },
    { ...manifest, artifacts: [null] },
    { ...manifest, artifacts: [{ ...artifact, kind: 1 }] },
    { ...manifest, artifacts: [{ ...artifact, sha256: undefined }] },
    { ...manifest, artifacts: [{ ...artifact, bytes: '5' }] },
    { ...manifest, artifacts: [{ ...artifact, diagnostics: [{}] }] },
    { ...manifest, artifacts: [{ ...artifact, path: '../engineer.pdf' }] },
    { ...manifest, artifacts: [artifact, { ...artifact, path: 'one-pager/../../engineer.pdf' }] },
    { ...manifest, artifacts: [{ ...artifact, path: '/etc/passwd.pdf' }] },
    { ...manifest, artifacts: [{ ...artifact, path: 'engineer.sh' }] },
    { ...manifest, artifacts: [{ ...artifact, path: 'deeper/than/any/pack/engineer.pdf' }] },
    { ...manifest, diagnostics: [{ ...diagnostic, severity: 'error' }] },
  ])('counts as missing where something in it is not ours (%#)', async (value) => {
    expect(await withText(JSON.stringify(value), (folder) => readManifest(folder))).toBeUndefined()
  })

  test('counts as missing where its text is none, where it is a link, and where it breaks its schema', async () => {
    expect(await withText('{', (folder) => readManifest(folder))).toBeUndefined()
    const text = JSON.stringify(manifest)
    expect(await withText(text, (folder) => readManifest(folder, () => false))).toBeUndefined()
    await withText(text, async (folder) => {
      await rename(join(folder, 'manifest.json'), join(folder, 'elsewhere.json'))
      await symlink('elsewhere.json', join(folder, 'manifest.json'))
      expect(await readManifest(folder)).toBeUndefined()
      expect(await listedPaths(folder)).toEqual(new Set())
    })
  })

  test('of another version lists the files that are ours to replace', async () => {
    const paths = [artifact.path, 'poster.html', '../poster.html', 'notes.md', 1, undefined]
    const other = { tool: { name: 'ladderpress' }, artifacts: [...paths.map((path) => ({ path })), null] }
    const listed = (value: unknown) => withText(JSON.stringify(value), listedPaths)
    expect(await listed(other)).toEqual(new Set(['manifest.json', artifact.path, 'poster.html']))
    expect(await listed({ ...other, artifacts: 1 })).toEqual(new Set(['manifest.json']))
    expect(await listed({ ...other, tool: { name: 'another' } })).toEqual(new Set())
    expect(await listed({ ...other, tool: null })).toEqual(new Set())
  })
})

test('a file is unchanged also where the way to its folder leads over a link', async () => {
  await inFolder(async (folder) => {
    await write(folder, { [`real/out/${artifact.path}`]: 'words' })
    await symlink('real', join(folder, 'linked'))
    const found = await unchangedArtifacts(join(folder, 'linked', 'out'), [artifact as never])
    expect(found).toHaveLength(1)
  })
})

test('a file is unchanged where it is at its place and has its bytes', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, artifact.path)
    const unchanged = async () => (await unchangedArtifacts(folder, [artifact as never])).length
    expect(await unchanged()).toBe(0)
    await write(folder, { [artifact.path]: 'words' })
    expect(await unchanged()).toBe(1)
    await writeFile(path, 'sword')
    expect(await unchanged()).toBe(0)
    await writeFile(path, 'words and more')
    expect(await unchanged()).toBe(0)
    // Behind links it is somebody else's.
    await mkdir(join(folder, 'other'))
    await writeFile(join(folder, 'other', 'engineer.pdf'), 'words')
    await rm(path)
    await symlink('../other/engineer.pdf', path)
    expect(await unchanged()).toBe(0)
    await rm(join(folder, 'one-pager'), { recursive: true })
    await symlink('other', join(folder, 'one-pager'))
    expect(await unchanged()).toBe(0)
  })
})
