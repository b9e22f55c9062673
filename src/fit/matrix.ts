import { turn, type Sheet } from '../plan/paper.ts'
import type { Unchanged } from '../plan/press.ts'
import { pixel } from '../plan/units.ts'
import { columnGroups, meanColumn } from '../render/documents/matrix-columns.ts'
import {
  withoutExamples,
  withoutRepeated,
  withoutSummaries,
  type MatrixContent,
} from '../render/documents/matrix-content.ts'
import { matrixMargins, type MatrixLayout, type MatrixSheet } from '../render/documents/matrix-layout.ts'
import { boxOf, heightOf, type Boxes } from './boxes.ts'
import type { Fitted, Room, TooHigh } from './fitted.ts'
import { flowRows, type MeasuredCell, type MeasuredRow, type PlacedRow } from './matrix-rows.ts'
import { settleSize, sizesBetween, type Trial } from './sizes.ts'

/** Two people lean over it: 50 cm at the floor. */
export const matrixSizes = sizesBetween(11.5, 9)

/** What can be done to a matrix before it takes further sheets. */
export type MatrixVariant = Pick<MatrixLayout, 'turned' | 'examples' | 'summaries' | 'repeated'>

/** All of it, as its kind lies. */
export const wholeMatrix: MatrixVariant = { turned: false, examples: true, summaries: true, repeated: true }

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
 * @param measure lays out the galleys of all members in a variant and size (pt), and measures them
 */
export async function fitMatrices(
  members: readonly MatrixContent[],
  sheet: Sheet,
  choices: MatrixChoices,
  measure: (variant: MatrixVariant, size: number) => Promise<Boxes>,
): Promise<ReadonlyMap<string, Fitted<MatrixLayout>>> {
  const cache = new Map<string, Boxes>()
  const setAt = async (content: MatrixContent, variant: MatrixVariant, size: number) => {
    const key = JSON.stringify([variant, size])
    const boxes = cache.get(key) ?? (await measure(variant, size))
    cache.set(key, boxes)
    return setMatrix(matrixOf(content, variant), variant.turned ? turn(sheet) : sheet, boxes)
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
      let fewest = Infinity
      for (const variant of variantsOf(content, sheet, choices)) {
        const { sheets } = trialOf(await setAt(content, variant, floor))
        if (sheets >= fewest) continue
        // What a dimension is about goes where that spares the only further sheet, not one of many.
        if (!variant.summaries && sheets > columnGroups(content, sheet).length) continue
        fewest = sheets
        chosen.set(content, variant)
        if (sheets <= columnGroups(content, sheet).length) break
      }
      return fewest
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

function trialOf(set: SetMatrix): Trial {
  return 'sheets' in set ? { sheets: set.sheets.length, demand: set.demand } : { sheets: Infinity, demand: 1 }
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
    const set = setGroup(content, boxes, `${content.id}|g${group}`, columns, rooms)
    if ('tooHigh' in set) return set
    sheets.push(...set.sheets)
    free.push(...set.rooms)
    fill = Math.max(fill, set.fill)
    demand = Math.max(demand, set.demand)
  }
  return { sheets, fill, demand, rooms: free }
}

function setGroup(
  content: MatrixContent,
  boxes: Boxes,
  key: string,
  columns: readonly number[],
  [room, further]: readonly [number, number],
): SetMatrix {
  // Notes run down beside the rows of the first sheet; a longer one makes its rows higher.
  const notes = columns.map((column) => ({ column, height: heightOf(boxes, `${key}/c${column}`) }))
  const highest = notes.toSorted((a, b) => b.height - a.height)[0]
  if (highest && highest.height > room) {
    const ref = content.columns[highest.column]?.noteRef ?? `@${content.track.id}/name`
    return { tooHigh: { ref, excess: (highest.height - room) * pixel } }
  }
  const flowed = flowRows(
    content.rows.map((_, row) => measuredRow(content, boxes, `${key}/r${row}`, row, columns)),
    further,
    room,
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
      columns,
      rows: placed.map(({ cut }) => cut),
      notes: index === 0,
    })),
    fill: used / (room + further * (flowed.sheets.length - 1)),
    demand: used / room,
    rooms: flowed.sheets.flatMap((placed, index) => {
      const left = (index === 0 ? room : further) - heightOn(placed)
      return placed.flatMap(({ cut }) => highestCell(content, boxes, key, cut.row, columns, left))
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

function measuredRow(
  content: MatrixContent,
  boxes: Boxes,
  key: string,
  row: number,
  columns: readonly number[],
): MeasuredRow {
  const height = heightOf(boxes, key)
  const name = heightOf(boxes, `${key}/name`)
  const highest = Math.max(...columns.map((column) => heightOf(boxes, `${key}/c${column}`)), name)
  return {
    height,
    around: height - highest,
    least: name,
    cells: columns.flatMap((column): MeasuredCell[] => {
      const cell = content.rows[row]?.cells[column]
      if (!cell) return []
      const top = boxOf(boxes, `${key}/c${column}`)[0]
      const box = (statement: number) => boxOf(boxes, `${key}/c${column}/${statement}`)
      return [
        {
          column,
          statements: cell.statements.length,
          // What stands above the first statement, such as the cell's summary, stays with it.
          height: (from, to) => box(to - 1)[1] - (from === 0 ? top : box(from)[0]),
        },
      ]
    }),
  }
}
