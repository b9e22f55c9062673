import {
  cellRef,
  type Dimension,
  type Equivalence,
  type Ladder,
  type Level,
  type Statement,
  type Track,
} from './ladder.ts'

/**
 * Everything that a ladder says, part by part: the ref of each part with its texts in order, one for a title, as many
 * as there are statements for a cell. What two editions of a ladder differ in is found by comparing their parts.
 */
export function partsOf(ladder: Ladder): ReadonlyMap<string, readonly unknown[]> {
  const parts = new Map<string, readonly unknown[]>()
  const say = (ref: string, ...said: readonly unknown[]) => {
    const texts = said.filter((text) => text !== undefined)
    // The id of a dimension may be the name of a field of levels: both are kept.
    if (texts.length > 0) parts.set(ref, [...(parts.get(ref) ?? []), ...texts])
  }
  say('@/title', ladder.title)
  say('@/title-lang', ladder.titleLanguage)
  say('@/effective', ladder.effective)
  say('@/locale', ladder.locale)
  say('@/style', ladder.style)
  say('@/intro', ladder.intro)
  for (const { ref, title, titleLanguage, text } of ladder.sections) {
    say(`${ref}/title`, title)
    say(`${ref}/title-lang`, titleLanguage)
    say(`${ref}/text`, text)
  }
  say('@/tracks', ...ladder.tracks.map(({ id }) => id))
  const dimensions = ladder.tracks.flatMap((track) => track.dimensions)
  const shared = new Map(dimensions.filter((one) => one.shared).map((one) => [one.id, one]))
  for (const dimension of shared.values()) sayDimension(say, '@', dimension)
  for (const track of ladder.tracks) {
    sayTrack(say, track)
    for (const level of track.levels) sayLevel(say, level)
  }
  return parts
}

type Say = (ref: string, ...said: readonly unknown[]) => void

function sayTrack(say: Say, track: Track): void {
  const ref = `@${track.id}`
  say(`${ref}/name`, track.name)
  say(`${ref}/name-lang`, track.nameLanguage)
  say(`${ref}/adjective`, track.adjective)
  say(`${ref}/intro`, track.intro)
  say(`${ref}/opens-from`, ...track.opensFrom)
  say(`${ref}/dimensions`, ...track.dimensions.map(({ id, group, shared }) => ({ id, group, shared })))
  say(`${ref}/levels`, ...track.levels.map(({ id }) => id))
  for (const dimension of track.dimensions) if (!dimension.shared) sayDimension(say, ref, dimension)
  for (const [id, statements] of track.everyLevel) say(`${ref}/every-level/${id}`, ...statements.map(saidBy))
}

function sayDimension(say: Say, owner: string, { id, name, nameLanguage, summary }: Dimension): void {
  say(`${owner}/${id}/name`, name)
  say(`${owner}/${id}/name-lang`, nameLanguage)
  say(`${owner}/${id}/summary`, summary)
}

function sayLevel(say: Say, level: Level): void {
  const { id } = level
  say(`${id}/title`, level.title)
  say(`${id}/title-lang`, level.titleLanguage)
  say(`${id}/summary`, level.summary)
  say(`${id}/alias`, ...level.aliases)
  say(`${id}/grade`, level.grade)
  say(`${id}/status`, level.status === 'active' ? undefined : level.status)
  say(`${id}/described`, level.described ? undefined : false)
  say(`${id}/entry`, level.entry)
  say(`${id}/intro`, level.intro)
  say(`${id}/equivalent`, ...equivalents(level.equivalence))
  say(`${id}/rung`, level.rung)
  for (const { dimension, summary, statements, empty } of level.cells) {
    say(`${cellRef(id, dimension)}/summary`, summary)
    say(cellRef(id, dimension), ...statements.map(saidBy), empty)
  }
  say(`${id}/statements`, ...level.statements.map(saidBy))
}

function equivalents(equivalence: Equivalence): readonly unknown[] {
  if (equivalence.kind === 'levels') return equivalence.levels
  return equivalence.kind === 'none' ? ['none'] : []
}

/** A statement without its number, which it only has from those before it. */
function saidBy({ ref: _, ...said }: Statement): unknown {
  return said
}
