import { chown, copyFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { packageFolder as toolFolder } from '../load/own-files.ts'
import { markPattern, processMark, stateOfProcess } from '../load/processes.ts'

const prefix = 'ladderpress-profile-'

/**
 * How long the path of a profile may be. Chrome makes `org.chromium.Chromium.scoped_dir.XXXXXX/SingletonSocket` in its
 * temporary folder, which is the profile, and aborts where a socket's path has more than 107 bytes (unix(7)).
 */
const longest = 50

/** The system's temporary folder, or /tmp where that is deep, as on macOS. */
function parentFolder(): string {
  const folder = tmpdir()
  const deep = join(folder, `${prefix}00000000-4194304-XXXXXX`).length > longest
  return deep && process.platform !== 'win32' ? '/tmp' : folder
}

/** A profile folder of one browser: private, empty at the start, removed at the end. */
export interface Profile {
  readonly folder: string
  /**
   * A fontconfig file that knows no font but a blank and a box: those of this machine must not leak into sheets, and
   * without any, Chromium crashes where a page asks for a font or a character that is not there.
   */
  readonly fontConfig: string
  remove(): Promise<void>
}

/** @param owner user and group that the browser runs as, where they are not our own */
export async function createProfile(owner: number | undefined): Promise<Profile> {
  // mkdtemp makes it 0700 and fails where the name exists. The mark tells the next start whether it is orphaned.
  const folder = await mkdtemp(join(parentFolder(), `${prefix}${processMark()}-`))
  const fontConfig = join(folder, 'fonts.conf')
  const lastResort = join(folder, 'last-resort')
  await mkdir(lastResort)
  await copyFile(join(toolFolder(), 'dist', 'fonts', 'last-resort.ttf'), join(lastResort, 'last-resort.ttf'))
  await writeFile(
    fontConfig,
    `<?xml version="1.0"?>\n<fontconfig><dir>${lastResort}</dir><cachedir>${folder}/fonts</cachedir></fontconfig>\n`,
  )
  if (owner !== undefined) await chown(folder, owner, owner)
  return { folder, fontConfig, remove: () => removeFolder(folder) }
}

/** Removes profiles of processes that ended without a chance to do so themselves. */
export async function sweepProfiles(): Promise<void> {
  const parent = parentFolder()
  const names = await readdir(parent).catch(() => [])
  for (const name of names) {
    const mark = orphaned.exec(name)?.[1]
    // Of those that browsers of other containers use in a shared folder nothing is known.
    if (mark === undefined || stateOfProcess(mark) !== 'ended') continue
    const folder = join(parent, name)
    // Another user's leftovers are theirs to remove, and rm would only fail.
    const found = await stat(folder).catch(() => undefined)
    const uid = process.getuid?.()
    if (!found?.isDirectory() || (uid !== undefined && uid !== 0 && found.uid !== uid)) continue
    await removeFolder(folder)
  }
}

const orphaned = new RegExp(`^${prefix}(${markPattern})`)

async function removeFolder(folder: string): Promise<void> {
  // A browser that is just ending may still be writing.
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }).catch(() => undefined)
}
