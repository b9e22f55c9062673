import { expect, test } from 'vitest'

import { flowChapter } from '../../../src/fit/booklet-flow.ts'
import type { Box, Boxes } from '../../../src/fit/boxes.ts'
import { parseMarkdown } from '../../../src/markdown/parse.ts'
import { piecesOf } from '../../../src/markdown/pieces.ts'
import type { BookletLayout } from '../../../src/render/documents/booklet-layout.ts'
import type { BookletChapter, BookletSection } from '../../../src/render/documents/booklet-parts.ts'

const statement = { ref: 'a/b/1', prose: [], examples: [], isNew: false, isOptional: false }

function cell(statements: number): BookletSection {
  return {
    form: 'cell',
    group: null,
    heading: 'Craft',
    mark: null,
    every: [],
    cell: {
      ref: 'a/b',
      summary: null,
      statements: Array.from({ length: statements }, () => statement),
      polarities: [],
      own: statements,
      empty: null,
    },
  }
}

/** A section with the heights of its items, and of what stands above them in its text or beside it. */
interface Set {
  readonly section: BookletSection
  readonly items: readonly number[]
  readonly above?: number
  readonly head?: number
}

/** How a chapter stands on pages 600 px high, each section of the height that its items have. */
function flowed(
  sets: readonly Set[],
  {
    title = 0,
    gaps = 0,
    heads = 'above',
    more = {},
  }: { title?: number; gaps?: number; heads?: BookletLayout['heads']; more?: Boxes } = {},
) {
  const boxes: Record<string, Box> = { 'c0/head': [0, title, 0, 0] }
  let all = title + gaps
  for (const [index, { items, above = 0, head = 0 }] of sets.entries()) {
    const text = items.reduce((sum, height) => sum + height, above)
    const whole = heads === 'beside' ? Math.max(head, text) : head + text
    boxes[`c0/s${index}`] = [0, whole, 0, 0]
    boxes[`c0/s${index}/text`] = [0, text, 0, 0]
    boxes[`c0/s${index}/head`] = [0, head, 0, 0]
    let top = above
    for (const [item, height] of items.entries()) boxes[`c0/s${index}/${item}`] = [top, (top += height), 0, 0]
    all += whole
  }
  const chapter: BookletChapter = {
    id: 'a',
    kind: 'level',
    start: 'page',
    track: null,
    here: [],
    head: null,
    sections: sets.map(({ section }) => section),
  }
  const titled = {
    ...chapter,
    head: { ref: null, title: '', titleSize: 20, within: null, plain: false, summary: null, standing: [] },
  }
  const result = flowChapter(titled, 0, 600, heads, { ...boxes, c0: [0, all, 0, 0], ...more })
  if ('tooHigh' in result) throw new Error(`${result.tooHigh.excess} mm too high`)
  return {
    pages: result.parts.map(({ cuts }) => cuts.map(({ section, from, to }) => [section, from, to])),
    heights: result.heights,
  }
}

const hundreds = (count: number) => Array<number>(count).fill(100)

test('a dimension stays whole, unless the page before it would be a third white', () => {
  const onPages = (first: number) =>
    flowed([
      { section: cell(1), items: [first] },
      { section: cell(6), items: hundreds(6) },
    ]).pages
  expect(onPages(400)).toEqual([[[0, 0, 1]], [[1, 0, 6]]])
  expect(onPages(390)).toEqual([
    [
      [0, 0, 1],
      [1, 0, 2],
    ],
    [[1, 2, 6]],
  ])
})

test('a title takes room of the first page alone, and what lies between dimensions of each', () => {
  const parts = [
    { section: cell(1), items: [200] },
    { section: cell(1), items: [580] },
  ]
  expect(flowed(parts, { title: 400, gaps: 0 })).toEqual({
    pages: [[[0, 0, 1]], [[1, 0, 1]]],
    heights: [600, 580],
  })
  const close = [
    { section: cell(1), items: [280] },
    { section: cell(1), items: [280] },
  ]
  expect(flowed(close, { gaps: 40 })).toEqual({
    pages: [
      [
        [0, 0, 1],
        [1, 0, 1],
      ],
    ],
    heights: [600],
  })
  expect(flowed(close, { gaps: 41 }).pages).toHaveLength(2)
})

test('a part of a dimension is as high as its text, or as the name beside it', () => {
  const part = { section: cell(8), items: hundreds(8), head: 250 }
  expect(flowed([part], { heads: 'beside' }).heights).toEqual([600, 250])
  // The name above stands over each part.
  expect(flowed([part], { heads: 'above' }).heights).toEqual([550, 550, 450])
})

test('a paragraph that leads to a list goes on to the next page with it', () => {
  const { prose } = parseMarkdown('Some words.\n\nIt says:\n\n- one\n- two\n- three')
  const section: BookletSection = {
    form: 'prose',
    id: null,
    ref: 'a',
    heading: null,
    pieces: piecesOf(prose, 'en'),
  }
  expect(flowed([{ section, items: [300, 250, 200, 200, 200] }]).pages).toEqual([
    [[0, 0, 1]],
    [[0, 1, 3]],
    [[0, 3, 5]],
  ])
})

test('contents are as high as the longer of two lists beside each other, or as the longer half of one', () => {
  const contents = (rows: number, beside: number): BookletSection => {
    const list = (count: number) => Array.from({ length: count }, () => ({ title: 'A', to: 'a' }))
    return { form: 'contents', heading: null, mark: null, rows: list(rows), beside: list(beside) }
  }
  const lists: Boxes = Object.fromEntries([
    ...['c0', 'c0/s0', 'c0/s0/text'].map((key) => [key, [0, 1000, 0, 0] as Box]),
    ...[0, 1, 2, 3].map((at) => [`c0/s0/beside/${at}`, [at * 250, at * 250 + 250, 0, 0] as Box]),
  ])
  const beside = { section: contents(4, 4), items: [150, 150, 150, 150] }
  expect(flowed([beside], { more: lists }).heights).toEqual([500, 500])
  const split = { section: contents(9, 0), items: [110, 110, 110, 110, 100, 50, 50, 50, 50] }
  expect(flowed([split]).heights).toEqual([540])
})
