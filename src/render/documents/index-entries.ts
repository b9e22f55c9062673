import { joined, lineText, type Line } from '../../markdown/line.ts'
import type { Format, Kind } from '../../plan/kinds.ts'
import type { Sheet } from '../../plan/paper.ts'
import type { RenderContext } from '../context.ts'
import type { MarkView } from '../marks.ts'
import { readingDistance } from '../reading-distance.ts'
import type { PictureView } from './index-picture.ts'
import { matrixPicture } from './matrix-picture.ts'
import type { PosterGeometry } from './poster-geometry.ts'
import { posterPicture } from './poster-picture.ts'

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
  readonly fit: { readonly size: number; readonly geometry?: PosterGeometry } | null
  readonly bytes: number
}

interface LinkView {
  readonly label: Line
  readonly href: string
  /** Under which name the file arrives; null where it is read on screen. */
  readonly download: string | null
  readonly detail: Line
}

/** What the index shows of a document: its files, and perhaps its picture. */
export interface EntryView {
  readonly id: string
  readonly title: Line
  readonly mark: MarkView | null
  readonly links: readonly LinkView[]
  readonly picture: PictureView | null
  readonly reading: Line | null
}

/** The widest sheet is so many pixels wide; all others are drawn to its scale. */
const widest = 320

/** How many px a millimetre takes in pictures, so that all are drawn to one scale. */
export function scaleFor(files: readonly IndexedFile[]): number {
  const widths = files.map(({ sheet }) => sheet?.width ?? 0)
  return widest / Math.max(210, ...widths)
}

/**
 * A document with its files.
 *
 * @param files of this document alone, those on the first paper first
 * @param scale px to the mm
 */
export function entryView(
  context: RenderContext,
  files: readonly IndexedFile[],
  { subject, title, mark }: { subject: string; title: Line; mark: MarkView | null },
  scale: number,
): EntryView {
  // Documents on a further paper, or in large print, lie a folder deeper and come behind.
  const pdf = files.find(({ format, assembly }) => format === 'pdf' && !assembly)
  const html = files.find(({ format, largePrint }) => format === 'html' && !largePrint)
  const shown = html ?? pdf
  const { words } = context
  const links = files.flatMap((file): LinkView[] => {
    if (file.format !== 'pdf' || !file.sheet) return []
    const pages = file.pages === 1 ? words.say('indexPage') : words.say('indexPages', { n: file.pages ?? 0 })
    const what = labelOf(context, file, file.sheet, files)
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
  const fit = pdf?.kind === 'poster' ? pdf.fit : null
  const smallest = fit?.geometry?.smallest ?? fit?.size ?? null
  return {
    id: subject,
    title,
    mark,
    links,
    picture: shown ? pictureOf(context, shown, scale) : null,
    reading:
      smallest === null
        ? null
        : words.say('indexSmallest', { pt: smallest, cm: Math.round(readingDistance(smallest)) }),
  }
}

/**
 * What tells a file from the others of its document: its paper, as a rule.
 *
 * @param files all of the document
 */
function labelOf(
  { words }: RenderContext,
  { largePrint, assembly, pages }: IndexedFile,
  { paper }: Sheet,
  files: readonly IndexedFile[],
): Line {
  if (largePrint) {
    const isOnOne = files.every((other) => !other.largePrint || other.sheet?.paper === paper)
    const large = words.say('indexLargePrint')
    return isOnOne ? large : joined([paper, large], ' ')
  }
  // The first page is the plan.
  if (assembly === 'tiles') return words.say('indexTiles', { n: (pages ?? 1) - 1, paper })
  if (assembly === 'saddle') return words.say('indexFold', { paper })
  return assembly === '2up' ? words.say('index2up', { paper }) : paper
}

/** The note that goes to a copy shop with a poster, if there is one. */
export function copyShopLink({ words }: RenderContext, files: readonly IndexedFile[]): LinkView[] {
  return files
    .filter(({ kind }) => kind === 'copy-shop')
    .map(({ path }) => ({ label: words.say('copyShop'), href: path, download: null, detail: '' }))
}

/** What the sheet looks like, of kinds that hang or lie where one sees all of them. */
function pictureOf(
  context: RenderContext,
  { kind, subjects, sheet, fit }: IndexedFile,
  scale: number,
): PictureView | null {
  if (!sheet) return null
  if (kind === 'poster') return posterPicture(context, sheet, fit?.geometry ?? null, scale)
  const track = context.ladder.tracks.find(({ id }) => id === subjects.tracks[0])
  return kind === 'matrix' && track ? matrixPicture(track, sheet, scale) : null
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
