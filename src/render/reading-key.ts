import type { Line } from '../markdown/line.ts'
import type { Track } from '../model/ladder.ts'
import type { RenderContext } from './context.ts'
import { endsInStop, isDashed } from './level-words.ts'
import { nameOf } from './names.ts'

/** Rungs; a line that joins two rails and one that ends in a stop, or one of them; one that bends; a dashed line. */
export type KeySample = 'rungs' | 'ties' | 'joined' | 'stops' | 'forks' | 'dashed'

/** A sentence on how to read the map, with what of the map it speaks of. */
export interface KeySentence {
  readonly words: Line
  readonly sample: KeySample | null
}

/** Groups of tracks that nothing joins are named one by one up to here. */
const mostNamed = 5

/**
 * How to read a map, in sentences: as many as it needs.
 *
 * @param tracks that are on it, with the levels that are
 */
export function keySentences(context: RenderContext, tracks: readonly Track[]): KeySentence[] {
  const { ladder, rungs, words } = context
  const levels = tracks.flatMap((track) => track.levels)
  const ids = new Set(levels.map(({ id }) => id))
  const blocks = rungs.blocks
    .map((block) => tracks.filter(({ id }) => block.tracks.includes(id)))
    .filter((joined) => joined.length > 0)
  const hasTies = levels.some(({ id }) => rungs.equivalents.get(id)?.some((other) => ids.has(other)))
  const hasStops = blocks.some(
    (joined) =>
      joined.length > 1 &&
      joined.some((track) => track.levels.some((level) => endsInStop(context, level, tracks))),
  )
  const hasForks = rungs.forks.some(
    ({ from, track }) => ids.has(from) && tracks.some(({ id }) => id === track),
  )
  return [
    { words: words.say('readRungs'), sample: 'rungs' },
    ...(hasTies && hasStops ? [{ words: words.say('readTies'), sample: 'ties' as const }] : []),
    ...(hasTies && !hasStops ? [{ words: words.say('readJoined'), sample: 'joined' as const }] : []),
    ...(!hasTies && hasStops ? [{ words: words.say('readStops'), sample: 'stops' as const }] : []),
    ...(hasForks ? [{ words: words.say('readForks'), sample: 'forks' as const }] : []),
    ...(levels.some(isDashed) ? [{ words: words.say('readDashed'), sample: 'dashed' as const }] : []),
    ...(ladder.style === 'additive' ? [{ words: words.say('readAdditive'), sample: null }] : []),
    ...(blocks.length > 1
      ? [
          {
            words:
              blocks.length > mostNamed
                ? words.say('readUnjoinedMany')
                : words.say('readUnjoined', {
                    tracks: words.list(
                      blocks.map((joined) => words.list(joined.map((track) => nameOf(context, track)))),
                    ),
                  }),
            sample: null,
          },
        ]
      : []),
  ]
}
