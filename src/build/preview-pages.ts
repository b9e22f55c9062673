import { loadPreviewPage } from '../load/preview-page.ts'
import { sheetPolicy } from '../render/html.ts'
import { serve, type Answer } from '../serve/server.ts'
import type { Preview } from './preview.ts'

/** What the page may do: load its own parts, and show sheets. No inline style or script, nothing from elsewhere. */
const pagePolicy = [
  "default-src 'none'",
  ...['script', 'style', 'font', 'img', 'connect', 'frame'].map((kind) => `${kind}-src 'self'`),
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What a sheet may do: show itself, in the page. */
const framePolicy = `${sheetPolicy}; frame-ancestors 'self'; sandbox allow-same-origin`

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  svg: 'image/svg+xml',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  woff2: 'font/woff2',
}

/**
 * Serves the page of a preview with its sheets:
 *
 *     <token>/                    the page, its style, script and fonts
 *     <token>/events              what there is to show, again whenever it changes
 *     <token>/sheet/<path>.html   a sheet; whichever was asked for last is made first, also where it is not there yet (202)
 *     <token>/pdf/<path>.pdf      its PDF
 */
export async function servePreview(
  preview: Preview,
  { port, token }: { port: number; token: string },
): Promise<{ address: string; tell: (state: object) => void; close: () => Promise<void> }> {
  const page = await loadPreviewPage()
  const answer = async (path: string): Promise<Answer | undefined> => {
    const [, kind, name = ''] = /^(sheet|pdf)\/(.+)\.(?:html|pdf)$/.exec(path) ?? []
    if (kind === 'sheet') {
      const body = await preview.html(name)
      if (body === 'coming') return { type: 'text/plain; charset=utf-8', body: '', status: 202 }
      return body && { type: 'text/html; charset=utf-8', body, policy: framePolicy }
    }
    if (kind === 'pdf') {
      const body = preview.pdf(name)
      return body && { type: 'application/pdf', body, policy: "frame-ancestors 'self'" }
    }
    const own = path === '' ? 'preview.html' : path
    const body = page.get(own)
    const type = types[own.slice(own.lastIndexOf('.') + 1)]
    return body && type !== undefined ? { type, body, policy: pagePolicy } : undefined
  }
  const serving = await serve({ port, token, answer, news: () => JSON.stringify(preview.state()) })
  return {
    address: `http://127.0.0.1:${serving.port}/${token}/`,
    tell: (state) => serving.tell(JSON.stringify(state)),
    close: serving.close,
  }
}
