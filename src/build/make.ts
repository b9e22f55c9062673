import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'

import type { Session } from '../browser/session.ts'
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Artifact } from '../publish/manifest.ts'
import type { Draft } from '../render/document.ts'
import { hashOf } from '../text/hash.ts'
import type { FittedDocument, SetDocument, Setting } from '../typeset/typesetter.ts'
import type { Earlier } from './earlier.ts'
import { missingGlyphs } from './explain-glyphs.ts'
import { finishDocument, finishingOf } from './finishing.ts'
import { htmlOf, inInk } from './html.ts'
import type { PreparedDocument, PreparedKind } from './kinds.ts'
import { inOrderOfPlan, type Prepared } from './prepare.ts'
import { fitKind, printDocument, type FitResult } from './press-run.ts'
import { openPresses, usualJobs, type Presses } from './presses.ts'
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

/** So many documents more than there are browsers may be begun and not done, at most: their bytes are in memory. */
const mostUnderway = 2

/** By what documents are made. */
export interface Works {
  /** null where there is no browser: then HTML is set without measuring. */
  readonly session: Session | null
  readonly workshop: Workshop
  /** What need not be made again. */
  readonly earlier: Earlier | undefined
  /** How many browsers may print at the same time; as many as pay where nothing is said. */
  readonly jobs?: number | undefined
  /** The path of a document that somebody waits for: whenever something is begun, it goes before all else. */
  readonly first?: () => string | undefined
  /** Ends the work before the next thing that the browser would be asked. */
  readonly signal?: AbortSignal | undefined
}

/**
 * fit ─► print ─► finish, kind by kind and document by document, in pages that are kept busy: while a browser prints a
 * document, the next one is drawn here, and those before it are finished in the bindery. What is next is decided when it
 * is begun.
 *
 * @param made receives each document when it is done, in the order in which they were begun
 * @param fitted receives the documents of a kind once their layout is settled, before the first of them is printed
 * @throws what its signal was aborted with; whatever it throws, nothing is handed on after that
 */
export async function makeDocuments(
  prepared: Prepared,
  works: Works,
  made: (result: Made) => Promise<void>,
  fitted?: (documents: readonly SettledDocument[]) => void,
): Promise<void> {
  const { chosen } = prepared.plan
  const jobs = works.jobs ?? usualJobs(chosen.length, availableParallelism())
  let isOver = false
  // What is being finished when the work ends is of no use to anybody, and would come in between what is done next.
  const deliver = inOrder(async (result) => {
    if (!isOver) await made(result)
  }, jobs + mostUnderway)
  const presses = works.session && openPresses(works.session, jobs)
  try {
    const line: KindInLine[] = prepared.kinds.map((kind) => ({ kind }))
    for (;;) {
      const wanted = works.first?.()
      const next = nextIn(line, wanted)
      if (!next) break
      works.signal?.throwIfAborted()
      const { kind, begun } = next
      if (begun) {
        const document = takeFrom(begun.left, wanted)
        if (document) await makeDocument(prepared, kind, begun.settled, document, works, presses, deliver)
      } else next.begun = await beginKind(prepared, kind, works, presses, deliver, fitted)
      if (next.begun?.left.length === 0) line.splice(line.indexOf(next), 1)
    }
    await stopUnprintable(prepared, deliver)
    await deliver.all()
  } finally {
    isOver = true
    await presses?.close()
  }
}

/** A kind of which something is still to be made. */
interface KindInLine {
  readonly kind: PreparedKind
  begun?: BegunKind
}

interface BegunKind {
  /** null where nothing can be measured. */
  readonly settled: ReadonlyMap<string, FitResult> | null
  /** What is still to be printed. */
  readonly left: PreparedDocument[]
}

/** The kind of the document that is waited for, as long as that is to be made; else the first in line. */
function nextIn(line: readonly KindInLine[], wanted: string | undefined): KindInLine | undefined {
  const isWanted = ({ kind, begun }: KindInLine) =>
    (begun?.left ?? kind.chosen).some(({ job }) => job.path === wanted)
  // What a kind says is not worked out before that is needed.
  return (wanted === undefined ? undefined : line.find(isWanted)) ?? line[0]
}

function takeFrom(left: PreparedDocument[], wanted: string | undefined): PreparedDocument | undefined {
  const place = left.findIndex(({ job }) => job.path === wanted)
  return left.splice(Math.max(0, place), 1)[0]
}

/** Fits a kind, unless all of it is there already. */
async function beginKind(
  prepared: Prepared,
  kind: PreparedKind,
  works: Works,
  presses: Presses | null,
  deliver: (result: Made | Promise<Made>) => Promise<void>,
  fitted: ((documents: readonly SettledDocument[]) => void) | undefined,
): Promise<BegunKind> {
  const { earlier } = works
  const { formats } = prepared.plan
  const printable = kind.chosen.filter(({ missing }) => missing.length === 0)
  const nothing = { settled: null, left: [] }
  if (printable.length === 0) return nothing
  if (earlier && kind.key !== null && earlier.groups[kind.name] === kind.key) {
    const kept = printable.flatMap((document) => {
      const one = earlier.kept(document.job, formats, prepared.dpi)
      return one ? [{ document, one }] : []
    })
    if (kept.length === printable.length) {
      for (const { document, one } of kept)
        await deliver({ ...untouched, document, diagnostics: one.diagnostics, kept: one.artifacts })
      return nothing
    }
  }
  const settled = presses && (await settle(prepared, kind, works, presses))
  fitted?.(printable.flatMap((document) => settledDocument(document, kind, settled)))
  return { settled, left: [...printable] }
}

/** Prints a document of a kind that is fitted, unless it is there already. */
async function makeDocument(
  prepared: Prepared,
  kind: PreparedKind,
  settled: ReadonlyMap<string, FitResult> | null,
  document: PreparedDocument,
  works: Works,
  presses: Presses | null,
  deliver: (result: Made | Promise<Made>) => Promise<void>,
): Promise<void> {
  const { workshop, earlier, signal } = works
  const { formats } = prepared.plan
  const started = performance.now()
  if (settled === null || presses === null) {
    const draft = kind.typesetter.unfitted(document.job.id)
    const files = await htmlOf(prepared, document, draft)
    await deliver({ ...untouched, document, files, milliseconds: performance.now() - started })
    return
  }
  const result = settled.get(document.job.id)
  if (!result) throw new Error(`${document.job.id} was not fitted`)
  if ('diagnostics' in result) {
    await deliver({ ...untouched, document, ...result })
    return
  }
  const set: SetDocument = { ...result, draft: result.draw() }
  const input = inputOf(prepared, document, set)
  const same = input === null ? undefined : earlier?.kept(document.job, formats, prepared.dpi, input)
  if (same) {
    const { artifacts, diagnostics } = same
    await deliver({ ...untouched, document, set: result, diagnostics, kept: artifacts })
    return
  }
  // While this waits for a page, the document before is printed in it.
  const press = await presses.take()
  const printing = printDocument(prepared, press, document, set, signal).finally(() => presses.give(press))
  const finishing = async (): Promise<Made> => {
    const finished = await finishDocument(prepared, workshop.bindery, document, set, await printing)
    const { diagnostics } = finished
    const files = hasErrors(diagnostics)
      ? {}
      : { ...(await htmlOf(prepared, document, set.draft)), ...finished.files }
    return { document, set: result, files, diagnostics, input, milliseconds: performance.now() - started }
  }
  await deliver(finishing())
  // Only then is the next one drawn, with the browser at work on this one.
  await setImmediate()
}

async function settle(
  prepared: Prepared,
  kind: PreparedKind,
  { workshop, signal }: Works,
  presses: Presses,
): Promise<ReadonlyMap<string, FitResult>> {
  workshop.bindery.open()
  const press = await presses.take()
  const measured = workshop.measured(kind)
  const fitting = fitKind(prepared, kind, press, measured, signal).finally(() => presses.give(press))
  fitting.then(
    () => workshop.settled(kind),
    () => undefined,
  )
  // While the first kind is measured, it is worked out what the others say.
  for (const other of kind === prepared.kinds[0] ? prepared.kinds : []) {
    await setImmediate()
    signal?.throwIfAborted()
    void other.chosen
  }
  return await fitting
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

/** Documents with characters that no font has are not printed; what is missing is said once. */
async function stopUnprintable(prepared: Prepared, deliver: (result: Made) => Promise<void>): Promise<void> {
  const stopped = inOrderOfPlan(prepared).filter(({ missing }) => missing.length > 0)
  const diagnostics = missingGlyphs(prepared.context.ladder, stopped, prepared.press)
  for (const document of stopped) await deliver({ ...untouched, document, diagnostics })
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
