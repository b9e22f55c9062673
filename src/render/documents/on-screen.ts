import type { FontSet } from '../../load/font-set.ts'
import { lineText, type Line } from '../../markdown/line.ts'
import { plainText } from '../../markdown/prose.ts'
import { linesOf, widestWord } from '../text-widths.ts'
import type { MatrixContent } from './matrix-content.ts'
import { groupScale } from './matrix-heads.ts'
import type { PosterContent } from './poster-parts.ts'
import { railWeight } from './poster-widths.ts'

/** What has room on a screen that is narrower than the paper, in px. The sizes are those of the style sheets there. */

const statements = 15
const levelName = 20
/** Ten times the size of the type: narrower columns have two words to the line. */
const leastColumn = 10 * statements
/** A single word does not make its column wider than this; it is broken. */
const widestColumn = 20 * statements
/** Of a column of text, what the names of dimensions and of levels that are not described take; at least. */
const small = 0.6
const gap = 23
/** What the sheet leaves free at its sides, of the width of the window. */
const sides = 0.08

/** Lines of names and of what is said of levels that are not described, and what stands between levels, in px. */
const stub = { name: 15, nameLine: 19, text: 14, textLine: 19, between: 32 }

/** How a matrix shares the width of a screen, as parts of a column of text. */
export interface MatrixShares {
  readonly head: number
  readonly columns: readonly number[]
}

/** @param columns which of them stand on the sheet, by index */
export function matrixShares(
  content: MatrixContent,
  columns: readonly number[],
  fonts: FontSet,
): MatrixShares {
  const least = leastOf(content, columns, fonts)
  const share = (lines: readonly (Line | null)[], scale = 1) =>
    Math.min(1, Math.max(small, (wordIn(fonts, lines, statements * scale) + 1) / least))
  const isTold = content.rows.some(({ summary }) => summary !== null && lineText(summary).length > 100)
  return {
    head: isTold
      ? 1
      : Math.max(
          share(content.rows.map(({ name }) => name)),
          share(
            content.rows.map(({ group }) => group?.name ?? null),
            groupScale,
          ),
        ),
    columns: columns.map((index) => {
      const column = content.columns[index]
      return column?.kind === 'stub' ? share(column.heads.map(({ title }) => title)) : 1
    }),
  }
}

/**
 * About how much room below their names the texts of levels that are not described ask for, in px, where columns are as
 * narrow as they stand abreast: that of the column with most of them, 0 where there is none beside others.
 *
 * @param columns which of them stand on the sheet, by index
 */
export function matrixRunning(content: MatrixContent, columns: readonly number[], fonts: FontSet): number {
  if (columns.length < 2) return 0
  const least = leastOf(content, columns, fonts)
  const { columns: shares } = matrixShares(content, columns, fonts)
  const heights = columns.map((index, at) => {
    const column = content.columns[index]
    if (column?.kind !== 'stub') return 0
    const width = least * (shares[at] ?? 1)
    return column.heads.reduce((sum, { title, summary, standing }) => {
      const names = linesOf(fonts, lineText(title), stub.name, width, 'bold')
      const texts = [summary, ...standing].map((line) =>
        line === null ? 0 : linesOf(fonts, lineText(line), stub.text, width),
      )
      return (
        sum +
        stub.between +
        names * stub.nameLine +
        texts.reduce((all, lines) => all + lines, 0) * stub.textLine
      )
    }, 0)
  })
  return Math.ceil(Math.max(...heights))
}

/** How wide a window must be for all columns of a matrix to stand abreast, in px. */
export function matrixAbreast(
  content: MatrixContent,
  groups: readonly (readonly number[])[],
  fonts: FontSet,
): number {
  const hasHeads = content.rows.some(({ name }) => name !== null)
  return Math.max(
    ...groups.map((columns) => {
      const { head, columns: shares } = matrixShares(content, columns, fonts)
      const all = [...(hasHeads ? [head] : []), ...shares]
      const text = all.reduce((sum, share) => sum + share, 0) * leastOf(content, columns, fonts)
      return (text + (all.length - 1) * gap) / (1 - sides)
    }),
  )
}

/** How wide a column of text must be for its words to stay whole. */
function leastOf(content: MatrixContent, columns: readonly number[], fonts: FontSet): number {
  const members = columns.flatMap((index) => content.columns[index] ?? [])
  const names = members.flatMap(({ kind, heads }) => (kind === 'stub' ? [] : heads.map(({ title }) => title)))
  const said = content.rows.flatMap(({ cells }) =>
    columns.flatMap((index) => cells[index]?.statements ?? []).map(({ prose }) => plainText(prose)),
  )
  // Statements hang from a dash.
  const widest = Math.max(wordIn(fonts, names, levelName), wordIn(fonts, said, statements) + 1.1 * statements)
  return Math.min(widestColumn, Math.max(leastColumn, Math.ceil(widest)))
}

/** A browser breaks no line at a slash between letters, though widths of printed names count it as a break. */
function wordIn(fonts: FontSet, lines: readonly (Line | null)[], size: number): number {
  const words = lines.map((line) => (line === null ? '' : lineText(line).replaceAll('/', '|')))
  return Math.max(0, ...words.map((text) => widestWord(fonts, text, size, 'bold')))
}

/** A rail of a poster with its statements; with a sentence for each level; with names alone. */
const leastRail = { all: 320, levels: 220, map: 180 }
const besideRail = 32

/** How wide a window must be for all rails of a poster to stand abreast, in px. */
export function posterAbreast({ blocks, depth }: PosterContent): number {
  const weights = blocks.flatMap(({ rails }) => rails.map(railWeight))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return ((leastOfRails(depth) * total) / Math.min(...weights) + weights.length * besideRail) / (1 - sides)
}

/** Before the text of a rail stand its line and a little white; before the name of a track its mark and a blank. */
const beforeText = 14
const trackName = 17

/** How many lines the names of tracks take, at most, in rails as narrow as they stand abreast. */
export function railNameLines({ blocks, depth }: PosterContent, fonts: FontSet): number {
  const rails = blocks.flatMap((block) => block.rails)
  const least = leastOfRails(depth) / Math.min(...rails.map(railWeight))
  return Math.max(
    ...rails.map((rail) => {
      const width = least * railWeight(rail) - beforeText - trackName
      return linesOf(fonts, lineText(rail.name), trackName, width, 'bold')
    }),
  )
}

function leastOfRails(depth: PosterContent['depth']): number {
  return depth === 'levels' || depth === 'map' ? leastRail[depth] : leastRail.all
}

/** The widest word of a title as a multiple of its size, with a little to spare. */
export function titleWord(fonts: FontSet, title: Line): number {
  return Math.max(1, Math.ceil(widestWord(fonts, lineText(title), 1, 'bold') * 104) / 100)
}
