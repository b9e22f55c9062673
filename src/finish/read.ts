import { inflated } from './packing.ts'
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

/** An object of a file, and where its stream stands in it, in bytes. */
export interface PdfObject {
  readonly value: PdfValue
  readonly stream?: { readonly start: number; readonly length: number }
}

/** A PDF that asks for a password, or for none that was set. */
export class EncryptedPdf extends PdfSyntaxError {}

/** A PDF that is written in another way than Skia does it. It may be whole; `open.ts` has it put into the plain form. */
export class OtherKind extends PdfSyntaxError {}

/** The largest number that an object may have (annex C); a file that is made to exhaust memory has larger ones. */
const mostObjects = 8_388_607

/**
 * Opens a PDF of the plain kind.
 *
 * @throws PdfSyntaxError where it is truncated or damaged, EncryptedPdf, OtherKind
 */
export function readPdf(bytes: Buffer): PdfFile {
  const text = bytes.toString('latin1')
  const { offsets, trailer } = newestSection(text)
  if (!offsets) throw new OtherKind('its table of objects is packed')
  // Sections before this one: it was changed by appending, or is written for the web (§ 7.5.6, § 7.5.8.4, annex F).
  if (trailer.dict.has('Prev') || trailer.dict.has('XRefStm'))
    throw new OtherKind('it is in several sections')

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
      switch (packingOf(file, value)) {
        case 'none':
          return raw
        case 'deflate':
          return inflated(raw)
        case 'other':
          throw new OtherKind(`object ${number} is packed in a way that is not known`)
      }
    },
  }
  return file
}

/** How a stream is packed, as far as it is known here. */
export function packingOf(file: PdfFile, dict: PdfDict): 'none' | 'deflate' | 'other' {
  const filter = file.get(dict, 'Filter')
  if (filter === undefined || filter === null) return 'none'
  return isName(filter) && filter.name === 'FlateDecode' && !dict.dict.has('DecodeParms')
    ? 'deflate'
    : 'other'
}

/**
 * The newest table of objects and its trailer (§ 7.5.4, § 7.5.5, § 7.5.8).
 *
 * @returns no offsets where they are packed in a stream
 * @throws PdfSyntaxError where the file is truncated or damaged, EncryptedPdf
 */
export function newestSection(text: string): { offsets?: Map<number, number>; trailer: PdfDict } {
  if (!text.startsWith('%PDF-')) throw new PdfSyntaxError('it does not begin with %PDF')
  const start = /startxref\s+(\d{1,15})\s+%%EOF\s*$/.exec(text.slice(-64))?.[1]
  if (start === undefined) throw new PdfSyntaxError('it does not end with %%EOF')
  const at = Number(start)
  const section = /^\s*\d+\s+\d+\s+obj\b/.test(text.slice(at, at + 64))
    ? { trailer: readTrailerOfStream(text, at) }
    : readTable(text, at)
  if (section.trailer.dict.has('Encrypt')) throw new EncryptedPdf('it is encrypted')
  return section
}

function readTrailerOfStream(text: string, start: number): PdfDict {
  const reader = new PdfReader(text, start)
  const [, , , dict] = [reader.next(), reader.next(), reader.next(), reader.next()]
  if (!isDict(dict)) throw new PdfSyntaxError('there is no trailer')
  return dict
}

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
      const at = reader.position
      const kind = text.charCodeAt(at + 17)
      const offset = digitsAt(text, at, 10)
      const isWhole = offset >= 0 && digitsAt(text, at + 11, 5) >= 0 && (kind === 0x6e || kind === 0x66)
      if (!isWhole || first + index > mostObjects) throw new PdfSyntaxError('the table of offsets is broken')
      if (kind === 0x6e) offsets.set(first + index, offset)
      reader.position += 20
    }
  }
  expect('trailer')
  const trailer = reader.next()
  if (!isDict(trailer)) throw new PdfSyntaxError('there is no trailer')
  return { offsets, trailer }
}

/** A number of so many digits; -1 where there is something else. */
function digitsAt(text: string, start: number, count: number): number {
  let number = 0
  for (let at = start; at < start + count; at += 1) {
    const digit = text.charCodeAt(at) - 0x30
    if (!(digit >= 0 && digit <= 9)) return -1
    number = number * 10 + digit
  }
  return number
}

/** The number of an object, and of how many have had it before (§ 7.3.10). */
const objectHead =
  /[\0\t\n\f\r ]*(\d{1,10})[\0\t\n\f\r ]+\d{1,10}[\0\t\n\f\r ]+obj(?![^\0\t\n\f\r ()<>[\]{}/%])/y

function readObject(text: string, offset: number, number: number, file: PdfFile): PdfObject {
  objectHead.lastIndex = offset
  if (Number(objectHead.exec(text)?.[1]) !== number)
    throw new PdfSyntaxError(`object ${number} is not where the table says`)
  const reader = new PdfReader(text, objectHead.lastIndex)
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
