import { createHash } from 'node:crypto'
import { lstat, readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

import { packageFolder } from './own-files.ts'

/** A file that a build read, or looked for. */
export interface Input {
  /** From the folder of the ladder, with forward slashes. */
  readonly path: string
  /** Of its bytes, or of what lies in a folder; null where there was nothing. */
  readonly sha256: string | null
}

/** A file larger than this is no input of ours. */
const most = 64 * 1024 * 1024

/** The hashes of files and folders, by their paths from another. What cannot be read counts as not there. */
export async function hashInputs(folder: string, paths: readonly string[]): Promise<Input[]> {
  return Promise.all(
    [...new Set(paths)]
      .sort()
      .map(async (path) => ({ path, sha256: await hashOfPath(resolve(folder, path)) })),
  )
}

async function hashOfPath(path: string): Promise<string | null> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return await hashOfFolder(path)
    if (!found.isFile() || found.size > most) return null
    // A link in the place of a file may mean something else than the file.
    const kind = (await lstat(path)).isSymbolicLink() ? 'link ' : ''
    return createHash('sha256')
      .update(kind)
      .update(await readFile(path))
      .digest('hex')
  } catch {
    return null
  }
}

/** What lies in a folder, names and bytes, at any depth. */
async function hashOfFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const hash = createHash('sha256')
  const files = await Promise.all(paths.map((path) => hashOfPath(path)))
  for (const [index, path] of paths.entries())
    hash.update(`${relative(folder, path).split(sep).join('/')}\0${files[index] ?? ''}\0`)
  return hash.digest('hex')
}

/**
 * What identifies the program: its entry, which names all other parts by their hashes, and the templates and fonts that
 * come with it.
 *
 * @returns undefined where it does not run from its bundle, and may be anything
 */
export async function programIdentity(): Promise<string | undefined> {
  const folder = packageFolder()
  const running = relative(join(folder, 'dist'), fileURLToPath(import.meta.url))
  if (running.startsWith('..')) return undefined
  const inputs = await hashInputs(folder, [
    'dist/cli.js',
    'dist/index.js',
    'dist/fonts/fonts.json',
    'templates',
  ])
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex')
}
