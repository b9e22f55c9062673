import { expect, test } from 'vitest'

import { readLadder } from '../../../src/build/read.ts'
import { sealLadder } from '../../../src/build/seal.ts'
import { inFolder } from '../../support/cli.ts'
import { write } from '../../support/files.ts'

const level = (id: string, title: string) => `{ id: ${id}, title: ${title}, statements: [Builds, Tests] }`

function ladder(titles: readonly string[], more = ''): string {
  const levels = titles.map((title, n) => `      - ${level(`l${n}`, title)}\n`).join('')
  return `title: T\nedition: "1"\ntracks:\n  - id: ic\n    name: Makers\n    levels:\n${levels}${more}`
}

const managers = `  - id: mg\n    name: Managers\n    levels: [${level('lead', 'Lead')}]\n`
const twelve = (word: string) => Array.from({ length: 12 }, (_, n) => `${word}-${n}`)

/** What is said of a ladder that was sealed otherwise. */
async function changed(before: string, after: string) {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': before })
    const { diagnostics } = await sealLadder({ cwd, ladder: 'ladder.yaml' })
    expect(diagnostics).toEqual([])
    await write(cwd, { 'ladder.yaml': after })
    const found = (await readLadder({ cwd, ladder: 'ladder.yaml' })).diagnostics
    expect(found.map(({ code }) => code)).toEqual(['ladder/sealed-edition-changed'])
    return found[0]
  })
}

test('of many changes to a sealed edition the first are shown and the others counted', async () => {
  const told = await changed(ladder(twelve('One')), ladder(twelve('Two')))
  expect(told?.related).toHaveLength(10)
  expect(told?.hint).toMatch(/^There is 1 more\. Raise the edition/)
})

test('what a sealed edition said and no longer says is named, tracks by their ids', async () => {
  const told = await changed(ladder(['One'], managers), ladder(['One']))
  expect(told?.hint).toMatch(/^No longer as sealed: tracks, mg, lead\. Raise/)
})

test('what was added to a sealed edition is told from what was altered', async () => {
  const told = await changed(ladder(['One']), ladder(['One']).replace('Builds, Tests', 'Draws, Tests, Plans'))
  expect([told?.message, ...(told?.related ?? []).map(({ message }) => message)]).toEqual([
    'Edition 1 is sealed, and this says something else now',
    'this was added',
  ])
})
