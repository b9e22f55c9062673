import type { PosterGeometry } from '../render/documents/poster-geometry.ts'
import type { TextLine } from './boxes.ts'
import type { Remedy } from './remedies.ts'

/** What was done to make a document fit, and how it came out. */
export interface Outcome {
  readonly pages: number
  /** Everything but the choice of a size, in the order in which it was tried. */
  readonly remedies: readonly Remedy[]
  /** How much of its sheets the text takes, 0 to 1. */
  readonly fill: number
  /**
   * How much of its ideal number of sheets the text takes; measured at the smallest size if it takes more of them. 1.1
   * is a tenth too much. Not there where its rooms say it.
   */
  readonly demand?: number
  /** Worked out when it is asked for: most builds do not report it. */
  readonly rooms: () => readonly Room[]
  /** Numbers of pages that stay empty on purpose, from 1. */
  readonly blanks?: readonly number[]
  /** Whether it is printed on one side of its paper: what begins on a front then does so by itself. */
  readonly oneSided?: boolean
  /** Lines of text that a seam cuts. */
  readonly cut?: readonly TextLine[]
  /** Where a poster has its levels and its text, for its picture. */
  readonly geometry?: PosterGeometry
}

/** How a document is set, or why it cannot be. */
export type Fitted<Layout> =
  | (Outcome & {
      readonly layout: Layout
      /** In pt: that of its smallest text where it says no statement; else that of its layout counts. */
      readonly size?: number
    })
  | { readonly tooHigh: TooHigh }

/** A text that can grow before its document needs a smaller size or a further sheet. Heights in px, or areas. */
export interface Room {
  /** A level, or a cell of one. */
  readonly ref: string
  /** What its statements take now, or its note where it says nothing else; more of them need no further head. */
  readonly used: number
  /** By how much that can grow; less than 0: how much of it has to go. */
  readonly free: number
}

/** Text that cannot be cut and is higher than its sheet. */
export interface TooHigh {
  readonly ref: string
  /**
   * What of the ref it is, where that is no statement; a summary of a dimension is named by a cell of it. Addresses and
   * the notice are those in the foot of the last sheet.
   */
  readonly part?: 'paragraph' | 'summary' | 'dimension-summary' | 'note' | 'head' | 'addresses' | 'notice'
  /** In mm. */
  readonly excess: number
}
