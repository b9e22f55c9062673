import { lstatSync, statSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

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
/** chokidar tells of one file once in 50 ms, of its removal once in 100, and of what happens in between never. In ms. */
const told = 120

/**
 * Tells when something of what is watched has changed: once for a burst of changes. Folders are watched for what lies in
 * them, at any depth; files by the folders that they lie in, because editors put new files into their places, and because
 * what is not there may appear.
 */
export function watchPaths(changed: () => void): Watch {
  const wanted = new Set<string>()
  const watchers = new Set<FSWatcher>()
  let opening = Promise.resolve()
  let opened = ''
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  let second: NodeJS.Timeout | undefined
  const touch = () => {
    clearTimeout(timer)
    if (!isClosed) timer = setTimeout(tell, burst)
  }
  const tell = () => {
    const since = Date.now()
    changed()
    // A folder that was moved away, or made anew in its place, is watched no longer.
    if (stateOf(rootsOf(wanted)) !== opened)
      opening = opening.then(() => reopen(since)).catch(() => undefined)
    clearTimeout(second)
    second = setTimeout(() => void touchIfLater(since), told)
  }
  /** What has changed after that, and nobody was told of. */
  const touchIfLater = async (since: number) => {
    if ((await latestChange(wanted)) > since - tick) touch()
  }
  const isMeant = (path: string) => wanted.has(path) || [...wanted].some((folder) => isInside(folder, path))

  /** Below what is watched, such a link may lead round in a circle. */
  const isLinkToFolder = (path: string) =>
    !wanted.has(path) &&
    lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true &&
    statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

  const reopen = async (since: number) => {
    if (isClosed) return
    const roots = rootsOf(wanted)
    opened = stateOf(roots)
    const next = watch(roots, {
      ignoreInitial: true,
      ignorePermissionErrors: true,
      ignored: (path) =>
        !roots.includes(path) &&
        (isMeant(path) ? isLinkToFolder(path) : ![...wanted].some((file) => isInside(path, file))),
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
    await touchIfLater(since)
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
      clearTimeout(second)
      // One that is not ready yet may never be.
      await Promise.all([...watchers].map((watcher) => watcher.close()))
    },
  }
}

/** When something of these files, or in these folders, was changed last, in ms; 0 where none is there. */
async function latestChange(paths: Iterable<string>): Promise<number> {
  const times = await Promise.all(
    [...paths].map(async (path) => {
      const found = await stat(path).catch(() => undefined)
      if (!found?.isDirectory()) return found?.ctimeMs ?? 0
      // Asked for names alone, Node would follow links to folders.
      const inside = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => [])
      return Math.max(
        found.ctimeMs,
        await latestOf(inside.map((entry) => join(entry.parentPath, entry.name))),
      )
    }),
  )
  return Math.max(0, ...times)
}

async function latestOf(files: readonly string[]): Promise<number> {
  const found = await Promise.all(files.map((file) => stat(file).catch(() => undefined)))
  return Math.max(0, ...found.map((one) => one?.ctimeMs ?? 0))
}

/** The folders that have to be watched. */
function rootsOf(wanted: ReadonlySet<string>): string[] {
  return [...new Set([...wanted].map(nearestFolder))]
}

/** Which folders these are, to tell whether others stand in their places. */
function stateOf(folders: readonly string[]): string {
  return folders
    .map((folder) => {
      const found = statSync(folder, { throwIfNoEntry: false })
      return `${folder} ${found?.ino} ${found?.birthtimeMs}`
    })
    .join('\n')
}

/** The folder that a path lies in or, where that is missing, the first above it. */
function nearestFolder(path: string): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder
    if (folder === dirname(folder)) return folder
  }
}
