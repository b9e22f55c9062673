import type { Prose } from '../../markdown/prose.ts'
import { isNoteOnly, type Level, type Track } from '../../model/ladder.ts'
import type { RungBlock } from '../../model/rungs.ts'
import type { Job } from '../../plan/jobs.ts'
import type { Sheet } from '../../plan/paper.ts'
import type { RenderContext } from '../context.ts'
import {
  editionLine,
  footLeft,
  mm,
  refText,
  sheetStyles,
  stampOf,
  styleOf,
  type Draft,
  type RefText,
} from '../document.ts'
import type { Engine } from '../engine.ts'
import { linesOf } from '../fonts.ts'
import { isDashed, standingWords } from '../level-words.ts'
import { markOf, type MarkView } from '../marks.ts'
import {
  cellView,
  runsOf,
  statementView,
  unmeasured,
  type CellView,
  type StatementRun,
  type StatementView,
} from '../statement-view.ts'

/** What the poster says, whatever its size. Its hash is the stamp. */
export interface PosterContent {
  readonly id: string
  readonly title: string
  readonly edition: string | null
  readonly blocks: readonly PosterBlock[]
  readonly notes: readonly PosterNote[]
  readonly foot: string
  readonly address: string | null
}

/** Tracks that equivalences join, with rungs of their own. */
export interface PosterBlock {
  readonly rungs: number
  readonly rails: readonly PosterRail[]
}

export interface PosterRail {
  readonly track: string
  readonly name: string
  readonly mark: MarkView
  /** How many dimensions its levels have; 0 for plain statements. */
  readonly dimensions: number
  /** Lowest first: the order in which it is read aloud. */
  readonly levels: readonly PosterLevel[]
}

export interface PosterLevel {
  readonly id: string
  readonly title: string
  readonly draft: string | null
  readonly rung: number
  readonly dashed: boolean
  readonly mark: MarkView
  readonly standing: readonly string[]
  readonly summary: string | null
  readonly note: Prose | null
  readonly cells: readonly PosterCell[]
  /** The rail to which its line carries on, by index in the block; null where it just ends. */
  readonly tieTo: number | null
  readonly tieDashed: boolean
  /** “No equivalent” is stated: the line ends in a stop. */
  readonly stop: boolean
}

export interface PosterCell {
  readonly name: string | null
  readonly every: readonly StatementView[]
  readonly cell: CellView
}

/** What stands in the void of the poster: introductions, and how to read it. */
export interface PosterNote {
  readonly ref: string | null
  readonly heading: string
  readonly text: Prose
}

export interface PosterLayout {
  /** Of the statements, in pt. */
  readonly size: number
  /** How many dimensions stand abreast, at most. */
  readonly abreast: number
  readonly galley: boolean
}

/** The table of roles holds for A1; other sheets take it in proportion to their area's root. */
export function posterScale(sheet: Sheet): number {
  return Math.sqrt((sheet.width * sheet.height) / (594 * 841))
}

export const posterMargin = 18

export function posterContent(context: RenderContext, job: Job): PosterContent {
  const { ladder, rungs, words, press } = context
  return {
    id: job.id,
    title: ladder.title,
    edition: editionLine(context),
    blocks: rungs.blocks.map((block) => posterBlock(context, block)),
    notes: notesOf(context),
    foot: footLeft(context),
    address: press.brand.address === undefined ? null : words.say('newest', { address: press.brand.address }),
  }
}

function posterBlock(context: RenderContext, block: RungBlock): PosterBlock {
  const { ladder } = context
  const tracks = ladder.tracks.filter((track) => block.tracks.includes(track.id))
  return {
    rungs: block.height,
    rails: tracks.map((track) => ({
      track: track.id,
      name: track.name,
      mark: markOf(ladder.tracks.indexOf(track)),
      dimensions: track.dimensions.length,
      levels: track.levels.map((level) => posterLevel(context, tracks, track, level)),
    })),
  }
}

function posterLevel(
  context: RenderContext,
  tracks: readonly Track[],
  track: Track,
  level: Level,
): PosterLevel {
  const { rungs, words, ladder } = context
  const at = tracks.indexOf(track)
  const dashed = isDashed(level)
  const trackAt = (id: string) =>
    tracks.findIndex((other) => other.levels.some((candidate) => candidate.id === id))
  const next = (rungs.equivalents.get(level.id) ?? []).find((id) => trackAt(id) > at)
  const nextLevel = next === undefined ? undefined : context.levels.get(next)?.level
  const stated = level.equivalence.kind === 'none'
  return {
    id: level.id,
    title: level.title,
    draft: level.status === 'draft' ? words.say('draft') : null,
    rung: rungs.of.get(level.id) ?? 1,
    dashed,
    mark: markOf(ladder.tracks.indexOf(track), !dashed),
    standing: standingWords(context, level, { drafts: true, drawn: true }),
    summary: level.summary ?? null,
    note: isNoteOnly(level) || level.described ? (level.intro ?? null) : null,
    cells: cellsOf(context, track, level),
    tieTo: next === undefined ? null : trackAt(next),
    tieDashed: dashed || (nextLevel !== undefined && isDashed(nextLevel)),
    stop: stated && tracks.length > 1,
  }
}

function cellsOf(context: RenderContext, track: Track, level: Level): PosterCell[] {
  if (level.statements.length > 0) {
    const cell = cellView(context, track, level, { dimension: 'statements', statements: level.statements })
    return [{ name: null, every: [], cell }]
  }
  return level.cells.map((cell, index) => ({
    name: track.dimensions[index]?.name ?? cell.dimension,
    // What holds at every level is said once, at the lowest.
    every:
      track.levels.find((other) => other.cells.length > 0) === level
        ? (track.everyLevel.get(cell.dimension) ?? []).map((statement) => statementView(context, statement))
        : [],
    cell: cellView(context, track, level, cell),
  }))
}

function notesOf(context: RenderContext): PosterNote[] {
  const { ladder, rungs, words } = context
  const introductions = [
    ...(ladder.intro ? [{ ref: '@/intro', heading: ladder.title, text: ladder.intro }] : []),
    ...ladder.tracks.flatMap(({ id, name, intro }) =>
      intro ? [{ ref: `@${id}/intro`, heading: name, text: intro }] : [],
    ),
  ]
  const levels = ladder.tracks.flatMap((track) => track.levels)
  const sentences = [
    words.say('readRungs'),
    ...([...rungs.equivalents.values()].some((others) => others.length > 0) ? [words.say('readTies')] : []),
    ...(levels.some(isDashed) ? [words.say('readDashed')] : []),
    ...(ladder.style === 'additive' ? [words.say('readAdditive')] : []),
    ...(rungs.blocks.length > 1
      ? [
          words.say('readUnjoined', {
            tracks: words.list(
              rungs.blocks.map(({ tracks }) =>
                words.list(tracks.map((id) => ladder.tracks.find((track) => track.id === id)?.name ?? id)),
              ),
            ),
          }),
        ]
      : []),
  ]
  const key: Prose = [{ kind: 'paragraph', inlines: [{ kind: 'text', text: sentences.join(' ') }] }]
  return [...introductions, { ref: null, heading: words.say('howToRead'), text: key }]
}

/** Everything of the ladder that the document must show. */
export function posterTexts(content: PosterContent): RefText[] {
  return [
    ...refText('@/title', content.title),
    ...content.notes.flatMap(({ ref, text }) => (ref === null ? [] : refText(ref, text))),
    ...content.blocks.flatMap(({ rails }) =>
      rails.flatMap(({ track, name, levels }) => [
        ...refText(`@${track}/name`, name),
        ...levels.flatMap(({ id, title, summary, note, cells }) => [
          ...refText(`${id}/title`, title),
          ...refText(`${id}/summary`, summary),
          ...refText(`${id}/intro`, note),
          ...cells.flatMap(({ name: dimension, every, cell }) => [
            ...refText(cell.ref, dimension),
            ...refText(`${cell.ref}/summary`, cell.summary),
            ...[...every, ...cell.statements].flatMap(({ ref, prose }) => refText(ref, prose)),
          ]),
        ]),
      ]),
    ),
  ]
}

export function renderPoster(
  engine: Engine,
  context: RenderContext,
  sheet: Sheet,
  content: PosterContent,
  layout: PosterLayout,
): Draft {
  const scale = posterScale(sheet)
  return {
    title: [content.title, context.ladder.edition].filter((part) => part !== undefined).join(' · '),
    language: context.ladder.locale,
    direction: context.words.direction,
    root: {
      'data-kind': 'poster',
      ...(layout.galley && { 'data-galley': '' }),
      style: styleOf({
        'sheet-width': mm(sheet.width),
        'sheet-height': mm(sheet.height),
        size: `${layout.size}pt`,
        abreast: layout.abreast,
        scale: Math.round(scale * 10_000) / 10_000,
        margin: mm(Math.min(posterMargin, Math.max(10, posterMargin * scale))),
      }),
    },
    css: sheetStyles(engine, sheet, ['base', 'poster']),
    body: engine.render('poster', posterView(context, content, layout)),
  }
}

function posterView(context: RenderContext, content: PosterContent, layout: PosterLayout): object {
  const { words } = context
  const places = placesOf(content)
  return {
    content,
    words: { example: words.say('example'), optional: words.say('optional'), new: words.say('new') },
    measure: layout.galley ? content.id : null,
    titleArea: places.title,
    titleSize: titleSizeFor(context, content, places.title !== null),
    notesArea: places.notes,
    notes: content.notes,
    blocks: content.blocks.map((block) => ({
      rungs: block.rungs,
      // Where a line carries on past a rail, the rail between has no level on this rung.
      ties: block.rails.flatMap((rail, column) =>
        rail.levels.flatMap((level) =>
          level.tieTo === null || level.tieTo - column < 2
            ? []
            : [
                {
                  row: block.rungs - level.rung + 1,
                  from: column + 2,
                  to: level.tieTo + 1,
                  dashed: level.tieDashed,
                },
              ],
        ),
      ),
      columns: block.rails.map((rail) => `${railWeight(rail)}fr`).join(' '),
      weight: block.rails.reduce((sum, rail) => sum + railWeight(rail), 0),
      rails: block.rails.map((rail, column) => railView(block, rail, column)),
    })),
    // Where the shape of the ladder leaves no void, both stand in bands of their own.
    single: content.blocks.length === 1,
    foot: {
      left: content.foot,
      draft: null,
      right: `${content.address === null ? '' : `${content.address} · `}${stampOf(content)}`,
    },
  }
}

/** The title in pt at A1: as large as keeps it on two lines. */
function titleSizeFor(context: RenderContext, content: PosterContent, inVoid: boolean): number {
  const width = (inVoid ? 300 : 540) / (25.4 / 72)
  return (
    [88, 78, 68, 58, 50].find((size) => linesOf(context.fonts, content.title, size, width, 'bold') <= 2) ?? 44
  )
}

/** Rails take width by what stands abreast in them. */
function railWeight(rail: PosterRail): number {
  return Math.max(2, rail.dimensions)
}

interface LevelRowView extends Omit<PosterLevel, 'cells' | 'tieTo'> {
  readonly row: number
  readonly top: boolean
  readonly bottom: boolean
  readonly tied: boolean
  readonly cells: readonly {
    readonly name: string | null
    readonly cell: CellView
    readonly runs: readonly StatementRun[]
    readonly every: readonly StatementView[]
  }[]
}

function railView(block: PosterBlock, rail: PosterRail, column: number): object {
  const levels = rail.levels.map((level, index): LevelRowView => {
    const { cells, tieTo, ...rest } = level
    const above = rail.levels[index + 1]
    return {
      ...rest,
      // Rows count from the top, rungs from the foot; a rail runs on through rows that only others reach.
      row: block.rungs - level.rung + 1,
      top: above === undefined,
      bottom: index === 0,
      tied: tieTo !== null,
      cells: cells.map(({ name, cell, every }) => ({
        name,
        cell,
        every: unmeasured(every),
        runs: runsOf(cell),
      })),
    }
  })
  const [lowest] = levels
  const highest = levels.at(-1)
  return {
    ...rail,
    column: column + 1,
    levels,
    // Rows between two levels of the rail that only others reach: the rail passes through.
    gaps: lowest && highest ? gapsOf(levels, highest.row, lowest.row) : [],
  }
}

function gapsOf(
  levels: readonly LevelRowView[],
  top: number,
  bottom: number,
): { row: number; dashed: boolean }[] {
  const gaps: { row: number; dashed: boolean }[] = []
  for (let row = top; row <= bottom; row += 1) {
    if (levels.some((level) => level.row === row)) continue
    gaps.push({ row, dashed: levels.find((level) => level.row < row)?.dashed ?? false })
  }
  return gaps
}

/** Where the title and the introductions stand: in a void of the grid, or null for a band of their own. */
function placesOf(content: PosterContent): { title: string | null; notes: string | null } {
  const [block, ...others] = content.blocks
  if (!block || others.length > 0 || block.rails.length > 3) return { title: null, notes: null }
  const tops = block.rails.map(({ levels }) => block.rungs - Math.max(...levels.map(({ rung }) => rung)) + 1)
  const bottoms = block.rails.map(
    ({ levels }) => block.rungs - Math.min(...levels.map(({ rung }) => rung)) + 1,
  )
  // The title takes the rows above the first rails, if they begin lower than the last.
  const left = tops.findIndex((top) => top === 1)
  const titleRows = left > 0 ? Math.min(...tops.slice(0, left)) : 1
  // The introductions take the rows below the last rails, if the first reach lower.
  const right = bottoms.findLastIndex((bottom) => bottom === block.rungs)
  const notesRow = right < bottoms.length - 1 ? Math.max(...bottoms.slice(right + 1)) + 1 : block.rungs + 1
  return {
    title: left > 0 && titleRows > 1 ? `1 / 1 / ${titleRows} / ${left + 1}` : null,
    notes: notesRow <= block.rungs ? `${notesRow} / ${right + 2} / ${block.rungs + 1} / -1` : null,
  }
}
