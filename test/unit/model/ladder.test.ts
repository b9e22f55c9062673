import { expect, test } from 'vitest'

import { readLadder } from '../../../src/build/read.ts'
import { inlineText, plainText } from '../../../src/markdown/prose.ts'
import { partsOf } from '../../../src/model/parts.ts'
import { inFolder } from '../../support/cli.ts'
import { write } from '../../support/files.ts'

/** All fields that there are, each said at least once. */
const everything = `title: Laddertitle
title-lang: de
edition: 2026.10
effective: 2026-10-01
locale: en-GB
style: restated
missing: not-defined
intro: |
  Ladder **intro**
sections:
  - { title: Pay, title-lang: de, text: Sectiontext }
  - { title: Growth, text: "One\\n\\n- Two" }
dimensions:
  - { id: craft, name: Craft, name-lang: fr, summary: Craftsummary }
  - group: Others
    group-lang: nl
    summary: Groupsummary
    dimensions:
      - { id: people, name: People, summary: "[Takt]{lang=de}" }
      - { id: team, name: Team }
tracks:
  - id: ic
    name: Engineers
    name-lang: de
    adjective: engineering
    intro: Trackintro
    dimensions: [craft, { id: own, name: Own }, { group: Elsewhere, dimensions: [people, { id: reach, name: Reach }] }]
    every-level:
      craft: Asks always
      people: { statements: [One, Two] }
    levels:
      - id: engineer
        title: Engineer
        title-lang: de
        summary: Levelsummary
        aliases: [Coder, Programmer]
        grade: 3
        entry: internal-only
        intro: Levelintro
        equivalent: none
        expectations:
          craft: "- Builds\\n- Tests"
          own:
            summary: Cellsummary
            statements:
              - { text: New, new: true, examples: [A bridge, A tower] }
              - { text: Optional, optional: true }
              - { text: Good, polarity: effective }
              - { text: Bad, polarity: ineffective }
              - Plain
          people: { empty: not-applicable }
          reach: { summary: Far }
      - id: senior
        title: Senior Engineer
        status: draft
        equivalent: [{ to: lead, note: Almost }]
        expectations: { craft: Builds more, own: { empty: same-as-previous }, people: { empty: open } }
      - { id: principal, title: Principal, described: false, entry: by-appointment }
  - id: mg
    name: Managers
    opens-from: [engineer]
    levels:
      - { id: lead, title: Team Lead, status: deprecated, rung: 7, statements: [Leads, Hires] }
`

/** The same with texts in the place of prose and lines, so that it can be read. */
function inWords(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, own]) => [key, inWords(own)]))
  if (Array.isArray(value)) {
    const kind = (value[0] as { kind?: string } | undefined)?.kind
    if (kind === 'paragraph' || kind === 'list') return plainText(value)
    return kind === 'passage' || kind === 'text' ? inlineText(value) : value.map(inWords)
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, inWords(own)]))
}

const statement = (ref: string, prose: string, more: object = {}) => ({
  ref,
  prose,
  examples: [],
  isNew: false,
  isOptional: false,
  ...more,
})

async function read(text: string) {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': text })
    const { read: found, diagnostics } = await readLadder({ cwd, ladder: 'ladder.yaml' })
    return { ladder: found?.ladder, diagnostics }
  })
}

test('a ladder says what is written in its fields, and nothing of those that are left out', async () => {
  const { ladder, diagnostics } = await read(everything)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const { places, tracks, ...head } = ladder ?? { places: new Map(), tracks: [] }
  expect(inWords(head)).toStrictEqual({
    title: 'Laddertitle',
    titleLanguage: 'de',
    edition: '2026.10',
    effective: '2026-10-01',
    locale: 'en-GB',
    style: 'restated',
    intro: 'Ladder intro',
    sections: [
      { ref: '@/section-1', title: 'Pay', titleLanguage: 'de', text: 'Sectiontext' },
      { ref: '@/section-2', title: 'Growth', text: 'One Two' },
    ],
  })
  const elsewhere = { name: 'Elsewhere' }
  expect(inWords(tracks)).toStrictEqual([
    {
      id: 'ic',
      name: 'Engineers',
      nameLanguage: 'de',
      adjective: 'engineering',
      intro: 'Trackintro',
      opensFrom: [],
      dimensions: [
        { id: 'craft', name: 'Craft', nameLanguage: 'fr', summary: 'Craftsummary', shared: true },
        { id: 'own', name: 'Own', shared: false },
        {
          id: 'people',
          name: 'People',
          summary: 'Takt',
          group: { name: 'Others', nameLanguage: 'nl', summary: 'Groupsummary' },
          shared: true,
        },
        { id: 'reach', name: 'Reach', group: elsewhere, shared: false },
      ],
      everyLevel: {
        craft: [statement('@ic/every-level/craft/1', 'Asks always')],
        people: [statement('@ic/every-level/people/1', 'One'), statement('@ic/every-level/people/2', 'Two')],
      },
      levels: [
        {
          id: 'engineer',
          title: 'Engineer',
          titleLanguage: 'de',
          summary: 'Levelsummary',
          aliases: ['Coder', 'Programmer'],
          grade: '3',
          status: 'active',
          described: true,
          entry: 'internal-only',
          intro: 'Levelintro',
          equivalence: { kind: 'none' },
          cells: [
            {
              dimension: 'craft',
              statements: [statement('engineer/craft/1', 'Builds'), statement('engineer/craft/2', 'Tests')],
            },
            {
              dimension: 'own',
              summary: 'Cellsummary',
              statements: [
                statement('engineer/own/1', 'New', { isNew: true, examples: ['A bridge', 'A tower'] }),
                statement('engineer/own/2', 'Optional', { isOptional: true }),
                statement('engineer/own/3', 'Good', { polarity: 'effective' }),
                statement('engineer/own/4', 'Bad', { polarity: 'ineffective' }),
                statement('engineer/own/5', 'Plain'),
              ],
            },
            { dimension: 'people', statements: [], empty: 'not-applicable' },
            { dimension: 'reach', summary: 'Far', statements: [], empty: 'not-defined' },
          ],
          statements: [],
        },
        {
          id: 'senior',
          title: 'Senior Engineer',
          aliases: [],
          status: 'draft',
          described: true,
          equivalence: { kind: 'levels', levels: [{ to: 'lead', note: 'Almost' }] },
          cells: [
            { dimension: 'craft', statements: [statement('senior/craft/1', 'Builds more')] },
            { dimension: 'own', statements: [], empty: 'same-as-previous' },
            { dimension: 'people', statements: [], empty: 'open' },
            { dimension: 'reach', statements: [], empty: 'not-defined' },
          ],
          statements: [],
        },
        {
          id: 'principal',
          title: 'Principal',
          aliases: [],
          status: 'active',
          described: false,
          entry: 'by-appointment',
          equivalence: { kind: 'unsaid' },
          cells: [],
          statements: [],
        },
      ],
    },
    {
      id: 'mg',
      name: 'Managers',
      opensFrom: ['engineer'],
      dimensions: [],
      everyLevel: {},
      levels: [
        {
          id: 'lead',
          title: 'Team Lead',
          aliases: [],
          status: 'deprecated',
          described: true,
          equivalence: { kind: 'unsaid' },
          rung: 7,
          cells: [],
          statements: [statement('lead/statements/1', 'Leads'), statement('lead/statements/2', 'Hires')],
        },
      ],
    },
  ])
  // Whatever is printed can be spoken of at its place.
  const refs = [
    '@/title',
    '@/title-lang',
    '@/edition',
    '@/effective',
    '@/locale',
    '@/style',
    '@/intro',
    '@/section-1/title',
    '@/section-2/text',
    '@/craft/summary',
    '@/group/1/name',
    '@/group/1/summary',
    '@ic/name',
    '@ic/adjective',
    '@ic/intro',
    '@ic/own/name',
    '@ic/every-level/people/2',
    '@mg/opens-from/engineer',
    'engineer/title',
    'engineer/title-lang',
    'engineer/summary',
    'engineer/alias-2',
    'engineer/grade',
    'engineer/intro',
    'engineer/own/summary',
    'engineer/own/1/example-2',
    'senior/equivalent/lead/note',
    'lead/rung',
    'lead/statements/2',
  ]
  expect(refs.filter((ref) => !places.has(ref))).toEqual([])
})

test('a ladder of which little is said has nothing in the place of the rest', async () => {
  const level = '{ id: one, title: One, statements: Builds }'
  const { ladder } = await read(
    `title: T\nstyle: additive\ntracks: [{ id: a, name: A, levels: [${level}] }]\n`,
  )
  const { places: _, tracks: __, ...head } = ladder ?? { places: new Map(), tracks: [] }
  expect(head).toStrictEqual({ title: 'T', locale: 'en', style: 'additive', sections: [] })
})

test.each([
  ['title: Laddertitle', 'title: Other', '@/title'],
  ['title-lang: de\nedition', 'title-lang: nl\nedition', '@/title-lang'],
  ['2026-10-01', '2026-10-02', '@/effective'],
  ['locale: en-GB', 'locale: en-US', '@/locale'],
  ['style: restated', 'style: additive', '@/style'],
  ['Ladder **intro**', 'Ladder intro', '@/intro'],
  ['title: Pay', 'title: Money', '@/section-1/title'],
  ['title: Pay, title-lang: de', 'title: Pay, title-lang: nl', '@/section-1/title-lang'],
  ['Sectiontext', 'Other', '@/section-1/text'],
  ['name: Craft', 'name: Work', '@/craft/name'],
  ['name-lang: fr', 'name-lang: de', '@/craft/name-lang'],
  ['Craftsummary', 'Other', '@/craft/summary'],
  ['Groupsummary', 'Other', '@ic/dimensions'],
  ['name: Own', 'name: Its own', '@ic/own/name'],
  ['name: Engineers', 'name: Makers', '@ic/name'],
  ['name-lang: de', 'name-lang: nl', '@ic/name-lang'],
  ['adjective: engineering', 'adjective: technical', '@ic/adjective'],
  ['Trackintro', 'Other', '@ic/intro'],
  ['Asks always', 'Asks', '@ic/every-level/craft'],
  ['opens-from: [engineer]', 'opens-from: [principal]', '@mg/opens-from'],
  ['title-lang: de\n        summary', 'title-lang: nl\n        summary', 'engineer/title-lang'],
  ['Levelsummary', 'Other', 'engineer/summary'],
  ['Programmer', 'Hacker', 'engineer/alias'],
  ['grade: 3', 'grade: 4', 'engineer/grade'],
  ['internal-only', 'by-appointment', 'engineer/entry'],
  ['Levelintro', 'Other', 'engineer/intro'],
  ['note: Almost', 'note: Nearly', 'senior/equivalent'],
  ['Cellsummary', 'Other', 'engineer/own/summary'],
  ['optional: true', 'optional: false', 'engineer/own'],
  ['not-applicable', 'open', 'engineer/people'],
  ['status: deprecated', 'status: active', 'lead/status'],
  ['described: false', 'described: true, intro: Words', 'principal/described'],
  ['rung: 7', 'rung: 8', 'lead/rung'],
  ['[Leads, Hires]', '[Leads]', 'lead/statements'],
])('with %j changed to %j, %s is a part that says something else', async (from, to, ref) => {
  const partsFrom = async (text: string) => {
    const { ladder, diagnostics } = await read(text)
    return ladder ? partsOf(ladder) : new Map([['unread', diagnostics]])
  }
  const [before, after] = await Promise.all([everything, everything.replace(from, to)].map(partsFrom))
  const changed = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].filter(
    (part) => JSON.stringify(before?.get(part)) !== JSON.stringify(after?.get(part)),
  )
  expect(changed.filter((part) => part !== 'principal/intro')).toEqual([ref])
})
