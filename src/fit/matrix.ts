import { turn, type Sheet } from '../plan/paper.ts'
import type { Unchanged } from '../plan/press.ts'
import { pixel } from '../plan/units.ts'
import {
  columnGroups,
  everyAcross,
  furtherColumns,
  meanColumn,
  textColumns,
} from '../render/documents/matrix-columns.ts'
import {
  withoutExamples,
  withoutRepeated,
  withoutSummaries,
  type MatrixContent,
} from '../render/documents/matrix-content.ts'
import { matrixMargins, type MatrixLayout, type MatrixSheet } from '../render/documents/matrix-layout.ts'
import { boxOf, heightOf, type Box, type Boxes } from './boxes.ts'
import type { Fitted, Room, TooHigh } from './fitted.ts'
import { flowRows, type MeasuredCell, type MeasuredRow, type PlacedRow } from './matrix-rows.ts'
import { settleSize, sizesBetween, type Trial } from './sizes.ts'

/** Two people lean over it: 50 cm at the floor. */
export const matrixSizes = sizesBetween(11.5, 9)

/** What can be done to a matrix before it takes further sheets. */
export type MatrixVariant = Pick<MatrixLayout, 'turned' | 'examples' | 'summaries' | 'repeated'>

/** All of it, as its kind lies. */
export const wholeMatrix: MatrixVariant = { turned: false, examples: true, summaries: true, repeated: true }

/** Sheets of whole rows that are two fifths white, together, are not worth having: rows are divided then. */
const leastFull = 3 / 5

/** A turned sheet has narrower columns; under 48 mm (30 characters at the floor) they read worse than two sheets. */
const leastTurnedColumn = 48

/** The sheet turned, then without examples, summaries of dimensions, and what the column before says too. */
function variantsOf(
  content: MatrixContent,
  sheet: Sheet,
  { turns, unchanged }: MatrixChoices,
): readonly MatrixVariant[] {
  const cells = content.rows.flatMap((row) => row.cells)
  const over = turn(sheet)
  const mayTurn =
    turns &&
    columnGroups(content, over).length <= columnGroups(content, sheet).length &&
    meanColumn(content, over) >= leastTurnedColumn
  const lyings = mayTurn ? [false, true] : [false]
  const hasExamples = [
    ...cells.flatMap((cell) => cell?.statements ?? []),
    ...content.rows.flatMap(({ every }) => every),
  ].some(({ examples }) => examples.length > 0)
  const hasRepeated = unchanged === 'if-room' && cells.some((cell) => cell?.repeats !== undefined)
  const hasSummaries = content.rows.some(({ summary, group }) => summary ?? group?.summary)
  const bareMatrix = { ...wholeMatrix, examples: !hasExamples }
  const brief = hasSummaries ? [{ ...bareMatrix, summaries: false }] : []
  const texts = [
    wholeMatrix,
    ...(hasExamples ? [bareMatrix] : []),
    ...brief,
    ...(hasRepeated ? [bareMatrix, ...brief].map((text) => ({ ...text, repeated: false })) : []),
  ]
  return texts.flatMap((text) => lyings.map((turnedOver) => ({ ...text, turned: turnedOver })))
}

/** What a matrix of a variant says. */
export function matrixOf(
  content: MatrixContent,
  { examples, summaries, repeated }: Pick<MatrixVariant, 'examples' | 'summaries' | 'repeated'>,
): MatrixContent {
  const bare = examples ? content : withoutExamples(content)
  const said = summaries ? bare : withoutSummaries(bare)
  return repeated ? said : withoutRepeated(said)
}

export interface MatrixChoices {
  /** Whether the sheet may lie the other way. */
  readonly turns: boolean
  readonly unchanged: Unchanged
}

/**
 * Sets all matrices of a ladder in one size: first the fewest sheets each needs at the floor, by the first variant that
 * reaches them; then the largest size at which all keep that number. Sheets are cut between dimensions.
 *
 * @param measure lays out the galleys of all members in a variant and size (pt), and measures them: as they stand on their
 *   first sheets, or on further ones
 */
export async function fitMatrices(
  members: readonly MatrixContent[],
  sheet: Sheet,
  choices: MatrixChoices,
  measure: (variant: MatrixVariant, size: number, further: boolean) => Promise<Boxes>,
): Promise<ReadonlyMap<string, Fitted<MatrixLayout>>> {
  const cache = new Map<string, Boxes>()
  // What is to stand on its first sheets is not looked at on further ones.
  const goOn = new Set<MatrixContent>()
  const setAt = async (content: MatrixContent, variant: MatrixVariant, size: number) => {
    const boxesOf = async (further: boolean) => {
      const key = JSON.stringify([variant, further, size])
      const boxes = cache.get(key) ?? (await measure(variant, size, further))
      cache.set(key, boxes)
      return boxes
    }
    const said = matrixOf(content, variant)
    const lying = variant.turned ? turn(sheet) : sheet
    const groups = columnGroups(said, lying)
    const boxes = await boxesOf(false)
    const set = setMatrix(said, lying, boxes)
    const isOver = !('sheets' in set) || set.sheets.length > groups.length
    const widens = groups.some((columns) => furtherColumns(said, columns).length < columns.length)
    return goOn.has(content) && isOver && widens
      ? setMatrix(said, lying, { ...boxes, ...(await boxesOf(true)) })
      : set
  }
  const floor = matrixSizes.at(-1) ?? 9
  const chosen = new Map(members.map((content) => [content, wholeMatrix]))
  const variantOf = (content: MatrixContent) => chosen.get(content) ?? wholeMatrix
  const size = await settleSize(
    members,
    matrixSizes,
    (content) => columnGroups(content, sheet).length,
    async (content, candidate) => trialOf(await setAt(content, variantOf(content), candidate)),
    async (content) => {
      let fewest: Trial = { sheets: Infinity, demand: 1 }
      goOn.add(content)
      for (const variant of variantsOf(content, sheet, choices)) {
        const trial = trialOf(await setAt(content, variant, floor))
        // Nothing is left out only to keep a row whole.
        if (Math.floor(trial.sheets) >= Math.floor(fewest.sheets)) continue
        // What a dimension is about goes where that spares the only further sheet, not one of many.
        if (!variant.summaries && trial.sheets > columnGroups(content, sheet).length) continue
        fewest = trial
        chosen.set(content, variant)
        if (trial.sheets > columnGroups(content, sheet).length) continue
        goOn.delete(content)
        break
      }
      return fewest.sheets
    },
  )
  const fitted = new Map<string, Fitted<MatrixLayout>>()
  for (const [content, variant] of chosen) {
    const set = await setAt(content, variant, size)
    if ('tooHigh' in set) fitted.set(content.id, set)
    else {
      const { sheets, fill } = set
      const groups = columnGroups(content, variant.turned ? turn(sheet) : sheet).length
      const remedies = [
        ...(groups > 1 ? ['halves'] : []),
        ...(variant.turned ? ['turned'] : []),
        ...(variant.examples ? [] : ['examples-left-out']),
        ...(variant.summaries ? [] : ['summaries-left-out']),
        ...(variant.repeated ? [] : ['new-only']),
        ...(sheets.length > groups ? ['further-sheets'] : []),
        ...(sheets.some(({ rows }) => rows.some(({ parts }) => parts !== null)) ? ['rows-divided'] : []),
      ]
      // What stands on as few sheets as there can be has nothing over, and needs no further look.
      const smallest = sheets.length > groups ? await setAt(content, variant, floor) : set
      fitted.set(content.id, {
        demand: 'sheets' in smallest ? smallest.demand / groups : 1,
        rooms: set.rooms,
        layout: { ...variant, size, sheets, galley: false },
        pages: sheets.length,
        remedies,
        fill,
      })
    }
  }
  return fitted
}

type SetMatrix =
  | {
      readonly sheets: readonly MatrixSheet[]
      readonly fill: number
      readonly demand: number
      /** The highest cell of each row: every other can take more. */
      readonly rooms: readonly Room[]
    }
  | { readonly tooHigh: TooHigh }

/** Of as many sheets those with fewer divided rows are less: text is not set larger where that divides a further row. */
function trialOf(set: SetMatrix): Trial {
  if (!('sheets' in set)) return { sheets: Infinity, demand: 1 }
  const divided = set.sheets.flatMap(({ rows }) => rows.filter(({ parts }) => parts !== null))
  return {
    sheets: set.sheets.length + new Set(divided.map(({ row }) => row)).size / 1000,
    demand: set.demand,
  }
}

function setMatrix(content: MatrixContent, sheet: Sheet, boxes: Boxes): SetMatrix {
  const sheets: MatrixSheet[] = []
  const free: Room[] = []
  let fill = 0
  let demand = 0
  const groups = columnGroups(content, sheet)
  for (const [group, columns] of groups.entries()) {
    const roomOn = (galley: number) => {
      const key = `${content.id}|g${galley}`
      const top = boxOf(boxes, `${key}/head`)[1] - boxOf(boxes, key)[0]
      return (sheet.height - matrixMargins.bottom) / pixel - 1 - top - heightOf(boxes, `${key}/foot`)
    }
    // Behind the galleys of all groups stand those of their further sheets, whose heads are smaller.
    const rooms = [roomOn(group), roomOn(groups.length + group)] as const
    const keys = [`${content.id}|g${group}`, `${content.id}|g${groups.length + group}`] as const
    const set = setGroup(content, boxes, { keys, columns, rooms, texts: textColumns(content, sheet) })
    if ('tooHigh' in set) return set
    sheets.push(...set.sheets)
    free.push(...set.rooms)
    fill = Math.max(fill, set.fill)
    demand = Math.max(demand, set.demand)
  }
  return { sheets, fill, demand, rooms: free }
}

/** The columns that stand on the same sheets. */
interface Group {
  /** Of its galleys: as its first sheet is, and as its further ones are. */
  readonly keys: readonly [first: string, further: string]
  readonly columns: readonly number[]
  /** The height of its sheets, in px. */
  readonly rooms: readonly [first: number, further: number]
  /** In how many columns the statements of a cell stand. */
  readonly texts: number
}

function setGroup(
  content: MatrixContent,
  boxes: Boxes,
  { keys: [key, furtherKey], columns, rooms: [room, further], texts }: Group,
): SetMatrix {
  // Notes run down beside the rows of the first sheet; a longer one makes its rows higher. So do stubs, from their heads on.
  const headEnd = boxOf(boxes, `${key}/head`)[1]
  const notes = columns.map((column) => {
    const own = `${key}/c${column}`
    const isStub = content.columns[column]?.kind === 'stub'
    return { column, height: isStub ? (boxes[own]?.[1] ?? headEnd) - headEnd : heightOf(boxes, own) }
  })
  const highest = notes.toSorted((a, b) => b.height - a.height)[0]
  if (highest && highest.height > room) {
    const { noteRef, heads } = content.columns[highest.column] ?? {}
    const ref = noteRef ?? (heads?.[0] ? `${heads[0].id}/title` : `@${content.track.id}/name`)
    return { tooHigh: { ref, excess: (highest.height - room) * pixel } }
  }
  const without = furtherColumns(content, columns)
  const widens = without.length < columns.length && boxes[`${furtherKey}/r0`] !== undefined
  const rowsIn = (galley: string, shown: readonly number[]) =>
    content.rows.map((_, row) => measuredRow(content, boxes, galley, row, shown, texts))
  const [usual, wider] = [rowsIn(key, columns), widens ? rowsIn(furtherKey, without) : []]
  const flowed = flowRows(
    usual.map((row, index) => ({ ...row, ...(wider[index] && { further: wider[index] }) })),
    further,
    room,
    leastFull,
  )
  if ('tooHigh' in flowed) {
    const { row: index, at, excess } = flowed.tooHigh
    const row = content.rows[index]
    const cell = at && row?.cells[at.column]
    const ref = cell
      ? (cell.statements[at.statement]?.ref ?? cell.ref)
      : `@${content.track.id}/${row?.key ?? ''}`
    return { tooHigh: { ref, excess: excess * pixel } }
  }
  const heightOn = (placed: readonly PlacedRow[]) => placed.reduce((sum, { height }) => sum + height, 0)
  const used = flowed.sheets.reduce((sum, placed) => sum + heightOn(placed), 0)
  return {
    sheets: flowed.sheets.map((placed, index) => ({
      columns: index === 0 ? columns : without,
      rows: placed.map(({ cut }) => cut),
      notes: index === 0,
    })),
    fill: used / (room + further * (flowed.sheets.length - 1)),
    demand: used / room,
    rooms: flowed.sheets.flatMap((placed, index) => {
      const left = (index === 0 ? room : further) - heightOn(placed)
      const galley = index > 0 && widens ? furtherKey : key
      return placed.flatMap(({ cut }) => highestCell(content, boxes, galley, cut.row, columns, left))
    }),
  }
}

/** The cell that makes a row as high as it is. */
function highestCell(
  content: MatrixContent,
  boxes: Boxes,
  key: string,
  row: number,
  columns: readonly number[],
  free: number,
): Room[] {
  const cells = columns.flatMap((column) => {
    const cell = content.rows[row]?.cells[column]
    return cell && cell.statements.length > 0
      ? [{ ref: cell.ref, used: heightOf(boxes, `${key}/r${row}/c${column}`), free: Math.max(0, free) }]
      : []
  })
  return cells.toSorted((a, b) => b.used - a.used).slice(0, 1)
}

/** In px: what stands between two statements, at most, and the labels of those that it looks like and does not look like. */
const betweenStatements = 5
const label = 25

/** How high a part of a cell is whose statements stand in columns, at most: how they share them is the browser's affair. */
function inColumns(
  whole: Box,
  box: (statement: number) => Box,
  statements: number,
  columns: number,
): MeasuredCell['height'] {
  const most = (from: number, to: number) => {
    const heights = Array.from({ length: to - from }, (_, at) => {
      const [top, bottom] = box(from + at)
      return bottom - top + betweenStatements
    })
    const all = heights.reduce((sum, height) => sum + height, 2 * label)
    return all / columns + Math.max(0, ...heights) + label
  }
  const height = whole[1] - whole[0]
  // What a template puts between them besides may stand in any part.
  const besides = Math.max(0, height - most(0, statements))
  return (from, to) => (to - from === statements ? height : most(from, to) + besides)
}

/** How much heavier the rule over a group is than that over a dimension, in px. */
const heavier = 0.8 / pixel

function measuredRow(
  content: MatrixContent,
  boxes: Boxes,
  galley: string,
  row: number,
  columns: readonly number[],
  texts: number,
): MeasuredRow {
  const key = `${galley}/r${row}`
  // What is asked at every level stands over its columns, and with what begins each of their cells.
  const every = heightOf(boxes, `${key}/every`)
  const [from, end] = everyAcross(content, columns)
  const above = (column: number) => {
    const at = columns.indexOf(column)
    return at >= from && at < end ? every : 0
  }
  const height = heightOf(boxes, key) + every
  const name = heightOf(boxes, `${key}/name`)
  const cellHeights = columns.map((column) => heightOf(boxes, `${key}/c${column}`) + above(column))
  const highest = Math.max(...cellHeights, name)
  // The name of a group stands over its first dimension.
  const begins = content.rows.slice(0, row).findLastIndex(({ group }) => group !== null)
  const isWithin = content.rows[row]?.within !== undefined
  return {
    height,
    around: height - highest,
    least: name,
    ...(isWithin && { within: heightOf(boxes, `${galley}/r${begins}/group`) + heavier }),
    cells: columns.flatMap((column): MeasuredCell[] => {
      const cell = content.rows[row]?.cells[column]
      if (!cell) return []
      const whole = boxOf(boxes, `${key}/c${column}`)
      const box = (statement: number) => boxOf(boxes, `${key}/c${column}/${statement}`)
      const statements = cell.statements.length
      // What stands above the first statement, such as the cell's summary, stays with it.
      const running = (first: number, to: number) => box(to - 1)[1] - (first === 0 ? whole[0] : box(first)[0])
      const own = texts > 1 ? inColumns(whole, box, statements, texts) : running
      return [
        { column, statements, height: (first, to) => own(first, to) + (first === 0 ? above(column) : 0) },
      ]
    }),
  }
}
