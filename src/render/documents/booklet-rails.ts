import type { Line } from '../../markdown/line.ts'
import type { Level, Track } from '../../model/ladder.ts'
import type { RenderContext } from '../context.ts'
import { endsInStop, isDashed, summaryOf } from '../level-words.ts'
import { nameOf, titleOf } from '../names.ts'
import { markOfTrack, railsAbreast, type GlanceLevel, type GlanceRail } from './booklet-parts.ts'

/** What the map of a booklet says, whatever pages it spreads over. */

/**
 * A track on the map.
 *
 * @param tracks all that stand on it, without their drafts
 */
export function railOf(context: RenderContext, tracks: readonly Track[], track: Track): GlanceRail {
  const origins = context.rungs.forks.flatMap((fork) =>
    // From a draft no track opens yet.
    fork.track === track.id && trackOf(tracks, fork.from) ? [fork.from] : [],
  )
  const drawn = origins.filter((id) => isClear(context, tracks, track, id))
  // A line that comes from another spread does not show from where.
  const spread = spreadOf(tracks, track)
  const said = origins.filter((id) => !drawn.includes(id) || spreadOf(tracks, trackOf(tracks, id)) !== spread)
  return {
    track: track.id,
    name: nameOf(context, track),
    mark: markOfTrack(context, track),
    block: blockOf(context, track),
    ...(drawn.length > 0 && { opensFrom: drawn }),
    levels: track.levels.toReversed().map((level, index) => ({
      ...glanceLevel(context, tracks, track, level),
      ...(index === track.levels.length - 1 && said.length > 0 && { opensFrom: opensWords(context, said) }),
    })),
  }
}

function blockOf({ rungs }: RenderContext, track: Track): number {
  return rungs.blocks.findIndex((joined) => joined.tracks.includes(track.id))
}

function trackOf(tracks: readonly Track[], id: string): Track | undefined {
  return tracks.find(({ levels }) => levels.some((level) => level.id === id))
}

function spreadOf(tracks: readonly Track[], track: Track | undefined): number {
  return track ? Math.floor(tracks.indexOf(track) / (railsAbreast(tracks.length) * 2)) : -1
}

/**
 * Whether no level that has nothing to do with it stands on the line from a level to the rail that opens from it. Rails
 * that nothing joins stand on one ground here, so levels of theirs may.
 */
function isClear(context: RenderContext, tracks: readonly Track[], track: Track, from: string): boolean {
  const origin = trackOf(tracks, from)
  if (!origin) return false
  const ends = [tracks.indexOf(track), tracks.indexOf(origin)]
  const rung = context.rungs.of.get(from)
  return tracks
    .slice(Math.min(...ends) + 1, Math.max(...ends))
    .filter((other) => blockOf(context, other) !== blockOf(context, origin))
    .every(({ levels }) => levels.every(({ id }) => context.rungs.of.get(id) !== rung))
}

function opensWords(context: RenderContext, ids: readonly string[]): Line {
  const levels = ids.flatMap((id) => context.levels.get(id)?.level ?? [])
  return context.words.say('opensFrom', {
    level: context.words.list(levels.map((level) => titleOf(context, level))),
  })
}

function glanceLevel(
  context: RenderContext,
  tracks: readonly Track[],
  track: Track,
  level: Level,
): GlanceLevel {
  const { rungs } = context
  const at = (id: string) => tracks.findIndex(({ levels }) => levels.some((other) => other.id === id))
  const own = at(level.id)
  const others = (rungs.equivalents.get(level.id) ?? [])
    .flatMap((id) => context.levels.get(id)?.level ?? [])
    .filter(({ status }) => status !== 'draft')
  const next = others.find(({ id }) => at(id) > own)
  const dashed = isDashed(level)
  return {
    id: level.id,
    title: titleOf(context, level),
    rung: rungs.of.get(level.id) ?? 1,
    mark: markOfTrack(context, track, !dashed),
    dashed,
    summary: summaryOf(context, level) ?? (level.described ? null : context.words.say('notDescribed')),
    line:
      // Behind the last rail nothing stands to which it could seem to lead.
      next || (own === tracks.length - 1 && others.length > 0)
        ? 'on'
        : endsInStop(context, level, tracks) && context.ladder.tracks.length > 1
          ? 'stop'
          : 'ends',
    lineDashed: dashed || (next !== undefined && isDashed(next)),
    ...(next && at(next.id) > own + 1 && { across: next.id }),
  }
}
