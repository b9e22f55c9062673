import { constants } from 'node:fs'
import {
  copyFile,
  link,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readlink,
  rename,
  rm,
  rmdir,
  symlink,
  unlink,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { makeFolders } from '../load/folders.ts'
import { markPattern, processMark, stateOfProcess } from '../load/processes.ts'
import { lockFolder } from './lock.ts'

/** An output that cannot be written, told by a diagnostic. */
export class PublishError extends Error {
  readonly diagnostic: Diagnostic
  /** Whether some files were replaced all the same, and could not be put back. */
  readonly isHalf: boolean
  constructor(diagnostic: Diagnostic, isHalf = false) {
    super(diagnostic.message)
    this.diagnostic = diagnostic
    this.isHalf = isHalf
  }
}

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
   * @throws PublishError where a file cannot be put into its place; those before it are then put back
   */
  commit(order: readonly string[], remove: readonly string[]): Promise<void>
  /** Does something that no other build does in this folder meanwhile. */
  alone<T>(work: () => Promise<T>): Promise<T>
  /** Removes everything staged. Safe after commit. */
  discard(): Promise<void>
}

const prefix = '.ladderpress-'

/** Where staging folders are made, for `mkdtemp`: the name tells later builds whose they are. */
function stagingPrefix(folder: string): string {
  return join(folder, `${prefix}${processMark()}-`)
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
  const fail = (error: unknown, path: string) => new PublishError(explain(error, path))
  let staging: string
  try {
    await makeFolder(folder, shown, made)
    await sweep(folder)
    staging = await mkdtemp(stagingPrefix(folder))
  } catch (error) {
    for (const path of made.reverse()) await rmdir(path).catch(() => undefined)
    throw error instanceof PublishError ? error : fail(error, sought)
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
        throw fail(error, `${shown}/${path}`)
      }
    },
    async commit(order, remove) {
      const moves: Move[] = []
      // All that can be known to fail fails before anything is changed.
      for (const [index, path] of order.entries()) {
        const file = staged.get(path)
        if (file === undefined) throw new Error(`${path} was never staged`)
        const target = join(folder, ...path.split('/'))
        try {
          // One by one: a link above would lead the output elsewhere as well.
          for (const above of foldersOf(path))
            await makeFolder(join(folder, ...above.split('/')), `${shown}/${above}`, made)
          const before = await keepBefore(target, join(staging, `before-${index}`))
          moves.push({ file, target, before, shown: `${shown}/${path}` })
        } catch (error) {
          throw error instanceof PublishError ? error : fail(error, `${shown}/${path}`)
        }
      }
      await moveAll(moves)
      committed = true
      for (const path of remove) await removeFile(folder, path)
    },
    async alone(work) {
      const release = await lockFolder(folder).catch((error: unknown) => {
        throw fail(error, sought)
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
      throw new PublishError(
        left.length === 0 ? explain(error, shown) : explainHalf(error, shown, left),
        left.length > 0,
      )
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

/**
 * Writes a file whole or not at all: beside its place under another name, then renamed. A link in its place is replaced.
 *
 * @param shown the file as people named it
 * @throws PublishError where it cannot be written
 */
export async function writeFileWhole(path: string, shown: string, bytes: Uint8Array): Promise<void> {
  let staging: string | undefined
  try {
    await sweep(dirname(path))
    staging = await mkdtemp(stagingPrefix(dirname(path)))
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
async function writeWhole(file: string, bytes: Uint8Array, mode?: number): Promise<void> {
  const handle = await open(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode ?? 0o644)
  try {
    // What is wanted is not for the umask to decide.
    if (mode !== undefined) await handle.chmod(mode)
    await handle.writeFile(bytes)
    await handle.sync()
    const { size } = await handle.stat()
    if (size !== bytes.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' })
  } finally {
    await handle.close()
  }
}

/** Of what another machine left in a shared folder nothing is known but its age, in ms; no build takes a day. */
const oldest = 24 * 60 * 60 * 1000

/** Removes what builds that were killed left behind. Where that is not allowed, it stays. */
async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const mark = leftBehind.exec(name)?.[1]
    if (mark === undefined) continue
    const path = join(folder, name)
    const state = stateOfProcess(mark)
    if (state === 'running' || (state === 'elsewhere' && !(await isOld(path)))) continue
    await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}

const leftBehind = new RegExp(`^\\${prefix}(${markPattern})`)

async function isOld(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs > oldest
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
  const code = codeOf(error)
  if (isFull(code)) {
    return diagnose('publish/disk-full', `${path} cannot be written: there is no room left`, {
      hint: 'What was there before is untouched',
    })
  }
  return diagnose('publish/cannot-write', `${path} cannot be written: ${reasonOf(code)}`)
}

/** The worst of all: files of two builds stand beside each other. */
function explainHalf(error: unknown, path: string, left: readonly string[]): Diagnostic {
  const code = codeOf(error)
  const reason = isFull(code) ? 'there is no room left' : reasonOf(code)
  const files = left.length === 1 ? left[0] : `${left[0]} and ${left.length - 1} more`
  return diagnose('publish/cannot-write', `${path} cannot be written: ${reason}`, {
    hint: `What was there before could not all be put back: ${files} stayed as this build made it. Build again when the reason is gone`,
  })
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown reason'
}

function isFull(code: string): boolean {
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
}

function reasonOf(code: string): string {
  // Windows says the same of both.
  const refused =
    process.platform === 'win32'
      ? 'the file may be open in another program, or this user may not write there'
      : 'this user may not write there'
  const reasons: Record<string, string> = {
    EACCES: refused,
    EPERM: refused,
    EBUSY: 'the file may be open in another program',
    EROFS: 'the file system is read-only',
    ENOTDIR: 'a file stands where a folder should be',
    EISDIR: 'a folder stands where the file should be',
    ENAMETOOLONG: 'the path is too long',
    ENOENT: 'its folder cannot be made',
    ELOOP: 'links lead round in a circle',
  }
  return reasons[code] ?? code
}
