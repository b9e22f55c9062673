import { constants } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { cacheHome, namedCache, refuseWritableByOthers } from '../load/cache.ts'
import { makeFolders } from '../load/folders.ts'

/** The account that the browser runs as where the tool runs as root: `nobody` on every Linux. */
export const nobody = 65534

/** A headless shell that is ready to be started. */
export interface EmbeddedShell {
  readonly path: string
  /** Folder of the libraries that a bare system lacks (libnss3 and its kin). */
  readonly libraries: string
  /** Unpacks it anew if it is damaged. @returns whether it was @throws with the system's reason where that fails */
  mend(): Promise<boolean>
}

/**
 * The headless shell of the npm package @sparticuz/chromium, unpacked into the user's cache. The package's own
 * unpacker is not used: it trusts a shared temporary path where anybody could have put a program first.
 *
 * @returns undefined where the package is not installed or the machine is no Linux on x64
 * @throws with the system's reason where it cannot be unpacked
 */
export async function embeddedShell(env: NodeJS.ProcessEnv): Promise<EmbeddedShell | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const packed = await packageFolder()
  if (!packed) return undefined
  const cache = await cacheFolder(env)
  const target = join(cache, `headless-shell-${packed.version}`)
  const path = join(target, 'headless-shell')
  if (!(await isUsable(target, path))) {
    // Needed once in the life of a machine, so it is loaded then.
    const { unpackShell } = await import('./unpack.ts')
    await unpackShell(packed.folder, cache, target)
  }
  return {
    path,
    libraries: join(target, 'lib'),
    async mend() {
      const { unpackDamaged } = await import('./unpack.ts')
      return unpackDamaged(packed.folder, cache, target)
    },
  }
}

async function packageFolder(): Promise<{ folder: string; version: string } | undefined> {
  try {
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
    for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
      const manifest = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}')
      const { name, version } = JSON.parse(manifest) as { name?: string; version?: string }
      if (name === '@sparticuz/chromium' && version !== undefined)
        return { folder: join(folder, 'bin'), version }
    }
  } catch {
    // Not installed: `npm install --omit=optional` leaves it out on purpose.
  }
  return undefined
}

/**
 * The folder for what is unpacked once. As root the browser runs as nobody, who must be able to reach its program, so
 * a private folder of root's does not serve.
 */
async function cacheFolder(env: NodeJS.ProcessEnv): Promise<string> {
  const asRoot = process.getuid?.() === 0
  const wanted = namedCache(env)
  const home = cacheHome(env)
  const candidates = asRoot
    ? [
        ...(wanted !== undefined && (await nobodyReaches(wanted)) ? [join(wanted, 'ladderpress')] : []),
        '/var/cache/ladderpress',
      ]
    : [
        ...(home === undefined ? [] : [join(home, 'ladderpress')]),
        join(tmpdir(), `ladderpress-${process.getuid?.() ?? 'user'}`),
      ]
  let reason: unknown
  for (const folder of candidates) {
    try {
      await makeFolders(folder, asRoot ? 0o755 : 0o700)
      refuseWritableByOthers(folder)
      await access(folder, constants.W_OK)
      return folder
    } catch (error) {
      reason = error
    }
  }
  throw reason
}

/** Whether each folder on the way may be passed by others. */
async function nobodyReaches(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined)
    if (found && (found.mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

async function isUsable(target: string, shell: string): Promise<boolean> {
  try {
    refuseWritableByOthers(target)
    refuseWritableByOthers(shell)
    return (await stat(shell)).isFile()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
