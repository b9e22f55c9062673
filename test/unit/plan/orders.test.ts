import { describe, expect, test } from 'vitest'

import { readLadder } from '../../../src/build/read.ts'
import type { Job } from '../../../src/plan/job.ts'
import { usualFormats } from '../../../src/plan/kinds.ts'
import { planBuild } from '../../../src/plan/orders.ts'
import { collisions } from '../../../src/plan/outputs.ts'
import type { Selection } from '../../../src/plan/selection.ts'
import { inFolder } from '../../support/cli.ts'
import { smallLadder, write } from '../../support/files.ts'

/** Plans a pack called `it` of some outputs, or another. */
async function plan(outputs: string, selection: Partial<Selection> = {}, ladder = smallLadder) {
  return inFolder(async (cwd) => {
    const press = outputs === '' ? '' : `packs: { it: { outputs: [${outputs}] } }\n`
    await write(cwd, {
      'ladder.yaml': ladder,
      'press.yaml': press === '' ? 'show: { grade: true }\n' : press,
    })
    const { read, diagnostics: found } = await readLadder({ cwd, ladder: 'ladder.yaml' })
    if (!read) throw new Error(`the ladder must be sound: ${found.map(({ message }) => message).join()}`)
    const base: Selection = { packs: ['it'], formats: usualFormats, paper: {} }
    const { plan: made, diagnostics } = planBuild(read.ladder, read.rungs, read.press, {
      ...base,
      ...selection,
    })
    return {
      plan: made,
      paths: made.chosen.map(({ path }) => path),
      told: diagnostics.map(({ code, message, hint }) => [code, message, hint]),
    }
  })
}

describe('a pack', () => {
  test('names its files by a pattern, and prints them as PDF where it says nothing else', async () => {
    const { plan: made, paths } = await plan('{ kind: one-pager, name: "offers/{edition}-{level}" }')
    expect(paths).toEqual(['offers/2026-10-engineer', 'offers/2026-10-senior', 'offers/2026-10-lead'])
    expect(made).toMatchObject({ formats: ['pdf'], index: false, full: false, fullPacks: ['it'] })
  })

  test('gives files their usual names in a folder of its own where it has no pattern', async () => {
    const { paths } = await plan('{ kind: matrix, paper: [A3, A4] }, { kind: poster }')
    expect(paths).toEqual(['it/matrix/ic', 'it/matrix/mg', 'it/matrix/a4/ic', 'it/matrix/a4/mg', 'it/poster'])
  })

  test('makes what an option says and nothing beside it', async () => {
    const { plan: made } = await plan(
      '{ kind: one-pager, large-print: true, levels: lead, name: large }, { kind: poster, tile: A3, name: "from-{paper}" }, { kind: booklet, imposition: saddle, name: "fold-{paper}" }',
    )
    expect(made.chosen.map(({ path, largePrint, assembly }) => [path, largePrint, assembly?.by])).toEqual([
      ['large', true, undefined],
      ['from-a3', false, 'tiles'],
      ['fold-a4', false, 'saddle'],
    ])
  })

  test('makes one stack of all tracks, or one of each where its name says so', async () => {
    expect((await plan('{ kind: stack, name: all }')).paths).toEqual(['all'])
    expect((await plan('{ kind: stack, name: "of-{track}" }')).paths).toEqual(['of-ic', 'of-mg'])
    expect((await plan('{ kind: stack, tracks: mg, name: all }')).plan.chosen).toMatchObject([
      { subjects: { tracks: ['mg'] } },
    ])
  })

  test('prints stacks on the paper of an output, and posters with what is cut off', async () => {
    const { plan: made } = await plan(
      '{ kind: stack, paper: A5, name: all }, { kind: poster, bleed: 3mm, marks: crop }',
    )
    expect(made.chosen).toMatchObject([{ sheet: { paper: 'A5' } }, { trim: { bleed: 3, marks: true } }])
  })

  test('makes next-step sheets of pairs', async () => {
    const { paths } = await plan(
      '{ kind: next-step, compare: "engineer,lead", notes: true, name: "talk/{level}" }',
    )
    expect(paths).toEqual(['talk/engineer--lead'])
    expect((await plan('{ kind: next-step, compare: "engineer,ledd" }')).told).toEqual([
      ['press/bad-output', 'The ladder has no level "ledd"', expect.stringContaining('lead')],
    ])
  })

  test('knows every document with which it shares sizes, each once', async () => {
    const { plan: made } = await plan(
      '{ kind: one-pager, levels: lead, name: one }, { kind: one-pager, levels: lead, name: two }, { kind: poster, paper: A2, name: p }, { kind: poster, name: q }',
    )
    expect(made.chosen.map(({ id, path }) => [id, path])).toEqual([
      ['one-pager/lead', 'one'],
      ['one-pager/lead', 'two'],
      ['poster', 'p'],
      ['poster (2)', 'q'],
    ])
    const ids = made.all.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => id.startsWith('one-pager/'))).toHaveLength(3)
  })

  test('makes less where tracks or levels are chosen, and then is not whole', async () => {
    const outputs =
      '{ kind: one-pager, name: "{level}" }, { kind: matrix, name: "m/{track}" }, { kind: poster, name: p }'
    const { paths, plan: made } = await plan(outputs, { tracks: ['ic'] })
    expect(paths).toEqual(['engineer', 'senior', 'm/ic'])
    expect(made.fullPacks).toEqual([])
    expect((await plan(outputs, { tracks: ['managers'] })).told).toEqual([
      ['usage/unknown-track', 'The ladder has no track "managers"', 'Its tracks are ic, mg'],
    ])
  })

  test('makes the index only where it lists it', async () => {
    expect((await plan('{ kind: poster }, { kind: index }')).plan.index).toBe(true)
  })

  test('takes the place of a built-in one of its name; others stay', async () => {
    const { paths } = await plan('{ kind: poster, name: mine }', { packs: ['it', 'wall', 'it'] })
    expect(paths).toEqual(['mine', 'wall/poster-a1', 'wall/matrix-ic', 'wall/matrix-mg'])
    const american = await plan('', { packs: ['offsite'] }, `locale: en-US\n${smallLadder}`)
    expect(american.paths).toEqual([
      'offsite/booklet-to-fold',
      'offsite/one-pagers-with-notes',
      'offsite/poster-from-tabloid',
    ])
  })
})

describe('two outputs with one name', () => {
  test.each([
    [
      '{ kind: one-pager, name: page }',
      'one-pager/engineer on A4 and one-pager/senior on A4 would both be page',
      '{level}',
    ],
    ['{ kind: matrix, name: m }', 'matrix/ic on A3 and matrix/mg on A3 would both be m', '{track}'],
    [
      '{ kind: poster, paper: [A1, A2], name: p }',
      'poster on A1 and poster/a2 on A2 would both be p',
      '{paper}',
    ],
    [
      '{ kind: poster, name: P }, { kind: stack, name: p }',
      'poster on A1 and one-pagers on A4 would both be p',
      'another name',
    ],
    [
      '{ kind: poster }, { kind: poster, paper: A2 }',
      'poster on A1 and poster on A2 would both be it/poster',
      'another name',
    ],
  ])('are told before anything is printed: %s', async (outputs, message, hint) => {
    const { told } = await plan(outputs)
    expect(told).toEqual([['press/same-name', message, expect.stringContaining(hint)]])
  })

  test('are told also by builds that do not ask for the pack', async () => {
    const { told } = await plan('{ kind: matrix, name: m }', { packs: ['wall'] })
    expect(told.map(([code]) => code)).toEqual(['press/same-name'])
  })
})

test('documents that options choose are looked at for names as well', () => {
  const job: Job = {
    id: 'poster',
    path: 'poster',
    kind: 'poster',
    subjects: { tracks: [], levels: [] },
    sheet: { paper: 'A1', width: 594, height: 841, orientation: 'portrait' },
    turns: false,
    largePrint: false,
    notes: false,
  }
  expect(collisions([{ job }, { job: { ...job, id: 'other', path: 'other' } }])).toEqual([])
  expect(collisions([{ job }, { job: { ...job, id: 'other' } }])).toMatchObject([
    { code: 'press/same-name', message: 'poster on A1 and other on A1 would both be poster' },
  ])
})
