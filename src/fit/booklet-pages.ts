import type { Sheet } from '../plan/paper.ts'
import { pixel } from '../plan/units.ts'
import type { BookletContent } from '../render/documents/booklet-content.ts'
import {
  bookletMargins,
  chapterGap,
  type BookletLayout,
  type BookletPage,
  type BookletPart,
} from '../render/documents/booklet-layout.ts'
import type { BookletChapter } from '../render/documents/booklet-parts.ts'
import { flowChapter, type Flowed } from './booklet-flow.ts'
import { glancePages } from './booklet-glance.ts'
import { heightBetween, heightOf, type Boxes } from './boxes.ts'
import type { TooHigh } from './fitted.ts'

/** A booklet in pages, in fours. */
export type PaginatedBooklet =
  | {
      readonly pages: readonly BookletPage[]
      /** How many pages each chapter takes. */
      readonly lengths: readonly number[]
      /** How much of the pages with text is full, 0 to 1. */
      readonly fill: number
    }
  | { readonly tooHigh: TooHigh }

/** What has been set so far. */
interface Pages {
  readonly pages: BookletPage[]
  /** What is free on the last page with text, in px. */
  left: number
}

const notes: BookletPage = { kind: 'notes', last: false }

/** Puts all chapters on pages, by the boxes of their galleys. */
export function paginateBooklet(
  content: BookletContent,
  sheet: Sheet,
  heads: BookletLayout['heads'],
  boxes: Boxes,
): PaginatedBooklet {
  const room = heightBetween(sheet, bookletMargins.top + bookletMargins.bottom)
  const flowed: Flowed[] = []
  for (const [index, chapter] of content.chapters.entries()) {
    const result = flowChapter(chapter, index, room, heads, boxes)
    if ('tooHigh' in result) return result
    flowed.push(result)
  }
  const glance = glancePages(content, boxes, room)
  if ('tooHigh' in glance) return glance

  const book: Pages = { pages: [{ kind: 'cover' }, { kind: 'imprint', parts: [] }], left: 0 }
  const of = (index: number) => flowed[index] as Flowed
  const at = (kind: BookletChapter['kind']) => content.chapters.findIndex((chapter) => chapter.kind === kind)
  addFront(book, of(at('contents')), of(at('key')), glance.pages, room - heightOf(boxes, 'imprint'), room)
  for (const [index, chapter] of content.chapters.entries()) {
    if (chapter.kind === 'contents' || chapter.kind === 'key') continue
    const own = of(index)
    if (chapter.kind === 'undescribed') addNamed(book, own, isFollowed(content, index), room)
    else {
      if (chapter.start === 'left') toLeft(book)
      if (chapter.start !== 'share' || !share(book, own, room)) add(book, own, room)
    }
  }
  const text = flowed.flatMap(({ heights }) => heights)
  const taken = book.pages.filter(({ kind }) => kind === 'text').length
  // The back is the last page of the last sheet. Who gets a booklet to write in finds a page to write on.
  const padding = 1 + ((2 - (book.pages.length % 4) + 4) % 4)
  for (let page = 0; page < padding; page += 1) book.pages.push({ kind: 'notes', last: true })
  book.pages.push({ kind: 'back' })
  return {
    pages: book.pages.map((page) => aired(content, page, room, flowed)),
    lengths: flowed.map(({ parts }) => parts.length),
    fill: text.reduce((sum, height) => sum + height, 0) / (room * Math.max(1, taken)),
  }
}

/** The most that is added below a cell, in mm. */
const mostAir = 2

/** Spreads the cells of a page a little where it has room. */
function aired(
  { chapters }: BookletContent,
  page: BookletPage,
  room: number,
  flowed: readonly Flowed[],
): BookletPage {
  if (page.kind !== 'text') return page
  const heightOfPart = (part: BookletPart) => {
    const { parts, heights } = flowed[part.chapter] as Flowed
    return heights[parts.indexOf(part)] ?? 0
  }
  const used = page.parts.reduce((sum, part) => sum + heightOfPart(part), 0)
  const gaps = ((page.parts.length - 1) * chapterGap) / pixel
  const cells = page.parts.flatMap(({ chapter, cuts }) =>
    cuts.filter(({ section }) => chapters[chapter]?.sections[section]?.form === 'cell'),
  ).length
  // A pixel is kept for what browsers round.
  const air = Math.min(mostAir, ((room - used - gaps - 1) * pixel) / Math.max(1, cells))
  return air > 0 && cells > 0 ? { ...page, parts: page.parts.map((part) => ({ ...part, air })) } : page
}

function add(book: Pages, { parts, heights }: Flowed, room: number): void {
  for (const part of parts) book.pages.push({ kind: 'text', parts: [part] })
  book.left = room - (heights.at(-1) ?? 0)
}

/** Puts a chapter on the page before where it has room for all of it. */
function share(book: Pages, { parts: [part, ...others], heights }: Flowed, room: number): boolean {
  const page = book.pages.at(-1)
  const height = (heights[0] ?? 0) + chapterGap / pixel
  if (!part || others.length > 0 || page?.kind !== 'text' || height > book.left) return false
  book.pages[book.pages.length - 1] = { kind: 'text', parts: [...page.parts, part] }
  book.left = Math.min(book.left - height, room)
  return true
}

/** The next page becomes a left one: the page between is for notes. */
function toLeft(book: Pages): void {
  if (book.pages.length % 2 === 1) return
  book.pages.push(notes)
}

/**
 * Contents, the key and the map, which begins on a left page unless it has one page alone. Where a page would be left over
 * before it, the key takes it, or makes way for it: it may stand above the imprint.
 */
function addFront(
  book: Pages,
  contents: Flowed,
  key: Flowed,
  glance: readonly BookletPage[],
  besideImprint: number,
  room: number,
): void {
  add(book, contents, room)
  const fits = key.parts.length === 1 && (key.heights[0] ?? 0) + chapterGap / pixel <= book.left
  const isAlone = glance.length === 1
  // The few words that one rail needs would have a page of their own.
  const makesWay = isAlone || contents.parts.length % 2 === 1
  const [part] = key.parts
  if (makesWay && !fits && part && key.parts.length === 1 && (key.heights[0] ?? 0) <= besideImprint) {
    book.pages[1] = { kind: 'imprint', parts: [part] }
  } else if (!makesWay || !share(book, key, room)) add(book, key, room)
  if (glance.length > 0) {
    if (!isAlone) toLeft(book)
    book.pages.push(...glance)
  }
}

/** What is only named takes a page of its own, unless one for notes would have to follow, or nothing does. */
function addNamed(book: Pages, named: Flowed, hasNext: boolean, room: number): void {
  const after = book.pages.length + named.parts.length
  const spares = !hasNext || after % 2 === 0
  if (spares && share(book, named, room)) return
  add(book, named, room)
}

function isFollowed({ chapters }: BookletContent, index: number): boolean {
  return chapters[index + 1]?.start === 'left'
}
