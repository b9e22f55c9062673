import { relative, resolve, sep } from 'node:path'
import type { Readable, Writable } from 'node:stream'

import { codes, isCode, type Code } from '../diagnostics/catalogue.ts'
import { diagnose, fails, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failLines, humanReport } from '../diagnostics/human.ts'
import { githubReport, jsonReport, sarifReport } from '../diagnostics/machine.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { isInside } from '../load/inside.ts'
import { toolVersion } from '../load/own-files.ts'

/** The world as a command sees it; only `main.ts` touches the real one. */
export interface Terminal {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly stdout: Writable & { isTTY?: boolean; columns?: number }
  readonly stderr: Writable & { isTTY?: boolean; columns?: number }
  readonly stdin: Readable & { isTTY?: boolean }
  /** Calls back with the exit code that a signal of the terminal or the system asks for. */
  onSignal(handler: (exitCode: number) => void): void
  exit(code: number): void
}

/** How problems can be reported, as `--report` takes them. */
export const reportForms = ['human', 'json', 'github', 'sarif'] as const
export type ReportForm = (typeof reportForms)[number]

/** How a command reports, and what makes it fail. */
export interface ReportOptions {
  readonly report: ReportForm
  readonly quiet: boolean
  /** Whether warnings fail. */
  readonly strict?: boolean
  /** Codes that fail, from `--fail-on`. */
  readonly failOn?: readonly Code[]
  readonly color: boolean
}

/** Whether to write colours: NO_COLOR and --no-color win, then FORCE_COLOR, then whether people are looking. */
export function wantsColor(terminal: Terminal, flag: boolean): boolean {
  const { env } = terminal
  if (!flag || (env['NO_COLOR'] ?? '') !== '') return false
  if ((env['FORCE_COLOR'] ?? '') !== '') return env['FORCE_COLOR'] !== '0'
  return terminal.stderr.isTTY === true && env['TERM'] !== 'dumb'
}

/**
 * Prints a report: for people on stderr, for machines one document on stdout and nothing else.
 * `quiet` leaves out for people what does not fail; machines are told all.
 *
 * @param more further fields of the JSON document
 */
export function printReport(
  terminal: Terminal,
  diagnostics: readonly Diagnostic[],
  options: ReportOptions,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const shown = options.quiet ? diagnostics.filter((diagnostic) => fails(diagnostic, options)) : diagnostics
  switch (options.report) {
    case 'human':
      if (shown.length > 0) {
        terminal.stderr.write(humanReport(shown, { color: options.color }))
        terminal.stderr.write(failLines(shown, options))
      }
      break
    case 'json':
      terminal.stdout.write(jsonReport(diagnostics, more, options))
      break
    case 'github':
      terminal.stdout.write(githubReport(diagnostics, options, checkedOut(terminal)))
      break
    case 'sarif':
      terminal.stdout.write(sarifReport(diagnostics, toolVersion(), options, checkedOut(terminal)))
      break
  }
}

/** What GitHub calls a file: by its path from the root of what was checked out, wherever in it the program runs. */
function checkedOut({ cwd, env }: Terminal): (path: string) => string {
  const root = env['GITHUB_WORKSPACE'] ?? ''
  return (path) => {
    const file = resolve(cwd, path)
    return root !== '' && isInside(root, file) ? relative(root, file).split(sep).join('/') : path
  }
}

/** Reads `--fail-on`: codes, several with commas. */
export function readFailOn(given: readonly string[] = []): { codes: Code[]; diagnostics: Diagnostic[] } {
  const words = given.flatMap((list) => list.split(',').map((word) => word.trim().toLowerCase()))
  const wrong = words.filter((word) => word !== '' && !isCode(word))
  return {
    codes: words.filter(isCode),
    diagnostics: wrong.map((word) =>
      diagnose('usage/unknown-code', `--fail-on does not know the code "${word}"`, {
        hint: didYouMean(word, codes) ?? 'List all with ladderpress explain',
      }),
    ),
  }
}

/** Work that a signal ends. */
export interface Interruptible {
  readonly signal: AbortSignal
  /** The exit code that the signal asks for, once there was one. */
  readonly ended: () => number | undefined
}

/** Lets signals of the terminal or the system end some work in its order; a second one does not wait for anything. */
export function interruptible(terminal: Terminal): Interruptible {
  const abort = new AbortController()
  let ended: number | undefined
  terminal.onSignal((code) => {
    if (ended !== undefined) terminal.exit(code)
    ended = code
    abort.abort()
  })
  return { signal: abort.signal, ended: () => ended }
}

/** Whether plain sentences (progress, tables) may go to stdout: not where a machine reads it. */
export function speaks({ report, quiet }: ReportOptions): boolean {
  return report === 'human' && !quiet
}
