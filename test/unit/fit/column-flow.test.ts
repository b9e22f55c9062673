import { expect, test } from 'vitest'

import { setInColumns } from '../../../src/fit/column-flow.ts'
import type { FlowSection } from '../../../src/fit/paginate.ts'

/** A section of so many items that are 10 high each, with as much above each part of it. */
function section(items: number, around = 0): FlowSection {
  return { items, height: (from, to) => around + (to - from) * 10 }
}

/** The cuts in each column of each sheet, all of one height. */
function sheets(
  sections: readonly FlowSection[],
  room: number,
  columns: 1 | 2,
  extra = 0,
): readonly (readonly string[])[] | string {
  const flowed = setInColumns(sections, { first: room, further: room }, extra, columns)
  if ('tooHigh' in flowed) return 'too high'
  return flowed.sheets.map((sheet) =>
    sheet.map((cuts) => cuts.map((cut) => `${cut.section}:${cut.from}-${cut.to}`).join(' ')),
  )
}

test('a last sheet gets a third of what its columns hold, of those before it', () => {
  expect(sheets([section(9)], 40, 2)).toEqual([
    ['0:0-3', '0:3-6'],
    ['0:6-9', ''],
  ])
})

test('a section is not cut for what would hardly be seen to be white', () => {
  expect(sheets([section(9), section(6)], 60, 2)).toEqual([
    ['0:0-5', '0:5-9'],
    ['1:0-6', ''],
  ])
})

test('both columns of the last sheet leave room for its foot', () => {
  expect(sheets([section(7)], 30, 2, 10)).toEqual([
    ['0:0-2', '0:2-4'],
    ['0:4-6', '0:6-7'],
  ])
})

test('a foot takes text with it to a further sheet, of a short sheet even most, rather than stand there alone', () => {
  expect(sheets([section(3, 10)], 80, 1, 60)).toEqual([['0:0-2'], ['0:2-3']])
  expect(sheets([section(8)], 50, 1, 40)).toEqual([['0:0-5'], ['0:5-7'], ['0:7-8']])
})

test('a foot that is higher than a sheet has room on none', () => {
  expect(sheets([section(1)], 30, 1, 40)).toBe('too high')
})
