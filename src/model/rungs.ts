import type { Equivalence } from './ladder.ts'

/** What the rungs need to know of a level. */
export interface RungLevel {
  readonly id: string
  readonly equivalence: Equivalence
  readonly rung?: number
}

/** What the rungs need to know of a track. Levels stand lowest first. */
export interface RungTrack {
  readonly id: string
  readonly levels: readonly RungLevel[]
  /** Levels of other tracks from which it is entered. */
  readonly opensFrom?: readonly string[]
}

/** Tracks that equivalences or forks join, with a spacing of their own: rung 1 is the lowest. */
export interface RungBlock {
  /** Track ids in the ladder's order. */
  readonly tracks: readonly string[]
  readonly height: number
}

/** On which line of the map each level stands, and what joins the tracks. */
export interface Rungs {
  /** The rung of each level within its block, from 1. */
  readonly of: ReadonlyMap<string, number>
  /** For each level the ids of all its equivalents, in the order of the tracks. */
  readonly equivalents: ReadonlyMap<string, readonly string[]>
  readonly blocks: readonly RungBlock[]
  /** Those that can be drawn: the whole track stands above the level that it opens from. */
  readonly forks: readonly RungFork[]
}

/** A track that opens from a level of another. */
export interface RungFork {
  /** The id of the level. */
  readonly from: string
  /** The id of the track that opens. */
  readonly track: string
}

/** Why no arrangement exists. */
export type RungConflict =
  | { readonly kind: 'two-on-a-rung'; readonly levels: readonly [string, string] }
  | { readonly kind: 'cross'; readonly levels: readonly string[] }
  /** Equivalent to each other, if only by way of others, but with different numbers. */
  | {
      readonly kind: 'two-numbers'
      readonly levels: readonly [string, string]
      readonly numbers: readonly [number, number]
    }

/**
 * Joins levels into rungs and sets each rung as low as the orders of the tracks allow. A track stands above the levels
 * that it opens from, unless equivalences or numbers say otherwise.
 *
 * Equivalences are transitive: what is equivalent to one level of a rung is equivalent to all. A level that has
 * stated that it has no equivalent shares its line with nobody, and no unrelated level stands on a line that
 * runs through its rail to tie two others or to lead to a track that opens; each would read as a claim.
 */
export function arrangeRungs(tracks: readonly RungTrack[]): Rungs | { conflicts: readonly RungConflict[] } {
  const trackOf = new Map(
    tracks.flatMap((track, index) => track.levels.map(({ id }) => [id, index] as const)),
  )
  const levels = tracks.flatMap((track) => track.levels)
  const { groups, contradictions } = joinGroups(levels)
  if (contradictions.length > 0) return { conflicts: contradictions }

  const conflicts = twoOnARung(groups, trackOf)
  if (conflicts.length > 0) return { conflicts }

  const groupOf = new Map(groups.flatMap((group) => group.levels.map(({ id }) => [id, group] as const)))
  for (const track of tracks) {
    for (let index = 1; index < track.levels.length; index += 1) {
      const below = groupOf.get((track.levels[index - 1] as RungLevel).id)
      const above = groupOf.get((track.levels[index] as RungLevel).id)
      if (below && above) above.below.add(below)
    }
  }
  orderByNumber(groups)
  const forks = placeForks(tracks, groupOf)

  const of = new Map<string, number>()
  const blocks: RungBlock[] = []
  for (const block of joinBlocks(tracks, groups, trackOf)) {
    const members = groups.filter((group) => group.levels.some(({ id }) => block.has(trackOf.get(id) ?? -1)))
    const height = layer(members, trackOf)
    if (height === undefined) return { conflicts: [{ kind: 'cross', levels: cycleOf(members) }] }
    for (const group of members) for (const { id } of group.levels) of.set(id, group.rung)
    blocks.push({ tracks: tracks.filter((_, index) => block.has(index)).map(({ id }) => id), height })
  }
  const equivalents = new Map(
    levels.map(({ id }) => [
      id,
      (groupOf.get(id)?.levels ?? [])
        .filter((other) => other.id !== id)
        .sort((a, b) => (trackOf.get(a.id) ?? 0) - (trackOf.get(b.id) ?? 0))
        .map((other) => other.id),
    ]),
  )
  return { of, equivalents, blocks, forks }
}

/** Levels on one line, and the groups that must stand below them. */
interface Group {
  levels: RungLevel[]
  readonly below: Set<Group>
  /** The indexes of tracks to which a line leads from here, because they open from one of the levels. */
  readonly opens: number[]
  rung: number
}

/** Joins what is equivalent, then what has one number, unless equivalences join two numbers already. */
function joinGroups(levels: readonly RungLevel[]): {
  readonly groups: readonly Group[]
  readonly contradictions: readonly RungConflict[]
} {
  const groupOf = new Map<string, Group>(
    levels.map((level) => [level.id, { levels: [level], below: new Set(), opens: [], rung: 0 }]),
  )
  const join = (a: string, b: string) => {
    const [one, two] = [groupOf.get(a), groupOf.get(b)]
    if (!one || !two || one === two) return
    one.levels.push(...two.levels)
    for (const { id } of two.levels) groupOf.set(id, one)
  }
  for (const { id, equivalence } of levels)
    if (equivalence.kind === 'levels') for (const { to } of equivalence.levels) join(id, to)
  const contradictions = twoNumbers(levels, groupOf)

  const firstOnNumber = new Map<number, string>()
  for (const { id, rung } of levels) {
    if (rung === undefined) continue
    const first = firstOnNumber.get(rung)
    if (first === undefined) firstOnNumber.set(rung, id)
    else join(first, id)
  }
  return { groups: [...new Set(groupOf.values())], contradictions }
}

function twoNumbers(levels: readonly RungLevel[], groupOf: ReadonlyMap<string, Group>): RungConflict[] {
  const numbered = new Map<Group, { id: string; rung: number }>()
  return levels.flatMap(({ id, rung }): RungConflict[] => {
    const group = groupOf.get(id)
    if (!group || rung === undefined) return []
    const first = numbered.get(group)
    if (!first) numbered.set(group, { id, rung })
    if (!first || first.rung === rung) return []
    return [{ kind: 'two-numbers', levels: [first.id, id], numbers: [first.rung, rung] }]
  })
}

function twoOnARung(groups: readonly Group[], trackOf: ReadonlyMap<string, number>): RungConflict[] {
  const position = new Map([...trackOf.keys()].map((id, at) => [id, at]))
  const conflicts: RungConflict[] = []
  for (const group of groups) {
    const first = new Map<number, string>()
    const inOrder = group.levels.toSorted((a, b) => (position.get(a.id) ?? 0) - (position.get(b.id) ?? 0))
    for (const { id } of inOrder) {
      const track = trackOf.get(id) ?? -1
      const other = first.get(track)
      if (other === undefined) first.set(track, id)
      else conflicts.push({ kind: 'two-on-a-rung', levels: [other, id] })
    }
  }
  return conflicts
}

/** Numbered rungs stand in the order of their numbers, whether or not a track joins them. */
function orderByNumber(groups: readonly Group[]): void {
  const numbered = groups
    .map((group) => ({ group, number: group.levels.find(({ rung }) => rung !== undefined)?.rung }))
    .filter((entry): entry is { group: Group; number: number } => entry.number !== undefined)
    .sort((a, b) => a.number - b.number)
  for (let index = 1; index < numbered.length; index += 1) {
    const [below, above] = [numbered[index - 1], numbered[index]]
    if (below && above) above.group.below.add(below.group)
  }
}

/**
 * Sets tracks above the levels that they open from, one by one, in the order in which the ladder names them.
 *
 * @returns the forks that contradict neither an equivalence nor an earlier fork
 */
function placeForks(tracks: readonly RungTrack[], groupOf: ReadonlyMap<string, Group>): RungFork[] {
  return tracks.flatMap(({ id, levels: [lowest], opensFrom = [] }, index) =>
    opensFrom.flatMap((from) => {
      const [origin, opened] = [groupOf.get(from), lowest && groupOf.get(lowest.id)]
      if (!origin || !opened || origin === opened || standsBelow(opened, origin)) return []
      opened.below.add(origin)
      origin.opens.push(index)
      return [{ from, track: id }]
    }),
  )
}

/** Whether a group must stand below another, be it with others in between. */
function standsBelow(group: Group, other: Group): boolean {
  const seen = new Set<Group>([other])
  for (const above of seen) for (const below of above.below) seen.add(below)
  return group !== other && seen.has(group)
}

/** Sets of track indexes that equivalences, numbered rungs or tracks that open from others join. */
function joinBlocks(
  tracks: readonly RungTrack[],
  groups: readonly Group[],
  trackOf: ReadonlyMap<string, number>,
): ReadonlySet<number>[] {
  const blockOf = tracks.map((_, index) => new Set([index]))
  const join = (indexes: readonly number[]) => {
    const merged = new Set(indexes.flatMap((index) => [...(blockOf[index] ?? [])]))
    for (const index of merged) blockOf[index] = merged
  }
  for (const group of groups) join(group.levels.map(({ id }) => trackOf.get(id) ?? 0))
  for (const [index, { opensFrom = [] }] of tracks.entries()) {
    join([index, ...opensFrom.flatMap((id) => trackOf.get(id) ?? [])])
  }
  const numbered = groups.flatMap(({ levels }) => levels).filter(({ rung }) => rung !== undefined)
  join(numbered.map(({ id }) => trackOf.get(id) ?? 0))
  return [...new Set(blockOf)]
}

/** Fills rungs from the lowest up. @returns how many there are, or undefined where a cycle remains */
function layer(groups: readonly Group[], trackOf: ReadonlyMap<string, number>): number | undefined {
  const waiting = new Set(groups)
  let rung = 0
  while (waiting.size > 0) {
    const ready = groups.filter(
      (group) => waiting.has(group) && [...group.below].every((below) => !waiting.has(below)),
    )
    if (ready.length === 0) return undefined
    rung += 1
    const placed: Group[] = []
    // Ties first: they decide where the others' lines may run.
    for (const group of ready.toSorted((a, b) => b.levels.length - a.levels.length)) {
      if (placed.some((other) => clash(group, other, trackOf))) continue
      placed.push(group)
      group.rung = rung
    }
    for (const group of placed) waiting.delete(group)
  }
  return rung
}

function clash(a: Group, b: Group, trackOf: ReadonlyMap<string, number>): boolean {
  const none = (group: Group) => group.levels.some(({ equivalence }) => equivalence.kind === 'none')
  if (none(a) || none(b)) return true
  const span = (group: Group) => {
    const indexes = [...group.levels.map(({ id }) => trackOf.get(id) ?? 0), ...group.opens]
    return [Math.min(...indexes), Math.max(...indexes)] as const
  }
  const [aLow, aHigh] = span(a)
  const [bLow, bHigh] = span(b)
  return aLow <= bHigh && bLow <= aHigh
}

/** The ids of one circle of “must stand below”, for the message. */
function cycleOf(groups: readonly Group[]): string[] {
  const inside = new Set(groups)
  let changed = true
  while (changed) {
    changed = false
    for (const group of inside) {
      const held = [...group.below].some((below) => inside.has(below))
      const holds = [...inside].some((other) => other.below.has(group))
      if (!held || !holds) {
        inside.delete(group)
        changed = true
      }
    }
  }
  return [...inside].flatMap((group) => group.levels.map(({ id }) => id))
}
