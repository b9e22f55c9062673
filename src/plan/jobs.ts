import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { levelsOf, type Ladder } from '../model/ladder.ts'
import type { Rungs } from '../model/rungs.ts'
import { everyJob, tooLarge } from './documents.ts'
import { formatsOf, type Job } from './job.ts'
import { usualFormats, type Format, type Kind } from './kinds.ts'
import { pairName, readPairs, usualPairs } from './next-steps.ts'
import type { Press } from './press.ts'
import type { Selection } from './selection.ts'
import { sheetsOf } from './sheets.ts'

/** Which documents are made, and which only count for the sizes that all of a kind share. */
export interface Plan {
  /** Every document the ladder could have, chosen or not: sizes are shared by all of a kind. */
  readonly all: readonly Job[]
  /** What is made. A document that is made under several names stands here once for each, with one id. */
  readonly chosen: readonly Job[]
  readonly index: boolean
  readonly formats: readonly Format[]
  /** Whether everything was chosen: only then may outputs that are no longer made be removed. */
  readonly full: boolean
  /** Packs of which everything was chosen: what they made before and no longer make may be removed. */
  readonly fullPacks: readonly string[]
}

/** Settles which documents are made, on what paper and under which name. */
export function planJobs(
  ladder: Ladder,
  rungs: Rungs,
  press: Press,
  selection: Selection,
): { plan: Plan; diagnostics: readonly Diagnostic[] } {
  const { only, tracks, levels, compare } = selection
  const { pairs: asked, diagnostics: compared } = readPairs(ladder, compare ?? [])
  // Sizes are shared, so a pair that is asked for is set with the usual ones.
  const pairs = new Map([...usualPairs(ladder, rungs), ...asked].map((pair) => [pairName(pair), pair]))
  const sheets = sheetsOf(ladder, press, selection)
  const { jobs: all, diagnostics } = everyJob(ladder, sheets, [...pairs.values()], selection)
  const narrowed = tracks !== undefined || levels !== undefined
  const wants = (kind: Kind) => {
    if (kind === 'next-step' && compare) return true
    if (only) return only.includes(kind)
    return narrowed ? kind === 'matrix' || kind === 'one-pager' : compare === undefined
  }
  const trackOf = new Map(levelsOf(ladder).map(({ track, level }) => [level.id, track.id]))
  const chosen = all.filter((job) => {
    const { kind, subjects } = job
    if (!wants(kind) || formatsOf(job, selection.formats).length === 0) return false
    if (kind === 'next-step' && compare)
      return asked.some(({ from, to }) => subjects.levels[0] === from && subjects.levels[1] === to)
    if (!narrowed || kind === 'poster' || kind === 'booklet') return true
    if (kind === 'next-step' && tracks?.some((track) => subjects.tracks.includes(track)) === true) return true
    const [track] = subjects.tracks
    if (kind === 'stack') return subjects.tracks.length === 1 && tracks?.includes(track ?? '') === true
    if (track !== undefined && tracks?.includes(track)) return true
    if (kind === 'one-pager' || kind === 'next-step')
      return subjects.levels.some((level) => levels?.includes(level))
    // A level's matrix is its track's, made when it is asked for by name.
    return only !== undefined && levels?.some((level) => trackOf.get(level) === track) === true
  })
  // If only pictures are made, an index would have nothing to lead to.
  const index = wants('index') && (only !== undefined || selection.formats.some((format) => format !== 'png'))
  const plan: Plan = {
    all,
    chosen,
    index,
    formats: selection.formats,
    full:
      !narrowed &&
      only === undefined &&
      compare === undefined &&
      usualFormats.every((format) => selection.formats.includes(format)),
    fullPacks: [],
  }
  const made = compared.length > 0 ? [] : checkSelection(ladder, selection, plan)
  const large = !narrowed && (wants('booklet') || wants('stack')) ? tooLarge(ladder) : []
  return { plan, diagnostics: [...compared, ...diagnostics, ...made, ...large] }
}

/** What the command line names and the ladder does not have; or that it chooses nothing. */
export function checkSelection(
  ladder: Ladder,
  { only = [], tracks = [], levels = [], formats }: Pick<Selection, 'only' | 'tracks' | 'levels' | 'formats'>,
  plan: Pick<Plan, 'chosen' | 'index'>,
): Diagnostic[] {
  const known = {
    track: ladder.tracks.map(({ id }) => id),
    level: levelsOf(ladder).map(({ level }) => level.id),
  }
  const unknown = (what: 'track' | 'level', ids: readonly string[]) =>
    ids
      .filter((id) => !known[what].includes(id))
      .map((id) =>
        diagnose(`usage/unknown-${what}`, `The ladder has no ${what} "${id}"`, {
          hint: didYouMean(id, known[what]) ?? `Its ${what}s are ${known[what].slice(0, 30).join(', ')}`,
        }),
      )
  const diagnostics = [...unknown('track', tracks), ...unknown('level', levels)]
  if (diagnostics.length === 0 && plan.chosen.length === 0 && !plan.index) {
    diagnostics.push(
      diagnose('usage/nothing-selected', 'These options choose no document', {
        hint: only.includes('next-step')
          ? noStepHint(ladder, tracks.length + levels.length > 0)
          : only.includes('stack') && !formats.includes('pdf')
            ? 'Stacks are for paper, and made as PDF only: --format pdf'
            : 'Levels with described: false have no one-pager',
      }),
    )
  }
  return diagnostics
}

/** Why there is no usual step, and how to have one. @param isNarrowed whether only some of the ladder was chosen */
function noStepHint(ladder: Ladder, isNarrowed: boolean): string {
  const described = levelsOf(ladder).flatMap(({ level }) => (level.described ? [level.id] : []))
  const [one, other] = described
  if (one === undefined || other === undefined)
    return 'A next-step sheet sets two levels side by side, and this ladder describes no two'
  const why = isNarrowed
    ? 'No described level of what was chosen has one next to it in its track (drafts apart), or an equivalent'
    : 'No two described levels follow each other in a track (drafts apart), and none are equivalent'
  return `${why}. Name the two to set side by side: --compare ${one},${other}`
}
