import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { inFolder, ladderpress } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'
import { contentOf, structureOf } from '../support/pdf.ts'

const ladder = (style: string) => `title: Ladder
edition: "1"
style: ${style}
tracks:
  - id: ic
    name: Engineers
    dimensions: [{ id: craft, name: Craft }, { id: people, name: People }]
    levels:
      - id: engineer
        title: Engineer
        expectations:
          craft: |
            - Builds small things, step by step
            - Mends what is broken
          people: Helps others
      - id: senior
        title: Senior Engineer
        expectations:
          craft: |
            - Builds small things step by step.
            - Designs large things
          people: helps others!
      - id: lead
        title: Lead Engineer
        expectations: { craft: Sets the direction, people: Leads a team }
`

async function read(style: string, level: string, ...args: string[]) {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder(style) })
    const { code, stderr } = await ladderpress(
      ['build', 'ladder.yaml', '--strict', '--level', level, '--format', 'pdf', ...args],
      { cwd },
    )
    expect(code, stderr).toBe(0)
    return structureOf(join(cwd, 'out', 'one-pager', `${level}.pdf`))
  })
}

const items = (elements: Awaited<ReturnType<typeof read>>) =>
  elements.filter(({ type }) => type === 'LBody').map(({ text }) => text.replace(/\s+/g, ' ').trim())

describe('a ladder that restates', () => {
  test('marks what the level below does not say, whatever its case, blanks and points', async () => {
    expect(items(await read('restated', 'senior'))).toEqual([
      'Builds small things step by step.',
      'Designs large things new',
      'helps others!',
    ])
  })

  test('marks nothing at the lowest level, and all of a level that says everything anew', async () => {
    expect(items(await read('restated', 'engineer')).join()).not.toContain('new')
    expect(items(await read('restated', 'lead'))).toEqual(['Sets the direction new', 'Leads a team new'])
  })
})

describe('a ladder that adds', () => {
  test('says what it builds on, and marks nothing', async () => {
    const elements = await read('additive', 'senior')
    expect(items(elements)).toHaveLength(3)
    expect(elements.some(({ text }) => text.includes('Adds to everything expected of Engineer.'))).toBe(true)
  })

  test('prints with --roll-up what the levels below ask, the nearest first, behind its own', async () => {
    const elements = await read('additive', 'lead', '--roll-up')
    expect(items(elements)).toEqual([
      'Sets the direction',
      'Builds small things step by step.',
      'Designs large things',
      'Builds small things, step by step',
      'Mends what is broken',
      'Leads a team',
      'helps others!',
      'Helps others',
    ])
    const labels = elements.filter(({ type, text }) => type === 'P' && text.includes('already'))
    expect(labels.map(({ text }) => text.trim())).toEqual([
      'Expected of Senior Engineer already',
      'Expected of Engineer already',
      'Expected of Senior Engineer already',
      'Expected of Engineer already',
    ])
  })
})

test('--roll-up is refused where levels do not add', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder('restated') })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--roll-up'], { cwd })
    expect([code, stderr.includes('style: additive')]).toEqual([2, true])
  })
})

test('the colours of the brand are those of the tracks on every sheet, and none with --ink black', async () => {
  await inFolder(async (cwd) => {
    const press = 'brand: { name: Acme, accents: ["#036", "#cc6633"] }\n'
    await write(cwd, { 'ladder.yaml': smallLadder, 'press.yaml': press })
    /** Colours that are no greys, of a document. */
    const colours = async (out: string, id: string) => {
      const content = (await contentOf(join(cwd, out, `${id}.pdf`))).join('\n')
      return [...new Set(content.match(/[\d.]+ [\d.]+ [\d.]+ rg\b/g))].sort()
    }
    const inColour = await ladderpress(['build', '--strict', '--out', 'colour'], { cwd })
    expect(inColour.code, inColour.stderr).toBe(0)
    const [first, second] = ['0 .2 .4 rg', '.8 .4 .2 rg']
    expect(await colours('colour', 'matrix/ic')).toEqual([first])
    expect(await colours('colour', 'matrix/mg')).toEqual([second])
    for (const id of ['poster', 'one-pager/engineer', 'booklet'])
      expect(await colours('colour', id), id).toEqual(expect.arrayContaining([second, first]))
    const black = await ladderpress(['build', '--strict', '--ink', 'black', '--out', 'black'], { cwd })
    expect(black.code, black.stderr).toBe(0)
    for (const id of ['poster', 'matrix/mg', 'booklet']) expect(await colours('black', id), id).toEqual([])
    const index = await readFile(join(cwd, 'colour', 'index.html'), 'utf8')
    expect(index).toContain('--accent-1: #003366; --accent-2: #cc6633;')
  })
})
