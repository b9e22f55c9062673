import { hasErrors } from '../diagnostics/diagnostic.ts'
import { sha256 } from '../text/hash.ts'
import type { Made } from './made.ts'
import type { Works } from './make-document.ts'
import { makeDocuments, type SettledDocument } from './make.ts'
import type { Prepared } from './prepare.ts'
import { earlierOf, revisionOf, type Memory } from './preview-memory.ts'

/** What a round of the preview works with. */
export interface MakingWorks extends Omit<Works, 'earlier'> {
  readonly signal: AbortSignal
  /** The path of the open sheet, which is made first. */
  readonly first: () => string | undefined
  /** Hash of the files in which diagnostics have their places. */
  readonly texts: string
  readonly round: number
  /** Shows what is there by now. */
  readonly show: () => void
}

/** What is less urgent is shown after this many ms. */
const often = 200

/**
 * Makes the documents of a preview into its memory: each as soon as it is fitted, then with what printing it has told. It
 * is shown at once if it is the open sheet, and otherwise now and then.
 *
 * @throws what the signal was aborted with
 */
export async function makeInto(
  memory: Memory,
  prepared: Prepared,
  { texts, round, show, ...works }: MakingWorks,
): Promise<void> {
  let shownAt = 0
  const showSoon = (isUrgent: boolean) => {
    if (isUrgent || performance.now() - shownAt > often) {
      show()
      shownAt = performance.now()
    }
    works.signal.throwIfAborted()
  }
  const groupOf = (path: string) => {
    const kind = prepared.kinds.find(({ jobs }) => jobs.some((job) => job.path === path))
    return kind && kind.key !== null ? { name: kind.name, key: kind.key } : null
  }
  const fitted = (documents: readonly SettledDocument[]) => {
    for (const { document, draw, set } of documents) {
      const { path } = document.job
      const before = memory.get(path)
      // Only the open sheet has to be compared with what it was: drawing all of them would take long.
      const markup = path === works.first() ? draw() : undefined
      memory.set(path, {
        ...(before ?? { diagnostics: [], isFailed: false, pdf: null, input: null, texts }),
        prepared,
        document,
        draw: markup ? () => markup : draw,
        set,
        revision: markup ? revisionOf(document, markup) : `r${round}`,
        group: null,
      })
    }
    showSoon(documents.some(({ document }) => document.job.path === works.first()))
  }
  const made = async ({ document, files, diagnostics, input, kept }: Made) => {
    const { path } = document.job
    const before = memory.get(path)
    memory.set(path, {
      ...(before ?? { prepared, document, draw: null, set: null, revision: null, pdf: null }),
      group: groupOf(path),
      input: kept ? (before?.input ?? null) : input,
      diagnostics,
      isFailed: hasErrors(diagnostics),
      texts,
      ...(files.pdf && { bytes: files.pdf, pdf: sha256(files.pdf).slice(0, 12) }),
    })
    showSoon(path === works.first() && !kept)
  }
  await makeDocuments(prepared, { ...works, earlier: earlierOf(memory, texts) }, made, fitted)
}
