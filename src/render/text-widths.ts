import type { FontSet } from '../load/font-set.ts'
import { wordsOfTitle } from '../markdown/line.ts'

/** How wide text is, about, by a table of advance widths: before there is a browser. */

/**
 * About how wide a line of Latin text is, without kerning; characters outside Latin count as one em.
 *
 * @param size in any unit; the result has the same
 */
export function textWidth(
  fonts: FontSet,
  text: string,
  size: number,
  weight: keyof FontSet['widths'] = 'regular',
): number {
  const widths = fonts.widths[weight]
  let total = 0
  for (const character of text) total += widths[String(character.codePointAt(0))] ?? 1000
  return (total * size) / 1000
}

/** About how many lines a Latin text takes in a column, broken between words. */
export function linesOf(
  fonts: FontSet,
  text: string,
  size: number,
  width: number,
  weight: keyof FontSet['widths'] = 'regular',
): number {
  const space = textWidth(fonts, ' ', size, weight)
  let lines = 1
  let used = 0
  for (const word of wordsOfTitle(text)) {
    const own = textWidth(fonts, word, size, weight)
    if (used > 0 && used + space + own > width) {
      lines += 1
      used = 0
    }
    // A word wider than its line is broken over as many as it takes.
    if (own > width) lines += Math.ceil(own / width) - 1
    used += (used > 0 ? space : 0) + own
  }
  return lines
}

/** Where a line may break inside a word. Scripts without blanks break anywhere. */
const parts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[^\s\u00ad\u2010/-]+[\u00ad\u2010/-]?/gu

/** About half an em: letters of scripts whose widths are not known. */
const usualLetter = 550

/**
 * About how wide the longest word of a text is, that is what stands between two places where its line may break.
 *
 * @param size in any unit; the result has the same
 */
export function widestWord(
  fonts: FontSet,
  text: string,
  size: number,
  weight: keyof FontSet['widths'] = 'regular',
): number {
  return widestOf(fonts, wordsOfTitle(text), size, weight)
}

function widestOf(
  fonts: FontSet,
  words: readonly string[],
  size: number,
  weight: keyof FontSet['widths'],
): number {
  const widths = fonts.widths[weight]
  const known = (character: string) => widths[String(character.codePointAt(0))] ?? usualLetter
  return words.flatMap(piecesOf).reduce((most, piece) => {
    const total = [...piece].reduce((sum, character) => sum + known(character), 0)
    return Math.max(most, (total * size) / 1000)
  }, 0)
}

/** What of a word a line may end behind; the number behind it stays with the last. */
function piecesOf(word: string): string[] {
  const [bare = ''] = word.split(' ')
  const pieces: string[] = bare.match(parts) ?? []
  return pieces.map((piece, index) => (index === pieces.length - 1 ? piece + word.slice(bare.length) : piece))
}

/**
 * Whether a text keeps to some lines of a column, and none of its words is broken. What is broken even at the smallest
 * size is no reason to set the rest small.
 *
 * @param column its width and the smallest size that can be taken, in the unit of `size`; a word may have more room
 */
export function keepsLines(
  fonts: FontSet,
  text: string,
  size: number,
  column: { readonly width: number; readonly least: number; readonly lines: number; readonly word?: number },
): boolean {
  const { width, least, lines, word = width } = column
  return (
    linesOf(fonts, text, size, width, 'bold') <= lines &&
    keepsWords(fonts, text, size, { width: word, least })
  )
}

/**
 * Whether none of the words of a text is broken in a column, nor parted from its number. What is even at the smallest
 * size does not count, so that a number for which there is no room beside a word does not break the word as well.
 *
 * @param column its width and the smallest size that can be taken, in the unit of `size`; by how many em lines are indented
 */
export function keepsWords(
  fonts: FontSet,
  text: string,
  size: number,
  { width, least, indent = 0 }: { readonly width: number; readonly least: number; readonly indent?: number },
): boolean {
  const words = wordsOfTitle(text)
  return [words, words.flatMap((word) => word.split(' '))].every((some) => {
    const isWhole = (at: number) => widestOf(fonts, some, at, 'bold') + indent * at <= width
    return isWhole(size) || !isWhole(least)
  })
}
