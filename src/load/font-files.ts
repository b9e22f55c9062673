import { readFileSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { basename } from 'node:path'

import { readBytes } from './files.ts'
import type { FontFace } from './font-set.ts'
import { isInside } from './inside.ts'
import { failed } from './loaded.ts'

/** Known tags of WOFF2 by their index (W3C WOFF 2.0, § 4.1). */
const glyf = 10
const cff = 13
const variation = 47

/** A file of a font package that is no font that can be printed. */
export class FontFileError extends Error {}

/** A font of Asian scripts has some 10 kB a slice and 5 MB as a whole. */
const most = 32 * 1024 * 1024

/**
 * Reads a font file of a package.
 *
 * @throws FontFileError where it leads out of its package, or is no static TrueType font
 */
export async function readFont(folder: string, path: string): Promise<Buffer> {
  const inside = await Promise.all([realpath(folder), realpath(path)]).catch(() => undefined)
  const bytes = inside && isInside(...inside) ? await readBytes(path, path, most) : undefined
  if (!bytes || failed(bytes) || !isStaticTrueType(bytes.value))
    throw new FontFileError(`${basename(path)} is no static TrueType font of its package`)
  return bytes.value
}

/** Whether a WOFF2 file holds glyf outlines and no variations; anything else would print as Type 3. */
function isStaticTrueType(bytes: Buffer): boolean {
  if (bytes.length < 48 || bytes.toString('latin1', 0, 4) !== 'wOF2') return false
  const tables = bytes.readUInt16BE(12)
  const tags = new Set<number>()
  let offset = 48
  const skipNumber = () => {
    while (offset < bytes.length && ((bytes[offset] ?? 0) & 0x80) !== 0) offset += 1
    offset += 1
  }
  for (let index = 0; index < tables; index += 1) {
    const flags = bytes[offset] ?? 0
    offset += 1
    const tag = flags & 0x3f
    tags.add(tag)
    if (tag === 0x3f) offset += 4
    skipNumber()
    const transformed = flags >> 6
    if (tag === glyf || tag === 11 ? transformed !== 3 : transformed !== 0) skipNumber()
  }
  return tags.has(glyf) && !tags.has(cff) && !tags.has(variation)
}

/** Reads font files as base64. */
export type FontReader = (faces: readonly FontFace[]) => Promise<ReadonlyMap<string, string>>

/** A reader that reads each file once. Its answers are keyed by path. */
export function createFontReader(): FontReader {
  const files = new Map<string, string>()
  return async (faces) => {
    await Promise.all(
      faces.map(async ({ path, packageFolder }) => {
        if (files.has(path)) return
        const bytes = packageFolder === undefined ? readFileSync(path) : await readFont(packageFolder, path)
        files.set(path, bytes.toString('base64'))
      }),
    )
    return files
  }
}
