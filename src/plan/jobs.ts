import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { levelsOf, type Ladder } from '../model/ladder.ts'
import { layDown, parsePaper, usesLetter, type PaperChoice, type Sheet } from './paper.ts'
import { sheetKinds, type Press, type SheetKind } from './press.ts'

export const kinds = [...sheetKinds, 'index'] as const
export type Kind = (typeof kinds)[number]

export const formats = ['html', 'pdf'] as const
export type Format = (typeof formats)[number]

/** One document to make. */
export interface Job {
  /** `matrix/ic`, `one-pager/lead-engineer`, `poster`: also its path in the output, without extension. */
  readonly id: string
  readonly kind: SheetKind
  readonly subjects: { readonly tracks: readonly string[]; readonly levels: readonly string[] }
  readonly sheet: Sheet
}

/** What a build should make of a ladder. */
export interface Selection {
  readonly only?: readonly Kind[]
  readonly tracks?: readonly string[]
  readonly levels?: readonly string[]
  readonly formats: readonly Format[]
  /** Papers from the command line: they win over press.yaml's. */
  readonly paper: Readonly<Partial<Record<SheetKind, PaperChoice>>>
}

export interface Plan {
  /** Every document the ladder could have, chosen or not: sizes are shared by all of a kind. */
  readonly all: readonly Job[]
  readonly chosen: readonly Job[]
  readonly index: boolean
  readonly formats: readonly Format[]
  /** Whether everything was chosen: only then may outputs that are no longer made be removed. */
  readonly full: boolean
}

/** Settles which documents are made, on what paper and under which name. */
export function planJobs(
  ladder: Ladder,
  press: Press,
  selection: Selection,
): { plan: Plan; diagnostics: readonly Diagnostic[] } {
  const all = everyJob(ladder, sheetsOf(ladder, press, selection))
  const { only, tracks, levels } = selection
  const narrowed = tracks !== undefined || levels !== undefined
  const wants = (kind: Kind) =>
    only ? only.includes(kind) : !narrowed || kind === 'matrix' || kind === 'one-pager'
  const trackOf = new Map(levelsOf(ladder).map(({ track, level }) => [level.id, track.id]))
  const chosen = all.filter(({ kind, subjects }) => {
    if (!wants(kind)) return false
    if (!narrowed || kind === 'poster') return true
    const [track] = subjects.tracks
    if (track !== undefined && tracks?.includes(track)) return true
    if (kind === 'one-pager') return subjects.levels.some((level) => levels?.includes(level))
    // A level's matrix is its track's, made when it is asked for by name.
    return only !== undefined && levels?.some((level) => trackOf.get(level) === track) === true
  })
  const index = wants('index')
  const plan: Plan = {
    all,
    chosen,
    index,
    formats: selection.formats,
    full: !narrowed && only === undefined && formats.every((format) => selection.formats.includes(format)),
  }
  return { plan, diagnostics: checkSelection(ladder, selection, plan) }
}

function checkSelection(ladder: Ladder, { tracks = [], levels = [] }: Selection, plan: Plan): Diagnostic[] {
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
        hint: 'Levels with described: false have no one-pager',
      }),
    )
  }
  return diagnostics
}

function everyJob(ladder: Ladder, sheets: Readonly<Record<SheetKind, Sheet>>): Job[] {
  const described = levelsOf(ladder).filter(({ level }) => level.described)
  return [
    ...ladder.tracks.map(({ id, levels }): Job => ({
      id: `matrix/${id}`,
      kind: 'matrix',
      subjects: { tracks: [id], levels: levels.map((level) => level.id) },
      sheet: sheets.matrix,
    })),
    ...described.map(({ track, level }): Job => ({
      id: `one-pager/${level.id}`,
      kind: 'one-pager',
      subjects: { tracks: [track.id], levels: [level.id] },
      sheet: sheets['one-pager'],
    })),
    {
      id: 'poster',
      kind: 'poster',
      subjects: {
        tracks: ladder.tracks.map(({ id }) => id),
        levels: levelsOf(ladder).map(({ level }) => level.id),
      },
      sheet: sheets.poster,
    },
  ]
}

/** A track's matrix, like a level's row of columns, is read along: landscape. Four rails abreast need width too. */
function sheetsOf(ladder: Ladder, press: Press, selection: Selection): Record<SheetKind, Sheet> {
  const letter = usesLetter(ladder.locale)
  const preferred = {
    'one-pager': [letter ? 'Letter' : 'A4', 'portrait'],
    matrix: [letter ? 'Tabloid' : 'A3', 'landscape'],
    poster: [letter ? 'ARCH D' : 'A1', ladder.tracks.length >= 4 ? 'landscape' : 'portrait'],
  } as const
  const sheet = (kind: SheetKind): Sheet => {
    const [name, prefers] = preferred[kind]
    const choice = selection.paper[kind] ?? press.paper[kind] ?? (parsePaper(name) as PaperChoice)
    return layDown(choice, prefers)
  }
  return { matrix: sheet('matrix'), 'one-pager': sheet('one-pager'), poster: sheet('poster') }
}
