import { inch } from '../plan/units.ts'
import { deflated } from './packing.ts'
import type { PdfFile } from './read.ts'
import { written } from './spelling.ts'
import { isDict, isRef, type PdfDict, type PdfValue } from './syntax.ts'

/** An object of a PDF that is being changed: its value and, for streams, their bytes as they are stored. */
export interface EditedObject {
  value: PdfValue
  stream?: Buffer
}

/** A PDF that is being changed. Numbers stay; new objects come behind the last. */
export interface EditedPdf {
  readonly objects: Map<number, EditedObject>
  readonly root: number
  info: number
  /** The highest number of an object. */
  last: number
}

/** Takes a file apart so that it can be changed. Streams are kept as they are. */
export function editPdf(file: PdfFile): EditedPdf {
  const objects = new Map<number, EditedObject>()
  const numbers = file.numbers.toSorted((a, b) => a - b)
  for (const number of numbers) {
    const { value, stream } = file.object(number)
    objects.set(number, {
      value,
      ...(stream && { stream: file.bytes.subarray(stream.start, stream.start + stream.length) }),
    })
  }
  const [root, info] = [file.trailer.dict.get('Root'), file.trailer.dict.get('Info')]
  const edited: EditedPdf = {
    objects,
    root: isRef(root) ? root.ref : 0,
    info: isRef(info) ? info.ref : 0,
    last: numbers.at(-1) ?? 0,
  }
  if (edited.info === 0) edited.info = addObject(edited, dictWith({}))
  return edited
}

/** Adds an object and returns its number. */
export function addObject(pdf: EditedPdf, value: PdfValue, stream?: Buffer): number {
  pdf.last += 1
  pdf.objects.set(pdf.last, { value, ...(stream && { stream }) })
  return pdf.last
}

/** The dictionary of an object; an empty one where it is none. */
export function dictOf({ objects }: EditedPdf, number: number): PdfDict {
  const value = objects.get(number)?.value
  return isDict(value) ? value : { dict: new Map() }
}

/** Sets entries of an object's dictionary; undefined takes one away. */
export function setEntries(
  pdf: EditedPdf,
  number: number,
  entries: Readonly<Record<string, PdfValue | undefined>>,
): void {
  const changed = new Map(dictOf(pdf, number).dict)
  for (const [key, value] of Object.entries(entries)) {
    if (value === undefined) changed.delete(key)
    else changed.set(key, value)
  }
  const object = pdf.objects.get(number)
  if (object) object.value = { dict: changed }
}

/** Gives a stream object other bytes, packed. */
export function setStream(pdf: EditedPdf, number: number, bytes: Buffer): void {
  const object = pdf.objects.get(number)
  if (!object) return
  object.stream = deflated(bytes)
  setEntries(pdf, number, {
    Filter: nameOf('FlateDecode'),
    DecodeParms: undefined,
    Length: object.stream.length,
  })
}

/** A name, such as `/Type`, without its slash. */
export function nameOf(word: string): PdfValue {
  return { name: word }
}

/** A reference to an object, by its number. */
export function refTo(number: number): PdfValue {
  return { ref: number }
}

/** A dictionary; entries that are undefined are left out. */
export function dictWith(entries: Readonly<Record<string, PdfValue | undefined>>): PdfDict {
  return {
    dict: new Map(
      Object.entries(entries).filter((entry): entry is [string, PdfValue] => entry[1] !== undefined),
    ),
  }
}

/** A text string (ISO 32000-1, § 7.9.2.2): plain where it is ASCII, else UTF-16 with its mark. */
export function textString(words: string): PdfValue {
  if (/^[\x20-\x7e]*$/.test(words)) return { bytes: Buffer.from(words, 'latin1') }
  return { bytes: Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(words, 'utf16le').swap16()]) }
}

/**
 * Puts a PDF together: a plain table of offsets, objects by number.
 *
 * @param id makes, from all that stands above the trailer, the 16 bytes that identify the file (§ 14.4)
 */
export function writePdf({ objects, root, info }: EditedPdf, id: (body: Buffer) => Buffer): Buffer {
  // Bytes above 127 tell programs that this is no text (§ 7.5.2).
  const parts: Buffer[] = []
  /** Behind the last stream. */
  let text = '%PDF-1.7\n%\xd3\xeb\xe9\xe1\n'
  let length = 0
  const push = (part: Buffer) => {
    parts.push(part)
    length += part.length
  }
  const offsets = new Map<number, number>()
  const numbers = [...objects.keys()].sort((a, b) => a - b)
  for (const number of numbers) {
    const object = objects.get(number)
    if (!object) continue
    offsets.set(number, length + text.length)
    text += `${number} 0 obj\n${written(object.value)}`
    if (object.stream) {
      push(Buffer.from(`${text}\nstream\n`, 'latin1'))
      push(object.stream)
      text = '\nendstream'
    }
    text += '\nendobj\n'
  }
  push(Buffer.from(text, 'latin1'))
  const body = Buffer.concat(parts, length)
  const last = numbers.at(-1) ?? 0
  const rows = Array.from({ length: last }, (_, index) => {
    const offset = offsets.get(index + 1)
    return offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const mark = `<${id(body).toString('hex')}>`
  const trailer = `<</Size ${last + 1}/Root ${root} 0 R/Info ${info} 0 R/ID[${mark}${mark}]>>`
  const table = `xref\n0 ${last + 1}\n0000000000 65535 f \n${rows.join('')}trailer\n${trailer}\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.concat([body, Buffer.from(table, 'latin1')])
}

/** Millimetres in points, the unit of PDFs, to a thousandth. */
export function points(mm: number): number {
  return Math.round((mm / inch) * 72_000) / 1000
}
