import { run } from './commands/program.ts'

// Whoever reads along may stop reading (`| head`), and a disk that a log goes to may be full: the work goes on. What was
// said and is nowhere to be read fails like any other file that cannot be written.
let unsaid: string | undefined
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code = 'unknown reason' }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || unsaid !== undefined) return
    unsaid = code
    const reason = code === 'ENOSPC' ? 'there is no room left' : code
    process.stderr.write(`What there is to say cannot be written: ${reason}\n`)
  })
}
process.on('exit', (code) => {
  if (unsaid !== undefined && code < 4) process.exitCode = 4
})

void main()

async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    onSignal(handler) {
      for (const [signal, code] of [
        ['SIGINT', 130],
        ['SIGTERM', 143],
        ['SIGHUP', 129],
      ] as const) {
        process.on(signal, () => handler(code))
      }
    },
    exit: (code) => process.exit(code),
  })
}
