import { lstatSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

import { makeFoldersNow } from './folders.ts'

/**
 * The folder for caches that the environment names; a relative one counts as none.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/ (§ 2)
 */
export function namedCache({ XDG_CACHE_HOME: named = '' }: NodeJS.ProcessEnv): string | undefined {
  return isAbsolute(named) ? named : undefined
}

/**
 * The home of this user; undefined where there is none, as for a user number in a container that no list of users has.
 */
export function homeFolder(): string | undefined {
  try {
    const home = homedir()
    return isAbsolute(home) ? home : undefined
  } catch {
    return undefined
  }
}

/** The folder for caches of this user; undefined where there is none. */
export function cacheHome(env: NodeJS.ProcessEnv): string | undefined {
  const named = namedCache(env)
  if (named !== undefined) return named
  if (process.getuid?.() === 0) return '/var/cache'
  const home = homeFolder()
  return home === undefined ? undefined : join(home, '.cache')
}

/**
 * Makes sure of a folder that nobody else reads: makes it where there is none.
 *
 * @returns whether it is ours, and nobody else may write to it
 */
export function makePrivate(folder: string): boolean {
  try {
    makeFoldersNow(folder, 0o700)
    refuseWritableByOthers(folder)
    return true
  } catch {
    return false
  }
}

/**
 * A folder or file that somebody else owns or may write to could hold their program instead of ours.
 *
 * @throws if that is so, or if there is nothing; on Windows, whose permissions work differently, only if there is
 *   nothing
 */
export function refuseWritableByOthers(path: string): void {
  const found = lstatSync(path)
  const uid = process.getuid?.()
  if (uid === undefined) return
  if (found.isSymbolicLink() || found.uid !== uid || (found.mode & 0o022) !== 0) {
    throw new Error(`${path} belongs to somebody else or may be written to by others`)
  }
}
