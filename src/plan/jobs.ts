import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { levelsOf, type Ladder } from '../model/ladder.ts'
import type { Rungs } from '../model/rungs.ts'
import type { Assembly } from './assembly.ts'
import { everyJob, tooLarge } from './documents.ts'
import type { Imposition } from './imposition.ts'
import { usualFormats, type Format, type Kind, type PaperKind, type SheetKind } from './kinds.ts'
import { pairName, readPairs, usualPairs } from './next-steps.ts'
import type { PaperChoice, Sheet } from './paper.ts'
import type { Press } from './press.ts'
import { sheetsOf } from './sheets.ts'
import type { Trim } from './trim.ts'

export { formats, kinds, usualFormats, type Format, type Kind } from './kinds.ts'

/** The formats of a document, of those that are asked for: some are for paper, and stand on a screen in other files. */
export function formatsOf(
  { kind, assembly, formats: own }: Pick<Job, 'kind' | 'assembly' | 'formats'>,
  asked: readonly Format[],
): readonly Format[] {
  const wanted = own ?? asked
  return kind === 'stack' || assembly ? wanted.filter((format) => format === 'pdf') : wanted
}

/** One document to make. */
export interface Job {
  /**
   * `matrix/ic`, `one-pager/lead-engineer`, `next-step/engineer--lead-engineer`, `poster`; on a second paper `one-pager/letter/lead-engineer`, in large print
   * `one-pager/large-print/lead-engineer`.
   */
  readonly id: string
  /** In the output, without extension. */
  readonly path: string
  readonly kind: SheetKind
  readonly subjects: { readonly tracks: readonly string[]; readonly levels: readonly string[] }
  readonly sheet: Sheet
  /** Whether the sheet may be turned where that helps: nobody has said how it lies. */
  readonly turns: boolean
  /** 18 pt in one column, on as many pages as it takes. */
  readonly largePrint: boolean
  /** Whether a ruled column is left free beside the text. */
  readonly notes: boolean
  /** On what other sheets its pages are laid; then it is for the press alone. */
  readonly assembly?: Assembly
  /** What is printed around it, to be cut off. */
  readonly trim?: Trim
  /** Of a pack that says so for itself. */
  readonly formats?: readonly Format[]
  /** The pack that it belongs to. */
  readonly pack?: string
}

/** What a build should make of a ladder. */
export interface Selection {
  /** Packs to make. Then their outputs say what is made; tracks and levels make it less. */
  readonly packs?: readonly string[]
  readonly only?: readonly Kind[]
  readonly tracks?: readonly string[]
  readonly levels?: readonly string[]
  /** Pairs of levels to set side by side, as written: two ids with a comma between. */
  readonly compare?: readonly string[]
  readonly formats: readonly Format[]
  /** Papers from the command line: they win over press.yaml's. */
  readonly paper: Readonly<Partial<Record<PaperKind, readonly PaperChoice[]>>>
  /** Whether one-pagers are made in large print as well. */
  readonly largePrint?: boolean
  /** Whether stacks and next-step sheets leave a ruled column free. */
  readonly notes?: boolean
  /** From which sheets the poster is made as well. */
  readonly tile?: PaperChoice
  /** How booklets are laid on larger sheets, in files of their own. */
  readonly impositions?: readonly Imposition[]
  /** What posters get around them for a copy shop. */
  readonly trim?: Trim
  /** Whether one-pagers of a ladder that adds also say what the levels below ask. */
  readonly rollUp?: boolean
  /** Whether PDFs, but for one-pagers, hold the YAML that they show. */
  readonly embedSource?: boolean
  /** Pixels an inch of pictures. */
  readonly dpi?: number
  /** `black`: no colour in any file. */
  readonly ink?: 'black'
  /** Whether screens show sheets as large as their paper, rather than as large as they are read from there. */
  readonly paperSize?: boolean
}

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
  // Of pictures alone, an index would have nothing to lead to.
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
  { tracks = [], levels = [] }: Pick<Selection, 'tracks' | 'levels'>,
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
        hint: 'Levels with described: false have no one-pager',
      }),
    )
  }
  return diagnostics
}
