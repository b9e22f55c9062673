import { randomBytes } from 'node:crypto'

import { exitCode } from '../diagnostics/diagnostic.ts'
import { visible } from '../diagnostics/frame.ts'
import { openEarly } from './opening.ts'
import { runLong } from './runtime.ts'
import { readSelection, type SelectionFlags } from './selection.ts'
import { interruptible, printReport, speaks, type ReportOptions, type Terminal } from './terminal.ts'
import { readWholeNumber } from './whole-number.ts'

/** The options of `preview`. */
export interface PreviewFlags extends ReportOptions, SelectionFlags {
  readonly port: string
  readonly open?: boolean
  readonly press?: string
  readonly browserPath?: string
}

const mostPort = 65_535

/** `ladderpress preview`: a page on this machine that shows the sheets as they are saved, until a signal. */
export async function previewCommand(
  terminal: Terminal,
  ladder: string | undefined,
  flags: PreviewFlags,
): Promise<number> {
  const { selection, diagnostics } = readSelection(flags)
  const port = readWholeNumber('--port', flags.port, [0, mostPort], diagnostics)
  if (diagnostics.length > 0) {
    printReport(terminal, diagnostics, flags)
    return exitCode(diagnostics)
  }
  runLong()
  const { signal, ended } = interruptible(terminal)
  const { opening } = await openEarly(terminal, flags.browserPath, signal)
  const { createPreview } = await import('../build/preview.ts')
  const { findLadder, missingLadder, noLadder } = await import('../load/paths.ts')
  const { servePreview } = await import('../build/preview-pages.ts')
  let code = 0
  try {
    if (ladder === undefined && (await findLadder(terminal.cwd)) === undefined) {
      const missing = noLadder()
      printReport(terminal, [missing], flags)
      return exitCode([missing])
    }
    let tell: (state: object) => void = () => undefined
    const preview = createPreview({
      cwd: terminal.cwd,
      env: terminal.env,
      selection,
      opening,
      signal,
      onChange: (state) => tell(state),
      ...(ladder !== undefined && { ladder }),
      ...(flags.press !== undefined && { press: flags.press }),
    })
    const serving = await servePreview(preview, { port, token: randomBytes(18).toString('base64url') })
    tell = serving.tell
    try {
      tellAddress(terminal, serving.address, flags)
      const awaited = await missingLadder({ cwd: terminal.cwd, ...(ladder !== undefined && { ladder }) })
      if (awaited) terminal.stderr.write(`${visible(awaited)} does not exist. Waiting for it\n`)
      if (flags.open === true) {
        const { openAddress } = await import('../serve/open.ts')
        await openAddress(serving.address)
      }
      await preview.run()
    } finally {
      await serving.close()
    }
  } finally {
    const session = await opening.catch(() => undefined)
    if (session && 'close' in session) await session.close()
    code = ended() ?? 0
  }
  return code
}

/** Says where the preview is, in whatever form and however quiet: nobody can guess its address. */
function tellAddress({ stdout, stderr }: Terminal, address: string, options: ReportOptions): void {
  switch (options.report) {
    case 'human':
      stdout.write(`Preview on ${address}\n`)
      if (speaks(options)) stdout.write('Ctrl-C ends it\n')
      break
    case 'json':
      stdout.write(`${JSON.stringify({ address })}\n`)
      break
    case 'github':
    case 'sarif':
      // What these forms hold are problems, and there is none.
      stderr.write(`Preview on ${address}\n`)
      break
  }
}
