import { setTimeout } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { inTime, OutOfTime } from '../../../src/browser/in-time.ts'

test('work may take as long as it takes while the browser answers now and then', async () => {
  let heardAt = 0
  const answering = setInterval(() => (heardAt = performance.now()), 10)
  try {
    expect(await inTime(setTimeout(1_500, 'printed'), 500, () => heardAt)).toBe('printed')
  } finally {
    clearInterval(answering)
  }
})

test('work ends where the browser has said nothing for too long, also after it answered for a while', async () => {
  const never = new Promise<never>(() => undefined)
  await expect(inTime(never, 50)).rejects.toThrow(OutOfTime)
  const stops = performance.now() + 100
  await expect(inTime(never, 50, () => Math.min(performance.now(), stops))).rejects.toThrow(OutOfTime)
})
