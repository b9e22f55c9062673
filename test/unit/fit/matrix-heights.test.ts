import { expect, test } from 'vitest'

import type { Box } from '../../../src/fit/boxes.ts'
import { highestCell, measuredRows } from '../../../src/fit/matrix-heights.ts'
import type { MatrixColumn, MatrixContent, MatrixRow } from '../../../src/render/documents/matrix-content.ts'
import { bareCell, type CellView, type StatementView } from '../../../src/render/statement-view.ts'

const statement = (ref: string): StatementView => ({
  ref,
  prose: [],
  examples: [],
  isNew: false,
  isOptional: false,
})

function cellOf(ref: string, statements: number): CellView {
  const all = Array.from({ length: statements }, (_, at) => statement(`${ref}/${at}`))
  return { ...bareCell(ref, null), statements: all, polarities: all.map(() => null), own: statements }
}

/** A matrix of levels `l0`, `l1` … whose rows have so many statements in each cell; null: a level without cells. */
function matrixOf(
  rows: readonly (readonly (number | null)[])[],
  more: readonly Partial<MatrixRow>[] = [],
): MatrixContent {
  const columns = (rows[0] ?? []).map((cell, at): MatrixColumn => ({
    kind: cell === null ? 'stub' : 'cells',
    heads: [{ id: `l${at}`, title: `L${at}`, draft: null, dashed: false, standing: [], summary: null }],
    note: null,
    noteRef: null,
    words: 10,
  }))
  return {
    id: 'matrix',
    track: { id: 't', name: 'Track', mark: { path: '', accent: 'accent-1', filled: true } },
    ladder: 'Ladder',
    draft: null,
    columns,
    rows: rows.map((cells, at) => ({
      key: `d${at}`,
      name: `D${at}`,
      summary: null,
      group: null,
      every: [],
      cells: cells.map((count, column) => (count === null ? null : cellOf(`l${column}/d${at}`, count))),
      ...more[at],
    })),
    foot: 'Foot',
  }
}

/** Boxes by their heights, one below the other where a height stands in a list. */
function boxesOf(heights: Readonly<Record<string, number | readonly number[]>>): Record<string, Box> {
  const boxes: Record<string, Box> = {}
  for (const [key, height] of Object.entries(heights)) {
    if (typeof height === 'number') boxes[key] = [0, height, 0, 100]
    else {
      let top = 0
      for (const [at, own] of height.entries()) {
        boxes[`${key}/${at}`] = [top, top + own, 0, 100]
        top += own
      }
      boxes[key] = [0, top, 0, 100]
    }
  }
  return boxes
}

const table = { galley: 'g', columns: [0, 1] }

test('a row is as high as its box, and a part of a cell as what stands in it', () => {
  const boxes = boxesOf({ 'g/r0': 70, 'g/r0/name': 20, 'g/r0/c0': [10, 20, 30], 'g/r0/c1': [15] })
  const [row] = measuredRows(matrixOf([[3, 1]]), boxes, table, 1)
  expect(row).toMatchObject({ height: 70, around: 10, least: 20 })
  const [first, second] = row?.cells ?? []
  expect([first?.height(0, 3), first?.height(0, 1), first?.height(1, 3)]).toEqual([60, 10, 50])
  expect(second?.height(0, 1)).toBe(15)
})

test('what is asked at every level stands with what begins each cell that it stands over, and with no other part', () => {
  const boxes = boxesOf({ 'g/r0': 40, 'g/r0/every': 25, 'g/r0/name': 10, 'g/r0/c0': [10, 20], 'g/r0/c1': 0 })
  const [row] = measuredRows(matrixOf([[2, null]]), boxes, table, 1)
  expect(row).toMatchObject({ height: 65, around: 10 })
  expect(row?.cells).toHaveLength(1)
  const [cell] = row?.cells ?? []
  expect([cell?.height(0, 1), cell?.height(1, 2)]).toEqual([35, 20])
})

test('a row that stands in a group needs the name of the group where it begins a sheet', () => {
  const group = { name: 'Group', summary: null }
  const content = matrixOf([[1], [1], [1]], [{ group }, { within: 'Group' }, {}])
  const boxes = boxesOf({
    'g/r0/group': 12,
    ...Object.fromEntries([0, 1, 2].flatMap((row) => [[`g/r${row}/c0`, [10]]])),
  })
  const rows = measuredRows(content, boxes, { galley: 'g', columns: [0] }, 1)
  expect(rows.map(({ within }) => within !== undefined && within > 12)).toEqual([false, true, false])
})

test('of statements in text columns all take what they take, and a part no less than its share', () => {
  const content = matrixOf([[4]])
  const boxes = boxesOf({ 'g/r0': 60, 'g/r0/name': 10, 'g/r0/c0': [40, 40, 40, 40] })
  boxes['g/r0/c0'] = [0, 80, 0, 100]
  const [row] = measuredRows(content, boxes, { galley: 'g', columns: [0] }, 2)
  const [cell] = row?.cells ?? []
  expect(cell?.height(0, 4)).toBe(80)
  // Two of them stand side by side at best; how the browser shares them is not known.
  expect(cell?.height(0, 2)).toBeGreaterThanOrEqual(40)
  expect(cell?.height(0, 2)).toBeGreaterThan(cell?.height(0, 1) ?? 0)
})

test('the highest cell of a row is named, of those that have statements', () => {
  const content = matrixOf([
    [1, 2],
    [0, 0],
  ])
  const boxes = boxesOf({ 'g/r0/c0': 30, 'g/r0/c1': 50, 'g/r1/c0': 10, 'g/r1/c1': 10 })
  expect(highestCell(content, boxes, table, 0)).toEqual({ ref: 'l1/d0', used: 50, free: 0 })
  expect(highestCell(content, boxes, table, 1)).toBeUndefined()
})

test('a cell that is lower than the name of its dimension grows beside it', () => {
  const boxes = boxesOf({ 'g/r0/c0': 30, 'g/r0/c1': 50, 'g/r0/name': 120 })
  expect(highestCell(matrixOf([[1, 2]]), boxes, table, 0)).toEqual({ ref: 'l1/d0', used: 50, free: 70 })
})

test('the head of a part that does not begin its row is as low as it is without what the dimension is about', () => {
  const boxes = {
    ...boxesOf({ 'g/r0': 300, 'g/r0/name': 220, 'g/r0/c0': [40, 40] }),
    'g/r0/summary': [20, 220, 0, 30] as const,
  }
  const [row] = measuredRows(matrixOf([[2]]), boxes, { galley: 'g', columns: [0] }, 1)
  expect(row?.least).toBe(220)
  // “Continued” may stand on a line of its own.
  expect(row?.leastOn).toBeGreaterThan(20)
  expect(row?.leastOn).toBeLessThan(60)
  const [bare] = measuredRows(
    matrixOf([[2]]),
    boxesOf({ 'g/r0': 300, 'g/r0/name': 30, 'g/r0/c0': [40, 40] }),
    { galley: 'g', columns: [0] },
    1,
  )
  expect(bare?.leastOn).toBeUndefined()
})

test('a part of a cell that goes on below a label has room for that label, which stands over it again', () => {
  const content = matrixOf([[4]])
  const cell = content.rows[0]?.cells[0]
  if (!cell) throw new Error('no cell')
  const polarities = ['Like', 'Like', 'Unlike', 'Unlike']
  const labelled = { ...cell, polarities }
  const rows = content.rows.map((row) => ({ ...row, cells: [labelled] }))
  const boxes = { ...boxesOf({ 'g/r0': 130, 'g/r0/name': 10 }) }
  const at = (top: number, bottom: number): Box => [top, bottom, 0, 100]
  // A label of 20 stands over the first and over the third.
  Object.assign(boxes, {
    'g/r0/c0': at(0, 80),
    'g/r0/c0/0': at(20, 30),
    'g/r0/c0/1': at(30, 40),
    'g/r0/c0/2': at(60, 70),
    'g/r0/c0/3': at(70, 80),
  })
  const [row] = measuredRows({ ...content, rows }, boxes, { galley: 'g', columns: [0] }, 1)
  const height = (from: number, to: number) => row?.cells[0]?.height(from, to)
  expect([height(0, 1), height(0, 4), height(1, 2), height(2, 4), height(3, 4)]).toEqual([30, 80, 30, 40, 30])
})
