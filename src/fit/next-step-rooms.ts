import type { Sheet } from '../plan/paper.ts'
import { itemsOf, type NextStepContent } from '../render/documents/next-step-content.ts'
import type { Boxes } from './boxes.ts'
import type { Room } from './fitted.ts'
import { grownBy, inLines, largestGrowth } from './growth.ts'
import { measuredBands } from './next-step-heights.ts'
import { sheetRoomsOf } from './next-step-sheets.ts'

/** How much more, or less, the two levels of a step can say. */

/** What one of the levels says in a column of a band; in one that goes across, what both say, as the lower has it. */
interface BandText {
  readonly level: string
  /** In px. */
  readonly height: number
  readonly width: number
}

/** The statements of each column of each band, but those that hold at every level. */
function textsOf({ id, bands, heads }: NextStepContent, boxes: Boxes): BandText[][] {
  return bands.map(({ columns }, band) =>
    columns.map(({ parts }, column) => {
      const refs = parts.flatMap((part) => {
        const { statements } = part.cell
        return Array.from({ length: itemsOf(part) }, (_, item) => statements[item]?.ref)
      })
      const levels = heads.map(({ id: level }) => level)
      const levelOf = (ref: string | undefined) => levels.find((level) => ref?.startsWith(`${level}/`))
      const items = refs.flatMap((ref, item) => {
        const box = boxes[`${id}|b${band}/c${column}/${item}`]
        return box && levelOf(ref) !== undefined ? [box] : []
      })
      const height = items.reduce((sum, [top, bottom]) => sum + bottom - top, 0)
      return {
        level: levelOf(refs.find(levelOf)) ?? '',
        // The next one stands at a distance: of one line, about a quarter of it.
        height: height + (items.length > 0 ? height / (4 * items.length) : 0),
        width: Math.max(0, ...items.map(([, , left, right]) => right - left)),
      }
    }),
  )
}

/** In px²: columns may not be as wide as each other. */
function areaOf(texts: readonly (readonly BandText[])[], level: string): number {
  const own = texts.flat().filter((text) => text.level === level)
  return own.reduce((sum, { height, width }) => sum + height * width, 0)
}

/**
 * How much more each of two levels can say where the other stays as it is, before they take a further sheet: in what
 * only it says.
 *
 * @param line the height of a line of text, in px: words do not take part of one
 */
export function roomsToGrow(content: NextStepContent, sheet: Sheet, boxes: Boxes, line: number): Room[] {
  const { first } = sheetRoomsOf(content, sheet, boxes)
  const texts = textsOf(content, boxes)
  return content.heads.map(({ id }) => {
    const isOwn = (band: number, column: number) =>
      (texts[band]?.length ?? 0) > 1 && texts[band]?.[column]?.level === id
    const own = texts.flatMap((band, index) => band.filter((_, column) => isOwn(index, column)))
    const height = own.reduce((sum, text) => sum + text.height, 0)
    const growth = largestGrowth(
      (part) => {
        const more = (band: number, column: number) =>
          isOwn(band, column) ? grownBy(texts[band]?.[column]?.height ?? 0, part, line) : 0
        return heightWith(content, boxes, more) <= first
      },
      first / Math.max(1, height),
    )
    const width = Math.max(0, ...own.map((text) => text.width))
    return { ref: id, used: areaOf(texts, id), free: inLines(height * growth, line) * width }
  })
}

/**
 * How much of what each level says has to go so that they take one sheet: as much of each of its texts.
 *
 * @param line the height of a line of text, in px
 */
export function surpluses(content: NextStepContent, sheet: Sheet, boxes: Boxes, line: number): Room[] {
  const { first } = sheetRoomsOf(content, sheet, boxes)
  const texts = textsOf(content, boxes)
  const growth = largestGrowth((part) => {
    const more = (band: number, column: number) => grownBy(texts[band]?.[column]?.height ?? 0, part, line)
    return heightWith(content, boxes, more) <= first
  }, 0)
  return content.heads.map(({ id }) => {
    const used = areaOf(texts, id)
    return { ref: id, used, free: used * growth }
  })
}

/** How high all bands are where some of their columns say more, or less. */
function heightWith(
  content: NextStepContent,
  boxes: Boxes,
  more: (band: number, column: number) => number,
): number {
  return measuredBands(content, boxes).reduce(
    (sum, { around, cells }, index) =>
      sum + around + Math.max(...cells.map((cell, at) => cell.height(0, cell.statements) + more(index, at))),
    0,
  )
}
