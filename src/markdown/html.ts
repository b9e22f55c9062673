import { directionOf } from '../text/language.ts'
import type { Inline, Prose } from './prose.ts'

/** Makes text safe inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Prose as HTML. Only the tags of the subset come out, every text and address escaped. */
export function proseHtml(prose: Prose): string {
  return prose
    .map((block) => {
      if (block.kind === 'paragraph') return `<p>${inlinesHtml(block.inlines)}</p>`
      const tag = block.ordered ? 'ol' : 'ul'
      const start = block.ordered && block.start !== 1 ? ` start="${block.start}"` : ''
      return `<${tag}${start}>${block.items.map((item) => `<li>${itemHtml(item)}</li>`).join('')}</${tag}>`
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

/** A run of inlines as HTML. */
export function inlinesHtml(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      switch (inline.kind) {
        case 'text':
          return escapeHtml(inline.text)
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
