import type { FontSet } from '../../load/font-set.ts'
import { lineText } from '../../markdown/line.ts'
import type { Sheet } from '../../plan/paper.ts'
import { point } from '../../plan/units.ts'
import { keepsLines, linesOf, textWidth } from '../text-widths.ts'
import {
  railsOf,
  type PosterBlock,
  type PosterContent,
  type PosterDepth,
  type PosterRail,
} from './poster-parts.ts'
import { posterGaps, posterMarginOn, posterScale, railWidth, stacksOf } from './poster-widths.ts'

/**
 * The title in pt at A1: as large as keeps it on two lines and its words whole.
 *
 * @param above how many rails it stands above, in a void; null in a band of its own
 */
export function titleSizeFor(
  fonts: FontSet,
  content: PosterContent,
  sheet: Sheet,
  above: number | null,
): number {
  const rails = railsOf(content).slice(0, above ?? 0)
  const own = rails.reduce(
    (sum, rail) => sum + railWidth(content, rail, sheet),
    (rails.length - 1) * posterGaps.rails,
  )
  // Long and narrow sheets have less between their margins.
  const band = Math.min(540, (sheet.width - 2 * posterMarginOn(sheet)) / posterScale(sheet))
  const column = {
    width: (above === null ? band : 300) / point,
    word: (above === null ? band : own / posterScale(sheet)) / point,
    least: 44,
    lines: 2,
  }
  return [88, 78, 68, 58, 50].find((size) => keepsLines(fonts, lineText(content.title), size, column)) ?? 44
}

/**
 * Level names in pt at A1: 40, less where rails are so narrow that names would take more than two lines or their words
 * be broken; more where the poster says little else and rungs stand far apart, so that they are read from across the room.
 */
export function nameSizeFor(
  fonts: FontSet,
  content: PosterContent,
  sheet: Sheet,
  names: PosterNames = 'usual',
): number {
  const scale = posterScale(sheet)
  const stacks = stacksOf(content, sheet)
  const rails = railsOf(content)
  const fits = (size: number, lines = 2) =>
    rails.every((rail) => {
      const width = railWidth(content, rail, sheet) / point / scale
      return rail.levels.every(({ title }) =>
        keepsLines(fonts, lineText(title), size, { width, least: stacks ? 14 : 22, lines }),
      )
    })
  const rungs = stacks
    ? content.blocks.reduce((sum, block) => sum + block.rungs, 0) / stacks
    : content.blocks.reduce((most, block) => Math.max(most, block.rungs), 1)
  const between = ((sheet.height / scale / point) * 0.75) / rungs
  const roomy = stacks
    ? [40, 36, 32]
    : names === 'large' || content.depth === 'map' || content.depth === 'levels'
      ? [72, 64, 56, 48]
      : []
  const far =
    roomy.find((size) => size * (stacks ? 1.6 : 3) <= between && fits(size, 1)) ??
    // Names of two lines leave less room to sentences, but are larger on the map alone.
    (stacks || content.depth === 'levels'
      ? undefined
      : roomy.find((size) => size * 4 <= between && fits(size)))
  const usual = stacks ? [28, 24, 22, 20, 18, 16] : [40, 36, 32, 28, 24]
  const size = far ?? usual.find((candidate) => fits(candidate)) ?? (stacks ? 14 : 22)
  return names === 'small' ? Math.min(smallName, size) : size
}

/** How large the names of levels are: less where more is said in their stead, more where a poster would be half empty. */
export type PosterNames = 'small' | 'usual' | 'large'

/** At A1: statements of a size (pt) that only large names allow are larger than this. */
export function largestUsual(depth?: PosterDepth): number {
  return depth === 'levels' ? 32 : 22
}

/** In pt: what is said of levels stays well below their names where it is as large as they allow. */
export function largestBelowNames(
  fonts: FontSet,
  content: PosterContent,
  sheet: Sheet,
  names: PosterNames,
): number {
  if (content.depth !== 'levels' && names !== 'large') return Infinity
  return Math.max(18, 0.6 * nameSizeFor(fonts, content, sheet, names)) * posterScale(sheet)
}

/** Level names in pt at A1 where more is said in their stead. */
const smallName = 28

/** Names of tracks in pt at A1, at most and at least. */
export const labelSizes = { most: 24, least: 15 }

/**
 * Names of tracks in pt at A1: never as large as those of levels, half as large where these are to be read from afar, and
 * smaller where that keeps each on one line of its rail.
 */
export function labelSizeFor(fonts: FontSet, content: PosterContent, sheet: Sheet, nameSize: number): number {
  const most = Math.min(Math.max(labelSizes.most, nameSize / 2), Math.round(nameSize * 0.8))
  const rails = railsOf(content)
  for (let size = most; size >= labelSizes.least; size -= 1)
    if (rails.every((rail) => linesOfLabel(fonts, content, sheet, rail, size) === 1)) return size
  return most
}

/** A mark and a blank stand before the name. */
function linesOfLabel(
  fonts: FontSet,
  content: PosterContent,
  sheet: Sheet,
  rail: PosterRail,
  size: number,
): number {
  const width = railWidth(content, rail, sheet) / point / posterScale(sheet)
  return linesOf(fonts, lineText(rail.name), size, width - size, 'bold')
}

/** Where names of tracks stand over those of levels, because there is no room beside them. */
export interface LabelSlot {
  /** The rungs on which a name has no room. */
  readonly rungs: ReadonlySet<number>
  /** How many lines are kept for it, the same on all of them. */
  readonly lines: number
}

/** Names of levels keep one line along their rung, whether their track is named there or not. */
export function labelSlot(
  fonts: FontSet,
  content: PosterContent,
  sheet: Sheet,
  block: PosterBlock,
  nameSize: number,
): LabelSlot {
  const size = labelSizeFor(fonts, content, sheet, nameSize)
  const rungs = new Set<number>()
  for (const rail of block.rails) {
    const width = railWidth(content, rail, sheet) / point / posterScale(sheet)
    const label = widthOf(fonts, lineText(rail.name), size) + size
    for (const level of [rail.levels[0], rail.levels.at(-1)]) {
      if (!level) continue
      const words = [level.draft, level.title].flatMap((line) => (line === null ? [] : [lineText(line)]))
      const name = widthOf(fonts, words.join(' '), nameSize)
      if (name + 8 / point + label > width) rungs.add(level.rung)
    }
  }
  const lines = content.blocks.flatMap(({ rails }) =>
    rails.map((rail) => linesOfLabel(fonts, content, sheet, rail, size)),
  )
  return { rungs, lines: Math.max(1, ...lines) }
}

/** Letters of no known width are taken for square ones elsewhere; those of joined and of narrow scripts are not. */
function widthOf(fonts: FontSet, text: string, size: number): number {
  const narrow = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Devanagari}]/gu
  const count = text.match(narrow)?.length ?? 0
  return textWidth(fonts, text.replace(narrow, ''), size, 'bold') + count * size * 0.6
}
