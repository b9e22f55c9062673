import { PdfSyntaxError } from './syntax.ts'

/** What bytes were before a predictor made them pack better (ISO 32000-1, § 7.4.4.4). */
export interface Prediction {
  readonly predictor: number
  readonly colors: number
  readonly bitsPerComponent: number
  readonly columns: number
}

/** Undoes the predictors of PNG, which name a filter for each row (PNG, § 9.2), and of TIFF, for whole bytes. */
export function unpredicted(
  bytes: Buffer,
  { predictor, colors, bitsPerComponent, columns }: Prediction,
): Buffer {
  if (predictor <= 1) return bytes
  const width = Math.max(1, Math.ceil((colors * bitsPerComponent) / 8))
  const length = Math.ceil((colors * bitsPerComponent * columns) / 8)
  const tagged = predictor >= 10 ? 1 : 0
  if (!(length > 0) || (tagged === 0 && (predictor !== 2 || bitsPerComponent !== 8)))
    throw new PdfSyntaxError('a part of it is packed in a way that is not known')
  const rows = Math.ceil(bytes.length / (length + tagged))
  const plain = Buffer.alloc(rows * length)
  let end = 0
  for (let row = 0; row < rows; row += 1) {
    const from = row * (length + tagged)
    const filter = tagged === 1 ? (bytes[from] ?? 0) : 1
    const to = row * length
    for (let at = 0; at < length && from + tagged + at < bytes.length; at += 1) {
      const left = at < width ? 0 : (plain[to + at - width] ?? 0)
      const above = row === 0 ? 0 : (plain[to + at - length] ?? 0)
      const corner = row === 0 || at < width ? 0 : (plain[to + at - length - width] ?? 0)
      plain[to + at] = (bytes[from + tagged + at] ?? 0) + guess(filter, left, above, corner)
      end = to + at + 1
    }
  }
  return plain.subarray(0, end)
}

function guess(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0
  if (filter === 1) return left
  if (filter === 2) return above
  if (filter === 3) return (left + above) >> 1
  const [toLeft, toAbove] = [Math.abs(above - corner), Math.abs(left - corner)]
  const toCorner = Math.abs(left + above - 2 * corner)
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}
