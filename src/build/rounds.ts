import { join } from 'node:path'

import { packageFolder } from '../load/own-files.ts'
import { watchPaths } from '../load/watch.ts'

/** The work on one state of the files. */
export interface Round {
  /** Aborted as soon as there is a newer state. */
  readonly signal: AbortSignal
  /** Takes absolute paths of what the work has read, or looked for. The sooner, the less can be missed. */
  readonly follow: (paths: readonly string[]) => void
}

/**
 * Does some work, and does it anew whenever something of what it has read is changed. There is never more than one round
 * at a time; a change ends the one that is going on, and the last state is always worked on.
 *
 * @param work may throw once its round is over; else that ends all rounds
 * @param signal ends it
 */
export async function inRounds(work: (round: Round) => Promise<void>, signal: AbortSignal): Promise<void> {
  let current = new AbortController()
  const watch = watchPaths(() => current.abort())
  const end = () => current.abort()
  signal.addEventListener('abort', end)
  const ownTemplates = join(packageFolder(), 'templates')
  try {
    while (!signal.aborted) {
      const round = new AbortController()
      current = round
      const over = new Promise<void>((resolve) =>
        round.signal.addEventListener('abort', () => resolve(), { once: true }),
      )
      const started = Date.now()
      try {
        await work({
          signal: round.signal,
          follow: (paths) => watch.follow([...paths, ownTemplates], started),
        })
      } catch (error) {
        if (!round.signal.aborted) throw error
      }
      await over
    }
  } finally {
    signal.removeEventListener('abort', end)
    await watch.close()
  }
}
