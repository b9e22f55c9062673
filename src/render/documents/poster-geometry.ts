/**
 * Where on its sheet a poster has its levels and its lines of text, as it was measured: plain data, which the manifest
 * keeps, so that the index can draw a poster that this build did not fit. Lengths in mm, from the top and from the side
 * where lines begin.
 */
export interface PosterGeometry {
  /** By the id of a level, what its rail has from its rung down: start, end, top, bottom. */
  readonly levels: Readonly<Record<string, string>>
  readonly text: readonly PosterText[]
  /** The smallest text of its levels in pt; not there where they have none. */
  readonly smallest?: number
}

/** All lines of text of one size. */
export interface PosterText {
  /** In mm, not in pt. */
  readonly size: number
  readonly bold: boolean
  /** Of each line, one after the other: start, end, top. */
  readonly lines: string
}

/** Numbers as a text: in the manifest they take a line together, not one each. */
export function writeNumbers(rows: readonly (readonly number[])[]): string {
  return rows.map((row) => row.join(' ')).join(' ')
}

/**
 * Reads what {@link writeNumbers} wrote.
 *
 * @param count how many numbers a row has
 */
export function readNumbers(text: string, count: number): number[][] {
  const numbers = text === '' ? [] : text.split(' ').map(Number)
  return Array.from({ length: Math.floor(numbers.length / count) }, (_, row) =>
    numbers.slice(row * count, (row + 1) * count),
  )
}
