import { joined, languageOf, lineText, type Line } from '../../markdown/line.ts'
import type { Prose } from '../../markdown/prose.ts'
import type { Format, Kind } from '../../plan/jobs.ts'
import type { Sheet } from '../../plan/paper.ts'
import type { RenderContext } from '../context.ts'
import { editionLine, styleOf, type Draft } from '../document.ts'
import type { Engine } from '../engine.ts'
import { passageFontRules } from '../font-order.ts'
import { isDashed } from '../level-words.ts'
import { mapView, type MapView } from '../map.ts'
import { markOf, type MarkView } from '../marks.ts'
import { nameOf, titleOf } from '../names.ts'
import { pairTitle } from './next-step-content.ts'
import { stackTitle } from './stack.ts'

/** What the index tells of a file. */
export interface IndexedFile {
  readonly path: string
  readonly kind: Kind | 'copy-shop'
  readonly format: Format | 'txt'
  readonly subjects: { readonly tracks: readonly string[]; readonly levels: readonly string[] }
  readonly sheet: Sheet | null
  readonly largePrint: boolean
  readonly assembly?: 'saddle' | '2up' | 'tiles'
  readonly pages: number | null
  readonly fit: { readonly size: number } | null
  readonly bytes: number
}

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

interface LinkView {
  readonly label: Line
  readonly href: string
  /** Under which name the file arrives; null where it is read on screen. */
  readonly download: string | null
  readonly detail: Line
}

interface PictureView {
  readonly src: string
  readonly alt: string
  /** Of these words, where it is not the ladder's. */
  readonly language: string | null
  readonly width: number
  readonly height: number
  readonly frameWidth: number
  readonly frameHeight: number
  readonly scale: number
}

interface EntryView {
  readonly id: string
  readonly title: Line
  readonly mark: MarkView | null
  readonly links: readonly LinkView[]
  readonly picture: PictureView | null
  readonly reading: Line | null
}

/** The widest sheet is so many pixels wide; all others are drawn to its scale. */
const widest = 320
const pixelsPerMm = 96 / 25.4

/** Type in pt at which text reads from so many cm: x-height ÷ tan 0.2°, with Inter's x-height of 0.546 em. */
export function readingDistance(pt: number): number {
  return (pt * 0.546 * (2.54 / 72)) / Math.tan((0.2 * Math.PI) / 180)
}

/** The page for people who never see a terminal: ordered by what one wants to do. */
export function indexDocument(
  engine: Engine,
  context: RenderContext,
  files: readonly IndexedFile[],
  origin: IndexOrigin,
): { draft: Draft; view: object } {
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
  const withNote = (poster: EntryView): EntryView =>
    poster.links.length === 0
      ? poster
      : { ...poster, links: [...poster.links, ...copyShopLink(context, files)] }
  const anchors = new Set(
    files.filter((file) => file.kind === 'one-pager').map(({ subjects }) => subjects.levels[0]),
  )
  const mapLanguage = languageOf(words.say('mapOf'))
  const view = {
    title: titleOf(context, ladder),
    organisation: press.brand.name ?? null,
    edition: editionLine(context),
    intro: ladder.intro ?? null,
    map: mapView(context, {
      drafts: false,
      names: 'all',
      labelled: mapLanguage,
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
          .filter(({ links }) => links.length > 0),
      }))
      .filter(({ levels }) => levels.length > 0),
    matrices: ladder.tracks
      .map((track, index) => entry('matrix', track.id, nameOf(context, track), markOf(index)))
      .filter(({ links }) => links.length > 0),
    posters: [withNote(entry('poster', '', titleOf(context, ladder), null))].filter(
      ({ links }) => links.length > 0,
    ),
    stacks: [
      ...[entry('booklet', '', words.say('booklet'), null)].filter(({ links }) => links.length > 0),
      ...stackEntries(context, files),
    ],
    ...pairGroups(context, files),
    sections: ladder.sections.map((section): { title: Line; text: Prose } => ({
      title: titleOf(context, section),
      text: section.text,
    })),
    origin,
    wide: ladder.tracks.length > 2,
    mapLanguage,
    remarks: remarksOn(context, origin),
    words: {
      send: words.say('indexSend'),
      sendHint: words.say('indexSendHint'),
      wall: words.say('indexWall'),
      wallHint: words.say('indexWallHint'),
      table: words.say('indexTable'),
      tableHint: words.say('indexTableHint'),
      take: words.say('indexTake'),
      takeHint: words.say('indexTakeHint'),
      compare: words.say('indexCompare'),
      compareHint: words.say('indexCompareHint'),
      peersHint: words.say('indexPeersHint'),
      made: words.say('indexMade'),
      manifest: words.say('indexManifest'),
      map: lineText(words.say('mapOf')),
    },
  }
  return {
    view,
    draft: {
      title: [ladder.title, ladder.edition].filter((part) => part !== undefined).join(' · '),
      language: ladder.locale,
      direction: words.direction,
      root: { 'data-kind': 'index', style: styleOf({ size: '17px' }) },
      css: [...['base', 'map', 'index'].map((name) => engine.style(name)), passageFontRules(context.fonts)]
        .filter((rules) => rules !== '')
        .join('\n'),
      body: engine.render('index', view),
    },
  }
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
    const title = isAll ? words.say('indexAll') : nameOf(context, track)
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

function scaleFor(files: readonly IndexedFile[]): number {
  const widths = files.map(({ sheet }) => sheet?.width ?? 0)
  return widest / Math.max(210, ...widths)
}

function entryView(
  context: RenderContext,
  files: readonly IndexedFile[],
  { subject, title, mark }: { subject: string; title: Line; mark: MarkView | null },
  scale: number,
): EntryView {
  // Documents on a further paper, or in large print, lie a folder deeper and come behind.
  const pdf = files.find(({ format, assembly }) => format === 'pdf' && !assembly)
  const html = files.find(({ format, largePrint }) => format === 'html' && !largePrint)
  const { words } = context
  const links = files.flatMap((file): LinkView[] => {
    if (file.format !== 'pdf' || !file.sheet) return []
    const pages = file.pages === 1 ? words.say('indexPage') : words.say('indexPages', { n: file.pages ?? 0 })
    const what = labelOf(context, file, file.sheet)
    return [
      {
        label: joined(['PDF', what], ' '),
        href: file.path,
        download: downloadName(context, lineText(title), file, file === pdf ? undefined : lineText(what)),
        detail: joined([pages, kilobytes(file.bytes)], ', '),
      },
    ]
  })
  if (html) links.push({ label: words.say('indexRead'), href: html.path, download: null, detail: '' })
  const size = pdf?.fit?.size
  return {
    id: subject,
    title,
    mark,
    links,
    picture: html?.sheet ? pictureView(context, html, html.sheet, title, scale) : null,
    reading:
      size === undefined || pdf?.kind !== 'poster'
        ? null
        : words.say('indexSmallest', { pt: size, cm: Math.round(readingDistance(size)) }),
  }
}

/** What tells a file from the others of its document: its paper, as a rule. */
function labelOf(
  { words }: RenderContext,
  { largePrint, assembly, pages }: IndexedFile,
  { paper }: Sheet,
): Line {
  if (largePrint) return words.say('indexLargePrint')
  // The first page is the plan.
  if (assembly === 'tiles') return words.say('indexTiles', { n: (pages ?? 1) - 1, paper })
  if (assembly === 'saddle') return words.say('indexFold', { paper })
  return assembly === '2up' ? words.say('index2up', { paper }) : paper
}

function copyShopLink({ words }: RenderContext, files: readonly IndexedFile[]): LinkView[] {
  return files
    .filter(({ kind }) => kind === 'copy-shop')
    .map(({ path }) => ({ label: words.say('copyShop'), href: path, download: null, detail: '' }))
}

function pictureView(
  context: RenderContext,
  file: IndexedFile,
  sheet: Sheet,
  title: Line,
  scale: number,
): PictureView {
  const { words } = context
  const orientation = words.say(sheet.orientation)
  const alt = words.say('picture', { name: title, paper: sheet.paper, orientation })
  return {
    src: file.path,
    alt: lineText(alt),
    language: languageOf(alt),
    width: Math.round(sheet.width * scale),
    height: Math.round(sheet.height * scale),
    frameWidth: Math.ceil(sheet.width * pixelsPerMm),
    frameHeight: Math.ceil(sheet.height * pixelsPerMm),
    scale: Math.round((scale / pixelsPerMm) * 10_000) / 10_000,
  }
}

/** A name to send: what it is, whose, which edition. Only characters that every system takes in a file name. */
function downloadName(
  context: RenderContext,
  title: string,
  { kind, format }: IndexedFile,
  variant: string | undefined,
): string {
  const { ladder, press } = context
  const parts = [
    press.brand.name,
    kind === 'poster' ? undefined : title,
    ladder.title,
    ladder.edition,
    variant,
  ]
  const name = parts
    .filter((part) => part !== undefined)
    .map((part) =>
      part
        .replace(/[\\/:*?"<>|\p{C}]+/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((part) => part !== '')
    .join(' - ')
  return `${[...name]
    .slice(0, 120)
    .join('')
    .replace(/[. ]+$/, '')}.${format}`
}

function kilobytes(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
}
