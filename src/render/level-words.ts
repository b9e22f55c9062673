import { beginningOf, joined, lineOf, lineText, type Line } from '../markdown/line.ts'
import { firstSentence } from '../markdown/pieces.ts'
import { plainText } from '../markdown/prose.ts'
import { previousWithCell } from '../model/inheritance.ts'
import type { Cell, Level, Track } from '../model/ladder.ts'
import type { RungFork } from '../model/rungs.ts'
import { levelOf, type RenderContext } from './context.ts'
import { nameOf, titleOf } from './names.ts'

/** Whether a level is named or bestowed rather than reached by what it describes: its rung is dashed, its mark hollow. */
export function isDashed(level: Level): boolean {
  return !level.described || level.entry === 'by-appointment'
}

/** Whether a track is nothing but drafts: what is printed for good does not name it. */
export function isDraftTrack({ levels }: Track): boolean {
  return levels.every(({ status }) => status === 'draft')
}

/**
 * Whether the line of a level that states that it has no equivalent ends in a stop on maps. Where a track opens from the
 * level, its line goes on to that, and words say the other.
 *
 * @param tracks that a reader gets to know of
 */
export function endsInStop({ rungs }: RenderContext, level: Level, tracks: readonly Track[]): boolean {
  const opens = ({ from, track }: RungFork) => from === level.id && tracks.some(({ id }) => id === track)
  return level.equivalence.kind === 'none' && !rungs.forks.some(opens)
}

/**
 * Where a level stands, in words: its equivalents, or that it has none, or nothing where nothing is stated.
 *
 * @param options.drafts whether equivalents that are drafts may be named, and tracks of nothing but drafts
 */
export function equivalenceWords(
  context: RenderContext,
  level: Level,
  { drafts }: { readonly drafts: boolean },
): Line | undefined {
  const { words, rungs, ladder } = context
  const others = (rungs.equivalents.get(level.id) ?? [])
    .map((id) => levelOf(context, id))
    .filter((other) => drafts || other.level.status !== 'draft')
  if (others.length > 0) {
    const levels = words.list(others.map((other) => withNote(context, level, other.level)))
    return words.say(level.described ? 'equivalentTo' : 'namedAs', { levels })
  }
  if (level.equivalence.kind !== 'none') return undefined
  const own = levelOf(context, level.id).track
  const tracks = ladder.tracks.filter((track) => track !== own && (drafts || !isDraftTrack(track)))
  const [only] = tracks
  if (!only || tracks.length > 1) return words.say('noEquivalentElsewhere')
  return only.adjective === undefined
    ? words.say('noEquivalentIn', { track: nameOf(context, only) })
    : words.say('noEquivalent', { adjective: only.adjective })
}

/** An equivalent's title, with the note that either side has made on it. */
function withNote(context: RenderContext, level: Level, other: Level): Line {
  const noteOf = (from: Level, to: string) =>
    from.equivalence.kind === 'levels'
      ? from.equivalence.levels.find((entry) => entry.to === to)?.note
      : undefined
  const note = noteOf(level, other.id) ?? noteOf(other, level.id)
  const title = titleOf(context, other)
  return note === undefined ? title : joined([title, ' (', note, ')'])
}

/**
 * Every sentence that says how a level stands in the ladder, in the order in which they are read.
 *
 * @param options.drafts whether equivalents that are drafts may be named, and tracks of nothing but drafts
 * @param options.drawn whether the lines of a map say it already
 * @param options.adds whether to say what the level adds to
 */
export function standingWords(
  context: RenderContext,
  level: Level,
  { drafts, drawn = false, adds = true }: { drafts: boolean; drawn?: boolean; adds?: boolean },
): Line[] {
  const { words, press, ladder } = context
  // A poster draws the equivalents of what it describes and says once, in its key, what additive means.
  const shown = drawn && level.described
  const sentences: (Line | undefined)[] = []
  if (level.status === 'deprecated') sentences.push(deprecatedWords(context, level))
  if (level.entry === 'by-appointment') sentences.push(words.say('byAppointment'))
  if (level.entry === 'internal-only') sentences.push(words.say('internalOnly'))
  const isDrawn = level.equivalence.kind !== 'none' || endsInStop(context, level, ladder.tracks)
  if (!shown || !isDrawn) sentences.push(equivalenceWords(context, level, { drafts }))
  const opened = ladder.tracks
    .filter((track) => track.opensFrom.includes(level.id))
    .filter((track) => drafts || !isDraftTrack(track))
  if (opened.length > 0) {
    sentences.push(
      words.say('opensInto', { tracks: words.list(opened.map((track) => nameOf(context, track))) }),
    )
  }
  if (!level.described) sentences.push(words.say('notDescribed'))
  const below = levelBelow(context, level)
  if (
    !shown &&
    adds &&
    ladder.style === 'additive' &&
    below &&
    level.described &&
    (level.cells.length > 0 || level.statements.length > 0)
  ) {
    sentences.push(words.say('addsTo', { level: titleOf(context, below) }))
  }
  if (press.show.aliases && level.aliases.length > 0) {
    sentences.push(words.say('aliases', { names: words.list(level.aliases) }))
  }
  if (press.show.grade && level.grade !== undefined)
    sentences.push(words.say('grade', { grade: level.grade }))
  return sentences.filter((sentence) => sentence !== undefined)
}

/** In characters: a sentence that introduces a level is longer than one that sums it up, but no paragraph. */
const longestSentence = 220

/** A level in one sentence: its summary, else the first sentence of its introduction, where the rest has no room. */
export function summaryOf({ ladder }: RenderContext, level: Level): Line | null {
  if (level.summary !== undefined) return level.summary
  const [first] = level.intro ?? []
  if (first?.kind !== 'paragraph') return null
  const line = lineOf(first.inlines)
  const words = typeof line === 'string' ? plainText([first]) : line
  const length = firstSentence(lineText(words), ladder.locale)
  return length === 0 || length > longestSentence ? null : beginningOf(words, length)
}

function deprecatedWords(context: RenderContext, level: Level): Line {
  const { words, rungs } = context
  const { track, index } = levelOf(context, level.id)
  const equivalents = (rungs.equivalents.get(level.id) ?? []).map((id) => levelOf(context, id).level)
  // A draft between them is no answer, and hides none.
  const isSettled = ({ status }: Level) => status !== 'draft'
  const above = track.levels.slice(index + 1).find(isSettled)
  const below = track.levels.slice(0, index).findLast(isSettled)
  const nearby = [above, below, ...equivalents]
  const instead = nearby.find((other) => other?.status === 'active')
  return instead ? words.say('deprecatedSee', { levels: titleOf(context, instead) }) : words.say('deprecated')
}

/** The nearest level below in the same track that is described and in use. */
function levelBelow(context: RenderContext, level: Level): Level | undefined {
  const { track, index } = levelOf(context, level.id)
  return track.levels.slice(0, index).findLast((other) => other.described && other.status === 'active')
}

/** Whether nothing was written in a cell, and no reason given. */
export function isNotDefined({ statements, summary, empty = 'not-defined' }: Cell): boolean {
  return statements.length === 0 && summary === undefined && empty === 'not-defined'
}

/** What stands in a cell without statements: always words, never a bare blank. */
export function emptyWords(context: RenderContext, track: Track, level: Level, cell: Cell): Line {
  const { words } = context
  switch (cell.empty ?? 'not-defined') {
    case 'not-applicable':
      return words.say('notApplicable')
    case 'not-defined':
      return words.say('notDefined')
    case 'open':
      return words.say('open')
    case 'same-as-previous': {
      const before = previousWithCell(track, level, cell.dimension)
      return words.say('asAt', { level: before ? titleOf(context, before) : '' })
    }
  }
}
