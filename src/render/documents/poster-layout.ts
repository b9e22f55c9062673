import type { PosterNames } from './poster-names.ts'
import type { PosterDepth } from './poster-parts.ts'
import type { Seams } from './tiles.ts'

/** Where introductions stand: in the void of the grid, if it has one, in two columns there, or at the foot. */
export type PosterNotes = 'void' | 'columns' | 'foot'

/** How a poster is set. */
export interface PosterLayout {
  /** Of the statements, in pt. */
  readonly size: number
  /** How many dimensions stand abreast, at most. */
  readonly abreast: number
  readonly depth: PosterDepth
  /** Whether the sheet lies the other way than its kind prefers. */
  readonly turned: boolean
  /** Small, with what stands below them, so that more is said; large, so that the sheet is filled. */
  readonly names: PosterNames
  readonly notes: PosterNotes
  readonly galley: boolean
}

/** Of a poster that is put together from sheets also how its rails share it, and where its seams run. */
export interface TiledPosterLayout extends PosterLayout {
  readonly shares?: readonly number[]
  readonly seams?: Seams
}
