import { describe, expect, test } from 'vitest'

import { readLadder } from '../../../src/build/read.ts'
import type { Job } from '../../../src/plan/job.ts'
import { planJobs } from '../../../src/plan/jobs.ts'
import { formats } from '../../../src/plan/kinds.ts'
import { paperKinds } from '../../../src/plan/kinds.ts'
import { parsePaper } from '../../../src/plan/paper.ts'
import type { Selection } from '../../../src/plan/selection.ts'
import { inFolder } from '../../support/cli.ts'
import { smallLadder, write } from '../../support/files.ts'

async function plan(selection: Partial<Selection>, press?: string, ladder = smallLadder) {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder, ...(press !== undefined && { 'press.yaml': press }) })
    const { read } = await readLadder({ cwd, ladder: 'ladder.yaml' })
    if (!read) throw new Error('the ladder must be sound')
    return planJobs(read.ladder, read.rungs, read.press, { formats, paper: {}, ...selection })
  })
}

const paper = (text: string) => {
  const choice = parsePaper(text)
  if ('problem' in choice) throw new Error(choice.problem)
  return choice
}

describe('the plan of a build', () => {
  test('names each document by its kind and its subject', async () => {
    const { plan: whole } = await plan({})
    expect(whole.chosen.map(({ id }) => id)).toEqual([
      'matrix/ic',
      'matrix/mg',
      'one-pager/engineer',
      'one-pager/senior',
      'one-pager/lead',
      'poster',
      'next-step/engineer--senior',
      'next-step/senior--lead',
      'one-pagers',
      'one-pagers/ic',
      'one-pagers/mg',
      'booklet',
    ])
    expect([whole.index, whole.full]).toEqual([true, true])
  })

  test('says of each document which tracks and levels it is about', async () => {
    const named = '      - { id: named, title: Named, described: false }\n'
    const ladder =
      smallLadder.replace('title: Team Lead\n', `title: Team Lead\n        status: draft\n`) + named
    const { plan: made } = await plan({}, undefined, ladder)
    const about = ({ tracks, levels }: Job['subjects']) => `${tracks.join()}: ${levels.join()}`
    expect(made.chosen.map(({ id, subjects }) => [id, about(subjects)])).toEqual([
      ['matrix/ic', 'ic: engineer,senior'],
      ['matrix/mg', 'mg: lead,named'],
      ['one-pager/engineer', 'ic: engineer'],
      ['one-pager/senior', 'ic: senior'],
      ['one-pager/lead', 'mg: lead'],
      ['poster', 'ic,mg: engineer,senior,lead,named'],
      ['next-step/engineer--senior', 'ic: engineer,senior'],
      ['one-pagers', 'ic,mg: engineer,senior,lead'],
      ['one-pagers/ic', 'ic: engineer,senior'],
      ['one-pagers/mg', 'mg: lead'],
      ['booklet', 'ic,mg: engineer,senior,named'],
    ])
  })

  test('knows every document, however few are chosen: sizes are shared by a kind', async () => {
    const { plan: part } = await plan({ levels: ['senior'] })
    expect(part.chosen.map(({ id }) => id)).toEqual(['one-pager/senior'])
    expect(part.all).toHaveLength(12)
    expect([part.index, part.full]).toEqual([false, false])
  })

  test('is not whole where a format is left out, so that the other’s files stay', async () => {
    expect((await plan({ formats: ['pdf'] })).plan.full).toBe(false)
  })

  test('takes the command line’s paper before press.yaml’s, and that before the usual', async () => {
    const press = 'paper: { poster: A2, matrix: "A4:portrait" }\n'
    const { plan: made } = await plan({ paper: { poster: [paper('a0:landscape')] } }, press)
    const sheets = new Map(made.all.map(({ kind, sheet }) => [kind, sheet]))
    expect(sheets.get('poster')).toMatchObject({ paper: 'A0', width: 1189, height: 841 })
    expect(sheets.get('matrix')).toMatchObject({ paper: 'A4', width: 210, height: 297 })
    expect(sheets.get('one-pager')).toMatchObject({ paper: 'A4', width: 210, height: 297 })
  })

  test('makes a document for each of several papers, the first under its plain name', async () => {
    const papers = ['A4', 'Letter', 'A4', 'A4:landscape', '8.5x14in'].map(paper)
    const { plan: made } = await plan({
      paper: { 'one-pager': papers, poster: papers.slice(0, 2) },
      only: ['one-pager', 'poster'],
    })
    expect(
      made.chosen.filter(({ subjects }) => subjects.levels.includes('lead')).map(({ id }) => id),
    ).toEqual([
      'one-pager/lead',
      'one-pager/letter/lead',
      'one-pager/a4-landscape/lead',
      'one-pager/8-5x14in/lead',
      'poster',
      'poster/letter',
    ])
  })

  test.each([undefined, true])(
    'gives no two the same name, also where tracks are called as papers are',
    async (notes) => {
      const ladder = smallLadder.replace('id: ic', 'id: legal').replace('id: mg', 'id: a5')
      const papers = ['Letter', 'Legal', 'A5'].map(paper)
      const asked = Object.fromEntries(paperKinds.map((kind) => [kind, papers]))
      const largest = { paper: asked, largePrint: true, impositions: ['saddle', '2up'] } as const
      const { plan: made } = await plan({ ...largest, ...(notes && { notes }) }, undefined, ladder)
      const paths = made.chosen.map(({ path }) => path)
      expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([])
      const stack = notes ? 'one-pagers-notes' : 'one-pagers'
      expect(paths.filter((path) => path.startsWith(stack))).toEqual([
        stack,
        `${stack}/legal`,
        `${stack}/a5`,
        `${stack}-legal`,
        `${stack}/legal/legal`,
        `${stack}/legal/a5`,
        `${stack}-a5`,
        `${stack}/a5/legal`,
        `${stack}/a5/a5`,
      ])
    },
  )

  test('has large print for each one-pager where it is asked for', async () => {
    const { plan: made } = await plan({ largePrint: true, levels: ['senior'] })
    expect(made.chosen.map(({ id, largePrint }) => [id, largePrint])).toEqual([
      ['one-pager/senior', false],
      ['one-pager/large-print/senior', true],
    ])
  })

  test.each([
    [{ levels: ['senior'] }, ['one-pager/senior']],
    [{ levels: ['senior'], only: ['matrix'] }, ['matrix/ic']],
    [{ levels: ['senior'], only: ['next-step'] }, ['next-step/engineer--senior', 'next-step/senior--lead']],
    [{ tracks: ['mg'] }, ['matrix/mg', 'one-pager/lead']],
    [{ tracks: ['mg'], only: ['next-step'] }, ['next-step/senior--lead']],
    [{ tracks: ['mg'], only: ['stack'] }, ['one-pagers/mg']],
    [{ tracks: ['mg'], only: ['poster', 'matrix'] }, ['matrix/mg', 'poster']],
    [{ compare: ['engineer,lead', 'senior,lead'] }, ['next-step/senior--lead', 'next-step/engineer--lead']],
    [{ compare: ['engineer,lead'], only: ['poster'] }, ['poster', 'next-step/engineer--lead']],
  ] as const)('makes of %j what is asked for', async (selection, expected) => {
    const { plan: made } = await plan(selection)
    expect(made.chosen.map(({ id }) => id).toSorted()).toEqual(expected.toSorted())
    expect([made.index, made.full]).toEqual([false, false])
  })

  test.each([
    [{ formats: ['png'] }, false],
    [{ formats: ['png'], only: ['index', 'poster'] }, true],
    [{ formats: ['pdf'] }, true],
    [{ only: ['poster'] }, false],
  ] as const)(
    'has an index where %j gives it something to lead to, or asks for it',
    async (selection, index) => {
      expect((await plan(selection)).plan.index).toBe(index)
    },
  )

  test('has no book of several hundred levels, and files of all one-pagers track by track', async () => {
    const levels = (track: string) =>
      Array.from({ length: 250 }, (_, n) => `      - { id: ${track}${n}, title: L, intro: x }\n`).join('')
    const ladder = ['engineer', 'lead'].reduce(
      (text, id) => text.replace(`      - id: ${id}\n`, `${levels(id)}      - id: ${id}\n`),
      smallLadder,
    )
    const { plan: made, diagnostics } = await plan({}, undefined, ladder)
    const ids = made.chosen.map(({ id }) => id)
    expect(ids.filter((id) => /^(one-pagers|booklet)/.test(id))).toEqual(['one-pagers/ic', 'one-pagers/mg'])
    expect(diagnostics.map(({ code }) => code)).toEqual(['print/too-many-levels'])
  })

  test('says which tracks and levels there are when one is unknown', async () => {
    const { diagnostics } = await plan({ tracks: ['managers'], levels: ['seniro'] })
    expect(diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
      ['usage/unknown-track', 'Its tracks are ic, mg'],
      ['usage/unknown-level', expect.stringContaining('senior')],
    ])
  })
})
