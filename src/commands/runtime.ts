import { setFlagsFromString } from 'node:v8'

/** From so many documents on, what is optimised pays for itself within a build. */
const long = 100
/** From so many on, memory counts more than time. */
const large = 300

/**
 * Has V8 compile no code for speed, which takes it a quarter of a second of two processors: a usual build and everything
 * shorter is over before that pays, and the browser has need of them.
 */
export function runShortly(): void {
  setFlagsFromString('--no-opt')
  setFlagsFromString('--no-optimize-for-size')
}

/** Has V8 compile for speed, as it does for other programs. */
export function runLong(): void {
  setFlagsFromString('--opt')
}

/** Has V8 do what suits a build of so many documents. */
export function runFor(documents: number): void {
  if (documents > long) runLong()
  // Else the heap grows with what was thrown away: to twice as much, for a tenth of the time.
  if (documents > large) setFlagsFromString('--optimize-for-size')
}
