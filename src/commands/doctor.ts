import type { Tried } from '../browser/find.ts'
import { openSession } from '../browser/session.ts'
import { visible } from '../diagnostics/frame.ts'
import { toolVersion } from '../load/own-files.ts'
import type { ReportOptions, Terminal } from './terminal.ts'

/** The options of `doctor`. */
export interface DoctorFlags extends ReportOptions {
  readonly browserPath?: string
}

interface Diagnosis {
  readonly browser: {
    readonly path: string
    readonly version: string
    readonly kind: string
    readonly sandbox: boolean
  } | null
  readonly tried: readonly Tried[]
  readonly node: string
  readonly tool: string
}

/** `ladderpress doctor`: which browser prints, and what was tried. */
export async function doctorCommand(terminal: Terminal, flags: DoctorFlags): Promise<number> {
  const tried: Tried[] = []
  const session = await openSession(
    { env: terminal.env, ...(flags.browserPath !== undefined && { explicit: flags.browserPath }) },
    undefined,
    tried,
  )
  let browser: Diagnosis['browser'] = null
  if (!('tried' in session)) {
    try {
      const { path, kind, sandbox } = session
      browser = { path, version: await session.version(), kind, sandbox }
      tried.push({ candidate: path, result: 'works' })
    } catch (error) {
      tried.push({
        candidate: session.path,
        result: `started but failed: ${error instanceof Error ? error.message : String(error)}`,
      })
    } finally {
      await session.close()
    }
  }
  const diagnosis: Diagnosis = { browser, tried, node: process.version, tool: toolVersion() }
  terminal.stdout.write(
    flags.report === 'json' ? `${JSON.stringify(diagnosis, undefined, 2)}\n` : describe(diagnosis),
  )
  return browser ? 0 : 3
}

function describe({ browser, tried, node, tool }: Diagnosis): string {
  const lines = [
    `Ladderpress ${tool} on Node ${node.replace(/^v/, '')}, ${process.platform} ${process.arch}`,
    browser
      ? `Prints with ${browser.version} (${browser.kind}), ${browser.sandbox ? 'in its sandbox' : 'without its sandbox: this system does not allow it'}\n  ${visible(browser.path)}`
      : 'No browser can print. Install Chrome, Edge or Chromium, or run ladderpress browser install',
    'Tried:',
    ...tried.map(({ candidate, result }) => `  ${visible(`${candidate}: ${result}`)}`),
  ]
  return `${lines.join('\n')}\n`
}
