import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

import { sha256 } from '../text/hash.ts'
import { entriesBelow } from './folders.ts'
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

/**
 * The hashes of files and folders, by their paths from another. What cannot be read counts as not there. Many small files
 * are read one after the other: asking for all at once takes Node four times as long.
 */
export function hashInputs(folder: string, paths: readonly string[]): Input[] {
  return [...new Set(paths)].sort().map((path) => ({ path, sha256: hashOfPath(resolve(folder, path)) }))
}

function hashOfPath(path: string): string | null {
  try {
    const found = statSync(path)
    if (found.isDirectory()) return hashOfFolder(path)
    if (!found.isFile() || found.size > most) return null
    // A link in the place of a file may mean something else than the file.
    const kind = lstatSync(path).isSymbolicLink() ? 'link ' : ''
    return createHash('sha256').update(kind).update(readFileSync(path)).digest('hex')
  } catch {
    return null
  }
}

/**
 * What lies in a folder, names and bytes, at any depth. Links are not followed, because they may lead in circles: where
 * they lead counts instead.
 */
function hashOfFolder(folder: string): string {
  const entries = entriesBelow(folder)
    .filter((entry) => !entry.isDirectory())
    .map((entry) => ({ path: join(entry.parentPath, entry.name), isLink: entry.isSymbolicLink() }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  const hash = createHash('sha256')
  for (const { path, isLink } of entries) {
    const content = isLink ? `link ${readlinkSync(path)}` : (hashOfPath(path) ?? '')
    hash.update(`${relative(folder, path).split(sep).join('/')}\0${content}\0`)
  }
  return hash.digest('hex')
}

/**
 * What identifies the program: its entries, which name all other parts by their hashes, and the templates and fonts that
 * come with it.
 *
 * @returns undefined where it does not run from its bundle, and may be anything
 */
export function programIdentity(): string | undefined {
  const folder = packageFolder()
  const running = relative(join(folder, 'dist'), fileURLToPath(import.meta.url))
  if (running.startsWith('..')) return undefined
  const inputs = hashInputs(folder, ['dist/cli.js', 'dist/index.mjs', 'dist/fonts/fonts.json', 'templates'])
  return sha256(JSON.stringify(inputs))
}
