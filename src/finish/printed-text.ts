import { leastContrast, type SeenText, type Sight } from './seen.ts'

/** What all pages say, without blanks, in the order in which it is painted. */
export interface PrintedText {
  readonly found: string
  /** How well a part of it can be seen, where that is worst. */
  readonly sights: (from: number, to: number) => Sight
}

/** The text of a document as one string without blanks, and which parts of it are hard to see. */
export function printedText(pages: readonly (readonly SeenText[])[]): PrintedText {
  let found = ''
  /** Where pieces end that are not wholly clear, and how they are seen. */
  const dim: { from: number; to: number; sight: Sight }[] = []
  for (const page of pages) {
    for (const { text, sight } of page) {
      const words = bare(text)
      if (words === '') continue
      if (sight.hidden || sight.contrast < leastContrast)
        dim.push({ from: found.length, to: found.length + words.length, sight })
      // An accent that stands by itself joins the letter before it.
      const before = words.charCodeAt(0) > 0x2ff && /^\p{M}/u.test(words) ? 1 : 0
      const joined = before === 0 ? words : (found.slice(-1) + words).normalize('NFC')
      found = (before === 0 ? found : found.slice(0, -1)) + joined
    }
  }
  const clear: Sight = { contrast: Number.POSITIVE_INFINITY, hidden: null }
  const sights = (from: number, to: number): Sight => {
    // They follow each other, so the first that can matter is found by halves.
    let [low, high] = [0, dim.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((dim[middle]?.to ?? 0) <= from) low = middle + 1
      else high = middle
    }
    let worst = clear
    for (let index = low; index < dim.length; index += 1) {
      const piece = dim[index]
      if (!piece || piece.from >= to) break
      if (piece.sight.contrast < worst.contrast) worst = piece.sight
    }
    return worst
  }
  return { found, sights }
}

/** Text without what leaves no ink: line breaks fall where they fall. */
export function bare(text: string): string {
  return text.normalize('NFC').replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '')
}
