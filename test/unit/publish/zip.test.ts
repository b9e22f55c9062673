import { join } from 'node:path'

import { expect, test } from 'vitest'

import { packOutput } from '../../../src/build/publication.ts'
import { catalogue } from '../../../src/diagnostics/catalogue.ts'
import { zipOf } from '../../../src/publish/zip.ts'
import { inFolder } from '../../support/cli.ts'
import { hashes, write } from '../../support/files.ts'

test('a file that vanishes before it is packed is named, and the archive of before stays', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'out/index.html': 'index', 'out.zip': 'before' })
    const before = await hashes(cwd)
    const packed = await packOutput(join(cwd, 'out'), 'out', ['index.html', 'poster.pdf'], undefined)
    expect(packed).toMatchObject({
      code: 'publish/cannot-write',
      message: 'out.zip cannot be written: out/poster.pdf was made, and is gone',
    })
    expect(catalogue['publish/cannot-write'].exit).toBe(4)
    expect(await hashes(cwd)).toEqual(before)
  })
})

test.each([
  ['2026-10-01T00:00:00Z', '2026-10-01'],
  ['1980-12-31', '1980-12-31'],
  [undefined, '1980-01-01'],
  // Archives name no other years.
  ['1979-12-31', '1980-01-01'],
  ['2100-01-01', '1980-01-01'],
])('files packed with the date %s bear %s', async (date, day) => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'index.html': 'index' })
    const zip = Buffer.from(await zipOf(cwd, 'out', ['index.html'], date))
    // PKWARE, APPNOTE.TXT, § 4.4.6.
    const bits = zip.readUInt16LE(12)
    const parts = [1980 + (bits >> 9), (bits >> 5) & 15, bits & 31]
    expect(parts.map((part) => String(part).padStart(2, '0')).join('-')).toBe(day)
  })
})

test('pages are packed, and what is packed already is not packed again', async () => {
  await inFolder(async (cwd) => {
    const text = 'words '.repeat(5_000)
    await write(cwd, { 'a.html': text, 'a.pdf': text, 'a.png': text })
    const sizeOf = async (name: string) => (await zipOf(cwd, 'out', [name], undefined)).length
    expect(await sizeOf('a.html')).toBeLessThan(1_000)
    for (const name of ['a.pdf', 'a.png']) expect(await sizeOf(name)).toBeGreaterThan(text.length)
  })
})
