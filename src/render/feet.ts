import type { FontSet } from '../load/font-set.ts'
import { textOfHtml } from '../markdown/html.ts'
import { point } from '../plan/units.ts'
import { textWidth } from './text-widths.ts'

/**
 * HTML with the parts of its feet in spans, each with the point behind it, so that styles can keep them whole where lines
 * are short: “Acme ·”, “Engineering ladder 2026.1 ·”, “in force from 1 January 2026”. What is read does not change. In
 * print each span would become an element of its own, so pages get them only where feet take several lines.
 *
 * @param isLong which feet get them, by their words; all if it is left out
 */
export function withFootParts(body: string, isLong: (words: string) => boolean = () => true): string {
  return body.replaceAll(/(<p class="foot-line">)(.*?)(?=<\/p>)/gs, (whole, opening: string, foot: string) =>
    foot.includes(part) || !isLong(textOfHtml(foot)) ? whole : opening + parted(foot),
  )
}

/** In pt, as styles have them: of sheets that are read in the hand, and on a table. */
export const footSizes = { small: 7.5, table: 8 } as const
/** In mm: between the ends of a foot, and what a line of 100 mm takes between them. */
const between = 8
export const rulerRoom = 100 + between

/**
 * Whether the ends of a foot have no room beside each other.
 *
 * @param room between the margins, in mm
 * @param size in pt
 */
export function longerThan(fonts: FontSet, room: number, size: number): (words: string) => boolean {
  return (words) => textWidth(fonts, words, size) * point > room - between
}

const part = '<span class="foot-part">'
/** A point between parts, with the word before it: no line begins with the point. */
const middlePoint = /(?:(?<= )([^ ]+))? · /g

/** The ends of a foot are plain spans. Points within passages part nothing. */
function parted(foot: string): string {
  let depth = 0
  let isEnd = false
  return foot
    .split(/(<[^>]*>)/)
    .map((piece) => {
      if (/^<w?br\b/.test(piece)) return piece
      if (piece.startsWith('</')) {
        depth -= 1
        return depth === 0 && isEnd ? `</span>${piece}` : piece
      }
      if (piece.startsWith('<')) {
        depth += 1
        if (depth > 1) return piece
        isEnd = piece === '<span>'
        return isEnd ? piece + part : piece
      }
      if (depth !== 1 || !isEnd) return piece
      return piece.replaceAll(middlePoint, (_, word?: string) => {
        const last = word === undefined ? ' ·' : `${part}${word} ·</span>`
        return `${last}</span> ${part}`
      })
    })
    .join('')
}
