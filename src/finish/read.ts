import { inflateSync } from 'node:zlib'

import {
  isDict,
  isName,
  isOperator,
  isRef,
  PdfReader,
  PdfSyntaxError,
  type PdfDict,
  type PdfValue,
} from './syntax.ts'

/** A PDF with a plain cross-reference table, as Skia writes it. */
export interface PdfFile {
  readonly bytes: Buffer
  /** The object of a number: its value and, for streams, their raw bytes. */
  object(number: number): PdfObject
  /** Follows references until a value is reached. */
  resolve(value: PdfValue | undefined): PdfValue | undefined
  /** A value of a dictionary, references followed. */
  get(dict: PdfDict | undefined, key: string): PdfValue | undefined
  getDict(dict: PdfDict | undefined, key: string): PdfDict | undefined
  /** The decoded bytes of a stream object. */
  stream(number: number): Buffer
  readonly trailer: PdfDict
  readonly numbers: readonly number[]
}

export interface PdfObject {
  readonly value: PdfValue
  readonly stream?: { readonly start: number; readonly length: number }
}

/** A PDF that asks for a password, or for none that was set. */
export class EncryptedPdf extends PdfSyntaxError {}

/** No sheet has more objects; a file that is made to exhaust memory has. */
const mostObjects = 2_000_000

/** No stream of a sheet is larger when unpacked; a bomb is. */
const mostUnpacked = 256 * 1024 * 1024

/**
 * Opens a PDF.
 *
 * @throws PdfSyntaxError where it is no PDF of the plain kind: truncated, encrypted, or with object streams
 */
export function readPdf(bytes: Buffer): PdfFile {
  const text = bytes.toString('latin1')
  if (!text.startsWith('%PDF-')) throw new PdfSyntaxError('it does not begin with %PDF')
  const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text.slice(-64))?.[1]
  if (start === undefined) throw new PdfSyntaxError('it does not end with %%EOF')
  const { offsets, trailer } = readTable(text, Number(start))
  if (trailer.dict.has('Encrypt')) throw new EncryptedPdf('it is encrypted')

  const cache = new Map<number, PdfObject>()
  const file: PdfFile = {
    bytes,
    trailer,
    numbers: [...offsets.keys()],
    object(number) {
      const known = cache.get(number)
      if (known) return known
      const offset = offsets.get(number)
      const object = offset === undefined ? { value: null } : readObject(text, offset, number, file)
      cache.set(number, object)
      return object
    },
    resolve(value) {
      let current = value
      for (let hops = 0; isRef(current) && hops < 20; hops += 1) current = file.object(current.ref).value
      return current
    },
    get: (dict, key) => file.resolve(dict?.dict.get(key)),
    getDict(dict, key) {
      const value = file.get(dict, key)
      return isDict(value) ? value : undefined
    },
    stream(number) {
      const { value, stream } = file.object(number)
      if (!stream || !isDict(value)) throw new PdfSyntaxError(`object ${number} is no stream`)
      const raw = bytes.subarray(stream.start, stream.start + stream.length)
      const filter = file.get(value, 'Filter')
      if (filter === undefined || filter === null) return raw
      if (isName(filter) && filter.name === 'FlateDecode')
        return inflateSync(raw, { maxOutputLength: mostUnpacked })
      throw new PdfSyntaxError(`object ${number} is packed in a way that is not known`)
    },
  }
  return file
}

/** The table of offsets and the trailer (§ 7.5.4, § 7.5.5). */
function readTable(text: string, start: number): { offsets: Map<number, number>; trailer: PdfDict } {
  const reader = new PdfReader(text, start)
  const expect = (word: string) => {
    const value = reader.next()
    if (!isOperator(value) || value.operator !== word)
      throw new PdfSyntaxError(`${word} was expected at byte ${start}`)
  }
  expect('xref')
  const offsets = new Map<number, number>()
  for (;;) {
    reader.skipSpace()
    if (text.startsWith('trailer', reader.position)) break
    const [first, count] = [reader.next(), reader.next()]
    if (typeof first !== 'number' || typeof count !== 'number')
      throw new PdfSyntaxError('the table of offsets is broken')
    reader.skipSpace()
    for (let index = 0; index < count; index += 1) {
      const entry = text.slice(reader.position, reader.position + 20)
      const match = /^(\d{10}) (\d{5}) ([nf])/.exec(entry)
      if (!match || offsets.size > mostObjects) throw new PdfSyntaxError('the table of offsets is broken')
      if (match[3] === 'n') offsets.set(first + index, Number(match[1]))
      reader.position += 20
    }
  }
  expect('trailer')
  const trailer = reader.next()
  if (!isDict(trailer)) throw new PdfSyntaxError('there is no trailer')
  return { offsets, trailer }
}

function readObject(text: string, offset: number, number: number, file: PdfFile): PdfObject {
  const reader = new PdfReader(text, offset)
  const head = [reader.next(), reader.next(), reader.next()]
  if (head[0] !== number || !isOperator(head[2]) || head[2].operator !== 'obj') {
    throw new PdfSyntaxError(`object ${number} is not where the table says`)
  }
  const value = reader.next() ?? null
  reader.skipSpace()
  if (!text.startsWith('stream', reader.position)) return { value }
  const start = reader.position + (text.startsWith('stream\r\n', reader.position) ? 8 : 7)
  const length = isDict(value) ? file.get(value, 'Length') : undefined
  if (typeof length !== 'number' || start + length > text.length)
    throw new PdfSyntaxError(`the stream of object ${number} is cut short`)
  return { value, stream: { start, length } }
}

/** The page dictionaries in order, with what they inherit (§ 7.7.3). */
export function pagesOf(file: PdfFile): PdfDict[] {
  return walkPages(file).map(({ page }) => page)
}

/** The object numbers of the pages in order. */
export function pageNumbersOf(file: PdfFile): number[] {
  return walkPages(file).map(({ number }) => number)
}

function walkPages(file: PdfFile): { number: number; page: PdfDict }[] {
  const pages: { number: number; page: PdfDict }[] = []
  const walk = (value: PdfValue | undefined, inherited: ReadonlyMap<string, PdfValue>, depth: number) => {
    const node = file.resolve(value)
    if (!isDict(node) || depth > 50) throw new PdfSyntaxError('the page tree is broken')
    const merged = new Map([...inherited, ...node.dict])
    const kids = file.get(node, 'Kids')
    if (!Array.isArray(kids)) {
      pages.push({ number: isRef(value) ? value.ref : 0, page: { dict: merged } })
      return
    }
    const handedDown = new Map(
      [...merged].filter(([key]) => ['MediaBox', 'CropBox', 'Rotate', 'Resources'].includes(key)),
    )
    for (const kid of kids) walk(kid, handedDown, depth + 1)
  }
  const root = file.getDict(file.trailer, 'Root')
  walk(root?.dict.get('Pages'), new Map(), 0)
  return pages
}
