import type { FontSet } from '../../load/font-set.ts'
import { lineText } from '../../markdown/line.ts'
import { point } from '../../plan/units.ts'
import { keepsLines, textWidth, widestWord } from '../fonts.ts'
import type { MapView } from '../map.ts'

/**
 * Names stay on one line where that takes no less than 26 pt, else on two where they can, and their words whole: 30 pt,
 * down to 22 for the longest. A word that is too long beside the map goes across, over it.
 *
 * @param map null in large print, where none stands beside the title
 */
export function titleOn(
  fonts: FontSet,
  title: string,
  map: MapView | null,
): { size: number; across: boolean } {
  const beside = map ? 164 - mapWidth(fonts, map) : 170
  // Titles are set a little tighter than letters stand by themselves.
  const column = {
    width: (map ? Math.min(90, beside) : 170) / point,
    word: (beside / point) * 1.03,
    least: 22,
  }
  const across = map !== null && widestWord(fonts, title, 22, 'bold') > column.word
  const own = across ? { ...column, width: 170 / point, word: 170 / point } : column
  const keeping = (lines: number) => (size: number) => keepsLines(fonts, title, size, { ...own, lines })
  const size = [30, 29, 28, 27, 26].find(keeping(1)) ?? [30, 28, 26, 24, 22].find(keeping(2)) ?? 22
  return { size, across }
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
