import type { FontSet } from '../../load/font-set.ts'
import { lineText } from '../../markdown/line.ts'
import { plainText } from '../../markdown/prose.ts'
import type { Sheet } from '../../plan/paper.ts'
import { point } from '../../plan/units.ts'
import { keepsWords, textWidth, widestWord } from '../text-widths.ts'
import { ceilingOf } from '../type-sizes.ts'
import type { StepColumn } from './next-step-cells.ts'
import { titleWidth, type NextStepContent } from './next-step-content.ts'
import { nextStepSizes, type StepWidths } from './next-step-layout.ts'

/** All ink is inside what A4 and Letter share, which lies on its side where the sheet does. In mm. */
export function nextStepMargins({ orientation }: Sheet): {
  readonly top: number
  readonly bottom: number
  readonly binding: number
  readonly outer: number
} {
  return orientation === 'portrait'
    ? { top: 16, bottom: 16, binding: 20, outer: 13 }
    : { top: 16, bottom: 13, binding: 20, outer: 16 }
}

/** Of the column to write in, in mm. */
export const notesWidth = 60
/** Between columns, in mm. */
const gap = 6
/** No column is narrower than this share of both: some 36 characters on A4, at the floor of 9 pt. */
const leastShare = 0.36
/** In characters, what the last line of a statement leaves white, and the room under it. */
const perItem = 30
/** The smallest of names, in pt. */
const smallestName = 12
/** In em: how far names hang from their mark; as in the style sheet, at most. */
const hanging = 1.03

/**
 * How wide the column of the first level is, as a share of both: half, or by what is to be read, such that rows are as
 * low as can be. Words that have room in half of the width keep it.
 */
export function firstShare(
  fonts: FontSet,
  sheet: Sheet,
  content: NextStepContent,
  widths: StepWidths,
): number {
  if (widths === 'even') return 0.5
  const rows = content.bands.flatMap(({ columns: [from, to] }) =>
    from && to ? [[amountOf(from), amountOf(to)] as const] : [],
  )
  const height = (share: number) =>
    rows.reduce((sum, [from, to]) => sum + Math.max(from / share, to / (1 - share)), 0)
  const room = columnsWidth(sheet, content)
  const leastOf = (side: 0 | 1) => wordsOf(fonts, content, side, room / 2) / room
  const [from, to] = [leastOf(0), leastOf(1)]
  const shares = Array.from({ length: 15 }, (_, step) => leastShare + step / 50).filter(
    (share) => share >= from && 1 - share >= to,
  )
  return shares.reduce((best, share) => (height(share) < height(best) ? share : best), 0.5)
}

/** Names of levels in pt: 15, less where a word would be wider than its column. */
export function nameSizeFor(
  fonts: FontSet,
  sheet: Sheet,
  content: NextStepContent,
  widths: StepWidths,
): number {
  const room = columnsWidth(sheet, content)
  const first = firstShare(fonts, sheet, content, widths)
  const holds = (size: number) =>
    content.heads.every(({ title, mark }, side) => {
      const width = room * (side === 0 ? first : 1 - first)
      const indent = mark ? hanging : 0
      return keepsWords(fonts, lineText(title), size, { width, least: smallestName, indent })
    })
  return [15, 14, 13].find(holds) ?? smallestName
}

/** A stretch of a title. */
export interface TitlePart {
  readonly text: string
  /** Whether no line ends within it. */
  readonly isWhole: boolean
}

/**
 * A title in stretches, such that names which have room on a line stay on one: “From Vice President to Senior” would name
 * another level.
 *
 * @returns null where the title has room on one line, or words of it are in another language
 */
export function titleParts(
  fonts: FontSet,
  sheet: Sheet,
  { title, titleSize, heads }: NextStepContent,
): readonly TitlePart[] | null {
  const fits = (text: string) => textWidth(fonts, text, titleSize, 'bold') <= titleWidth(sheet.width)
  if (typeof title !== 'string' || fits(title)) return null
  let rest = title
  const parts = heads.flatMap((head): TitlePart[] => {
    const name = lineText(head.title)
    const at = rest.indexOf(name)
    if (at < 0 || !fits(name)) return []
    const before = rest.slice(0, at)
    rest = rest.slice(at + name.length)
    return [
      { text: before, isWhole: false },
      { text: name, isWhole: true },
    ]
  })
  return [...parts, { text: rest, isWhole: false }].filter(({ text }) => text !== '')
}

/** Of both columns, in pt. */
function columnsWidth(sheet: Sheet, { notes }: NextStepContent): number {
  return columnsRoom(sheet, notes !== null) / point
}

/** How wide both columns are together, in mm. @param notes whether a column to write in stands beside them */
export function columnsRoom(sheet: Sheet, notes: boolean): number {
  const { binding, outer } = nextStepMargins(sheet)
  return sheet.width - binding - outer - gap - (notes ? notesWidth + gap : 0)
}

/** About how much room a column asks for, in characters. */
function amountOf(column: StepColumn): number {
  return textsOf(column).reduce((sum, text) => sum + text.length + perItem, 0)
}

/** What the longest word of a column takes in pt, 0 where it is broken in half of the width, too. */
function wordsOf(fonts: FontSet, { heads, bands }: NextStepContent, side: 0 | 1, half: number): number {
  const texts = bands.flatMap(({ columns }) => {
    const own = columns.length === 2 ? columns[side] : undefined
    return own ? textsOf(own) : []
  })
  const { title, mark } = heads[side]
  const widths = [
    widestWord(fonts, lineText(title), smallestName, 'bold') + (mark ? hanging * smallestName : 0),
    // A word that has room at the largest size has it at every one.
    ...texts.map((text) => widestWord(fonts, text, ceilingOf(nextStepSizes))),
  ]
  return Math.max(0, ...widths.filter((width) => width <= half))
}

function textsOf({ parts }: StepColumn): string[] {
  return parts.flatMap(({ name, summary, intro, every, cell }) => [
    ...[name, summary, cell.summary, cell.empty].flatMap((line) => (line === null ? [] : [lineText(line)])),
    ...(intro ?? []).map(({ block }) => plainText([block])),
    ...[...every, ...cell.statements].flatMap(({ prose, examples }) => [prose, ...examples].map(plainText)),
  ])
}
