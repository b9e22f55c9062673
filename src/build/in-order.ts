/** Hands things on in the order in which they were begun. */
export interface InOrder<Done> {
  /** Waits while too many are not done. @throws the failure of one that is waited for */
  deliver(result: Done | Promise<Done>): Promise<void>
  /** Waits until everything is handed on. */
  all(): Promise<void>
}

/**
 * @param handOn receives one after the other
 * @param most so many may be begun and not done
 */
export function inOrder<Done>(handOn: (done: Done) => Promise<void>, most: number): InOrder<Done> {
  const underway: Promise<void>[] = []
  const after = async (before: Promise<void> | undefined, result: Done | Promise<Done>) => {
    const [done] = await Promise.all([result, before])
    await handOn(done)
  }
  return {
    async deliver(result) {
      const delivered = after(underway.at(-1), result)
      // A failure is thrown to whoever delivers next.
      delivered.catch(() => undefined)
      underway.push(delivered)
      if (underway.length > most) await underway.shift()
    },
    async all() {
      for (const delivered of underway.splice(0)) await delivered
    },
  }
}
