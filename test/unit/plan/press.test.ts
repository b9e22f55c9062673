import { expect, test } from 'vitest'

import { readLadder } from '../../../src/build/read.ts'
import { inFolder } from '../../support/cli.ts'
import { smallLadder, write } from '../../support/files.ts'

async function pressOf(settings: string) {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': smallLadder, 'press.yaml': settings })
    const { read, diagnostics } = await readLadder({ cwd, ladder: 'ladder.yaml' })
    if (!read) throw new Error(diagnostics.map(({ message }) => message).join())
    return read.press
  })
}

test('press settings are those that are written', async () => {
  const press =
    await pressOf(`brand: { name: Example, address: https://example.com, accents: ["#06B", "#8A1538"] }
paper: { poster: A2, one-pager: [A4, Letter] }
show: { grade: true, aliases: false, examples: false, unchanged: never }
fonts: ["@fontsource/one", two]
notice: No  contract.
packs:
  talks:
    title: For talks
    outputs:
      - { kind: next-step, compare: "engineer,lead", notes: true, formats: [html, pdf], name: "{level}" }
      - { kind: one-pager, large-print: true, tracks: [ic], levels: senior, paper: A5 }
      - { kind: poster, tile: A3 }
      - { kind: poster, bleed: 3mm }
      - { kind: booklet, imposition: 2up }
`)
  expect(press).toMatchObject({
    brand: { name: 'Example', address: 'https://example.com', accents: ['#0066bb', '#8a1538'] },
    paper: { poster: [{ name: 'A2' }], 'one-pager': [{ name: 'A4' }, { name: 'Letter' }] },
    show: { grade: true, aliases: false, examples: false, unchanged: 'never' },
    fonts: [{ name: '@fontsource/one' }, { name: 'two' }],
    notice: 'No contract.',
  })
  const words = (text: string) => ({ text, at: expect.anything() })
  const about = { at: expect.anything(), formats: ['pdf'] }
  expect(press.packs).toStrictEqual([
    {
      name: 'talks',
      title: 'For talks',
      outputs: [
        {
          ...about,
          kind: 'next-step',
          formats: ['html', 'pdf'],
          compare: [words('engineer,lead')],
          notes: true,
          name: words('{level}'),
        },
        {
          ...about,
          kind: 'one-pager',
          tracks: [words('ic')],
          levels: [words('senior')],
          paper: [expect.objectContaining({ name: 'A5' })],
          largePrint: true,
        },
        { ...about, kind: 'poster', tile: expect.objectContaining({ name: 'A3' }) },
        { ...about, kind: 'poster', trim: { bleed: 3, marks: false } },
        { ...about, kind: 'booklet', imposition: '2up' },
      ],
    },
  ])
})

test('where press settings say nothing, they are the usual ones', async () => {
  expect(await pressOf('notice: Only this.\n')).toStrictEqual({
    brand: { accents: [] },
    paper: {},
    show: { grade: false, aliases: true, examples: true },
    fonts: [],
    notice: 'Only this.',
    packs: [],
  })
})
