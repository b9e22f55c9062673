import type { Room } from '../fit/fitted.ts'
import type { Remedy } from '../fit/remedies.ts'
import type { Ladder } from '../model/ladder.ts'
import { placeOfRef } from '../model/places.ts'
import { sheetName } from '../plan/paper.ts'
import { readingDistance } from '../render/reading-distance.ts'
import type { RefText } from '../render/ref-texts.ts'
import { positionAt } from '../text/source.ts'
import type { Made } from './made.ts'

/** How a document fits its paper, in numbers. */
export interface FitEntry {
  /** `one-pager/lead-engineer` */
  readonly document: string
  readonly sheet: string
  readonly pages: number
  /** Of the statements, in pt. */
  readonly size: number
  /** From how far away statements of that size can be read, in cm. */
  readonly distance: number
  /** How much of its sheets the text takes, 0 to 1. */
  readonly fill: number
  readonly remedies: readonly Remedy[]
  /**
   * How many words would have to go so that, at the smallest size, it needs no more sheets than it should; 0 if it
   * needs no more, all of them if its heads alone need more.
   */
  readonly wordsOver: number
  /** How many more words it can take in all, as it is set; null where that is not known. */
  readonly wordsToSpare: number | null
  /** The cell that can take the fewest words, and how many. */
  readonly tightest: (FitPlace & { readonly words: number }) | null
  readonly longest: readonly (FitPlace & { readonly words: number; readonly text: string })[]
}

/** A text of the ladder by its place in the file. */
export interface FitPlace {
  readonly ref: string
  /** `ladder.yaml:123` */
  readonly at: string | null
}

const longestShown = 3

/** What `--fit-report` says of the documents that a build could set. */
export function fitReport(ladder: Ladder, results: readonly Pick<Made, 'document' | 'set'>[]): FitEntry[] {
  return results.flatMap(({ document, set }) => (set ? [fitEntry(ladder, document.job, set)] : []))
}

function fitEntry(
  ladder: Ladder,
  job: Made['document']['job'],
  { size, pages, fill, demand = 1, remedies, texts, sheet, ...set }: NonNullable<Made['set']>,
): FitEntry {
  const rooms = set.rooms()
  const statements = texts.filter(({ ref }) => /\/\d+$/.test(ref))
  // What is only a note is as long as that.
  const said = statements.length > 0 ? statements : texts.filter(({ ref }) => ref.endsWith('/intro'))
  const words = wordsIn(said)
  const tight = rooms
    .filter(({ ref }) => ref.includes('/'))
    .map((room) => ({ ref: room.ref, words: wordsFor(room, wordsOf(statements, room.ref)) }))
    .toSorted((a, b) => a.words - b.words)[0]
  const whole = rooms.filter(({ ref }) => !ref.includes('/'))
  const over = whole.length > 0 ? surplus(whole, said) : demand > 1 ? Math.ceil(words * (1 - 1 / demand)) : 0
  const byArea = fill > 0 ? Math.floor((words * (1 - fill)) / fill) : null
  return {
    document: job.id,
    sheet: sheetName(sheet),
    pages,
    size,
    distance: Math.round(readingDistance(size)),
    fill: Math.round(fill * 100) / 100,
    remedies,
    wordsOver: over,
    wordsToSpare:
      words === 0 || over > 0 || job.kind === 'stack'
        ? null
        : whole.length > 0
          ? least(whole, said)
          : job.kind === 'poster'
            ? byArea
            : null,
    tightest: tight === undefined ? null : { ...place(ladder, tight.ref), words: tight.words },
    longest: wholeStatements(statements)
      .map(({ ref, text }) => ({ ...place(ladder, ref), words: wordsIn([{ ref, text }]), text }))
      .toSorted((a, b) => b.words - a.words || (a.ref < b.ref ? -1 : 1))
      .slice(0, longestShown),
  }
}

/** Each statement once, with all its paragraphs: a booklet says it on two pages, and a divided one stands in pieces. */
function wholeStatements(texts: readonly RefText[]): RefText[] {
  const parts = new Map<string, Set<string>>()
  for (const { ref, text } of texts) parts.set(ref, (parts.get(ref) ?? new Set()).add(text))
  return [...parts].map(([ref, own]) => ({ ref, text: [...own].join(' ') }))
}

function place(ladder: Ladder, ref: string): FitPlace {
  const at = placeOfRef(ladder, ref)
  return { ref, at: at ? `${at.source.path}:${positionAt(at.source, at.span.start).line}` : null }
}

/** Text covers an area: the free room below it holds as many words as an equal area of the text does. */
function wordsFor({ used, free }: Room, words: number): number {
  return used > 0 ? Math.floor((words * Math.max(0, free)) / used) : 0
}

/** How many words have to go, from all levels together. */
function surplus(rooms: readonly Room[], texts: readonly RefText[]): number {
  return rooms
    .filter(({ free, used }) => free < 0 && used > 0)
    .reduce((sum, room) => sum + Math.ceil((wordsOfLevel(rooms, room, texts) * -room.free) / room.used), 0)
}

/** How many words any of the levels can take. */
function least(rooms: readonly Room[], texts: readonly RefText[]): number | null {
  const frees = rooms
    .filter(({ used }) => used > 0)
    .map((room) => wordsFor(room, wordsOfLevel(rooms, room, texts)))
  return frees.length > 0 ? Math.min(...frees) : null
}

/** A level that is alone says all of it, and what holds at every level besides. */
function wordsOfLevel(rooms: readonly Room[], { ref }: Room, texts: readonly RefText[]): number {
  return rooms.length === 1 ? wordsIn(texts) : wordsOf(texts, ref)
}

function wordsOf(statements: readonly RefText[], ref: string): number {
  return wordsIn(statements.filter((statement) => statement.ref.startsWith(`${ref}/`)))
}

/** Made for the first report: loading its tables takes as long as reading a ladder. */
let segmenter: Intl.Segmenter | undefined

/** Words as people count them, in any script. */
function wordsIn(texts: readonly RefText[]): number {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' })
  let count = 0
  for (const { text } of texts)
    for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) count += 1
  return count
}
