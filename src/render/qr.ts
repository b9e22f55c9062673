import { encode } from 'uqr'

/** A code that cameras read, in modules; no white is reckoned around it. */
export interface QrCode {
  readonly size: number
  readonly path: string
}

/** The code that leads to where the newest edition is, if press.yaml says where. */
export function qrOf(address: string | undefined): QrCode | null {
  if (address === undefined) return null
  // A quarter of it may be covered or creased: paper is.
  const { size, data } = encode(address, { ecc: 'Q', border: 0 })
  const path = data.map((row, y) =>
    runsOf(row)
      .map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)
      .join(''),
  )
  return { size, path: path.join('') }
}

/** Where dark modules begin in a row, and how many there are. */
function runsOf(row: readonly boolean[]): [from: number, length: number][] {
  const runs: [number, number][] = []
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1)
    if (!isDark) continue
    if (last && last[0] + last[1] === x) last[1] += 1
    else runs.push([x, 1])
  }
  return runs
}
