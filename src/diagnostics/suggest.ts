import { distance } from 'fastest-levenshtein'

import { languageOfCountry } from '../text/language.ts'

/**
 * The word that was probably meant: the nearest of the candidates, if it is near enough to be a slip of the
 * keyboard rather than another word. Case and hyphens against underscores or spaces do not count.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[\s_-]+/g, '-')
  const target = plain(word).slice(0, 200)
  let best: string | undefined
  let bestDistance = Infinity
  for (const candidate of candidates) {
    const apart = distance(target, plain(candidate))
    if (apart < bestDistance) [best, bestDistance] = [candidate, apart]
  }
  const allowed = Math.max(1, Math.floor(target.length / 3))
  return bestDistance <= allowed ? best : undefined
}

/** “Did you mean …?” as a hint, or undefined where nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const found = nearest(word, candidates)
  return found === undefined ? undefined : `Did you mean "${found}"?`
}

/** A hint if somebody took a country's code for a language's; undefined otherwise. */
export function didYouMeanLanguage(tag: string): string | undefined {
  const meant = languageOfCountry(tag)
  return meant === undefined ? undefined : `Did you mean "${meant}"? ${tag.toUpperCase()} is a country`
}
