import { sizesBetween } from '../type-sizes.ts'
import type { RowCut } from './row-cuts.ts'

/** Of statements, in pt. It is read as a one-pager is: 50 cm at the floor, 63 at the ceiling. */
export const nextStepSizes = sizesBetween(11.5, 9)

/** How far apart lines are, as a part of their size. */
export const nextStepLeading = 1.32

/** Both columns as wide as each other, or by what is to be read in them. */
export type StepWidths = 'even' | 'by-content'

/** How a next-step sheet is set. */
export interface NextStepLayout {
  /** Of the statements, in pt. */
  readonly size: number
  /** Statements of more characters are set in pieces. */
  readonly divided?: number
  /** Whether examples are shown. */
  readonly examples: boolean
  readonly widths: StepWidths
  /** null: one sheet with everything, for measuring or where nothing can be measured. */
  readonly sheets: readonly NextStepSheet[] | null
  readonly galley: boolean
}

/** Bands, by index, and the items of their columns that stand on this sheet. */
export type NextStepSheet = readonly RowCut[]
