import { joined, type Line } from '../../markdown/line.ts'
import type { Sheet } from '../../plan/paper.ts'
import type { Trim } from '../../plan/trim.ts'
import type { RenderContext } from '../context.ts'
import { documentTitle, mm, sheetStyles, stampOf, styleOf, type Draft } from '../document.ts'
import type { Engine } from '../engine.ts'
import { equivalenceWords } from '../level-words.ts'
import {
  runsOf,
  statementWords,
  unmeasured,
  type CellView,
  type PlacedStatement,
  type StatementRun,
} from '../statement-view.ts'
import { railNameLines, railsAbreast, titleWord } from './on-screen.ts'
import {
  keyOf,
  type PosterBlock,
  type PosterContent,
  type PosterLevel,
  type PosterRail,
} from './poster-content.ts'
import { isShort, type PosterDepth } from './poster-depths.ts'
import { footOf, originsOf, placesOf } from './poster-grid.ts'
import {
  labelSlot,
  labelSizeFor,
  nameSizeFor,
  titleSizeFor,
  type LabelSlot,
  type PosterNames,
} from './poster-names.ts'
import { posterMargin, posterScale, railWeight, stacksOf } from './poster-widths.ts'

/** Where introductions stand: in the void of the grid, if it has one, in two columns there, or at the foot. */
export type PosterNotes = 'void' | 'columns' | 'foot'

export interface PosterLayout {
  /** Of the statements, in pt. */
  readonly size: number
  /** How many dimensions stand abreast, at most. */
  readonly abreast: number
  readonly depth: PosterDepth
  /** Whether the sheet lies the other way than its kind prefers. */
  readonly turned: boolean
  /** Small, with what stands below them, so that more is said; large, so that the sheet is filled. */
  readonly names: PosterNames
  readonly notes: PosterNotes
  readonly galley: boolean
}

/** Four rails and more hold one thing below the other alone. */
function isNarrow({ blocks }: PosterContent): boolean {
  return blocks.flatMap(({ rails }) => rails).length > 3
}

export function renderPoster(
  engine: Engine,
  context: RenderContext,
  sheet: Sheet,
  content: PosterContent,
  layout: PosterLayout,
  trim?: Trim,
): Draft {
  const scale = posterScale(sheet)
  const nameSize = nameSizeFor(context.fonts, content, sheet, layout.names)
  const labelSize = labelSizeFor(context.fonts, content, sheet, nameSize)
  const stacks = stacksOf(content, sheet)
  return {
    title: documentTitle(context),
    language: context.ladder.locale,
    direction: context.words.direction,
    root: {
      'data-kind': 'poster',
      'data-depth': content.depth,
      // Four rails and more are too narrow for anything but one thing below the other.
      ...(isNarrow(content) && { 'data-narrow': '' }),
      // So short that a cell may run in behind its name.
      ...(isShort(content.depth) && { 'data-short': '' }),
      ...(layout.names !== 'usual' && { 'data-names': layout.names }),
      ...(layout.galley && { 'data-galley': '' }),
      ...(stacks !== null && { 'data-stacked': '' }),
      style: styleOf({
        ...(stacks !== null && { stacks }),
        'sheet-width': mm(sheet.width),
        'sheet-height': mm(sheet.height),
        size: `${layout.size}pt`,
        abreast: layout.abreast,
        scale: Math.round(scale * 10_000) / 10_000,
        'name-size': nameSize,
        'label-size': labelSize,
        'screen-label-lines': railNameLines(content, context.fonts),
        margin: mm(Math.min(posterMargin, Math.max(10, posterMargin * scale))),
      }),
    },
    css: sheetStyles(engine, context, sheet, {
      names: ['base', 'poster'],
      size: layout.size,
      abreast: stacks === null ? railsAbreast(content) : null,
      trim,
    }),
    body: engine.render('poster', posterView(context, content, layout, sheet, nameSize)),
  }
}

function posterView(
  context: RenderContext,
  content: PosterContent,
  layout: PosterLayout,
  sheet: Sheet,
  nameSize: number,
): object {
  const places = placesOf(content)
  const notesArea = layout.notes === 'foot' ? null : places.notes
  return {
    content,
    words: statementWords(context),
    measure: content.id,
    titleArea: places.title,
    titleWord: titleWord(context.fonts, content.title),
    titleSize: titleSizeFor(context.fonts, content, sheet, places.above),
    notesArea,
    notesColumns: layout.notes === 'columns',
    notes: notesView(context, content, layout),
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
      forks: forksOf(block),
      columns: block.rails.map((rail) => `${railWeight(rail)}fr`).join(' '),
      weight: block.rails.reduce((sum, rail) => sum + railWeight(rail), 0),
      rails: block.rails.map((rail, column) =>
        railView(context, block, rail, column, labelSlot(context.fonts, content, sheet, block, nameSize)),
      ),
    })),
    // Where the shape of the ladder leaves no void, both stand in bands of their own.
    single: content.blocks.length === 1,
    foot: {
      // A line of 100 mm needs a sheet that leaves room beside it.
      ruler: sheet.width >= 200,
      left: content.foot,
      draft: content.draftOf ?? null,
      right: joined(
        [...(content.address === null ? [] : [content.address]), stampOf(unshared(content))],
        ' · ',
      ),
    },
  }
}

/**
 * The notes; of the key, that which is no text of the ladder, sentence by sentence: where a screen has rails one below the
 * other, no line carries on or bends into another.
 */
function notesView(context: RenderContext, content: PosterContent, { names }: PosterLayout): object[] {
  const { notes, blocks } = content
  // Where statements run in, the word stands alone for what is new.
  const hasBars = !(isShort(content.depth) && (isNarrow(content) || names === 'small'))
  const sentences = keyOf(context, blocks)
    .filter(({ isOnBars }) => hasBars || !isOnBars)
    .flatMap(({ words, sample }) => {
      const isAbreast = sample === 'ties' || sample === 'joined' || sample === 'forks'
      const stops = { words: context.words.say('readStops'), only: 'stacked' }
      return [{ words, only: isAbreast ? 'abreast' : null }, ...(sample === 'ties' ? [stops] : [])]
    })
  return notes.map((note) => ({ ...note, sentences: note.ref === null ? sentences : null }))
}

/** In words what the line of a level says, for screens that have its equivalents further down. */
function joinedTo(context: RenderContext, { id }: PosterLevel): Line | null {
  const level = context.levels.get(id)?.level
  const isJoined = level?.described === true && (context.rungs.equivalents.get(id) ?? []).length > 0
  return level && isJoined ? (equivalenceWords(context, level, true) ?? null) : null
}

/** What a poster says, however its rails share the sheet. */
function unshared(content: PosterContent): PosterContent {
  const blocks = content.blocks.map((block) => ({
    ...block,
    rails: block.rails.map(({ share: _, ...rail }) => rail),
  }))
  return { ...content, blocks }
}

interface ForkView {
  /** Of the grid: the last row of the foot of the rail that opens, and the row of the rung that it opens from. */
  readonly row: number
  readonly origin: number
  /** The columns in which the bend is drawn; it leads to the rail that opens from the one before or behind it. */
  readonly from: number
  readonly to: number
  readonly back: boolean
  readonly dashed: boolean
  /** Columns that its line crosses before it comes to the bend. */
  readonly between: { readonly from: number; readonly to: number } | null
}

/** The line of a level carries on, and bends up into the foot of the rail that opens from it. */
function forksOf(block: PosterBlock): ForkView[] {
  return block.rails.flatMap((rail, at) =>
    originsOf(block, rail).map(({ column, level }) => {
      const origin = block.rungs - level.rung + 1
      const back = at < column
      return {
        row: origin - 1,
        origin,
        from: at + 1,
        to: back ? column + 1 : at + 2,
        back,
        dashed: rail.levels[0]?.dashed ?? false,
        between: at - column > 1 ? { from: column + 2, to: at + 1 } : null,
      }
    }),
  )
}

/** The rungs on which a line of other rails runs through a rail: a tie, or the way to a rail that opens. */
function rungsAcross(block: PosterBlock, column: number): ReadonlySet<number> {
  const isBetween = (one: number, other: number) =>
    column > Math.min(one, other) && column < Math.max(one, other)
  return new Set(
    block.rails.flatMap((rail, at) => [
      ...rail.levels.flatMap(({ rung, tieTo }) => (tieTo !== null && isBetween(at, tieTo) ? [rung] : [])),
      ...originsOf(block, rail).flatMap(({ column: origin, level }) =>
        isBetween(at, origin) ? [level.rung] : [],
      ),
    ]),
  )
}

interface LevelRowView extends Omit<PosterLevel, 'cells' | 'tieTo'> {
  readonly joinedTo: Line | null
  readonly row: number
  readonly top: boolean
  readonly bottom: boolean
  /** The dimensions stand with the lowest level that is described. */
  readonly firstDescribed: boolean
  readonly tied: boolean
  /** Whether its rail bends away where the row ends. */
  readonly bends: boolean
  /** Whether its rail ends where the row ends, and the line of other rails runs there. */
  readonly clear: boolean
  /** Whether a track is named on its rung. */
  readonly named: boolean
  /** How many lines over the name the names of tracks take on this rung; null where they stand beside it. */
  readonly labelLines: number | null
  readonly cells: readonly {
    readonly name: Line | null
    readonly cell: CellView
    readonly runs: readonly StatementRun[]
    readonly every: readonly PlacedStatement[]
  }[]
}

function railView(
  context: RenderContext,
  block: PosterBlock,
  rail: PosterRail,
  column: number,
  labels: LabelSlot,
): object {
  const foot = footOf(block, rail)
  const bend = rail.opensFrom.length > 0 ? foot : null
  const crossed = rungsAcross(block, column)
  const named = new Set(
    block.rails.flatMap(({ levels: own }) => [own[0], own.at(-1)].map((level) => level?.rung)),
  )
  const levels = rail.levels.map((level, index): LevelRowView => {
    const { cells, tieTo, ...rest } = level
    const above = rail.levels[index + 1]
    return {
      ...rest,
      joinedTo: joinedTo(context, level),
      // Rows count from the top, rungs from the foot; a rail runs on through rows that only others reach.
      row: block.rungs - level.rung + 1,
      top: above === undefined,
      bottom: index === 0,
      firstDescribed: index === rail.levels.findIndex((other) => !other.dashed),
      tied: tieTo !== null,
      bends: block.rungs - level.rung + 1 === bend,
      clear: block.rungs - level.rung + 1 === foot && crossed.has(level.rung - 1),
      named: named.has(level.rung),
      labelLines: labels.rungs.has(level.rung) ? labels.lines : null,
      cells: cells.map(({ name, cell, every }) => ({
        name,
        cell,
        every: unmeasured(every),
        runs: runsOf(cell),
      })),
    }
  })
  const highest = levels.at(-1)
  return {
    ...rail,
    column: column + 1,
    levels,
    // Rows that only others reach, between two levels of the rail and down to where it opens: the rail passes through.
    gaps: highest ? gapsOf(levels, highest.row, foot, bend) : [],
  }
}

function gapsOf(
  levels: readonly LevelRowView[],
  top: number,
  bottom: number,
  bend: number | null,
): { row: number; dashed: boolean; bends: boolean }[] {
  const gaps: { row: number; dashed: boolean; bends: boolean }[] = []
  for (let row = top; row <= bottom; row += 1) {
    if (levels.some((level) => level.row === row)) continue
    const above = levels.find((level) => level.row < row)
    gaps.push({ row, dashed: above?.dashed ?? false, bends: row === bend })
  }
  return gaps
}
