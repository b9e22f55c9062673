import type { Line } from '../../markdown/line.ts'
import type { Prose } from '../../markdown/prose.ts'
import type { Track } from '../../model/ladder.ts'
import type { Job } from '../../plan/job.ts'
import { addressesOf } from '../addresses.ts'
import type { RenderContext } from '../context.ts'
import { dividedCell, type Division } from '../divided.ts'
import { draftWords, editionLine, titleWithEdition } from '../edition-words.ts'
import { nameOf, titleOf } from '../names.ts'
import { keySentences } from '../reading-key.ts'
import type { StatementView } from '../statement-view.ts'
import { chaptersOfTrack } from './booklet-chapters.ts'
import {
  anchors,
  headOf,
  markOfTrack,
  proseSection,
  type BookletChapter,
  type ContentsEntry,
  type ContentsSection,
  type GlanceRail,
} from './booklet-parts.ts'
import { railOf } from './booklet-rails.ts'
import { coverSizeFor } from './booklet-widths.ts'

/** What the booklet says, whatever its size. Its hash is the stamp. Drafts are left out. */
export interface BookletContent {
  readonly id: string
  readonly title: Line
  /** On the cover, in pt. */
  readonly titleSize: number
  readonly organisation: string | null
  readonly edition: Line | null
  readonly draftOf?: Line
  readonly notice: string | null
  /** Where the newest edition is. */
  readonly newest: Line | null
  readonly printedFrom: Line | null
  /** Of the map that spreads over two pages; null where a ladder is too small for one. */
  readonly glance: { readonly title: Line; readonly rails: readonly GlanceRail[] } | null
  readonly chapters: readonly BookletChapter[]
  readonly notes: Line
  readonly foot: Line
}

/** Gathers what the booklet says. */
export function bookletContent(context: RenderContext, job: Job): BookletContent {
  const { ladder, words, press } = context
  const draftOf = draftWords(context)
  const tracks = tracksOf(context)
  const levels = tracks.flatMap(({ levels: own }) => own)
  const hasGlance = tracks.length > 1 || levels.length >= leastGlance
  const chapters = tracks.flatMap((track) => chaptersOfTrack(context, track, { lists: !hasGlance }))
  const sections = sectionsChapter(context)
  const body = [...(sections ? [sections] : []), ...chapters]
  const addresses = addressesChapter(context, body)
  const { address } = press.brand
  return {
    id: job.id,
    title: titleOf(context, ladder),
    titleSize: coverSizeFor(context.fonts, ladder.title),
    organisation: press.brand.name ?? null,
    edition: editionLine(context),
    ...(draftOf !== null && { draftOf }),
    notice: press.notice ?? null,
    newest: address === undefined ? null : words.say('newest', { address }),
    printedFrom:
      draftOf ??
      (ladder.edition === undefined ? null : words.say('printedFrom', { edition: ladder.edition })),
    glance: hasGlance
      ? { title: words.say('atAGlance'), rails: tracks.map((track) => railOf(context, tracks, track)) }
      : null,
    chapters: [
      contentsChapter(context, tracks, hasGlance, [...body, ...addresses]),
      keyChapter(context, tracks),
      ...body,
      ...addresses,
    ],
    notes: words.say('notes'),
    foot: titleWithEdition(context, context.isDraft ? undefined : ladder.edition),
  }
}

/** Fewer levels of a single track need no map: they all stand on its opening page. */
const leastGlance = 4

/** The tracks with what is no draft. */
function tracksOf({ ladder }: RenderContext): Track[] {
  return ladder.tracks
    .map((track) => ({ ...track, levels: track.levels.filter(({ status }) => status !== 'draft') }))
    .filter(({ levels }) => levels.length > 0)
}

function contentsChapter(
  context: RenderContext,
  tracks: readonly Track[],
  hasGlance: boolean,
  chapters: readonly BookletChapter[],
): BookletChapter {
  const { ladder, words } = context
  const isThere = (id: string) => chapters.some((chapter) => chapter.id === id)
  const front: ContentsEntry[] = [
    ...(hasGlance ? [{ title: words.say('atAGlance'), to: anchors.glance }] : []),
    ...ladder.sections.map((section, index) => ({
      title: titleOf(context, section),
      to: anchors.section(index),
    })),
  ]
  const back: ContentsEntry[] = [
    ...(isThere(anchors.addresses) ? [{ title: words.say('addresses'), to: anchors.addresses }] : []),
    { title: words.say('notes'), to: anchors.notes },
  ]
  const bare = { form: 'contents', heading: null, mark: null, beside: [] } as const
  return {
    id: anchors.contents,
    kind: 'contents',
    start: 'page',
    track: null,
    here: [],
    head: headOf(context, words.say('contents')),
    sections: [
      ...(ladder.intro ? [proseSection(context, '@/intro', ladder.intro)] : []),
      ...(front.length > 0 ? [{ ...bare, rows: front }] : []),
      ...tracks.map((track): ContentsSection => ({
        form: 'contents',
        heading: { title: nameOf(context, track), to: anchors.track(track) },
        mark: markOfTrack(context, track),
        rows: track.levels.map((level) => ({ title: titleOf(context, level), to: level.id })),
        beside: track.dimensions
          .map((dimension) => ({
            title: nameOf(context, dimension),
            to: anchors.dimension(track, dimension.id),
          }))
          .filter(({ to }) => isThere(to)),
      })),
      { ...bare, rows: back },
    ],
  }
}

function keyChapter(context: RenderContext, tracks: readonly Track[]): BookletChapter {
  return {
    id: anchors.key,
    kind: 'key',
    start: 'share',
    track: null,
    here: [],
    head: null,
    sections: [
      { form: 'key', heading: context.words.say('howToRead'), sentences: keySentences(context, tracks) },
    ],
  }
}

function sectionsChapter(context: RenderContext): BookletChapter | null {
  const { sections } = context.ladder
  if (sections.length === 0) return null
  return {
    id: anchors.sections,
    kind: 'sections',
    start: 'page',
    track: null,
    here: [],
    head: null,
    sections: sections.map((section, index) =>
      proseSection(context, section.ref, section.text, titleOf(context, section), anchors.section(index)),
    ),
  }
}

/** A printed link cannot be followed: the addresses stand together behind all else. */
function addressesChapter(context: RenderContext, chapters: readonly BookletChapter[]): BookletChapter[] {
  const prose = chapters.flatMap(({ sections }) =>
    sections.flatMap((section): Prose => {
      if (section.form === 'prose') return section.pieces.map(({ block }) => block)
      if (section.form !== 'cell') return []
      return [...section.every, ...section.cell.statements].flatMap((statement) => statement.prose)
    }),
  )
  const links = addressesOf([...(context.ladder.intro ?? []), ...prose], context.fonts)
  if (links.length === 0) return []
  return [
    {
      id: anchors.addresses,
      kind: 'addresses',
      start: 'share',
      track: null,
      here: [],
      head: headOf(context, context.words.say('addresses')),
      sections: [
        {
          form: 'entries',
          entries: links.map(({ text, href }) => ({
            id: null,
            ref: '',
            name: text,
            mark: null,
            dashed: false,
            isGroup: false,
            text: href,
            to: null,
          })),
        },
      ],
    },
  ]
}

/** All statements that stand in cells. */
export function statementsOf({ chapters }: BookletContent): StatementView[] {
  return chapters.flatMap(({ sections }) =>
    sections.flatMap((section) => (section.form === 'cell' ? section.cell.statements : [])),
  )
}

/** What is said with its long statements in pieces. */
export function withDivided(content: BookletContent, division: Division): BookletContent {
  return {
    ...content,
    chapters: content.chapters.map((chapter) => ({
      ...chapter,
      sections: chapter.sections.map((section) =>
        section.form === 'cell' ? { ...section, cell: dividedCell(section.cell, division) } : section,
      ),
    })),
  }
}
