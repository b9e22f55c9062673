import { sizesBetween } from '../type-sizes.ts'
import type { SectionCut } from './section-cuts.ts'

/** Of statements, in pt. 50 cm of reading distance at the floor, 63 at the ceiling. */
export const onePagerSizes = sizesBetween(11.5, 9)

/** What people with low vision ask for (RNIB, Clear Print: 16 to 18 pt), and no smaller. */
export const largePrintSizes = [18]

/** Of statements: how far apart lines are, as a part of their size. */
export const onePagerLeading = 1.42

/** How a one-pager is set. */
export interface OnePagerLayout {
  /** Of the statements, in pt. */
  readonly size: number
  readonly heads: 'beside' | 'above'
  readonly columns: 1 | 2
  /** Whether examples are shown; leaving them out is what is done before a further sheet. */
  readonly examples: boolean
  /** Whether summaries of dimensions and of their groups are shown. */
  readonly summaries: boolean
  /** Whether statements are shown that the level below makes too. */
  readonly repeated: boolean
  /** Statements of more characters are set in pieces. */
  readonly divided?: number
  /** Whether a ruled column for notes stands beside the text. */
  readonly notes: boolean
  /** Which parts of which sections stand on which sheet; null: everything in one column, for measuring. */
  readonly sheets: readonly OnePagerSheet[] | null
  /** A galley is measured, never printed: its parts are marked. */
  readonly galley: boolean
}

/** The columns of one sheet. */
export type OnePagerSheet = readonly (readonly SectionCut[])[]

/** In mm. */
export const onePagerMargins = { top: 18, bottom: 16, binding: 20, outer: 18 } as const

/** Of the column for notes, and between it and the text, in mm. */
export const notesWidth = 55
export const columnGap = 8

/** Of the names of dimensions beside their text, in mm. */
export const sideHead = 42
