import { pagesOf, type PdfFile } from './read.ts'
import {
  isDict,
  isName,
  isOperator,
  isRef,
  isString,
  PdfReader,
  type PdfDict,
  type PdfValue,
} from './syntax.ts'

/** How a font's codes are read: Type 0 fonts have two bytes a code, all others one. */
interface CodeMap {
  readonly bytes: 1 | 2
  readonly texts: ReadonlyMap<number, string>
}

const noCodes: CodeMap = { bytes: 2, texts: new Map() }

/**
 * The text of each page in the order in which it is painted, without the spaces between words and lines: what a
 * reader, a search or a copy would find.
 */
export function textOf(file: PdfFile): string[] {
  return marksOf(file).map((pieces) => pieces.map(({ text }) => text).join(''))
}

/** Text that was painted in one go, and the mark (MCID) under which the structure knows it; -1 where there is none. */
export interface MarkedText {
  readonly mark: number
  readonly text: string
}

/** The text of each page, piece by piece as it is painted. */
export function marksOf(file: PdfFile): MarkedText[][] {
  const maps = new Map<number, CodeMap>()
  return pagesOf(file).map((page) => {
    const pieces: MarkedText[] = []
    const contents = page.dict.get('Contents')
    const streams = isRef(contents)
      ? [contents.ref]
      : Array.isArray(contents)
        ? contents.filter(isRef).map(({ ref }) => ref)
        : []
    const bytes = Buffer.concat(streams.flatMap((number) => [file.stream(number), Buffer.from('\n')]))
    readContent({ file, maps, pieces }, bytes, file.getDict(page, 'Resources'), -1, 0)
    return pieces
  })
}

interface Reading {
  readonly file: PdfFile
  readonly maps: Map<number, CodeMap>
  readonly pieces: MarkedText[]
}

function readContent(
  reading: Reading,
  bytes: Buffer,
  resources: PdfDict | undefined,
  outerMark: number,
  depth: number,
): void {
  const { file, maps, pieces } = reading
  const reader = new PdfReader(textLines(bytes.toString('latin1')))
  const operands: PdfValue[] = []
  let map = noCodes
  /** Nesting of marked content; where one has ActualText, that is said instead of its codes (§ 14.9.4). */
  const marks: { mark: number; replaced: boolean }[] = []
  let replaced = false
  let mark = outerMark
  /** Text is collected until its mark changes: glyphs come one by one. */
  let said = ''
  const say = (text: string) => {
    said += text
  }
  const remark = () => {
    if (said !== '') pieces.push({ mark, text: said })
    said = ''
    replaced = marks.some((open) => open.replaced)
    mark = marks.findLast((open) => open.mark >= 0)?.mark ?? outerMark
  }
  for (let value = reader.next(); value !== undefined; value = reader.next()) {
    if (!isOperator(value)) {
      operands.push(value)
      continue
    }
    const last = operands.at(-1)
    switch (value.operator) {
      case 'Tf': {
        const [name] = operands
        map = isName(name) ? fontMap(file, resources, name.name, maps) : noCodes
        break
      }
      case 'Tj':
      case "'":
      case '"':
        if (isString(last) && !replaced) say(decode(last.bytes, map))
        break
      case 'TJ':
        if (Array.isArray(last) && !replaced)
          for (const part of last) if (isString(part)) say(decode(part.bytes, map))
        break
      case 'BMC':
        marks.push({ mark: -1, replaced: false })
        remark()
        break
      case 'BDC': {
        const actual = isDict(last) ? last.dict.get('ActualText') : undefined
        const known = isDict(last) ? last.dict.get('MCID') : undefined
        const says = isString(actual) && !replaced ? decodeText(actual.bytes) : ''
        marks.push({ mark: typeof known === 'number' ? known : -1, replaced: isString(actual) })
        remark()
        say(says)
        break
      }
      case 'EMC':
        marks.pop()
        remark()
        break
      case 'Do': {
        const form = isName(last) ? file.getDict(resources, 'XObject')?.dict.get(last.name) : undefined
        if (isRef(form) && depth < 10) {
          const dict = file.resolve(form)
          const subtype = isDict(dict) ? file.get(dict, 'Subtype') : undefined
          if (isDict(dict) && isName(subtype) && subtype.name === 'Form') {
            const inner = file.getDict(dict, 'Resources') ?? resources
            remark()
            readContent(reading, file.stream(form.ref), inner, mark, depth + 1)
          }
        }
        break
      }
    }
    operands.length = 0
  }
  remark()
}

const ofText = new Set(['Tf', 'Tj', 'TJ', "'", '"', 'BMC', 'BDC', 'EMC', 'Do'])

/**
 * Of content as Skia writes it, an operator to a line, the lines that have to do with text, without their coordinates:
 * an eighth of what there is to read. Other content comes back whole: a string in parentheses may hold line ends.
 */
function textLines(content: string): string {
  if (content.includes('(')) return content
  const lines: string[] = []
  for (const line of content.split('\n')) {
    const operator = line.slice(line.lastIndexOf(' ') + 1)
    if (line.endsWith('> Tj')) lines.push(line.slice(line.lastIndexOf('<')))
    else if (ofText.has(operator) || operator.endsWith('BDC')) lines.push(line)
    else if (line !== '' && !/^[A-Za-z*]+$/.test(operator)) return content
  }
  return lines.join('\n')
}

function fontMap(
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
  const map: CodeMap = {
    bytes: isName(subtype) && subtype.name === 'Type0' ? 2 : 1,
    texts: isRef(toUnicode) ? parseCodeMap(file.stream(toUnicode.ref).toString('latin1')) : new Map(),
  }
  maps.set(entry.ref, map)
  return map
}

/** @see Adobe Technical Note 5411, ToUnicode Mapping File Tutorial */
function parseCodeMap(cmap: string): ReadonlyMap<number, string> {
  const map = new Map<number, string>()
  const text = (hex: string) => decodeUtf16(Buffer.from(hex, 'hex'))
  for (const [, body = ''] of cmap.matchAll(/beginbfchar([^]*?)endbfchar/g)) {
    for (const [, code = '', to = ''] of body.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>/g)) {
      map.set(Number.parseInt(code, 16), text(to))
    }
  }
  for (const [, body = ''] of cmap.matchAll(/beginbfrange([^]*?)endbfrange/g)) {
    for (const [, from = '', to = '', first = ''] of body.matchAll(
      /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g,
    )) {
      const [start, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)]
      const base = text(first)
      const last = base.codePointAt(base.length - 1) ?? 0
      for (let code = start; code <= end && code - start < 65_536; code += 1) {
        map.set(code, base.slice(0, -1) + String.fromCodePoint(last + code - start))
      }
    }
  }
  return map
}

function decode(bytes: Buffer, { bytes: width, texts }: CodeMap): string {
  let text = ''
  for (let offset = 0; offset + width <= bytes.length; offset += width) {
    text += texts.get(bytes.readUIntBE(offset, width)) ?? '\ufffd'
  }
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
