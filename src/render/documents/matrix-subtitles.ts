import { joined, lineText, type Line } from '../../markdown/line.ts'
import type { Sheet } from '../../plan/paper.ts'
import { point } from '../../plan/units.ts'
import type { RenderContext } from '../context.ts'
import { textWidth } from '../text-widths.ts'
import { matrixRoom, matrixTitles } from './matrix-columns.ts'
import type { MatrixContent } from './matrix-content.ts'
import type { MatrixSheet } from './matrix-layout.ts'

/**
 * “2 of 3: Culture and leadership”. The names of dimensions stand there where on all sheets they fit one line, which is
 * what was measured; those of groups over their rows.
 *
 * @returns one for each sheet; null where there is but one
 */
export function subtitlesOf(
  { words, fonts }: RenderContext,
  sheet: Sheet,
  content: MatrixContent,
  sheets: readonly MatrixSheet[],
): readonly (Line | null)[] {
  if (sheets.length === 1) return [null]
  const width = matrixRoom(sheet)
  const ladder = Math.min(textWidth(fonts, lineText(content.ladder), 9) * point, width * 0.4)
  const title = textWidth(fonts, lineText(content.track.name), matrixTitles(sheet).title, 'bold') * point
  // The sign before the name, and what stands between all of them.
  const room = width - ladder - title - 10 - matrixTitles(sheet).title * point * 1.5
  const fits = (line: Line) => textWidth(fonts, lineText(line), 11) * point < room
  const lines = sheets.map(({ rows }, index) => {
    const page = words.say('pageOf', { page: index + 1, pages: sheets.length })
    const byText = new Map(
      rows.map(({ row }) => content.rows[row]?.name ?? '').map((name) => [lineText(name), name] as const),
    )
    const names = [...byText].flatMap(([text, name]) => (text === '' ? [] : [name]))
    const all = names.length === 0 || names.length === content.rows.length
    const ends = [names[0] ?? '', names.at(-1) ?? '']
    const ways = all ? [] : [joined(names, ' · '), ...(names.length < 3 ? [] : [joined(ends, ' – ')])]
    const named = ways.map((said) => joined([page, said], ': ')).find(fits)
    return { page, named: all ? page : named }
  })
  const areNamed = lines.every(({ named }) => named !== undefined)
  return lines.map(({ page, named = page }) => (areNamed ? named : page))
}
