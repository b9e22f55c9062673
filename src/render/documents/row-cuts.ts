/** A row, or the part of each of its cells that stands on this sheet (by column index; inclusive, exclusive). */
export interface RowCut {
  readonly row: number
  readonly parts: Readonly<Record<number, readonly [from: number, to: number]>> | null
}

/** Whether a row begins on this sheet: no cell goes on from one before. */
export function startsIn({ parts }: Pick<RowCut, 'parts'>): boolean {
  return !parts || Object.values(parts).every(([from]) => from === 0)
}

/** Whether a part of a divided row has statements of a column. */
export function hasPartOf(cuts: readonly RowCut[], row: number, column: number): boolean {
  return cuts.some((cut) => {
    const [from, to] = cut.parts?.[column] ?? [0, 0]
    return cut.row === row && to > from
  })
}
