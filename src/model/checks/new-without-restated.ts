import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { levelsOf, statementsOf, type Ladder } from '../ladder.ts'

/** Only a ladder that restates says everything again, so that what is new has to be told apart. */
export function checkNewWithoutRestated(ladder: Ladder): Diagnostic[] {
  if (ladder.style === 'restated') return []
  const marked = levelsOf(ladder).flatMap(({ level }) => statementsOf(level).filter(({ isNew }) => isNew))
  const [first, ...others] = marked
  if (!first) return []
  const more = others.length === 0 ? '' : `, here and in ${others.length} more`
  return [
    diagnose('ladder/new-without-restated', `new: true marks nothing${more}`, {
      at: ladder.places.get(first.ref),
      hint: 'Give the ladder style: restated if each level says everything again; else take new out',
    }),
  ]
}
