import type { FontSet } from '../../load/font-set.ts'
import { lineText } from '../../markdown/line.ts'
import type { Sheet } from '../../plan/paper.ts'
import { keepsLines, linesOf, textWidth } from '../fonts.ts'
import type { PosterBlock, PosterContent, PosterLevel, PosterRail } from './poster-content.ts'

/** The table of roles holds for A1; other sheets take it in proportion to their area's root. */
export function posterScale(sheet: Sheet): number {
  return Math.sqrt((sheet.width * sheet.height) / (594 * 841))
}

export const posterMargin = 18

/** Lengths in mm to pt. */
const points = 72 / 25.4

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
  const rails = content.blocks.flatMap((block) => block.rails).slice(0, above ?? 0)
  const own = rails.reduce((sum, rail) => sum + railWidth(content, rail, sheet), (rails.length - 1) * 13)
  const column = {
    width: (above === null ? 540 : 300) * points,
    word: (above === null ? 540 : own / posterScale(sheet)) * points,
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
  const rails = content.blocks.flatMap((block) => block.rails)
  const fits = (size: number, lines = 2) =>
    rails.every((rail) => {
      const width = (railWidth(content, rail, sheet) * points) / scale
      return rail.levels.every(({ title }) =>
        keepsLines(fonts, lineText(title), size, { width, least: stacks ? 14 : 22, lines }),
      )
    })
  const rungs = stacks
    ? content.blocks.reduce((sum, block) => sum + block.rungs, 0) / stacks
    : content.blocks.reduce((most, block) => Math.max(most, block.rungs), 1)
  const between = ((sheet.height / scale) * points * 0.75) / rungs
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
const labelSizes = { most: 24, least: 15 }

/**
 * Names of tracks in pt at A1: never as large as those of levels, half as large where these are to be read from afar, and
 * smaller where that keeps each on one line of its rail.
 */
export function labelSizeFor(fonts: FontSet, content: PosterContent, sheet: Sheet, nameSize: number): number {
  const most = Math.min(Math.max(labelSizes.most, nameSize / 2), Math.round(nameSize * 0.8))
  const rails = content.blocks.flatMap((block) => block.rails)
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
  const width = (railWidth(content, rail, sheet) * points) / posterScale(sheet)
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
    const width = (railWidth(content, rail, sheet) * points) / posterScale(sheet)
    const label = widthOf(fonts, lineText(rail.name), size) + size
    for (const level of [rail.levels[0], rail.levels.at(-1)]) {
      if (!level) continue
      const words = [level.draft, level.title].flatMap((line) => (line === null ? [] : [lineText(line)]))
      const name = widthOf(fonts, words.join(' '), nameSize)
      if (name + 8 * points + label > width) rungs.add(level.rung)
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

/** Rails take width by what stands abreast in them, unless seams ask for something else. */
export function railWeight({ share, dimensions }: PosterRail): number {
  return share ?? Math.max(2, dimensions)
}

/** A rail that becomes narrower or wider by more than this would look like a mistake. */
const leastScale = 0.7

/** How much of its usual width the left half of the rails may take, where that puts a seam into a gutter. */
const tilts = [0.72, 0.74, 0.76, 0.78, 0.8, 0.83, 0.86, 0.89, 0.92, 0.95, 0.98, 1.05, 1.1, 1.15, 1.2]

/**
 * Ways to share the width of a poster that is put together from sheets: the usual one, one in which rails end where the
 * seams run, and some between, for the gutters inside the rails. None takes more than a little from any rail.
 *
 * @param columns how many sheets lie beside each other
 * @returns shares, rail by rail
 */
export function sharesFor(content: PosterContent, columns: number): (readonly number[])[] {
  const weights = content.blocks.flatMap(({ rails }) => rails.map(railWeight))
  if (columns === 1 || weights.length === 1) return [weights]
  const half = Math.floor(weights.length / 2)
  const sum = (some: readonly number[]) => some.reduce((all, weight) => all + weight, 0)
  const [left, right] = [sum(weights.slice(0, half)), sum(weights.slice(half))]
  const tilted = tilts.flatMap((tilt) => {
    const other = (left + right - left * tilt) / right
    if (other < leastScale || other > 1 / leastScale) return []
    return [weights.map((weight, index) => weight * (index < half ? tilt : other))]
  })
  return [weights, ...betweenSeams(weights, columns), ...tilted]
}

function betweenSeams(weights: readonly number[], columns: number): number[][] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const endOf = (count: number) => weights.slice(0, count).reduce((sum, weight) => sum + weight, 0) / total
  const shares: number[] = []
  for (let column = 0, from = 0; column < columns; column += 1) {
    // The rails whose ends come nearest to the next seam.
    const seam = (column + 1) / columns
    const left = columns - column - 1
    let to = left === 0 ? weights.length : from + 1
    while (to < weights.length - left && Math.abs(endOf(to + 1) - seam) < Math.abs(endOf(to) - seam)) to += 1
    const own = weights.slice(from, to)
    const scale = total / columns / own.reduce((sum, weight) => sum + weight, 0)
    if (own.length === 0 || scale < leastScale || scale > 1 / leastScale) return []
    shares.push(...own.map((weight) => weight * scale))
    from = to
  }
  return [shares]
}

/** A poster whose rails share its width in a way of their own. */
export function withShares(content: PosterContent, shares: readonly number[]): PosterContent {
  let next = 0
  return {
    ...content,
    blocks: content.blocks.map((block) => ({
      ...block,
      rails: block.rails.map((rail) => ({ ...rail, share: shares[next++] ?? railWeight(rail) })),
    })),
  }
}

/** The width of a rail's text in mm. */
export function railWidth(content: PosterContent, rail: PosterRail, sheet: Sheet): number {
  const stacks = stacksOf(content, sheet)
  if (stacks === null) return widthAbreast(content.blocks, rail, sheet, sheet.width - 2 * posterMargin)
  const block = content.blocks.filter(({ rails }) => rails.includes(rail))
  const scale = posterScale(sheet)
  const column = (sheet.width - 2 * posterMargin - (stacks - 1) * stackGap * scale) / stacks
  return widthAbreast(block, rail, sheet, column)
}

/** Between rails stand 13 mm, between unjoined blocks 24, and 8 between a rail and its text. */
function widthAbreast(blocks: readonly PosterBlock[], rail: PosterRail, sheet: Sheet, width: number): number {
  const rails = blocks.flatMap((block) => block.rails)
  const total = rails.reduce((sum, other) => sum + railWeight(other), 0)
  const gaps = (rails.length - blocks.length) * 13 + (blocks.length - 1) * 24 + rails.length * 8
  return ((width - gaps * posterScale(sheet)) * railWeight(rail)) / total
}

/** In mm at A1: a rail narrower than that holds no name, a column of blocks is about as wide as the other, between them is this. */
const leastRail = 45
const stackWidth = 70
const stackGap = 12
/** In mm at A1: how high a rung of a large name is, what a block has around its rungs, and a sheet around its columns. */
const largeRung = 21
const aroundBlock = 22
const aroundStacks = 150

/**
 * Tracks that nothing joins stand side by side. Where they are too many for that, they stand in columns, one below the
 * other.
 *
 * @returns how many columns, or null where all have room beside each other
 */
export function stacksOf({ blocks, depth }: PosterContent, sheet: Sheet): number | null {
  if (blocks.length < 4 || depth !== 'map') return null
  const scale = posterScale(sheet)
  const width = sheet.width - 2 * posterMargin
  const narrowest = Math.min(
    ...blocks.flatMap(({ rails }) => rails.map((rail) => widthAbreast(blocks, rail, sheet, width))),
  )
  if (narrowest >= leastRail * scale) return null
  const most = Math.max(2, Math.floor((width / scale + stackGap) / (stackWidth + stackGap)))
  // Few levels stand in few columns, and in large names.
  const high = blocks.reduce((sum, { rungs }) => sum + rungs * largeRung + aroundBlock, 0)
  return Math.min(most, Math.max(2, Math.ceil(high / (sheet.height / scale - aroundStacks))))
}

/** The levels that a rail opens from, with the indexes of their rails. */
export function originsOf(
  { rails }: PosterBlock,
  { opensFrom }: PosterRail,
): { readonly column: number; readonly level: PosterLevel }[] {
  return rails.flatMap(({ levels }, column) =>
    levels.filter(({ id }) => opensFrom.includes(id)).map((level) => ({ column, level })),
  )
}

/** The last row, from the top, through which a rail runs: that of its lowest level, or the one above where it opens from. */
export function footOf(block: PosterBlock, rail: PosterRail): number {
  const rungs = rail.levels.map(({ rung }) => rung)
  const origins = originsOf(block, rail).map(({ level }) => level.rung + 1)
  return block.rungs - Math.min(...rungs, ...origins) + 1
}

/** Where the title and the introductions stand: in a void of the grid, or null for a band of their own. */
export function placesOf(content: PosterContent): {
  title: string | null
  /** How many rails the title stands above. */
  above: number | null
  notes: string | null
} {
  const [block, ...others] = content.blocks
  if (!block || others.length > 0 || block.rails.length > 3) return { title: null, above: null, notes: null }
  const tops = block.rails.map(({ levels }) => block.rungs - Math.max(...levels.map(({ rung }) => rung)) + 1)
  const bottoms = block.rails.map((rail) => footOf(block, rail))
  // The title takes the rows above the first rails, if they begin lower than the last.
  const left = tops.findIndex((top) => top === 1)
  const titleRows = left > 0 ? Math.min(...tops.slice(0, left)) : 1
  // The introductions take the rows below the last rails, if the first reach lower.
  const right = bottoms.findLastIndex((bottom) => bottom === block.rungs)
  const notesRow = right < bottoms.length - 1 ? Math.max(...bottoms.slice(right + 1)) + 1 : block.rungs + 1
  const inVoid = left > 0 && titleRows > 1
  return {
    above: inVoid ? left : null,
    title: inVoid ? `1 / 1 / ${titleRows} / ${left + 1}` : null,
    notes: notesRow <= block.rungs ? `${notesRow} / ${right + 2} / ${block.rungs + 1} / -1` : null,
  }
}
