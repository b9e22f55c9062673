import type { BuildProgress } from '../build/options.ts'
import type { Terminal } from './terminal.ts'

/** Where a build has got to, for people who wait for it. */
export interface ProgressLine {
  readonly show: (progress: BuildProgress) => void
  /** Takes the line away again, where it would stand in the way. */
  readonly clear: () => void
}

/** One line that is written over and over on a terminal; one line for each document elsewhere. */
export function progressLine({ stderr }: Terminal): ProgressLine {
  const started = performance.now()
  let isShown = false
  return {
    show({ done, total, id, share }) {
      if (stderr.isTTY !== true) {
        stderr.write(`${id}\n`)
        return
      }
      const left = timeLeft(performance.now() - started, share)
      const count = `${String(done).padStart(String(total).length)} of ${total}`
      const line = `${count}${left === null ? '' : `  ${left}`}  ${id}`
      stderr.write(`\r\u001b[K${cutTo(line, stderr.columns)}`)
      isShown = true
    },
    clear() {
      if (isShown) stderr.write('\r\u001b[K')
      isShown = false
    },
  }
}

/**
 * A line that wraps cannot be taken away again: only its last row would be. Some terminals say that they have no
 * columns.
 */
function cutTo(line: string, columns = 0): string {
  return columns < 2 || line.length < columns ? line : `${line.slice(0, columns - 2)}…`
}

/** In ms. Shorter work needs no estimate, and so little of it says nothing about the rest. */
const worthTelling = 3_000

/**
 * How long work will still take if it goes on as it went: “about 40 s left”.
 *
 * @param elapsed in ms
 * @param share how much of it is done, 0 to 1
 * @returns null where that cannot be told yet, or it is nearly done
 */
export function timeLeft(elapsed: number, share: number): string | null {
  if (share <= 0 || elapsed < worthTelling) return null
  const left = (elapsed * (1 - share)) / share
  if (left < worthTelling) return null
  const seconds = Math.ceil(left / 5_000) * 5
  return seconds <= 90 ? `about ${seconds} s left` : `about ${Math.ceil(seconds / 60)} min left`
}
