import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { levelsOf, type Ladder } from '../model/ladder.ts'
import type { Imposition } from './imposition.ts'
import type { Job } from './job.ts'
import type { PaperKind } from './kinds.ts'
import { slug } from './names.ts'
import { pairName, type LevelPair } from './next-steps.ts'
import { half, parsePaper, turn, usesLetter, type PaperChoice, type Sheet } from './paper.ts'
import type { Selection } from './selection.ts'
import type { NamedSheet } from './sheets.ts'
import { planTiles, type TilePlan } from './tiles.ts'
import type { Trim } from './trim.ts'

type Sheets = Readonly<Record<PaperKind, readonly NamedSheet[]>>

/** What most documents are. */
const plain = { turns: false, largePrint: false, notes: false } as const

/**
 * Every document that a ladder could have on some sheets, kind by kind.
 *
 * @param pairs the levels that are set side by side
 */
export function everyJob(
  ladder: Ladder,
  sheets: Sheets,
  pairs: readonly LevelPair[],
  {
    largePrint = false,
    notes = false,
    tiles = [],
    trim,
    impositions = [],
  }: Pick<Selection, 'largePrint' | 'notes' | 'tiles' | 'trim' | 'impositions'>,
): { jobs: Job[]; diagnostics: Diagnostic[] } {
  const tiled = postersOfTiles(ladder, sheets, tiles)
  return {
    jobs: [
      ...matrices(ladder, sheets),
      ...onePagers(ladder, sheets, largePrint),
      ...posters(ladder, sheets, trim),
      ...tiled.filter((one) => 'id' in one),
      ...nextSteps(ladder, sheets, pairs, notes),
      ...stacks(ladder, sheets, notes),
      ...booklets(ladder, sheets, impositions),
    ],
    diagnostics: tiled.filter((one) => 'code' in one),
  }
}

/**
 * The most levels in one file. Nobody makes a book of a thousand pages, and a browser that has to tag them takes
 * gigabytes.
 */
const mostInOne = 400

/** What a ladder is too large for. */
export function tooLarge(ladder: Ladder): Diagnostic[] {
  const count = levelsOf(ladder).filter(({ level }) => level.described).length
  if (count <= mostInOne) return []
  const message = `With ${count} levels that are described, no booklet is made, and no file of all one-pagers`
  return [
    diagnose('print/too-many-levels', message, {
      at: ladder.places.get('@/title'),
      hint: 'The one-pagers of each track stand in one file; packs make others',
    }),
  ]
}

/** A job whose path is its id. */
function job(id: string, rest: Omit<Job, 'id' | 'path'>): Job {
  return { id, path: id, ...rest }
}

function matrices(ladder: Ladder, sheets: Sheets): Job[] {
  return sheets.matrix.flatMap(({ sheet, turns, folder }) =>
    ladder.tracks.map(({ id, levels }) =>
      job(`matrix/${folder}${id}`, {
        ...plain,
        kind: 'matrix',
        subjects: { tracks: [id], levels: levels.map((level) => level.id) },
        sheet,
        turns,
      }),
    ),
  )
}

function onePagers(ladder: Ladder, sheets: Sheets, alsoLarge: boolean): Job[] {
  const described = levelsOf(ladder).filter(({ level }) => level.described)
  const pages = ({ sheet, folder }: Pick<NamedSheet, 'sheet' | 'folder'>, largePrint: boolean) =>
    described.map(({ track, level }) =>
      job(`one-pager/${folder}${level.id}`, {
        ...plain,
        kind: 'one-pager',
        subjects: { tracks: [track.id], levels: [level.id] },
        sheet,
        largePrint,
      }),
    )
  const large = ({ sheet, folder }: NamedSheet) => pages({ sheet, folder: `${folder}large-print/` }, true)
  return [
    ...sheets['one-pager'].flatMap((named) => pages(named, false)),
    ...(alsoLarge ? sheets['one-pager'].flatMap(large) : []),
  ]
}

function posters(ladder: Ladder, sheets: Sheets, trim: Trim | undefined): Job[] {
  return sheets.poster.map(({ sheet, turns, folder }) =>
    job(inFolder('poster', folder), {
      ...plain,
      kind: 'poster',
      subjects: whole(ladder),
      sheet,
      turns,
      ...(trim && { trim }),
    }),
  )
}

/** The poster for each paper that it is to be put together from, or why it cannot be. */
function postersOfTiles(ladder: Ladder, sheets: Sheets, tiles: readonly PaperChoice[]): (Job | Diagnostic)[] {
  const named = new Map(tiles.map((tile) => [slug(`${tile.name} ${tile.orientation ?? ''}`), tile] as const))
  return [...named].map(([name, tile], index) =>
    posterOfTiles(ladder, sheets, tile, index === 0 ? '' : `${name}/`),
  )
}

/**
 * The poster once more, laid out for the size that it has when it is put together from smaller sheets.
 *
 * @param folder by which further ones are told from the first
 */
function posterOfTiles(ladder: Ladder, sheets: Sheets, tile: PaperChoice, folder: string): Job | Diagnostic {
  const [first] = sheets.poster
  if (!first) throw new Error('posters have a paper')
  const plan = planTiles(first.sheet, tile)
  if ('problem' in plan) return diagnose('usage/bad-value', plan.problem, { hint: plan.hint })
  return job(inFolder('poster-tiles', folder), {
    ...plain,
    kind: 'poster',
    subjects: whole(ladder),
    sheet: plan.sheet,
    assembly: { by: 'tiles', plan, others: otherTiles(ladder, first.sheet, tile) },
  })
}

/** What else an office has from which a poster as large could be made. */
function otherTiles(ladder: Ladder, poster: Sheet, { name }: PaperChoice): TilePlan[] {
  const usual = usesLetter(ladder.locale) ? ['Tabloid', 'Letter'] : ['A3', 'A4']
  return usual
    .filter((paper) => paper !== name)
    .map((paper) => planTiles(poster, parsePaper(paper) as PaperChoice))
    .filter((plan) => 'tile' in plan)
}

function whole(ladder: Ladder): Job['subjects'] {
  return {
    tracks: ladder.tracks.map(({ id }) => id),
    levels: levelsOf(ladder).map(({ level }) => level.id),
  }
}

function nextSteps(ladder: Ladder, sheets: Sheets, pairs: readonly LevelPair[], notes: boolean): Job[] {
  const trackOf = new Map(levelsOf(ladder).map(({ track, level }) => [level.id, track.id]))
  return sheets['next-step'].flatMap(({ sheet, folder }) =>
    pairs.map((pair) => {
      const levels = [pair.from, pair.to]
      return job(`${withNotes('next-step', notes)}/${folder}${pairName(pair)}`, {
        ...plain,
        kind: 'next-step',
        subjects: { tracks: [...new Set(levels.map((level) => trackOf.get(level) ?? ''))], levels },
        sheet,
        notes,
      })
    }),
  )
}

/** All one-pagers in one file; and those of each track, where there are several. */
function stacks(ladder: Ladder, sheets: Sheets, notes: boolean): Job[] {
  const described = ladder.tracks
    .map(({ id, levels }) => ({
      id,
      levels: levels.filter((level) => level.described).map((level) => level.id),
    }))
    .filter(({ levels }) => levels.length > 0)
  if (described.length === 0) return []
  const all = described.reduce((sum, { levels }) => sum + levels.length, 0)
  return sheets['one-pager'].flatMap(({ sheet, folder }) => {
    const stack = (id: string, tracks: typeof described) =>
      job(id, {
        ...plain,
        kind: 'stack',
        subjects: { tracks: tracks.map((track) => track.id), levels: tracks.flatMap(({ levels }) => levels) },
        sheet,
        notes,
      })
    return [
      ...(all <= mostInOne || described.length === 1
        ? [stack(besideFolder(withNotes('one-pagers', notes), folder), described)]
        : []),
      ...(described.length > 1
        ? described.map((track) => stack(`${withNotes('one-pagers', notes)}/${folder}${track.id}`, [track]))
        : []),
    ]
  })
}

/** The whole ladder as a small book: a page is half the sheet that is folded. Drafts stand in none. */
function booklets(ladder: Ladder, sheets: Sheets, impositions: readonly Imposition[]): Job[] {
  const levels = levelsOf(ladder).filter(({ level }) => level.status !== 'draft')
  if (levels.length === 0 || levels.length > mostInOne) return []
  const subjects = {
    tracks: [...new Set(levels.map(({ track }) => track.id))],
    levels: levels.map(({ level }) => level.id),
  }
  return sheets.booklet.flatMap(({ sheet, folder }) => {
    const pages = { ...plain, kind: 'booklet', subjects, sheet: half(sheet) } as const
    const spread = sheet.orientation === 'landscape' ? sheet : turn(sheet)
    return [
      job(inFolder('booklet', folder), pages),
      ...impositions.map((by) =>
        job(inFolder(by === 'saddle' ? 'booklet-fold' : 'booklet-2up', folder), {
          ...pages,
          assembly: { by, sheet: spread },
        }),
      ),
    ]
  })
}

/** A document with room to write in must not replace the one without. */
function withNotes(name: string, notes: boolean): string {
  return notes ? `${name}-notes` : name
}

/** A document of which a ladder has one: on further papers it lies in a folder of its name. */
function inFolder(name: string, folder: string): string {
  return folder === '' ? name : `${name}/${folder.slice(0, -1)}`
}

/** Where a folder of that name holds documents of tracks, which may be called as papers are, it lies beside it. */
function besideFolder(name: string, folder: string): string {
  return folder === '' ? name : `${name}-${folder.slice(0, -1)}`
}
