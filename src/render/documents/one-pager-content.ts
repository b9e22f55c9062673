import { joined, languageOf, lineText, type Line } from '../../markdown/line.ts'
import { piecesOf, type ProsePiece } from '../../markdown/pieces.ts'
import { inheritedStatements } from '../../model/inheritance.ts'
import { isNoteOnly, type Cell, type Level, type Track } from '../../model/ladder.ts'
import type { Job } from '../../plan/job.ts'
import { addressesOf, type Address } from '../addresses.ts'
import { levelOf, type RenderContext } from '../context.ts'
import { dividedCell, dividedStatements, type Division } from '../divided.ts'
import { draftWords, footLeft } from '../edition-words.ts'
import { groupedBelow, withoutSummary, type Grouped } from '../groups.ts'
import { isNotDefined, standingWords } from '../level-words.ts'
import { mapView, type MapView } from '../map.ts'
import { markOf, type MarkView } from '../marks.ts'
import { nameOf, titleOf } from '../names.ts'
import { refText, type RefText } from '../ref-texts.ts'
import {
  bareCell,
  bareStatements,
  cellView,
  onlyNew,
  statementTexts,
  statementView,
  type CellView,
  type StatementView,
} from '../statement-view.ts'

/** What a one-pager says, whatever its size. Its hash is the stamp. */
export interface OnePagerContent {
  readonly level: string
  readonly title: Line
  readonly largePrint: boolean
  readonly draft: Line | null
  readonly track: { readonly name: Line; readonly mark: MarkView }
  readonly summary: Line | null
  readonly standing: readonly Line[]
  readonly noteOnly: boolean
  readonly map: MapView
  /** What the map shows, for those who have it read out. */
  readonly locator: string
  /** Where that is not the ladder's: the language of these words. */
  readonly locatorLanguage?: string
  readonly sections: readonly OnePagerSection[]
  /** Addresses of links, in the order of their first use. */
  readonly links: readonly Address[]
  readonly notice: string | null
  /** Words for the foot, where the edition is not sealed yet. */
  readonly draftOf?: Line
  readonly foot: Line
}

/** A dimension with what is asked in it; or, without a name, the introduction, in the pieces that it may be cut into. */
export interface OnePagerSection extends Grouped {
  readonly key: string
  readonly intro: readonly ProsePiece[] | null
  readonly name: Line | null
  readonly summary: Line | null
  readonly every: readonly StatementView[]
  readonly cell: CellView
}

/**
 * What a one-pager says, in large print or as usual.
 *
 * @param id of the level
 */
export function onePagerContent(
  context: RenderContext,
  id: string,
  { largePrint }: Pick<Job, 'largePrint'>,
): OnePagerContent {
  const { level, track } = levelOf(context, id)
  const draftOf = draftWords(context)
  const isDraft = level.status === 'draft'
  const trackIndex = context.ladder.tracks.indexOf(track)
  const sections = levelSections(context, track, level)
  const locator = locatorWords(context, track, level)
  const locatorLanguage = languageOf(locator)
  const map = mapView(context, {
    here: level.id,
    drafts: false,
    names: 'own',
    labelled: locatorLanguage,
    most: 11,
    longest: 60,
  })
  return {
    level: level.id,
    title: titleOf(context, level),
    largePrint,
    draft: isDraft ? context.words.say('draft') : null,
    track: { name: nameOf(context, track), mark: markOf(trackIndex) },
    summary: level.summary ?? null,
    standing: standingWords(context, level, { drafts: isDraft }),
    noteOnly: isNoteOnly(level),
    locator: lineText(locator),
    ...(locatorLanguage !== null && { locatorLanguage }),
    map,
    sections,
    links: addressesOf(
      sections.flatMap(({ intro, every, cell }) => [
        ...(intro ?? []).map(({ block }) => block),
        ...[...every, ...cell.statements].flatMap(({ prose }) => prose),
      ]),
      context.fonts,
    ),
    notice: context.press.notice ?? null,
    ...(draftOf !== null && { draftOf }),
    foot: footLeft(context),
  }
}

/** What is asked of a level: its introduction, its dimensions, or its plain statements. */
export function levelSections(context: RenderContext, track: Track, level: Level): OnePagerSection[] {
  const views = level.cells.map((cell, index) => ({
    dimension: track.dimensions[index],
    every: track.everyLevel.get(cell.dimension) ?? [],
    isUndefined: isNotDefined(cell),
    view: rolledUp(context, track, level, cell, cellView(context, track, level, cell)),
    key: cell.dimension,
  }))
  const undefinedOnes = views.filter(
    ({ isUndefined, every, view }) => isUndefined && every.length === 0 && view.statements.length === 0,
  )
  // A heading for each of many dimensions of which nothing is said would bury the few of which something is.
  const gathered = undefinedOnes.length > 1 ? undefinedOnes : []
  const shown = views.filter((one) => !gathered.includes(one))
  const sections = shown.map(({ dimension, every, view, key }, index): OnePagerSection => ({
    key,
    intro: null,
    ...groupedBelow(context, dimension?.group, shown[index - 1]?.dimension?.group),
    name: dimension ? nameOf(context, dimension) : key,
    summary: dimension?.summary ?? null,
    every: every.map((statement) => statementView(context, statement)),
    cell: view,
  }))
  if (gathered.length > 0) {
    const names = gathered.map(({ dimension, key }) => (dimension ? nameOf(context, dimension) : key))
    sections.push({
      ...unnamed,
      key: 'not-defined',
      // It is no dimension of the group that it stands behind.
      ...groupedBelow(context, undefined, shown.at(-1)?.dimension?.group),
      name: context.words.say('notDefined'),
      cell: bareCell(`${level.id}/not-defined`, context.words.list(names)),
    })
  }
  if (level.statements.length > 0) {
    const own = cellView(context, track, level, { dimension: 'statements', statements: level.statements })
    sections.push({ ...unnamed, key: 'statements', cell: rolledUp(context, track, level, null, own) })
  }
  if (!level.intro) return sections
  const cell = bareCell(`${level.id}/intro`, null)
  const intro = piecesOf(level.intro, context.ladder.locale)
  return [{ ...unnamed, key: 'intro', intro, cell }, ...sections]
}

/** A section that is no dimension. */
const unnamed = { intro: null, group: null, name: null, summary: null, every: [] } as const

/** A cell with what the levels below ask behind it, each under its level's name. What does not apply takes on nothing. */
function rolledUp(
  context: RenderContext,
  track: Track,
  level: Level,
  of: Cell | null,
  cell: CellView,
): CellView {
  if (!context.rollUp || of?.empty === 'not-applicable') return cell
  const inherited = inheritedStatements(track, level, of?.dimension).flatMap(({ level: below, statements }) =>
    statements.map((statement) => ({
      view: statementView(context, statement),
      label: context.words.say('alreadyExpected', { level: titleOf(context, below) }),
    })),
  )
  const addsNothing = of?.statements.length === 0 && (of.empty ?? 'not-defined') === 'not-defined'
  return {
    ...cell,
    statements: [...cell.statements, ...inherited.map(({ view }) => view)],
    polarities: [...cell.polarities, ...inherited.map(({ label }) => label)],
    ...(addsNothing && inherited.length > 0 && { empty: context.words.say('nothingAdded') }),
  }
}

/** “Map of the ladder. This is level 3 of the 4 that are described in this track. Equivalent to Manager.” */
function locatorWords(context: RenderContext, track: Track, level: Level): Line {
  const described = track.levels.filter(
    (other) => other.described && (other.status !== 'draft' || other === level),
  )
  const place = { n: described.indexOf(level) + 1, all: described.length }
  const sentences = [context.words.say('locator', place), ...standingWords(context, level, { drafts: false })]
  return joined(
    sentences.map((sentence, index) => (index === 0 ? joined([sentence, '.']) : sentence)),
    ' ',
  )
}

/** What is said where there is no room for examples. */
export function withoutExamples(content: OnePagerContent): OnePagerContent {
  return {
    ...content,
    sections: content.sections.map((section) => ({
      ...section,
      every: bareStatements(section.every),
      cell: { ...section.cell, statements: bareStatements(section.cell.statements) },
    })),
  }
}

/** What is said where there is no room for what every page of the track says of its dimensions. */
export function withoutSummaries(content: OnePagerContent): OnePagerContent {
  return {
    ...content,
    sections: content.sections.map(withoutSummary),
  }
}

/** What is said where what the level below asks as well is left out. */
export function withoutRepeated(content: OnePagerContent): OnePagerContent {
  return {
    ...content,
    sections: content.sections.map((section) => ({ ...section, cell: onlyNew(section.cell) })),
  }
}

/** What is said with its long statements in pieces. */
export function withDivided(content: OnePagerContent, division: Division): OnePagerContent {
  return {
    ...content,
    sections: content.sections.map((section) => ({
      ...section,
      every: dividedStatements(section.every, division),
      cell: dividedCell(section.cell, division),
    })),
  }
}

/** Everything of the ladder that the document must show. */
export function onePagerTexts(content: OnePagerContent): RefText[] {
  const { level, track, sections } = content
  return [
    ...refText(level, track.name),
    ...refText(`${level}/title`, content.title),
    ...refText(`${level}/summary`, content.summary),
    ...sections.flatMap(({ name, intro, every, cell }) => [
      ...(intro ?? []).flatMap(({ block }) => refText(`${level}/intro`, [block])),
      ...refText(cell.ref, name),
      ...refText(`${cell.ref}/summary`, cell.summary),
      ...statementTexts([...every, ...cell.statements]),
    ]),
  ]
}

/**
 * How many items a section can be cut between: its statements and those that hold at every level, or the pieces of the
 * introduction.
 */
export function itemsOf({ intro, every, cell }: OnePagerSection): number {
  return intro ? intro.length : cell.statements.length + every.length
}
