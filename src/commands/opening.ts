import type { openSession } from '../browser/session.ts'
import type { Terminal } from './terminal.ts'

/** A browser that is being started, or what was tried in vain. */
export interface Opening {
  readonly opening: ReturnType<typeof openSession>
}

/**
 * Starts the browser before anything else is loaded: it takes longest.
 *
 * @returns once it is about to start; not itself a promise of the browser, which nobody should wait for yet
 */
export async function openEarly(
  { env }: Terminal,
  browserPath: string | undefined,
  signal: AbortSignal,
): Promise<Opening> {
  const { openSession } = await import('../browser/session.ts')
  return new Promise((resolve) => {
    // It may call back before it has returned its promise.
    const onStarting = () => queueMicrotask(() => resolve({ opening }))
    const opening = openSession({ env, explicit: browserPath, onStarting }, signal)
    opening.catch(onStarting)
  })
}
