import { diagnose } from '../diagnostics/diagnostic.ts'
import { createSource, type Source } from '../text/source.ts'
import { controlHere, firstControl } from '../yaml/controls.ts'
import type { Loaded } from './loaded.ts'

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
