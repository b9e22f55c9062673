import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { decodeText } from '../../src/finish/code-maps.ts'
import type { PdfFile } from '../../src/finish/read.ts'
import { isDict, isString, type PdfValue } from '../../src/finish/syntax.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { write } from '../support/files.ts'
import { aboutPdf, pdf, structureOf } from '../support/pdf.ts'

/** What stands in every name, text and id of a draft. */
const secret = /zzyx/i

/** Levels of three tracks, with drafts below, between, above and beside them, or with none. */
function ladder(settings: string, { drafts }: { drafts: boolean }): string {
  const only = (text: string) => (drafts ? text : '')
  const draft = (id: string, more: string) =>
    only(`      - id: zzyx-${id}
        title: Zzyx ${id}
        status: draft
        grade: Zzyx${id}
        aliases: [Zzyx alias]
        summary: Zzyx in a sentence
        intro: Zzyx at length
${more}
`)
  const cells = '        expectations: { craft: Zzyx and plans, people: Zzyx and helps, reach: Zzyx }'
  return `title: Ladder
edition: "1"
locale: en
${settings}
tracks:
  - id: ic
    name: Engineers
    dimensions: [{ id: craft, name: Craft }, { id: people, name: People }, { id: reach, name: Reach }]
    levels:
${draft('trainee', cells)}      - id: engineer
        title: Engineer
        equivalent: none
        expectations: { craft: [Builds things, Plans work], people: Helps others, reach: A team }
${draft('middle', cells)}      - id: senior
        title: Senior Engineer
        ${only('equivalent: { to: zzyx-head, note: Zzyx is not announced }')}
        expectations:
          craft: [Builds things, Plans work, Mends things]
          people: { empty: same-as-previous }
          reach: { empty: same-as-previous }
      - id: staff
        title: Staff Engineer
        status: deprecated
        expectations:
          craft: [Builds things, Plans work, Mends things]
          people: { empty: same-as-previous }
          reach: Two teams
${draft('upper', cells)}      - id: principal
        title: Principal Engineer
        equivalent: lead
        expectations:
          craft: { empty: same-as-previous }
          people: Teaches others
          reach: { empty: same-as-previous }
  - id: mg
    name: Managers
    adjective: managerial
    opens-from: [engineer${only(', zzyx-middle')}]
    levels:
${draft('head', '        statements: Zzyx heads')}      - { id: lead, title: Team Lead, equivalent: principal, statements: Leads a team }
      - { id: boss, title: Boss, equivalent: none, statements: Leads leads }
${only(`  - id: zzyx-track
    name: Zzyx track
    adjective: zzyxian
    opens-from: [senior, boss]
    levels:
${draft('first', '        statements: Zzyx comes first')}`)}`
}

/** Files that name no draft: one-pagers of the other levels and steps between them, the booklet, and the index. */
async function finalFiles(out: string): Promise<string[]> {
  const files = await readdir(out, { recursive: true })
  return files
    .filter((path) => /^(one-pager|next-step|booklet|index)\b.*\.(html|pdf)$/.test(path))
    .filter((path) => !secret.test(path))
    .sort()
}

/** What is read on the sheets of a PDF, but their stamps: these go by where on the map levels stand as well. */
async function wordsOf(path: string): Promise<string[]> {
  return (await pdf(path)).texts.map((text) => text.replace(/[0-9a-f]{8}/g, ''))
}

/** Everything that a PDF says: on its sheets, to those who have it read out, in its properties, and in what it carries. */
async function everythingIn(path: string): Promise<string> {
  const { file, xmp, bookmarks } = await aboutPdf(path)
  return [
    ...(await pdf(path)).texts,
    ...(await structureOf(path)).map(({ text }) => text),
    xmp,
    ...bookmarks.map(({ title }) => title),
    ...file.numbers.flatMap((number) => stringsIn(file.object(number).value)),
    ...file.numbers.flatMap((number) => carried(file, number)),
  ].join('\n')
}

function stringsIn(value: PdfValue): string[] {
  if (isString(value)) return [decodeText(value.bytes)]
  if (Array.isArray(value)) return value.flatMap(stringsIn)
  return isDict(value) ? [...value.dict.values()].flatMap(stringsIn) : []
}

function carried(file: PdfFile, number: number): string[] {
  const { value } = file.object(number)
  return isDict(value) && value.dict.has('Params') ? [file.stream(number).toString()] : []
}

describe.each([
  ['restates', 'style: restated', []],
  ['adds', 'style: additive', ['--roll-up']],
  ['says neither', 'missing: same-as-previous', []],
])('of a ladder that %s', (_, settings, more) => {
  test('nothing of a draft reaches a sheet that is final, which says what it would say without', async () => {
    await inFolder(async (cwd) => {
      const args = [...more, '--embed-source', '--large-print', '--imposition', 'saddle']
      const build = async (name: string, drafts: boolean) => {
        await write(cwd, {
          'ladder.yaml': ladder(settings, { drafts }),
          'press.yaml': 'show: { grade: true, aliases: true }\n',
        })
        const { code, stderr } = await ladderpress(['build', 'ladder.yaml', ...args, '--out', name], { cwd })
        expect(code, stderr).toBe(0)
      }
      await build('with', true)
      await build('without', false)
      const files = await finalFiles(join(cwd, 'with'))
      expect(files).toEqual(await finalFiles(join(cwd, 'without')))
      expect(files).toContain(join('one-pager', 'principal.pdf'))
      for (const name of files) {
        const [path, other] = ['with', 'without'].map((out) => join(cwd, out, name)) as [string, string]
        const isPdf = name.endsWith('.pdf')
        const said = isPdf ? await everythingIn(path) : await readFile(path, 'utf8')
        expect([name, said.match(secret)]).toEqual([name, null])
        if (isPdf) expect([name, await wordsOf(path)]).toEqual([name, await wordsOf(other)])
      }
      // A matrix has the drafts of its own track, and says of each that it is one; it names none of others.
      const [matrix = ''] = (await pdf(join(cwd, 'with', 'matrix', 'ic.pdf'))).texts
      expect([/DraftZzyxmiddle/.test(matrix), /Asat(Draft)?Zzyx|Zzyxhead/.test(matrix)]).toEqual([
        true,
        false,
      ])
      // They are to be found all the same, in documents that say what they are.
      const [sheet = ''] = (await pdf(join(cwd, 'with', 'one-pager', 'zzyx-middle.pdf'))).texts
      expect(sheet).toMatch(/Draft.*Zzyxmiddle/)
    })
  })
})

test('what a level asks as the one below does is that of a draft on the sheet of another draft alone', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, {
      'ladder.yaml': `title: Ladder
missing: same-as-previous
tracks:
  - id: ic
    name: Engineers
    dimensions: [{ id: craft, name: Craft }, { id: people, name: People }]
    levels:
      - { id: one, title: One, expectations: { craft: Builds, people: Helps } }
      - { id: two, title: Two, status: draft, expectations: { craft: Builds more } }
      - { id: three, title: Three, status: draft, expectations: { people: Teaches } }
      - { id: four, title: Four, expectations: { people: Advises } }
      - { id: five, title: Five, expectations: { people: Leads } }
`,
    })
    const args = ['build', 'ladder.yaml', '--only', 'one-pager,next-step', '--compare', 'three,five']
    const { code, stderr } = await ladderpress([...args, '--compare', 'four,five'], { cwd })
    expect(code, stderr).toBe(0)
    const asAt = async (path: string) =>
      [...(await pdf(join(cwd, 'out', `${path}.pdf`))).texts.join(' ').matchAll(/AsatT?[A-Z][a-z]+/g)].join(
        ' ',
      )
    expect(await asAt('one-pager/three')).toBe('AsatTwo')
    expect(await asAt('one-pager/four')).toBe('AsatOne')
    expect(await asAt('next-step/four--five')).toBe('AsatOne')
    // What only seems to be the same stands apart.
    expect(await asAt('next-step/three--five')).toBe('AsatTwo AsatOne')
  })
})
