import { existsSync, mkdirSync, readdirSync, type Dirent } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Everything that lies in a folder, at any depth. Links are not followed: they may lead round in a circle, and there Node’s
 * own way (`recursive`) does not come to an end (seen with 22.23 and 24.21).
 *
 * @throws what the system says of the first folder that cannot be read
 */
export function entriesBelow(folder: string): Dirent[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.flatMap((entry) =>
    entry.isDirectory() ? [entry, ...entriesBelow(join(folder, entry.name))] : [entry],
  )
}

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
