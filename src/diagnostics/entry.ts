/**
 * An error stops what it is about. A warning makes a command fail with `--strict`, a note does not; with `--fail-on`
 * any may.
 */
export type Severity = 'error' | 'warning' | 'note'

/** What a code means, for `ladderpress explain` and for editors. How it is worded stands where it is found. */
export interface CatalogueEntry {
  readonly severity: Severity
  /** A few words, as a heading. */
  readonly title: string
  /** Why this is worth stopping for. */
  readonly why: string
  /** What to do. */
  readonly fix: string
  /** The exit code an error of this kind calls for; 1 where nothing is said. */
  readonly exit?: 1 | 2 | 3 | 4
  /** Before and after, where two lines say more than a sentence. */
  readonly example?: { readonly wrong: string; readonly right: string }
}

/** All codes, `<stage>/<what>`, with what they mean. */
export type Catalogue = Readonly<Record<string, CatalogueEntry>>
