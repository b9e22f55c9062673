import { setImmediate } from 'node:timers/promises'

import type { Session } from '../browser/session.ts'
import { hasErrors } from '../diagnostics/diagnostic.ts'
import { hashOf } from '../text/hash.ts'
import type { SetDocument } from '../typeset/typesetter.ts'
import type { Earlier } from './earlier.ts'
import { finishDocument, finishingOf } from './finishing.ts'
import { htmlOf, inInk } from './html.ts'
import type { InOrder } from './in-order.ts'
import type { PreparedDocument, PreparedKind } from './kinds.ts'
import { untouched, type Made } from './made.ts'
import type { Prepared } from './prepare.ts'
import { printDocument, type FitResult } from './press-run.ts'
import type { Presses } from './presses.ts'
import type { Workshop } from './workshop.ts'

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
  /** Told once nothing more is asked of the browser, while the last documents are being finished. */
  readonly printed?: () => void
}

/** All that is at hand where documents are made. */
export interface Shop {
  readonly prepared: Prepared
  readonly works: Works
  /** null where nothing can be measured. */
  readonly presses: Presses | null
  readonly done: InOrder<Made>
}

/**
 * Prints a document of a kind that is fitted, unless it is there already, and has it finished while the next is printed.
 *
 * @param settled how the documents of its kind are to be set; null where nothing could be measured
 */
export async function makeDocument(
  { prepared, works, presses, done }: Shop,
  { typesetter }: PreparedKind,
  settled: ReadonlyMap<string, FitResult> | null,
  document: PreparedDocument,
): Promise<void> {
  const { workshop, earlier, signal } = works
  const { formats } = prepared.plan
  const started = performance.now()
  if (settled === null || presses === null) {
    const markup = typesetter.unfitted(document.job.id)
    const files = await htmlOf(prepared, document, markup)
    await done.deliver({ ...untouched, document, files, milliseconds: performance.now() - started })
    return
  }
  const result = settled.get(document.job.id)
  if (!result) throw new Error(`${document.job.id} was not fitted`)
  if ('diagnostics' in result) {
    await done.deliver({ ...untouched, document, ...result })
    return
  }
  const set: SetDocument = { ...result, markup: result.draw() }
  const input = inputOf(prepared, document, set)
  const same = input === null ? undefined : earlier?.kept(document.job, formats, prepared.dpi, input)
  if (same) {
    const { artifacts, diagnostics } = same
    await done.deliver({ ...untouched, document, set: result, diagnostics, kept: artifacts })
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
      : { ...(await htmlOf(prepared, document, set.markup)), ...finished.files }
    return { document, set: result, files, diagnostics, input, milliseconds: performance.now() - started }
  }
  await done.deliver(finishing())
  // Only then is the next one drawn, with the browser at work on this one.
  await setImmediate()
}

/** Hash of all that a document is made of, once its layout is settled. */
function inputOf(prepared: Prepared, { job, faces }: PreparedDocument, set: SetDocument): string | null {
  if (prepared.environment === null) return null
  const { markup, pages, sheet, composition, blanks, oneSided, remedies } = set
  return hashOf({
    environment: prepared.environment,
    job,
    markup: inInk(prepared, markup),
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
