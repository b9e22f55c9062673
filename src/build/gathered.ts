import type { Severity } from '../diagnostics/entry.ts'

/** A diagnostic of this build, or of an earlier one. */
export interface Said {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly at?: unknown
}

/** @param documents the id of one, and how many more */
export function brokenWord(word: string, documents: string): string {
  return `${word} is longer than its column in ${documents}, and was broken`
}

/**
 * One diagnostic for each word that was broken, wherever that was; and one of those that say the same of no place.
 *
 * @param diagnostics of all documents, in their order
 */
export function gathered<One extends Said>(diagnostics: readonly One[]): One[] {
  const words = new Map<string, { first: One; documents: Set<string> }>()
  const said = new Set<string>()
  // What is said of several documents is one diagnostic in the results of each.
  const all = [...new Set(diagnostics)].flatMap((diagnostic): (One | string)[] => {
    const [, word, document] =
      /^(.*) is longer than its column in (\S+), and was broken$/.exec(diagnostic.message) ?? []
    if (diagnostic.code !== 'print/word-too-long' || word === undefined || document === undefined) {
      const key = `${diagnostic.code} ${diagnostic.message}`
      if (diagnostic.at || !said.has(key)) return said.add(key) && [diagnostic]
      return []
    }
    const known = words.get(word)
    known?.documents.add(document)
    if (known) return []
    words.set(word, { first: diagnostic, documents: new Set([document]) })
    return [word]
  })
  return all.map((one) => {
    if (typeof one !== 'string') return one
    const { first, documents } = words.get(one) as NonNullable<ReturnType<typeof words.get>>
    const [document = ''] = documents
    const more = documents.size > 1 ? ` and ${documents.size - 1} more` : ''
    return { ...first, message: brokenWord(one, `${document}${more}`) }
  })
}
