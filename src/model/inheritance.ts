import { plainText } from '../markdown/prose.ts'
import { statementsOf, type Level, type Statement, type Track } from './ladder.ts'

/**
 * The statements of a level that the level below does not make: in a ladder that restates, what somebody who rises has
 * to learn. Equal text, but for case, blanks and punctuation, is old.
 *
 * In a track that is mostly written anew, only what the author calls new counts: marking nearly everything would mark
 * nothing. The decision is made once for all levels of a track; otherwise a level without marks beside one with marks
 * would seem to ask nothing new.
 *
 * @returns refs
 */
export function newStatements(track: Track, level: Level): ReadonlySet<string> {
  const fresh = isRestated(track) ? unlikeBelow(track, level) : []
  return new Set([...named(level), ...fresh].map(({ ref }) => ref))
}

/**
 * The statements of a level that the level below does not make, however many they are, and those that the author calls
 * new. Of the lowest level, the latter alone.
 *
 * @returns refs
 */
export function freshStatements(track: Track, level: Level): ReadonlySet<string> {
  return new Set([...named(level), ...unlikeBelow(track, level)].map(({ ref }) => ref))
}

/** Whether each track is restated: every cell asks, and each time it would be worked out from all cells. */
const restated = new WeakMap<Track, boolean>()

/**
 * Whether at least half of the levels of a track keep at least a third of themselves, word for word, from the level
 * below.
 */
function isRestated(track: Track): boolean {
  const known = restated.get(track)
  if (known !== undefined) return known
  // Drafts have no say in what is marked on the sheets of others.
  const settled = track.levels.filter(({ status }) => status !== 'draft')
  const shares = settled.flatMap((level) => {
    const all = statementsOf(level).length
    return levelsBelow(track, level).length > 0 && all > 0 ? [1 - unlikeBelow(track, level).length / all] : []
  })
  const answer = shares.filter((share) => share >= 1 / 3).length * 2 >= shares.length
  restated.set(track, answer)
  return answer
}

function named(level: Level): Statement[] {
  return statementsOf(level).filter(({ isNew }) => isNew)
}

function unlikeBelow(track: Track, level: Level): Statement[] {
  const [below] = levelsBelow(track, level)
  if (!below) return []
  const known = new Set(statementsOf(below).map(bare))
  return statementsOf(level).filter((statement) => !known.has(bare(statement)))
}

/**
 * The statements of a level that the level below makes in the same dimension, if it keeps all that stands there: only
 * then is the level “as at” the one below, plus something more. Equal text, but for case, blanks and punctuation, is
 * the same statement.
 *
 * @returns refs, and the level they repeat; undefined where nothing stands below
 */
export function repeatedStatements(
  track: Track,
  level: Level,
): { below: Level; refs: ReadonlySet<string> } | undefined {
  const [below] = levelsBelow(track, level)
  if (!below) return undefined
  const repeats = (own: readonly Statement[], others: readonly Statement[]) => {
    const [kept, known] = [new Set(own.map(bare)), new Set(others.map(bare))]
    if (![...known].every((text) => kept.has(text))) return []
    return own.filter((statement) => known.has(bare(statement))).map(({ ref }) => ref)
  }
  const inCells = level.cells.flatMap(({ dimension, statements }) =>
    repeats(statements, below.cells.find((cell) => cell.dimension === dimension)?.statements ?? []),
  )
  return { below, refs: new Set([...inCells, ...repeats(level.statements, below.statements)]) }
}

/** What the levels below say in a dimension, the nearest first: in a ladder that adds, it holds for this level too. */
export function inheritedStatements(
  track: Track,
  level: Level,
  dimension: string | undefined,
): { level: Level; statements: readonly Statement[] }[] {
  return levelsBelow(track, level)
    .map((below) => ({
      level: below,
      statements:
        dimension === undefined
          ? below.statements
          : (below.cells.find((cell) => cell.dimension === dimension)?.statements ?? []),
    }))
    .filter(({ statements }) => statements.length > 0)
}

/**
 * The nearest level below another that has statements in a dimension: what “as at the level below” refers to. What is
 * printed for good takes nothing from a draft; only a draft does.
 *
 * @param track with the level in it, and those below
 */
export function previousWithCell(track: Track, level: Level, dimension: string): Level | undefined {
  const takesDrafts = level.status === 'draft'
  return track.levels
    .slice(0, track.levels.indexOf(level))
    .filter(({ status }) => takesDrafts || status !== 'draft')
    .findLast((below) => saysOn(below, dimension))
}

/** Whether a level has statements in a dimension. */
export function saysOn({ cells }: Level, dimension: string): boolean {
  return cells.some((cell) => cell.dimension === dimension && cell.statements.length > 0)
}

/** The levels below that are in force and say something, the nearest first. */
function levelsBelow(track: Track, level: Level): Level[] {
  return track.levels
    .slice(0, track.levels.indexOf(level))
    .filter((other) => other.status === 'active' && statementsOf(other).length > 0)
    .reverse()
}

function bare({ prose }: Statement): string {
  return plainText(prose)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/**
 * The statements that two cells have in common, by the rule above. What it looks like and what it does not look like
 * are never the same, and neither are what is asked and what is optional.
 *
 * @returns the refs of the first cell's, with those of the second's that say the same
 */
export function commonStatements(
  one: readonly Statement[],
  other: readonly Statement[],
): ReadonlyMap<string, string> {
  const key = (statement: Statement) => [statement.polarity, statement.isOptional, bare(statement)].join('|')
  const left = new Map(other.map((statement) => [key(statement), statement.ref]))
  const common = new Map<string, string>()
  for (const statement of one) {
    const ref = left.get(key(statement))
    if (ref === undefined) continue
    common.set(statement.ref, ref)
    left.delete(key(statement))
  }
  return common
}
