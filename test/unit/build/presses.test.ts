import { setImmediate } from 'node:timers/promises'

import { expect, test } from 'vitest'

import type { Session } from '../../../src/browser/session.ts'
import { openPresses, usualJobs } from '../../../src/build/presses.ts'

/** Sessions by name that start others, and say what was ended. */
function sessions(ended: string[], starts: () => Promise<void> = async () => undefined): Session {
  let count = 0
  const session = (name: string): Session =>
    ({
      path: name,
      beside: async () => {
        await starts()
        return session(`${name}${(count += 1)}`)
      },
      close: async () => void ended.push(name),
    }) as unknown as Session
  return session('first')
}

test('others are started where there is work for them, and each prints one document at a time', async () => {
  const ended: string[] = []
  const presses = openPresses(sessions(ended), 3)
  const taken = await Promise.all([presses.take(), presses.take(), presses.take()])
  expect(new Set(taken.map(({ path }) => path)).size).toBe(3)
  let fourth: Session | undefined
  void presses.take().then((session) => (fourth = session))
  await setImmediate()
  expect(fourth).toBeUndefined()
  presses.give(taken[1])
  await setImmediate()
  expect(fourth).toBe(taken[1])
})

test('closing waits for what is still printed, and leaves the first to whoever opened it', async () => {
  const ended: string[] = []
  const presses = openPresses(sessions(ended), 2)
  const [one, two] = await Promise.all([presses.take(), presses.take()])
  let isClosed = false
  const closing = presses.close().then(() => (isClosed = true))
  presses.give(one)
  await setImmediate()
  expect(isClosed).toBe(false)
  presses.give(two)
  await closing
  expect(ended).toEqual([two.path])
  expect(one.path).toBe('first')
})

test('where no other starts, one does all', async () => {
  const presses = openPresses(
    sessions([], () => Promise.reject(new Error('no memory'))),
    4,
  )
  const first = await presses.take()
  const next = presses.take()
  await setImmediate()
  presses.give(first)
  expect(await next).toBe(first)
  presses.give(first)
  await presses.close()
})

test('as many print as pay: few documents, few browsers; two processors for each', () => {
  expect([20, 100, 250, 2_000].map((documents) => usualJobs(documents, 8))).toEqual([1, 1, 2, 4])
  expect(usualJobs(2_000, 2)).toBe(1)
  expect(usualJobs(2_000, 1)).toBe(1)
  expect(usualJobs(10_000, 64)).toBe(8)
})
