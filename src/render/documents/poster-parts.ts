import type { Line } from '../../markdown/line.ts'
import type { Prose } from '../../markdown/prose.ts'
import type { MarkView } from '../marks.ts'
import type { CellView, StatementView } from '../statement-view.ts'

/** What the poster is made of, as plain data. */

/**
 * How much a poster says, most first: everything; everything but examples; nor what the level below says too; of each
 * cell its summary, else one statement; of that the first sentence; of each level its summary; titles and dimensions
 * alone. Text is never cut in the middle of a list.
 */
export const posterDepths = ['everything', 'plain', 'new', 'cells', 'sentences', 'levels', 'map'] as const
/** @see posterDepths */
export type PosterDepth = (typeof posterDepths)[number]

/** What the poster says, whatever its size. Its hash is the stamp. */
export interface PosterContent {
  readonly id: string
  readonly depth: PosterDepth
  readonly title: Line
  readonly edition: Line | null
  /** What is left out, and where it stands; null where nothing is. */
  readonly depthWords: Line | null
  readonly blocks: readonly PosterBlock[]
  readonly notes: readonly PosterNote[]
  /** Words for the foot, where the edition is not sealed yet. */
  readonly draftOf?: Line
  readonly foot: Line
  readonly address: Line | null
}

/** Tracks that equivalences join, with rungs of their own. */
export interface PosterBlock {
  readonly rungs: number
  readonly rails: readonly PosterRail[]
}

/** A track. */
export interface PosterRail {
  readonly track: string
  readonly name: Line
  readonly mark: MarkView
  /** Of the width of the poster, where it is not to follow from what stands in it. */
  readonly share?: number
  /** How many dimensions its levels have; 0 for plain statements. */
  readonly dimensions: number
  /** Their names, in a sentence, where the levels do not show them. */
  readonly dimensionNames: Line | null
  /** Levels of other rails of the block, below all of its own, from which it opens. */
  readonly opensFrom: readonly string[]
  /** Lowest first: the order in which it is read aloud. */
  readonly levels: readonly PosterLevel[]
}

/** A level on its rung. */
export interface PosterLevel {
  readonly id: string
  readonly title: Line
  readonly draft: Line | null
  readonly rung: number
  readonly dashed: boolean
  readonly mark: MarkView
  readonly standing: readonly Line[]
  readonly summary: Line | null
  readonly note: Prose | null
  readonly cells: readonly PosterCell[]
  /** The rail to which its line carries on, by index in the block; null where it just ends. */
  readonly tieTo: number | null
  readonly tieDashed: boolean
  /** “No equivalent” is stated: the line ends in a stop. */
  readonly stop: boolean
}

/** A dimension of a level; or its plain statements, without a name. */
export interface PosterCell {
  readonly name: Line | null
  readonly every: readonly StatementView[]
  readonly cell: CellView
}

/** What stands in the void of the poster: introductions, and how to read it. */
export interface PosterNote {
  readonly ref: string | null
  readonly heading: Line
  readonly text: Prose
}

/** All rails, of whatever block. */
export function railsOf({ blocks }: Pick<PosterContent, 'blocks'>): PosterRail[] {
  return blocks.flatMap(({ rails }) => rails)
}

/** All cells of all levels. */
export function cellsOf(content: Pick<PosterContent, 'blocks'>): PosterCell[] {
  return railsOf(content).flatMap(({ levels }) => levels.flatMap(({ cells }) => cells))
}

/** With more rails, each is so narrow that it holds nothing but one thing below the other. */
const mostWide = 3

/** Whether rails have no room for anything abreast. */
export function hasNarrowRails(content: Pick<PosterContent, 'blocks'>): boolean {
  return railsOf(content).length > mostWide
}
