import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { didYouMean } from '../../diagnostics/suggest.ts'
import type { Ladder } from '../ladder.ts'

/** What holds at every level is said by dimension, so the dimension must exist. */
export function checkEveryLevel(ladder: Ladder): Diagnostic[] {
  return ladder.tracks.flatMap((track) => {
    const known = track.dimensions.map(({ id }) => id)
    return [...track.everyLevel.keys()]
      .filter((id) => !known.includes(id))
      .map((id) =>
        diagnose('ladder/unknown-dimension', `The track has no dimension "${id}"`, {
          at: ladder.places.get(`@${track.id}/every-level/${id}`),
          hint: didYouMean(id, known),
        }),
      )
  })
}
