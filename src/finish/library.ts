import {
  decodePDFRawStream,
  PDFArray,
  PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  PDFParser,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFWriter,
  type PDFObject,
} from '@cantoo/pdf-lib'

import { deflated, inflated, tooMuch } from './packing.ts'
import { unpredicted } from './predictors.ts'
import { EncryptedPdf, newestSection } from './read.ts'
import { isRef, PdfSyntaxError, type PdfDict } from './syntax.ts'

/** Far more than any sheet has. The library holds a file several times over, and is slow. */
const mostBytes = 32 * 1024 * 1024
const mostUnpackedInAll = 32 * 1024 * 1024

/**
 * Puts a PDF of any kind into the plain form that our own reader knows: one table of objects, each object by itself,
 * streams packed by deflate or not at all. Objects keep their numbers, and what nothing leads to is left out. The same
 * bytes become the same bytes.
 *
 * @throws PdfSyntaxError where it is truncated, damaged, too large, or packed in a way that is not known; EncryptedPdf
 */
export async function plainPdf(bytes: Buffer): Promise<Buffer> {
  if (bytes.length > mostBytes) throw new PdfSyntaxError('it is larger than any sheet')
  const { trailer } = newestSection(bytes.toString('latin1'))
  const parser = new GuardedParser(bytes)
  try {
    const context = await parser.parseDocument()
    context.trailerInfo = trailerOf(context, trailer)
    keepReachable(context, parser.budget)
    return Buffer.from(await PDFWriter.forContext(context, Infinity).serializeToBuffer())
  } catch (error) {
    if (error instanceof PdfSyntaxError) throw error
    // The library's own errors, of which it has many, tell of bytes and tokens.
    throw parser.fault ?? new PdfSyntaxError('a part of it cannot be read')
  }
}

/** The first character of the keyword. */
const xref = 'x'.charCodeAt(0)
/** Nor are there more bytes between the objects of a file that can be read. */
const mostStrayBytes = 10_000

/** What may still be unpacked of a file. */
interface Budget {
  left: number
}

/**
 * The library's parser looks for objects from the first byte to the last. It trusts what a file says about the size of
 * its streams, so those that it would unpack are given to it unpacked, and its loops are counted.
 */
class GuardedParser extends PDFParser {
  readonly budget: Budget = { left: mostUnpackedInAll }
  /** What was found wrong here; the library throws an error of its own instead. */
  fault: PdfSyntaxError | undefined
  #looked = -8
  #strayBytes = 0

  constructor(bytes: Buffer) {
    const stopsAtInvalidObjects = true
    super(bytes, Infinity, stopsAtInvalidObjects)
  }

  /** Between objects it looks for the next one at every byte, which takes long where there is none. */
  protected override matchKeyword(keyword: number[]): boolean {
    if (keyword[0] === xref) {
      const at = this.bytes.offset()
      if (at - this.#looked < 8) this.#strayBytes += 1
      this.#looked = at
      if (this.#strayBytes > mostStrayBytes) throw new PdfSyntaxError('a part of it cannot be read')
    }
    return super.matchKeyword(keyword)
  }

  protected override parseDictOrStream(ref?: PDFRef): PDFDict | PDFStream {
    const value = super.parseDictOrStream(ref)
    if (!(value instanceof PDFRawStream)) return value
    try {
      const type = value.dict.lookup(PDFName.of('Type'))
      if (type === PDFName.of('XRef')) {
        if (value.dict.has(PDFName.of('Encrypt'))) throw new EncryptedPdf('it is encrypted')
        // Offsets are of no use to it.
        return value.dict
      }
      return type === PDFName.of('ObjStm') ? unpackedStream(value, this.budget) : value
    } catch (error) {
      if (error instanceof PdfSyntaxError) this.fault ??= error
      throw error
    }
  }
}

/** The objects by the newest section, whatever older ones say that stand behind it in the file. */
function trailerOf(context: PDFContext, trailer: PdfDict): PDFContext['trailerInfo'] {
  if (context.trailerInfo.Encrypt) throw new EncryptedPdf('it is encrypted')
  const refs = new Map(context.enumerateIndirectObjects().map(([ref]) => [ref.objectNumber, ref]))
  const refOf = (key: string) => {
    const value = trailer.dict.get(key)
    return isRef(value) ? refs.get(value.ref) : undefined
  }
  const [root, info] = [refOf('Root'), refOf('Info')]
  return { ...(root && { Root: root }), ...(info && { Info: info }) }
}

/** Removes objects that nothing refers to, such as versions before a change, and packs all others in one way. */
function keepReachable(context: PDFContext, budget: Budget): void {
  const { Root, Info } = context.trailerInfo
  const reached = new Set<PDFObject>()
  const waiting: (PDFObject | undefined)[] = [Root, Info]
  for (let next = waiting.pop(); next !== undefined || waiting.length > 0; next = waiting.pop()) {
    if (next === undefined || reached.has(next)) continue
    if (next instanceof PDFRef) {
      reached.add(next)
      const object = context.lookup(next)
      if (object instanceof PDFRawStream && isPackedOtherwise(object))
        context.assign(next, repacked(object, budget))
      waiting.push(context.lookup(next))
    } else for (const value of partsOf(next)) waiting.push(value)
  }
  for (const [ref] of context.enumerateIndirectObjects()) if (!reached.has(ref)) context.delete(ref)
}

function partsOf(value: PDFObject): readonly PDFObject[] {
  if (value instanceof PDFArray) return value.asArray()
  const dict = value instanceof PDFStream ? value.dict : value
  return dict instanceof PDFDict ? dict.values() : []
}

const [filterKey, parametersKey] = [PDFName.of('Filter'), PDFName.of('DecodeParms')]
const deflate = PDFName.of('FlateDecode')
const known = new Set(
  ['FlateDecode', 'LZWDecode', 'ASCII85Decode', 'ASCIIHexDecode', 'RunLengthDecode'].map((name) =>
    PDFName.of(name),
  ),
)

/** Images are not looked into, so they stay as they are. */
function isPackedOtherwise({ dict }: PDFRawStream): boolean {
  if (dict.lookup(PDFName.of('Subtype')) === PDFName.of('Image')) return false
  const filter = dict.lookup(filterKey)
  return filter !== undefined && (filter !== deflate || dict.has(parametersKey))
}

function repacked(stream: PDFRawStream, budget: Budget): PDFRawStream {
  const plain = unpackedStream(stream, budget)
  plain.dict.set(filterKey, deflate)
  return PDFRawStream.of(plain.dict, deflated(plain.contents))
}

/** A stream without its filters (§ 7.4). */
function unpackedStream({ dict, contents }: PDFRawStream, budget: Budget): PDFRawStream {
  const filters = listed(dict.lookup(filterKey))
  const parameters = listed(dict.lookup(parametersKey))
  let bytes: Uint8Array = contents
  for (const [index, filter] of filters.entries()) {
    const own = dict.context.lookup(parameters[index])
    bytes = unpacked(bytes, dict.context.lookup(filter), own instanceof PDFDict ? own : undefined, budget)
    budget.left -= bytes.length
  }
  const plain = dict.clone()
  plain.delete(filterKey)
  plain.delete(parametersKey)
  return PDFRawStream.of(plain, bytes)
}

function listed(value: PDFObject | undefined): readonly PDFObject[] {
  return value instanceof PDFArray ? value.asArray() : value === undefined ? [] : [value]
}

function unpacked(
  bytes: Uint8Array,
  filter: PDFObject | undefined,
  parameters: PDFDict | undefined,
  budget: Budget,
): Buffer {
  if (!(filter instanceof PDFName) || !known.has(filter))
    throw new PdfSyntaxError('a part of it is packed in a way that is not known')
  const number = (key: string, otherwise: number) => {
    const value = parameters?.lookup(PDFName.of(key))
    return value instanceof PDFNumber ? value.asNumber() : otherwise
  }
  const plain =
    filter === deflate
      ? inflated(bytes, budget.left)
      : decoded(bytes, filter, number('EarlyChange', 1), budget)
  return unpredicted(plain, {
    predictor: number('Predictor', 1),
    colors: number('Colors', 1),
    bitsPerComponent: number('BitsPerComponent', 8),
    columns: number('Columns', 1),
  })
}

/** Unpacks by the library, block by block, because it has no limit of its own. */
function decoded(bytes: Uint8Array, filter: PDFName, earlyChange: number, budget: Budget): Buffer {
  const dict = PDFContext.create().obj({ Filter: filter, DecodeParms: { EarlyChange: earlyChange } })
  const stream = decodePDFRawStream(PDFRawStream.of(dict, bytes))
  const block = 65_536
  for (let length = 0, last = block; last === block; length += last) {
    last = stream.getBytes(block).length
    if (length + last > budget.left) throw tooMuch()
  }
  return Buffer.from(stream.decode())
}
