import type { Code } from '../diagnostics/catalogue.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { checkDuplicateIds } from './checks/duplicate-ids.ts'
import { checkDuplicateTitles } from './checks/duplicate-titles.ts'
import { checkEquivalents } from './checks/equivalents.ts'
import { checkEveryLevel } from './checks/every-level.ts'
import { checkNewWithoutRestated } from './checks/new-without-restated.ts'
import { checkOpensFrom } from './checks/opens-from.ts'
import { checkReservedIds } from './checks/reserved-ids.ts'
import { checkRungs } from './checks/rungs.ts'
import { checkSameAsPrevious } from './checks/same-as-previous.ts'
import type { Ladder } from './ladder.ts'
import type { Rungs } from './rungs.ts'

const checks: readonly ((ladder: Ladder) => Diagnostic[])[] = [
  checkDuplicateIds,
  checkReservedIds,
  checkDuplicateTitles,
  checkEquivalents,
  checkOpensFrom,
  checkEveryLevel,
  checkSameAsPrevious,
  checkNewWithoutRestated,
]

const misleading: ReadonlySet<Code> = new Set([
  'ladder/duplicate-id',
  'ladder/equivalent-disagrees',
  'ladder/equivalent-to-itself',
])

/** Runs every check of the ladder as a whole, and arranges its rungs where the equivalences are sound. */
export function checkLadder(ladder: Ladder): { rungs?: Rungs; diagnostics: Diagnostic[] } {
  const diagnostics = checks.flatMap((check) => check(ladder))
  // If any of these is found, every line drawn would be a guess.
  if (diagnostics.some(({ code }) => misleading.has(code))) return { diagnostics }
  const { rungs, diagnostics: conflicts } = checkRungs(ladder)
  return { ...(rungs && { rungs }), diagnostics: [...diagnostics, ...conflicts] }
}
