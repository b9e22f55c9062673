import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { readLadder } from '../../../src/build/read.ts'
import { houseAccents, ownAccents } from '../../../src/plan/accents.ts'
import { inFolder, root } from '../../support/cli.ts'
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

test('the accents that come along are those of the style sheet', async () => {
  const css = await readFile(join(root, 'templates/styles/base.css'), 'utf8')
  expect([...css.matchAll(/--accent-\d: (#\w+);/g)].map(([, color]) => color)).toEqual(houseAccents)
})

test('a track behind those of the brand has another colour than usual where its own would leave the same grey', () => {
  // #00629b is as light as the fourth of the house, #8a1538 as the third.
  expect([...ownAccents(['#00629b', '#8a1538'])]).toEqual([
    [1, '#00629b'],
    [2, '#8a1538'],
    [3, '#b4500b'],
    [4, '#1b4fa8'],
  ])
  expect([...ownAccents(['#1b4fa8'])]).toEqual([[1, '#1b4fa8']])
})
