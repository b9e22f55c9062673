import type { Session } from '../browser/session.ts'
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Artifact } from '../publish/manifest.ts'
import type { Draft } from '../render/document.ts'
import { hashOf } from '../text/hash.ts'
import type { FittedDocument, SetDocument, Setting } from '../typeset/typesetter.ts'
import type { Earlier } from './earlier.ts'
import { missingGlyphs } from './explain.ts'
import { finishDocument, finishingOf } from './finishing.ts'
import { htmlOf, inInk } from './html.ts'
import type { Prepared, PreparedDocument, PreparedKind } from './prepare.ts'
import { fitKind, printDocument, type FitResult } from './press-run.ts'
import type { Workshop } from './workshop.ts'

/** The files of a document, by format; of pictures there is one for each sheet. */
export interface MadeBytes {
  readonly html?: Buffer
  readonly pdf?: Buffer
  readonly png?: readonly Buffer[]
}

/** A document that was made, or why it was not. */
export interface Made {
  readonly document: PreparedDocument
  /** null where nothing could be measured. */
  readonly set: Setting | null
  /** By format; empty where an error stopped the document. */
  readonly files: MadeBytes
  readonly diagnostics: readonly Diagnostic[]
  /** Hash of all that it was made of; null where it was not made, or that is not known. */
  readonly input: string | null
  /** Where an earlier build made the same: its files, which are left as they are. */
  readonly kept?: readonly Artifact[]
  /** From the first glance at it to the last byte. */
  readonly milliseconds: number
}

/** So many documents may have been printed and not be done, at most: their bytes are in memory. */
const mostUnderway = 3

/** By what documents are made. */
export interface Works {
  /** null where there is no browser: then HTML is set without measuring. */
  readonly session: Session | null
  readonly workshop: Workshop
  /** What need not be made again. */
  readonly earlier: Earlier | undefined
}

/**
 * fit ─► print ─► finish, kind by kind and document by document, in one page that is kept busy: while the browser
 * prints a document, the next one is drawn here, and those before it are finished in the bindery.
 *
 * @param made receives each document when it is done, in the order of the plan
 * @param fitted receives the documents of a kind once their layout is settled, before the first of them is printed
 */
export async function makeDocuments(
  prepared: Prepared,
  { session, workshop, earlier }: Works,
  made: (result: Made) => Promise<void>,
  fitted?: (documents: readonly SettledDocument[]) => void,
): Promise<void> {
  const { formats } = prepared.plan
  const { bindery } = workshop
  const deliver = inOrder(made, mostUnderway)
  await stopUnprintable(prepared, deliver)
  for (const kind of prepared.kinds) {
    const printable = kind.chosen.filter(({ missing }) => missing.length === 0)
    if (printable.length === 0) continue
    if (kind.key !== null && earlier?.groups[kind.name] === kind.key) {
      const kept = printable.map((document) => earlier.kept(document.job, formats, prepared.dpi))
      if (kept.every((one) => one !== undefined)) {
        for (const [index, { artifacts, diagnostics }] of kept.entries()) {
          await deliver({
            ...untouched,
            document: printable[index] as PreparedDocument,
            diagnostics,
            kept: artifacts,
          })
        }
        continue
      }
    }
    if (session) bindery.open()
    const settled = session && (await fitKind(prepared, kind, session, workshop.measured(kind)))
    fitted?.(printable.flatMap((document) => settledDocument(document, kind, settled)))
    const draw = drawing(prepared, settled)
    for (const [index, document] of printable.entries()) {
      const started = performance.now()
      if (settled === null || session === null) {
        const draft = kind.typesetter.unfitted(document.job.id)
        const files = await htmlOf(prepared, document, draft)
        await deliver({ ...untouched, document, files, milliseconds: performance.now() - started })
        continue
      }
      const drawn = draw(document)
      if ('diagnostics' in drawn) {
        await deliver({ ...untouched, document, ...drawn })
        continue
      }
      const { set, result, input } = drawn
      const same = input === null ? undefined : earlier?.kept(document.job, formats, prepared.dpi, input)
      if (same) {
        const { artifacts, diagnostics } = same
        await deliver({ ...untouched, document, set: result, diagnostics, kept: artifacts })
        continue
      }
      const next = printable[index + 1]
      const printed = await printDocument(prepared, session, document, set, () => void (next && draw(next)))
      const finishing = async (): Promise<Made> => {
        const finished = await finishDocument(prepared, bindery, document, set, printed)
        const { diagnostics } = finished
        const files = hasErrors(diagnostics)
          ? {}
          : { ...(await htmlOf(prepared, document, set.draft)), ...finished.files }
        return { document, set: result, files, diagnostics, input, milliseconds: performance.now() - started }
      }
      await deliver(finishing())
    }
  }
  await deliver.all()
}

const untouched = { set: null, files: {}, diagnostics: [], input: null, milliseconds: 0 } as const

/** Hands on results in the order in which they were begun. Waits where too many are not done, and where one has failed. */
function inOrder(made: (result: Made) => Promise<void>, most: number) {
  const underway: Promise<void>[] = []
  const after = async (before: Promise<void> | undefined, result: Made | Promise<Made>) => {
    const [done] = await Promise.all([result, before])
    await made(done)
  }
  const deliver = async (result: Made | Promise<Made>): Promise<void> => {
    const delivered = after(underway.at(-1), result)
    // A failure is thrown to whoever delivers next.
    delivered.catch(() => undefined)
    underway.push(delivered)
    if (underway.length > most) await underway.shift()
  }
  const all = async () => {
    for (const delivered of underway.splice(0)) await delivered
  }
  return Object.assign(deliver, { all })
}

/** Draws documents once, though they are asked for twice: while the one before prints, and when it is their turn. */
function drawing(prepared: Prepared, settled: ReadonlyMap<string, FitResult> | null) {
  let last: { document: PreparedDocument; drawn: DrawnDocument } | undefined
  return (document: PreparedDocument): DrawnDocument => {
    if (last?.document !== document) last = { document, drawn: drawnDocument(prepared, document, settled) }
    return last.drawn
  }
}

type DrawnDocument =
  | { readonly set: SetDocument; readonly result: FittedDocument; readonly input: string | null }
  | { readonly diagnostics: readonly Diagnostic[] }

function drawnDocument(
  prepared: Prepared,
  document: PreparedDocument,
  settled: ReadonlyMap<string, FitResult> | null,
): DrawnDocument {
  const result = settled?.get(document.job.id)
  if (!result) throw new Error(`${document.job.id} was not fitted`)
  if ('diagnostics' in result) return result
  const set: SetDocument = { ...result, draft: result.draw() }
  return { set, result, input: inputOf(prepared, document, set) }
}

/** A document that can be drawn as it will be printed. */
export interface SettledDocument {
  readonly document: PreparedDocument
  readonly draw: () => Draft
  /** null where nothing could be measured. */
  readonly set: FittedDocument | null
}

function settledDocument(
  document: PreparedDocument,
  { typesetter }: PreparedKind,
  settled: ReadonlyMap<string, FitResult> | null,
): SettledDocument[] {
  const { id } = document.job
  if (settled === null) return [{ document, draw: () => typesetter.unfitted(id), set: null }]
  const set = settled.get(id)
  return set && !('diagnostics' in set) ? [{ document, draw: () => set.draw(), set }] : []
}

/** Documents with characters that no font has are stopped before anything is printed; what is missing is said once. */
async function stopUnprintable(
  { kinds, context, plan }: Prepared,
  deliver: (result: Made) => Promise<void>,
): Promise<void> {
  const all = new Map(kinds.flatMap(({ chosen }) => chosen.map((document) => [document.job.id, document])))
  const stopped = plan.chosen
    .flatMap(({ id }) => all.get(id) ?? [])
    .filter(({ missing }) => missing.length > 0)
  const diagnostics = missingGlyphs(context.ladder, stopped)
  for (const [index, document] of stopped.entries()) {
    await deliver({ ...untouched, document, diagnostics: index === 0 ? diagnostics : [] })
  }
}

/** Hash of all that a document is made of, once its layout is settled. */
function inputOf(prepared: Prepared, { job, faces }: PreparedDocument, set: SetDocument): string | null {
  if (prepared.environment === null) return null
  const { draft, pages, sheet, composition, blanks, oneSided, remedies } = set
  return hashOf({
    environment: prepared.environment,
    job,
    draft: inInk(prepared, draft),
    faces: faces.map(({ family, weight, style, unicodeRange }) => [family, weight, style, unicodeRange]),
    set: {
      pages,
      sheet,
      composition: composition ?? null,
      blanks: blanks ?? null,
      oneSided: oneSided ?? null,
      remedies,
    },
    finishing: { ...finishingOf(prepared, job, set), attachment: prepared.sourceOf(job) ?? null },
  })
}
