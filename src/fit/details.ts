import type { Division } from '../render/divided.ts'
import { taken, type Remedy } from './remedies.ts'

/** What a document shows of all that it may leave out before it takes a further sheet; or which of it there is. */
export interface Details {
  readonly examples: boolean
  /** Summaries of dimensions and of their groups. */
  readonly summaries: boolean
  /** Statements that the level below makes too. */
  readonly repeated: boolean
  /** Statements of more characters are set in pieces: only where a document would not be printed otherwise. */
  readonly divided?: number
}

/** Everything a document may leave out, shown. */
export const allDetails: Details = { examples: true, summaries: true, repeated: true }

/** What a kind of document does to leave a detail out, or to divide its long statements. */
export interface WithoutDetails<Content> {
  withoutExamples(content: Content): Content
  withoutSummaries(content: Content): Content
  withoutRepeated(content: Content): Content
  withDivided(content: Content, division: Division): Content
}

/** What a document says that shows some details. @param locale of its text */
export function saidWith<Content>(
  content: Content,
  { examples, summaries, repeated, divided }: Details,
  locale: string,
  by: WithoutDetails<Content>,
): Content {
  const plain = examples ? content : by.withoutExamples(content)
  const brief = summaries ? plain : by.withoutSummaries(plain)
  const said = repeated ? brief : by.withoutRepeated(brief)
  return divided === undefined ? said : by.withDivided(said, { longest: divided, locale })
}

/** All of them, then without those that there are: examples first, what the level below says too last. */
export function detailsInTurn(has: Details): Details[] {
  const plain = { ...allDetails, examples: !has.examples }
  const brief = has.summaries ? [{ ...plain, summaries: false }] : []
  return [
    allDetails,
    ...(has.examples ? [plain] : []),
    ...brief,
    ...(has.repeated ? [plain, ...brief].map((details) => ({ ...details, repeated: false })) : []),
  ]
}

/** The remedies of a document that shows some details and leaves out the others. */
export function detailRemedies({ examples, summaries, repeated, divided }: Details): Remedy[] {
  return taken({
    'examples-left-out': !examples,
    'summaries-left-out': !summaries,
    'new-only': !repeated,
    'statements-divided': divided !== undefined,
  })
}
