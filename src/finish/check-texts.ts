import type { RefText } from '../render/ref-texts.ts'
import { directionOf, hasTurnedLetters } from '../text/language.ts'
import type { Expected, PdfFault } from './expected.ts'
import { bare, printedText } from './printed-text.ts'
import { leastContrast, type SeenText, type Sight } from './seen.ts'

/** So many places are tried for one text before what lies over them is moved no further. */
const mostTried = 20

/** Where a text is found. */
interface Place {
  readonly words: string
  readonly at: number
  readonly sight: Sight
  /** Whether it cannot be seen, or places before it were passed over because they cannot. */
  readonly isBehindHidden: boolean
}

/**
 * Each text has to be there, to be seen, as often as it is asked for. The longest are looked for first, and none is
 * found in the place of another: “Tests” is not found in “Tests what others build”. A text that was found across two
 * others, as “Staff Engineer” across “Senior Staff” and “Engineer”, makes room for them if it also stands elsewhere.
 */
export function checkTexts(
  pages: readonly (readonly SeenText[])[],
  { texts, direction }: Expected,
): PdfFault[] {
  const { found, sights } = printedText(pages)
  const taken = new Uint8Array(found.length)
  const next = new Map<string, number>()
  const places = new Map<RefText, Place>()
  const missing = new Set<RefText>()
  const turned: (readonly [RefText, string])[] = []
  const wanted = texts
    .map((text) => [text, bare(text.text)] as const)
    .filter(([, words]) => words !== '')
    .toSorted(([, one], [, other]) => other.length - one.length)
  for (const [text, words] of wanted) {
    const place = placeOf(words, next.get(words))
    if (place) {
      take(text, place)
      if (!place.isBehindHidden) next.set(words, place.at + words.length)
    } else if (makeRoom(text, words)) continue
    else if (turns(text, words)) turned.push([text, words])
    else missing.add(text)
  }
  if (turned.length > 0) for (const text of missingOf(turned)) missing.add(text)
  return texts.flatMap((text): PdfFault[] => {
    if (missing.has(text)) return [faultOf(text)]
    const { hidden = null, contrast = Infinity } = places.get(text)?.sight ?? {}
    if (hidden) return [{ ...faultOf(text), hidden }]
    return contrast < leastContrast ? [{ ...faultOf(text), kind: 'faint', contrast }] : []
  })

  function take(text: RefText, place: Place): void {
    places.set(text, place)
    taken.fill(1, place.at, place.at + place.words.length)
  }

  function leave(text: RefText, { at, words }: Place): void {
    places.delete(text)
    taken.fill(0, at, at + words.length)
  }

  /** The next free place; one that can be seen comes first. */
  function placeOf(words: string, from?: number): Place | undefined {
    let hidden: Place | undefined
    for (let at = found.indexOf(words, from); at >= 0; at = found.indexOf(words, at + 1)) {
      const end = at + words.length
      if (taken[at] === 1 || taken[end - 1] === 1 || taken.subarray(at, end).includes(1)) continue
      const sight = sights(at, end)
      if (!sight.hidden) return { words, at, sight, isBehindHidden: hidden !== undefined }
      hidden ??= { words, at, sight, isBehindHidden: true }
    }
    return hidden
  }

  /**
   * Moves what lies over a place of a text to other places of its own, if need be by moving what lies over those.
   *
   * @param tried the places that were tried before, each with what was to stand there
   * @param undo what takes back all moves so far, the last first
   * @returns whether the text has its place then
   */
  function makeRoom(
    text: RefText,
    words: string,
    tried = new Set<string>(),
    undo: (() => void)[] = [],
  ): boolean {
    const set = (one: RefText, place: Place) => {
      take(one, place)
      undo.push(() => leave(one, place))
    }
    for (let at = found.indexOf(words); at >= 0; at = found.indexOf(words, at + 1)) {
      if (tried.has(`${at} ${words}`)) continue
      tried.add(`${at} ${words}`)
      const end = at + words.length
      const before = undo.length
      const above = [...places].filter(([, other]) => other.at < end && at < other.at + other.words.length)
      for (const [other, place] of above) {
        leave(other, place)
        undo.push(() => take(other, place))
      }
      set(text, { words, at, sight: sights(at, end), isBehindHidden: false })
      const areMoved = above.every(([other, { words: others }]) => {
        const place = placeOf(others)
        if (place) set(other, place)
        return place !== undefined || (tried.size < mostTried && makeRoom(other, others, tried, undo))
      })
      if (areMoved) return true
      for (const takeBack of undo.splice(before).toReversed()) takeBack()
    }
    return false
  }

  /**
   * Scripts that run from the right, and passages that run against their text, are painted in another order than they
   * are read in: of these, characters are counted.
   */
  function missingOf(them: readonly (readonly [RefText, string])[]): RefText[] {
    const have = new Map<string, number>()
    for (let at = 0; at < found.length;) {
      const character = String.fromCodePoint(found.codePointAt(at) ?? 0)
      const end = at + character.length
      if (taken[at] !== 1 && !sights(at, end).hidden) have.set(character, (have.get(character) ?? 0) + 1)
      at = end
    }
    return them.flatMap(([text, words]) => {
      const counts = countCharacters(words)
      if (![...counts].every(([character, count]) => (have.get(character) ?? 0) >= count)) return [text]
      for (const [character, count] of counts) have.set(character, (have.get(character) ?? 0) - count)
      return []
    })
  }

  function turns({ text, languages = [] }: RefText, words: string): boolean {
    // From right to left, the full stop of “By decision.” is painted at its left.
    if (direction === 'rtl' || /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text)) return true
    return hasTurnedLetters(words) || languages.some((language) => directionOf(language) !== direction)
  }
}

function faultOf({ ref, text }: RefText) {
  return { kind: 'text' as const, ref, text }
}

function countCharacters(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return counts
}
