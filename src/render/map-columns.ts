import type { Track } from '../model/ladder.ts'
import type { Rungs } from '../model/rungs.ts'

/** Whose names a map has. */
export interface MapNames {
  /** Names of all levels, or of the reader's own track where there are more than two. */
  readonly names: 'all' | 'own'
  /** The level the reader is at. */
  readonly here?: string
}

/** In which columns the rails of a map stand, and where their names are. */
export interface MapColumns {
  /** Names of columns, as CSS knows them. */
  readonly columns: string
  /** Of the marks, rail by rail, from 1. */
  readonly marks: readonly number[]
  /** Of the names of levels, rail by rail; undefined where they have no room. */
  readonly names: readonly (number | undefined)[]
  readonly sideOf: (track: number) => 'before' | 'after'
}

/**
 * The rails from left to right. Where only the reader's own rail has names it stands at an edge, its names outside:
 * between two rails a name would seem to belong to the mark on its other side. That is the nearer edge, or the other
 * one where then fewer lines run through levels that they do not join. Rails that no line joins with it say nothing of
 * where the reader is.
 */
export function railsInOrder(
  tracks: readonly Track[],
  rungs: Rungs,
  { names, here }: MapNames,
): readonly Track[] {
  const own = tracks.find((track) => track.levels.some(({ id }) => id === here))
  if (names === 'all' || tracks.length <= 2 || !own) return tracks
  const related = tracks.filter((track) => track === own || areJoined(rungs, own, track))
  if (related.length <= 2) return related
  const others = related.filter((track) => track !== own)
  const orders = [
    [own, ...others],
    [...others, own],
  ]
  if (related.indexOf(own) * 2 >= related.length - 1) orders.reverse()
  const crossed = orders.map((order) => levelsCrossed(order, rungs))
  return orders[crossed.indexOf(Math.min(...crossed))] ?? related
}

/** How many levels stand where a line runs that joins two others. */
function levelsCrossed(tracks: readonly Track[], { of, equivalents, forks }: Rungs): number {
  const lines = tracks.flatMap((track, at) =>
    track.levels.map(({ id }) => {
      const ends = tracks.flatMap((other, index) =>
        other.levels.some((level) => equivalents.get(id)?.includes(level.id)) ||
        forks.some((fork) => fork.from === id && fork.track === other.id)
          ? [index]
          : [],
      )
      return { id, from: Math.min(at, ...ends), to: Math.max(at, ...ends) }
    }),
  )
  return lines.reduce((sum, { id, from, to }) => {
    const between = tracks.slice(from, to + 1).flatMap(({ levels }) => levels)
    const isOther = (other: string) => other !== id && !equivalents.get(id)?.includes(other)
    return sum + between.filter((level) => of.get(level.id) === of.get(id) && isOther(level.id)).length
  }, 0)
}

/** Whether an equivalence or a fork joins two tracks. */
function areJoined({ equivalents, forks }: Rungs, one: Track, other: Track): boolean {
  const ids = new Set(other.levels.map(({ id }) => id))
  return (
    one.levels.some(({ id }) => equivalents.get(id)?.some((equivalent) => ids.has(equivalent))) ||
    forks.some(
      ({ from, track }) =>
        (track === one.id && ids.has(from)) ||
        (track === other.id && one.levels.some(({ id }) => id === from)),
    )
  )
}

/** The columns of a map, and which rails have the names of their levels in them. */
export function columnsFor(tracks: readonly Track[], { names, here }: MapNames): MapColumns {
  if (tracks.length <= 2) {
    // Two rails face each other, their names outside: nothing crosses a line.
    const two = tracks.length === 2
    return {
      columns: two ? 'name mark line mark name' : 'mark name',
      marks: two ? [2, 4] : [1],
      names: two ? [1, 5] : [2],
      sideOf: (track) => (two && track === 0 ? 'before' : 'after'),
    }
  }
  if (names === 'all') {
    // A line between a name and the next rail stays free, so that what joins two rails is seen.
    return {
      columns: tracks.map(() => 'mark name').join(' line '),
      marks: tracks.map((_, track) => track * 3 + 1),
      names: tracks.map((_, track) => track * 3 + 2),
      sideOf: () => 'after',
    }
  }
  const isFirst = tracks[0]?.levels.some(({ id }) => id === here) ?? false
  const rails = tracks.map(() => 'mark').join(' line ')
  const [own, outside] = isFirst ? [0, 1] : [tracks.length - 1, tracks.length * 2]
  return {
    columns: isFirst ? `name ${rails}` : `${rails} name`,
    marks: tracks.map((_, track) => track * 2 + (isFirst ? 2 : 1)),
    names: tracks.map((_, track) => (track === own ? outside : undefined)),
    sideOf: () => (isFirst ? 'before' : 'after'),
  }
}
