import type { Line } from '../../markdown/line.ts'
import { piecesOf, type ProsePiece } from '../../markdown/pieces.ts'
import type { Prose } from '../../markdown/prose.ts'
import type { Track } from '../../model/ladder.ts'
import type { RenderContext } from '../context.ts'
import { markOf, type MarkView } from '../marks.ts'
import type { KeySentence } from '../reading-key.ts'
import type { CellView, StatementView } from '../statement-view.ts'
import { titleSizeFor } from './booklet-widths.ts'

/** What the booklet is made of, as plain data. */

/** A track on the map. */
export interface GlanceRail {
  readonly track: string
  readonly name: Line
  readonly mark: MarkView
  /** Tracks that equivalences join have one number: their rungs stand side by side. */
  readonly block: number
  /** Levels of other rails, below all of its own, from which it opens. */
  readonly opensFrom?: readonly string[]
  /** The most senior first. */
  readonly levels: readonly GlanceLevel[]
}

/** A level on the map. */
export interface GlanceLevel {
  readonly id: string
  readonly title: Line
  readonly rung: number
  readonly mark: MarkView
  readonly dashed: boolean
  readonly summary: Line | null
  /** Whether its line carries on into another rail, ends in a stop, or just ends. */
  readonly line: 'on' | 'stop' | 'ends'
  readonly lineDashed: boolean
  /** The equivalent level to which its line carries on, where it runs through other rails before it comes there. */
  readonly across?: string
  /** What its rail opens from, in words, where no line shows it. */
  readonly opensFrom?: Line
}

/** How many rails stand beside each other on a page of the map. */
export function railsAbreast(rails: number): number {
  return rails > 2 ? 2 : 1
}

/** A stretch of the booklet that begins with a heading, and on a page of its own unless it may share one. */
export interface BookletChapter {
  /** Where links lead. */
  readonly id: string
  readonly kind:
    | 'contents'
    | 'key'
    | 'sections'
    | 'opener'
    | 'level'
    | 'dimension'
    | 'undescribed'
    | 'addresses'
  /** Whether it begins on a left page, on any, or on the page before where that has room. */
  readonly start: 'left' | 'page' | 'share'
  /** Stands at the head of its pages. */
  readonly track: { readonly name: Line; readonly mark: MarkView } | null
  /** Levels whose rungs are filled on the small map at the head of its pages. */
  readonly here: readonly string[]
  readonly head: ChapterHead | null
  readonly sections: readonly BookletSection[]
}

/** What stands over a chapter. */
export interface ChapterHead {
  readonly ref: string | null
  readonly title: Line
  /** In pt. */
  readonly titleSize: number
  /** Above the title: the group of a dimension. */
  readonly within: Line | null
  /** Regular weight: named, not described, or bestowed. */
  readonly plain: boolean
  readonly summary: Line | null
  readonly standing: readonly Line[]
}

/** A stretch of a chapter. */
export type BookletSection = ProseSection | CellSection | EntriesSection | ContentsSection | KeySection

/** Running text; it can be cut between its pieces. */
export interface ProseSection {
  readonly form: 'prose'
  readonly id: string | null
  readonly ref: string
  readonly heading: Line | null
  readonly pieces: readonly ProsePiece[]
}

/** A dimension of a level, or a level in a dimension; it can be cut between its statements. */
export interface CellSection {
  readonly form: 'cell'
  /** The group that begins with it. */
  readonly group: Line | null
  /** The group that begins with it, or an earlier one, is the heading above its own. */
  readonly inGroup?: true
  /** It stands in no group, and behind one: what parts them says so. */
  readonly endsGroup?: true
  readonly heading: Line | null
  /** Of the level in a dimension. */
  readonly mark: MarkView | null
  readonly every: readonly StatementView[]
  readonly cell: CellView
}

/** A list of names, each with a few words. */
export interface EntriesSection {
  readonly form: 'entries'
  readonly entries: readonly BookletEntry[]
}

/** A name with a few words. */
export interface BookletEntry {
  readonly id: string | null
  readonly ref: string
  /** Empty where there are only `names`. */
  readonly name: Line
  readonly mark: MarkView | null
  readonly dashed: boolean
  /** Whether it stands for the dimensions below it. */
  readonly isGroup: boolean
  readonly text: Line | null
  /** Of dimensions of which nothing else is said. */
  readonly names?: Line
  /** The chapter whose page is named. */
  readonly to: string | null
}

/** How to read the map, each sentence beside what it speaks of. */
export interface KeySection {
  readonly form: 'key'
  readonly heading: Line
  readonly sentences: readonly KeySentence[]
}

/** The chapters of a track: what a reader looks for stands first, and beside it the same by dimension. */
export interface ContentsSection {
  readonly form: 'contents'
  readonly heading: ContentsEntry | null
  readonly mark: MarkView | null
  readonly rows: readonly ContentsEntry[]
  readonly beside: readonly ContentsEntry[]
}

/** A line of the contents, and the place whose page it names. */
export interface ContentsEntry {
  readonly title: Line
  readonly to: string
}

/** Where links lead. Ids of levels, which are places as well, have no low line. */
export const anchors = {
  contents: 'contents_',
  key: 'key_',
  glance: 'glance_',
  sections: 'sections_',
  addresses: 'addresses_',
  notes: 'notes_',
  section: (index: number) => `section_${index + 1}`,
  track: ({ id }: Track) => `track_${id}`,
  dimension: ({ id }: Track, dimension: string) => `dimension_${id}_${dimension}`,
  undescribed: ({ id }: Track) => `undescribed_${id}`,
}

/** The position of a track in the ladder, by which it has its mark. */
export function markOfTrack({ ladder }: RenderContext, { id }: Track, filled = true): MarkView {
  return markOf(
    ladder.tracks.findIndex((track) => track.id === id),
    filled,
  )
}

/**
 * Running text as a section, cut into pieces at which it may go on to the next page.
 *
 * @param ref of the text
 * @param id where links lead, if any do
 */
export function proseSection(
  { ladder }: RenderContext,
  ref: string,
  text: Prose,
  heading: Line | null = null,
  id: string | null = null,
): ProseSection {
  return { form: 'prose', id, ref, heading, pieces: piecesOf(text, ladder.locale) }
}

/** A head that says no more than its title. */
export function headOf({ fonts }: RenderContext, title: Line): ChapterHead {
  return {
    ref: null,
    title,
    titleSize: titleSizeFor(fonts, title),
    within: null,
    plain: false,
    summary: null,
    standing: [],
  }
}

/** The names that may stand beside what is asked. */
export function sideHeads(chapters: readonly BookletChapter[]): Line[] {
  return chapters.flatMap(({ sections }) =>
    sections.flatMap((section) =>
      section.form === 'cell' && section.heading !== null ? [section.heading] : [],
    ),
  )
}

/** Rows with nothing beside them, from so many on, are set in two columns. */
const leastSplit = 9

/** Whether a list of contents is set in two columns, the first half of its rows in one. */
export function isSplit(section: BookletSection): boolean {
  return section.form === 'contents' && section.beside.length === 0 && section.rows.length >= leastSplit
}

/** How many items a section can be cut between. */
export function itemsOf(section: BookletSection): number {
  switch (section.form) {
    case 'prose':
      return section.pieces.length
    case 'cell':
      return section.cell.statements.length
    case 'entries':
      return section.entries.length
    // What stands beside the rows is cut with them.
    case 'contents':
      return Math.max(section.rows.length, section.beside.length)
    case 'key':
      return section.sentences.length
  }
}
