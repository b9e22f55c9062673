import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'

/**
 * Names of the profiles of a process’s browsers. They are in the system’s temporary folder, or in /tmp if the path of that
 * is long, as it is when a test sets its own.
 */
export async function profilesOf(id: number | undefined): Promise<string[]> {
  const folders = new Set([tmpdir(), ...(process.platform === 'win32' ? [] : ['/tmp'])])
  const names = await Promise.all([...folders].map((folder) => readdir(folder)))
  return names.flat().filter((name) => profileOf(id).test(name))
}

/**
 * Ids of the browsers that a process has started and that still run. Processes that have ended and wait for their parent
 * to ask for their exit code have no command line. Empty where there is no /proc.
 */
export async function browsersOf(id: number | undefined): Promise<number[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    ids.map(async (browser) => {
      const line = await readFile(`/proc/${browser}/cmdline`, 'latin1').catch(() => '')
      return profileOf(id).test(line) ? [Number(browser)] : []
    }),
  )
  return found.flat()
}

function profileOf(id: number | undefined): RegExp {
  return new RegExp(`ladderpress-profile-[0-9a-f]{8}-${id}-`)
}

/** Waits until something holds, at most for so many ms, and says whether it did. */
export async function holdsWithin(most: number, condition: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + most; ;) {
    if (await condition()) return true
    if (Date.now() > end) return false
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
