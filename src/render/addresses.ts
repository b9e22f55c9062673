import type { FontSet } from '../load/font-set.ts'
import { inLanguage, type Line } from '../markdown/line.ts'
import { inlineText, inlinesOf, nested, type Inline, type Prose } from '../markdown/prose.ts'
import { hasTurnedLetters } from '../text/language.ts'
import { hasAll } from './fonts.ts'

/** Where a link of the text leads. */
export interface Address {
  readonly text: Line
  /** As people read it. */
  readonly href: string
}

/** A printed link cannot be followed, so its address stands at the foot, unless the text is the address. */
export function addressesOf(prose: Prose, fonts: FontSet): Address[] {
  const links = new Map<string, Line>()
  const languages = new Map<Inline, string>()
  const plain = (address: string) => address.replace(/^(https?:\/\/|mailto:)/, '').replace(/\/$/, '')
  for (const inline of inlinesOf(prose)) {
    if (inline.kind === 'passage')
      for (const inner of nested(inline.children)) languages.set(inner, inline.language)
    if (inline.kind !== 'link' || inline.href.startsWith('#') || links.has(inline.href)) continue
    const text = inlineText(inline.children)
    if ([inline.href, readable(inline.href, fonts)].some((href) => plain(text) === plain(href))) continue
    const language = languages.get(inline)
    const isMixed = [...nested(inline.children)].some(({ kind }) => kind === 'passage')
    const line = isMixed ? inline.children : text
    links.set(inline.href, language === undefined ? line : inLanguage(language, line))
  }
  return [...links].map(([href, text]) => ({ text, href: readable(href.replace(/^mailto:/, ''), fonts) }))
}

/**
 * An address with its letters, as far as there are fonts for them: nobody can type %E8%A8%AD%E8%A8%88 from paper. What is
 * written from right to left stays as it is, as its parts would change places.
 */
function readable(address: string, fonts: FontSet): string {
  return address.replace(/(?:%[89A-F][\dA-F])+/gi, (escaped) => {
    const text = unescaped(escaped)
    if (text === escaped || text !== text.normalize('NFC') || hasTurnedLetters(text)) return escaped
    return [...text]
      .map((sign) =>
        /[\p{L}\p{M}\p{N}]/u.test(sign) && hasAll(fonts, sign) ? sign : encodeURIComponent(sign),
      )
      .join('')
  })
}

/** As it is where it is no UTF-8. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * Lets addresses in HTML break behind their signs, with nothing added to what is copied: browsers break them behind few.
 *
 * @param html what is text in it is escaped already, so that an ampersand is an entity
 */
export function withBreaks(html: string): string {
  return html.replace(/>[^<]*[:@.][^<]*(?=<)/g, (text) =>
    text.replace(/[^\s<>]+/g, (word) => (isAddress.test(word) ? word.replace(sign, '$&<wbr>') : word)),
  )
}

const isAddress = /https?:\/\/|www\.|@[^@]+\./
const sign = /(?<!\b[a-z]{1,9}:\/*)(?:[/?=._~@-]|&(?:amp|#38|#x3D);)+(?=[\p{L}\p{N}%])/giu
