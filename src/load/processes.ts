import { createHash } from 'node:crypto'
import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * What names this process beyond this machine, in 9 to 16 characters: eight digits for where its id counts, a dash, the
 * id. Containers that share a folder have ids of their own each.
 */
export function processMark(): string {
  place ??= createHash('sha256').update(`${hostname()} ${idSpace()}`).digest('hex').slice(0, 8)
  return `${place}-${process.pid}`
}

let place: string | undefined

/** Containers may share the name of a machine and still count processes each on its own. */
function idSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    // Only Linux has such spaces.
    return ''
  }
}

/** A mark at the beginning of a text; what follows begins with `-`, a blank or a line end. */
export const markPattern = '([0-9a-f]{8})-(\\d{1,10})(?=[-\\s]|$)'

/**
 * What has become of the process that left a mark.
 *
 * @returns `elsewhere` where its id counts on another machine or in another container, of which nothing is known
 */
export function stateOfProcess(mark: string): 'running' | 'ended' | 'elsewhere' {
  const [, where, pid] = new RegExp(`^${markPattern}`).exec(mark) ?? []
  if (where === undefined || !processMark().startsWith(`${where}-`)) return 'elsewhere'
  try {
    process.kill(Number(pid), 0)
    return 'running'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH' ? 'ended' : 'running'
  }
}
