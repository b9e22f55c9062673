import { expect, test } from 'vitest'

import {
  withLowestRows,
  type Amount,
  type ColumnAmounts,
} from '../../../../src/render/documents/matrix-lowest-rows.ts'

const nothing: Amount = { area: 0, lines: 0 }

/** Text of so many mm² in each row. */
function column(...areas: readonly number[]): ColumnAmounts {
  const rows = areas.map((area) => ({ area, lines: 3 }))
  return { head: nothing, rows, note: null, least: 38, most: 120 }
}

const sum = (widths: readonly number[]) => widths.reduce((all, width) => all + width, 0)

test('columns that say the same in each row keep the same width', () => {
  const same = column(2000, 500, 1000)
  expect(withLowestRows([60, 60, 60], [same, same, same])).toEqual([60, 60, 60])
})

test('the highest cells of rows decide, not how much a column says in all', () => {
  // The first says more, but is never the highest: others are, each in a row of its own.
  const columns = [column(1500, 1500, 1500, 1500), column(3000, 0, 3000, 0), column(0, 3000, 0, 3000)]
  const [low = 0, one = 0, other = 0] = withLowestRows([66, 60, 60], columns)
  expect(one).toBeGreaterThan(low + 15)
  expect(other).toBeGreaterThan(low + 15)
  expect(Math.abs(one - other)).toBeLessThanOrEqual(4)
  expect(low + one + other).toBe(186)
})

test('what stands over a column, or runs down beside all rows, asks for width as rows do', () => {
  const plain = column(1000, 1000)
  const long = { area: 6000, lines: 5 }
  const [first = 0, second = 0] = withLowestRows([60, 60], [plain, { ...plain, head: long }])
  expect(second).toBeGreaterThan(first)
  const [third = 0, fourth = 0] = withLowestRows([60, 60], [{ ...plain, note: long }, plain])
  expect(third).toBeGreaterThan(fourth)
  // A note that ends before the rows do asks for nothing.
  const brief = { area: 600, lines: 5 }
  expect(withLowestRows([60, 60], [{ ...plain, note: brief }, plain])).toEqual([60, 60])
})

test('no column becomes narrower than it may be, or wider, and others keep what they have', () => {
  const columns = [column(500), { ...column(20000), most: 77 }, null, column(500)]
  const widths = withLowestRows([50, 50, 32, 50], columns)
  expect(sum(widths)).toBe(182)
  expect(widths[2]).toBe(32)
  expect(widths[1]).toBeLessThanOrEqual(77)
  expect(widths[1]).toBeGreaterThanOrEqual(70)
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(32)
  expect(withLowestRows([39, 60], [column(100), column(9000)])).toEqual([38, 61])
})

test('nothing is moved for what nobody would see', () => {
  expect(withLowestRows([60, 60], [column(3000), column(3050)])).toEqual([60, 60])
  expect(withLowestRows([60, 60], [null, null])).toEqual([60, 60])
})

test('columns are equally wide where hardly anything is lost by it', () => {
  const same = column(2600, 300, 2600)
  const widths = withLowestRows([50, 90, 90, 50], [column(400, 800), same, same, column(500, 800)])
  expect(widths[1]).toBe(widths[2])
  expect(widths[0]).toBe(widths[3])
  expect(sum(widths)).toBe(280)
})
