import type { StepWidths } from './next-step-widths.ts'
import type { RowCut } from './row-cuts.ts'

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
