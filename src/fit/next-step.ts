import type { Sheet } from '../plan/paper.ts'
import { divisionsOf } from '../render/divided.ts'
import {
  partsOf,
  withDivided,
  withoutExamples,
  type NextStepContent,
} from '../render/documents/next-step-content.ts'
import { nextStepLeading, nextStepSizes, type NextStepLayout } from '../render/documents/next-step-layout.ts'
import { haveExamples, type StatementView } from '../render/statement-view.ts'
import { floorOf } from '../render/type-sizes.ts'
import type { Boxes } from './boxes.ts'
import { dividedWhereItHelps } from './divide.ts'
import type { Fitted, Room } from './fitted.ts'
import { lineHeight } from './growth.ts'
import { roomsToGrow, surpluses } from './next-step-rooms.ts'
import { setStep } from './next-step-sheets.ts'
import { once } from './once.ts'
import { taken } from './remedies.ts'
import { settleSize, trialOf } from './sizes.ts'

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
    setStep(stepOf(content, variant, locale), sheet, await boxesAt(variant, size))
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
      return () => by(stepOf(content, other, locale), sheet, boxes, lineHeight(at, nextStepLeading))
    }
    const goesOn = set.sheets.length > 1
    const rooms = await roomsBy(variant, goesOn ? floor : size, goesOn ? surpluses : roomsToGrow)
    // Without its examples, less would have to go.
    const mayBePlain = goesOn && variant.examples && hasExamples(content)
    const plain = mayBePlain ? await roomsBy({ ...variant, examples: false }, floor, surpluses) : rooms
    fitted.set(content.id, {
      layout: { ...variant, size, sheets: set.sheets, galley: false },
      pages: set.sheets.length,
      remedies: taken({
        'columns-by-content': variant.widths === 'by-content',
        'examples-left-out': !variant.examples,
        'statements-divided': variant.divided !== undefined,
        'further-sheets': goesOn,
      }),
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

/** Of the same rooms, reckoned in two ways, those in which less has to go. */
function leastOver(rooms: readonly Room[], others: readonly Room[]): Room[] {
  return rooms.map((room, at) => ({ ...room, free: Math.max(room.free, others[at]?.free ?? room.free) }))
}
