import { expect, test } from 'vitest'

import type { Box } from '../../../src/fit/boxes.ts'
import { setPage, type PageVariant } from '../../../src/fit/one-pager-sheets.ts'
import type { Sheet } from '../../../src/plan/paper.ts'
import { pixel } from '../../../src/plan/units.ts'
import type { OnePagerContent, OnePagerSection } from '../../../src/render/documents/one-pager-content.ts'
import { onePagerMargins } from '../../../src/render/documents/one-pager-layout.ts'
import { bareCell, type StatementView } from '../../../src/render/statement-view.ts'

/** What a galley shows of a section, in px. */
interface Measured {
  /** With its summary. */
  readonly head: number
  /** What of it is repeated where the section goes on. */
  readonly again: number
  readonly statements: readonly number[]
  readonly every?: readonly number[]
  /** Of the words over those. */
  readonly label?: number
}

const statement = (ref: string): StatementView => ({
  ref,
  prose: [],
  examples: [],
  isNew: false,
  isOptional: false,
})

function sectionOf({ statements, every = [] }: Measured, index: number): OnePagerSection {
  return {
    key: `d${index}`,
    intro: null,
    group: null,
    name: `D${index}`,
    summary: 'What it is about',
    every: every.map((_, at) => statement(`@ic/every/${index}/${at}`)),
    cell: {
      ...bareCell(`l/d${index}`, null),
      statements: statements.map((_, at) => statement(`l/d${index}/${at}`)),
      polarities: statements.map(() => null),
      own: statements.length,
    },
  }
}

function contentOf(sections: readonly Measured[]): OnePagerContent {
  return {
    level: 'l',
    title: 'Level',
    largePrint: false,
    draft: null,
    track: { name: 'Track', mark: { path: '', accent: 'accent-1', filled: true } },
    summary: null,
    standing: [],
    noteOnly: false,
    map: { blocks: [] },
    locator: '',
    sections: sections.map(sectionOf),
    links: [],
    notice: null,
    foot: '',
  }
}

function boxesOf(sections: readonly Measured[], extra: number, masthead = 0): Record<string, Box> {
  const boxes: Record<string, Box> = {}
  let y = 0
  const put = (key: string, height: number) => {
    boxes[key] = [y, y + height, 0, 100]
    y += height
  }
  for (const page of [0, 1]) {
    boxes[`l|${page}`] = [y, y, 0, 100]
    if (page === 0) y += masthead
    boxes[`l|${page}/columns`] = [y, y, 0, 100]
    put(`l|${page}/foot`, page === 0 ? 20 + extra : 20)
  }
  for (const [index, { head, again, statements, every = [], label = 0 }] of sections.entries()) {
    const key = `l|s${index}`
    const top = y
    put(`${key}/head`, head)
    const text = y
    for (const [at, height] of statements.entries()) put(`${key}/${at}`, height)
    for (const [at, height] of every.entries()) {
      if (at === 0) put(`${key}/${statements.length}/label`, label)
      put(`${key}/${statements.length + at}`, height)
    }
    boxes[`${key}/text`] = [text, y, 0, 100]
    boxes[key] = [top, y, 0, 100]
    const start = y
    put(`l|c${index}/head`, again)
    boxes[`l|c${index}/text`] = [y, y, 0, 100]
    boxes[`l|c${index}`] = [start, y, 0, 100]
  }
  return boxes
}

const above: PageVariant = { heads: 'above', columns: 1, examples: true, summaries: true, repeated: true }

/** A sheet whose columns are 1000 px high. */
const sheet: Sheet = {
  paper: 'test',
  width: 210,
  height: (1000 + 20 + 1) * pixel + onePagerMargins.bottom,
  orientation: 'portrait',
}

/** The cuts of each column of each sheet. */
function cutsOf(
  sections: readonly Measured[],
  variant: PageVariant = above,
  extra = 0,
  masthead = 0,
): string[][][] {
  const page = setPage(contentOf(sections), sheet, variant, boxesOf(sections, extra, masthead))
  if ('tooHigh' in page) throw new Error(`${page.tooHigh.ref} is too high`)
  return page.sheets.map((columns) =>
    columns.map((cuts) => cuts.map(({ section, from, to }) => `${section}:${from}-${to}`)),
  )
}

const times = (count: number, height: number) => Array.from({ length: count }, () => height)

test('what holds at every level is cut like other statements', () => {
  const sections = [{ head: 40, again: 40, statements: times(3, 150), every: times(6, 190), label: 20 }]
  expect(cutsOf(sections)).toEqual([[['0:0-5']], [['0:5-9']]])
})

test('what goes on needs room for its own head, not for a summary', () => {
  const sections = [{ head: 400, again: 50, statements: times(14, 95) }]
  expect(cutsOf(sections)).toEqual([[['0:0-6']], [['0:6-14']]])
})

test('addresses and the notice take room of the last sheet alone', () => {
  const sections = [{ head: 50, again: 50, statements: times(24, 95) }]
  expect(cutsOf(sections, above, 400).map(([cuts]) => cuts)).toEqual([['0:0-10'], ['0:10-20'], ['0:20-24']])
  // Where the last has no room for them, there is a further one.
  expect(cutsOf(sections, above, 700)).toHaveLength(4)
})

test('addresses and the notice stand on a sheet of their own where they have room below no text', () => {
  const sections = [{ head: 50, again: 50, statements: times(8, 95) }]
  expect(cutsOf(sections, above, 970)).toEqual([[['0:0-8']], [[]]])
  expect(cutsOf(sections, { ...above, columns: 2 }, 970)[1]).toEqual([[], []])
})

test('addresses that are higher than a sheet are named, not a statement', () => {
  const section = { head: 50, again: 50, statements: [100, 100] }
  const content = { ...contentOf([section]), links: [{ text: 'Handbook', href: 'https://example.com' }] }
  const page = setPage(content, sheet, above, boxesOf([section], 1200))
  expect(page).toEqual({
    tooHigh: { ref: 'l/title', part: 'addresses', excess: expect.closeTo(200 * pixel, 0) as number },
  })
  const notice = setPage(contentOf([section]), sheet, above, boxesOf([section], 1200))
  expect(notice).toHaveProperty('tooHigh.part', 'notice')
})

test('parts of a section that come to stand below each other are joined', () => {
  const sections = [14, 8, 9].map((count) => ({ head: 50, again: 50, statements: times(count, 100) }))
  expect(cutsOf(sections, { ...above, columns: 2 })[1]).toEqual([['1:4-8'], ['2:0-9']])
})

test('columns of an only sheet are no higher than its masthead leaves room for', () => {
  const sections = [1, 8].map((count) => ({ head: 50, again: 50, statements: times(count, 100) }))
  const cuts = ['0:0-1', '1:0-5', '1:5-8']
  expect(cutsOf(sections, { ...above, columns: 2 }, 100, 200).flat(2)).toEqual(cuts)
})

test('what is too high is named: the statement, or the summary above it', () => {
  const refOf = (section: Measured) => {
    const page = setPage(contentOf([section]), sheet, above, boxesOf([section], 0))
    return 'tooHigh' in page ? [page.tooHigh.ref, page.tooHigh.part] : []
  }
  expect(refOf({ head: 50, again: 50, statements: [100, 1200] })).toEqual(['l/d0/1', undefined])
  expect(refOf({ head: 50, again: 50, statements: [100], every: [100, 1200] })).toEqual([
    '@ic/every/0/1',
    undefined,
  ])
  expect(refOf({ head: 950, again: 50, statements: [100, 100] })).toEqual(['l/d0', 'dimension-summary'])
})
