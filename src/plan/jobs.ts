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
  /**
   * `matrix/ic`, `one-pager/lead-engineer`, `poster`; on a second paper `one-pager/letter/lead-engineer`, in large print
   * `one-pager/large-print/lead-engineer`: also its path in the output, without extension.
   */
  readonly id: string
  readonly kind: SheetKind
  readonly subjects: { readonly tracks: readonly string[]; readonly levels: readonly string[] }
  readonly sheet: Sheet
  /** Whether the sheet may be turned where that helps: nobody has said how it lies. */
  readonly turns: boolean
  /** 18 pt in one column, on as many pages as it takes. */
  readonly largePrint: boolean
}

/** What a build should make of a ladder. */
export interface Selection {
  readonly only?: readonly Kind[]
  readonly tracks?: readonly string[]
  readonly levels?: readonly string[]
  readonly formats: readonly Format[]
  /** Papers from the command line: they win over press.yaml's. */
  readonly paper: Readonly<Partial<Record<SheetKind, readonly PaperChoice[]>>>
  /** Whether one-pagers are made in large print as well. */
  readonly largePrint?: boolean
  /** Whether one-pagers of a ladder that adds also say what the levels below ask. */
  readonly rollUp?: boolean
  /** Whether PDFs, but for one-pagers, hold the YAML that they show. */
  readonly embedSource?: boolean
  /** `black`: no colour in any file. */
  readonly ink?: 'black'
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
  const all = everyJob(ladder, sheetsOf(ladder, press, selection), selection.largePrint === true)
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

/** The sheets of a kind, with the part of the path that tells each further one from the first. */
interface NamedSheet {
  readonly sheet: Sheet
  readonly turns: boolean
  readonly folder: string
}

function everyJob(
  ladder: Ladder,
  sheets: Readonly<Record<SheetKind, readonly NamedSheet[]>>,
  largePrint: boolean,
): Job[] {
  const described = levelsOf(ladder).filter(({ level }) => level.described)
  // A letter's companion lies as letters do.
  const onePagers = ({ sheet, folder }: Omit<NamedSheet, 'turns'>, large: boolean) =>
    described.map(({ track, level }): Job => ({
      id: `one-pager/${folder}${level.id}`,
      kind: 'one-pager',
      subjects: { tracks: [track.id], levels: [level.id] },
      sheet,
      turns: false,
      largePrint: large,
    }))
  const [letterSize] = sheets['one-pager']
  return [
    ...sheets.matrix.flatMap(({ sheet, turns, folder }) =>
      ladder.tracks.map(({ id, levels }): Job => ({
        id: `matrix/${folder}${id}`,
        kind: 'matrix',
        subjects: { tracks: [id], levels: levels.map((level) => level.id) },
        sheet,
        turns,
        largePrint: false,
      })),
    ),
    ...sheets['one-pager'].flatMap((named) => onePagers(named, false)),
    ...(largePrint && letterSize ? onePagers({ sheet: letterSize.sheet, folder: 'large-print/' }, true) : []),
    ...sheets.poster.map(({ sheet, turns, folder }): Job => ({
      id: folder === '' ? 'poster' : `poster/${folder.slice(0, -1)}`,
      kind: 'poster',
      subjects: {
        tracks: ladder.tracks.map(({ id }) => id),
        levels: levelsOf(ladder).map(({ level }) => level.id),
      },
      sheet,
      turns,
      largePrint: false,
    })),
  ]
}

/** A track's matrix, like a level's row of columns, is read along: landscape. Four rails abreast need width too. */
function sheetsOf(ladder: Ladder, press: Press, selection: Selection): Record<SheetKind, NamedSheet[]> {
  const letter = usesLetter(ladder.locale)
  const preferred = {
    'one-pager': [letter ? 'Letter' : 'A4', 'portrait'],
    matrix: [letter ? 'Tabloid' : 'A3', 'landscape'],
    poster: [letter ? 'ARCH D' : 'A1', ladder.tracks.length >= 4 ? 'landscape' : 'portrait'],
  } as const
  const sheets = (kind: SheetKind): NamedSheet[] => {
    const [name, prefers] = preferred[kind]
    const choices = selection.paper[kind] ?? press.paper[kind] ?? [parsePaper(name) as PaperChoice]
    return nameSheets(
      choices.map((choice) => ({
        sheet: layDown(choice, prefers),
        turns: choice.orientation === undefined,
      })),
    )
  }
  return { matrix: sheets('matrix'), 'one-pager': sheets('one-pager'), poster: sheets('poster') }
}

/** The first sheet of a kind needs no name; each further one has a folder, by its paper and, where that tells nothing, the way it lies. */
function nameSheets(sheets: readonly Omit<NamedSheet, 'folder'>[]): NamedSheet[] {
  const named: NamedSheet[] = []
  for (const { sheet, turns } of sheets) {
    const same = named.filter((other) => other.sheet.paper === sheet.paper)
    if (same.some((other) => other.sheet.orientation === sheet.orientation)) continue
    const words = [sheet.paper, ...(same.length > 0 ? [sheet.orientation] : [])]
    const slug = words
      .join('-')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
    // Who asks for one paper both ways gets it both ways.
    const both = sheets.some((other) => other.sheet !== sheet && other.sheet.paper === sheet.paper)
    named.push({ sheet, turns: turns && !both, folder: named.length === 0 ? '' : `${slug}/` })
  }
  return named
}
