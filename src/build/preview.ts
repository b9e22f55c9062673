import type { openSession } from '../browser/session.ts'
import { diagnose, inReadingOrder, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Job } from '../plan/job.ts'
import { usualFormats } from '../plan/kinds.ts'
import type { Selection } from '../plan/selection.ts'
import { hashOf } from '../text/hash.ts'
import { explainInput } from './explain-input.ts'
import { htmlOf } from './html.ts'
import { prepare } from './prepare.ts'
import { makeInto } from './preview-make.ts'
import { asBefore, isShown, openFirst, type Memory } from './preview-memory.ts'
import { noState, previewSheet, stateOf, type PreviewSheet, type PreviewState } from './preview-state.ts'
import { readLadder } from './read.ts'
import { inRounds, type Round } from './rounds.ts'
import { sessionFor } from './session.ts'
import { createWorkshop } from './workshop.ts'

/** What a preview shows, and whom it tells. */
export interface PreviewOptions {
  /** The current folder. Paths are resolved against it and shown relative to it. */
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly ladder?: string
  readonly press?: string
  /** What is chosen; the formats are those of a page that is looked at. */
  readonly selection: Omit<Selection, 'formats'>
  readonly opening: ReturnType<typeof openSession>
  readonly signal: AbortSignal
  /** Called when there is something new to show. */
  readonly onChange: (state: PreviewState) => void
}

/** The documents of a ladder as they are now, in memory. */
export interface Preview {
  readonly state: () => PreviewState
  /**
   * A sheet by its path. It counts as the one that is looked at, and is made before the others from then on.
   *
   * @returns 'coming' where there will be such a sheet, and is none yet; undefined where none is listed
   */
  readonly html: (path: string) => Promise<Buffer | 'coming' | undefined>
  readonly pdf: (path: string) => Buffer | undefined
  /** Makes them anew whenever something that they are made of changes, until the signal. */
  readonly run: () => Promise<void>
}

const noneShown = diagnose('usage/nothing-selected', 'These options choose no sheet that is shown here', {
  hint: 'Stacks and the index page are made by ladderpress build',
})

/** Program and browser stay the same as long as the preview runs. */
const identity = 'preview'

/**
 * Keeps the documents of a ladder up to date while it is written:
 *
 *     read ─► prepare ─► the open sheet, set as before ─► its kind, fitted and printed ─► the others
 *
 * A sheet can be looked at as soon as its kind is fitted; printing it then tells what is wrong with it. What has not
 * changed is not made again, and a newer state of the files ends the work on an older one. Nothing is written anywhere.
 */
export function createPreview(options: PreviewOptions): Preview {
  const memory: Memory = new Map()
  const views = new Map<string, { of: unknown; round: number; sheet: PreviewSheet }>()
  const workshop = createWorkshop(true)
  /** The paths of all sheets that there are, or will be. */
  let listed: ReadonlySet<string> = new Set()
  let opened: string | undefined
  let state = noState
  const change = (next: PreviewState) => {
    state = next
    options.onChange(state)
  }
  /** Shows what is wrong with the files, and otherwise what was there before. */
  const stop = (round: number, problem: readonly Diagnostic[]) =>
    change(stateOf({ round, busy: false, before: state, problem: inReadingOrder(problem) }))

  const makeRound = async (number: number, { signal, follow }: Round) => {
    const { read, inputs, diagnostics } = await readLadder(options)
    follow(inputs)
    if (!read) return stop(number, diagnostics)
    const selection = { ...options.selection, formats: usualFormats, paperSize: true }
    const preparing = await prepare(read, selection, options.env, identity)
    follow(preparing.inputs)
    if (!preparing.prepared) return stop(number, [...diagnostics, ...preparing.diagnostics])
    signal.throwIfAborted()

    const found = [...diagnostics, ...preparing.diagnostics]
    const jobs = preparing.prepared.plan.chosen.filter(isShown)
    if (jobs.length === 0) return stop(number, [...found, noneShown])
    listed = new Set(jobs.map(({ path }) => path))
    // What the page opens of its own accord.
    if (opened === undefined || !listed.has(opened))
      opened = jobs.find(({ kind }) => kind === 'one-pager')?.path
    const prepared = openFirst(preparing.prepared, opened)
    for (const known of [memory, views])
      for (const path of known.keys()) if (!listed.has(path)) known.delete(path)
    const printer = await sessionFor({ chosen: jobs, formats: ['html'] }, options.opening, undefined)
    const { session, notes } = 'session' in printer ? printer : { session: null, notes: printer.diagnostics }

    const sheetOf = (job: Job, isLast: boolean) => {
      const of = memory.get(job.path)
      const view = views.get(job.path)
      // Its lines may have moved since it was looked at; that can wait until all is made.
      if (view && view.of === of && (view.round === number || !isLast)) return view.sheet
      const sheet = previewSheet(read, prepared.context, job, of)
      views.set(job.path, { of, round: number, sheet })
      return sheet
    }
    const show = (busy: boolean) =>
      change(
        stateOf({
          round: number,
          busy,
          read,
          context: prepared.context,
          jobs,
          sheetOf: (job) => sheetOf(job, !busy),
          diagnostics: [...found, ...notes],
          unprinted: session === null ? notes : null,
        }),
      )
    const early = session && asBefore(prepared, memory, opened)
    if (early) {
      memory.set(early.document.job.path, early)
      show(true)
    }
    const texts = hashOf(read.project.sources.map(({ path, text }) => [path, text]))
    const works = { session, workshop, signal, first: () => opened }
    await makeInto(memory, prepared, { ...works, texts, round: number, show: () => show(true) })
    signal.throwIfAborted()
    show(false)
  }

  const work = async (current: Round) => {
    const number = state.round + 1
    if (number > 1) change({ ...state, busy: true })
    try {
      await makeRound(number, current)
    } catch (error) {
      stop(number, [explainInput(error)])
    }
  }

  return {
    state: () => state,
    async html(path) {
      if (!listed.has(path)) return undefined
      opened = path
      const sheet = memory.get(path)
      if (!sheet?.draw) return 'coming'
      const { html } = await htmlOf(sheet.prepared, sheet.document, sheet.draw())
      return html
    },
    pdf: (path) => memory.get(path)?.bytes,
    run: () => inRounds(work, options.signal).finally(() => workshop.close()),
  }
}
