import { missingGlyphs } from '../build/explain-glyphs.ts'
import { inOrderOfPlan, prepare } from '../build/prepare.ts'
import { readLadder } from '../build/read.ts'
import { exitCode, inReadingOrder, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { countLine } from '../diagnostics/human.ts'
import { levelsOf } from '../model/ladder.ts'
import type { Selection } from '../plan/selection.ts'
import { runFor } from './runtime.ts'
import { readSelection, type SelectionFlags } from './selection.ts'
import { interruptible, printReport, speaks, type ReportOptions, type Terminal } from './terminal.ts'

/** The options of `check`. */
export interface CheckFlags extends ReportOptions, SelectionFlags {
  readonly press?: string
  readonly strict: boolean
  /** Whether to print as well, into nothing. */
  readonly print?: boolean
  readonly browserPath?: string
}

/**
 * `ladderpress check`: everything that can be known without printing of what a build with the same options would make;
 * with `--print` also what only sheets show. Writes nothing.
 */
export async function checkCommand(
  terminal: Terminal,
  ladder: string | undefined,
  flags: CheckFlags,
): Promise<number> {
  const { selection, diagnostics: mistakes } = readSelection(flags)
  const looking = flags.print === true ? checkPrinted : check
  const found = mistakes.length > 0 ? mistakes : await looking(terminal, ladder, selection, flags)
  const diagnostics = inReadingOrder(found)
  printReport(terminal, diagnostics, flags)
  const code = exitCode(diagnostics, flags)
  if (code === 0 && speaks(flags)) {
    const remarks = countLine(diagnostics)
    terminal.stdout.write(`The ladder can be printed${remarks === '' ? '' : ` (${remarks})`}.\n`)
  }
  return code
}

/** A build that puts nothing anywhere. */
async function checkPrinted(
  terminal: Terminal,
  ladder: string | undefined,
  selection: Selection,
  { press, browserPath }: CheckFlags,
): Promise<readonly Diagnostic[]> {
  const { build } = await import('../build/build.ts')
  const { signal, ended } = interruptible(terminal)
  try {
    const { diagnostics } = await build({
      cwd: terminal.cwd,
      env: terminal.env,
      selection,
      publish: false,
      signal,
      ...(ladder !== undefined && { ladder }),
      ...(press !== undefined && { press }),
      ...(browserPath !== undefined && { browserPath }),
    })
    return diagnostics
  } catch (error) {
    const code = ended()
    if (code !== undefined) terminal.exit(code)
    throw error
  }
}

async function check(
  terminal: Terminal,
  ladder: string | undefined,
  selection: Selection,
  { press }: CheckFlags,
): Promise<readonly Diagnostic[]> {
  const { read, diagnostics } = await readLadder({
    cwd: terminal.cwd,
    ...(ladder !== undefined && { ladder }),
    ...(press !== undefined && { press }),
  })
  if (!read) return [...diagnostics]
  runFor(levelsOf(read.ladder).length)
  const { prepared, diagnostics: prepareDiagnostics } = await prepare(
    read,
    selection,
    terminal.env,
    undefined,
  )
  const glyphs = prepared ? missingGlyphs(read.ladder, inOrderOfPlan(prepared), prepared.press) : []
  return [...diagnostics, ...prepareDiagnostics, ...glyphs]
}
