import { sizesBetween } from '../type-sizes.ts'
import type { RowCut } from './row-cuts.ts'

/** Of statements, in pt. Two people lean over it: 50 cm at the floor. */
export const matrixSizes = sizesBetween(11.5, 9)

/** How far apart lines are, as a part of their size. */
export const matrixLeading = 1.32

/** How a matrix is set. */
export interface MatrixLayout {
  /** Of the statements, in pt. */
  readonly size: number
  /** Whether the sheet lies the other way than its kind prefers. */
  readonly turned: boolean
  /** Whether columns are as wide as the highest of what cannot be divided needs, fewer abreast if it must be. */
  readonly roomy: boolean
  /** Whether columns are as wide as what they say asks for, rather than so that rows are lowest together. */
  readonly byAmount: boolean
  /** Whether examples are shown. */
  readonly examples: boolean
  /** Whether summaries of dimensions and of their groups are shown. */
  readonly summaries: boolean
  /** Whether statements are shown that the level below makes too. */
  readonly repeated: boolean
  /** Statements of more characters are set in pieces. */
  readonly divided?: number
  /** null: one sheet per group of columns with all rows, for measuring or where nothing can be measured. */
  readonly sheets: readonly MatrixSheet[] | null
  readonly galley: boolean
  /** A galley of the rows as they stand on further sheets, where their columns are wider. */
  readonly further?: boolean
}

/** What stands on a sheet. */
export interface MatrixSheet {
  /** Which columns, by index. */
  readonly columns: readonly number[]
  readonly rows: readonly RowCut[]
  /** Whether its heads are names alone: what is said of a level is said once, on the first sheet of its column. */
  readonly bare: boolean
  /** Notes are printed on the first sheet of their columns that has rows, beside which they run down. */
  readonly notes: boolean
}
