import { setFlagsFromString } from 'node:v8'

/** From so many documents on, what is optimised pays for itself within a build. */
const long = 100
/** From so many on, memory counts more than time. */
const large = 300

/**
 * Spares the processors what only long runs gain by; the browser needs them. Compiling for speed takes V8 a quarter of a
 * second of two processors. Its collector would begin to mark a heap that is never full, and sets several threads to
 * collect what one collects in a millisecond.
 */
export function runShortly(): void {
  setFlags('--no-opt', '--no-optimize-for-size', '--no-incremental-marking', '--no-parallel-scavenge')
}

/** Has V8 compile for speed and collect beside the work, as it does for other programs. */
export function runLong(): void {
  setFlags('--opt', '--incremental-marking', '--parallel-scavenge')
}

/** Has V8 do what suits a build of so many documents. */
export function runFor(documents: number): void {
  if (documents > long) runLong()
  // Else the heap grows with what was thrown away: to twice as much, for a tenth of the time.
  if (documents > large) setFlags('--optimize-for-size')
}

function setFlags(...flags: readonly string[]): void {
  for (const flag of flags) setFlagsFromString(flag)
}
