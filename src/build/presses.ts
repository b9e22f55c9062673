import type { Session } from '../browser/session.ts'

/** Browsers that print at the same time, each one document after the other. */
export interface Presses {
  /** One that is free; waits for it. It prints nothing else until it is given back. */
  take(): Promise<Session>
  give(session: Session): void
  /**
   * Waits until all are given back, then ends all but the first, which is for its opener to end. The wait is for its
   * next user: nothing may still be going on in its page.
   */
  close(): Promise<void>
}

/** So many documents keep one browser busy for about two seconds; another takes a quarter of one to start. */
const worthAnother = 100
/** Each takes some hundred megabytes. */
const mostAtOnce = 8

/**
 * How many browsers print best at the same time. While one prints, this process draws and finishes what it prints: so
 * there is work for two processors in each.
 *
 * @param documents how many there are to print
 * @param processors of this machine
 */
export function usualJobs(documents: number, processors: number): number {
  return Math.max(1, Math.min(Math.floor(documents / worthAnother), Math.floor(processors / 2), mostAtOnce))
}

/**
 * @param first is open already; the others are started when there is work for them
 * @param jobs how many there may be
 */
export function openPresses(first: Session, jobs: number): Presses {
  const free = [first]
  const waiting: ((session: Session) => void)[] = []
  const others: Promise<Session | undefined>[] = []
  let taken = 0
  let settle: (() => void) | undefined
  const give = (session: Session) => {
    taken -= 1
    add(session)
    if (taken === 0) settle?.()
  }
  const add = (session: Session) => {
    const next = waiting.shift()
    if (next) next(session)
    else free.push(session)
  }
  return {
    take() {
      taken += 1
      const session = free.shift()
      if (session) return Promise.resolve(session)
      while (others.length < jobs - 1) {
        const starting = first.beside().then(
          (other) => {
            add(other)
            return other
          },
          // The work is done all the same, by fewer.
          () => undefined,
        )
        others.push(starting)
      }
      return new Promise((resolve) => {
        waiting.push(resolve)
      })
    },
    give,
    async close() {
      if (taken > 0) await new Promise<void>((resolve) => (settle = resolve))
      await Promise.all(others.map(async (other) => (await other)?.close()))
    },
  }
}
