import { languageOf, lineText, type Line } from '../../markdown/line.ts'
import type { Prose } from '../../markdown/prose.ts'
import type { Kind } from '../../plan/kinds.ts'
import type { RenderContext } from '../context.ts'
import { styleOf, type Markup } from '../document.ts'
import { documentTitle, editionLine } from '../edition-words.ts'
import type { Engine } from '../engine.ts'
import { isDashed, isDraftTrack } from '../level-words.ts'
import { mapView, type MapView } from '../map.ts'
import { distinctMarks, markOf, type MarkView } from '../marks.ts'
import { nameOf, titleOf } from '../names.ts'
import { namedStyles } from '../sheet-styles.ts'
import { copyShopLink, entryView, scaleFor, type EntryView, type IndexedFile } from './index-entries.ts'
import { pairTitle } from './next-step-content.ts'
import { stackTitle } from './stack.ts'

/** What the documents were made from. */
export interface IndexOrigin {
  readonly source: string
  readonly hash: string
  readonly tool: string
  readonly browser: string | null
  /** How many there were; their texts stand in the manifest. */
  readonly errors: number
  readonly warnings: number
  readonly notes: number
}

/** An edition that was sealed before the one that is shown. Days are written as YYYY-MM-DD. */
export interface EarlierEdition {
  readonly edition: string
  /** From when it counted, if that is known and it ever did. */
  readonly effective: string | undefined
  /** Until when, as far as that is known. */
  readonly until: string | undefined
}

/**
 * The page for people who never see a terminal: ordered by what one wants to do. It names no draft.
 *
 * @param earlier editions, newest first
 */
export function indexDocument(
  engine: Engine,
  context: RenderContext,
  all: readonly IndexedFile[],
  earlier: readonly EarlierEdition[],
  origin: IndexOrigin,
): { markup: Markup; view: object } {
  const view = indexView(
    context,
    all.filter((file) => !namesDraft(context, file)),
    earlier,
    origin,
  )
  return {
    view,
    markup: {
      title: documentTitle(context),
      language: context.ladder.locale,
      direction: context.words.direction,
      root: { 'data-kind': 'index', style: styleOf({ size: '17px' }) },
      css: namedStyles(engine, context, ['base', 'map', 'index']),
      body: engine.render('index', view),
    },
  }
}

/** The page as templates receive it. @param files those that it leads to */
function indexView(
  context: RenderContext,
  files: readonly IndexedFile[],
  earlier: readonly EarlierEdition[],
  origin: IndexOrigin,
): object {
  const { ladder, words, press } = context
  const scale = scaleFor(files)
  const entry = (kind: Kind, subject: string, title: Line, mark: MarkView | null) =>
    entryView(
      context,
      files
        .filter((file) => file.kind === kind && isAbout(file, kind, subject))
        .toSorted((a, b) => depthOf(a) - depthOf(b)),
      { subject, title, mark },
      scale,
    )
  const hasFiles = ({ links }: EntryView) => links.length > 0
  const withNote = (poster: EntryView): EntryView => ({
    ...poster,
    links: [...poster.links, ...copyShopLink(context, files)],
  })
  const anchors = new Set(
    files.filter((file) => file.kind === 'one-pager').map(({ subjects }) => subjects.levels[0]),
  )
  const mapLanguage = languageOf(words.say('mapOf'))
  // Where marks come again, tracks are known by their names alone, and long lists are folded.
  const crowded = ladder.tracks.length > distinctMarks
  const view = {
    title: titleOf(context, ladder),
    organisation: press.brand.name ?? null,
    edition: editionLine(context),
    intro: ladder.intro ?? null,
    map: mapView(context, {
      drafts: false,
      names: 'all',
      labelled: mapLanguage,
      tracks: crowded,
      href: (level) => (anchors.has(level.id) ? `#${level.id}` : null),
    }) satisfies MapView,
    tracks: ladder.tracks
      .map((track, index) => ({
        name: nameOf(context, track),
        mark: markOf(index),
        levels: track.levels
          .filter((level) => level.described && level.status !== 'draft')
          .map((level) =>
            entry('one-pager', level.id, titleOf(context, level), markOf(index, !isDashed(level))),
          )
          .filter(hasFiles),
      }))
      .filter(({ levels }) => levels.length > 0),
    matrices: ladder.tracks
      .map((track, index) => entry('matrix', track.id, nameOf(context, track), markOf(index)))
      .filter(hasFiles),
    posters: [entry('poster', '', titleOf(context, ladder), null)].filter(hasFiles).map(withNote),
    stacks: [
      ...[entry('booklet', '', words.say('booklet'), null)].filter(hasFiles),
      ...stackEntries(context, files),
    ],
    ...pairGroups(context, files),
    sections: ladder.sections.map((section): { title: Line; text: Prose } => ({
      title: titleOf(context, section),
      text: section.text,
    })),
    earlier: earlier.map((edition) => earlierWords(context, edition)),
    origin,
    wide: ladder.tracks.length > 2,
    crowded,
    // Tracks that nothing joins stand in columns, where there are many.
    many: ladder.tracks.length > 2 && context.rungs.blocks.length > fewBlocks,
    mapLanguage,
    remarks: remarksOn(context, origin),
    words: indexWords(context),
  }
  return { ...view, jumps: context.levels.size > fewLevels ? jumpsOf(view) : null }
}

function earlierWords({ words }: RenderContext, { edition, effective, until }: EarlierEdition): Line {
  if (effective === undefined) return words.say('edition', { edition })
  const date = words.date(effective)
  return until === undefined
    ? words.say('editionInForce', { edition, date })
    : words.say('editionWasInForce', { edition, date, until: words.date(until) })
}

/** The words of the page itself; those of attributes have no marks. */
function indexWords({ words }: RenderContext) {
  return {
    send: words.say('indexSend'),
    sendHint: words.say('indexSendHint'),
    wall: words.say('indexWall'),
    wallHint: words.say('indexWallHint'),
    table: words.say('indexTable'),
    tableHint: words.say('indexTableHint'),
    take: words.say('indexTake'),
    takeHint: words.say('indexTakeHint'),
    earlier: words.say('indexEarlier'),
    compare: words.say('indexCompare'),
    compareHint: words.say('indexCompareHint'),
    peersHint: words.say('indexPeersHint'),
    made: words.say('indexMade'),
    manifest: words.say('indexManifest'),
    map: lineText(words.say('mapOf')),
    contents: lineText(words.say('contents')),
  }
}

/** Whether a document’s title is that of a draft, or of a track of nothing but drafts beside others. */
function namesDraft({ ladder, levels }: RenderContext, { kind, subjects }: IndexedFile): boolean {
  const isDraft = (id: string) => levels.get(id)?.level.status === 'draft'
  if (kind === 'next-step') return subjects.levels.some(isDraft)
  if (kind !== 'matrix' && kind !== 'stack') return false
  return subjects.levels.every(isDraft) && !ladder.tracks.every(isDraftTrack)
}

/** Up to so many blocks of the map stand one below the other. */
const fewBlocks = 6
/** Up to so many levels, a page shows what is on it without being asked. */
const fewLevels = 40

/** Links to the parts of a long page. No level's id begins as theirs do. */
function jumpsOf(view: {
  readonly tracks: readonly unknown[]
  readonly hasPairs: boolean
  readonly matrices: readonly unknown[]
  readonly posters: readonly unknown[]
  readonly stacks: readonly unknown[]
  readonly words: Readonly<Record<'send' | 'compare' | 'table' | 'wall' | 'take', Line>>
}): { to: string; title: Line }[] {
  const isThere = {
    send: view.tracks.length > 0,
    compare: view.hasPairs,
    table: view.matrices.length > 0,
    wall: view.posters.length > 0,
    take: view.stacks.length > 0,
  }
  return (['send', 'compare', 'table', 'wall', 'take'] as const)
    .filter((part) => isThere[part])
    .map((part) => ({ to: `index_${part}`, title: view.words[part] }))
}

/** Stacks of one-pagers: of the whole ladder, then of each track. */
function stackEntries(context: RenderContext, files: readonly IndexedFile[]): EntryView[] {
  const about = bySubject(files, 'stack')
  const { ladder, words } = context
  const all = Math.max(...about.map(([{ tracks }]) => tracks.length))
  return about.map(([subjects, own]) => {
    const subject = subjects.tracks.join(' ')
    const index = ladder.tracks.findIndex(({ id }) => id === subject)
    const track = ladder.tracks[index]
    const isAll = track === undefined || all === 1
    const named = { subject, title: stackTitle(context, { subjects }), mark: isAll ? null : markOf(index) }
    const title = isAll ? words.say('indexAll') : words.say('indexStack', { track: nameOf(context, track) })
    return { ...entryView(context, own, named, 1), title }
  })
}

interface PairGroup {
  readonly name: Line
  readonly marks: readonly MarkView[]
  readonly pairs: EntryView[]
}

/** Two levels side by side: the steps of each track, then, by the two tracks they join, levels of different tracks. */
function pairGroups(
  context: RenderContext,
  files: readonly IndexedFile[],
): { hasPairs: boolean; steps: readonly PairGroup[]; peers: readonly PairGroup[] } {
  const { tracks } = context.ladder
  const groups = new Map<string, PairGroup>()
  for (const [{ levels }, own] of bySubject(files, 'next-step')) {
    // Files of an edition before may name levels that are no more.
    const [from, to] = levels.map((id) => context.levels.get(id))
    if (!from || !to) continue
    const joins = [...new Set([from.track, to.track])]
    const key = joins.map(({ id }) => id).join(' ')
    const group: PairGroup = groups.get(key) ?? {
      name: context.words.list(joins.map((track) => nameOf(context, track))),
      marks: joins.map((track) => markOf(tracks.indexOf(track))),
      pairs: [],
    }
    groups.set(key, group)
    const title = pairTitle(context, from, to)
    const named = { subject: levels.join(' '), title: title.full, mark: null }
    group.pairs.push({ ...entryView(context, own, named, 1), title: title.short })
  }
  const all = [...groups.values()]
  return {
    hasPairs: all.length > 0,
    steps: all.filter(({ marks }) => marks.length === 1),
    peers: all.filter(({ marks }) => marks.length > 1),
  }
}

/** The files of a kind by what they are about, those on the first paper first. */
function bySubject(
  files: readonly IndexedFile[],
  kind: Kind,
): (readonly [IndexedFile['subjects'], readonly IndexedFile[]])[] {
  const about = new Map<string, IndexedFile[]>()
  for (const file of files.filter((one) => one.kind === kind)) {
    const subject = file.subjects.levels.join(' ')
    about.set(subject, [...(about.get(subject) ?? []), file])
  }
  return [...about.values()].map(
    (own) => [(own[0] as IndexedFile).subjects, own.toSorted((a, b) => depthOf(a) - depthOf(b))] as const,
  )
}

function remarksOn({ words }: RenderContext, { errors, warnings, notes }: IndexOrigin): Line {
  if (errors > 0) return words.say('indexErrors', { errors, warnings, notes })
  return warnings + notes === 0 ? words.say('indexNoRemarks') : words.say('indexRemarks', { warnings, notes })
}

function depthOf({ path }: IndexedFile): number {
  return path.split('/').length
}

function isAbout({ subjects }: IndexedFile, kind: Kind, subject: string): boolean {
  if (kind === 'matrix') return subjects.tracks[0] === subject
  return kind === 'one-pager' ? subjects.levels[0] === subject : true
}
