import { sizesBetween } from '../type-sizes.ts'
import type { SectionCut } from './section-cuts.ts'

/** Of statements, in pt. 47 cm of reading distance at the floor, 55 at the ceiling. */
export const bookletSizes = sizesBetween(10, 8.5)

/** How the booklet is set. */
export interface BookletLayout {
  /** Of the statements, in pt. */
  readonly size: number
  /** Statements of more characters are set in pieces. */
  readonly divided?: number
  /** Whether the names of dimensions stand beside or above what is asked in them. */
  readonly heads: 'beside' | 'above'
  /** null: every chapter on one long page, for measuring. */
  readonly pages: readonly BookletPage[] | null
  readonly galley: boolean
}

/** What stands on a page. */
export type BookletPage =
  | { readonly kind: 'cover' | 'back' }
  | { readonly kind: 'imprint' | 'text'; readonly parts: readonly BookletPart[] }
  | GlancePage
  /** `last`: behind all else. */
  | { readonly kind: 'notes'; readonly last: boolean }

/** A part of a chapter. */
export interface BookletPart {
  readonly chapter: number
  readonly first: boolean
  readonly cuts: readonly SectionCut[]
  /** What is added below each cell where the page has room, in mm. */
  readonly air: number
}

/** A page of the map. */
export interface GlancePage {
  readonly kind: 'glance'
  readonly first: boolean
  /** Heights of its rows in px. */
  readonly rows: readonly number[]
  readonly rails: readonly GlanceColumn[]
}

/** The levels of a rail that stand on a page: indexes, with their rows from 1. */
export interface GlanceColumn {
  readonly rail: number
  readonly levels: readonly { readonly level: number; readonly row: number }[]
  /** Whether the rail goes on above or below the page. */
  readonly above: boolean
  readonly below: boolean
  /** Rows below its levels through which it runs down to the level that it opens from. */
  readonly foot: readonly number[]
  readonly forks: readonly GlanceFork[]
  /** Rows in which it has no level, and a line that joins levels of other rails runs through it. */
  readonly ties: readonly GlanceTie[]
}

/** A line that runs through a rail. */
export interface GlanceTie {
  readonly row: number
  readonly dashed: boolean
}

/** What a fork has in a column: the rung that it leaves, a way across, or the bend into the rail that opens. */
export interface GlanceFork {
  readonly part: 'origin' | 'way' | 'bend'
  /** That of the level that the track opens from. */
  readonly row: number
  /** Whether it leads toward the column before. */
  readonly back: boolean
  /** Whether the rail ends in it: of several bends, the lowest. */
  readonly last: boolean
}

/** In mm. The foot has its line inside its margin, the head its line above the text. */
export const bookletMargins = { top: 16, bottom: 14, inner: 16, outer: 12 } as const

/** Of the names beside what is asked, in mm. */
export const sideHead = 27

/** What a title leaves of its line, in mm. */
export const besideTitle = 2

/** How wide a title may be on A5, in mm. */
export const titleMeasure = 148 - bookletMargins.inner - bookletMargins.outer - besideTitle

/** Between a chapter and one that shares its page, in mm. */
export const chapterGap = 9
