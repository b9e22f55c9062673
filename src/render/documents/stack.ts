import { lineText } from '../../markdown/line.ts'
import type { Job } from '../../plan/job.ts'
import type { RenderContext } from '../context.ts'
import type { Markup } from '../document.ts'
import { documentTitle } from '../edition-words.ts'
import type { Engine } from '../engine.ts'
import { renderOnePagers, type OnePagerMember } from './one-pager.ts'

/** All one-pagers of a ladder, or of a track, in one file. */

/** “One-pagers”, “Managers: one-pagers”. */
export function stackTitle({ ladder, words }: RenderContext, { subjects }: Pick<Job, 'subjects'>): string {
  const [only, ...others] = subjects.tracks
  const track = others.length > 0 ? undefined : ladder.tracks.find(({ id }) => id === only)
  const line =
    track && ladder.tracks.length > 1 ? words.say('stackOf', { track: track.name }) : words.say('stack')
  return lineText(line)
}

/** @param members in the order in which they lie */
export function renderStack(
  engine: Engine,
  context: RenderContext,
  job: Job,
  members: readonly OnePagerMember[],
): Markup {
  const blanks = blankPages(members.map(({ layout }) => layout.sheets?.length ?? 1))
  let last = 0
  const lying = members.map((member) => {
    last += member.layout.sheets?.length ?? 1
    const blankAfter = blanks.includes(last + 1)
    if (blankAfter) last += 1
    return { ...member, blankAfter }
  })
  const markup = renderOnePagers(engine, context, job.sheet, lying)
  return { ...markup, title: documentTitle(context, stackTitle(context, job)) }
}

/**
 * The pages that stay empty so that each member begins on a front: where all take one sheet, they are printed on one side
 * and none is needed.
 *
 * @param pages how many each member has
 * @returns numbers of pages, from 1
 */
export function blankPages(pages: readonly number[]): number[] {
  if (pages.every((count) => count === 1)) return []
  const blanks: number[] = []
  let last = 0
  for (const count of pages.slice(0, -1)) {
    last += count
    if (last % 2 === 1) blanks.push((last += 1))
  }
  return blanks
}
