import type { Sheet } from '../../plan/paper.ts'
import type { RenderContext } from '../context.ts'
import { mm, type Markup } from '../document.ts'
import type { Engine } from '../engine.ts'

/** Where the words stand, in mm from the foot of the sheet: below all that a page of the booklet says. */
const fromFoot = 6

/**
 * The markup of a booklet with one more page, as large as the sheet that is folded: what to set in the print dialog. It
 * is laid over the outermost sheet when the print is finished, and stands in the foot of the back cover.
 */
export function withFoldWords(engine: Engine, context: RenderContext, booklet: Markup, sheet: Sheet): Markup {
  const size = `--fold-width:${mm(sheet.width)};--fold-height:${mm(sheet.height)};--fold-foot:${mm(fromFoot)}`
  return {
    ...booklet,
    css: [
      booklet.css,
      `@page fold{size:${mm(sheet.width)} ${mm(sheet.height)};margin:0}`,
      `.fold{${size}}`,
      engine.style('fold'),
    ].join('\n'),
    body: `${booklet.body}\n${engine.render('fold', { words: foldWords(context) })}`,
  }
}

/** What stands on the sheets of a booklet to fold. */
export function foldWords({ words }: RenderContext): object {
  return { fold: words.say('foldHint') }
}
