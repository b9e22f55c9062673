import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { levelsOf, type Ladder, type Level } from '../model/ladder.ts'
import type { Rungs } from '../model/rungs.ts'

/** Two levels side by side, by their ids: in a track the lower first, else in the order of the tracks. */
export interface LevelPair {
  readonly from: string
  readonly to: string
}

/** What asks for a pair and for the name of its files. */
export function pairName({ from, to }: LevelPair): string {
  return `${from}--${to}`
}

/** Up to so many tracks, every level is set beside every equivalent. */
const tracksInFull = 3

/**
 * The pairs that are asked for most: each level that is described with the next above it in its track, track by track
 * from the lowest up, then the levels of different tracks that are equivalent.
 *
 * Nobody rises into a draft, or into a level that is no longer awarded; who holds one rises to the next above. A level
 * that is named and not described is a step all the same, so the levels on either side of it are no neighbours.
 */
export function usualPairs(ladder: Ladder, rungs: Rungs): LevelPair[] {
  const neighbours = ladder.tracks.flatMap(({ levels }) =>
    levels.flatMap((to, index): LevelPair[] => {
      if (!to.described || to.status !== 'active') return []
      const below = levels.slice(0, index)
      const last = below.findLastIndex((level) => level.status === 'active')
      // A level that is no longer awarded is nobody's step, but its holders have one.
      const held = below.slice(last + 1).filter(({ status }) => status === 'deprecated')
      return [...below.slice(Math.max(0, last), last + 1), ...held]
        .filter(({ described }) => described)
        .map((from) => ({ from: from.id, to: to.id }))
    }),
  )
  const printed = new Map(
    levelsOf(ladder)
      .filter(({ level }) => level.described && level.status !== 'draft')
      .map(({ level }, position) => [level.id, position]),
  )
  const equivalents = [...printed].flatMap(([from, position]) =>
    (rungs.equivalents.get(from) ?? [])
      .filter((to) => (printed.get(to) ?? -1) > position)
      .toSorted((a, b) => (printed.get(a) ?? 0) - (printed.get(b) ?? 0))
      // Of eight tracks each rung would make 28 pairs: there, each is set beside the next.
      .slice(0, ladder.tracks.length > tracksInFull ? 1 : undefined)
      .map((to) => ({ from, to })),
  )
  return [...neighbours, ...equivalents]
}

/**
 * Reads the pairs of `--compare`.
 *
 * @param asked as written: two ids with a comma between
 * @returns each pair once, its levels in their order in the ladder; a diagnostic for each that cannot be compared
 */
export function readPairs(
  ladder: Ladder,
  asked: readonly string[],
): { pairs: readonly LevelPair[]; diagnostics: readonly Diagnostic[] } {
  const levels = levelsOf(ladder).map(({ level }) => level)
  const pairs = new Map<string, LevelPair>()
  const diagnostics: Diagnostic[] = []
  for (const text of asked) {
    const found = readPair(levels, text)
    if ('problems' in found) diagnostics.push(...found.problems)
    else pairs.set(pairName(found), found)
  }
  return { pairs: [...pairs.values()], diagnostics }
}

function readPair(
  levels: readonly Level[],
  text: string,
): LevelPair | { readonly problems: readonly Diagnostic[] } {
  const ids = text.split(',').map((id) => id.trim())
  const [one = '', other = ''] = ids
  if (ids.length !== 2 || one === '' || other === '') {
    return {
      problems: [
        diagnose('usage/bad-value', `--compare takes two levels, not "${text}"`, {
          hint: 'Write their ids with a comma between: --compare lead-engineer,principal-engineer',
        }),
      ],
    }
  }
  const known = levels.map(({ id }) => id)
  const unknown = [...new Set(ids)].filter((id) => !known.includes(id))
  if (unknown.length > 0) {
    return {
      problems: unknown.map((id) =>
        diagnose('usage/unknown-level', `The ladder has no level "${id}"`, {
          hint: didYouMean(id, known) ?? `Its levels are ${known.slice(0, 30).join(', ')}`,
        }),
      ),
    }
  }
  if (one === other) {
    return {
      problems: [
        diagnose('usage/not-comparable', `--compare ${text} names one level twice`, {
          hint: 'Name the level to compare it with',
        }),
      ],
    }
  }
  const undescribed = levels.filter(({ id, described }) => ids.includes(id) && !described)
  if (undescribed.length > 0) {
    return {
      problems: undescribed.map(({ id }) =>
        diagnose('usage/not-comparable', `The level "${id}" is named, but not described`, {
          hint: 'There is nothing to set beside the other level until it is (described: false)',
        }),
      ),
    }
  }
  const [from, to] = known.indexOf(one) < known.indexOf(other) ? [one, other] : [other, one]
  return { from, to }
}
