import { formatsOf } from '../plan/job.ts'
import type { Markup } from '../render/document.ts'
import { fontStack } from '../render/font-order.ts'
import { fontRules } from '../render/fonts.ts'
import { assembleHtml } from '../render/html.ts'
import type { PreparedDocument } from './kinds.ts'
import type { Prepared } from './prepare.ts'

/** Styles make accents black where there is to be no colour; marks differ by their form as well. */
export function inInk({ black }: Prepared, markup: Markup): Markup {
  return black ? { ...markup, root: { ...markup.root, 'data-ink': 'black' } } : markup
}

/** A document as one HTML file, where it has one. */
export async function htmlOf(
  prepared: Prepared,
  { faces, job }: PreparedDocument,
  markup: Markup,
): Promise<{ html?: Buffer }> {
  const { fonts, readFonts, plan } = prepared
  if (!formatsOf(job, plan.formats).includes('html')) return {}
  const rules = fontRules(faces, await readFonts(faces))
  return { html: Buffer.from(assembleHtml(inInk(prepared, markup), rules, fontStack(fonts))) }
}
