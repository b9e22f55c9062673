import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { didYouMean } from '../../diagnostics/suggest.ts'
import { levelsOf, type Ladder } from '../ladder.ts'

/** A track opens from levels of other tracks. */
export function checkOpensFrom(ladder: Ladder): Diagnostic[] {
  const trackOf = new Map(levelsOf(ladder).map(({ track, level }) => [level.id, track.id]))
  return ladder.tracks.flatMap((track) =>
    track.opensFrom.flatMap((id) => {
      const at = ladder.places.get(`@${track.id}/opens-from/${id}`)
      if (!trackOf.has(id)) {
        return [
          diagnose('ladder/unknown-level', `No level is called "${id}"`, {
            at,
            hint: didYouMean(id, trackOf.keys()),
          }),
        ]
      }
      if (trackOf.get(id) !== track.id) return []
      return [
        diagnose('ladder/opens-from-itself', `"${id}" is a level of this very track`, {
          at,
          hint: 'A track opens from a level of another track',
        }),
      ]
    }),
  )
}
