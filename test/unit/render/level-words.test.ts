import { describe, expect, test } from 'vitest'

import { lineText } from '../../../src/markdown/line.ts'
import { levelOf, type RenderContext } from '../../../src/render/context.ts'
import { emptyWords, standingWords, summaryOf } from '../../../src/render/level-words.ts'
import { contextOf } from '../../support/context.ts'

const says = 'statements: [Builds]'

function standing(
  context: RenderContext,
  id: string,
  options: Partial<Parameters<typeof standingWords>[2]> = {},
) {
  return standingWords(context, levelOf(context, id).level, { drafts: false, ...options }).map(lineText)
}

describe('how a level stands is said in words:', () => {
  test('how one comes to it, what it is called elsewhere, and what it adds to', async () => {
    const context = await contextOf(
      {
        a: [
          '',
          `id: a1, title: One, ${says}, entry: internal-only, grade: 3, aliases: [Coder, Maker]`,
          `id: a2, title: Two, ${says}, entry: by-appointment`,
          `id: a3, title: Three, described: false`,
          `id: a4, title: Four, ${says}`,
        ],
      },
      'show: { grade: true }\n',
      'style: additive\n',
    )
    expect(standing(context, 'a1')).toEqual([
      'Filled from within.',
      'Also called Coder and Maker.',
      'Grade 3.',
    ])
    expect(standing(context, 'a2')).toEqual(['By appointment.', 'Adds to everything expected of One.'])
    expect(standing(context, 'a3')).toEqual(['Not described in this edition.'])
    expect(standing(context, 'a4')).toEqual(['Adds to everything expected of Two.'])
    expect(standing(context, 'a4', { adds: false })).toEqual([])
    expect(standing(context, 'a4', { drawn: true })).toEqual([])
  })

  test('its equivalents, with what either side notes, and drafts only where they may be named', async () => {
    const context = await contextOf({
      a: ['', `id: a1, title: One, ${says}, equivalent: [{ to: b1, note: almost }, c1]`],
      b: ['', `id: b1, title: Lead, ${says}`],
      c: ['', `id: c1, title: Head, ${says}, status: draft`],
    })
    expect(standing(context, 'a1')).toEqual(['Equivalent to Lead (almost).'])
    expect(standing(context, 'b1')).toEqual(['Equivalent to One (almost).'])
    expect(standing(context, 'a1', { drafts: true })).toEqual(['Equivalent to Lead (almost) and Head.'])
    // The lines of a map say it.
    expect(standing(context, 'a1', { drawn: true })).toEqual([])
  })

  test('that it has no equivalent, and which tracks open from it', async () => {
    const context = await contextOf({
      a: [
        '',
        `id: a1, title: One, ${says}, equivalent: none`,
        `id: a2, title: Two, ${says}, equivalent: none`,
      ],
      b: ['    adjective: management\n    opens-from: [a1]\n', `id: b1, title: Lead, ${says}`],
    })
    expect(standing(context, 'a1')).toEqual(['No management equivalent.', 'Opens into Track b.'])
    expect(standing(context, 'a2')).toEqual(['No management equivalent.'])
    expect(standing(context, 'a2', { drawn: true })).toEqual([])
    const draft = await contextOf({
      a: ['', `id: a1, title: One, ${says}`],
      b: ['    opens-from: [a1]\n', `id: b1, title: Lead, ${says}, status: draft`],
    })
    expect(standing(draft, 'a1')).toEqual([])
    expect(standing(draft, 'a1', { drafts: true })).toEqual(['Opens into Track b.'])
  })

  test('what takes the place of one that is no longer awarded: above it, below it, or its equivalent', async () => {
    const old = (id: string) => `id: ${id}, title: Old, ${says}, status: deprecated`
    const of = async (tracks: Record<string, readonly string[]>) => standing(await contextOf(tracks), 'old')
    const low = `id: low, title: Low, ${says}`
    const high = `id: high, title: High, ${says}`
    const draft = `id: draft, title: Draft, ${says}, status: draft`
    expect(await of({ a: ['', low, old('old'), draft, high] })).toEqual(['No longer awarded; see High.'])
    expect(await of({ a: ['', low, draft, old('old')] })).toEqual(['No longer awarded; see Low.'])
    expect(await of({ a: ['', old('old')] })).toEqual(['No longer awarded.'])
    expect(await of({ a: ['', `${old('old')}, equivalent: high`], b: ['', high] })).toEqual([
      'No longer awarded; see High.',
      'Equivalent to High.',
    ])
  })
})

test('a level is summed up by its summary, or by the first sentence of its introduction, if that is short', async () => {
  const long = `${'very '.repeat(50)}long.`
  const context = await contextOf({
    a: [
      '',
      `id: a1, title: One, ${says}, summary: Sums up, intro: Goes on.`,
      `id: a2, title: Two, intro: "*Begins* here. Goes on."`,
      `id: a3, title: Three, intro: "${long}"`,
      `id: a4, title: Four, intro: "- A list"`,
      `id: a5, title: Five, ${says}`,
    ],
  })
  const sums = ['a1', 'a2', 'a3', 'a4', 'a5'].map((id) => summaryOf(context, levelOf(context, id).level))
  expect(sums).toEqual(['Sums up', 'Begins here.', null, null, null])
})

test('an empty cell says why it is', async () => {
  const cells =
    'expectations: { c: { empty: not-applicable }, d: { empty: not-defined }, e: { empty: open }, f: { empty: same-as-previous } }'
  const dimensions = ['c', 'd', 'e', 'f'].map((id) => `{ id: ${id}, name: ${id} }`).join(', ')
  const context = await contextOf({
    a: [
      `    dimensions: [${dimensions}]\n`,
      'id: a1, title: One, expectations: { c: Builds, d: Builds, e: Builds, f: Builds }',
      `id: a2, title: Two, intro: Words, ${cells}`,
    ],
  })
  const { track, level } = levelOf(context, 'a2')
  expect(level.cells.map((cell) => lineText(emptyWords(context, track, level, cell)))).toEqual([
    'Not applicable',
    'Not defined yet',
    'Open',
    'As at One',
  ])
})
