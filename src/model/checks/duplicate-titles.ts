import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { levelsOf, type Ladder } from '../ladder.ts'

/** Two levels of one title are allowed, but their sheets are easily mistaken for each other. */
export function checkDuplicateTitles(ladder: Ladder): Diagnostic[] {
  const first = new Map<string, string>()
  const diagnostics: Diagnostic[] = []
  for (const { level } of levelsOf(ladder)) {
    const title = level.title.toLocaleLowerCase('en')
    const other = first.get(title)
    if (other === undefined) first.set(title, level.id)
    else if (other !== level.id) {
      const at = ladder.places.get(`${other}/title`)
      diagnostics.push(
        diagnose('ladder/title-twice', `Two levels have the title "${level.title}"`, {
          at: ladder.places.get(`${level.id}/title`),
          related: at ? [{ message: 'also used here', at }] : [],
          hint: 'On a sheet only the title is seen; say what sets the two apart',
        }),
      )
    }
  }
  return diagnostics
}
