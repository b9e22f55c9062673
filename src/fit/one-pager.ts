import type { Sheet } from '../plan/paper.ts'
import type { Unchanged } from '../plan/press.ts'
import { divisionsOf } from '../render/divided.ts'
import {
  withDivided,
  withoutExamples,
  withoutRepeated,
  withoutSummaries,
  type OnePagerContent,
} from '../render/documents/one-pager-content.ts'
import {
  largePrintSizes,
  onePagerLeading,
  onePagerSizes,
  type OnePagerLayout,
} from '../render/documents/one-pager-layout.ts'
import { haveExamples, type StatementView } from '../render/statement-view.ts'
import { floorOf } from '../render/type-sizes.ts'
import type { Boxes } from './boxes.ts'
import { allDetails, detailRemedies, detailsInTurn, saidWith, type Details } from './details.ts'
import { dividedWhereItHelps } from './divide.ts'
import type { Fitted, Room } from './fitted.ts'
import { lineHeight } from './growth.ts'
import { once } from './once.ts'
import { roomOfPage, setPage, type PageVariant, type SetPage } from './one-pager-sheets.ts'
import { taken } from './remedies.ts'
import { settleSize, trialOf } from './sizes.ts'

const beside: PageVariant = { ...allDetails, heads: 'beside', columns: 1 }
const above: PageVariant = { ...beside, heads: 'above' }
const inTwo: PageVariant = { ...above, columns: 2 }
const forms = [beside, above, inTwo]

/**
 * What can be done to a page, in order; before a further sheet go its examples, then what every page says of the
 * dimensions, and last, where that is wanted, what the level below asks as well. Many short dimensions are set in two
 * columns from the start.
 *
 * @param first of pages that do not have the choice of all forms: the first that they may have
 */
function variantsOf(content: OnePagerContent, choices: PageChoices, first = beside): readonly PageVariant[] {
  const { sections } = content
  const ways = formsFor(content, choices, first)
  if (choices.largePrint) return ways
  const has = {
    examples: haveExamples(statementsOf(content)),
    summaries: sections.some(({ summary, group }) => Boolean(summary ?? group?.summary)),
    repeated: choices.unchanged === 'if-room' && sections.some(({ cell }) => cell.repeats !== undefined),
  }
  return detailsInTurn(has).flatMap((details) => ways.map((way) => ({ ...way, ...details })))
}

/**
 * What is tried where a statement is higher than a sheet by all of these: one column for what stands in two from the
 * start, then long statements divided.
 */
function lastVariantsOf(content: OnePagerContent, choices: PageChoices, first = beside): PageVariant[] {
  const ways = formsFor(content, choices, first)
  const wider = ways.every(({ columns }) => columns === 2) ? [above] : []
  const divisions = divisionsOf(statementsOf(content))
  return [
    ...wider,
    ...divisions.flatMap((divided) => [...ways, ...wider].map((way) => ({ ...way, divided }))),
  ]
}

/** The forms that a page may have, in order. */
function formsFor(
  { sections }: OnePagerContent,
  { largePrint, notes }: PageChoices,
  first = beside,
): readonly PageVariant[] {
  if (largePrint || notes) return [above]
  const named = sections.filter(({ name }) => name !== null).length
  return named > 6 ? [inTwo] : forms.slice(forms.indexOf(first))
}

/** What a page says that leaves out some details. @param locale of its text */
export function pageOf(content: OnePagerContent, details: Details, locale: string): OnePagerContent {
  return saidWith(content, details, locale, {
    withoutExamples,
    withoutSummaries,
    withoutRepeated,
    withDivided,
  })
}

/** What is up to whoever prints them, and what is known of the pages before they are measured. */
export interface PageChoices {
  /** One column of 18 pt, on as many sheets as it takes. */
  readonly largePrint: boolean
  /** A column for notes beside the text leaves room for one of text. */
  readonly notes: boolean
  readonly unchanged: Unchanged
  /** Whether heads beside the text have room for their words at a size, in pt. */
  headsFit(content: OnePagerContent, size: number): boolean
  readonly trackOf: (content: OnePagerContent) => string
  readonly locale: string
}

/** The pages that are set together, and what it takes to try one. */
interface Trials {
  readonly members: readonly OnePagerContent[]
  readonly choices: PageChoices
  /** In pt, from the ceiling down. */
  readonly sizes: readonly number[]
  readonly setAt: (content: OnePagerContent, variant: PageVariant, size: number) => Promise<SetPage>
  /** How its text may grow or has to shrink to stand on so many sheets. */
  readonly roomAt: (
    content: OnePagerContent,
    variant: PageVariant,
    size: number,
    sheets: number,
  ) => Promise<() => Room>
}

/**
 * Sets all one-pagers of a ladder in one size: first the fewest sheets each needs at the floor, by the first variant
 * that reaches them; then the largest size at which all keep that number. Pages of a track are set alike where that
 * costs nothing.
 *
 * @param measure lays out the galleys of all members in a variant and size (pt), and measures them
 * @returns by level
 */
export async function fitOnePagers(
  members: readonly OnePagerContent[],
  sheet: Sheet,
  choices: PageChoices,
  measure: (variant: PageVariant, size: number) => Promise<Boxes>,
): Promise<ReadonlyMap<string, Fitted<OnePagerLayout>>> {
  const boxesAt = once(measure)
  const trials: Trials = {
    members,
    choices,
    sizes: choices.largePrint ? largePrintSizes : onePagerSizes,
    setAt: async (content, variant, size) =>
      setPage(pageOf(content, variant, choices.locale), sheet, variant, await boxesAt(variant, size)),
    roomAt: async (content, variant, size, most) => {
      const boxes = await boxesAt(variant, size)
      const line = lineHeight(size, onePagerLeading)
      return () => roomOfPage(pageOf(content, variant, choices.locale), sheet, variant, boxes, most, line)
    },
  }
  let settled = await settle(trials, new Map())
  for (const track of new Set(members.map(choices.trackOf))) {
    const odd = oddOnes(settled, (content) => choices.trackOf(content) === track)
    if (odd.length === 0) continue
    const alike = await settle(trials, new Map([...settled.first, ...odd]))
    if (!(await costs(trials, alike, settled))) settled = alike
  }
  const fitted = new Map<string, Fitted<OnePagerLayout>>()
  for (const [content, variant] of settled.chosen)
    fitted.set(content.level, await fittedAs(trials, content, variant, settled))
  return fitted
}

/** How the pages of a ladder are set. */
interface Settled {
  readonly size: number
  readonly chosen: ReadonlyMap<OnePagerContent, PageVariant>
  /** Of pages that do not have the choice of all forms: the first that they may have. */
  readonly first: ReadonlyMap<OnePagerContent, PageVariant>
}

/** A form for each page and a size for all. Heads that turn out to have no room beside the text go above it. */
async function settle(trials: Trials, first: Settled['first']): Promise<Settled> {
  const { members, choices, sizes, setAt } = trials
  const floor = floorOf(sizes)
  const waysOf = (content: OnePagerContent) => variantsOf(content, choices, first.get(content))
  const lastWaysOf = (content: OnePagerContent) => lastVariantsOf(content, choices, first.get(content))
  const chosen = new Map(members.map((content) => [content, waysOf(content)[0] ?? beside]))
  const variantOf = (content: OnePagerContent) => chosen.get(content) ?? beside
  const size = await settleSize(
    members,
    sizes,
    () => 1,
    async (content, candidate) => trialOf(await setAt(content, variantOf(content), candidate)),
    async (content) => {
      let fewest = Infinity
      const ways = waysOf(content)
      for (const [at, variant] of [...ways, ...lastWaysOf(content)].entries()) {
        if (at >= ways.length && fewest < Infinity) break
        const { sheets } = trialOf(await setAt(content, variant, floor))
        if (sheets >= fewest) continue
        // Summaries of dimensions are left out if that makes a single page, but not to save one of many.
        if (!variant.summaries && sheets > 1) continue
        fewest = sheets
        chosen.set(content, variant)
        if (sheets === 1) break
      }
      const divisions = divisionsOf(statementsOf(content))
      const setAs = (variant: PageVariant) => setAt(content, variant, floor)
      chosen.set(content, await dividedWhereItHelps(variantOf(content), divisions, setAs))
      return fewest
    },
  )
  const broken = [...chosen].flatMap(([content, { heads }]) =>
    heads === 'beside' && !choices.headsFit(content, size) ? [[content, above] as const] : [],
  )
  return broken.length > 0 ? settle(trials, new Map([...first, ...broken])) : { size, chosen, first }
}

/** Whether pages that are set alike are smaller for it, or one of them takes more sheets. */
async function costs({ setAt }: Trials, alike: Settled, usual: Settled): Promise<boolean> {
  if (alike.size < usual.size) return true
  for (const [content, variant] of usual.chosen) {
    const other = await setAt(content, alike.chosen.get(content) ?? variant, alike.size)
    if (trialOf(other).sheets > trialOf(await setAt(content, variant, usual.size)).sheets) return true
  }
  return false
}

async function fittedAs(
  { choices, sizes, setAt, roomAt }: Trials,
  content: OnePagerContent,
  variant: PageVariant,
  { size, first: firstForms }: Settled,
): Promise<Fitted<OnePagerLayout>> {
  const page = await setAt(content, variant, size)
  if ('tooHigh' in page) return page
  const { sheets, fill } = page
  const [first = beside] = variantsOf(content, choices)
  const asItIs = await roomAt(content, variant, size, sheets.length)
  // A page of several sheets might stand on one in another form, and with less detail, where less would have to go. Large
  // print takes as many as it does.
  const others: { readonly room: () => Room; readonly shown: () => Room }[] = []
  if (sheets.length > 1 && !choices.largePrint) {
    const floor = floorOf(sizes)
    for (const other of variantsOf(content, choices, firstForms.get(content))) {
      const { heads, columns } = other
      const shown = await roomAt(content, { ...variant, heads, columns }, floor, 1)
      others.push({ room: await roomAt(content, other, floor, 1), shown })
    }
  }
  return {
    layout: { ...variant, size, notes: choices.notes, sheets, galley: false },
    pages: sheets.length,
    remedies: [
      ...taken({
        'heads-above': variant.heads !== first.heads,
        'two-columns': variant.columns === 2 && first.columns !== 2,
        'one-column': variant.columns === 1 && first.columns !== 1,
      }),
      ...detailRemedies(variant),
      ...taken({ 'further-sheets': sheets.length > 1 }),
    ],
    fill,
    rooms: () => [leastOver(others) ?? asItIs()],
  }
}

/**
 * Of a page of several sheets, what has to go at least for it to stand on one: as a part of what it shows, in whichever
 * form.
 *
 * @returns undefined where nothing is shown that could go
 */
function leastOver(
  others: readonly { readonly room: () => Room; readonly shown: () => Room }[],
): Room | undefined {
  let least: Room | undefined
  for (const { room, shown } of others) {
    const { ref, used, free } = room()
    const part = free / shown().used
    if (used > 0 && (!least || part > least.free)) least = { ref, used: 1, free: Math.min(0, part) }
  }
  return least
}

function statementsOf({ sections }: OnePagerContent): StatementView[] {
  return sections.flatMap(({ every, cell }) => [...every, ...cell.statements])
}

/**
 * Pages of a track go out and lie side by side: where most of them have heads above the text, or two columns, the others
 * may well follow. Where few have, these do not make the others worse: lines across the whole page are long.
 *
 * @param isOwn whether a page is of the track
 * @returns those that are set otherwise, with the form that most have
 */
function oddOnes(
  { chosen }: Settled,
  isOwn: (content: OnePagerContent) => boolean,
): (readonly [OnePagerContent, PageVariant])[] {
  const pages = [...chosen].filter(([content]) => isOwn(content))
  const formOf = ({ heads, columns }: PageVariant) =>
    forms.findIndex((form) => form.heads === heads && form.columns === columns)
  for (const form of [inTwo, above]) {
    const odd = pages.filter(([, variant]) => formOf(variant) < forms.indexOf(form))
    if (odd.length > 0 && odd.length < pages.length / 2)
      return odd.map(([content]) => [content, form] as const)
  }
  return []
}
