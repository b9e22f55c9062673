import { expect, test } from 'vitest'

import { flow, splitInTwo, type FlowSection } from '../../../src/fit/paginate.ts'
import { largestThatHolds, settleSize } from '../../../src/fit/sizes.ts'
import { sizesBetween } from '../../../src/render/type-sizes.ts'

/** A section of items of these heights under a head of 10. */
function section(...heights: number[]): FlowSection {
  return {
    items: heights.length,
    height: (from, to) => 10 + heights.slice(from, to).reduce((sum, height) => sum + height, 0),
  }
}

const slots = (sections: readonly FlowSection[], capacity: (slot: number) => number, early = 0) => {
  const flowed = flow(sections, capacity, early)
  if ('tooHigh' in flowed) throw new Error('too high')
  return flowed.slots.map((cuts) => cuts.map(({ section: at, from, to }) => `${at}:${from}-${to}`))
}

test('sections stay whole where they can', () => {
  expect(slots([section(30, 30), section(30, 30), section(30)], () => 100)).toEqual([
    ['0:0-2'],
    ['1:0-2'],
    ['2:0-1'],
  ])
  expect(slots([section(20, 20), section(20)], () => 100)).toEqual([['0:0-2', '1:0-1']])
})

test('where whole sections waste sheets, they are cut early, two items on either side', () => {
  const sections = [section(20, 20, 20), section(20, 20, 20, 20), section(20, 20)]
  expect(slots(sections, () => 130)).toEqual([['0:0-3'], ['1:0-4'], ['2:0-2']])
  expect(slots(sections, () => 130, 2)).toEqual([
    ['0:0-3', '1:0-2'],
    ['1:2-4', '2:0-2'],
  ])
  // One item at the foot of a sheet, or one left over, helps nobody.
  expect(slots([section(20, 20, 20), section(30, 30)], () => 100, 2)).toEqual([['0:0-3'], ['1:0-2']])
})

test('a heading goes on with what it leads, and stays only where nothing has room with it', () => {
  const led = (heads: readonly number[], ...heights: number[]): FlowSection => ({
    ...section(...heights),
    leads: (item) => heads.includes(item),
  })
  expect(slots([led([2], 30, 30, 20, 30, 30)], () => 100)).toEqual([['0:0-2'], ['0:2-5']])
  expect(slots([led([], 30, 30, 20, 30, 30)], () => 100)).toEqual([['0:0-3'], ['0:3-5']])
  expect(slots([led([0], 20, 80, 30, 30)], () => 100)).toEqual([['0:0-1'], ['0:1-2'], ['0:2-4']])
})

test('a section higher than a sheet is cut between its items', () => {
  expect(slots([section(40, 40, 40, 40, 40)], () => 100)).toEqual([['0:0-2'], ['0:2-4'], ['0:4-5']])
})

test('a first sheet with less room takes what fits it', () => {
  expect(slots([section(20), section(50)], (slot) => (slot === 0 ? 40 : 100))).toEqual([['0:0-1'], ['1:0-1']])
})

test('a last sheet under a third full receives what the one before can spare', () => {
  expect(slots([section(30), section(30), section(5)], () => 85)).toEqual([['0:0-1'], ['1:0-1', '2:0-1']])
})

test('an item higher than a sheet is named', () => {
  expect(flow([section(10), section(20, 300)], () => 100)).toEqual({
    tooHigh: { section: 1, item: 1, excess: 210 },
  })
})

test('two columns are as even as whole sections allow', () => {
  expect(splitInTwo([section(10), section(10), section(40)], 100)).toBe(2)
  expect(splitInTwo([section(50)], 100)).toBe(1)
  expect(splitInTwo([section(200)], 100)).toBeUndefined()
})

test('sizes go in half points', () => {
  expect(sizesBetween(11.5, 9)).toEqual([11.5, 11, 10.5, 10, 9.5, 9])
})

test.each([11.5, 10, 9, 3, 40])('the largest size that holds is found from a guess of %s', async (guess) => {
  const sizes = sizesBetween(11.5, 9)
  for (const limit of sizes) {
    expect(await largestThatHolds(sizes, guess, async (size) => size <= limit)).toBe(limit)
  }
})

test('documents share the largest size at which each keeps its fewest sheets; one that cannot pulls nobody down', async () => {
  const sizes = sizesBetween(11.5, 9)
  // Fits one sheet up to a size; the endless one needs three at the floor and four from 11 on.
  const documents = [{ limit: 10.5 }, { limit: 11.5 }, { limit: 0 }]
  const sheets = ({ limit }: { limit: number }, size: number) =>
    limit === 0 ? (size >= 11 ? 4 : 3) : size <= limit ? 1 : 2
  const size = await settleSize(
    documents,
    sizes,
    () => 1,
    async (document, at) => ({ sheets: sheets(document, at), demand: (at / (document.limit || 5)) ** 2 }),
    async (document) => sheets(document, 9),
  )
  expect(size).toBe(10.5)
})
