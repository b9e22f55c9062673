import { join } from 'node:path'

import { expect, test } from 'vitest'

import { packOutput } from '../../../src/build/publication.ts'
import { catalogue } from '../../../src/diagnostics/catalogue.ts'
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
