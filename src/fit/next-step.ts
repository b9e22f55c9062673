import type { Sheet } from '../plan/paper.ts'
import { pixel, point } from '../plan/units.ts'
import { divisionsOf } from '../render/divided.ts'
import type { StepBand } from '../render/documents/next-step-bands.ts'
import type { StepColumn } from '../render/documents/next-step-cells.ts'
import {
  itemsOf,
  partsOf,
  withDivided,
  withoutExamples,
  type NextStepContent,
} from '../render/documents/next-step-content.ts'
import type { NextStepLayout, NextStepSheet } from '../render/documents/next-step-layout.ts'
import { nextStepMargins } from '../render/documents/next-step-widths.ts'
import { haveExamples, type StatementView } from '../render/statement-view.ts'
import { boxOf, heightBetween, heightOf, type Boxes } from './boxes.ts'
import { dividedWhereItHelps } from './divide.ts'
import type { Fitted, Room, TooHigh } from './fitted.ts'
import { grownBy, inLines, largestGrowth } from './growth.ts'
import { once } from './once.ts'
import { leastLast, type SheetRooms } from './paginate.ts'
import { flowRows, type MeasuredCell, type MeasuredRow, type PlacedRow, type RowFlow } from './row-flow.ts'
import { floorOf, settleSize, sizesBetween, type Trial } from './sizes.ts'

/** It is read as a one-pager is: 50 cm at the floor, 63 at the ceiling. */
export const nextStepSizes = sizesBetween(11.5, 9)

/** How far apart lines are, as a part of their size. */
const leading = 1.32

/** What can be chosen for a sheet, beside its size. */
export type StepVariant = Pick<NextStepLayout, 'examples' | 'widths' | 'divided'>

const even: StepVariant = { examples: true, widths: 'even' }
const byContent: StepVariant = { ...even, widths: 'by-content' }

/**
 * What can be done to a sheet before it takes a further one, in order: examples go last. Where a statement is higher than
 * a sheet by all of these, long ones are divided.
 */
function variantsOf(content: NextStepContent): readonly StepVariant[] {
  const ways = [even, byContent]
  return [
    ...ways,
    ...(hasExamples(content) ? ways.map((way) => ({ ...way, examples: false })) : []),
    ...divisionsOf(cellStatements(content)).flatMap((divided) => ways.map((way) => ({ ...way, divided }))),
  ]
}

/**
 * What a sheet says with its examples or, before it takes a further sheet, without them.
 *
 * @param locale of its text
 */
export function stepOf(
  content: NextStepContent,
  { examples, divided }: Pick<NextStepLayout, 'examples' | 'divided'>,
  locale: string,
): NextStepContent {
  const said = examples ? content : withoutExamples(content)
  return divided === undefined ? said : withDivided(said, { longest: divided, locale })
}

/**
 * Sets all next-step sheets of a ladder in one size: first the fewest sheets each needs at the floor, by the first
 * variant that reaches them; then the largest size at which all keep that number.
 *
 * @param locale of their text
 * @param measure lays out the galleys of all members in a variant and size (pt), and measures them
 * @returns by the ids of the members
 */
export async function fitNextSteps(
  members: readonly NextStepContent[],
  sheet: Sheet,
  locale: string,
  measure: (variant: StepVariant, size: number) => Promise<Boxes>,
): Promise<ReadonlyMap<string, Fitted<NextStepLayout>>> {
  const boxesAt = once(measure)
  const chosen = new Map<NextStepContent, StepVariant>()
  const variantOf = (content: NextStepContent) => chosen.get(content) ?? even
  const setAt = async (content: NextStepContent, variant: StepVariant, size: number) =>
    setSheet(stepOf(content, variant, locale), sheet, await boxesAt(variant, size))
  const floor = floorOf(nextStepSizes)
  const size = await settleSize(
    members,
    nextStepSizes,
    () => 1,
    async (content, candidate) => trialOf(await setAt(content, variantOf(content), candidate)),
    async (content) => {
      let fewest = Infinity
      for (const variant of variantsOf(content)) {
        if (variant.divided !== undefined && fewest < Infinity) break
        const { sheets } = trialOf(await setAt(content, variant, floor))
        if (sheets >= fewest) continue
        fewest = sheets
        chosen.set(content, variant)
        if (sheets === 1) break
      }
      const divisions = divisionsOf(cellStatements(content))
      const setAs = (variant: StepVariant) => setAt(content, variant, floor)
      chosen.set(content, await dividedWhereItHelps(variantOf(content), divisions, setAs))
      return fewest
    },
  )
  const fitted = new Map<string, Fitted<NextStepLayout>>()
  for (const content of members) {
    const variant = variantOf(content)
    const set = await setAt(content, variant, size)
    if ('tooHigh' in set) {
      fitted.set(content.id, set)
      continue
    }
    const roomsBy = async (other: StepVariant, at: number, by: typeof surpluses) => {
      const boxes = await boxesAt(other, at)
      return () => by(stepOf(content, other, locale), sheet, boxes, (at * leading * point) / pixel)
    }
    const goesOn = set.sheets.length > 1
    const rooms = await roomsBy(variant, goesOn ? floor : size, goesOn ? surpluses : roomsToGrow)
    // Without its examples, less would have to go.
    const mayBePlain = goesOn && variant.examples && hasExamples(content)
    const plain = mayBePlain ? await roomsBy({ ...variant, examples: false }, floor, surpluses) : rooms
    fitted.set(content.id, {
      layout: { ...variant, size, sheets: set.sheets, galley: false },
      pages: set.sheets.length,
      remedies: [
        ...(variant.widths === 'even' ? [] : ['columns-by-content']),
        ...(variant.examples ? [] : ['examples-left-out']),
        ...(variant.divided !== undefined ? ['statements-divided'] : []),
        ...(set.sheets.length > 1 ? ['further-sheets'] : []),
      ],
      fill: set.fill,
      rooms: () => leastOver(rooms(), plain()),
    })
  }
  return fitted
}

function cellStatements({ bands }: NextStepContent): StatementView[] {
  return partsOf(bands).flatMap(({ cell }) => cell.statements)
}

function hasExamples({ bands }: NextStepContent): boolean {
  return partsOf(bands).some(({ every, cell }) => haveExamples([...every, ...cell.statements]))
}

type SetSheet =
  | {
      readonly sheets: readonly NextStepSheet[]
      readonly fill: number
      readonly demand: number
      /** Whether one of several sheets is under a third full. */
      readonly isThin: boolean
    }
  | { readonly tooHigh: TooHigh }

function trialOf(set: SetSheet): Trial {
  return 'sheets' in set ? { sheets: set.sheets.length, demand: set.demand } : { sheets: Infinity, demand: 1 }
}

/** Divides one document over sheets, by the boxes of its galley. */
function setSheet(content: NextStepContent, sheet: Sheet, boxes: Boxes): SetSheet {
  const rooms = roomsOf(content, sheet, boxes)
  const rows = content.bands.map((band, index) => measuredBand(content, band, index, boxes))
  const usual = flowRows(rows, rooms)
  // The foot of the last sheet, with what stands only there, must not take room on the others.
  const extra = heightOf(boxes, `${content.id}|0/extra`)
  if (extra > 0 && rooms.further < 0) {
    const part = content.links.length > 0 ? 'addresses' : 'notice'
    return { tooHigh: { ref: `${content.heads[1].id}/title`, part, excess: -rooms.further * pixel } }
  }
  const flowed = 'tooHigh' in usual && extra > 0 ? withExtra(rows, rooms, extra) : usual
  if ('tooHigh' in flowed) {
    const { row, at, excess } = flowed.tooHigh
    return { tooHigh: { ref: refAt(content, row, at), excess: excess * pixel } }
  }
  const used = flowed.sheets.flat().reduce((sum, { height }) => sum + height, 0)
  const all = rooms.first + rooms.further * (flowed.sheets.length - 1)
  const isThin = (placed: readonly PlacedRow[], at: number) =>
    placed.reduce((sum, { height }) => sum + height, 0) < (at === 0 ? rooms.first : rooms.further) * leastLast
  return {
    sheets: flowed.sheets.map((placed) => placed.map(({ cut }) => cut)),
    fill: used / all,
    demand: used / rooms.first,
    isThin: flowed.sheets.length > 1 && flowed.sheets.some(isThin),
  }
}

function roomsOf({ id }: NextStepContent, sheet: Sheet, boxes: Boxes): SheetRooms {
  const roomOn = (page: 0 | 1) => {
    const head = boxOf(boxes, `${id}|${page}/head`)[1] - boxOf(boxes, `${id}|${page}`)[0]
    const foot = heightOf(boxes, `${id}|${page}/foot`)
    return heightBetween(sheet, nextStepMargins(sheet).bottom) - head - foot
  }
  return { first: roomOn(0), further: roomOn(1) }
}

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

/** Of the same rooms, reckoned in two ways, those in which less has to go. */
function leastOver(rooms: readonly Room[], others: readonly Room[]): Room[] {
  return rooms.map((room, at) => ({ ...room, free: Math.max(room.free, others[at]?.free ?? room.free) }))
}

/**
 * How much more each of two levels can say where the other stays as it is, before they take a further sheet: in what
 * only it says.
 *
 * @param line the height of a line of text, in px: words do not take part of one
 */
function roomsToGrow(content: NextStepContent, sheet: Sheet, boxes: Boxes, line: number): Room[] {
  const { first } = roomsOf(content, sheet, boxes)
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

/** How much of what each level says has to go so that they take one sheet: as much of each of its texts. */
function surpluses(content: NextStepContent, sheet: Sheet, boxes: Boxes, line: number): Room[] {
  const { first } = roomsOf(content, sheet, boxes)
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
  return content.bands.reduce((sum, band, index) => {
    const { around, cells } = measuredBand(content, band, index, boxes)
    return (
      sum + around + Math.max(...cells.map((cell, at) => cell.height(0, cell.statements) + more(index, at)))
    )
  }, 0)
}

/** Rows on sheets whose feet hold less, and a sheet more where the last then has no room for what stands in its own. */
function withExtra(rows: readonly MeasuredRow[], { first, further }: SheetRooms, extra: number): RowFlow {
  const flowed = flowRows(rows, { first: first + extra, further: further + extra })
  if ('tooHigh' in flowed) return flowed
  const last = flowed.sheets.at(-1) ?? []
  const used = last.reduce((sum, { height }) => sum + height, 0)
  return flowed.sheets.length > 1 && used <= further ? flowed : { sheets: [...flowed.sheets, []] }
}

function refAt(
  { bands, heads }: NextStepContent,
  row: number,
  at: { readonly column: number; readonly statement: number } | undefined,
): string {
  let left = at?.statement ?? 0
  for (const part of bands[row]?.columns[at?.column ?? 0]?.parts ?? []) {
    if (left < itemsOf(part)) return part.cell.statements[left]?.ref ?? part.cell.ref
    left -= itemsOf(part)
  }
  return `${heads[1].id}/title`
}

function measuredBand(content: NextStepContent, band: StepBand, index: number, boxes: Boxes): MeasuredRow {
  const key = `${content.id}|b${index}`
  // The head of a dimension that goes on stands over its first band.
  const begins = content.bands.findLastIndex(({ goesOn }, at) => at <= index && !goesOn)
  const head = heightOf(boxes, `${content.id}|b${begins}/head`)
  const headOn = heightOf(boxes, `${content.id}|c${begins}/head`)
  const height = heightOf(boxes, key)
  const cells = band.columns.map((column, at) => measuredColumn(column, at, `${key}/c${at}`, boxes))
  const around = height - Math.max(...cells.map((cell) => cell.height(0, cell.statements)))
  return {
    height: height + (band.goesOn ? 0 : head),
    around: around + (band.goesOn ? 0 : head),
    least: 0,
    ...(band.goesOn ? { again: headOn } : { aroundOn: around + headOn }),
    cells,
  }
}

/** A column as its galley shows it: cut between the items of its parts, whose heads are repeated. */
function measuredColumn({ parts }: StepColumn, column: number, key: string, boxes: Boxes): MeasuredCell {
  const items = parts.flatMap((part, index) => {
    const box = boxOf(boxes, `${key}/p${index}`)
    const count = itemsOf(part)
    const first = parts.slice(0, index).reduce((sum, other) => sum + itemsOf(other), 0)
    const head = part.name === null ? 0 : heightOf(boxes, `${key}/p${index}/head`)
    let label = 0
    return Array.from({ length: count }, (_, at) => {
      // A part without a statement, of which only what holds at every level is said, is an item as a whole.
      const own = count === 1 ? (boxes[`${key}/${first + at}`] ?? box) : boxOf(boxes, `${key}/${first + at}`)
      const above = boxes[`${key}/${first + at}/label`]
      if (above) label = own[0] - above[0]
      return {
        // What stands above the first item of a part stays with it, and what stands below the last.
        top: at === 0 ? box[0] : above ? above[0] : own[0],
        bottom: at === count - 1 ? box[1] : own[1],
        again: at === 0 ? 0 : head + (above ? 0 : label),
        begins: at === 0,
      }
    })
  })
  const top = boxOf(boxes, key)[0]
  return {
    column,
    statements: items.length,
    height(from, to) {
      const [start, end] = [items[from], items[to - 1]]
      if (!start || !end) return 0
      return end.bottom - (from === 0 ? top : start.top) + (from === 0 ? 0 : start.again)
    },
    ...(parts.length > 1 && { hasHead: (statement: number) => items[statement]?.begins === true }),
  }
}
