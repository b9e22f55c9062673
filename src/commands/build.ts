import type { BuildOptions, BuildResult } from '../build/options.ts'
import { unchangedBuild } from '../build/unchanged.ts'
import { exitCode } from '../diagnostics/diagnostic.ts'
import { visible } from '../diagnostics/frame.ts'
import { countLine } from '../diagnostics/human.ts'
import { missingLadder, pathIn } from '../load/paths.ts'
import { thousands } from '../text/numbers.ts'
import { fitTable } from './fit-table.ts'
import { openEarly } from './opening.ts'
import { progressLine, type ProgressLine } from './progress.ts'
import { runFor, runLong } from './runtime.ts'
import { readSelection, type SelectionFlags } from './selection.ts'
import { table } from './table.ts'
import { interruptible, printReport, speaks, type ReportOptions, type Terminal } from './terminal.ts'
import { readWholeNumber } from './whole-number.ts'

/** The options of `build`. */
export interface BuildFlags extends ReportOptions, SelectionFlags {
  readonly out?: string
  readonly zip?: boolean
  readonly press?: string
  readonly strict: boolean
  readonly fitReport?: boolean
  readonly force?: boolean
  readonly watch?: boolean
  readonly jobs?: string
  readonly browserPath?: string
}

/** `ladderpress build`. */
export async function buildCommand(
  terminal: Terminal,
  ladder: string | undefined,
  flags: BuildFlags,
): Promise<number> {
  const { selection, diagnostics } = readSelection(flags)
  const jobs =
    flags.jobs === undefined ? undefined : readWholeNumber('--jobs', flags.jobs, [1, mostJobs], diagnostics)
  if (diagnostics.length > 0) {
    printReport(terminal, diagnostics, flags)
    return exitCode(diagnostics)
  }
  const asked: BuildOptions = {
    cwd: terminal.cwd,
    env: terminal.env,
    selection,
    strict: flags.strict,
    fitReport: flags.fitReport === true,
    force: flags.force === true,
    zip: flags.zip === true,
    ...(jobs !== undefined && { jobs }),
    ...(flags.failOn && { failOn: flags.failOn }),
    ...(ladder !== undefined && { ladder }),
    ...(flags.press !== undefined && { press: flags.press }),
    ...(flags.out !== undefined && { out: flags.out }),
    ...(flags.browserPath !== undefined && { browserPath: flags.browserPath }),
  }
  if (flags.watch === true) return watch(terminal, asked, flags)
  const unchanged = await unchangedBuild(asked)
  if (unchanged) return report(terminal, unchanged, flags)

  const { signal, ended } = interruptible(terminal)
  const { opening } = await openEarly(terminal, flags.browserPath, signal)
  const { build } = await import('../build/build.ts')
  const progress = speaks(flags) ? progressLine(terminal) : undefined
  const options: BuildOptions = {
    ...asked,
    signal,
    opening,
    onPlanned: runFor,
    ...(progress && { onProgress: progress.show }),
  }
  try {
    const result = await build(options)
    progress?.clear()
    return report(terminal, result, flags)
  } catch (error) {
    progress?.clear()
    const code = ended()
    if (code !== undefined) {
      terminal.stderr.write('Stopped. Nothing was changed.\n')
      return code
    }
    throw error
  }
}

const mostJobs = 32

/** Builds whenever something of what was read has changed, with one browser, until a signal. @returns the exit code */
async function watch(terminal: Terminal, asked: BuildOptions, flags: BuildFlags): Promise<number> {
  runLong()
  const { signal, ended } = interruptible(terminal)
  const { opening } = await openEarly(terminal, flags.browserPath, signal)
  const { build } = await import('../build/build.ts')
  const { inRounds } = await import('../build/rounds.ts')
  const { lent } = await import('../browser/session.ts')
  const { createWorkshop } = await import('../build/workshop.ts')
  const workshop = createWorkshop(true)
  // Without a ladder at the beginning there is nothing to wait for; one that was there may come back.
  const vain = new AbortController()
  let isFollowing = false
  let progress: ProgressLine | undefined
  let code = 0
  try {
    await inRounds(
      async (round) => {
        // Of a round that was ended early.
        progress?.clear()
        progress = speaks(flags) ? progressLine(terminal) : undefined
        const result = await build({
          ...asked,
          signal: round.signal,
          opening: lent(opening),
          workshop,
          onRead(paths) {
            isFollowing ||= paths.length > 0
            round.follow(paths)
          },
          ...(progress && { onProgress: progress.show }),
        })
        progress?.clear()
        code = report(terminal, result, flags)
        if (!isFollowing) vain.abort()
        else if (speaks(flags)) {
          const missing = await missingLadder(asked)
          terminal.stdout.write(
            `${missing ? `Waiting for ${visible(missing)}` : 'Watching'}. Ctrl-C ends it\n`,
          )
        }
      },
      AbortSignal.any([signal, vain.signal]),
    )
  } finally {
    progress?.clear()
    workshop.close()
    const session = await opening.catch(() => undefined)
    if (session && 'close' in session) await session.close()
  }
  return ended() ?? code
}

/** Says what was made and found. @returns the exit code */
function report(terminal: Terminal, result: BuildResult, flags: BuildFlags): number {
  const fit = flags.fitReport === true
  printReport(terminal, result.diagnostics, flags, fit ? { fit: result.fit } : {})
  const parts = [
    fit && flags.report === 'human' ? fitTable(result.fit) : '',
    speaks(flags) ? summary(result) : '',
  ].filter((part) => part !== '')
  if (parts.length > 0) terminal.stdout.write(parts.join('\n'))
  return result.exitCode
}

/** The closing table, and where to look. */
function summary(result: BuildResult): string {
  const { files, zip, diagnostics, exitCode: code, unchanged, index } = result
  const out = visible(result.out)
  // The diagnostic says what was changed.
  if (result.isHalf === true) return ''
  if (files.length === 0 && !zip && (code !== 0 || unchanged === 0)) {
    return code === 0 ? '' : `Nothing in ${out} was changed\n`
  }
  const rows = files.map(({ path, sheet, pages, size, bytes, milliseconds }) => [
    path,
    sheet ?? '',
    pages === null ? '' : String(pages),
    size === null ? '' : String(size),
    thousands(bytes),
    milliseconds.toFixed(0),
  ])
  if (zip) rows.push([zip.path, '', '', '', thousands(zip.bytes), ''])
  const made =
    rows.length === 0 ? '' : `${table(['file', 'sheet', 'pages', 'pt', 'bytes', 'ms'], rows, [2, 3, 4, 5])}\n`
  const still = unchanged === 0 ? '' : `${unchanged} unchanged. `
  const where = index ? `Open ${pathIn(out, 'index.html')}` : `The files are in ${out}`
  const remarks = countLine(diagnostics)
  return `${made}${still}${where}${remarks === '' ? '' : ` (${remarks})`}\n`
}
