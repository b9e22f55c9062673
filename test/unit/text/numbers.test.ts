import { expect, test } from 'vitest'

import { thousands } from '../../../src/text/numbers.ts'

test.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [30_671, '30,671'],
  [1_234_567, '1,234,567'],
])('%i is written as %s', (number, written) => {
  expect(thousands(number)).toBe(written)
})
