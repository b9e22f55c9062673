import { joined, lineText, type Line } from '../../markdown/line.ts'
import { isNoteOnly, type Dimension, type Level, type Statement, type Track } from '../../model/ladder.ts'
import type { RenderContext } from '../context.ts'
import { isInGroup } from '../groups.ts'
import { isDashed, standingWords, summaryOf } from '../level-words.ts'
import { nameOf, titleOf } from '../names.ts'
import { bareStatements, bareCell, cellView, onlyNew, statementView } from '../statement-view.ts'
import {
  anchors,
  headOf,
  markOfTrack,
  proseSection,
  type BookletChapter,
  type BookletEntry,
  type BookletSection,
  type CellSection,
} from './booklet-parts.ts'
import { levelSections, type OnePagerSection } from './one-pager-content.ts'

/**
 * A track: its opening page, its levels from the lowest up, the same by dimension, and what is only named.
 *
 * @param track without its drafts
 * @param options.lists whether the opening page lists the levels
 */
export function chaptersOfTrack(
  context: RenderContext,
  track: Track,
  { lists }: { readonly lists: boolean },
): BookletChapter[] {
  const named = track.levels.filter(({ described }) => !described)
  return [
    openerChapter(context, track, lists),
    ...track.levels.filter(({ described }) => described).map((level) => levelChapter(context, track, level)),
    ...track.dimensions.flatMap((dimension) => dimensionChapter(context, track, dimension)),
    ...(named.length > 0 ? [undescribedChapter(context, track, named)] : []),
  ]
}

function openerChapter(context: RenderContext, track: Track, lists: boolean): BookletChapter {
  const isBare = !track.intro && track.dimensions.length === 0
  const sections: BookletSection[] = [
    ...(track.intro ? [proseSection(context, `@${track.id}/intro`, track.intro)] : []),
    ...(track.dimensions.length > 0
      ? [
          {
            form: 'entries' as const,
            entries: dimensionEntries(context, track),
          },
        ]
      : []),
    ...(lists || isBare
      ? [
          {
            form: 'entries' as const,
            entries: track.levels.toReversed().map((level): BookletEntry => ({
              id: null,
              ref: level.id,
              name: titleOf(context, level),
              mark: markOfTrack(context, track, !isDashed(level)),
              isGroup: false,
              dashed: isDashed(level),
              text: summaryOf(context, level),
              to: level.id,
            })),
          },
        ]
      : []),
  ]
  return {
    id: anchors.track(track),
    kind: 'opener',
    start: 'left',
    track: { name: nameOf(context, track), mark: markOfTrack(context, track) },
    here: [],
    head: { ...headOf(context, nameOf(context, track)), ref: `@${track.id}/name` },
    sections,
  }
}

/** The dimensions below their groups. Those of which only the name is said stand in a line: the contents list them too. */
function dimensionEntries(context: RenderContext, track: Track): BookletEntry[] {
  const { dimensions } = track
  const starts = dimensions.flatMap(({ group, summary }, index) => {
    const before = dimensions[index - 1]
    const goesOn = before && group === before.group && summary === undefined && before.summary === undefined
    return goesOn ? [] : [index]
  })
  return starts.flatMap((start, at): BookletEntry[] => {
    const stretch = dimensions.slice(start, starts[at + 1])
    const [{ id, group, summary }] = stretch as [Dimension]
    const plain = { id: null, ref: `@${track.id}/${id}`, mark: null, dashed: false, to: null }
    const lines = linesOfNames(stretch.map((dimension) => nameOf(context, dimension)))
    const opened = group && group !== dimensions[start - 1]?.group ? group : null
    const head = opened && {
      ...plain,
      name: nameOf(context, opened),
      text: opened.summary ?? null,
      isGroup: true,
    }
    if (summary !== undefined || (stretch.length === 1 && !head))
      return [
        ...(head ? [head] : []),
        { ...plain, name: lines[0] ?? '', text: summary ?? null, isGroup: false },
      ]
    const further = { ...plain, name: '', text: null, isGroup: false }
    return lines.map((names, line) => ({ ...(line === 0 && head ? head : further), names }))
  })
}

/** In characters: names that are longer together stand in several paragraphs, between which a page may end. */
const longNames = 600

function linesOfNames(names: readonly Line[]): Line[] {
  const lines: Line[][] = []
  let length = Infinity
  for (const name of names) {
    length += lineText(name).length
    if (length > longNames) {
      lines.push([])
      length = lineText(name).length
    }
    lines.at(-1)?.push(name)
  }
  return lines.map((own) => joined(own, '\u00a0· '))
}

function levelChapter(context: RenderContext, track: Track, level: Level): BookletChapter {
  // Its neighbours stand on the pages before and behind, so what the levels below ask is not said again.
  const sections = levelSections({ ...context, rollUp: false }, track, level)
  return {
    id: level.id,
    kind: 'level',
    start: isNoteOnly(level) ? 'share' : 'page',
    track: { name: nameOf(context, track), mark: markOfTrack(context, track) },
    here: [level.id],
    head: {
      ...headOf(context, titleOf(context, level)),
      ref: level.id,
      plain: isDashed(level),
      summary: level.summary ?? null,
      standing: standingWords(context, level, { drafts: false }),
    },
    sections: sections.map((section, index) => sectionOf(section, isInGroup(sections, index))),
  }
}

function sectionOf(section: OnePagerSection, inGroup: boolean): BookletSection {
  const { intro, group, endsGroup, name, every, cell } = section
  if (intro) return { form: 'prose', id: null, ref: cell.ref, heading: null, pieces: intro }
  // What a dimension is about is said where its track opens.
  return {
    form: 'cell',
    group: group && group.name,
    ...(inGroup && { inGroup }),
    ...(endsGroup && { endsGroup }),
    heading: name,
    mark: null,
    every,
    cell,
  }
}

/** One dimension, the most senior level on top. A single level stands on its own page already. */
function dimensionChapter(context: RenderContext, track: Track, dimension: Dimension): BookletChapter[] {
  const rows = track.levels.toReversed().flatMap((level) => levelRow(context, track, level, dimension))
  if (rows.length < 2) return []
  const ref = `@${track.id}/${dimension.id}`
  return [
    {
      id: anchors.dimension(track, dimension.id),
      kind: 'dimension',
      start: 'page',
      track: { name: nameOf(context, track), mark: markOfTrack(context, track) },
      here: [],
      head: {
        ...headOf(context, nameOf(context, dimension)),
        ref,
        within: dimension.group ? nameOf(context, dimension.group) : null,
        summary: dimension.summary ?? null,
      },
      sections: [...rows, ...everyRow(context, track.everyLevel.get(dimension.id) ?? [], ref)],
    },
  ]
}

/** What a level says of a dimension, among the others. */
function levelRow(context: RenderContext, track: Track, level: Level, dimension: Dimension): CellSection[] {
  const cell = level.cells.find((candidate) => candidate.dimension === dimension.id)
  if (!cell) return []
  const whole = cellView(context, track, level, cell)
  // The level below stands right below.
  const isWhole = context.press.show.unchanged === 'always'
  const shown = isWhole ? whole : onlyNew(whole)
  // Examples stand on the page of their level. Where nothing else is shown, a mark on each would mark nothing.
  const statements = bareStatements(shown.statements).map((statement) => ({
    ...statement,
    isNew: isWhole && statement.isNew,
  }))
  return [
    {
      form: 'cell',
      group: null,
      heading: titleOf(context, level),
      mark: markOfTrack(context, track, !isDashed(level)),
      every: [],
      cell: { ...shown, statements },
    },
  ]
}

/** What holds at every level, below them. */
function everyRow(context: RenderContext, every: readonly Statement[], ref: string): CellSection[] {
  if (every.length === 0) return []
  const statements = bareStatements(every.map((statement) => statementView(context, statement)))
  return [
    {
      form: 'cell',
      group: null,
      heading: context.words.say('everyLevel'),
      mark: null,
      every: [],
      cell: {
        ...bareCell(ref, null),
        statements,
        polarities: statements.map(() => null),
        own: statements.length,
      },
    },
  ]
}

function undescribedChapter(context: RenderContext, track: Track, named: readonly Level[]): BookletChapter {
  return {
    id: anchors.undescribed(track),
    kind: 'undescribed',
    start: 'page',
    track: { name: nameOf(context, track), mark: markOfTrack(context, track) },
    here: named.map(({ id }) => id),
    head: { ...headOf(context, context.words.say('namedOnly')), plain: true },
    sections: [
      {
        form: 'entries',
        entries: named.map((level): BookletEntry => ({
          id: level.id,
          ref: level.id,
          name: titleOf(context, level),
          mark: markOfTrack(context, track, false),
          dashed: true,
          isGroup: false,
          text: joined(
            [
              ...(level.summary === undefined ? [] : [level.summary]),
              ...standingWords(context, level, { drafts: false }),
            ],
            ' ',
          ),
          to: null,
        })),
      },
    ],
  }
}
