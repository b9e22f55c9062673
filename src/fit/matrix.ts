import { turn, type Sheet } from '../plan/paper.ts'
import type { Unchanged } from '../plan/press.ts'
import { divisionsOf } from '../render/divided.ts'
import { columnGroups, columnsAs, furtherColumns } from '../render/documents/matrix-columns.ts'
import {
  withDivided,
  withoutExamples,
  withoutRepeated,
  withoutSummaries,
  type MatrixContent,
} from '../render/documents/matrix-content.ts'
import {
  matrixLeading,
  matrixSizes,
  type MatrixLayout,
  type MatrixSheet,
} from '../render/documents/matrix-layout.ts'
import { meanColumn } from '../render/documents/matrix-widths.ts'
import { haveExamples, type StatementView } from '../render/statement-view.ts'
import { floorOf } from '../render/type-sizes.ts'
import type { Boxes } from './boxes.ts'
import { allDetails, detailRemedies, detailsInTurn, saidWith, type Details } from './details.ts'
import { dividedWhereItHelps } from './divide.ts'
import type { Fitted } from './fitted.ts'
import { inLines, lineHeight } from './growth.ts'
import { setMatrix, type SetMatrix } from './matrix-sheets.ts'
import { once } from './once.ts'
import { taken, type Remedy } from './remedies.ts'
import { settleSize, type Trial } from './sizes.ts'

/** What can be done to a matrix before it takes further sheets. */
export type MatrixVariant = Details & Pick<MatrixLayout, 'turned' | 'roomy' | 'byAmount'>

/** All of it, as its kind lies. */
export const wholeMatrix: MatrixVariant = {
  ...allDetails,
  turned: false,
  roomy: false,
  byAmount: false,
}

/** A turned sheet has narrower columns; under 48 mm (30 characters at the floor) they read worse than two sheets. */
const leastTurnedColumn = 48

/**
 * Other widths of columns, the sheet turned, then without examples, summaries of dimensions, and what the column before
 * says too; the same again with columns that have room for what cannot be divided, and last, long statements divided.
 */
function variantsOf(
  content: MatrixContent,
  sheet: Sheet,
  { turns, unchanged }: MatrixChoices,
): readonly MatrixVariant[] {
  const { rows } = content
  const over = turn(sheet)
  const mayTurn =
    turns &&
    columnGroups(content, over).length <= columnGroups(content, sheet).length &&
    meanColumn(content, over) >= leastTurnedColumn
  const lyings = mayTurn ? [false, true] : [false]
  const has = {
    examples: haveExamples([...cellStatements(content), ...rows.flatMap(({ every }) => every)]),
    summaries: rows.some(({ summary, group }) => Boolean(summary ?? group?.summary)),
    repeated: unchanged === 'if-room' && cellsOf(content).some(({ repeats }) => repeats !== undefined),
  }
  const [whole = wholeMatrix, ...others] = detailsInTurn(has).flatMap((details) =>
    lyings.map((turned) => ({ ...wholeMatrix, ...details, turned })),
  )
  const usual = [whole, { ...whole, byAmount: true }, ...others]
  const roomy = usual.map((variant) => ({ ...variant, roomy: true }))
  const inPieces = divisionsOf(cellStatements(content)).flatMap((divided) =>
    [false, true].map((wider) => ({ ...wholeMatrix, roomy: wider, divided })),
  )
  return [...usual, ...roomy, ...inPieces]
}

/** What a matrix says that leaves out some details. @param locale of its text */
export function matrixOf(content: MatrixContent, details: Details, locale: string): MatrixContent {
  return saidWith(content, details, locale, {
    withoutExamples,
    withoutSummaries,
    withoutRepeated,
    withDivided,
  })
}

/** What is up to whoever prints it. */
export interface MatrixChoices {
  /** Whether the sheet may lie the other way. */
  readonly turns: boolean
  readonly unchanged: Unchanged
  readonly locale: string
}

/**
 * Sets all matrices of a ladder in one size: first the fewest sheets each needs at the floor, by the first variant that
 * reaches them; then the largest size at which all keep that number.
 *
 * @param measure lays out the galleys of all members in a variant and size (pt), and measures them as they stand on their
 *   first sheets, or on further ones
 * @returns by the ids of the members
 */
export async function fitMatrices(
  members: readonly MatrixContent[],
  sheet: Sheet,
  choices: MatrixChoices,
  measure: (variant: MatrixVariant, size: number, sheets: 'first' | 'further') => Promise<Boxes>,
): Promise<ReadonlyMap<string, Fitted<MatrixLayout>>> {
  const boxesOf = once(measure)
  // What is to stand on its first sheets is not looked at on further ones.
  const goOn = new Set<MatrixContent>()
  const setAt = async (content: MatrixContent, variant: MatrixVariant, size: number) => {
    const lying = lyingAs(sheet, variant)
    const said = columnsAs(matrixOf(content, variant, choices.locale), lying, variant)
    const groups = columnGroups(said, lying)
    const boxes = await boxesOf(variant, size, 'first')
    const set = setMatrix(said, lying, boxes)
    const isOver = !('sheets' in set) || set.sheets.length > groups.length
    const widens = groups.some((columns) => furtherColumns(said, columns).length < columns.length)
    return goOn.has(content) && isOver && widens
      ? setMatrix(said, lying, { ...boxes, ...(await boxesOf(variant, size, 'further')) })
      : set
  }
  const floor = floorOf(matrixSizes)
  const chosen = new Map(members.map((content) => [content, wholeMatrix]))
  const variantOf = (content: MatrixContent) => chosen.get(content) ?? wholeMatrix
  const size = await settleSize(
    members,
    matrixSizes,
    (content) => columnGroups(content, sheet).length,
    async (content, candidate) => matrixTrial(await setAt(content, variantOf(content), candidate)),
    async (content) => {
      const ideal = columnGroups(content, sheet).length
      goOn.add(content)
      const setAs = (candidate: MatrixVariant) => setAt(content, candidate, floor)
      const best = await onFewestSheets(content, variantsOf(content, sheet, choices), ideal, setAs)
      const { variant, sheets } = await withWholeRows(await withoutBareSheet(content, best, setAs), setAs)
      chosen.set(content, variant)
      if (sheets <= ideal) goOn.delete(content)
      return sheets
    },
  )
  const fitted = new Map<string, Fitted<MatrixLayout>>()
  for (const [content, variant] of chosen) {
    const set = await setAt(content, variant, size)
    if ('tooHigh' in set) {
      fitted.set(content.id, set)
      continue
    }
    const { sheets, fill, rooms } = set
    const lying = lyingAs(sheet, variant)
    const ideal = columnGroups(columnsAs(content, lying, variant), lying).length
    // A matrix on as few sheets as possible has nothing too much, and needs no further look. Others would leave out what
    // they may, if that helped: so less would have to go.
    let surplus = 0
    if (sheets.length > ideal) {
      const demandOf = async (other: MatrixVariant) => {
        const trial = await setAt(content, other, floor)
        return 'sheets' in trial ? trial.demand / ideal : Infinity
      }
      const all = await demandOf(variant)
      const usual = variant.roomy || variant.divided !== undefined ? [] : variantsOf(content, sheet, choices)
      const others = usual.filter(
        ({ roomy, divided, turned }) => !roomy && divided === undefined && turned === variant.turned,
      )
      let least = all
      for (const other of others) least = Math.min(least, await demandOf(other))
      surplus = Math.max(0, (least - 1) / all)
    }
    fitted.set(content.id, {
      layout: { ...variant, size, sheets, galley: false },
      pages: sheets.length,
      remedies: remediesOf(variant, sheets, ideal),
      fill,
      demand: 1 / (1 - surplus),
      rooms: () =>
        rooms.map((room) => ({ ...room, free: inLines(room.free, lineHeight(size, matrixLeading)) })),
    })
  }
  return fitted
}

/** A variant of a matrix, and how many sheets it takes at the floor; Infinity where something has no room on a sheet. */
interface ChosenVariant {
  readonly variant: MatrixVariant
  readonly sheets: number
}

/**
 * The first variant that takes the fewest sheets. Where nothing helps, long statements are divided as far as that leaves
 * less too high.
 *
 * @param ideal the sheets of a matrix that fits as it should: one that takes no more needs no further remedy
 */
async function onFewestSheets(
  content: MatrixContent,
  variants: readonly MatrixVariant[],
  ideal: number,
  setAs: (variant: MatrixVariant) => Promise<SetMatrix>,
): Promise<ChosenVariant> {
  let best = { variant: wholeMatrix, sheets: Infinity }
  for (const variant of variants) {
    // Columns are made wider, and statements divided, where the matrix would not be printed otherwise.
    if ((variant.roomy || variant.divided !== undefined) && best.sheets < Infinity) break
    const { sheets } = matrixTrial(await setAs(variant))
    // Nothing is left out only to keep a row whole.
    if (Math.floor(sheets) >= Math.floor(best.sheets)) continue
    // Summaries of dimensions are left out if that saves the only further sheet, but not to save one of many.
    if (!variant.summaries && sheets > ideal) continue
    best = { variant, sheets }
    if (sheets <= ideal) break
  }
  if (best.sheets < Infinity) return best
  const divisions = divisionsOf(cellStatements(content))
  return { variant: await dividedWhereItHelps(wholeMatrix, divisions, setAs), sheets: Infinity }
}

/** Another variant on no more sheets, where one of a sheet has nothing but heads on it. */
async function withoutBareSheet(
  content: MatrixContent,
  best: ChosenVariant,
  setAs: (variant: MatrixVariant) => Promise<SetMatrix>,
): Promise<ChosenVariant> {
  if (best.sheets === Infinity || !hasBareSheet(await setAs(best.variant))) return best
  for (const variant of fullerVariants(content, best.variant)) {
    const set = await setAs(variant)
    const { sheets } = matrixTrial(set)
    if (!hasBareSheet(set) && Math.floor(sheets) <= Math.floor(best.sheets)) return { variant, sheets }
  }
  return best
}

/** Other widths of columns, where fewer sheets or divided rows come of them: rows that are lower need not part better. */
async function withWholeRows(
  best: ChosenVariant,
  setAs: (variant: MatrixVariant) => Promise<SetMatrix>,
): Promise<ChosenVariant> {
  if (best.sheets === Infinity || Number.isInteger(best.sheets)) return best
  const variant = { ...best.variant, byAmount: true }
  const { sheets } = matrixTrial(await setAs(variant))
  return sheets < best.sheets ? { variant, sheets } : best
}

function cellsOf({ rows }: MatrixContent) {
  return rows.flatMap(({ cells }) => cells.flatMap((cell) => cell ?? []))
}

function cellStatements(content: MatrixContent): StatementView[] {
  return cellsOf(content).flatMap(({ statements }) => statements)
}

function lyingAs(sheet: Sheet, { turned }: Pick<MatrixVariant, 'turned'>): Sheet {
  return turned ? turn(sheet) : sheet
}

/** @param ideal how many sheets it takes if all of its rows stand on the first of their columns */
function remediesOf(variant: MatrixVariant, sheets: readonly MatrixSheet[], ideal: number): Remedy[] {
  return [
    ...taken({ halves: ideal > 1, turned: variant.turned, 'columns-wider': variant.roomy }),
    ...detailRemedies(variant),
    ...taken({ 'further-sheets': sheets.length > ideal, 'rows-divided': dividedRows(sheets).size > 0 }),
  ]
}

function dividedRows(sheets: readonly MatrixSheet[]): ReadonlySet<number> {
  return new Set(
    sheets.flatMap(({ rows }) => rows.flatMap(({ row, parts }) => (parts === null ? [] : [row]))),
  )
}

/** What is tried where a first sheet would have heads and nothing else: wider columns, then long statements divided. */
function fullerVariants(content: MatrixContent, usual: MatrixVariant): MatrixVariant[] {
  const ways = [usual, { ...usual, roomy: true }]
  const divisions = divisionsOf(cellStatements(content))
  return [...ways.slice(1), ...divisions.flatMap((divided) => ways.map((way) => ({ ...way, divided })))]
}

function hasBareSheet(set: SetMatrix): boolean {
  return 'sheets' in set && set.sheets.some(({ rows }) => rows.length === 0)
}

/**
 * Among equal numbers of sheets, fewer divided rows count as less: text is not set larger if that divides a further
 * row, or leaves a sheet without any.
 */
function matrixTrial(set: SetMatrix): Trial {
  if (!('sheets' in set)) return { sheets: Infinity, demand: 1 }
  const bare = hasBareSheet(set) ? 0.5 : 0
  return { sheets: set.sheets.length + bare + dividedRows(set.sheets).size / 1000, demand: set.demand }
}
