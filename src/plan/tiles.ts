import { layDown, type PaperChoice, type Sheet } from './paper.ts'

/** A poster from sheets of an office printer: how they lie, and how large it becomes. Lengths in mm. */
export interface TilePlan {
  /** A single sheet, lying as in the poster. */
  readonly tile: Sheet
  readonly columns: number
  readonly rows: number
  /** The poster once it is put together. */
  readonly sheet: Sheet
}

/** Office printers leave about 5 mm of their paper white; marks and numbers stand there too. */
export const tileMargin = 6

/** How much of the poster is printed beyond a seam, so that no white shows where a cut is not exact. */
export const tileLap = 3

/** Room by which seams can move into the gutters of the poster. */
const slack = 9

/** How much smaller a poster may be than the paper that it replaces. */
const least = 0.92
const most = 1.05

/** Nobody would glue together more. */
const mostTiles = 64

/** The assembly plan has no room on less. */
const leastSide = 200

/**
 * The plan that takes the fewest sheets to give a poster of about the size of a paper; of two with as many, the one whose
 * poster is nearer to it. Its sheets lie all the same way.
 *
 * @returns the problem in words where no plan is any good
 */
export function planTiles(
  poster: Sheet,
  choice: PaperChoice,
): TilePlan | { readonly problem: string; readonly hint: string } {
  if (Math.min(choice.width, choice.height) < leastSide) return tooSmall(poster, choice)
  const ways = (['portrait', 'landscape'] as const).filter(
    (way) => choice.orientation === undefined || choice.orientation === way,
  )
  const plans = ways.flatMap((way) => {
    const tile = layDown(choice, way)
    const [columns, rows] = [countFor(tile.width, poster.width), countFor(tile.height, poster.height)]
    if (columns * rows > mostTiles) return []
    const [width, height] = [
      lengthFor(tile.width, columns, poster.width),
      lengthFor(tile.height, rows, poster.height),
    ]
    const sheet: Sheet = {
      paper: `${width}x${height}mm`,
      width,
      height,
      orientation: width > height ? 'landscape' : 'portrait',
    }
    return [{ tile, columns, rows, sheet }]
  })
  const [best] = plans.toSorted(
    (a, b) =>
      a.columns * a.rows - b.columns * b.rows ||
      b.sheet.width * b.sheet.height - a.sheet.width * a.sheet.height,
  )
  if (!best) return tooSmall(poster, choice)
  if (best.columns * best.rows > 1) return best
  return {
    problem: `A poster of ${poster.paper} stands on one sheet of ${choice.name}`,
    hint: `Print it on that, without tiles: --paper poster=${choice.name} and no --tile; in a pack, paper: ${choice.name} and no tile`,
  }
}

function tooSmall(poster: Sheet, { name }: PaperChoice): { problem: string; hint: string } {
  return {
    problem: `${name} is too small to make a poster of ${poster.paper} from`,
    hint: 'Choose a larger paper: A3, A4, Tabloid or Letter',
  }
}

/** How much of a poster so many sheets can show in one direction. */
function reach(tile: number, count: number): number {
  return count * (tile - 2 * tileMargin) - (count - 1) * tileLap
}

function countFor(tile: number, wanted: number): number {
  let count = 1
  while (count <= mostTiles && lengthOf(tile, count) < wanted * least) count += 1
  return count
}

function lengthOf(tile: number, count: number): number {
  return reach(tile, count) - (count > 1 ? slack : 0)
}

function lengthFor(tile: number, count: number, wanted: number): number {
  return Math.floor(Math.min(lengthOf(tile, count), wanted * most))
}

/** A stretch of a poster that a seam should not cut, in mm from its left or top. */
export type Stretch = readonly [from: number, to: number]

/**
 * Where the seams between sheets run in one direction: through as few lines of text as can be, and else as evenly as can
 * be. Each sheet shows what lies between its seams, and the lap beyond the second.
 *
 * @param tile the length of a sheet
 * @param count how many there are
 * @param length of the poster
 * @param text the lines of text, by where they begin and end in this direction
 * @returns positions in mm, one fewer than sheets
 */
export function placeSeams(tile: number, count: number, length: number, text: readonly Stretch[]): number[] {
  if (count === 1) return []
  const shows = tile - 2 * tileMargin
  const crossed = crossings(length, text)
  const costOf = (at: number, seam: number) =>
    (crossed[at] ?? 0) + Math.abs(at / steps - (length * seam) / count) / 10_000
  /** The cheapest way to the nth seam at a place, and the place of the seam before. */
  let ways = new Map<number, { cost: number; seams: readonly number[] }>([[0, { cost: 0, seams: [] }]])
  for (let seam = 1; seam < count; seam += 1) {
    const next = new Map<number, { cost: number; seams: readonly number[] }>()
    // What is left must reach the end.
    const first = Math.ceil((length - (count - seam) * shows + (count - seam - 1) * tileLap) * steps)
    for (const [before, { cost, seams }] of ways) {
      const last = before + Math.floor((shows - tileLap) * steps)
      for (let at = Math.max(first, before + steps); at <= last; at += 1) {
        const sum = cost + costOf(at, seam)
        if (sum < (next.get(at)?.cost ?? Infinity)) next.set(at, { cost: sum, seams: [...seams, at / steps] })
      }
    }
    ways = next
  }
  const [best] = [...ways.values()].toSorted((a, b) => a.cost - b.cost)
  if (!best) throw new Error(`${count} sheets do not reach over ${length} mm`)
  return [...best.seams]
}

/** Seams are placed to half a millimetre. */
const steps = 2

/** How many lines of text a seam at each step would cut. */
function crossings(length: number, text: readonly Stretch[]): number[] {
  const changes = Array.from({ length: Math.ceil(length * steps) + 2 }, () => 0)
  for (const [from, to] of text) {
    const [first, last] = [Math.floor(from * steps) + 1, Math.ceil(to * steps)]
    if (last <= first || first < 0 || last >= changes.length) continue
    changes[first] = (changes[first] ?? 0) + 1
    changes[last] = (changes[last] ?? 0) - 1
  }
  let open = 0
  return changes.map((change) => (open += change))
}

/** Where the part of the poster that a sheet shows lies. */
export interface Tile {
  /** From 1, row by row from the top left. */
  readonly number: number
  readonly column: number
  readonly row: number
  /** What it shows, from the top left of the poster, laps not counted. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** How much it shows beyond its right and lower seam. */
  readonly lapRight: number
  readonly lapBelow: number
}

/** The sheets of a poster whose seams are known. */
export function tilesOf(
  { columns, rows, sheet }: TilePlan,
  seams: { readonly across: readonly number[]; readonly down: readonly number[] },
): Tile[] {
  const [xs, ys] = [
    [0, ...seams.across, sheet.width],
    [0, ...seams.down, sheet.height],
  ]
  return Array.from({ length: rows * columns }, (_, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)]
    const [left = 0, right = 0, top = 0, bottom = 0] = [xs[column], xs[column + 1], ys[row], ys[row + 1]]
    return {
      number: index + 1,
      column,
      row,
      left,
      top,
      width: right - left,
      height: bottom - top,
      lapRight: column < columns - 1 ? tileLap : 0,
      lapBelow: row < rows - 1 ? tileLap : 0,
    }
  })
}
