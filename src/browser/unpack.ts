import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'

import { extract } from 'tar-stream'

/**
 * Unpacks the headless shell and its libraries. It does so beside the target and renames: two first builds at one
 * moment each unpack, and one of the two stays.
 *
 * @param packed the folder of the packed files
 * @param cache an existing folder on the file system of the target
 */
export async function unpackShell(packed: string, cache: string, target: string): Promise<void> {
  const staging = await mkdtemp(join(cache, '.unpacking-'))
  try {
    await chmod(staging, 0o755)
    await pipeline(
      createReadStream(join(packed, 'chromium.br')),
      createBrotliDecompress({ chunkSize: 1 << 20 }),
      createWriteStream(join(staging, 'headless-shell'), { mode: 0o755, flags: 'wx' }),
    )
    await mkdir(join(staging, 'lib'), { mode: 0o755 })
    await unpackLibraries(join(packed, 'al2023.tar.br'), join(staging, 'lib'))
    // The umask may have taken rights that nobody needs.
    for (const path of ['headless-shell', 'lib']) await chmod(join(staging, path), 0o755)
    await rename(staging, target)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function unpackLibraries(archive: string, folder: string): Promise<void> {
  const entries = extract()
  entries.on('entry', (header, stream, next) => {
    const name = /^lib\/([\w.+-]+)$/.exec(header.name)?.[1]
    if (header.type !== 'file' || name === undefined) {
      stream.resume()
      stream.on('end', next)
      return
    }
    pipeline(stream, createWriteStream(join(folder, name), { mode: 0o755, flags: 'wx' })).then(
      () => next(),
      (error: Error) => next(error),
    )
  })
  await pipeline(createReadStream(archive), createBrotliDecompress(), entries)
}
