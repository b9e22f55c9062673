import { joined, type Line } from '../markdown/line.ts'
import { withoutSoftHyphens } from '../text/soft-hyphens.ts'
import type { RenderContext } from './context.ts'
import { titleOf } from './names.ts'

/** How documents say which ladder and which edition of it they are from. */

/** “Draft of 2026.2”, where the ladder seals its editions and has not sealed this one. */
export function draftWords({ ladder, words, isDraft }: RenderContext): Line | null {
  if (!isDraft) return null
  return ladder.edition === undefined ? words.say('draft') : words.say('draftOf', { edition: ladder.edition })
}

/** `Acme · Engineering ladder 2026.1 · in force from 1 January 2026`; of a draft, which is not in force, less. */
export function footLeft(context: RenderContext): Line {
  const { ladder, press, words, isDraft } = context
  const parts = [
    press.brand.name,
    titleWithEdition(context, isDraft ? undefined : ladder.edition),
    ladder.effective === undefined || isDraft
      ? undefined
      : words.say('inForceFoot', { date: words.date(ladder.effective) }),
  ]
  return joined(
    parts.filter((part) => part !== undefined),
    ' · ',
  )
}

/** “Engineering ladder 2026.1”. */
export function titleWithEdition(context: RenderContext, edition: string | undefined): Line {
  const title = titleOf(context, context.ladder)
  return edition === undefined ? title : joined([title, edition], ' ')
}

/** `Lead Engineer · Engineering ladder · 2026.1`, as windows and readers of PDFs call a document: what is its own first. */
export function documentTitle({ ladder }: RenderContext, ...own: readonly string[]): string {
  const parts = [...own, ladder.title, ladder.edition].filter((part) => part !== undefined)
  return withoutSoftHyphens(parts.join(' · '))
}

/** “Edition 2026.1, in force from 1 January 2026”, as much of it as the ladder says. */
export function editionLine(context: RenderContext): Line | null {
  const { ladder, words, isDraft } = context
  if (isDraft) return draftWords(context)
  const date = ladder.effective === undefined ? undefined : words.date(ladder.effective)
  if (ladder.edition !== undefined && date !== undefined) {
    return words.say('editionInForce', { edition: ladder.edition, date })
  }
  if (ladder.edition !== undefined) return words.say('edition', { edition: ladder.edition })
  return date === undefined ? null : words.say('inForce', { date })
}
