import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { didYouMean } from '../../diagnostics/suggest.ts'
import { levelsOf, type Ladder, type Level } from '../ladder.ts'

/** An equivalence names a level that exists, of another track, and what both sides write agrees. */
export function checkEquivalents(ladder: Ladder): Diagnostic[] {
  const levels = new Map(levelsOf(ladder).map(({ track, level }) => [level.id, { track: track.id, level }]))
  const reported = new Set<string>()
  const diagnostics: Diagnostic[] = []
  for (const { track, level } of levels.values()) {
    if (level.equivalence.kind !== 'levels') continue
    for (const { to } of level.equivalence.levels) {
      const at = ladder.places.get(`${level.id}/equivalent/${to}`)
      const other = levels.get(to)
      if (!other) {
        const hint =
          to === 'none'
            ? 'Write equivalent: none, not a list, where there is no equivalent'
            : (didYouMean(to, levels.keys()) ?? 'Write none where there is no equivalent')
        diagnostics.push(diagnose('ladder/unknown-level', `No level is called "${to}"`, { at, hint }))
      } else if (to === level.id) {
        diagnostics.push(
          diagnose('ladder/equivalent-to-itself', `"${to}" is said to be equivalent to itself`, { at }),
        )
      } else if (!reported.has(`${to} ${level.id}`)) {
        reported.add(`${level.id} ${to}`)
        const against = disagreement(level, other.level, (id) => levels.get(id)?.track === track)
        if (against) {
          const there = ladder.places.get(`${to}/${against.field}`)
          diagnostics.push(
            diagnose(
              'ladder/equivalent-disagrees',
              `"${level.id}" says that "${to}" is its equivalent; ${against.reason}`,
              {
                at,
                related: there ? [{ message: 'the other side is said here', at: there }] : [],
                hint:
                  against.field === 'rung'
                    ? 'Equivalent levels stand on one rung: give both the same number, or take one of the numbers away'
                    : 'Writing it on one side is enough; where both say something, they must say the same',
              },
            ),
          )
        }
      }
    }
  }
  return diagnostics
}

/** What the other side says against it, and in which field; undefined where it agrees or is silent. */
function disagreement(
  level: Level,
  other: Level,
  sameTrack: (id: string) => boolean,
): { readonly reason: string; readonly field: 'equivalent' | 'rung' } | undefined {
  if (other.equivalence.kind === 'none')
    return { reason: `"${other.id}" says that it has none`, field: 'equivalent' }
  if (level.rung !== undefined && other.rung !== undefined && level.rung !== other.rung)
    return { reason: `but their rungs are ${level.rung} and ${other.rung}`, field: 'rung' }
  if (other.equivalence.kind !== 'levels') return undefined
  const named = other.equivalence.levels.map(({ to }) => to)
  const rival = named.find((id) => id !== level.id && sameTrack(id))
  return rival !== undefined && !named.includes(level.id)
    ? { reason: `"${other.id}" names "${rival}"`, field: 'equivalent' }
    : undefined
}
