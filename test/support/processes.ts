import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'

/**
 * Process ids of running browsers whose profile lies in a folder. Processes that have ended and wait for their parent
 * to ask for their exit code have no command line. Empty where there is no /proc.
 */
export async function browsersIn(folder: string): Promise<number[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    ids.map(async (id) => {
      const line = await readFile(`/proc/${id}/cmdline`, 'latin1').catch(() => '')
      return line.includes(`--user-data-dir=${folder}/`) ? [Number(id)] : []
    }),
  )
  return found.flat()
}

/** Names of the profiles of a process’s browsers, where that has no temporary folder of its own. */
export async function profilesOf(id: number | undefined): Promise<string[]> {
  return (await readdir(tmpdir())).filter(
    (name) => name.startsWith('ladderpress-profile-') && name.includes(`-${id}-`),
  )
}

/** Waits until something holds, at most for so many ms, and says whether it did. */
export async function holdsWithin(most: number, condition: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + most; ;) {
    if (await condition()) return true
    if (Date.now() > end) return false
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
