import type { FontSet } from '../../load/font-set.ts'
import { lineText } from '../../markdown/line.ts'
import { point } from '../../plan/units.ts'
import { keepsLines, textWidth, widestWord } from '../fonts.ts'
import type { MapView } from '../map.ts'

/** What sheets have room for between their margins, in mm, from A4 on: there, titles have one size on all papers. */
const usualWidth = 170

/** The least that stands beside the map, in mm: about eight words of a sentence on two lines. */
const leastBeside = 60

/** How the title of a page is set, in pt, and where the map stands: across from it, under it, or below all words. */
export interface TitleSetting {
  readonly size: number
  readonly across: boolean
  readonly below: boolean
}

/**
 * Names stay on one line where that takes no less than 26 pt, else on two where they can, and their words whole: 30 pt,
 * down to 22 for the longest. A word that is too long beside the map goes across, over it. Where a sheet is too narrow for
 * a map beside words, it stands below them.
 *
 * @param map null in large print, where none stands beside the title
 * @param room between the margins, in mm
 */
export function titleOn(fonts: FontSet, title: string, map: MapView | null, room = usualWidth): TitleSetting {
  const width = Math.min(usualWidth, room)
  const beside = map ? width - 6 - mapWidth(fonts, map) : width
  const below = beside < Math.min(width, leastBeside)
  const isAlone = map === null || below
  // Titles are set a little tighter than letters stand by themselves.
  const column = {
    width: (isAlone ? width : Math.min(90, beside)) / point,
    word: ((isAlone ? width : beside) / point) * 1.03,
    least: 22,
  }
  const across = !isAlone && widestWord(fonts, title, 22, 'bold') > column.word
  const own = across ? { ...column, width: width / point, word: width / point } : column
  const keeping = (lines: number) => (size: number) =>
    keepsLines(fonts, title, size, { ...own, lines }) && keepsLoanwords(fonts, title, size, own.word)
  const size = [30, 29, 28, 27, 26].find(keeping(1)) ?? [30, 28, 26, 24, 22].find(keeping(2)) ?? 22
  return { size, across, below }
}

/** Words of kana, such as プリンシパルエンジニア. Lines may end within them, but then often a single sign is left over. */
const loanwords = /[\p{Script=Katakana}ー]{3,}/gu

/** Whether lines hold the loanwords of a Japanese title at a size; those that they do not hold at 22 pt do not count. */
function keepsLoanwords(fonts: FontSet, title: string, size: number, width: number): boolean {
  const isWhole = (word: string, at: number) => textWidth(fonts, word, at, 'bold') <= width
  return (title.match(loanwords) ?? []).every((word) => isWhole(word, size) || !isWhole(word, 22))
}

/** Names of levels over which those of tracks stand leave them so much room, in mm. */
const headWidth = 28

/** About how wide the small map is, in mm: its names, its marks and the lines between them. */
function mapWidth(fonts: FontSet, { blocks }: MapView): number {
  const widths = blocks.map(({ levels, width, heads }) => {
    const names = new Map<number, number>()
    for (const { nameColumn, title } of levels) {
      if (nameColumn === null) continue
      const widthBy = (measured: typeof textWidth) =>
        measured(fonts, lineText(title), 7.5, 'bold') * point + 2.8
      const [line, word] = [widthBy(textWidth), widthBy(widestWord)]
      names.set(nameColumn, Math.max(names.get(nameColumn) ?? 0, Math.min(33, line), word))
    }
    const least = heads.length > 0 ? headWidth : 0
    return [...names.values()].reduce((sum, own) => sum + Math.max(least, own), width * 2.6 + (width - 1) * 7)
  })
  return Math.min(78, Math.max(0, ...widths))
}
