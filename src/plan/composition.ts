import type { Sheet } from './paper.ts'

/** A rectangle in mm, from the top left of its sheet. */
export interface Place {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A printed page, or a part of it, on a side of a sheet. */
export interface Placement {
  /** From 1. */
  readonly page: number
  /** Where its top left corner comes to lie, in mm from the top left of the sheet. */
  readonly left: number
  readonly top: number
  /** What of the sheet it may cover; all of it where nothing is said. */
  readonly within?: Place
}

/** The sheets that a document's pages are laid on. */
export interface Composition {
  readonly sheet: Sheet
  /** Sides in the order in which they are printed. */
  readonly sides: readonly (readonly Placement[])[]
  /** How many pages on that sheet are printed behind the document's own, with what stands around them. */
  readonly frames: number
}
