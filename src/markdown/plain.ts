import { textInline } from './line-ends.ts'
import type { Block, Prose } from './prose.ts'

/** Whatever can begin markup within a line, as our reader knows Markdown. */
const anyMark = /[\r\t*_~[\]`<>&\\@]|:\/\/|www\.|^[-+=#|\s–—•‣◦⁃∙·・▪▫●○■□]|^\d{1,9}[.)]|\s$|^$/i

/**
 * Reads plain paragraphs and plain lists of statements, which is what ladders consist of: the Markdown reader takes ten
 * times as long to find nothing else in them.
 *
 * @returns undefined where there may be more
 */
export function plainProse(text: string): Prose | undefined {
  const lines = text.replace(/^\n+|\n+$/g, '').split('\n')
  if (lines.every((line) => line.startsWith('- ') && !anyMark.test(line.slice(2)))) {
    const items = lines.map((line) => plainParagraphs([line.slice(2)]))
    return [{ kind: 'list', ordered: false, start: 1, items }]
  }
  return lines.every((line) => line === '' || !anyMark.test(line)) ? plainParagraphs(lines) : undefined
}

function plainParagraphs(lines: readonly string[]): Block[] {
  return lines
    .join('\n')
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => ({ kind: 'paragraph', inlines: [textInline(paragraph)] }))
}
