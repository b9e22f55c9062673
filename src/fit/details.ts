/** What a document may leave out before it takes a further sheet; or which of it there is to leave out. */
export interface Details {
  readonly examples: boolean
  /** Summaries of dimensions and of their groups. */
  readonly summaries: boolean
  /** Statements that the level below makes too. */
  readonly repeated: boolean
}

/** All of them, then without those that there are: examples first, what the level below says too last. */
export function detailsInTurn(has: Details): Details[] {
  const whole = { examples: true, summaries: true, repeated: true }
  const plain = { ...whole, examples: !has.examples }
  const brief = has.summaries ? [{ ...plain, summaries: false }] : []
  return [
    whole,
    ...(has.examples ? [plain] : []),
    ...brief,
    ...(has.repeated ? [plain, ...brief].map((details) => ({ ...details, repeated: false })) : []),
  ]
}

/** The remedies of a document that shows some details and leaves out the others. */
export function detailRemedies({ examples, summaries, repeated }: Details): string[] {
  return [
    ...(examples ? [] : ['examples-left-out']),
    ...(summaries ? [] : ['summaries-left-out']),
    ...(repeated ? [] : ['new-only']),
  ]
}
