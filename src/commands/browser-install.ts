import { createInterface } from 'node:readline'

import { diagnose } from '../diagnostics/diagnostic.ts'
import { visible } from '../diagnostics/frame.ts'
import { printReport, speaks, type ReportOptions, type Terminal } from './terminal.ts'

/** The options of `browser install`. */
export interface InstallFlags extends ReportOptions {
  readonly yes: boolean
}

/** `ladderpress browser install`: fetches the pinned headless shell, after asking. */
export async function browserInstallCommand(terminal: Terminal, flags: InstallFlags): Promise<number> {
  const { fetchBrowser, pinnedBuild } = await import('../browser/fetch.ts')
  if (!flags.yes && !(await agrees(terminal, pinnedBuild))) {
    terminal.stderr.write('Nothing was fetched.\n')
    return 2
  }
  const progress = progressOf(terminal, flags)
  try {
    const path = await fetchBrowser(terminal.env, progress.show).finally(progress.clear)
    if (speaks(flags))
      terminal.stdout.write(`Fetched chrome-headless-shell ${pinnedBuild}\n  ${visible(path)}\n`)
    return 0
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    printReport(
      terminal,
      [
        diagnose('print/no-browser', `The browser could not be fetched: ${reason}`, {
          hint: 'Install Chrome, Edge or Chromium instead, or name one with --browser-path',
        }),
      ],
      flags,
    )
    return 3
  }
}

/** How much is there, in a line of its own that is cleared in the end. Nothing where nobody watches. */
function progressOf({ stderr }: Terminal, flags: InstallFlags) {
  const isWatched = speaks(flags) && stderr.isTTY === true
  return {
    show: (done: number, total: number) => {
      if (isWatched && total > 0) stderr.write(`\r${Math.round((done / total) * 100)} %`)
    },
    clear: () => {
      if (isWatched) stderr.write('\r\u001b[K')
    },
  }
}

async function agrees({ stdin, stderr }: Terminal, build: string): Promise<boolean> {
  if (stdin.isTTY !== true) {
    stderr.write('Fetching a browser needs a yes: run it in a terminal, or add --yes\n')
    return false
  }
  const lines = createInterface({ input: stdin, output: stderr })
  const answer = await new Promise<string | undefined>((resolve) => {
    // Ctrl-C and Ctrl-D close it, without an answer.
    lines.once('close', () => resolve(undefined))
    lines.question(
      `Fetch chrome-headless-shell ${build} (about 110 MB) from Google’s servers? [y/N] `,
      resolve,
    )
  })
  lines.close()
  if (answer === undefined) stderr.write('\n')
  return /^y(es)?$/i.test(answer?.trim() ?? '')
}
