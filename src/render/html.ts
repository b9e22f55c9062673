import { escapeHtml, textOfHtml } from '../markdown/html.ts'
import type { Markup } from './document.ts'
import { withFootParts } from './feet.ts'

/** What a page of ours may do, published or printed: show itself. No script, no address, no form. */
export const sheetPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'"

/**
 * A document as one file that needs nothing else.
 *
 * @param fonts `@font-face` rules with the fonts inside
 * @param fontStack the families in their order
 */
export function assembleHtml(markup: Markup, fonts: string, fontStack: string): string {
  const { style = '', ...root } = markup.root
  const attributes = Object.entries({ ...root, style: `${style};--fonts:${fontStack}` })
    .map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`))
    .join('')
  return `<!doctype html>
<html lang="${escapeHtml(markup.language)}" dir="${markup.direction}"${attributes}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${sheetPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(markup.title)}</title>
<style>
${closed(fonts)}
</style>
<style>
${closed(markup.css)}
</style>
</head>
<body>
${withFootParts(withoutMarks(markup.body))}
</body>
</html>
`
}

/** The words of a document's headings, in its order. */
export function headingsOf({ body }: Pick<Markup, 'body'>): string[] {
  return [...body.matchAll(/<(h[1-6])\b[^>]*>(.*?)<\/\1>/gs)].map(([, , html = '']) => textOfHtml(html))
}

/** A style sheet cannot end its element early. */
function closed(css: string): string {
  return css.replaceAll('</', '<\\/')
}

/** The names under which parts are measured say nothing to a reader. Quotes of the ladder's text are entities. */
function withoutMarks(body: string): string {
  return body.replaceAll(/ data-m="[^"]*"/g, '')
}
