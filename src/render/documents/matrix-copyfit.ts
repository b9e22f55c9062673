import { lineText, type Line } from '../../markdown/line.ts'
import { plainText, type Prose } from '../../markdown/prose.ts'
import { point } from '../../plan/units.ts'
import type { StatementView } from '../statement-view.ts'
import type { MatrixColumn, MatrixContent } from './matrix-content.ts'
import type { Amount, ColumnAmounts } from './matrix-lowest-rows.ts'

/** How high text of a matrix is at the floor, about, by how long it is: before there is a browser. In mm. */

/** What a letter takes, about, and a line; what stands around a row. A summary is smaller. */
const atFloor = { letter: 1.65, line: 4.2, between: 0.9, around: 6, small: 0.88 }

/** What stands beside the items of a list, and the dash from which a statement hangs. */
const indent = 4

/** The narrowest column of text among several in a cell. */
export const leastText = 70

/** How wide things are in a matrix whose columns share its sheet equally. */
interface EqualWidths {
  /** Of the names of dimensions. */
  readonly head: number
  /** Of each text column. */
  readonly text: number
  /** How many of them a cell has. */
  readonly texts: number
}

/** How high all rows are together. */
export function rowsHeight({ rows, columns }: MatrixContent, { head, text, texts }: EqualWidths): number {
  const { line, around, small } = atFloor
  const told = (words: Line | null) =>
    words === null ? 0 : linesAtFloor(lineText(words), head / small) * line * small
  const heights = rows.map(({ group, summary, every, cells }) => {
    // What is asked at every level stands across the columns, in text columns of its own.
    const asked = every.length > 0 ? line * 2 + listHeight(every, leastText) / Math.max(1, columns.length) : 0
    const names = told(group?.name ?? null) + told(group?.summary ?? null) + line + told(summary)
    const said = cells.map(
      (cell) => (listHeight(cell?.statements ?? [], text) + (cell?.summary ? line : 0)) / texts,
    )
    return Math.max(names, asked + Math.max(...said)) + around
  })
  return heights.reduce((sum, height) => sum + height, 0)
}

/** How high statements are one under the other, with their examples, in a column of a width. */
export function listHeight(statements: readonly StatementView[], width: number): number {
  const { line, between } = atFloor
  const hanging = (text: Prose) => linesAtFloor(plainText(text), width - indent) * line + between
  return statements
    .flatMap(({ prose, examples }) => [prose, ...examples])
    .reduce((sum, text) => sum + hanging(text), 0)
}

/** Of the text over columns, in pt, and how far apart its lines are, as a part of that. */
interface HeadSizes {
  readonly name: number
  readonly summary: number
}
const inHead = { standing: 9, leading: 1.3, tight: 1.12 }

/** What stands in a column, but for how wide it may be. */
export function amountsOf(
  { rows, columns }: MatrixContent,
  index: number,
  sizes: HeadSizes,
): Omit<ColumnAmounts, 'least' | 'most'> {
  const { heads = [], note = null } = columns[index] ?? ({} as Partial<MatrixColumn>)
  const { leading, tight } = inHead
  const head = heads.flatMap(({ title, summary, standing }) => [
    amountOf(lineText(title), lineIn(sizes.name, tight)),
    ...(summary === null ? [] : [amountOf(lineText(summary), lineIn(sizes.summary, leading))]),
    ...standing.map((line) => amountOf(lineText(line), lineIn(inHead.standing, leading))),
  ])
  return {
    head: sumOf(head),
    rows: rows.map(({ cells }) => {
      const { summary = null, statements = [] } = cells[index] ?? {}
      const items = statements.flatMap(({ prose, examples }) => [prose, ...examples])
      return sumOf([
        ...(summary === null ? [] : [amountOf(lineText(summary), atFloor)]),
        ...items.map((prose) => amountOf(plainText(prose), atFloor)),
      ])
    }),
    note: note && amountOf(plainText(note), atFloor),
  }
}

/** What a letter and a line take in mm, of a size in pt. */
function lineIn(size: number, leading: number): { readonly letter: number; readonly line: number } {
  return { letter: (atFloor.letter * size) / 9, line: size * point * leading }
}

/** What the longest word of a column takes, about, in mm, with the dash before it: some letters are wider than most. */
export function longestWord({ rows }: MatrixContent, index: number): number {
  const items = rows.flatMap(({ cells }) =>
    (cells[index]?.statements ?? []).flatMap(({ prose, examples }) => [prose, ...examples]),
  )
  const words = items.flatMap((prose) => plainText(prose).match(unbroken) ?? [])
  return Math.max(0, ...words.map((word) => word.length)) * atFloor.letter * 1.1 + indent
}

/** Letters between which no line may end. Scripts without blanks have none. */
const unbroken =
  /(?:(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar})[\p{L}\p{M}\p{N}])+/gu

/** The last line is half empty, about. */
function amountOf(
  text: string,
  { letter, line }: { readonly letter: number; readonly line: number },
): Amount {
  return { area: letters(text) * letter * line, lines: line / 2 + atFloor.between }
}

function sumOf(amounts: readonly Amount[]): Amount {
  return amounts.reduce((all, { area, lines }) => ({ area: all.area + area, lines: all.lines + lines }), {
    area: 0,
    lines: 0,
  })
}

/** How high a text is that stands whole in a column of a width: its paragraphs, and the items of its lists. */
export function proseHeight(prose: Prose, width: number): number {
  const { line, between } = atFloor
  return prose.reduce(
    (sum, block) =>
      block.kind === 'paragraph'
        ? sum + linesAtFloor(plainText([block]), width) * line + between
        : sum + block.items.reduce((all, item) => all + proseHeight(item, width - indent), 0),
    0,
  )
}

function linesAtFloor(text: string, width: number): number {
  return Math.ceil((letters(text) * atFloor.letter) / width)
}

/** Han and the like are twice as wide as other letters. */
function letters(text: string): number {
  return text.length + (text.match(/[\u2E80-\uFFDC]/gu)?.length ?? 0)
}
