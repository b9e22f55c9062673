import { lstatSync, realpathSync, statSync, type Stats } from 'node:fs'
import { dirname, join } from 'node:path'

import { watch, type FSWatcher } from 'chokidar'

import { entriesBelow } from './folders.ts'
import { isInside } from './inside.ts'

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

/**
 * Editors save in several steps, and several files at once. In ms. A step that comes later ends the work on those
 * before.
 */
const burst = 12
/** Clocks of file systems tick less often than ours. In ms. */
const tick = 10
/**
 * In ms. chokidar reports changes of a file at most every 50 ms and its removal every 100; whatever happens in between
 * it never reports.
 */
const told = 120
/** How often we look for changes that nobody reports. In ms. */
const often = 1_000

/**
 * Reports when something that is watched has changed: once for a burst of changes. Folders are watched for what lies in
 * them, at any depth; files by the folders that they lie in, because editors put new files into their places, and
 * because what is not there may appear.
 *
 * What the system reports comes at once. But it does not report everything: not a link that is made to lead elsewhere,
 * nor changes in a folder whose watch is just starting, nor on another machine. So we look for changes as well.
 */
export function watchPaths(changed: () => void): Watch {
  /** What is watched, and its state when it was last reported, or first seen. */
  const wanted = new Map<string, string>()
  let watcher: FSWatcher | undefined
  let opening = Promise.resolve()
  let opened = ''
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  let looking: NodeJS.Timeout | undefined
  const touch = () => {
    clearTimeout(timer)
    if (!isClosed) timer = setTimeout(tell, burst)
  }
  const tell = () => {
    // Whatever changes after this has not been reported.
    for (const path of wanted.keys()) wanted.set(path, seenAt(path))
    changed()
    // A folder that was moved away, or made anew in its place, is watched no longer.
    if (foldersOf(wanted.keys()) !== opened) open()
    lookAfter(told)
  }
  const look = () => {
    if ([...wanted].some(([path, seen]) => seenAt(path) !== seen)) touch()
  }
  const lookAfter = (milliseconds: number) => {
    clearTimeout(looking)
    if (isClosed) return
    looking = setTimeout(() => {
      look()
      lookAfter(often)
    }, milliseconds)
  }
  const isMeant = (path: string) =>
    wanted.has(path) || [...wanted.keys()].some((folder) => isInside(folder, path))

  /** Below what is watched, such a link may lead round in a circle. */
  const isLinkToFolder = (path: string) =>
    !wanted.has(path) &&
    statOf(path, lstatSync)?.isSymbolicLink() === true &&
    statOf(path)?.isDirectory() === true

  const open = () => {
    opening = opening.then(reopen).catch(() => undefined)
  }
  const reopen = async () => {
    if (isClosed) return
    // Two watchers at the same time share what they have open, and with it a folder that is no longer the one in its
    // place.
    await watcher?.close()
    const roots = rootsOf(wanted.keys())
    opened = foldersOf(wanted.keys())
    const next = watch(roots, {
      ignoreInitial: true,
      ignorePermissionErrors: true,
      // One that is closed while it opens leaves open what it is about to open (seen with chokidar 5.0.0).
      persistent: false,
      ignored: (path) =>
        !roots.includes(path) &&
        (isMeant(path) ? isLinkToFolder(path) : ![...wanted.keys()].some((file) => isInside(path, file))),
    })
    watcher = next
    next.on('all', (_, path) => {
      if (isMeant(path)) touch()
    })
    // A folder that can no longer be watched is noticed by what is missing from it.
    next.on('error', touch)
    if (isClosed) return await next.close()
    await new Promise<void>((ready) => next.on('ready', () => ready()))
    look()
  }

  return {
    follow(paths, since) {
      const added = paths.filter((path) => !wanted.has(path))
      if (added.length === 0) return
      if (added.some((path) => changedAt(path) > since - tick)) touch()
      for (const path of added) wanted.set(path, seenAt(path))
      open()
      lookAfter(told)
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      clearTimeout(looking)
      // One that is not ready yet may never be.
      await watcher?.close()
    },
  }
}

/** The state of a file, or of a folder with all that lies in it, as a text that differs when something has changed. */
function seenAt(path: string): string {
  const now = Date.now()
  return partsOf(path)
    .map((part) => {
      const found = statOf(part)
      if (!found) return part
      const { size, mtimeMs, ctimeMs } = found
      // What is saved twice in one tick looks the same both times.
      const doubt = Math.abs(now - ctimeMs) < tick ? now : ''
      return [part, realOf(part), size, mtimeMs, ctimeMs, doubt].join()
    })
    .join('\n')
}

/** When something of a file or in a folder was changed last, in ms; of what is not there, when it may have been removed. */
function changedAt(path: string): number {
  const times = partsOf(path).map((part) => (statOf(part) ?? statOf(nearestFolder(part)))?.ctimeMs ?? 0)
  return Math.max(...times)
}

/** A path, and those of what lies there in a folder, at any depth. */
function partsOf(path: string): string[] {
  try {
    return [path, ...entriesBelow(path).map((entry) => join(entry.parentPath, entry.name))]
  } catch {
    return [path]
  }
}

/** What stands there; undefined also where nobody may look, or links lead round in a circle. */
function statOf(path: string, look: (path: string) => Stats = statSync): Stats | undefined {
  try {
    return look(path)
  } catch {
    return undefined
  }
}

function realOf(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return ''
  }
}

/** The folders that have to be watched. */
function rootsOf(wanted: Iterable<string>): string[] {
  return [...new Set([...wanted].map(nearestFolder))]
}

/** Which folders there are to watch, to tell whether others stand in their places. */
function foldersOf(wanted: Iterable<string>): string {
  const paths = [...wanted]
  return [...rootsOf(paths), ...paths]
    .map((path) => ({ path, found: statOf(path) }))
    .flatMap(({ path, found }) => (found?.isDirectory() ? [`${path} ${found.ino} ${found.birthtimeMs}`] : []))
    .join('\n')
}

/** The folder that a path lies in or, where that is missing, the first above it. */
function nearestFolder(path: string): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (statOf(folder)?.isDirectory() === true) return folder
    if (folder === dirname(folder)) return folder
  }
}
