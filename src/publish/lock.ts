import { randomBytes } from 'node:crypto'
import { lstat, open, readFile, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { processMark, stateOfProcess } from '../load/processes.ts'

const name = '.ladderpress-lock'

/** Whoever holds a lock says so this often, in ms. */
const sign = 1_000
/**
 * A lock that gave no sign for this long, in ms, is left behind, even if there is a process with the id in it. It is
 * watched for that long, because clocks of file servers may be wrong.
 */
const patience = { running: 30_000, elsewhere: 5_000, ended: 0 } as const
const pause = 20

/**
 * Waits until no other process has the lock of a folder, then takes it. A lock whose process has ended, or of which
 * nothing was heard for a while, is taken away.
 *
 * @returns gives it back
 * @throws the system's error where it cannot be written
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, name)
  // No two are the same, so that nobody takes another's for their own.
  const mine = `${processMark()} ${randomBytes(8).toString('hex')}\n`
  let seen: Sign | undefined
  let since = 0
  for (;;) {
    const handle = await take(path, mine)
    if (handle) return keep(path, mine, handle)
    const now = await lookAt(path)
    // A lock that is given back at this moment counts as gone.
    if (!now) {
      await setTimeout(pause)
      continue
    }
    if (now.held !== seen?.held || now.at !== seen.at) since = performance.now()
    seen = now
    if (performance.now() - since >= patience[stateOfProcess(now.held)]) {
      await breakLock(path, now.held)
      seen = undefined
    }
    await setTimeout(pause)
  }
}

/** What is known of a lock: who holds it, and when they last said so. */
interface Sign {
  readonly held: string
  readonly at: number
}

/** @returns undefined where there is none */
async function lookAt(path: string): Promise<Sign | undefined> {
  try {
    const found = await lstat(path)
    // A link is no lock of ours, whatever it leads to, and a pipe would be read for ever. One that we may not read
    // belongs to somebody unknown.
    const held = found.isFile() ? await readFile(path, 'utf8').catch(() => '') : ''
    return { held, at: found.mtimeMs }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** @returns undefined where somebody has it */
async function take(path: string, mine: string): Promise<FileHandle | undefined> {
  let handle: FileHandle
  try {
    handle = await open(path, 'wx', 0o644)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
    throw error
  }
  try {
    await handle.writeFile(mine)
    return handle
  } catch (error) {
    await handle.close().catch(() => undefined)
    await unlink(path).catch(() => undefined)
    throw error
  }
}

/** Keeps giving signs until the lock is given back. If it was taken from us meanwhile, it is left to whoever has it. */
function keep(path: string, mine: string, handle: FileHandle): () => Promise<void> {
  const timer = setInterval(() => {
    const now = new Date()
    handle.utimes(now, now).catch(() => undefined)
  }, sign)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await handle.close().catch(() => undefined)
    const held = await readFile(path, 'utf8').catch(() => '')
    if (held === mine) await unlink(path).catch(() => undefined)
  }
}

/** In ms. The removal of a lock counts as given up after this long, if nothing is known of who began it. */
const longestBreak = 60_000

/**
 * Removes a lock that was left behind. If several processes find it, one does so, and locks the removal for the others;
 * a lock that was taken meanwhile stays.
 */
async function breakLock(path: string, held: string): Promise<void> {
  const breaking = `${path}-breaking`
  const handle = await take(breaking, `${processMark()}\n`)
  if (!handle) {
    const other = await lookAt(breaking)
    const state = other && stateOfProcess(other.held)
    const isOver =
      state === 'ended' || (state === 'elsewhere' && Date.now() - (other?.at ?? 0) > longestBreak)
    if (isOver) await unlink(breaking).catch(() => undefined)
    return
  }
  try {
    if ((await lookAt(path))?.held === held) await unlink(path)
  } catch (error) {
    // Where there is none any more, its holder gave it back.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  } finally {
    await handle.close().catch(() => undefined)
    await unlink(breaking).catch(() => undefined)
  }
}
