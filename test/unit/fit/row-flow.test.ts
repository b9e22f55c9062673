import { expect, test } from 'vitest'

import { leastLast } from '../../../src/fit/paginate.ts'
import { flowRows } from '../../../src/fit/row-flow.ts'
import type { MeasuredRow } from '../../../src/fit/row-laying.ts'
import { numbersFrom } from '../../support/random-ladder.ts'

/** A row whose columns hold so many statements of 10 each; 5 stand around it. */
function row(...columns: number[]): MeasuredRow {
  return {
    height: 5 + Math.max(...columns) * 10,
    around: 5,
    least: 8,
    cells: columns.map((statements, column) => ({
      column,
      statements,
      height: (from, to) => (to - from) * 10,
    })),
  }
}

const sheets = (rows: readonly MeasuredRow[], room: number, leastFull?: number) => {
  const flowed = flowRows(rows, { first: room, further: room }, leastFull)
  if ('tooHigh' in flowed) return flowed
  return flowed.sheets.map((placed) =>
    placed.map(({ cut }) =>
      cut.parts === null
        ? `${cut.row}`
        : `${cut.row}:${Object.values(cut.parts)
            .map(([from, to]) => `${from}-${to}`)
            .join(' ')}`,
    ),
  )
}

test('rows stay whole, and each sheet takes as many as it can', () => {
  expect(sheets([row(3), row(3), row(4)], 70)).toEqual([['0', '1'], ['2']])
})

test('a row higher than a sheet is divided, each cell where its own statements end, and the next follows it', () => {
  expect(sheets([row(8, 3), row(4)], 55)).toEqual([['0:0-4 0-3'], ['0:4-8 3-3'], ['1']])
  expect(sheets([row(12), row(4)], 105)).toEqual([['0:0-8'], ['0:8-12', '1']])
})

test('of a cell of several heads, sheets are rather filled unevenly than parted below one of them', () => {
  const headed = (heads: readonly number[]): MeasuredRow => {
    const { cells, ...around } = row(12)
    return { ...around, cells: cells.map((cell) => ({ ...cell, hasHead: (at) => heads.includes(at) })) }
  }
  expect(sheets([row(12)], 105)).toEqual([['0:0-6'], ['0:6-12']])
  expect(sheets([headed([0, 4, 8])], 105)).toEqual([['0:0-8'], ['0:8-12']])
  expect(sheets([headed([0, 11])], 105)).toEqual([['0:0-6'], ['0:6-12']])
})

test('a row that would be whole is divided too where that saves a sheet', () => {
  expect(sheets([row(6), row(6), row(6)], 105)).toEqual([
    ['0', '1:0-3'],
    ['1:3-6', '2'],
  ])
})

test('no row is divided to save a sheet where sheets of whole rows are as full as is asked', () => {
  expect(sheets([row(6), row(6), row(6)], 105, 0.6)).toEqual([['0'], ['1'], ['2']])
  expect(sheets([row(5), row(5), row(5)], 105, 0.6)).toEqual([
    ['0', '1:0-3'],
    ['1:3-5', '2'],
  ])
  // But where one of them would be nearly empty.
  expect(sheets([row(6), row(9), row(1)], 105, 0.6)).toEqual([
    ['0', '1:0-2'],
    ['1:2-9', '2'],
  ])
})

test('a row that stands in a group begins a sheet with the name of the group', () => {
  const flowed = flowRows([row(3), { ...row(3), within: 8 }, { ...row(1), within: 8 }], {
    first: 60,
    further: 60,
  })
  expect('sheets' in flowed && flowed.sheets.map((placed) => placed.map(({ height }) => height))).toEqual([
    [35],
    [43, 15],
  ])
})

test('rows are as low on further sheets as their columns are wider there', () => {
  const one = { ...row(4), further: row(2) }
  expect(sheets([one, one, one, one, one], 100)).toEqual([
    ['0', '1'],
    ['2', '3', '4'],
  ])
})

test('it is divided where hardly a statement has room, only where nothing else saves that sheet', () => {
  expect(sheets([row(8), row(8), row(2)], 105)).toEqual([
    ['0', '1:0-1'],
    ['1:1-8', '2'],
  ])
  expect(sheets([row(8), row(8)], 105)).toEqual([['0'], ['1']])
})

test('a row is divided for less than a third of a sheet only where nothing else is as good', () => {
  const goesOn = { ...row(8), again: 10 }
  expect(sheets([row(6), row(6, 12), goesOn], 95)).toEqual([['0'], ['1:0-6 0-9'], ['1:6-6 9-12'], ['2']])
})

test('two statements of a row that is divided stand at the foot of a sheet, or all there are', () => {
  expect(sheets([row(2), row(9)], 55)).toEqual([['0', '1:0-2'], ['1:2-6'], ['1:6-9']])
})

test('several sheets are about equally full', () => {
  expect(sheets([row(3), row(3), row(1)], 75)).toEqual([['0'], ['1', '2']])
  expect(sheets([row(11)], 105)).toEqual([['0:0-6'], ['0:6-11']])
})

test('what cannot be divided is named with its excess', () => {
  const tall: MeasuredRow = {
    height: 205,
    around: 5,
    least: 8,
    cells: [{ column: 2, statements: 1, height: () => 200 }],
  }
  expect(sheets([row(1), tall], 100)).toEqual({
    tooHigh: { row: 1, at: { column: 2, statement: 0 }, excess: 105 },
  })
  expect(sheets([{ ...row(1), height: 130, least: 120 }], 100)).toEqual({ tooHigh: { row: 0, excess: 25 } })
})

test('a row that goes on from the one before takes more room where it begins a sheet: its head is repeated', () => {
  const goesOn = { ...row(4), again: 10 }
  expect(sheets([row(3), goesOn], 80)).toEqual([['0', '1']])
  // The two stay together where they can.
  expect(sheets([row(3), row(2), goesOn], 80)).toEqual([['0'], ['1', '2']])
  expect(sheets([row(5), goesOn], 60)).toEqual([['0'], ['1']])
  // Where no sheet has room for both, the first stays where it is.
  expect(sheets([row(10), { ...row(3), again: 10 }, { ...row(6), again: 10 }], 95)).toEqual([
    ['0:0-7'],
    ['0:7-10', '1'],
    ['2'],
  ])
  // It is divided where it has no room together with that head.
  expect(sheets([row(5), { ...row(9), again: 10 }], 95, 0.6)).toEqual([['0', '1:0-2'], ['1:2-9']])
  expect(sheets([row(2), { ...row(9), again: 10 }], 100)).toEqual([['0', '1:0-4'], ['1:4-9']])
})

test('a first sheet with less room takes what fits it', () => {
  const flowed = flowRows([row(2), row(4)], { first: 40, further: 100 })
  expect('sheets' in flowed && flowed.sheets.map((placed) => placed.map(({ cut }) => cut.row))).toEqual([
    [0],
    [1],
  ])
})

test('what goes on from a row begins on its sheet, with one statement at least, where that takes no sheet more', () => {
  const after = { ...row(3), again: 10 }
  expect(sheets([row(4), row(2), after], 90)).toEqual([['0'], ['1', '2']])
  expect(sheets([row(4), row(2), after, row(3)], 90)).toEqual([
    ['0', '1', '2:0-1'],
    ['2:1-3', '3'],
  ])
})

test('a last sheet under a third full gets statements of the divided row before it; the sheets before that stay', () => {
  // The first sheet is full of a row that stays whole, and cannot be lower.
  expect(sheets([row(9), row(11)], 105)).toEqual([['0'], ['1:0-6'], ['1:6-11']])
  // A row that is whole stays so.
  expect(sheets([row(9), row(1)], 105, 0.6)).toEqual([['0'], ['1']])
})

test('the head of a row that goes on takes less room where it says less', () => {
  const summarized = { ...row(12), least: 90 }
  expect(sheets([summarized, row(6)], 105)).toHaveLength(3)
  expect(sheets([{ ...summarized, leastOn: 10 }, row(6)], 105)).toEqual([['0:0-9'], ['0:9-12', '1']])
})

test('what is said of a row stands around its beginning alone', () => {
  const about = { ...row(14), around: 45, height: 185 }
  expect(sheets([about], 105)).toHaveLength(3)
  expect(sheets([{ ...about, aroundOn: 5 }], 105)).toEqual([['0:0-5'], ['0:5-14']])
})

test('whatever the rows, of those higher than a sheet none leaves a last sheet under a third full', () => {
  for (let seed = 0; seed < 150; seed += 1) {
    const next = numbersFrom(seed)
    const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
    const rows = Array.from({ length: between(1, 6) }, (): MeasuredRow => {
      const cells = Array.from({ length: between(1, 5) }, (_, column) => {
        // One of them at least is higher than a sheet.
        const heights = Array.from({ length: column === 0 ? between(40, 90) : between(0, 90) }, () =>
          between(15, 70),
        )
        const height = (from: number, to: number) =>
          heights.slice(from, to).reduce((sum, one) => sum + one, 0)
        return { column, statements: heights.length, height }
      })
      const least = between(20, 300)
      const highest = Math.max(least, ...cells.map((cell) => cell.height(0, cell.statements)))
      return { height: 22 + highest, around: 22, least, leastOn: 20, cells }
    })
    const rooms = { first: between(550, 600), further: 600 }
    const flowed = flowRows(rows, rooms, 0.6)
    if ('tooHigh' in flowed) throw new Error(`seed ${seed}: too high`)
    const last = flowed.sheets.at(-1) ?? []
    const used = last.reduce((sum, { height }) => sum + height, 0)
    expect(used, `seed ${seed}`).toBeGreaterThanOrEqual(rooms.further * leastLast)
    // Everything is said once, in its order.
    const said = flowed.sheets.flat()
    for (const [index, { cells }] of rows.entries()) {
      for (const { column, statements } of cells) {
        const parts = said.flatMap(({ cut }) =>
          cut.row === index ? [cut.parts?.[column] ?? [0, statements]] : [],
        )
        expect([parts[0]?.[0], ...parts.map(([, to]) => to)], `seed ${seed}`).toEqual([
          0,
          ...parts.slice(1).map(([from]) => from),
          statements,
        ])
      }
    }
  }
})
