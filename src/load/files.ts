import { constants, type Dirent } from 'node:fs'
import { lstat, open, realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { createSource, type Location, type Source } from '../text/source.ts'
import { caps } from '../yaml/caps.ts'
import { controlHere, firstControl } from '../yaml/controls.ts'
import { entriesBelow } from './folders.ts'

/** Either the value or why it could not be had. */
export type Loaded<T> = { readonly value: T } | { readonly diagnostics: readonly Diagnostic[] }

/** Whether something could not be read; then it says why. */
export function failed<T>(loaded: Loaded<T>): loaded is { readonly diagnostics: readonly Diagnostic[] } {
  return 'diagnostics' in loaded
}

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

function explainOpen(
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

/** The text of a file, which must be UTF-8. @param shown the path as people are shown it */
export function decode(bytes: Buffer, shown: string): Loaded<Source> {
  if (looksLikeUtf32(bytes)) {
    return { diagnostics: [diagnose('load/utf-16', `${shown} is UTF-32 text`, { hint: 'Save it as UTF-8' })] }
  }
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (utf16 || looksLikeUtf16(bytes)) {
    return { diagnostics: [diagnose('load/utf-16', `${shown} is UTF-16 text`, { hint: 'Save it as UTF-8' })] }
  }
  let text: string
  try {
    // A byte-order mark is left out. A CR alone ends a line as well (YAML 1.2, § 5.4), but not for the YAML library.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r(?!\n)/g, '\n')
  } catch {
    const line = firstBadLine(bytes)
    if (bytes.includes(0)) return notText(shown)
    return {
      diagnostics: [
        diagnose('load/not-utf-8', `${shown} is not UTF-8 text (line ${line})`, {
          hint: 'Save it as UTF-8; it was probably written as Windows-1252 or ISO 8859',
        }),
      ],
    }
  }
  const control = firstControl(text)
  if (control) {
    const { index, character } = control
    // One or two may have slipped into a text; more are a file of another kind.
    if (index === 0 || text.slice(0, 1_000).split('\0').length > 3) return notText(shown)
    const span = { start: index, end: index + 1 }
    return { diagnostics: [controlHere({ source: createSource(shown, text), span }, character)] }
  }
  return { value: createSource(shown, text) }
}

function notText(shown: string): Loaded<Source> {
  return { diagnostics: [diagnose('load/not-text', `${shown} is not a text file`)] }
}

/** With its mark, which in one order begins like that of UTF-16, or by three of four bytes being NUL. */
function looksLikeUtf32(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 64)
  if (start.length < 4 || bytes.length % 4 !== 0) return false
  const mark = bytes.readUInt32BE(0)
  if (mark === 0xff_fe_00_00 || mark === 0x00_00_fe_ff) return true
  const isLatin = (order: number) => start.every((byte, index) => (byte !== 0) === (index % 4 === order))
  return isLatin(0) || isLatin(3)
}

/** Without a mark, UTF-16 shows as every other byte being NUL in text of Latin letters. */
function looksLikeUtf16(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 64)
  if (start.length < 4) return false
  const zeros = (offset: number) => start.filter((byte, index) => index % 2 === offset && byte === 0).length
  const half = Math.floor(start.length / 2)
  return (zeros(0) === half && zeros(1) === 0) || (zeros(1) === half && zeros(0) === 0)
}

function firstBadLine(bytes: Buffer): number {
  let line = 1
  let start = 0
  for (let index = 0; index <= bytes.length; index += 1) {
    if (index < bytes.length && bytes[index] !== 0x0a) continue
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, index))
    } catch {
      return line
    }
    line += 1
    start = index + 1
  }
  return line
}

/**
 * The real path of a file that another file names, if it stays inside one of the project's folders, links
 * followed. What is named in a ladder must not be able to print other files of the machine.
 *
 * @param roots real paths of folders
 * @param folder the folder of the naming file
 */
export async function resolveInside(
  roots: readonly string[],
  folder: string,
  named: string,
  at: Location,
): Promise<Loaded<string>> {
  const outside = (hint?: string) => ({
    diagnostics: [
      diagnose('load/outside-project', `"${named}" leads out of the ladder’s folder`, { at, hint }),
    ],
  })
  if (isAbsolute(named) || /^[A-Za-z]:|^[a-z][a-z0-9+.-]*:|\\|\0|%2e|%2f|%5c/i.test(named)) {
    return outside('Write a path relative to this file, with forward slashes')
  }
  const path = resolve(folder, named)
  if (!roots.some((root) => isInside(root, path))) return outside()
  try {
    await lstat(path)
  } catch (error) {
    const [code, message] = explainOpen(error, named)
    return { diagnostics: [diagnose(code, message, { at })] }
  }
  try {
    const real = await realpath(path)
    return roots.some((root) => isInside(root, real))
      ? { value: real }
      : outside('It is a link to a place elsewhere')
  } catch {
    return { diagnostics: [diagnose('load/not-found', `${named} is a link that leads nowhere`, { at })] }
  }
}

/** Whether a path lies in a folder (not the folder itself). */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
