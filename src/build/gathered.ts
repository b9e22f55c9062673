import type { BrokenWord } from '../diagnostics/diagnostic.ts'
import type { Severity } from '../diagnostics/entry.ts'

/** A diagnostic of this build, or of an earlier one. */
export interface Said {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly at?: unknown
  readonly broken?: BrokenWord
}

/** @param documents their ids; the first is named */
export function brokenWord({ word, letters }: BrokenWord, documents: readonly string[]): string {
  const more = documents.length > 1 ? ` and ${documents.length - 1} more` : ''
  return `“${word}” (${letters} letters) is longer than its column in ${documents[0]}${more}, and was broken`
}

/**
 * One diagnostic for each word that was broken, however many documents broke it; and one for all that have no place and
 * the same message.
 *
 * @param diagnostics of all documents, in their order
 */
export function gathered<One extends Said>(diagnostics: readonly One[]): One[] {
  // A diagnostic about several documents is in the results of each of them.
  const all = [...new Set(diagnostics)]
  const documents = new Map<string, Set<string>>()
  for (const { broken } of all) {
    if (!broken) continue
    const own = documents.get(keyOf(broken)) ?? new Set()
    documents.set(keyOf(broken), own.add(broken.document))
  }
  const said = new Set<string>()
  return all.flatMap((one) => {
    const { broken } = one
    const key = broken ? keyOf(broken) : `${one.code} ${one.message}`
    if ((broken || !one.at) && said.has(key)) return []
    said.add(key)
    // Said of all of its documents, it is about none in particular.
    return broken
      ? [{ ...one, message: brokenWord(broken, [...(documents.get(key) ?? [])]), broken: undefined }]
      : [one]
  })
}

function keyOf({ word, letters }: BrokenWord): string {
  return `${letters} ${word}`
}
