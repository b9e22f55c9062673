import type { Line } from '../markdown/line.ts'
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

/** How to read the map, in sentences: as many as this ladder needs. */
export function keySentences(context: RenderContext): KeySentence[] {
  const { ladder, rungs, words } = context
  const trackName = (id: string) => {
    const track = ladder.tracks.find((other) => other.id === id)
    return track ? nameOf(context, track) : id
  }
  const levels = ladder.tracks.flatMap((track) => track.levels)
  const hasTies = [...rungs.equivalents.values()].some((others) => others.length > 0)
  const hasStops = rungs.blocks.some(
    ({ tracks }) =>
      tracks.length > 1 &&
      ladder.tracks.some(
        (track) => tracks.includes(track.id) && track.levels.some((level) => endsInStop(context, level)),
      ),
  )
  return [
    { words: words.say('readRungs'), sample: 'rungs' },
    ...(hasTies && hasStops ? [{ words: words.say('readTies'), sample: 'ties' as const }] : []),
    ...(hasTies && !hasStops ? [{ words: words.say('readJoined'), sample: 'joined' as const }] : []),
    ...(!hasTies && hasStops ? [{ words: words.say('readStops'), sample: 'stops' as const }] : []),
    ...(rungs.forks.length > 0 ? [{ words: words.say('readForks'), sample: 'forks' as const }] : []),
    ...(levels.some(isDashed) ? [{ words: words.say('readDashed'), sample: 'dashed' as const }] : []),
    ...(ladder.style === 'additive' ? [{ words: words.say('readAdditive'), sample: null }] : []),
    ...(rungs.blocks.length > 1
      ? [
          {
            words:
              rungs.blocks.length > mostNamed
                ? words.say('readUnjoinedMany')
                : words.say('readUnjoined', {
                    tracks: words.list(rungs.blocks.map(({ tracks }) => words.list(tracks.map(trackName)))),
                  }),
            sample: null,
          },
        ]
      : []),
  ]
}
