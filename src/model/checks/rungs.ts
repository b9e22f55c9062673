import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Location } from '../../text/source.ts'
import { levelsOf, type Ladder } from '../ladder.ts'
import { arrangeRungs, type RungConflict, type Rungs } from '../rungs.ts'

/** Arranges the rungs, or says which equivalences stand in the way. */
export function checkRungs(ladder: Ladder): { rungs?: Rungs; diagnostics: Diagnostic[] } {
  const diagnostics = noneOnSharedRung(ladder)
  const arranged = arrangeRungs(ladder.tracks)
  if (!('conflicts' in arranged)) return { rungs: arranged, diagnostics }
  return { diagnostics: [...diagnostics, ...arranged.conflicts.map((conflict) => explain(ladder, conflict))] }
}

function explain(ladder: Ladder, conflict: RungConflict): Diagnostic {
  if (conflict.kind === 'two-numbers') return explainNumbers(ladder, conflict)
  const at = (id: string): Location | undefined =>
    ladder.places.get(`${id}/equivalent`) ?? ladder.places.get(`${id}/rung`) ?? ladder.places.get(id)
  const [first = '', ...others] = conflict.levels
  const related = others.flatMap((id) => {
    const place = at(id)
    return place ? [{ message: `"${id}"`, at: place }] : []
  })
  if (conflict.kind === 'two-on-a-rung') {
    return diagnose(
      'ladder/two-on-a-rung',
      `"${first}" and "${others[0]}" are of one track and would share a rung`,
      {
        at: at(first),
        related,
        hint: isByNumber(ladder, conflict.levels)
          ? 'Give each level of a track a rung of its own: a higher one has a higher number'
          : 'Equivalences carry on from level to level: what is equivalent to the same level is on one rung',
      },
    )
  }
  return diagnose('ladder/equivalents-cross', `These equivalences cross: ${conflict.levels.join(', ')}`, {
    at: at(first),
    related,
    hint: 'One track has its levels in another order than its equivalents have; no line can join them without crossing',
  })
}

/** Whether two levels share a rung because the same number is written at both. */
function isByNumber(ladder: Ladder, ids: readonly string[]): boolean {
  const numbers = levelsOf(ladder).flatMap(({ level }) => (ids.includes(level.id) ? [level.rung] : []))
  return numbers[0] !== undefined && numbers.every((number) => number === numbers[0])
}

function explainNumbers(
  ladder: Ladder,
  { levels: [one, other], numbers }: Extract<RungConflict, { kind: 'two-numbers' }>,
): Diagnostic {
  const there = ladder.places.get(`${other}/rung`)
  return diagnose(
    'ladder/equivalent-disagrees',
    `"${one}" and "${other}" are equivalent by way of other levels, but their rungs are ${numbers.join(' and ')}`,
    {
      at: ladder.places.get(`${one}/rung`),
      related: there ? [{ message: 'the other number is said here', at: there }] : [],
      hint: 'Equivalences carry on from level to level: what is equivalent to the same level is on one rung',
    },
  )
}

/** A shared number says “equivalent”, which `equivalent: none` denies. */
function noneOnSharedRung(ladder: Ladder): Diagnostic[] {
  const levels = levelsOf(ladder).map(({ level }) => level)
  return levels.flatMap((level) => {
    if (level.equivalence.kind !== 'none' || level.rung === undefined) return []
    const other = levels.find(({ id, rung }) => id !== level.id && rung === level.rung)
    const there = other && ladder.places.get(`${other.id}/rung`)
    if (!other) return []
    return [
      diagnose(
        'ladder/equivalent-disagrees',
        `"${level.id}" says that it has no equivalent, yet shares rung ${level.rung} with "${other.id}"`,
        {
          at: ladder.places.get(`${level.id}/equivalent`),
          related: there ? [{ message: `"${other.id}" stands on the rung here`, at: there }] : [],
        },
      ),
    ]
  })
}
