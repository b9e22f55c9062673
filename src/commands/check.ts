import { missingGlyphs } from '../build/explain.ts'
import { prepare } from '../build/prepare.ts'
import { readLadder } from '../build/read.ts'
import { exitCode, inReadingOrder, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { countLine } from '../diagnostics/human.ts'
import { formats } from '../plan/jobs.ts'
import { printReport, speaks, type ReportOptions, type Terminal } from './terminal.ts'

export interface CheckFlags extends ReportOptions {
  readonly press?: string
  readonly strict: boolean
}

/** `ladderpress check`: everything that can be known without printing. Writes nothing. */
export async function checkCommand(
  terminal: Terminal,
  ladder: string | undefined,
  flags: CheckFlags,
): Promise<number> {
  const diagnostics = inReadingOrder(await check(terminal, ladder, flags))
  printReport(terminal, diagnostics, flags)
  const code = exitCode(diagnostics, flags.strict)
  if (code === 0 && speaks(flags)) {
    const remarks = countLine(diagnostics)
    terminal.stdout.write(`The ladder can be printed${remarks === '' ? '' : ` (${remarks})`}.\n`)
  }
  return code
}

async function check(
  terminal: Terminal,
  ladder: string | undefined,
  { press }: CheckFlags,
): Promise<Diagnostic[]> {
  const { read, diagnostics } = await readLadder({
    cwd: terminal.cwd,
    ...(ladder !== undefined && { ladder }),
    ...(press !== undefined && { press }),
  })
  if (!read) return [...diagnostics]
  const { prepared, diagnostics: prepareDiagnostics } = await prepare(
    read,
    { formats, paper: {} },
    terminal.env,
  )
  const glyphs = prepared
    ? missingGlyphs(
        read.ladder,
        prepared.kinds.flatMap(({ chosen }) => chosen),
      )
    : []
  return [...diagnostics, ...prepareDiagnostics, ...glyphs]
}
