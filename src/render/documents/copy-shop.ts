import { lineText } from '../../markdown/line.ts'
import type { Sheet } from '../../plan/paper.ts'
import { slugOf, type Trim } from '../../plan/trim.ts'
import { tenths } from '../../plan/units.ts'
import type { RenderContext } from '../context.ts'
import { draftWords, titleWithEdition } from '../edition-words.ts'
import type { WordKey } from '../words.ts'

/** A poster that goes to a copy shop. */
export interface PosterFile {
  readonly path: string
  readonly sheet: Sheet
  readonly trim?: Trim | undefined
}

/** What to tell a copy shop of posters: a text to send along, in the ladder's language. */
export function copyShopNote(context: RenderContext, posters: readonly PosterFile[], black: boolean): string {
  const { ladder, press, words } = context
  const say = (key: WordKey, values: Record<string, string | number> = {}) => lineText(words.say(key, values))
  const draft = draftWords(context)
  const of = [
    draft === null ? undefined : lineText(draft),
    press.brand.name,
    lineText(titleWithEdition(context, draft === null ? ladder.edition : undefined)),
  ]
  const notes = posters.map(({ path, sheet, trim }) =>
    [
      path,
      say('copyShopSize', {
        width: tenths(sheet.width),
        height: tenths(sheet.height),
        paper: sheet.paper,
        orientation: say(sheet.orientation),
      }),
      say('copyShopScale'),
      say('copyShopSides'),
      say(black ? 'copyShopBlack' : 'copyShopColour'),
      say('copyShopPaper'),
      trim ? say('copyShopTrim', { mm: tenths(slugOf(trim)) }) : say('copyShopNoTrim'),
      say('copyShopHang'),
    ].join('\n'),
  )
  const head = [say('copyShop'), of.filter((part) => part !== undefined).join(' · ')].join('\n')
  return `${[head, ...notes].join('\n\n')}\n`
}
