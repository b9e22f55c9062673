import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'

import type { Markup } from '../render/document.ts'
import type { FittedDocument } from '../typeset/typesetter.ts'
import { missingGlyphs } from './explain-glyphs.ts'
import { inOrder } from './in-order.ts'
import type { PreparedDocument, PreparedKind } from './kinds.ts'
import { untouched, type Made } from './made.ts'
import { makeDocument, type Shop, type Works } from './make-document.ts'
import { inOrderOfPlan, type Prepared } from './prepare.ts'
import { fitKind, type FitResult } from './press-run.ts'
import { openPresses, usualJobs, type Presses } from './presses.ts'

/** So many documents more than there are browsers may be begun and not done, at most: their bytes are in memory. */
const mostUnderway = 2

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
  const done = inOrder<Made>(async (result) => {
    if (!isOver) await made(result)
  }, jobs + mostUnderway)
  const presses = works.session && openPresses(works.session, jobs)
  const shop: Shop = { prepared, works, presses, done }
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
        if (document) await makeDocument(shop, kind, begun.settled, document)
      } else {
        const { settled, left } = (next.begun = await beginKind(shop, kind))
        fitted?.(left.flatMap((document) => settledDocument(document, kind, settled)))
      }
      if (next.begun?.left.length === 0) line.splice(line.indexOf(next), 1)
    }
    await stopUnprintable(shop)
    const printed = presses?.close().then(works.printed)
    await done.all()
    await printed
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
async function beginKind({ prepared, works, presses, done }: Shop, kind: PreparedKind): Promise<BegunKind> {
  const { earlier } = works
  const printable = kind.chosen.filter(({ missing }) => missing.length === 0)
  const nothing = { settled: null, left: [] }
  if (printable.length === 0) return nothing
  if (earlier && kind.key !== null && earlier.groups[kind.name] === kind.key) {
    const kept = printable.flatMap((document) => {
      const one = earlier.kept(document.job, prepared.plan.formats, prepared.dpi)
      return one ? [{ document, one }] : []
    })
    if (kept.length === printable.length) {
      for (const { document, one } of kept)
        await done.deliver({ ...untouched, document, diagnostics: one.diagnostics, kept: one.artifacts })
      return nothing
    }
  }
  return { settled: presses && (await settle(prepared, kind, works, presses)), left: [...printable] }
}

async function settle(
  prepared: Prepared,
  kind: PreparedKind,
  { workshop, signal }: Works,
  presses: Presses,
): Promise<ReadonlyMap<string, FitResult>> {
  const press = await presses.take()
  const measured = workshop.measured(kind)
  // To open it keeps a processor busy, and until galleys are drawn there are two at work already, here and in the browser.
  const shown = () => workshop.bindery.open()
  const fitting = fitKind(prepared, kind, press, { measured, signal, shown }).finally(() =>
    presses.give(press),
  )
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

/** A document that can be drawn as it will be printed. */
export interface SettledDocument {
  readonly document: PreparedDocument
  readonly draw: () => Markup
  /** null where nothing could be measured. */
  readonly set: FittedDocument | null
}

function settledDocument(
  document: PreparedDocument,
  { typesetter }: PreparedKind,
  settled: BegunKind['settled'],
): SettledDocument[] {
  const { id } = document.job
  if (settled === null) return [{ document, draw: () => typesetter.unfitted(id), set: null }]
  const set = settled.get(id)
  return set && !('diagnostics' in set) ? [{ document, draw: () => set.draw(), set }] : []
}

/** Documents with characters that no font has are not printed; what is missing is said once. */
async function stopUnprintable({ prepared, done }: Shop): Promise<void> {
  const stopped = inOrderOfPlan(prepared).filter(({ missing }) => missing.length > 0)
  const diagnostics = missingGlyphs(prepared.context.ladder, stopped, prepared.press)
  for (const document of stopped) await done.deliver({ ...untouched, document, diagnostics })
}
