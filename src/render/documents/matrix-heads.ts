import type { FontSet } from '../../load/font-set.ts'
import { lineText, type Line } from '../../markdown/line.ts'
import { point } from '../../plan/units.ts'
import type { Grouped } from '../groups.ts'
import { widestWord } from '../text-widths.ts'
import { ceilingOf, floorOf } from '../type-sizes.ts'
import { matrixSizes } from './matrix-layout.ts'

/** How wide the column of dimension names is, in mm. */
export const headNames = { narrow: 28, wide: 32 }
/** A word of a name makes it wider up to here, in mm. */
export const widestHead = { narrow: 45, wide: 56 }

/** How much larger the name of a group is than those of its dimensions, as in matrix.css. */
export const groupScale = 1.15

/** A row of a matrix, as it is called. */
interface Named extends Pick<Grouped, 'group'> {
  readonly name: Line | null
}

/**
 * What the longest word of the names of dimensions takes at the largest size, in mm; undefined where it has room. Words
 * that are broken anyway, even at the smallest, do not count.
 */
export function headWordOf(fonts: FontSet, rows: readonly Named[]): number | undefined {
  const wordIn = (name: Line, size: number) => widestWord(fonts, lineText(name), size, 'bold') * point
  const names = rows.flatMap(({ name, group }) => [
    ...(name === null ? [] : [{ name, scale: 1 }]),
    ...(group ? [{ name: group.name, scale: groupScale }] : []),
  ])
  const words = names
    .filter(({ name, scale }) => wordIn(name, floorOf(matrixSizes) * scale) <= widestHead.wide)
    .map(({ name, scale }) => wordIn(name, ceilingOf(matrixSizes) * scale))
  const width = Math.ceil(Math.max(0, ...words))
  return width > headNames.narrow ? width : undefined
}
