import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout that is tested. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export const program = join(root, 'dist', 'cli.js')

export interface Run {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly input?: string
}

/** Runs the built program as a user would. */
export function ladderpress(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return run(process.execPath, [program, ...args], options)
}

/** Runs any program and waits for its end. */
export function run(
  command: string,
  args: readonly string[],
  { cwd = root, env = {}, input }: RunOptions = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    // Colours would depend on where the tests run.
    const child = spawn(command, args, { cwd, env: { ...process.env, NO_COLOR: '1', ...env } })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
    // A program that wants no input may have ended already.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input ?? '')
  })
}

/** A folder of its own for one test, removed afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
