import {
  hasNarrowRails,
  type PosterBlock,
  type PosterContent,
  type PosterLevel,
  type PosterRail,
} from './poster-parts.ts'

/** The levels that a rail opens from, with the indexes of their rails. */
export function originsOf(
  { rails }: PosterBlock,
  { opensFrom }: PosterRail,
): { readonly column: number; readonly level: PosterLevel }[] {
  return rails.flatMap(({ levels }, column) =>
    levels.filter(({ id }) => opensFrom.includes(id)).map((level) => ({ column, level })),
  )
}

/**
 * The last row, from the top, through which a rail runs: that of its lowest level, or the one above where it opens
 * from.
 */
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
  if (!block || others.length > 0 || hasNarrowRails(content)) return { title: null, above: null, notes: null }
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
