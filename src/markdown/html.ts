import { directionOf } from '../text/language.ts'
import type { Inline, Prose } from './prose.ts'

/** Makes text safe inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['nbsp', '\u00a0'],
])

/** The text of HTML that templates and this file write: without its tags. */
export function textOfHtml(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (entity, decimal?: string, hex?: string, name = '') => {
      if (decimal === undefined && hex === undefined) return named.get(name) ?? entity
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      // As browsers show it.
      return code > 0x10_ff_ff ? '\ufffd' : String.fromCodePoint(code)
    })
}

/** Prose as HTML. Only the tags of the subset come out, every text and address escaped. */
export function proseHtml(prose: Prose): string {
  return prose
    .map((block) => {
      if (block.kind === 'paragraph') return `<p>${inlinesHtml(block.inlines)}</p>`
      const tag = block.ordered ? 'ol' : 'ul'
      const start = block.ordered && block.start !== 1 ? ` start="${block.start}"` : ''
      return `<${tag} class="items"${start}>${block.items.map((item) => `<li>${itemHtml(item)}</li>`).join('')}</${tag}>`
    })
    .join('')
}

/** Prose for inside a list item: its first paragraph stands in its line, what follows as blocks. */
export function itemHtml(prose: Prose): string {
  return openingHtml(prose) + restHtml(prose)
}

/** What stands in the line of a list item: its first paragraph. */
export function openingHtml([first]: Prose): string {
  return first?.kind === 'paragraph' ? `<span class="run">${inlinesHtml(first.inlines)}</span>` : ''
}

/** What follows below that line. */
export function restHtml(prose: Prose): string {
  return proseHtml(prose[0]?.kind === 'paragraph' ? prose.slice(1) : prose)
}

/** A compound with hyphens, as long as an ordinary word: on-call, well-being, day-to-day. */
const compound =
  /(?<![\p{L}\p{N}\p{M}-])(?=[\p{L}\p{N}\p{M}-]{3,12}(?![\p{L}\p{N}\p{M}-]))[\p{L}\p{N}\p{M}]+(?:-[\p{L}\p{N}\p{M}]+)+/gu

/** A prefix that says “not”, with what it begins: phrases of Japanese are sometimes cut between them. */
const negated = /[不無非未]\p{Script=Han}/gu

/** A soft hyphen beside a blank parts no word; a line would end with it all the same, and show it. */
const strayHyphen = /(?<=\s)\u00ad+|\u00ad+(?=\s)/g

/**
 * Text of the ladder, escaped. Words that a line should not end within stand in a span: special characters (U+2011,
 * U+2060) would be copied along, and searches would miss the words. Longer compounds may break at their hyphen;
 * otherwise narrow columns would be ragged.
 */
function textHtml(text: string): string {
  const hasHyphen = text.includes('-')
  const isJapanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
  const html = escapeHtml(text.replace(strayHyphen, ''))
  if (!hasHyphen && !isJapanese) return html
  const whole = (words: string) => `<span class="whole">${words}</span>`
  const joined = hasHyphen ? html.replace(compound, whole) : html
  return isJapanese ? joined.replace(negated, whole) : joined
}

/** A run of inlines as HTML. */
export function inlinesHtml(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      switch (inline.kind) {
        case 'text':
          return textHtml(inline.text)
        case 'break':
          return '<br>'
        case 'strong':
          return `<strong>${inlinesHtml(inline.children)}</strong>`
        case 'emphasis':
          return `<em>${inlinesHtml(inline.children)}</em>`
        case 'code':
          return `<code>${inlinesHtml(inline.children)}</code>`
        case 'passage':
          return `<span lang="${escapeHtml(inline.language)}"${directionAttribute(inline.language)}>${inlinesHtml(inline.children)}</span>`
        case 'kept':
          return `<span class="kept">${inlinesHtml(inline.children)}</span>`
        case 'isolated':
          return `<bdi>${inlinesHtml(inline.children)}</bdi>`
        case 'link':
          return `<a href="${escapeHtml(inline.href)}" rel="noopener noreferrer">${inlinesHtml(inline.children)}</a>`
      }
    })
    .join('')
}

/** Styles give the other direction to passages that stand in text from right to left. */
function directionAttribute(language: string): string {
  return directionOf(language) === 'rtl' ? ' dir="rtl"' : ''
}
