import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Location } from '../../text/source.ts'
import { levelsOf, type Ladder } from '../ladder.ts'

/** Ids of levels, and ids of tracks, are unique in the ladder. */
export function checkDuplicateIds(ladder: Ladder): Diagnostic[] {
  return [
    ...repeated(
      ladder.tracks.map((track) => track.id),
      (id) => [ladder.places.get(`@${id}`), ladder.places.get(`@${id}#2`)],
      (id) => `Two tracks are called "${id}"`,
    ),
    ...repeated(
      levelsOf(ladder).map(({ level }) => level.id),
      (id) => [ladder.places.get(id), ladder.places.get(`${id}#2`)],
      (id) => `Two levels are called "${id}"`,
    ),
  ]
}

function repeated(
  ids: readonly string[],
  places: (id: string) => readonly (Location | undefined)[],
  message: (id: string) => string,
): Diagnostic[] {
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) < index))
  return [...twice].map((id) => {
    const [first, second] = places(id)
    return diagnose('ladder/duplicate-id', message(id), {
      at: second ?? first,
      related: first && second ? [{ message: 'first used here', at: first }] : [],
      hint: 'Ids name files and links, so each may stand for one thing only; titles may repeat',
    })
  })
}
