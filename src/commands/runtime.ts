import { setFlagsFromString } from 'node:v8'

/** From this many documents on, optimized code pays for itself within a build. */
const long = 100
/** From this many on, memory counts more than time. */
const large = 300

/**
 * Turns V8's optimizing compilers off, which take a quarter of a second of two processors: an ordinary build, or
 * anything shorter, is over before that pays, and the browser needs the processors.
 */
export function runShortly(): void {
  setFlagsFromString('--no-opt')
  setFlagsFromString('--no-optimize-for-size')
}

/** Turns the optimizing compilers on again, as in other programs. */
export function runLong(): void {
  setFlagsFromString('--opt')
}

/** Sets V8 up for a build of this many documents. */
export function runFor(documents: number): void {
  if (documents > long) runLong()
  // Else the heap grows with what was thrown away: to twice as much, for a tenth of the time.
  if (documents > large) setFlagsFromString('--optimize-for-size')
}
