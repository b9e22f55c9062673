import { spawn } from 'node:child_process'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { PreviewState } from '../../src/build/preview-state.ts'
import { inFolder, program } from './cli.ts'
import { smallLadder, write } from './files.ts'

/** The program while it runs, until it is told to stop. */
export interface Running {
  readonly cwd: string
  /** Of its process. */
  readonly id: number | undefined
  /** Everything that it has printed so far. */
  readonly said: () => string
  /** Waits until it has said something more often than so many times before. */
  readonly until: (what: RegExp, times?: number) => Promise<string>
  /** Ctrl-C. @returns the exit code */
  readonly stop: () => Promise<number | null>
}

/** Runs the program in a folder of its own with a ladder in it, and ends it afterwards. */
export async function whileRunning<T>(
  args: readonly string[],
  work: (running: Running) => Promise<T>,
  {
    files = { 'ladder.yaml': smallLadder },
    env = {},
  }: { files?: Record<string, string>; env?: NodeJS.ProcessEnv } = {},
): Promise<T> {
  return inFolder(async (cwd) => {
    // As root the browser runs as nobody, who must be able to reach it.
    await chmod(cwd, 0o755)
    await write(cwd, files)
    const child = spawn(process.execPath, [program, ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    const waiting = new Set<() => void>()
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      for (const look of waiting) look()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)))
    const until = (what: RegExp, times = 0) =>
      new Promise<string>((resolve, reject) => {
        const look = () => {
          const found = [...said.matchAll(new RegExp(what, 'g'))][times]
          if (!found) return
          waiting.delete(look)
          resolve(found[0])
        }
        waiting.add(look)
        look()
        void ended.then((code) => reject(new Error(`it ended with ${code} and had said:\n${said}`)))
      })
    try {
      return await work({
        cwd,
        id: child.pid,
        said: () => said,
        until,
        stop() {
          child.kill('SIGINT')
          return ended
        },
      })
    } finally {
      child.kill('SIGINT')
      await ended
    }
  })
}

/** Runs a preview on a port that the system chooses. */
export function whilePreviewing<T>(
  work: (running: Running & { readonly address: string }) => Promise<T>,
  options: Parameters<typeof whileRunning>[2] & { args?: readonly string[] } = {},
): Promise<T> {
  return whileRunning(
    ['preview', '--port', '0', ...(options.args ?? [])],
    async (running) => work({ ...running, address: await running.until(/http:\S+/) }),
    options,
  )
}

/** What a preview has said of its state, the last one last. */
export interface Followed {
  readonly states: readonly PreviewState[]
  /** Waits until something holds of a state that is said from now on, or is the last one now. */
  readonly until: (holds: (state: PreviewState) => boolean) => Promise<PreviewState>
}

/** Listens to what a preview tells its page, as long as some work lasts. */
export async function following<T>(address: string, work: (followed: Followed) => Promise<T>): Promise<T> {
  const ending = new AbortController()
  const answer = await fetch(new URL('events', address), { signal: ending.signal })
  const states: PreviewState[] = []
  const waiting = new Set<(state: PreviewState) => void>()
  const read = async () => {
    let text = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const events = `${text}${chunk}`.split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) {
        if (!event.startsWith('data: ')) continue
        const state = JSON.parse(event.slice('data: '.length)) as PreviewState
        states.push(state)
        for (const look of waiting) look(state)
      }
    }
  }
  const reading = read().catch(() => undefined)
  const until = (holds: (state: PreviewState) => boolean) =>
    new Promise<PreviewState>((resolve, reject) => {
      const look = (state: PreviewState) => {
        if (!holds(state)) return
        waiting.delete(look)
        resolve(state)
      }
      waiting.add(look)
      const last = states.at(-1)
      if (last) look(last)
      void reading.then(() => reject(new Error('the preview has ended')))
    })
  try {
    return await work({ states, until })
  } finally {
    ending.abort()
    await reading
  }
}

/** Changes words of a file, as an editor does that writes it where it stands. */
export async function edit(cwd: string, file: string, from: string, to: string): Promise<void> {
  const path = join(cwd, file)
  const text = await readFile(path, 'utf8')
  if (!text.includes(from)) throw new Error(`${file} does not say ${from}`)
  await writeFile(path, text.replace(from, to))
}
