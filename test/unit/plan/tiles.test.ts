import { describe, expect, test } from 'vitest'

import { layDown, parsePaper, type PaperChoice } from '../../../src/plan/paper.ts'
import { placeSeams, planTiles, tileLap, tileMargin, tilesOf } from '../../../src/plan/tiles.ts'

function paper(text: string): PaperChoice {
  const choice = parsePaper(text)
  if ('problem' in choice) throw new Error(choice.problem)
  return choice
}

const plan = (poster: string, tile: string) => planTiles(layDown(paper(poster), 'portrait'), paper(tile))

describe('a poster from smaller sheets', () => {
  test.each([
    ['A1', 'A4', '2 × 4', 'landscape'],
    ['A1', 'A3', '2 × 2', 'portrait'],
    ['A1:landscape', 'A4', '4 × 2', 'portrait'],
    ['A2', 'A4', '2 × 3', 'landscape'],
    ['ARCH D', 'Letter', '3 × 4', 'portrait'],
    ['A1', 'A4:portrait', '3 × 3', 'portrait'],
  ])('%s from %s takes %s, which lie %s', (poster, tile, counts, way) => {
    const made = plan(poster, tile)
    if ('problem' in made) throw new Error(made.problem)
    expect([`${made.columns} × ${made.rows}`, made.tile.orientation]).toEqual([counts, way])
    const wanted = layDown(paper(poster), 'portrait')
    for (const side of ['width', 'height'] as const) {
      expect(made.sheet[side] / wanted[side]).toBeGreaterThanOrEqual(0.92)
      expect(made.sheet[side] / wanted[side]).toBeLessThanOrEqual(1.05)
    }
    expect(made.sheet.orientation).toBe(wanted.orientation)
    const shows = (length: number, count: number) => count * (length - 2 * tileMargin) - (count - 1) * tileLap
    expect(shows(made.tile.width, made.columns)).toBeGreaterThanOrEqual(made.sheet.width)
    expect(shows(made.tile.height, made.rows)).toBeGreaterThanOrEqual(made.sheet.height)
  })

  test.each([
    ['A1', 'A5', 'A5 is too small to make a poster of A1 from'],
    ['3000x3000mm', 'A4', 'A4 is too small to make a poster of 3000x3000mm from'],
    ['A4', 'A3', 'A poster of A4 stands on one sheet of A3'],
  ])('%s from %s is none', (poster, tile, problem) => {
    expect(plan(poster, tile)).toMatchObject({ problem })
  })
})

describe('the seams between sheets', () => {
  const most = 210 - 2 * tileMargin - tileLap

  test('divide a poster evenly where nothing stands in their way', () => {
    expect(placeSeams(210, 1, 190, [])).toEqual([])
    expect(placeSeams(210, 2, 380, [])).toEqual([190])
    expect(placeSeams(210, 3, 540, [])).toEqual([180, 360])
  })

  test('cut as few lines of text as can be, each sheet showing no more than it has room for', () => {
    const lines = Array.from({ length: 52 }, (_, n) => [n * 10, n * 10 + 8] as const)
    const seams = placeSeams(210, 3, 520, [...lines, [160, 195], [330, 350]])
    expect(seams).toHaveLength(2)
    for (const seam of seams) {
      expect(
        [...lines, [160, 195] as const, [330, 350] as const].filter(([from, to]) => from < seam && seam < to),
      ).toEqual([])
    }
    const [first = 0, second = 0] = seams
    expect(Math.max(first, second - first)).toBeLessThanOrEqual(most)
    expect(520 - second).toBeLessThanOrEqual(210 - 2 * tileMargin)
  })

  test('go round a line of text that stands where they would divide a poster evenly', () => {
    // A seam may touch a line.
    expect(placeSeams(210, 2, 300, [[120, 185]])).toEqual([120])
  })

  test('leave room for the lap on the sheet before them', () => {
    // All that the first sheet can show with its lap is text, so none is spared.
    expect(placeSeams(210, 2, 380, [[180, most + 0.5]])).toEqual([190])
  })

  test('cannot make sheets larger than they are', () => {
    expect(() => placeSeams(210, 2, 500, [])).toThrow('2 sheets do not reach over 500 mm')
  })

  test('make sheets that show the whole poster, and a lap beyond each seam', () => {
    const made = plan('A1', 'A3')
    if ('problem' in made) throw new Error(made.problem)
    const { width, height } = made.sheet
    const tiles = tilesOf(made, { across: [180], down: [250] })
    expect(
      tiles.map((tile) => [
        tile.number,
        tile.left,
        tile.top,
        tile.width,
        tile.height,
        tile.lapRight,
        tile.lapBelow,
      ]),
    ).toEqual([
      [1, 0, 0, 180, 250, tileLap, tileLap],
      [2, 180, 0, width - 180, 250, 0, tileLap],
      [3, 0, 250, 180, height - 250, tileLap, 0],
      [4, 180, 250, width - 180, height - 250, 0, 0],
    ])
  })
})
