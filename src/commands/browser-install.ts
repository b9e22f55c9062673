import { createInterface } from 'node:readline/promises'

import { diagnose } from '../diagnostics/diagnostic.ts'
import { visible } from '../diagnostics/frame.ts'
import { printReport, speaks, type ReportOptions, type Terminal } from './terminal.ts'

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
  try {
    const path = await fetchBrowser(terminal.env, (done, total) => {
      if (speaks(flags) && terminal.stderr.isTTY === true)
        terminal.stderr.write(`\r${Math.round((done / total) * 100)} %`)
    })
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

async function agrees({ stdin, stderr }: Terminal, build: string): Promise<boolean> {
  if (stdin.isTTY !== true) {
    stderr.write('Fetching a browser needs a yes: run it in a terminal, or add --yes\n')
    return false
  }
  const lines = createInterface({ input: stdin, output: stderr })
  try {
    const answer = await lines.question(
      `Fetch chrome-headless-shell ${build} (about 110 MB) from Google’s servers? [y/N] `,
    )
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    lines.close()
  }
}
