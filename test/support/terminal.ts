import { Readable, Writable } from 'node:stream'

import type { Terminal } from '../../src/commands/terminal.ts'

/** A terminal that keeps what is written, and on which somebody presses Ctrl-C. */
export function terminalOf({ env = {}, isTTY = false }: { env?: NodeJS.ProcessEnv; isTTY?: boolean } = {}) {
  const said = { stdout: '', stderr: '' }
  const into = (name: 'stdout' | 'stderr') =>
    Object.assign(
      new Writable({
        write(chunk: Buffer, _, done) {
          said[name] += chunk.toString()
          done()
        },
      }),
      { isTTY },
    )
  const exits: number[] = []
  const handlers: ((code: number) => void)[] = []
  const terminal: Terminal = {
    cwd: '/project',
    env,
    stdout: into('stdout'),
    stderr: into('stderr'),
    stdin: Readable.from([]),
    onSignal: (handler) => void handlers.push(handler),
    exit: (code) => void exits.push(code),
  }
  const press = (code: number) => {
    for (const handler of handlers) handler(code)
  }
  return { terminal, said, exits, press }
}
