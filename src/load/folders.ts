import { existsSync, mkdirSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it that are missing, one by one: where the system makes none, as in /proc, Node’s own
 * way (`recursive`) tries for ever.
 *
 * @param path absolute
 * @returns those that were made, the uppermost first
 * @throws what the system says of the first that cannot be made
 */
export async function makeFolders(path: string, mode?: number): Promise<string[]> {
  const missing: string[] = []
  for (let folder = path; !(await isThere(folder)); folder = dirname(folder)) {
    missing.unshift(folder)
    if (folder === dirname(folder)) break
  }
  const made: string[] = []
  for (const folder of missing) {
    try {
      await mkdir(folder, mode === undefined ? {} : { mode })
      made.push(folder)
    } catch (error) {
      // Another process has made it at this moment.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return made
}

/** The same without waiting, for the beginning of the program. */
export function makeFoldersNow(path: string, mode: number): void {
  if (existsSync(path)) return
  makeFoldersNow(dirname(path), mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
