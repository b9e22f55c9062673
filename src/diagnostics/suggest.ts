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
    const apart = isTurned(target, plain(candidate)) ? 1 : distance(target, plain(candidate))
    if (apart < bestDistance) [best, bestDistance] = [candidate, apart]
  }
  const allowed = Math.max(1, Math.floor(target.length / 3))
  return bestDistance <= allowed ? best : undefined
}

/** Whether two letters that follow each other have changed places: one slip, though two letters differ. */
function isTurned(word: string, candidate: string): boolean {
  if (word.length !== candidate.length) return false
  const at = [...word].findIndex((letter, index) => letter !== candidate[index])
  const turned = `${word.slice(0, at)}${word.charAt(at + 1)}${word.charAt(at)}${word.slice(at + 2)}`
  return at >= 0 && turned === candidate
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
