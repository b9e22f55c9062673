const words = {
  'heads-above': 'heads above their text',
  'two-columns': 'two columns',
  'one-column': 'one column',
  turned: 'the sheet turned',
  'columns-by-content': 'columns by what they say',
  'columns-wider': 'columns wide enough for their longest text',
  'examples-left-out': 'examples left out',
  'summaries-left-out': 'summaries of dimensions left out',
  'new-only': 'what is new only',
  'statements-divided': 'long statements divided',
  'further-sheets': 'further sheets',
  'further-pages': 'levels over several pages',
  halves: 'levels over several sheets',
  'rows-divided': 'rows divided',
  'names-small': 'smaller names',
  'depth-new': 'what each level adds',
  'depth-cells': 'one statement of each cell',
  'depth-sentences': 'the first sentence of each cell',
  'depth-levels': 'one sentence of each level',
  'depth-map': 'the map alone',
}

/** What may be done to make a document fit, beside the choice of a size. */
export type Remedy = keyof typeof words

/** Those by which a poster says less. */
export type DepthRemedy = Extract<Remedy, `depth-${string}`>

/** The names of those that were taken, in the order given. */
export function taken(remedies: Readonly<Partial<Record<Remedy, boolean>>>): Remedy[] {
  return (Object.keys(remedies) as Remedy[]).filter((remedy) => remedies[remedy])
}

/** What a remedy did to a document, in words that follow each other with commas. */
export function remedyWords(remedy: Remedy): string {
  return words[remedy]
}
