import { expect, test } from 'vitest'

import { readLadder } from '../../../src/build/read.ts'
import { inFolder } from '../../support/cli.ts'
import { smallLadder, write } from '../../support/files.ts'

/** What is said of accents. */
function remarksOn(...accents: readonly string[]): Promise<string[]> {
  return inFolder(async (cwd) => {
    const press = `brand: { name: Example, accents: ${JSON.stringify(accents)} }\n`
    await write(cwd, { 'ladder.yaml': smallLadder, 'press.yaml': press })
    const { diagnostics } = await readLadder({ cwd, ladder: 'ladder.yaml' })
    return diagnostics.map(({ message }) => message)
  })
}

test('an accent has a contrast of 3 : 1 at least, and no other is said to have it', async () => {
  expect(await remarksOn('#949494')).toEqual([])
  expect(await remarksOn('#959595')).toEqual([
    '#959595 has a contrast of 2.9 : 1 to white paper; 3 : 1 is the least',
  ])
})

test('two accents are as far from each other in a copy as can be seen, however dark they are', async () => {
  expect(await remarksOn('#707070', '#767676', '#8a1538')).toEqual([])
  expect(await remarksOn('#707070', '#757575')).toEqual(['#757575 turns into the same grey as #707070'])
  expect(await remarksOn('#000000', '#010101')).toEqual(['#010101 turns into the same grey as #000000'])
})

test('of an accent both is said: that it is faint, and which other is as grey', async () => {
  expect(await remarksOn('#ffcc00', '#fc0')).toEqual([
    expect.stringMatching(/^#ffcc00 has a contrast/),
    expect.stringMatching(/^#ffcc00 has a contrast/),
    '#ffcc00 turns into the same grey as #ffcc00',
  ])
})
