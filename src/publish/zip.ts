import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { unzipSync, zipSync, type Zippable } from 'fflate'

import { pathIn } from '../load/paths.ts'
import { cannotPack } from './faults.ts'
import { manifestPath } from './manifest.ts'

/** The years that an archive can name (PKWARE, APPNOTE.TXT, § 4.4.6). */
const [firstYear, lastYear] = [1980, 2099]

/**
 * Packs files of a folder. The same files give the same bytes: they stand in the order given, and bear one date.
 *
 * @param shown the folder as people named it
 * @param paths from the folder, with forward slashes
 * @param date as ISO 8601; without one, or where archives cannot name it, the first day they can
 * @throws PublishError where a file cannot be read
 */
export async function zipOf(
  folder: string,
  shown: string,
  paths: readonly string[],
  date: string | undefined,
): Promise<Uint8Array> {
  const entries: Zippable = {}
  for (const path of paths) {
    const packed = /\.(?:pdf|png)$/.test(path)
    // Packing again what is packed already would only take time.
    const bytes = await readFile(join(folder, ...path.split('/'))).catch((error: unknown) => {
      throw cannotPack(error, pathIn(shown, path), `${shown}.zip`)
    })
    entries[path] = [bytes, { level: packed ? 0 : 6 }]
  }
  return zipSync(entries, { mtime: dayOf(date) })
}

/** A manifest of a thousand levels has some MB. */
const mostManifest = 64 * 1024 * 1024

/**
 * Whether an archive is one that `zipOf` made: by the manifest in it.
 *
 * @throws where it cannot be read, or is no archive
 */
export async function isOwnZip(
  path: string,
  isOwnManifest: (bytes: Uint8Array) => boolean,
): Promise<boolean> {
  const { [manifestPath]: manifest } = unzipSync(await readFile(path), {
    filter: ({ name, originalSize }) => name === manifestPath && originalSize <= mostManifest,
  })
  return manifest !== undefined && isOwnManifest(manifest)
}

/** Archives hold local time, so a day is made of its parts: it is the same in every time zone. */
function dayOf(date: string | undefined): Date {
  const [year = 0, month = 1, day = 1] = (date ?? '').slice(0, 10).split('-').map(Number)
  return year >= firstYear && year <= lastYear ? new Date(year, month - 1, day) : new Date(firstYear, 0, 1)
}
