import { constants, type Dirent } from 'node:fs'
import { open } from 'node:fs/promises'
import { relative, sep } from 'node:path'

import { diagnose } from '../diagnostics/diagnostic.ts'
import type { Location, Source } from '../text/source.ts'
import { caps } from '../yaml/caps.ts'
import { decode } from './decode.ts'
import { entriesBelow } from './folders.ts'
import { failed, type Loaded } from './loaded.ts'

/**
 * Reads a UTF-8 text file, up to 8 MB.
 *
 * @param path absolute
 * @param shown the path as people are shown it
 * @param at where the path was named, for the diagnostics
 */
export async function readSource(path: string, shown: string, at?: Location): Promise<Loaded<Source>> {
  const bytes = await readBytes(path, shown, caps.bytes, at)
  return failed(bytes) ? bytes : decode(bytes.value, shown)
}

/** Reads an ordinary file, up to a number of bytes. Pipes and devices are refused: they may never end. */
export async function readBytes(
  path: string,
  shown: string,
  most: number,
  at?: Location,
): Promise<Loaded<Buffer>> {
  const fail = (code: Parameters<typeof diagnose>[0], message: string, hint?: string) => ({
    diagnostics: [diagnose(code, message, { at, hint })],
  })
  let handle
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    return fail(...explainOpen(error, shown))
  }
  try {
    const stat = await handle.stat()
    if (stat.isDirectory()) return fail('load/is-a-folder', `${shown} is a folder`, 'Name the file inside it')
    if (!stat.isFile()) return fail('load/unreadable', `${shown} is not an ordinary file`)
    if (stat.size > most) {
      return fail(
        'load/too-large',
        `${shown} has ${megabytes(stat.size)} MB; ${megabytes(most)} MB is the most`,
      )
    }
    const bytes = await handle.readFile()
    return bytes.length > most
      ? fail('load/too-large', `${shown} has more than ${megabytes(most)} MB`)
      : { value: bytes }
  } catch (error) {
    return fail(...explainOpen(error, shown))
  } finally {
    await handle.close()
  }
}

/**
 * Everything that lies in a folder, at any depth.
 *
 * @param path absolute
 * @param shown the path as people are shown it
 */
export function readEntries(path: string, shown: string): Loaded<readonly Dirent[]> {
  try {
    return { value: entriesBelow(path) }
  } catch (error) {
    const below = relative(path, (error as NodeJS.ErrnoException).path ?? path)
    const [code, message] = explainOpen(error, [shown, ...below.split(sep)].filter(Boolean).join('/'))
    return { diagnostics: [diagnose(code, message)] }
  }
}

/**
 * Why something cannot be opened: a code and a message.
 *
 * @param error the system's
 * @param shown the path as people are shown it
 */
export function explainOpen(
  error: unknown,
  shown: string,
): ['load/not-found' | 'load/is-a-folder' | 'load/unreadable', string] {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return ['load/not-found', `${shown} does not exist`]
  if (code === 'EISDIR') return ['load/is-a-folder', `${shown} is a folder`]
  if (code === 'EACCES' || code === 'EPERM')
    return ['load/unreadable', `${shown} may not be read by this user`]
  if (code === 'ENAMETOOLONG') return ['load/not-found', `${shown.slice(0, 60)}… is too long for a path`]
  return ['load/unreadable', `${shown} cannot be read (${code ?? 'unknown reason'})`]
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(bytes % (1024 * 1024) === 0 ? 0 : 1)
}
