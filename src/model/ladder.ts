import type { Line } from '../markdown/line.ts'
import type { Prose } from '../markdown/prose.ts'
import type { Location } from '../text/source.ts'

/** A career ladder as every later stage knows it: checked, plain, without YAML. Levels stand lowest first. */
export interface Ladder {
  readonly title: string
  /** The language of the title, where it is not the ladder’s; a language tag, here and below. */
  readonly titleLanguage?: string
  /** As written: `2016.10` stays `2016.10`. */
  readonly edition?: string
  /** YYYY-MM-DD. */
  readonly effective?: string
  /** A BCP 47 tag. */
  readonly locale: string
  readonly style?: 'additive' | 'restated'
  readonly intro?: Prose
  readonly sections: readonly Section[]
  readonly tracks: readonly Track[]
  /** Where each thing that is printed stands in the files, by ref. A side table, so that text never carries places. */
  readonly places: ReadonlyMap<string, Location>
}

/** A text of the ladder as a whole, under a title of its own. */
export interface Section {
  readonly ref: string
  readonly title: string
  readonly titleLanguage?: string
  readonly text: Prose
}

/** Levels that people go through one after the other, such as those of engineers or of managers. */
export interface Track {
  readonly id: string
  readonly name: string
  readonly nameLanguage?: string
  /** “management” in “No management equivalent.” */
  readonly adjective?: string
  readonly intro?: Prose
  /** Ids of levels from which the track is entered. */
  readonly opensFrom: readonly string[]
  /** Flat, in reading order; empty for a track of plain statements. */
  readonly dimensions: readonly Dimension[]
  /** What holds at each level, by dimension id. */
  readonly everyLevel: ReadonlyMap<string, readonly Statement[]>
  readonly levels: readonly Level[]
}

/** What levels are described by, such as craft or people. */
export interface Dimension {
  readonly id: string
  readonly name: string
  readonly nameLanguage?: string
  readonly summary?: Line
  readonly group?: DimensionGroup
  /** Whether it comes from the ladder's shared dimensions. */
  readonly shared: boolean
}

/** A heading over dimensions that stand beside each other. Its dimensions hold the same object. */
export interface DimensionGroup {
  readonly name: string
  readonly nameLanguage?: string
  readonly summary?: Line
}

/** A draft is not in force yet; a level that is deprecated is no longer awarded. */
export type Status = 'active' | 'draft' | 'deprecated'

/** How a level is reached, where not by promotion alone. */
export type Entry = 'by-appointment' | 'internal-only'

/** Why a cell says nothing. */
export type EmptyReason = 'not-applicable' | 'not-defined' | 'same-as-previous' | 'open'

/** A step of a track. */
export interface Level {
  readonly id: string
  readonly title: string
  readonly titleLanguage?: string
  readonly summary?: Line
  readonly aliases: readonly Line[]
  readonly grade?: string
  readonly status: Status
  /** false: named, not described in this edition. */
  readonly described: boolean
  readonly entry?: Entry
  readonly intro?: Prose
  readonly equivalence: Equivalence
  readonly rung?: number
  /** One per dimension of the track, in its order; empty where the level is only a note or not described. */
  readonly cells: readonly Cell[]
  /** In tracks without dimensions. */
  readonly statements: readonly Statement[]
}

/** “Has none” is a statement; “not said” is the absence of one. */
export type Equivalence =
  | { readonly kind: 'unsaid' }
  | { readonly kind: 'none' }
  | { readonly kind: 'levels'; readonly levels: readonly Equivalent[] }

/** A level of another track that counts as much, by its id. */
export interface Equivalent {
  readonly to: string
  readonly note?: Line
}

/** What a level asks in a dimension. */
export interface Cell {
  readonly dimension: string
  readonly summary?: Line
  readonly statements: readonly Statement[]
  /** Why there are no statements. */
  readonly empty?: EmptyReason
}

/** One thing that a level asks. */
export interface Statement {
  /** `<level>/<dimension>/<n>`, n from 1. */
  readonly ref: string
  /** The statement; blocks after the first are its details. */
  readonly prose: Prose
  readonly examples: readonly Prose[]
  readonly isNew: boolean
  readonly isOptional: boolean
  readonly polarity?: 'effective' | 'ineffective'
}

/** The statements of a level in reading order, whichever way they are kept. */
export function statementsOf(level: Level): readonly Statement[] {
  return level.cells.length > 0 ? level.cells.flatMap((cell) => cell.statements) : level.statements
}

/** A level that is described by its introduction alone. */
export function isNoteOnly(level: Level): boolean {
  return level.described && level.cells.length === 0 && level.statements.length === 0
}

/** Every level with its track, track by track. */
export function levelsOf(ladder: Ladder): { track: Track; level: Level; index: number }[] {
  return ladder.tracks.flatMap((track) => track.levels.map((level, index) => ({ track, level, index })))
}

/** What `places` and documents call the fields of a level, beside its cells. */
const levelFields =
  /^(?:title|title-lang|summary|alias(?:-\d+)?|grade|status|described|entry|intro|equivalent|rung|statements)$/

/**
 * The ref of a cell: `lead-engineer/craft`. A dimension whose id is also the name of a field of levels gets an `@`,
 * which no id has.
 */
export function cellRef(level: string, dimension: string): string {
  return `${level}/${levelFields.test(dimension) ? '@' : ''}${dimension}`
}
