import { missingGlyphs } from '../build/explain-glyphs.ts'
import { inOrderOfPlan, prepare } from '../build/prepare.ts'
import { readLadder } from '../build/read.ts'
import { exitCode, inReadingOrder, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { countLine } from '../diagnostics/human.ts'
import { levelsOf } from '../model/ladder.ts'
import { usualFormats } from '../plan/kinds.ts'
import { runFor } from './runtime.ts'
import { interruptible, printReport, speaks, type ReportOptions, type Terminal } from './terminal.ts'

export interface CheckFlags extends ReportOptions {
  readonly press?: string
  readonly strict: boolean
  /** Whether to print as well, into nothing. */
  readonly print?: boolean
  readonly browserPath?: string
}

/**
 * `ladderpress check`: everything that can be known without printing; with `--print` also what only sheets show.
 * Writes nothing.
 */
export async function checkCommand(
  terminal: Terminal,
  ladder: string | undefined,
  flags: CheckFlags,
): Promise<number> {
  const looking = flags.print === true ? checkPrinted : check
  const diagnostics = inReadingOrder(await looking(terminal, ladder, flags))
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
  { press, browserPath }: CheckFlags,
): Promise<readonly Diagnostic[]> {
  const { build } = await import('../build/build.ts')
  const { signal, ended } = interruptible(terminal)
  try {
    const { diagnostics } = await build({
      cwd: terminal.cwd,
      env: terminal.env,
      selection: { formats: usualFormats, paper: {} },
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
    { formats: usualFormats, paper: {} },
    terminal.env,
    undefined,
  )
  const glyphs = prepared ? missingGlyphs(read.ladder, inOrderOfPlan(prepared), prepared.press) : []
  return [...diagnostics, ...prepareDiagnostics, ...glyphs]
}
