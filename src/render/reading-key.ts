import type { Line } from '../markdown/line.ts'
import type { RenderContext } from './context.ts'
import { isDashed } from './level-words.ts'
import { nameOf } from './names.ts'

/** How to read the map, in sentences: as many as this ladder needs. */
export function keySentences(context: RenderContext): Line[] {
  const { ladder, rungs, words } = context
  const trackName = (id: string) => {
    const track = ladder.tracks.find((other) => other.id === id)
    return track ? nameOf(context, track) : id
  }
  const levels = ladder.tracks.flatMap((track) => track.levels)
  return [
    words.say('readRungs'),
    ...([...rungs.equivalents.values()].some((others) => others.length > 0) ? [words.say('readTies')] : []),
    ...(levels.some(isDashed) ? [words.say('readDashed')] : []),
    ...(ladder.style === 'additive' ? [words.say('readAdditive')] : []),
    ...(rungs.blocks.length > 1
      ? [
          words.say('readUnjoined', {
            tracks: words.list(rungs.blocks.map(({ tracks }) => words.list(tracks.map(trackName)))),
          }),
        ]
      : []),
  ]
}
