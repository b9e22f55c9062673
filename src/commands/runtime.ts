import { setFlagsFromString } from 'node:v8'

/** From this many documents on, optimized code pays for itself within a build. */
const long = 100
/** From this many on, memory counts more than time. */
const large = 300

/**
 * Turns off what pays only in long runs: V8's optimizing compilers, which take a quarter of a second of two processors;
 * incremental marking, of a heap that is never full; and collecting the young generation in several threads, which takes
 * one of them a millisecond. The browser needs the processors.
 */
export function runShortly(): void {
  setFlags('--no-opt', '--no-optimize-for-size', '--no-incremental-marking', '--no-parallel-scavenge')
}

/** Turns the optimizing compilers and the whole collector on again, as in other programs. */
export function runLong(): void {
  setFlags('--opt', '--incremental-marking', '--parallel-scavenge')
}

/** Sets V8 up for a build of this many documents. */
export function runFor(documents: number): void {
  if (documents > long) runLong()
  // Else the heap grows with what was thrown away: to twice as much, for a tenth of the time.
  if (documents > large) setFlags('--optimize-for-size')
}

function setFlags(...flags: readonly string[]): void {
  for (const flag of flags) setFlagsFromString(flag)
}
