import type { Stats } from 'node:fs'
import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { diagnose } from '../diagnostics/diagnostic.ts'
import { lookAtPdf } from '../finish/about.ts'
import { pathIn } from '../load/paths.ts'
import { sha256 } from '../text/hash.ts'
import { PublishError } from './faults.ts'
import { manifestPath } from './manifest.ts'

/** A file that is to be put into its place. */
export interface Placed {
  /** From the output folder, with forward slashes. */
  readonly path: string
  /** Of the bytes that it will have, where they are known. */
  readonly sha256?: string
}

/**
 * Refuses to replace files that are not ours: those that the manifest does not list and that do not show by themselves
 * that an earlier build made them, as where its manifest is lost.
 *
 * @param shown the output folder as people named it
 * @param listed the paths in the manifest of the build before
 * @throws PublishError with publish/not-ours
 */
export async function refuseForeign(
  folder: string,
  shown: string,
  listed: ReadonlySet<string>,
  files: readonly Placed[],
): Promise<void> {
  const unlisted = files.filter(({ path }) => !listed.has(path))
  const targets = unlisted.map(({ path }) => join(folder, ...path.split('/')))
  const standing = await Promise.all(targets.map((target) => lstat(target).catch(() => undefined)))
  const foreign: string[] = []
  let isOurFolder = false
  for (const [index, file] of unlisted.entries()) {
    const [target = '', stats] = [targets[index], standing[index]]
    const whose = stats && (await standingOf(target, stats, file))
    if (whose === 'foreign') foreign.push(file.path)
    if (whose === 'ours') isOurFolder = true
  }
  // Among documents of ours, a manifest that is damaged or somebody else's stands in the place of ours.
  const refused = foreign.filter((path) => !(isOurFolder && path === manifestPath))
  if (refused.length > 0) throw notOurs(refused.map((path) => pathIn(shown, path)))
}

/** Refuses to replace an archive that is not one of ours, likewise. @throws PublishError with publish/not-ours */
export async function refuseForeignZip(path: string, shown: string): Promise<void> {
  const { isOwnZip } = await import('./zip.ts')
  const found = await lstat(path).catch(() => undefined)
  // Anything that is no file is reported when it is written.
  if (!found || found.isDirectory() || (found.isFile() && found.size === 0)) return
  const isOurs = found.isFile() && (await isOwnZip(path, isOwnManifest).catch(() => false))
  if (!isOurs) throw notOurs([shown])
}

function notOurs([first = '', ...others]: readonly string[]): PublishError {
  const isOne = others.length === 0
  const more = isOne ? '' : ` and ${others.length} more`
  const what = isOne ? 'It is' : 'They are'
  return new PublishError(
    diagnose(
      'publish/not-ours',
      `${first}${more} would be replaced, and no manifest says that Ladderpress made ${isOne ? 'it' : 'them'}`,
      {
        hint: `${what} as before. Move ${isOne ? 'it' : 'them'} away, choose another folder with --out, or say --force to replace ${isOne ? 'it' : 'them'}`,
      },
    ),
  )
}

/** Whose file stands where one is to be put; null if nothing would be lost by replacing it. */
async function standingOf(
  target: string,
  stats: Stats,
  { path, sha256: hash }: Placed,
): Promise<'ours' | 'foreign' | null> {
  if (stats.isDirectory() || (stats.isFile() && stats.size === 0)) return null
  if (!stats.isFile()) return 'foreign'
  const bytes = await readFile(target).catch(() => undefined)
  if (bytes === undefined) return 'foreign'
  return sha256(bytes) === hash || (await isOwn(path, bytes)) ? 'ours' : 'foreign'
}

/** Whether a file shows by itself that we made it. Pictures do not. */
async function isOwn(path: string, bytes: Buffer): Promise<boolean> {
  if (path === manifestPath) return isOwnManifest(bytes)
  if (path.endsWith('.pdf')) return (await lookAtPdf(bytes)).kind === 'ours'
  const head = bytes.toString('utf8', 0, 1_000)
  if (path.endsWith('.html')) return /^<!doctype html>\n<html lang="[^"]*" dir="[^"]*" data-kind="/.test(head)
  return path.endsWith('copy-shop.txt') && /^.+\n.+\n\n\S+\.pdf\n/.test(head)
}

/** True for manifests of other versions, and for damaged ones, too. */
function isOwnManifest(bytes: Uint8Array): boolean {
  return /"name":\s*"ladderpress"/.test(Buffer.from(bytes).toString())
}
