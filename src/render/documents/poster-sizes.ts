import type { Sheet } from '../../plan/paper.ts'
import type { RenderContext } from '../context.ts'
import { depthOf, posterContent, type PosterContent, type PosterDepth } from './poster-content.ts'
import { labelSizeFor, nameSizeFor, posterScale, type PosterNames } from './poster-grid.ts'

/** What is known of a poster that was set. */
export interface SetPoster {
  readonly sheet: Sheet
  /** Of the statements, in pt; null where it was not fitted. */
  readonly size: number | null
  readonly remedies: readonly string[]
}

/** Sizes of poster.css in pt. */
export interface TextSizes {
  /** Where a level stands, and dimensions that it does not show. */
  readonly standing: number
  readonly summary: number
  readonly note: number
}

/** At A1: statements of a size (pt) that only large names allow are larger than this. */
export function largestUsual(depth?: PosterDepth): number {
  return depth === 'levels' ? 32 : 22
}

/** How large the names of a poster are, by what is known of it. */
export function namesOf({ sheet, size, remedies }: SetPoster): PosterNames {
  if (remedies.includes('names-small')) return 'small'
  const usual = largestUsual(depthOf(remedies)) * posterScale(sheet)
  return size !== null && size > usual + 0.25 ? 'large' : 'usual'
}

/** The sizes of what is said of levels beside statements of a size (pt). */
export function textSizes(depth: PosterDepth, names: PosterNames, size: number, sheet: Sheet): TextSizes {
  const scale = posterScale(sheet)
  const note = Math.max(size, 14 * scale)
  if (names === 'small') return { standing: size, summary: size, note }
  return {
    standing: Math.max(16 * scale, (depth === 'map' ? 1 : 0.8) * size),
    summary: Math.max(18 * scale, (names === 'large' ? 1.1 : 1) * size),
    note,
  }
}

/** Examples are a little smaller than what they are of. */
const examples = 0.92

/** The size in pt of the smallest text that a poster has in its levels; words that mark a statement do not count. */
export function smallestOfLevels(
  { fonts }: Pick<RenderContext, 'fonts'>,
  content: PosterContent,
  { names, size, sheet }: { readonly names: PosterNames; readonly size: number; readonly sheet: Sheet },
): number {
  const scale = posterScale(sheet)
  const { standing, summary, note } = textSizes(content.depth, names, size, sheet)
  const nameSize = nameSizeFor(fonts, content, sheet, names)
  const rails = content.blocks.flatMap((block) => block.rails)
  const levels = rails.flatMap((rail) => rail.levels)
  const cells = levels.flatMap((level) => level.cells)
  const sizes: (readonly [number, boolean])[] = [
    [nameSize * scale, true],
    [labelSizeFor(fonts, content, sheet, nameSize) * scale, true],
    [
      standing,
      levels.some((level) => level.standing.length > 0) ||
        rails.some(({ dimensionNames }) => dimensionNames !== null),
    ],
    [summary, levels.some((level) => level.summary !== null)],
    [note, levels.some((level) => level.note !== null)],
    [size, cells.length > 0],
    [
      size * examples,
      cells.some(({ every, cell }) =>
        [...every, ...cell.statements].some((statement) => statement.examples.length > 0),
      ),
    ],
  ]
  const smallest = Math.min(...sizes.flatMap(([own, isThere]) => (isThere ? [own] : [])))
  return Math.round(smallest * 10) / 10
}

/** The same of a poster by what is known of it; null where it was not fitted. */
export function smallestOfSet(context: RenderContext, poster: SetPoster): number | null {
  const { sheet, size, remedies } = poster
  if (size === null) return null
  const content = posterContent(context, { id: 'poster' }, depthOf(remedies))
  return smallestOfLevels(context, content, { names: namesOf(poster), size, sheet })
}
