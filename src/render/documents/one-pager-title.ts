import type { FontSet } from '../../load/font-set.ts'
import { lineText } from '../../markdown/line.ts'
import { point } from '../../plan/units.ts'
import type { MapView } from '../map.ts'
import { keepsLines, textWidth, widestWord } from '../text-widths.ts'

/** What sheets have room for between their margins, in mm, from A4 on: there, titles have one size on all papers. */
const usualWidth = 170

/** The least that stands beside the map, in mm: about eight words of a sentence on two lines. */
export const leastBeside = 60

/** How the title of a page is set, in pt, and where the map stands: across from it, under it, or below all words. */
export interface TitleSetting {
  readonly size: number
  readonly across: boolean
  readonly below: boolean
  /**
   * Whether it stands on one line beside the map, and has room there on a screen too, where names on the map are
   * larger.
   */
  readonly oneLine: boolean
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
  const beside = map ? width - 6 - mapWidth(map, printedName(fonts, width)) : width
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
  const line = [30, 29, 28, 27, 26].find(keeping(1))
  const size = line ?? [30, 28, 26, 24, 22].find(keeping(2)) ?? 22
  const oneLine =
    map !== null &&
    line !== undefined &&
    !across &&
    !below &&
    textWidth(fonts, title, line, 'bold') * point <= width - gap - leastOnScreen(fonts, map)
  return { size, across, below, oneLine }
}

/** Words of kana, such as プリンシパルエンジニア. Lines may end within them, but then often a single sign is left over. */
const loanwords = /[\p{Script=Katakana}ー]{3,}/gu

/** Whether lines hold the loanwords of a Japanese title at a size; those that they do not hold at 22 pt do not count. */
function keepsLoanwords(fonts: FontSet, title: string, size: number, width: number): boolean {
  const isWhole = (word: string, at: number) => textWidth(fonts, word, at, 'bold') <= width
  return (title.match(loanwords) ?? []).every((word) => isWhole(word, size) || !isWhole(word, 22))
}

/** White at the sides of names on the map, and between the map and the words, in mm. */
const [besideName, gap] = [2.8, 8]
/** In pt: the smallest type on a screen that does not enlarge the sheet. */
const smallestOnScreen = 9

/** About how narrow the small map can become on a screen, in mm: its names broken between words. */
function leastOnScreen(fonts: FontSet, map: MapView): number {
  return mapWidth(map, (name) => widestWord(fonts, name, smallestOnScreen, 'bold') * point + besideName)
}

/**
 * The small map in mm, as one-pager.css has it: all of it at most, a name at most where there are several rails or one
 * (then no more than leaves room for words), a name at least where those of tracks stand over it, a mark, and the line
 * between two.
 */
export const smallMap = { most: 78, name: 33, singleName: 50, headedName: 28, mark: 2.6, line: 7 } as const

/** How wide a name stands, in mm. @param single whether it is of the only rail */
type NameWidth = (name: string, single: boolean) => number

/**
 * How wide names stand on paper: on a line where they have room, else broken between words.
 *
 * @param room between the margins, in mm
 */
function printedName(fonts: FontSet, room: number): NameWidth {
  const { name: usual, singleName, mark } = smallMap
  const most = Math.min(singleName, Math.max(usual, room - gap - mark - leastBeside))
  const widthBy = (measured: typeof textWidth, name: string) =>
    measured(fonts, name, 7.5, 'bold') * point + besideName
  return (name, single) =>
    Math.max(Math.min(single ? most : usual, widthBy(textWidth, name)), widthBy(widestWord, name))
}

/** About how wide the small map is, in mm: its names, its marks and the lines between them. */
function mapWidth({ blocks }: MapView, nameWidth: NameWidth): number {
  const { most, mark, line, headedName } = smallMap
  const widths = blocks.map(({ levels, width, heads, single }) => {
    const names = new Map<number, number>()
    for (const { nameColumn, title } of levels) {
      if (nameColumn === null) continue
      names.set(nameColumn, Math.max(names.get(nameColumn) ?? 0, nameWidth(lineText(title), single)))
    }
    const least = heads.length > 0 ? headedName : 0
    return [...names.values()].reduce(
      (sum, own) => sum + Math.max(least, own),
      width * mark + (width - 1) * line,
    )
  })
  return Math.min(most, Math.max(0, ...widths))
}
