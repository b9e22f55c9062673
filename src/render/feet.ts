/**
 * HTML with the parts of its feet in spans, each with the point behind it, so that styles can keep them whole where lines
 * are short: “Acme ·”, “Engineering ladder 2026.1 ·”, “in force from 1 January 2026”. What is read does not change. In
 * print each span would become an element of its own, so pages get them only where feet take several lines.
 */
export function withFootParts(body: string): string {
  return body.replaceAll(/(<p class="foot-line">)(.*?)(?=<\/p>)/gs, (whole, opening: string, foot: string) =>
    foot.includes(part) ? whole : opening + parted(foot),
  )
}

const part = '<span class="foot-part">'
/** A point between parts, with the word before it: no line begins with the point. */
const point = /(?:(?<= )([^ ]+))? · /g

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
      return piece.replaceAll(point, (_, word?: string) => {
        const last = word === undefined ? ' ·' : `${part}${word} ·</span>`
        return `${last}</span> ${part}`
      })
    })
    .join('')
}
