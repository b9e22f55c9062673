import type { RefText } from '../render/ref-texts.ts'
import type { Sight } from './seen.ts'

/** What a printed document was asked to be. */
export interface Expected {
  /** Of each page, in mm. */
  readonly sheets: readonly { readonly width: number; readonly height: number }[]
  /** Families that the sheet asked for. */
  readonly families: readonly string[]
  readonly texts: readonly RefText[]
  /** In which the document is written. */
  readonly direction: 'ltr' | 'rtl'
  /** Numbers of pages that are to be empty, from 1. */
  readonly blanks: readonly number[]
  /** What has to stay free at the edges of each page, in CSS px, where A4 and Letter are to be printed on each other. */
  readonly shared?: { readonly top: number; readonly bottom: number; readonly side: number } | null
}

/** How a printed document differs from what was asked. */
export type PdfFault =
  | { readonly kind: 'pages'; readonly found: number }
  /** Printed smaller than it was laid out: the share of its size that is left. */
  | { readonly kind: 'shrunk'; readonly share: number }
  | { readonly kind: 'size'; readonly page: number; readonly width: number; readonly height: number }
  | { readonly kind: 'not-embedded' | 'foreign' | 'type-3'; readonly font: string }
  /** A text that is missing, or that nobody sees. */
  | {
      readonly kind: 'text'
      readonly ref: string
      readonly text: string
      readonly hidden?: NonNullable<Sight['hidden']>
    }
  | { readonly kind: 'faint'; readonly ref: string; readonly text: string; readonly contrast: number }
  /** Ink outside the area that A4 and Letter share; how far, in mm. */
  | { readonly kind: 'outside-shared'; readonly page: number; readonly amount: number }
  | { readonly kind: 'empty'; readonly page: number }
  | { readonly kind: 'glyph'; readonly page: number }
  | { readonly kind: 'bookmark'; readonly title: string }
