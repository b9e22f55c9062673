/**
 * Takes out of a PDF what belongs to the run and not to the ladder, so that the same ladder gives the same bytes. What
 * is overwritten keeps its width, so no offset changes.
 *
 * - Chromium writes the time of printing: it becomes the day from which the edition counts, or blanks.
 * - Cells of tables are known by numbers that go on counting as long as a page is used: they become their ranks.
 *
 * @param day YYYY-MM-DD
 */
export function settleRun(pdf: Buffer, day: string | undefined): Buffer {
  const settled = Buffer.from(pdf)
  const text = settled.toString('latin1')
  for (const match of text.matchAll(/\/(CreationDate|ModDate) \(D:\d{14}[+-]\d\d'\d\d'\)/g)) {
    const entry = day === undefined ? '' : `/${match[1]} (D:${day.replaceAll('-', '')}000000+00'00')`
    settled.write(entry.padEnd(match[0].length), match.index, 'latin1')
  }
  const ids = new Set([...text.matchAll(/\/ID \(node(\d{8})\)/g)].map(([, id = '']) => id))
  const ranks = new Map([...ids].sort().map((id, rank) => [id, `${rank + 1}`.padStart(8, '0')]))
  for (const { 1: id = '', index } of text.matchAll(/\(node(\d{8})\)/g)) {
    const rank = ranks.get(id)
    if (rank !== undefined) settled.write(rank, index + '(node'.length, 'latin1')
  }
  return settled
}
