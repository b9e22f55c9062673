import { resolve } from 'node:path'

import { openSession, type Session } from '../browser/session.ts'
import { exitCode, hasErrors, inReadingOrder, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { shownPath } from '../load/paths.ts'
import type { Job } from '../plan/job.ts'
import { PublishError } from '../publish/faults.ts'
import type { Manifest } from '../publish/manifest.ts'
import { openOutput, type Output } from '../publish/output.ts'
import { artifactsOf, plainDiagnostics, type Noted } from './artifacts.ts'
import { readEarlier } from './earlier.ts'
import { explainInput } from './explain-input.ts'
import { filesOf } from './files.ts'
import { fitReport, type FitEntry } from './fit-report.ts'
import { gathered } from './gathered.ts'
import type { Made } from './made.ts'
import type { Works } from './make-document.ts'
import { makeDocuments } from './make.ts'
import type { BuildOptions, BuildResult } from './options.ts'
import { prepare, type Prepared } from './prepare.ts'
import { amongTemplates, packOutput, publish, refuseEarly } from './publication.ts'
import { readLadder } from './read.ts'
import { Overtaken } from './record.ts'
import { sessionFor } from './session.ts'
import { createWorkshop } from './workshop.ts'

/**
 * Makes everything that was chosen of a ladder:
 *
 *     load ─► validate ─► model ─► plan ─► render ⇄ fit ─► print ─► finish ─► publish
 *     files    schema      Ladder   jobs     HTML   browser    PDF      PDF       out/
 *     └─ once per build, pure but for load ─┘ └─── per job, streamed, one browser ────┘
 *
 * Errors in the input stop everything before anything is written. An error of one document stops that document: the
 * others are published, its previous file stays; with `strict` nothing is published. Never throws for what a user,
 * a file or a browser can do wrong; what it throws is a bug of ours.
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const folder = resolve(options.cwd, options.out ?? 'out')
  const shown = shownPath(options.cwd, folder)
  // The browser starts while files are read: it takes longer than everything before the first page.
  const opening =
    options.opening ?? openSession({ env: options.env, explicit: options.browserPath }, options.signal)
  opening.catch(() => undefined)
  const isStrict = options.strict === true || (options.failOn ?? []).length > 0
  let fit: readonly FitEntry[] = []
  const finish = (
    diagnostics: readonly Diagnostic[],
    published: Partial<Pick<BuildResult, 'files' | 'unchanged' | 'index' | 'zip' | 'isHalf'>> = {},
  ): BuildResult => ({
    fit,
    files: [],
    unchanged: 0,
    index: false,
    diagnostics: inReadingOrder(gathered(diagnostics)),
    exitCode: exitCode(diagnostics, options),
    out: shown,
    ...published,
  })
  const workshop = options.workshop ?? createWorkshop(false)
  let output: Output | undefined
  try {
    // A build that is only looked at leaves nothing behind for the next one.
    const identifying = options.publish === false ? undefined : workshop.identity(options)
    const { read, inputs, diagnostics: readings } = await readLadder(options)
    options.onRead?.(inputs)
    if (!read) return finish(readings)
    const misplaced = options.publish === false ? undefined : amongTemplates(read.project, folder, shown)
    if (misplaced) return finish([...readings, misplaced])
    const identity = await identifying
    const preparing = await prepare(read, options.selection, options.env, identity)
    options.onRead?.(preparing.inputs)
    const { prepared } = preparing
    const diagnostics = [...readings, ...preparing.diagnostics]
    if (!prepared) return finish(diagnostics)
    if (isStrict && exitCode(diagnostics, options) > 0) return finish(diagnostics)
    if (options.publish !== false) output = await openOutput(folder, shown)
    if (output && options.force !== true) await refuseEarly(prepared, folder, shown, options.zip === true)
    const session = await sessionFor(prepared.plan, opening, options.browserPath)
    if ('diagnostics' in session) return finish([...diagnostics, ...session.diagnostics])

    const isAnew =
      identity === undefined || options.force === true || options.anew === true || options.fitReport === true
    const earlier = isAnew ? undefined : await readEarlier(folder, read, options.cwd)
    const plain = plainDiagnostics(read.project, options.cwd)
    const from = { edition: read.ladder.edition ?? null, dpi: prepared.dpi, plain }
    const note = ({ files, ...made }: Made): Noted => {
      const entries = artifactsOf({ files, ...made }, prepared.plan.all, from)
      return { ...made, entries, isEmpty: !made.kept && Object.keys(files).length === 0 }
    }
    options.onPlanned?.(prepared.plan.chosen.length)
    const { jobs, signal } = options
    // Called once all is printed: the browser ends while the last documents are finished and all are put into place.
    const leave = async () => {
      const browser = await printedBy(session.session)
      return { browser, closed: session.session?.close() }
    }
    let left: ReturnType<typeof leave> | undefined
    const printed = () => void (left ??= leave())
    const works: Works = { session: session.session, workshop, earlier, jobs, signal, printed }
    const results = await run(prepared, works, output, options, note)
    if (options.fitReport === true) fit = fitReport(read.ladder, results)
    const found = [...diagnostics, ...session.notes, ...results.flatMap((made) => made.diagnostics)]
    if (!output || (isStrict && exitCode(found, options) > 0)) return finish(found)
    // Where nothing at all could be made, an index of nothing would only take the place of the last good one.
    if (results.length > 0 && results.every((noted) => noted.isEmpty)) return finish(found)
    options.signal?.throwIfAborted()
    const { browser, closed } = await (left ??= leave())
    const { files, paths, unchanged, stuck } = await publish({
      options,
      identity,
      isSound: session.notes.length === 0 && session.session !== null && !hasErrors(found),
      read,
      prepared,
      browser,
      output,
      folder,
      results,
      // Hints on the browser name places of this machine, which are nobody else’s business.
      notes: [...diagnostics, ...session.notes.map(({ hint: _, ...told }) => told)],
    })
    await closed
    const published = { files, unchanged, index: prepared.plan.index }
    const told = [...found, ...stuck]
    if (options.zip !== true) return finish(told, published)
    const packed = await packOutput(folder, shown, paths, prepared.date)
    return 'code' in packed
      ? finish([...told, packed], published)
      : finish(told, { ...published, zip: packed })
  } catch (error) {
    // What was to be kept is gone, so all is made anew, once.
    if (error instanceof Overtaken && options.force !== true && options.anew !== true)
      return await build(anew(options))
    if (error instanceof PublishError) return finish([error.diagnostic], { isHalf: error.isHalf })
    return finish([explainInput(error)])
  } finally {
    if (!options.workshop) workshop.close()
    await output?.discard()
    const session = await opening.catch(() => undefined)
    if (session && 'close' in session) await session.close()
  }
}

/** A build that keeps nothing, with a browser of its own. */
function anew({ opening: _, ...options }: BuildOptions): BuildOptions {
  return { ...options, anew: true }
}

async function run(
  prepared: Prepared,
  works: Works,
  output: Output | undefined,
  options: BuildOptions,
  note: (made: Made) => Noted,
): Promise<Noted[]> {
  const results: Noted[] = []
  const total = prepared.plan.chosen.length
  const all = prepared.plan.chosen.reduce((sum, job) => sum + workOf(job), 0)
  let worked = 0
  // Files are written while the next document is printed; the first that cannot be written ends the build.
  const writing: Promise<void>[] = []
  let failure: unknown
  const take = async (made: Made) => {
    results.push(note(made))
    const { id } = made.document.job
    worked += workOf(made.document.job)
    const files = hasErrors(made.diagnostics) ? [] : filesOf(made, prepared.plan.all)
    for (const { path, bytes } of files) {
      if (!output) continue
      writing.push(
        output.stage(path, bytes).catch((error: unknown) => {
          failure ??= error
        }),
      )
    }
    options.onProgress?.({ done: results.length, total, id, share: worked / all })
    options.signal?.throwIfAborted()
    if (failure !== undefined) throw failure
  }
  try {
    await makeDocuments(prepared, works, take)
  } finally {
    // Nothing more is finished; its thread ends while files are put into place.
    if (!options.workshop) works.workshop.close()
    // What is still being written when a build ends early would be left behind where it is staged.
    await Promise.all(writing)
  }
  if (failure !== undefined) throw failure
  const places = new Map(prepared.plan.chosen.map(({ id }, index) => [id, index]))
  const placeOf = ({ document }: Noted) => places.get(document.job.id) ?? 0
  return results.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** About how many sheets a document has, before it is set. */
function workOf({ kind, subjects }: Job): number {
  return kind === 'stack' || kind === 'booklet' ? Math.max(1, subjects.levels.length) : 1
}

/** Where every document failed, the browser may be beyond asking. */
async function printedBy(session: Session | null): Promise<Manifest['browser']> {
  const version = await session?.version().catch(() => undefined)
  return session && version !== undefined ? { version, kind: session.kind } : null
}
