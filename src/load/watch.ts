import { statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'

import { watch, type FSWatcher } from 'chokidar'

import { isInside } from './files.ts'

/** Files and folders that are watched. */
export interface Watch {
  /**
   * Watches these as well.
   *
   * @param paths absolute, of files and folders, whether or not they are there
   * @param since when they were looked at, in ms: what has changed after that and before it is watched counts too
   */
  follow(paths: readonly string[], since: number): void
  close(): Promise<void>
}

/** Editors save in several steps, and several files at once. In ms. A step that comes later ends the work on those before. */
const burst = 12
/** Clocks of file systems tick less often than ours. In ms. */
const tick = 10

/**
 * Tells when something of what is watched has changed: once for a burst of changes. Folders are watched for what lies in
 * them, at any depth; files by the folders that they lie in, because editors put new files into their places, and because
 * what is not there may appear.
 */
export function watchPaths(changed: () => void): Watch {
  const wanted = new Set<string>()
  const watchers = new Set<FSWatcher>()
  let opening = Promise.resolve()
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  const touch = () => {
    clearTimeout(timer)
    if (!isClosed) timer = setTimeout(changed, burst)
  }
  const isMeant = (path: string) => wanted.has(path) || [...wanted].some((folder) => isInside(folder, path))

  const reopen = async (since: number) => {
    if (isClosed) return
    const roots = [...new Set([...wanted].map(nearestFolder))]
    const next = watch(roots, {
      ignoreInitial: true,
      ignorePermissionErrors: true,
      ignored: (path) =>
        !roots.includes(path) && !isMeant(path) && ![...wanted].some((file) => isInside(path, file)),
    })
    next.on('all', (_, path) => {
      if (isMeant(path)) touch()
    })
    // A folder that can no longer be watched is noticed by what is missing from it.
    next.on('error', touch)
    const before = [...watchers]
    watchers.add(next)
    await new Promise<void>((ready) => next.on('ready', () => ready()))
    // Those before watch until now, so that nothing is missed between them.
    for (const watcher of before) watchers.delete(watcher)
    await Promise.all(before.map((watcher) => watcher.close()))
    const times = await Promise.all(
      [...wanted].map((path) =>
        stat(path).then(
          ({ ctimeMs }) => ctimeMs,
          () => 0,
        ),
      ),
    )
    if (times.some((time) => time > since - tick)) touch()
  }

  return {
    follow(paths, since) {
      const added = paths.filter((path) => !wanted.has(path))
      if (added.length === 0) return
      for (const path of added) wanted.add(path)
      opening = opening.then(() => reopen(since)).catch(() => undefined)
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      // One that is not ready yet may never be.
      await Promise.all([...watchers].map((watcher) => watcher.close()))
    },
  }
}

/** The folder that a path lies in or, where that is missing, the first above it. */
function nearestFolder(path: string): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder
    if (folder === dirname(folder)) return folder
  }
}
