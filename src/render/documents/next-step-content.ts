import { lineText, type Line } from '../../markdown/line.ts'
import { cellRef, isNoteOnly, type Track } from '../../model/ladder.ts'
import type { Job } from '../../plan/job.ts'
import { point } from '../../plan/units.ts'
import { addressesOf, type Address } from '../addresses.ts'
import { levelOf, type LevelInTrack, type RenderContext } from '../context.ts'
import { dividedCell, type Division } from '../divided.ts'
import { draftWords, footLeft } from '../edition-words.ts'
import { isDashed, standingWords, summaryOf } from '../level-words.ts'
import { markOf, type MarkView } from '../marks.ts'
import { nameOf, titleOf } from '../names.ts'
import { refText, type RefText } from '../ref-texts.ts'
import { bareStatements, statementTexts } from '../statement-view.ts'
import { textWidth, widestWord } from '../text-widths.ts'
import { bandsOf, type StepBand } from './next-step-bands.ts'
import type { StepPart } from './next-step-cells.ts'

/** What a next-step sheet says, whatever its size. Its hash is the stamp. */
export interface NextStepContent {
  readonly id: string
  /** “From Lead Engineer to Principal Engineer”, “Lead Engineer and Manager”. */
  readonly title: Line
  /** In pt. */
  readonly titleSize: number
  /** The same in short, for the foot. */
  readonly pair: Line
  readonly tracks: readonly TrackName[]
  /** What holds between the two, in sentences. */
  readonly lead: readonly Line[]
  readonly heads: readonly [StepHead, StepHead]
  readonly bands: readonly StepBand[]
  /** The head of the column to write in; null where there is none. */
  readonly notes: Line | null
  readonly links: readonly Address[]
  readonly notice: string | null
  readonly draft: Line | null
  /** Words for the foot, where the edition is not sealed yet. */
  readonly draftOf?: Line
  readonly foot: Line
}

/** A track over the sheet. */
export interface TrackName {
  readonly name: Line
  readonly mark: MarkView
}

/** A level over its column. */
export interface StepHead {
  readonly id: string
  readonly title: Line
  readonly draft: Line | null
  readonly dashed: boolean
  /** Of its track, where the levels are of two. */
  readonly mark: MarkView | null
  readonly standing: readonly Line[]
  readonly summary: Line | null
}

/** What a sheet of two levels says: the lower stands first where they are of one track. */
export function nextStepContent(context: RenderContext, job: Job): NextStepContent {
  const [from, to] = job.subjects.levels.map((id) => levelOf(context, id)) as [LevelInTrack, LevelInTrack]
  const { words, press } = context
  const isStep = from.track === to.track
  const title = pairTitle(context, from, to)
  const bands = bandsOf(context, from, to)
  const isDraft = [from, to].some(({ level }) => level.status === 'draft')
  const draftOf = draftWords(context)
  const tracks = (isStep ? [from] : [from, to]).map(({ track }) => trackName(context, track))
  return {
    id: job.id,
    title: title.full,
    titleSize: titleSize(context, lineText(title.full), job.sheet.width),
    pair: title.short,
    tracks,
    lead: leadOf(context, from, to, bands),
    heads: [headOf(context, from, isStep), headOf(context, to, isStep)],
    bands,
    notes: job.notes ? words.say('stepNotes') : null,
    links: addressesOf(
      partsOf(bands).flatMap(({ intro, every, cell }) => [
        ...(intro ?? []).map(({ block }) => block),
        ...[...every, ...cell.statements].flatMap(({ prose }) => prose),
      ]),
      context.fonts,
    ),
    notice: press.notice ?? null,
    draft: isDraft ? words.say('draft') : null,
    ...(draftOf !== null && { draftOf }),
    foot: footLeft(context),
  }
}

/** “From Lead Engineer to Principal Engineer” and “Lead Engineer → Principal Engineer”; “Lead Engineer and Manager”. */
export function pairTitle(
  context: RenderContext,
  one: LevelInTrack,
  other: LevelInTrack,
): { readonly full: Line; readonly short: Line } {
  const { words } = context
  const [from, to] = [titleOf(context, one.level), titleOf(context, other.level)]
  if (one.track !== other.track) return { full: words.list([from, to]), short: words.list([from, to]) }
  return { full: words.say('stepTitle', { from, to }), short: words.say('stepPair', { from, to }) }
}

function trackName(context: RenderContext, track: Track): TrackName {
  return { name: nameOf(context, track), mark: markOf(context.ladder.tracks.indexOf(track)) }
}

function headOf(context: RenderContext, { level, track }: LevelInTrack, isStep: boolean): StepHead {
  return {
    id: level.id,
    title: titleOf(context, level),
    draft: level.status === 'draft' ? context.words.say('draft') : null,
    dashed: isDashed(level),
    mark: isStep ? null : markOf(context.ladder.tracks.indexOf(track), !isDashed(level)),
    // What the upper of two levels adds to is said over both of them.
    standing: standingWords(context, level, { drafts: level.status === 'draft', adds: !isStep }),
    summary: isNoteOnly(level) ? (level.summary ?? null) : summaryOf(context, level),
  }
}

/** What somebody has to know before reading across. */
function leadOf(
  context: RenderContext,
  from: LevelInTrack,
  to: LevelInTrack,
  bands: readonly StepBand[],
): Line[] {
  const { words, ladder } = context
  const isAcross = partsOf(bands.filter(({ columns }) => columns.length === 1)).some(
    ({ cell }) => cell.statements.length > 0,
  )
  if (from.track !== to.track || ladder.style !== 'additive')
    return isAcross ? [words.say('stepBothHint')] : []
  const between = from.track.levels
    .slice(from.index + 1, to.index)
    .filter(({ described, status }) => described && status === 'active')
  return [
    words.say('stepAdds', { from: titleOf(context, from.level), to: titleOf(context, to.level) }),
    ...(between.length > 0
      ? [words.say('stepBetween', { levels: words.list(between.map((level) => titleOf(context, level))) })]
      : []),
  ]
}

/** What a title may take in pt, on a sheet whose width is in mm: all between its margins, with a little to spare. */
export function titleWidth(sheetWidth: number): number {
  return (sheetWidth - 38) / point
}

function titleSize({ fonts }: RenderContext, title: string, sheetWidth: number): number {
  const width = titleWidth(sheetWidth)
  const onOneLine = [24, 22, 20].find((size) => textWidth(fonts, title, size, 'bold') <= width)
  return onOneLine ?? [20, 19, 18, 17].find((size) => widestWord(fonts, title, size, 'bold') <= width) ?? 20
}

/** All parts of some bands, in the order in which they are read. */
export function partsOf(bands: readonly StepBand[]): StepPart[] {
  return bands.flatMap(({ columns }) => columns.flatMap(({ parts }) => parts))
}

/** How many items a part can be cut between: its statements, the pieces of an introduction, or its one line of words. */
export function itemsOf({ intro, cell }: StepPart): number {
  return Math.max(1, intro ? intro.length : cell.statements.length)
}

/** What is said where there is no room for examples. */
export function withoutExamples(content: NextStepContent): NextStepContent {
  return overParts(content, (part) => ({
    ...part,
    every: bareStatements(part.every),
    cell: { ...part.cell, statements: bareStatements(part.cell.statements) },
  }))
}

/** What is said with its long statements in pieces. */
export function withDivided(content: NextStepContent, division: Division): NextStepContent {
  return overParts(content, (part) => ({ ...part, cell: dividedCell(part.cell, division) }))
}

function overParts(content: NextStepContent, part: (one: StepPart) => StepPart): NextStepContent {
  return {
    ...content,
    bands: content.bands.map((band) => ({
      ...band,
      columns: band.columns.map((column) => ({ ...column, parts: column.parts.map(part) })),
    })),
  }
}

/** Everything of the ladder that the document must show. */
export function nextStepTexts({ tracks, heads, bands }: NextStepContent): RefText[] {
  return [
    ...tracks.flatMap(({ name }) => refText(heads[0].id, name)),
    ...heads.flatMap(({ id, title, summary }) => [
      ...refText(`${id}/title`, title),
      ...refText(`${id}/summary`, summary),
    ]),
    ...bands.flatMap(({ key, name, goesOn }) => (goesOn ? [] : refText(cellRef(heads[0].id, key), name))),
    ...partsOf(bands).flatMap(({ name, intro, every, cell }) => [
      ...refText(cell.ref, name),
      ...(intro ?? []).flatMap(({ block }) => refText(cell.ref, [block])),
      ...refText(`${cell.ref}/summary`, cell.summary),
      ...statementTexts([...every, ...cell.statements]),
    ]),
  ]
}
