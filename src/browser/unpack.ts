import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'

import { extract } from 'tar-stream'

import { markPattern, processMark, stateOfProcess } from '../load/processes.ts'

const prefix = '.unpacking-'
/** Beside what was unpacked: the SHA-256 of each file, by its path. */
const sumsName = 'sums.json'

/**
 * Unpacks the headless shell and its libraries. It does so beside the target and renames: two first builds at one
 * moment each unpack, and one of the two stays. What builds that were killed left there is removed.
 *
 * @param packed the folder of the packed files
 * @param cache an existing folder on the file system of the target
 */
export async function unpackShell(packed: string, cache: string, target: string): Promise<void> {
  await sweepUnpacking(cache)
  const staging = await mkdtemp(join(cache, `${prefix}${processMark()}-`))
  try {
    await chmod(staging, 0o755)
    await pipeline(
      createReadStream(join(packed, 'chromium.br')),
      createBrotliDecompress({ chunkSize: 1 << 20 }),
      createWriteStream(join(staging, 'headless-shell'), newFile),
    )
    await mkdir(join(staging, 'lib'), { mode: 0o755 })
    await unpackLibraries(join(packed, 'al2023.tar.br'), join(staging, 'lib'))
    // The umask may have taken rights that nobody needs.
    for (const path of ['headless-shell', 'lib']) await chmod(join(staging, path), 0o755)
    await writeFile(join(staging, sumsName), JSON.stringify(await sumsOf(staging)), { flush: true })
    await rename(staging, target)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/**
 * Unpacks anew what is no longer as it was unpacked: a disk may lose a part of a file, and somebody may tidy up. Reads
 * all of it, so it is for shells that do not start.
 *
 * @returns whether it was damaged, and is whole now
 * @throws with the system's reason where it cannot be unpacked
 */
export async function unpackDamaged(packed: string, cache: string, target: string): Promise<boolean> {
  if (await isWhole(target)) return false
  const aside = await mkdtemp(join(cache, `${prefix}${processMark()}-`))
  try {
    await rename(target, join(aside, 'damaged'))
  } catch (error) {
    // Another build has put it aside at this moment.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
  await unpackShell(packed, cache, target)
  return true
}

async function isWhole(target: string): Promise<boolean> {
  try {
    const sums = await readFile(join(target, sumsName), 'utf8')
    return sums === JSON.stringify(await sumsOf(target))
  } catch {
    return false
  }
}

async function sumsOf(target: string): Promise<Record<string, string>> {
  const libraries = (await readdir(join(target, 'lib'))).map((name) => `lib/${name}`)
  const sums: Record<string, string> = {}
  for (const path of ['headless-shell', ...libraries.sort()]) {
    const hash = createHash('sha256')
    await pipeline(createReadStream(join(target, path), { highWaterMark: 1 << 20 }), hash)
    sums[path] = hash.digest('hex')
  }
  return sums
}

/** On the disk before its folder has its name: it is only looked at again where it does not start. */
const newFile = { mode: 0o755, flags: 'wx', flush: true }

async function sweepUnpacking(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const mark = leftBehind.exec(name)?.[1]
    if (mark === undefined || stateOfProcess(mark) !== 'ended') continue
    await rm(join(cache, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

const leftBehind = new RegExp(`^\\${prefix}(${markPattern})`)

async function unpackLibraries(archive: string, folder: string): Promise<void> {
  const entries = extract()
  entries.on('entry', (header, stream, next) => {
    const name = /^lib\/([\w.+-]+)$/.exec(header.name)?.[1]
    if (header.type !== 'file' || name === undefined) {
      stream.resume()
      stream.on('end', next)
      return
    }
    pipeline(stream, createWriteStream(join(folder, name), newFile)).then(
      () => next(),
      (error: Error) => next(error),
    )
  })
  await pipeline(createReadStream(archive), createBrotliDecompress(), entries)
}
