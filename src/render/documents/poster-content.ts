import { inlinesOfLine, joined, lineOf, type Line } from '../../markdown/line.ts'
import type { Prose } from '../../markdown/prose.ts'
import { freshStatements } from '../../model/inheritance.ts'
import { isNoteOnly, type Ladder, type Level, type Track } from '../../model/ladder.ts'
import type { RungBlock } from '../../model/rungs.ts'
import type { Job } from '../../plan/job.ts'
import type { RenderContext } from '../context.ts'
import { draftWords, editionLine, footLeft } from '../edition-words.ts'
import { endsInStop, isDashed, standingWords, summaryOf } from '../level-words.ts'
import { markOf } from '../marks.ts'
import { nameOf, titleOf } from '../names.ts'
import { keySentences, type KeySentence } from '../reading-key.ts'
import { cellView, statementView } from '../statement-view.ts'
import { cellAt, everyAt, hasCells, isWhole } from './poster-depths.ts'
import {
  cellsOf,
  type PosterBlock,
  type PosterCell,
  type PosterContent,
  type PosterDepth,
  type PosterLevel,
  type PosterNote,
} from './poster-parts.ts'

const depthKeys = {
  plain: 'depthPlain',
  new: 'depthNew',
  cells: 'depthCells',
  sentences: 'depthSentences',
  levels: 'depthLevels',
  map: 'depthMap',
} as const

/**
 * What a poster may say where it says less than everything, as data: which depth it has is not known before it is fitted,
 * and its characters need fonts then.
 */
export function wordsOfLesserDepths(context: RenderContext): unknown {
  const { ladder, words } = context
  const levels = ladder.tracks.flatMap((track) => track.levels)
  return {
    depths: Object.values(depthKeys).map((key) => words.say(key)),
    // Groups are named here and nowhere else on a poster.
    dimensions: ladder.tracks.map((track) =>
      words.say('dimensions', { names: listOfDimensions(context, track) }),
    ),
    // In one sentence, and set like a summary.
    introductions: levels.flatMap(({ summary, intro: [first] = [] }) =>
      summary === undefined && first?.kind === 'paragraph' ? [{ summary: lineOf(first.inlines) }] : [],
    ),
  }
}

/** With more tracks, the map alone is as much as a poster can show. */
const mostIntroduced = 12

function isCrowded({ tracks }: Ladder, depth: PosterDepth): boolean {
  return depth === 'map' && tracks.length > mostIntroduced
}

/** What the poster says at a depth. */
export function posterContent(
  context: RenderContext,
  job: Pick<Job, 'id'>,
  depth: PosterDepth,
): PosterContent {
  const { ladder, rungs, words, press } = context
  const draftOf = draftWords(context)
  const blocks = rungs.blocks.map((block) => posterBlock(context, block, depth))
  return {
    id: job.id,
    depth,
    title: titleOf(context, ladder),
    edition: editionLine(context),
    depthWords: depth === 'everything' ? null : words.say(depthKeys[depth]),
    blocks,
    notes: notesOf(context, blocks).filter(
      ({ ref }) => !isCrowded(ladder, depth) || ref === null || ref === '@/intro',
    ),
    ...(draftOf !== null && { draftOf }),
    foot: footLeft(context),
    address: press.brand.address === undefined ? null : words.say('newest', { address: press.brand.address }),
  }
}

function posterBlock(context: RenderContext, block: RungBlock, depth: PosterDepth): PosterBlock {
  const { ladder, rungs } = context
  const tracks = ladder.tracks.filter((track) => block.tracks.includes(track.id))
  return {
    rungs: block.height,
    rails: tracks.map((track) => ({
      track: track.id,
      name: nameOf(context, track),
      mark: markOf(ladder.tracks.indexOf(track)),
      dimensions: hasCells(depth) ? track.dimensions.length : 0,
      dimensionNames:
        !hasCells(depth) && track.dimensions.length > 0 && !isCrowded(ladder, depth)
          ? context.words.say('dimensions', { names: listOfDimensions(context, track) })
          : null,
      opensFrom: rungs.forks.flatMap((fork) => (fork.track === track.id ? [fork.from] : [])),
      levels: track.levels.map((level) => posterLevel(context, tracks, track, level, depth)),
    })),
  }
}

/** The dimensions of a track, in the groups that they stand in. */
function listOfDimensions(context: RenderContext, { dimensions }: Track): Line {
  const groups: { group: Track['dimensions'][number]['group']; names: Line[] }[] = []
  for (const dimension of dimensions) {
    const { group } = dimension
    const last = groups.at(-1)
    if (last && last.group === group) last.names.push(nameOf(context, dimension))
    else groups.push({ group, names: [nameOf(context, dimension)] })
  }
  // The point stays with what it follows.
  const between = '\u00a0· '
  return joined(
    groups.map(({ group, names }) => {
      const list = joined(names, between)
      return group ? joined([nameOf(context, group), ' (', list, ')']) : list
    }),
    between,
  )
}

function posterLevel(
  context: RenderContext,
  tracks: readonly Track[],
  track: Track,
  level: Level,
  depth: PosterDepth,
): PosterLevel {
  const { rungs, words, ladder } = context
  const at = tracks.indexOf(track)
  const dashed = isDashed(level)
  const note = noteOf(level, depth)
  const trackAt = (id: string) =>
    tracks.findIndex((other) => other.levels.some((candidate) => candidate.id === id))
  const next = (rungs.equivalents.get(level.id) ?? []).find((id) => trackAt(id) > at)
  const nextLevel = next === undefined ? undefined : context.levels.get(next)?.level
  return {
    id: level.id,
    title: titleOf(context, level),
    draft: level.status === 'draft' ? words.say('draft') : null,
    rung: rungs.of.get(level.id) ?? 1,
    dashed,
    mark: markOf(ladder.tracks.indexOf(track), !dashed),
    standing: standingWords(context, level, { drafts: true, drawn: true }),
    summary: depth === 'map' ? null : note ? (level.summary ?? null) : summaryOf(context, level),
    note,
    cells: posterCells(context, track, level, depth),
    tieTo: next === undefined ? null : trackAt(next),
    tieDashed: dashed || (nextLevel !== undefined && isDashed(nextLevel)),
    stop: endsInStop(context, level, ladder.tracks) && tracks.length > 1,
  }
}

/** A level's introduction; where room is short, only of levels that are nothing else. */
function noteOf(level: Level, depth: PosterDepth): Prose | null {
  if (!level.intro || depth === 'map') return null
  return isWhole(depth) || (depth === 'cells' && isNoteOnly(level)) ? level.intro : null
}

function posterCells(context: RenderContext, track: Track, level: Level, depth: PosterDepth): PosterCell[] {
  if (!hasCells(depth)) return []
  const cells =
    level.statements.length > 0 ? [{ dimension: 'statements', statements: level.statements }] : level.cells
  const fresh = context.ladder.style === 'restated' ? freshStatements(track, level) : new Set<string>()
  return cells.map((cell, index): PosterCell => {
    const dimension = level.statements.length > 0 ? undefined : track.dimensions[index]
    const whole = cellView(context, track, level, cell)
    return {
      name: dimension ? nameOf(context, dimension) : null,
      // What holds at every level is said once, at the lowest.
      every:
        isWhole(depth) && track.levels.find((other) => other.cells.length > 0) === level
          ? everyAt(
              depth,
              (track.everyLevel.get(cell.dimension) ?? []).map((statement) =>
                statementView(context, statement),
              ),
            )
          : [],
      cell: cellAt(context, whole, depth, fresh),
    }
  })
}

/** How to read the poster, in sentences; `isOnBars` of the one on the bars that mark what is new. */
export function keyOf(
  context: RenderContext,
  blocks: readonly PosterBlock[],
): (KeySentence & { readonly isOnBars: boolean })[] {
  const hasNew = cellsOf({ blocks }).some(({ cell }) => cell.statements.some(({ isNew }) => isNew))
  return [
    ...keySentences(context, context.ladder.tracks).map((sentence) => ({ ...sentence, isOnBars: false })),
    ...(hasNew ? [{ words: context.words.say('readNew'), sample: null, isOnBars: true }] : []),
  ]
}

function notesOf(context: RenderContext, blocks: readonly PosterBlock[]): PosterNote[] {
  const { ladder, words } = context
  const introductions = [
    ...(ladder.intro ? [{ ref: '@/intro', heading: titleOf(context, ladder), text: ladder.intro }] : []),
    ...ladder.tracks.flatMap((track) =>
      track.intro ? [{ ref: `@${track.id}/intro`, heading: nameOf(context, track), text: track.intro }] : [],
    ),
  ]
  const key: Prose = [
    {
      kind: 'paragraph',
      inlines: inlinesOfLine(
        joined(
          keyOf(context, blocks).map((sentence) => sentence.words),
          ' ',
        ),
      ),
    },
  ]
  return [...introductions, { ref: null, heading: words.say('howToRead'), text: key }]
}
