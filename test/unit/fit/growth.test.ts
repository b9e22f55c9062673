import { expect, test } from 'vitest'

import { grownBy, inLines, largestGrowth } from '../../../src/fit/growth.ts'

test('text grows as long as it holds, or shrinks until it does', () => {
  expect(largestGrowth((part) => 100 * (1 + part) <= 130, 5)).toBeCloseTo(0.3, 2)
  expect(largestGrowth((part) => 100 * (1 + part) <= 60, 5)).toBeCloseTo(-0.4, 2)
  expect(largestGrowth(() => true, 5)).toBeCloseTo(5, 1)
  expect(largestGrowth(() => false, 5)).toBe(-1)
})

test('what shrinks takes whole lines, and one at least', () => {
  expect(grownBy(100, 0.5, 10)).toBe(50)
  expect(grownBy(100, -0.32, 10)).toBe(-30)
  expect(grownBy(100, -1, 10)).toBe(-90)
  expect(grownBy(0, -1, 10)).toBe(0)
})

test('less than a line has no room for words', () => {
  expect(inLines(9, 10)).toBe(0)
  expect(inLines(100, 10)).toBeGreaterThan(80)
})
