import { expect, test } from 'vitest'

import { paginateBooklet } from '../../../src/fit/booklet-pages.ts'
import { fitBooklet } from '../../../src/fit/booklet.ts'
import type { Box, Boxes } from '../../../src/fit/boxes.ts'
import { half, layDown, parsePaper, type PaperChoice } from '../../../src/plan/paper.ts'
import type { BookletContent } from '../../../src/render/documents/booklet-content.ts'
import type { BookletChapter, BookletEntry, GlanceRail } from '../../../src/render/documents/booklet-parts.ts'

const page = half(layDown(parsePaper('A4') as PaperChoice, 'portrait'))
/** A page of 210 mm less 30 for its margins. */
const room = (180 / 25.4) * 96 - 1

const mark = { path: '', accent: 'accent-1', filled: true }
const head = { ref: null, title: '', titleSize: 20, within: null, plain: false, summary: null, standing: [] }

function chapter(kind: BookletChapter['kind'], start: BookletChapter['start'], items = 1): BookletChapter {
  const statement = { ref: 'a/b/1', prose: [], examples: [], isNew: false, isOptional: false }
  const cell = {
    ref: 'a/b',
    summary: null,
    statements: Array.from({ length: items }, () => statement),
    polarities: [],
    own: items,
    empty: null,
  }
  return {
    id: kind,
    kind,
    start,
    track: null,
    here: [],
    head,
    sections: [{ form: 'cell', group: null, heading: '', mark: null, every: [], cell }],
  }
}

function content(chapters: readonly BookletChapter[], glance: readonly GlanceRail[] = []): BookletContent {
  return {
    id: 'booklet',
    title: '',
    titleSize: 30,
    organisation: null,
    edition: null,
    notice: null,
    newest: null,
    printedFrom: null,
    glance: glance.length > 0 ? { title: '', rails: glance } : null,
    chapters: [chapter('contents', 'page'), chapter('key', 'share'), ...chapters],
    notes: '',
    foot: '',
  }
}

/** Boxes of chapters, each of one section whose items are as high as said. */
function boxesOf(heights: readonly (readonly number[])[]): Boxes {
  const boxes: Record<string, Box> = { imprint: [0, 100, 0, 0] }
  for (const [index, items] of heights.entries()) {
    const whole = items.reduce((sum, height) => sum + height, 0)
    for (const key of ['', '/s0', '/s0/text']) boxes[`c${index}${key}`] = [0, whole, 0, 0]
    let top = 0
    for (const [item, height] of items.entries()) boxes[`c${index}/s0/${item}`] = [top, (top += height), 0, 0]
  }
  return boxes
}

/** A rail of levels, the most senior first. */
function rail(track: string, levels = 2): GlanceRail {
  return {
    track,
    name: track,
    mark,
    block: 0,
    levels: Array.from({ length: levels }, (_, level) => ({
      id: `${track}${level + 1}`,
      title: '',
      rung: levels - level,
      mark,
      dashed: false,
      summary: null,
      line: 'on',
      lineDashed: false,
    })),
  }
}

function kindsOf(paginated: ReturnType<typeof paginateBooklet>): string[] {
  if ('tooHigh' in paginated) throw new Error('too high')
  return paginated.pages.map((one) =>
    one.kind === 'text' ? one.parts.map(({ chapter: at }) => at).join('+') : one.kind,
  )
}

const compose = (book: BookletContent, heights: readonly (readonly number[])[], more: Boxes = {}) =>
  paginateBooklet(book, page, 'above', { ...boxesOf(heights), ...more })

test('a track opens on a left page, facing its first level, and pages are in fours with one for notes at least', () => {
  const book = content([chapter('opener', 'left'), chapter('level', 'page')])
  expect(kindsOf(compose(book, [[300], [100], [300], [400]]))).toEqual([
    'cover',
    'imprint',
    '0+1',
    '2',
    '3',
    'notes',
    'notes',
    'back',
  ])
})

test('where a track would open on a right page, a page for notes stands between', () => {
  const level = chapter('level', 'page')
  const opener = chapter('opener', 'left')
  const kinds = kindsOf(
    compose(
      content([opener, level, level, opener, level]),
      Array.from({ length: 7 }, () => [300]),
    ),
  )
  expect(kinds.slice(3)).toEqual(['2', '3', '4', 'notes', '5', '6', 'notes', 'notes', 'back'])
})

test('what is only named shares a page where that spares one for notes', () => {
  const book = content([
    chapter('opener', 'left'),
    chapter('level', 'page'),
    chapter('level', 'page'),
    chapter('undescribed', 'page'),
    chapter('opener', 'left'),
  ])
  // A page of its own ends the track on a right page: the next opens behind it.
  expect(
    kindsOf(
      compose(
        book,
        Array.from({ length: 7 }, () => [200]),
      ),
    ).slice(3, 8),
  ).toEqual(['2', '3', '4', '5', '6'])
  const shorter = content([
    chapter('opener', 'left'),
    chapter('level', 'page'),
    chapter('undescribed', 'page'),
    chapter('opener', 'left'),
  ])
  expect(
    kindsOf(
      compose(
        shorter,
        Array.from({ length: 6 }, () => [200]),
      ),
    ).slice(3, 6),
  ).toEqual(['2', '3+4', '5'])
  // Nothing follows it that could open on a left page.
  const last = content([
    chapter('opener', 'left'),
    chapter('level', 'page'),
    chapter('level', 'page'),
    chapter('undescribed', 'page'),
  ])
  expect(
    kindsOf(
      compose(
        last,
        Array.from({ length: 6 }, () => [200]),
      ),
    ).slice(3, 6),
  ).toEqual(['2', '3', '4+5'])
})

test('a note shares the page of the level before if it has room', () => {
  const book = content([chapter('opener', 'left'), chapter('level', 'page'), chapter('level', 'share')])
  expect(kindsOf(compose(book, [[300], [100], [300], [300], [200]]))[4]).toBe('3+4')
  expect(kindsOf(compose(book, [[300], [100], [300], [600], [200]])).slice(4, 6)).toEqual(['3', '4'])
  // The gap between them takes room, and so does a note that stands there already.
  const gap = (9 / 25.4) * 96
  const both = (second: number) => kindsOf(compose(book, [[300], [100], [300], [300], [second]])).slice(4, 5)
  expect([both(room - 300 - gap), both(room - 299 - gap)]).toEqual([['3+4'], ['3']])
  const notes = content([...book.chapters.slice(2), chapter('level', 'share')])
  expect(kindsOf(compose(notes, [[300], [100], [300], [200], [250], [200]])).slice(4, 6)).toEqual([
    '3+4',
    '5',
  ])
})

test('cells have up to 2 mm of air, as far as their page has room', () => {
  const book = content([chapter('opener', 'left'), chapter('level', 'page'), chapter('level', 'share')])
  const airOf = (second: number) => {
    const paginated = compose(book, [[300], [100], [300], [300], [second]])
    const shared = 'pages' in paginated ? paginated.pages[4] : undefined
    return shared?.kind === 'text' ? shared.parts.map(({ air }) => air) : []
  }
  expect(airOf(200)).toEqual([2, 2])
  const [air = 0, other] = airOf(room - 300 - (9 / 25.4) * 96 - 5)
  // Of five pixels one is kept for what browsers round.
  expect([air, other].map((mm) => Math.round(((mm ?? 0) / 25.4) * 96 * 100) / 100)).toEqual([2, 2])
})

test('how full a booklet is tells of its pages with text', () => {
  const paginated = compose(content([chapter('opener', 'left')]), [[300], [100], [200]])
  expect('fill' in paginated && paginated.fill).toBeCloseTo(600 / (2 * room))
})

test('the key stands above the imprint rather than on a page that would push the map to the right', () => {
  const more: Boxes = Object.fromEntries(
    [0, 1].flatMap((index) => [0, 1].map((level) => [`g1/${index}/${level}`, [0, 60, 0, 0] as Box])),
  )
  const book = content([chapter('opener', 'left')], [rail('a'), rail('b')])
  const paginated = compose(book, [[600], [200], [300]], more)
  expect(kindsOf(paginated).slice(0, 6)).toEqual(['cover', 'imprint', '0', 'glance', 'glance', '2'])
  const imprint = 'pages' in paginated ? paginated.pages[1] : undefined
  expect(imprint).toMatchObject({ kind: 'imprint', parts: [{ chapter: 1 }] })
  // Rungs stand at one height on both pages.
  const maps = 'pages' in paginated ? paginated.pages.filter((one) => one.kind === 'glance') : []
  expect(maps[0]?.rows).toEqual(maps[1]?.rows)
})

test('a key that has no room above the imprint has a page of its own', () => {
  const more: Boxes = Object.fromEntries([0, 1].map((index) => [`g1/${index}/0`, [0, 60, 0, 0] as Box]))
  const front = (contents: readonly number[], key: number, rails: readonly GlanceRail[]) => {
    const items = chapter('contents', 'page', contents.length)
    const book = content([chapter('opener', 'left')], rails)
    const chapters = [items, ...book.chapters.slice(1)]
    return kindsOf(compose({ ...book, chapters }, [contents, [key], [300]], more)).slice(1, 5)
  }
  const two = [rail('a', 1), rail('b', 1)]
  expect(front([600], room - 100, two)).toEqual(['imprint', '0', 'glance', 'glance'])
  expect(front([600], room - 99, two)).toEqual(['imprint', '0', '1', 'notes'])
  // The map of a single track may stand on any page, so the key does not take one.
  expect(front([400, 400], 300, [rail('a', 1)])).toEqual(['imprint', '0', '0', 'glance'])
})

/** The map of one rail whose levels are as high as said, and the booklet around it. */
function alone(levels: number, height: number) {
  const more: Boxes = Object.fromEntries(
    Array.from({ length: levels }, (_, level) => [`g1/0/${level}`, [0, height, 0, 0] as Box]),
  )
  const book = content([chapter('opener', 'left')], [rail('a', levels)])
  const paginated = compose(book, [[300], [100], [300]], more)
  const maps = 'pages' in paginated ? paginated.pages.filter((one) => one.kind === 'glance') : []
  return { kinds: kindsOf(paginated), rails: maps.map(({ rails: [own] }) => own) }
}

test('the map of a single track stands on one page, and the key with the contents', () => {
  const { kinds, rails } = alone(6, 100)
  expect(kinds.slice(0, 6)).toEqual(['cover', 'imprint', '0+1', 'glance', 'notes', '2'])
  expect(rails).toMatchObject([{ above: false, below: false }])
})

test('where it has no room there, it goes on to a second page that says so', () => {
  const { kinds, rails } = alone(7, 100)
  expect(kinds.slice(0, 6)).toEqual(['cover', 'imprint', '0+1', 'glance', 'glance', '2'])
  expect(rails).toMatchObject([
    { above: false, below: true },
    { above: true, below: false },
  ])
})

test('a list is cut between groups, and not behind the name of one', () => {
  const entry = { id: null, ref: 'a', name: '', mark: null, dashed: false, text: null, to: null }
  const listed = (entries: readonly BookletEntry[]): BookletChapter => ({
    ...chapter('opener', 'left'),
    sections: [{ form: 'entries', entries }],
  })
  const cut = (entries: readonly BookletEntry[]) => {
    const paginated = compose(content([listed(entries)]), [[300], [100], entries.map(() => 150)])
    const parts =
      'pages' in paginated ? paginated.pages.flatMap((one) => (one.kind === 'text' ? one.parts : [])) : []
    return parts.filter(({ chapter: at }) => at === 2).map(({ cuts: [own] }) => own?.to)
  }
  const group = { ...entry, isGroup: true }
  const own = { ...entry, isGroup: false }
  // Four have room on a page.
  expect(cut([group, own, own, group, own, own])).toEqual([3, 6])
  const names = { ...group, names: 'A · B' }
  expect(cut([names, names, names, names, names, names])).toEqual([4, 6])
  expect(cut([own, own, own, names, own, own])).toEqual([4, 6])
})

test('a level that is too long goes on, and what cannot be cut is named', () => {
  const book = content([chapter('opener', 'left'), chapter('level', 'page', 10)])
  expect(kindsOf(compose(book, [[300], [100], [300], Array<number>(10).fill(100)])).slice(4, 6)).toEqual([
    '3',
    '3',
  ])
  expect(compose(book, [[300], [100], [300], [...Array<number>(9).fill(10), 2000]])).toEqual({
    tooHigh: { ref: 'a/b/1', excess: ((2000 - room) * 25.4) / 96 },
  })
})

test('the largest size is taken at which no level takes a page more', async () => {
  const book = content([chapter('opener', 'left'), chapter('level', 'page', 10)])
  const measure = (heads: string, size: number) =>
    Promise.resolve(
      boxesOf([[300], [100], [300], Array<number>(10).fill((heads === 'above' ? 7 : 7.4) * size)]),
    )
  // 10 × 7 × 9.5 has room and 10 × 7 × 10 has not; beside, 9 would be the most.
  const fitted = await fitBooklet(
    book,
    page,
    'en',
    () => true,
    () => Promise.resolve(measure),
  )
  expect(fitted).toMatchObject({ layout: { size: 9.5, heads: 'above' }, pages: 8, remedies: ['heads-above'] })
})

test('fewer pages count for more than larger type, and names that have no room do not stand beside', async () => {
  const book = content([
    chapter('opener', 'left'),
    chapter('level', 'page', 10),
    chapter('sections', 'page', 10),
  ])
  const fit = (beside: number, above: number, headsFit: (size: number) => boolean = () => true) =>
    fitBooklet(book, page, 'en', headsFit, () =>
      Promise.resolve((heads, size) => {
        const items = Array<number>(10).fill(heads === 'above' ? above * size : beside)
        return Promise.resolve(boxesOf([[300], [100], [300], items, Array<number>(10).fill(100)]))
      }),
    )
  expect(await fit(75, 7.9)).toMatchObject({
    layout: { size: 8.5, heads: 'above' },
    remedies: ['heads-above'],
  })
  // Running text may go on over pages: that is no remedy.
  expect(await fit(60, 7.9)).toMatchObject({ layout: { size: 10, heads: 'beside' }, remedies: [] })
  expect(await fit(60, 7.9, (size) => size < 9)).toMatchObject({ layout: { size: 8.5, heads: 'beside' } })
  expect(await fit(60, 7.9, () => false)).toMatchObject({ layout: { size: 8.5, heads: 'above' } })
  expect(await fit(75, 9)).toMatchObject({ layout: { size: 10 }, remedies: ['further-pages'] })
})
