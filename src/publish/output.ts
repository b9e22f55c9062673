import { constants } from 'node:fs'
import { copyFile, link, lstat, mkdir, readlink, rename, rm, rmdir, symlink, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { makeFolders } from '../load/folders.ts'
import { pathIn } from '../load/paths.ts'
import { cannotRemove, cannotWrite, leftHalf, PublishError } from './faults.ts'
import { lockFolder } from './lock.ts'
import { makeStaging, writeWhole } from './staging.ts'

/** The output folder while a build writes to it. Nothing in it changes before `commit`. */
export interface Output {
  /**
   * Writes a whole file beside its place.
   *
   * @param path from the output folder, with forward slashes
   * @param mode its rights; those of files that everybody may read where nothing is said
   */
  stage(path: string, bytes: Uint8Array, mode?: number): Promise<void>
  /**
   * Renames everything staged into place, in the order given, then removes what is no longer made.
   *
   * @returns what could not be removed, as publish/cannot-write
   * @throws PublishError where a file cannot be put into its place; those before it are then put back
   */
  commit(order: readonly string[], remove: readonly string[]): Promise<readonly Diagnostic[]>
  /** Does something while no other build does it in this folder. */
  alone<T>(work: () => Promise<T>): Promise<T>
  /** Removes everything staged. Safe after commit. */
  discard(): Promise<void>
}

/**
 * Opens an output folder, making it where there is none. Files are staged in a folder of their own inside it, which is
 * the same file system, so that a rename puts each into place whole or not at all.
 *
 * @param shown the folder as people named it
 * @param sought what is said not to be writable where nothing can be put there: the folder, or the one file that is meant
 * @throws PublishError where it cannot be written, or where a link would lead elsewhere
 */
export async function openOutput(folder: string, shown: string, sought = shown): Promise<Output> {
  const made: string[] = []
  let staging: string
  try {
    await makeFolder(folder, shown, made)
    staging = await makeStaging(folder)
  } catch (error) {
    for (const path of made.reverse()) await rmdir(path).catch(() => undefined)
    throw error instanceof PublishError ? error : cannotWrite(error, sought)
  }
  const staged = new Map<string, string>()
  let committed = false
  return {
    async stage(path, bytes, mode) {
      const file = join(staging, `${staged.size}-${basename(path)}`)
      staged.set(path, file)
      try {
        await writeWhole(file, bytes, mode)
      } catch (error) {
        throw cannotWrite(error, pathIn(shown, path))
      }
    },
    async commit(order, remove) {
      // All that can be known to fail fails before anything is changed; of what fails, the first in the order is told.
      const folders = new Map<string, Promise<void>>()
      let last = Promise.resolve()
      // One by one: a link above would lead the output elsewhere as well.
      const folderAt = (path: string) => {
        const known = folders.get(path)
        if (known) return known
        const making = last.then(() =>
          makeFolder(join(folder, ...path.split('/')), pathIn(shown, path), made),
        )
        last = making.catch(() => undefined)
        folders.set(path, making)
        return making
      }
      const moves = await allOf(
        order.map(async (path, index): Promise<Move> => {
          const file = staged.get(path)
          if (file === undefined) throw new Error(`${path} was never staged`)
          const target = join(folder, ...path.split('/'))
          try {
            for (const above of foldersOf(path)) await folderAt(above)
            const before = await keepBefore(target, join(staging, `before-${index}`))
            return { file, target, before, shown: pathIn(shown, path) }
          } catch (error) {
            throw error instanceof PublishError ? error : cannotWrite(error, pathIn(shown, path))
          }
        }),
      )
      await moveAll(moves)
      committed = true
      const stuck: Diagnostic[] = []
      for (const path of remove) {
        await removeFile(folder, path).catch((error: unknown) => {
          stuck.push(cannotRemove(error, pathIn(shown, path)))
        })
      }
      return stuck
    },
    async alone(work) {
      const release = await lockFolder(folder).catch((error: unknown) => {
        throw cannotWrite(error, sought)
      })
      try {
        return await work()
      } finally {
        await release()
      }
    },
    async discard() {
      await rm(staging, { recursive: true, force: true }).catch(() => undefined)
      if (!committed) for (const path of made.toReversed()) await rmdir(path).catch(() => undefined)
    },
  }
}

/** Waits for all, also where some fail: nothing goes on behind the back of who is told of the first that did. */
async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work)
  return Promise.all(work)
}

/** A staged file and its place. */
interface Move {
  readonly file: string
  readonly target: string
  /** A second name of what stood there, if anything did. */
  readonly before: string | undefined
  readonly shown: string
}

/**
 * Gives what stands at a path a second name, under which it can be put back. The path is never without its file: a build
 * may be killed at any moment.
 *
 * @returns the second name; undefined where nothing stands there
 * @throws where no file can be put there
 */
async function keepBefore(target: string, name: string): Promise<string | undefined> {
  const found = await lstat(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!found) return undefined
  if (found.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' })
  if (found.isSymbolicLink()) await symlink(await readlink(target), name)
  // Not all file systems have second names.
  else await link(target, name).catch(() => copyFile(target, name, constants.COPYFILE_EXCL))
  return name
}

/** Puts all files into their places, or none. */
async function moveAll(moves: readonly Move[]): Promise<void> {
  for (const [index, { file, target, shown }] of moves.entries()) {
    try {
      await rename(file, target)
    } catch (error) {
      const left: string[] = []
      for (const done of moves.slice(0, index).toReversed()) {
        const isBack = done.before === undefined ? unlink(done.target) : rename(done.before, done.target)
        await isBack.catch(() => left.unshift(done.shown))
      }
      throw left.length === 0 ? cannotWrite(error, shown) : leftHalf(error, shown, left)
    }
  }
}

/** Makes a folder and those above it; a link in its place would lead the output elsewhere. */
async function makeFolder(path: string, shown: string, made: string[]): Promise<void> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (found?.isDirectory()) return
  if (found) {
    const what = found.isSymbolicLink() ? 'a link' : 'a file'
    throw new PublishError(
      diagnose('publish/not-a-folder', `${shown} is ${what}, not a folder`, {
        hint: 'Move it away, or choose another folder with --out',
      }),
    )
  }
  made.push(...(await makeFolders(dirname(path))))
  try {
    await mkdir(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    // Another build has made it at this moment; what it is must be looked at all the same.
    return await makeFolder(path, shown, made)
  }
  made.push(path)
}

/** The folders above a file, the uppermost first: `a`, `a/b`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** Removes a file, and the folders above it that are empty then. @throws what the system says where it stays */
async function removeFile(folder: string, path: string): Promise<void> {
  await unlink(join(folder, ...path.split('/'))).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  for (const parent of foldersOf(path).toReversed())
    await rmdir(join(folder, ...parent.split('/'))).catch(() => undefined)
}
