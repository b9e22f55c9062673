import { constants } from 'node:fs'
import { lstat, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { markPattern, processMark, stateOfProcess } from '../load/processes.ts'
import { cannotWrite } from './faults.ts'

const prefix = '.ladderpress-'

/**
 * Makes a folder in another, in which files are written before they are renamed into their places: it is the same file
 * system. Its name tells later builds whose it is. What builds that were killed left there is removed.
 *
 * @returns its path
 * @throws the system's error where it cannot be made
 */
export async function makeStaging(folder: string): Promise<string> {
  await sweepStaging(folder)
  return await mkdtemp(join(folder, `${prefix}${processMark()}-`))
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
    staging = await makeStaging(dirname(path))
    const file = join(staging, basename(path))
    await writeWhole(file, bytes)
    await rename(file, path)
  } catch (error) {
    throw cannotWrite(error, shown)
  } finally {
    if (staging !== undefined) await rm(staging, { recursive: true, force: true }).catch(() => undefined)
  }
}

/**
 * All bytes, on the disk, counted, or an error. The name is new: nobody's link can stand there.
 *
 * @param mode its rights; those of files that everybody may read where nothing is said
 */
export async function writeWhole(file: string, bytes: Uint8Array, mode?: number): Promise<void> {
  const handle = await open(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode ?? 0o644)
  try {
    // The umask must not decide about the rights that are wanted.
    if (mode !== undefined) await handle.chmod(mode)
    await handle.writeFile(bytes)
    await handle.sync()
    const { size } = await handle.stat()
    if (size !== bytes.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' })
  } finally {
    await handle.close()
  }
}

/** In ms. Of files that another machine left in a shared folder only their age is known; no build takes a day. */
const oldest = 24 * 60 * 60 * 1000

/** Removes what builds that were killed left behind in a folder. Where that is not allowed, it stays. */
export async function sweepStaging(folder: string): Promise<void> {
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
