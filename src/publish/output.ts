import { constants } from 'node:fs'
import { lstat, mkdir, mkdtemp, open, readdir, rename, rm, rmdir, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { makeFolders } from '../load/folders.ts'
import { lockFolder } from './lock.ts'

/** An output that cannot be written, told by a diagnostic. */
export class PublishError extends Error {
  readonly diagnostic: Diagnostic
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message)
    this.diagnostic = diagnostic
  }
}

/** The output folder while a build writes to it. Nothing in it changes before `commit`. */
export interface Output {
  /** Writes a whole file beside its place. @param path from the output folder, with forward slashes */
  stage(path: string, bytes: Uint8Array): Promise<void>
  /** Takes a staged file back. */
  unstage(path: string): Promise<void>
  /** Renames everything staged into place, in the order given, then removes what is no longer made. */
  commit(order: readonly string[], remove: readonly string[]): Promise<void>
  /** Does something that no other build does in this folder meanwhile. */
  alone<T>(work: () => Promise<T>): Promise<T>
  /** Removes everything staged. Safe after commit. */
  discard(): Promise<void>
}

const prefix = '.ladderpress-'

/**
 * Opens an output folder, making it where there is none. Files are staged in a folder of their own inside it, which is
 * the same file system, so that a rename puts each into place whole or not at all.
 *
 * @param shown the folder as people named it
 * @throws PublishError where it cannot be written, or where a link would lead elsewhere
 */
export async function openOutput(folder: string, shown: string): Promise<Output> {
  const made: string[] = []
  const fail = (error: unknown, path: string) => new PublishError(explain(error, path))
  let staging: string
  try {
    await makeFolder(folder, shown, made)
    await sweep(folder)
    staging = await mkdtemp(join(folder, `${prefix}${process.pid}-`))
  } catch (error) {
    for (const path of made.reverse()) await rmdir(path).catch(() => undefined)
    throw error instanceof PublishError ? error : fail(error, shown)
  }
  const staged = new Map<string, string>()
  let committed = false
  return {
    async stage(path, bytes) {
      const file = join(staging, `${staged.size}-${basename(path)}`)
      staged.set(path, file)
      try {
        await writeWhole(file, bytes)
      } catch (error) {
        throw fail(error, `${shown}/${path}`)
      }
    },
    async unstage(path) {
      const file = staged.get(path)
      staged.delete(path)
      if (file !== undefined) await unlink(file).catch(() => undefined)
    },
    async commit(order, remove) {
      try {
        for (const path of order) {
          const file = staged.get(path)
          if (file === undefined) throw new Error(`${path} was never staged`)
          const target = join(folder, ...path.split('/'))
          // One by one: a link above would lead the output elsewhere as well.
          for (const above of foldersOf(path))
            await makeFolder(join(folder, ...above.split('/')), `${shown}/${above}`, made)
          await rename(file, target)
        }
        committed = true
        for (const path of remove) await removeFile(folder, path)
      } catch (error) {
        throw error instanceof PublishError ? error : fail(error, shown)
      }
    },
    async alone(work) {
      const release = await lockFolder(folder).catch((error: unknown) => {
        throw fail(error, shown)
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

/**
 * Writes a file whole or not at all: beside its place under another name, then renamed. A link in its place is replaced.
 *
 * @param shown the file as people named it
 * @throws PublishError where it cannot be written
 */
export async function writeFileWhole(path: string, shown: string, bytes: Uint8Array): Promise<void> {
  let staging: string | undefined
  try {
    staging = await mkdtemp(join(dirname(path), `${prefix}${process.pid}-`))
    const file = join(staging, basename(path))
    await writeWhole(file, bytes)
    await rename(file, path)
  } catch (error) {
    throw new PublishError(explain(error, shown))
  } finally {
    if (staging !== undefined) await rm(staging, { recursive: true, force: true }).catch(() => undefined)
  }
}

/** All bytes, on the disk, counted, or an error. The name is new: nobody's link can stand there. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o644)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
    const { size } = await handle.stat()
    if (size !== bytes.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' })
  } finally {
    await handle.close()
  }
}

/** Staging folders of builds that were killed. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = /^\.ladderpress-(\d+)-/.exec(name)?.[1]
    if (pid === undefined) continue
    try {
      process.kill(Number(pid), 0)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH')
        await rm(join(folder, name), { recursive: true, force: true })
    }
  }
}

/** The folders above a file, the uppermost first: `a`, `a/b`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

async function removeFile(folder: string, path: string): Promise<void> {
  await unlink(join(folder, ...path.split('/'))).catch(() => undefined)
  for (const parent of foldersOf(path).toReversed())
    await rmdir(join(folder, ...parent.split('/'))).catch(() => undefined)
}

function explain(error: unknown, path: string): Diagnostic {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return diagnose('publish/disk-full', `${path} cannot be written: there is no room left`, {
      hint: 'What was there before is untouched',
    })
  }
  const reasons: Record<string, string> = {
    EACCES: 'this user may not write there',
    EPERM: 'this user may not write there',
    EROFS: 'the file system is read-only',
    ENOTDIR: 'a file stands where a folder should be',
    EISDIR: 'a folder stands where the file should be',
    ENAMETOOLONG: 'the path is too long',
    ENOENT: 'its folder cannot be made',
    ELOOP: 'links lead round in a circle',
  }
  return diagnose(
    'publish/cannot-write',
    `${path} cannot be written: ${reasons[code ?? ''] ?? code ?? 'unknown reason'}`,
  )
}
