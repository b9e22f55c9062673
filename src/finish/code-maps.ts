import type { PdfFile } from './read.ts'
import { isDict, isName, isRef, type PdfDict, type PdfValue } from './syntax.ts'

/** How a font's codes are read: Type 0 fonts have two bytes a code, all others one. */
export interface CodeMap {
  readonly bytes: 1 | 2
  readonly texts: ReadonlyMap<number, string>
  /** In thousandths of an em, by code; empty where codes have one byte. */
  readonly widths: ReadonlyMap<number, number>
  /** Of codes that were asked for, by their digits: a page shows few, and each many times. */
  readonly asked: Map<string, string>
}

/** Of a font that does not say what its codes stand for. */
export const noCodes: CodeMap = { bytes: 2, texts: new Map(), widths: new Map(), asked: new Map() }

/** The characters of a font that resources name. @param maps those that are known, by the number of their font */
export function codeMapOf(
  file: PdfFile,
  resources: PdfDict | undefined,
  name: string,
  maps: Map<number, CodeMap>,
): CodeMap {
  const entry = file.getDict(resources, 'Font')?.dict.get(name)
  if (!isRef(entry)) return noCodes
  const known = maps.get(entry.ref)
  if (known) return known
  const font = file.resolve(entry)
  const toUnicode = isDict(font) ? font.dict.get('ToUnicode') : undefined
  const subtype = isDict(font) ? file.get(font, 'Subtype') : undefined
  let [texts, widths]: [CodeMap['texts']?, CodeMap['widths']?] = []
  const map: CodeMap = {
    bytes: isName(subtype) && subtype.name === 'Type0' ? 2 : 1,
    // Unpacked when a text is asked for.
    get texts() {
      texts ??= isRef(toUnicode) ? parseCodeMap(file.stream(toUnicode.ref).toString('latin1')) : new Map()
      return texts
    },
    get widths() {
      return (widths ??= isDict(font) ? widthsIn(listedWidths(file, font)) : new Map())
    },
    asked: new Map(),
  }
  maps.set(entry.ref, map)
  return map
}

/** The widths that the descendant of a Type 0 font lists, as they are written. */
export function listedWidths(file: PdfFile, font: PdfDict): readonly PdfValue[] {
  const descendants = file.get(font, 'DescendantFonts')
  const descendant = Array.isArray(descendants) ? file.resolve(descendants[0]) : undefined
  const widths = isDict(descendant) ? file.get(descendant, 'W') : undefined
  return Array.isArray(widths) ? widths : []
}

/** Widths by code (ISO 32000-1, § 9.7.4.3). */
export function widthsIn(values: readonly PdfValue[]): ReadonlyMap<number, number> {
  const widths = new Map<number, number>()
  for (let at = 0; at < values.length;) {
    const [first, next, width] = [Number(values[at]), values[at + 1], Number(values[at + 2])]
    if (Array.isArray(next)) {
      for (const [index, own] of next.entries()) widths.set(first + index, Number(own))
      at += 2
    } else {
      for (let code = first; code <= Number(next); code += 1) widths.set(code, width)
      at += 3
    }
  }
  return widths
}

/**
 * Where the letters of a string begin and end, from where it begins: blanks at its ends leave no ink.
 *
 * @param written its codes, as hexadecimal digits
 * @returns in thousandths of an em; undefined where it has no letters, or not all widths are known
 */
export function reachOf(written: string, font: CodeMap): readonly [from: number, to: number] | undefined {
  const digits = font.bytes * 2
  let [from, to]: [number?, number?] = []
  let end = 0
  for (let at = 0; at < written.length; at += digits) {
    const code = Number.parseInt(written.slice(at, at + digits), 16)
    const width = font.widths.get(code)
    if (width === undefined) return undefined
    const isBlank = font.texts.get(code)?.trim() === ''
    if (!isBlank) from ??= end
    end += width
    if (!isBlank) to = end
  }
  return from === undefined || to === undefined ? undefined : [from, to]
}

/** What the codes of a table stand for. @see Adobe Technical Note 5411, ToUnicode Mapping File Tutorial */
export function parseCodeMap(cmap: string): ReadonlyMap<number, string> {
  const map = new Map<number, string>()
  for (const [, body = ''] of cmap.matchAll(/beginbfchar([^]*?)endbfchar/g)) {
    const written = body.match(/<[0-9A-Fa-f]*>/g) ?? []
    for (let at = 0; at + 1 < written.length; at += 2) map.set(codeIn(written[at]), textIn(written[at + 1]))
  }
  for (const [, body = ''] of cmap.matchAll(/beginbfrange([^]*?)endbfrange/g)) {
    for (const [, from, to, texts = ''] of body.matchAll(/(<\w+>)\s*(<\w+>)\s*(<\w*>|\[[^\]]*\])/g)) {
      const [start, end] = [codeIn(from), codeIn(to)]
      const each = texts.startsWith('[') ? (texts.match(/<\w*>/g) ?? []).map(textIn) : undefined
      const base = textIn(texts)
      const last = base.codePointAt(base.length - 1) ?? 0
      for (let code = start; code <= end && code - start < 65_536; code += 1) {
        const next = base.slice(0, -1) + String.fromCodePoint(last + code - start)
        map.set(code, each ? (each[code - start] ?? '\ufffd') : next)
      }
    }
  }
  return map
}

function codeIn(written = ''): number {
  return Number.parseInt(written.slice(1, -1), 16)
}

function textIn(written = ''): string {
  // Nearly all are one character.
  if (written.length === 6) return String.fromCharCode(codeIn(written))
  return decodeUtf16(Buffer.from(written.slice(1, -1), 'hex'))
}

/** Room for the codes of one string: nearly all are short. */
const room = Buffer.alloc(1024)

/** The text of codes that are written as hexadecimal digits. */
export function decodeDigits(written: string, { bytes, texts, asked }: Omit<CodeMap, 'widths'>): string {
  const isOne = written.length === bytes * 2
  const known = isOne ? asked.get(written) : undefined
  if (known !== undefined) return known
  const digits = written.length % 2 === 0 ? written : `${written}0`
  const codes = digits.length <= room.length * 2 ? room : Buffer.alloc(digits.length / 2)
  const length = codes.write(digits, 'hex')
  // What is no digit does not count (§ 7.3.4.3).
  if (length * 2 < digits.length)
    return decodeDigits(written.replace(/[^\dA-Fa-f]/g, ''), { bytes, texts, asked })
  let text = ''
  for (let at = 0; at + bytes <= length; at += bytes) {
    const code = bytes === 1 ? (codes[at] ?? 0) : ((codes[at] ?? 0) << 8) | (codes[at + 1] ?? 0)
    text += texts.get(code) ?? '\ufffd'
  }
  if (isOne) asked.set(written, text)
  return text
}

/** A text string (§ 7.9.2.2): UTF-16 with a mark, else PDFDocEncoding, which is Latin-1 for our purposes. */
export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(bytes.subarray(2))
  return bytes.toString('latin1')
}

function decodeUtf16(bytes: Buffer): string {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le')
}
