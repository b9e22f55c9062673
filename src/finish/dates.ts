/**
 * Chromium writes the time of printing into each PDF; the same ladder must give the same bytes on any day. Both dates
 * have a fixed width, so they are overwritten in place: by the day from which the edition counts, or by blanks.
 *
 * @param day YYYY-MM-DD
 */
export function settleDates(pdf: Buffer, day: string | undefined): Buffer {
  const settled = Buffer.from(pdf)
  const text = settled.toString('latin1')
  for (const match of text.matchAll(/\/(CreationDate|ModDate) \(D:\d{14}[+-]\d\d'\d\d'\)/g)) {
    const entry = day === undefined ? '' : `/${match[1]} (D:${day.replaceAll('-', '')}000000+00'00')`
    settled.write(entry.padEnd(match[0].length), match.index, 'latin1')
  }
  return settled
}
