import type { Sheet } from '../plan/paper.ts'
import type { Unchanged } from '../plan/press.ts'
import {
  withoutExamples,
  withoutRepeated,
  withoutSummaries,
  type OnePagerContent,
} from '../render/documents/one-pager-content.ts'
import type { OnePagerLayout } from '../render/documents/one-pager.ts'
import type { Boxes } from './boxes.ts'
import type { Fitted } from './fitted.ts'
import { setPage, type PageVariant, type SetPage } from './one-pager-sheets.ts'
import { settleSize, sizesBetween, type Trial } from './sizes.ts'

/** 50 cm of reading distance at the floor, 63 at the ceiling. */
export const onePagerSizes = sizesBetween(11.5, 9)

/** What people with low vision ask for (RNIB, Clear Print: 16 to 18 pt), and no smaller. */
export const largePrintSizes = [18]

const beside: PageVariant = { heads: 'beside', columns: 1, examples: true, summaries: true, repeated: true }
const above: PageVariant = { ...beside, heads: 'above' }
const inTwo: PageVariant = { ...above, columns: 2 }
const forms = [beside, above, inTwo]

/**
 * What can be done to a page, in order; before a further sheet go its examples, then what every page says of the
 * dimensions, and last, where that is wanted, what the level below asks as well. Many short dimensions are set in two
 * columns from the start.
 */
function variantsOf(
  content: OnePagerContent,
  { largePrint, notes, unchanged }: PageChoices,
  first = beside,
): readonly PageVariant[] {
  if (largePrint) return [above]
  const named = content.sections.filter(({ name }) => name !== null).length
  const ways = notes ? [above] : named > 6 ? [inTwo] : forms.slice(forms.indexOf(first))
  const hasExamples = content.sections.some(({ every, cell }) =>
    [...every, ...cell.statements].some(({ examples }) => examples.length > 0),
  )
  const hasRepeated =
    unchanged === 'if-room' && content.sections.some(({ cell }) => cell.repeats !== undefined)
  const hasSummaries = content.sections.some(({ summary, group }) => summary ?? group?.summary)
  const bare = ways.map((way) => ({ ...way, examples: !hasExamples }))
  const brief = hasSummaries ? bare.map((way) => ({ ...way, summaries: false })) : []
  return [
    ...ways,
    ...(hasExamples ? bare : []),
    ...brief,
    ...(hasRepeated ? [...bare, ...brief].map((way) => ({ ...way, repeated: false })) : []),
  ]
}

/** What a page of a variant says. */
export function pageOf(
  content: OnePagerContent,
  { examples, summaries, repeated }: Pick<PageVariant, 'examples' | 'summaries' | 'repeated'>,
): OnePagerContent {
  const bare = examples ? content : withoutExamples(content)
  const said = summaries ? bare : withoutSummaries(bare)
  return repeated ? said : withoutRepeated(said)
}

export interface PageChoices {
  /** One column of 18 pt, on as many sheets as it takes. */
  readonly largePrint: boolean
  /** A column for notes beside the text leaves room for one of text. */
  readonly notes: boolean
  readonly unchanged: Unchanged
  /** Whether heads beside the text have room for their words at a size, in pt. */
  headsFit(content: OnePagerContent, size: number): boolean
  readonly trackOf: (content: OnePagerContent) => string
}

/**
 * Sets all one-pagers of a ladder in one size: first the fewest sheets each needs at the floor, by the first variant
 * that reaches them; then the largest size at which all keep that number.
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
  const sizes = choices.largePrint ? largePrintSizes : onePagerSizes
  const cache = new Map<string, Boxes>()
  const boxesAt = async (variant: PageVariant, size: number) => {
    const key = JSON.stringify([variant, size])
    const known = cache.get(key)
    if (known) return known
    const boxes = await measure(variant, size)
    cache.set(key, boxes)
    return boxes
  }
  const setAt = async (content: OnePagerContent, variant: PageVariant, size: number) =>
    setPage(pageOf(content, variant), sheet, variant, await boxesAt(variant, size))

  const floor = sizes.at(-1) ?? 9
  /** @param first of pages that do not have the choice of all forms: the first that they may have */
  const settle = async (first: Settled['first']): Promise<Settled> => {
    const waysOf = (content: OnePagerContent) => variantsOf(content, choices, first.get(content))
    const chosen = new Map(members.map((content) => [content, waysOf(content)[0] ?? beside]))
    const variantOf = (content: OnePagerContent) => chosen.get(content) ?? beside
    const size = await settleSize(
      members,
      sizes,
      () => 1,
      async (content, candidate) => trialOf(await setAt(content, variantOf(content), candidate)),
      async (content) => {
        let fewest = Infinity
        for (const variant of waysOf(content)) {
          const { sheets } = trialOf(await setAt(content, variant, floor))
          if (sheets >= fewest) continue
          // What a dimension is about goes for a page that then is one, not for one of many.
          if (!variant.summaries && sheets > 1) continue
          fewest = sheets
          chosen.set(content, variant)
          if (sheets === 1) break
        }
        return fewest
      },
    )
    const broken = [...chosen].flatMap(([content, { heads }]) =>
      heads === 'beside' && !choices.headsFit(content, size) ? [[content, above] as const] : [],
    )
    return broken.length > 0 ? settle(new Map([...first, ...broken])) : { size, chosen, first }
  }
  const costs = async (alike: Settled, usual: Settled) => {
    if (alike.size < usual.size) return true
    for (const [content, variant] of usual.chosen) {
      const other = await setAt(content, alike.chosen.get(content) ?? variant, alike.size)
      if (trialOf(other).sheets > trialOf(await setAt(content, variant, usual.size)).sheets) return true
    }
    return false
  }
  let settled = await settle(new Map())
  for (const track of new Set(members.map(choices.trackOf))) {
    const odd = oddOnes(settled, (content) => choices.trackOf(content) === track)
    if (odd.length === 0) continue
    const alike = await settle(new Map([...settled.first, ...odd]))
    if (!(await costs(alike, settled))) settled = alike
  }
  const { size, chosen } = settled

  const fitted = new Map<string, Fitted<OnePagerLayout>>()
  for (const [content, variant] of chosen) {
    const page = await setAt(content, variant, size)
    const [first = beside] = variantsOf(content, choices)
    const remedies = [
      ...(variant.heads !== first.heads ? ['heads-above'] : []),
      ...(variant.columns !== first.columns ? ['two-columns'] : []),
      ...(variant.examples ? [] : ['examples-left-out']),
      ...(variant.summaries ? [] : ['summaries-left-out']),
      ...(variant.repeated ? [] : ['new-only']),
      ...('sheets' in page && page.sheets.length > 1 ? ['further-sheets'] : []),
    ]
    // What stands on one sheet has nothing over, and needs no further look.
    const smallest = 'sheets' in page && page.sheets.length > 1 ? await setAt(content, variant, floor) : page
    fitted.set(
      content.level,
      'sheets' in page
        ? {
            demand: 'sheets' in smallest ? smallest.demand : 1,
            rooms: [{ ref: content.level, used: page.used, free: page.free }],
            layout: { ...variant, size, notes: choices.notes, sheets: page.sheets, galley: false },
            pages: page.sheets.length,
            remedies,
            fill: page.fill,
          }
        : { tooHigh: page.tooHigh },
    )
  }
  return fitted
}

/** How the pages of a ladder are set. */
interface Settled {
  readonly size: number
  readonly chosen: ReadonlyMap<OnePagerContent, PageVariant>
  /** Of pages that do not have the choice of all forms: the first that they may have. */
  readonly first: ReadonlyMap<OnePagerContent, PageVariant>
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

function trialOf(page: SetPage): Trial {
  return 'sheets' in page
    ? { sheets: page.sheets.length, demand: page.demand }
    : { sheets: Infinity, demand: 1 }
}
