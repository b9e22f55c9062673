import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

import { packageFolder } from '../load/own-files.ts'
import type { FinishedWork, FinishingWork } from './work.ts'

/** Where prints are finished, as the trade calls it: in a thread beside that in which the next ones are made. */
export interface Bindery {
  /** Starts it before there is work, because that takes as long as finishing several prints. */
  open(): void
  /** Finishes prints in the order in which they are given. */
  finish(work: FinishingWork): Promise<FinishedWork>
  /** Ends it; what is still being finished is dropped. */
  close(): void
}

/** One piece of work on its way to the thread, and what comes back. */
export interface Request {
  readonly number: number
  readonly work: FinishingWork
}

/** What a thread answers to a piece of work, by its number. */
export type Answer =
  | { readonly number: number; readonly done: FinishedWork }
  /** A bug of ours. */
  | { readonly number: number; readonly error: unknown }

/**
 * A bindery that starts at the latest with its first piece of work. It keeps the process alive only while it has work.
 */
export function createBindery(): Bindery {
  // Run from its source, the program has no file that a thread could run.
  if (import.meta.url.endsWith('.ts')) return beside
  let thread: Worker | undefined
  const waiting = new Map<number, { settle: (done: FinishedWork) => void; fail: (error: unknown) => void }>()
  let count = 0
  const failAll = (error: unknown) => {
    for (const { fail } of waiting.values()) fail(error)
    waiting.clear()
    thread = undefined
  }
  const open = () => {
    if (thread) return thread
    const opened = new Worker(join(packageFolder(), 'dist', 'thread.js'))
    opened.unref()
    opened.on('message', (answer: Answer) => {
      const asked = waiting.get(answer.number)
      waiting.delete(answer.number)
      if (waiting.size === 0) opened.unref()
      if ('done' in answer) asked?.settle(answer.done)
      else asked?.fail(answer.error)
    })
    opened.on('error', failAll)
    thread = opened
    return opened
  }
  return {
    open: () => void open(),
    finish: (work) =>
      new Promise((settle, fail) => {
        const opened = open()
        const number = (count += 1)
        waiting.set(number, { settle, fail })
        opened.ref()
        const request: Request = { number, work }
        opened.postMessage(request)
      }),
    close() {
      const ending = thread
      failAll(new Error('the bindery is closed'))
      void ending?.terminate()
    },
  }
}

/** The same without a thread. */
const beside: Bindery = {
  open: () => undefined,
  finish: async (work) => (await import('./work.ts')).doWork(work),
  close: () => undefined,
}
