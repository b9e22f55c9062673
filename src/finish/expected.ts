import type { RefText } from '../render/document.ts'
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
}

/** How a printed document differs from what was asked. */
export type PdfFault =
  | { readonly kind: 'pages'; readonly found: number }
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
  | { readonly kind: 'empty'; readonly page: number }
  | { readonly kind: 'glyph'; readonly page: number }
  | { readonly kind: 'bookmark'; readonly title: string }
