import { expect, test } from 'vitest'

import { once } from '../../../src/fit/once.ts'

test('the same is done once, whatever the order of its fields', async () => {
  const asked: unknown[] = []
  const work = once(async (variant: { readonly turned: boolean; readonly heads: string }, size: number) => {
    asked.push([variant, size])
    return size * 2
  })
  expect(await work({ turned: true, heads: 'above' }, 9)).toBe(18)
  expect(await work({ heads: 'above', turned: true }, 9)).toBe(18)
  expect(asked).toHaveLength(1)
  await work({ heads: 'above', turned: false }, 9)
  await work({ heads: 'above', turned: true }, 9.5)
  expect(asked).toHaveLength(3)
})
