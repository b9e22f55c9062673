import type { FontSet } from '../../load/font-set.ts'
import { lineText } from '../../markdown/line.ts'
import { point } from '../../plan/units.ts'
import { widestWord } from '../text-widths.ts'
import type { OnePagerContent } from './one-pager-content.ts'
import { sideHead } from './one-pager-layout.ts'

/** What has room on a one-pager, by a table of widths: before there is a browser. */

/** Whether the names of all dimensions have room beside their text at a size, no word of them broken. */
export function headsFit(fonts: FontSet, { sections }: OnePagerContent, size: number): boolean {
  const width = sideHead / point
  return sections.every(
    ({ name }) => name === null || widestWord(fonts, lineText(name), size, 'bold') <= width,
  )
}
