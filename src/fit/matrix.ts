import { turn, type Sheet } from '../plan/paper.ts'
import type { Unchanged } from '../plan/press.ts'
import { columnGroups, furtherColumns, meanColumn } from '../render/documents/matrix-columns.ts'
import {
  withoutExamples,
  withoutRepeated,
  withoutSummaries,
  type MatrixContent,
} from '../render/documents/matrix-content.ts'
import type { MatrixLayout } from '../render/documents/matrix-layout.ts'
import type { Boxes } from './boxes.ts'
import type { Fitted } from './fitted.ts'
import { setMatrix, type SetMatrix } from './matrix-sheets.ts'
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

/** Of as many sheets those with fewer divided rows are less: text is not set larger where that divides a further row. */
function trialOf(set: SetMatrix): Trial {
  if (!('sheets' in set)) return { sheets: Infinity, demand: 1 }
  const divided = set.sheets.flatMap(({ rows }) => rows.filter(({ parts }) => parts !== null))
  return {
    sheets: set.sheets.length + new Set(divided.map(({ row }) => row)).size / 1000,
    demand: set.demand,
  }
}
