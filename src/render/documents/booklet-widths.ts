import type { FontSet } from '../../load/font-set.ts'
import { lineText, type Line } from '../../markdown/line.ts'
import { point } from '../../plan/units.ts'
import { keepsLines, linesOf, widestWord } from '../text-widths.ts'
import { besideTitle, sideHead, titleMeasure } from './booklet-layout.ts'

/** What has room on a page of the booklet, by a table of widths: before there is a browser. */

/** In pt: of the title on the cover, and of names over chapters. */
const coverSizes = [30, 26, 23, 20]
const titleSizes = [20, 18, 16, 15]

/** The title on the cover, in pt, on three lines where it can be: 30 pt, down to 20 for the longest. */
export function coverSizeFor(fonts: FontSet, title: string): number {
  const width = titleMeasure / point
  return coverSizes.find((size) => linesOf(fonts, title, size, width, 'bold') <= 3) ?? 20
}

/** Names over chapters, in pt: on two lines where they can be, and their words whole; 20 pt, down to 15 for the longest. */
export function titleSizeFor(fonts: FontSet, title: Line): number {
  const column = { width: titleMeasure / point, least: 15, lines: 2 }
  return titleSizes.find((size) => keepsLines(fonts, lineText(title), size, column)) ?? 15
}

/**
 * The size of a title on its page, in pt: what the booklet says for A5, on a narrower page less where its lines or words
 * ask for it. The booklet says the same on all papers, so that its stamp is the same.
 *
 * @param lines how many it may take
 * @param room between the margins of the page, in mm
 */
export function titleSizeOn(
  fonts: FontSet,
  { title, titleSize: size }: { readonly title: Line; readonly titleSize: number },
  lines: number,
  room: number,
): number {
  const measure = room - besideTitle
  if (measure >= titleMeasure) return size
  // A word may have all of the line: titles are set a little tighter than letters stand by themselves.
  const column = { width: measure / point, word: room / point, least: 15, lines }
  return (
    [...coverSizes, ...titleSizes]
      .filter((smaller) => smaller <= size)
      .find((smaller) => keepsLines(fonts, lineText(title), smaller, column)) ?? 15
  )
}

/** Whether names beside what is asked have room at a size, no word of them broken. */
export function headsFit(fonts: FontSet, names: readonly Line[], size: number): boolean {
  const width = sideHead / point
  return names.every((name) => widestWord(fonts, lineText(name), size, 'bold') <= width)
}
