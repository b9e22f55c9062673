import type { openSession } from '../browser/session.ts'
import type { Code } from '../diagnostics/catalogue.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Selection } from '../plan/selection.ts'
import type { MadeFile } from './artifacts.ts'
import type { FitEntry } from './fit-report.ts'
import type { Workshop } from './workshop.ts'

/** What is asked of a build. */
export interface BuildOptions {
  /** The current folder. Paths are resolved against it and shown relative to it. */
  readonly cwd: string
  readonly ladder?: string
  readonly press?: string
  /** The output folder; `out` where nothing is said. */
  readonly out?: string
  readonly selection: Selection
  /** Whether warnings fail the build; then nothing is published. */
  readonly strict?: boolean
  /** Codes that fail the build as errors do, whatever their severity; then nothing is published. */
  readonly failOn?: readonly Code[]
  /** Whether to put files into the output folder; otherwise everything is made and looked at, and nothing is written. */
  readonly publish?: boolean
  /** Whether to pack what is in the output folder afterwards into one file beside it. */
  readonly zip?: boolean
  /** Whether to work out how each document fits its paper. */
  readonly fitReport?: boolean
  /** How many browsers may print at the same time; by default as many as are worth starting. */
  readonly jobs?: number
  /** Whether to make everything anew, also what is there already, and to replace files that are not ours. */
  readonly force?: boolean
  /** Whether to make everything anew, and to replace only what is ours. */
  readonly anew?: boolean
  readonly browserPath?: string
  readonly env: NodeJS.ProcessEnv
  /** A session that is being opened already, so that the browser starts before this module is loaded. */
  readonly opening?: ReturnType<typeof openSession>
  /** What several builds of the ladder share; it is then left open. */
  readonly workshop?: Workshop
  /** Ends the build: the browser is ended, nothing more is published, staged files are removed. */
  readonly signal?: AbortSignal
  /** Receives how many documents will be made, before the first is. */
  readonly onPlanned?: (documents: number) => void
  readonly onProgress?: (progress: BuildProgress) => void
  /** Receives absolute paths of what is read, or looked for, once they are known: all of them, or more than before. */
  readonly onRead?: (paths: readonly string[]) => void
}

/** How far a build has come. */
export interface BuildProgress {
  readonly done: number
  readonly total: number
  /** What was just done. */
  readonly id: string
  /** How much of the work is done, 0 to 1: a stack of a hundred pages is more than a page. */
  readonly share: number
}

/** What a build has made, and what it has to say. */
export interface BuildResult {
  readonly diagnostics: readonly Diagnostic[]
  readonly exitCode: number
  /** Files now in the output folder that this build made, in the order of the plan. */
  readonly files: readonly MadeFile[]
  /** Whether there is an index to open. */
  readonly index: boolean
  /** How many files an earlier build had made already. */
  readonly unchanged: number
  /** How each document fits its paper, if that was asked for. */
  readonly fit: readonly FitEntry[]
  /** The output folder as people know it. */
  readonly out: string
  /** Whether files of this build stand in it beside those of the one before, because it failed halfway. */
  readonly isHalf?: boolean
  /** The packed output, where it was asked for and made. */
  readonly zip?: { readonly path: string; readonly bytes: number }
}
