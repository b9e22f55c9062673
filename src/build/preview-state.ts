import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { frameOf, visible, type Frame } from '../diagnostics/frame.ts'
import { remedyWords } from '../fit/remedies.ts'
import { lineText } from '../markdown/line.ts'
import type { Job } from '../plan/job.ts'
import { sheetName } from '../plan/paper.ts'
import { levelOf, trackOf, type RenderContext } from '../render/context.ts'
import type { Markup } from '../render/document.ts'
import { pairTitle } from '../render/documents/next-step-content.ts'
import { mapView, type MapView } from '../render/map.ts'
import { markOf, type MarkView } from '../render/marks.ts'
import { nameOf, titleOf } from '../render/names.ts'
import { positionAt, type Location } from '../text/source.ts'
import type { FittedDocument } from '../typeset/typesetter.ts'
import { fitReport, type FitEntry } from './fit-report.ts'
import type { PreparedDocument } from './kinds.ts'
import type { ReadLadder } from './read.ts'

/** Everything that the page of a preview shows beside the sheets, as plain data. */
export interface PreviewState {
  /** How many states of the files were read. */
  readonly round: number
  /** Whether something is still being made. */
  readonly busy: boolean
  readonly title: string
  readonly edition: string | null
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  readonly map: MapView | null
  readonly groups: readonly PreviewGroup[]
  /** What there is to say of the ladder as a whole. */
  readonly remarks: readonly PreviewRemark[]
  /** Why the files cannot be printed as they are; then all else is as it was before. Empty where they can. */
  readonly problems: readonly PreviewRemark[]
  /** Why there are no PDFs; null where there are. */
  readonly unprinted: string | null
}

/** Sheets that stand together in the list. */
export interface PreviewGroup {
  readonly title: string
  /** Whose they are, where they are a track's. */
  readonly track: { readonly name: string; readonly mark: MarkView } | null
  readonly sheets: readonly PreviewSheet[]
}

/** A sheet in the list of the preview. */
export interface PreviewSheet {
  readonly path: string
  readonly title: string
  /** Words of ours behind the title. */
  readonly detail: string
  /** What tells it from others of its group that have the same title; null where none has. */
  readonly aside: string | null
  /** Of a sheet as it lies, in mm. */
  readonly width: number
  readonly height: number
  readonly pages: number | null
  /** Tell one state of the sheet from another; null where there is none. */
  readonly html: string | null
  readonly pdf: string | null
  /** Remedies in words. */
  readonly fit: (Omit<FitEntry, 'remedies'> & { readonly remedies: readonly string[] }) | null
  readonly remarks: readonly PreviewRemark[]
  /** Whether it cannot be printed as it is: then what is shown is from before. */
  readonly failed: boolean
}

/** A diagnostic with the line that it is about. */
export interface PreviewRemark extends PreviewPlace {
  readonly code: string
  readonly severity: Diagnostic['severity']
  readonly hint: string | null
  readonly related: readonly PreviewPlace[]
}

/** What is said of a place in the files, and the lines around it. */
export interface PreviewPlace {
  readonly message: string
  /** `ladder.yaml:12:5` */
  readonly at: string | null
  readonly frame: Frame | null
}

/** What is known of a sheet that is, or would be, shown. */
export interface ShownSheet {
  readonly document: PreparedDocument
  readonly draw: (() => Markup) | null
  readonly set: FittedDocument | null
  readonly revision: string | null
  readonly pdf: string | null
  readonly diagnostics: readonly Diagnostic[]
  readonly isFailed: boolean
}

/** Before anything of a ladder is known. */
export const noState: PreviewState = {
  round: 0,
  busy: true,
  title: '',
  edition: null,
  language: 'en',
  direction: 'ltr',
  map: null,
  groups: [],
  remarks: [],
  problems: [],
  unprinted: null,
}

/** A round that got as far as sheets, or one that was stopped by the files. */
type Shown = { readonly round: number; readonly busy: boolean } & (
  | { readonly before: PreviewState; readonly problem: readonly Diagnostic[] }
  | {
      readonly read: ReadLadder
      readonly context: RenderContext
      readonly jobs: readonly Job[]
      readonly sheetOf: (job: Job) => PreviewSheet
      readonly diagnostics: readonly Diagnostic[]
      /** What was said of the browser, where there is none. */
      readonly unprinted: readonly Diagnostic[] | null
    }
)

/** What the page of the preview is told. After a problem with the files, the sheets of the round before stay. */
export function stateOf(shown: Shown): PreviewState {
  const { round, busy } = shown
  if ('problem' in shown) return { ...shown.before, round, busy, problems: shown.problem.map(remarkOf) }
  const { read, context, jobs, diagnostics, unprinted } = shown
  const { ladder } = read
  const paths = new Map(
    jobs
      .toReversed()
      .flatMap((job) => (job.kind === 'one-pager' ? [[job.subjects.levels[0], job.path]] : [])),
  )
  return {
    round,
    busy,
    title: ladder.title,
    edition: ladder.edition ?? null,
    language: ladder.locale,
    direction: context.words.direction,
    map: mapView(context, {
      drafts: true,
      names: 'all',
      labelled: null,
      href: ({ id }) => paths.get(id) ?? null,
    }),
    groups: groupsOf(context, jobs, shown.sheetOf),
    remarks: diagnostics.map(remarkOf),
    problems: [],
    unprinted:
      unprinted
        ?.map(({ message, hint }) => (hint === undefined ? message : `${message}: ${hint}`))
        .join('. ') ?? null,
  }
}

const titles: Readonly<Record<Job['kind'], string>> = {
  poster: 'Poster',
  matrix: 'Matrices',
  'one-pager': 'One-pagers',
  'next-step': 'Next steps',
  booklet: 'Booklet',
  stack: 'Stacks',
}

/** Kinds in the order in which one looks at them: the whole, then its parts. */
function groupsOf(
  context: RenderContext,
  jobs: readonly Job[],
  show: (job: Job) => PreviewSheet,
): PreviewGroup[] {
  const { ladder } = context
  const kinds = Object.keys(titles) as Job['kind'][]
  return kinds.flatMap((kind): PreviewGroup[] => {
    const own = jobs.filter((job) => job.kind === kind)
    if (kind !== 'one-pager' || ladder.tracks.length < 2)
      return own.length === 0 ? [] : [{ title: titles[kind], track: null, sheets: toldApart(own.map(show)) }]
    return ladder.tracks.flatMap((track, index): PreviewGroup[] => {
      const sheets = own.filter(({ subjects }) => subjects.tracks.includes(track.id)).map(show)
      const name = lineText(nameOf(context, track))
      return sheets.length === 0
        ? []
        : [{ title: titles[kind], track: { name, mark: markOf(index) }, sheets: toldApart(sheets) }]
    })
  })
}

/** Says of sheets with one title, such as those of a level on several papers, which is which. */
function toldApart(sheets: readonly PreviewSheet[]): PreviewSheet[] {
  const details = new Map<string, Set<string>>()
  for (const { title, detail } of sheets) details.set(title, (details.get(title) ?? new Set()).add(detail))
  return sheets.map((sheet) =>
    (details.get(sheet.title)?.size ?? 0) > 1 ? { ...sheet, aside: sheet.detail } : sheet,
  )
}

/** What the page says of a sheet. Counting its words takes a while. */
export function previewSheet(
  { ladder }: ReadLadder,
  context: RenderContext,
  job: Job,
  shown: ShownSheet | undefined,
): PreviewSheet {
  const sheet = shown?.set?.sheet ?? job.sheet
  const [fit] = shown?.set ? fitReport(ladder, [{ document: shown.document, set: shown.set }]) : []
  return {
    path: job.path,
    title: titleOfJob(context, job),
    detail: `${sheetName(sheet)}${job.largePrint ? ', large print' : ''}`,
    aside: null,
    width: sheet.width,
    height: sheet.height,
    pages: shown?.set?.pages ?? null,
    html: shown?.revision ?? null,
    pdf: shown?.pdf ?? null,
    fit: fit ? { ...fit, remedies: fit.remedies.map(remedyWords) } : null,
    remarks: (shown?.diagnostics ?? []).map(remarkOf),
    failed: shown?.isFailed ?? false,
  }
}

/** What a sheet is called among others of its kind. */
function titleOfJob(context: RenderContext, { kind, subjects }: Job): string {
  const [track = ''] = subjects.tracks
  const [level = '', other = ''] = subjects.levels
  switch (kind) {
    case 'one-pager':
      return lineText(titleOf(context, levelOf(context, level).level))
    case 'next-step':
      return lineText(pairTitle(context, levelOf(context, level), levelOf(context, other)).short)
    case 'matrix':
      return lineText(nameOf(context, trackOf(context, track)))
    case 'poster':
    case 'booklet':
    case 'stack':
      return titles[kind]
  }
}

function remarkOf({ code, severity, message, at, hint, related = [] }: Diagnostic): PreviewRemark {
  return {
    code,
    severity,
    ...placeOf(message, at),
    hint: hint === undefined ? null : visible(hint),
    related: related.map((other) => placeOf(other.message, other.at)),
  }
}

function placeOf(message: string, at: Location | undefined): PreviewPlace {
  if (!at) return { message: visible(message), at: null, frame: null }
  const { line, column } = positionAt(at.source, at.span.start)
  return { message: visible(message), at: `${visible(at.source.path)}:${line}:${column}`, frame: frameOf(at) }
}
