import type { FontSet } from '../load/font-set.ts'
import type { Ladder, Level, Track } from '../model/ladder.ts'
import type { Rungs } from '../model/rungs.ts'
import type { Press } from '../plan/press.ts'
import type { Words } from './words.ts'

/** What every document of a build is made from. */
export interface RenderContext {
  readonly ladder: Ladder
  readonly rungs: Rungs
  readonly press: Press
  readonly words: Words
  readonly fonts: FontSet
  /** Whether the ladder seals its editions and has not sealed this one. */
  readonly isDraft: boolean
  /** Whether one-pagers of a ladder that adds also say what the levels below ask. */
  readonly rollUp: boolean
  /** Whether a screen shows sheets as large as their paper, and does not enlarge small type. */
  readonly paperSize: boolean
  readonly levels: ReadonlyMap<string, LevelInTrack>
}

/** A level with its place in the ladder. */
export interface LevelInTrack {
  readonly level: Level
  readonly track: Track
  /** Position in its track, from 0, lowest first. */
  readonly index: number
}

/** Gathers what all documents of a build are made from. */
export function createContext(
  ladder: Ladder,
  rungs: Rungs,
  press: Press,
  words: Words,
  fonts: FontSet,
  { isDraft, rollUp, paperSize }: Pick<RenderContext, 'isDraft' | 'rollUp' | 'paperSize'>,
): RenderContext {
  const levels = new Map(
    ladder.tracks.flatMap((track) =>
      track.levels.map((level, index) => [level.id, { level, track, index }] as const),
    ),
  )
  return { ladder, rungs, press, words, fonts, isDraft, rollUp, paperSize, levels }
}

/** The level of an id that a job or the model names; it exists, or the plan is wrong. */
export function levelOf(context: RenderContext, id: string): LevelInTrack {
  const found = context.levels.get(id)
  if (!found) throw new Error(`The plan names a level "${id}" that the ladder does not have`)
  return found
}

/** The track of an id that a job names. */
export function trackOf(context: RenderContext, id: string): Track {
  const found = context.ladder.tracks.find((track) => track.id === id)
  if (!found) throw new Error(`The plan names a track "${id}" that the ladder does not have`)
  return found
}
