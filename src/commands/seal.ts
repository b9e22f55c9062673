import { sealLadder } from '../build/seal.ts'
import { exitCode, inReadingOrder } from '../diagnostics/diagnostic.ts'
import { visible } from '../diagnostics/frame.ts'
import { printReport, speaks, type ReportOptions, type Terminal } from './terminal.ts'

/** `ladderpress seal`: from now on, what the ladder's edition says must not change. */
export async function sealCommand(
  terminal: Terminal,
  ladder: string | undefined,
  options: ReportOptions,
): Promise<number> {
  const { sealed, diagnostics } = await sealLadder({
    cwd: terminal.cwd,
    ...(ladder !== undefined && { ladder }),
  })
  printReport(terminal, inReadingOrder(diagnostics), options)
  if (sealed && speaks(options)) {
    const { isNew } = sealed
    const [edition, path] = [visible(sealed.edition), visible(sealed.path)]
    terminal.stdout.write(
      isNew
        ? `Edition ${edition} is sealed in ${path}.\n`
        : `Edition ${edition} is sealed already, and says what it said then. Nothing was changed.\n`,
    )
  }
  return exitCode(diagnostics)
}
