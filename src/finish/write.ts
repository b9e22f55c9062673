import { deflateSync } from 'node:zlib'

import type { PdfFile } from './read.ts'
import { isDict, isName, isOperator, isRef, isString, type PdfDict, type PdfValue } from './syntax.ts'

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
}

/** Takes a file apart so that it can be changed. Streams are kept as they are. */
export function editPdf(file: PdfFile): EditedPdf {
  const objects = new Map<number, EditedObject>()
  for (const number of file.numbers.toSorted((a, b) => a - b)) {
    const { value, stream } = file.object(number)
    objects.set(number, {
      value,
      ...(stream && { stream: file.bytes.subarray(stream.start, stream.start + stream.length) }),
    })
  }
  const [root, info] = [file.trailer.dict.get('Root'), file.trailer.dict.get('Info')]
  const edited = { objects, root: isRef(root) ? root.ref : 0, info: isRef(info) ? info.ref : 0 }
  if (edited.info === 0) edited.info = addObject(edited, dictWith({}))
  return edited
}

/** Adds an object and returns its number. */
export function addObject({ objects }: EditedPdf, value: PdfValue, stream?: Buffer): number {
  const number = Math.max(0, ...objects.keys()) + 1
  objects.set(number, { value, ...(stream && { stream }) })
  return number
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
  object.stream = deflateSync(bytes, { level: 6 })
  setEntries(pdf, number, { Filter: nameOf('FlateDecode'), Length: object.stream.length })
}

export function nameOf(word: string): PdfValue {
  return { name: word }
}

export function refTo(number: number): PdfValue {
  return { ref: number }
}

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
 * @param id what identifies the file (§ 14.4), 16 bytes
 */
export function writePdf({ objects, root, info }: EditedPdf, id: (body: Buffer) => Buffer): Buffer {
  // Bytes above 127 tell programs that this is no text (§ 7.5.2).
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xd3\xeb\xe9\xe1\n', 'latin1')]
  let length = parts[0]?.length ?? 0
  const push = (part: Buffer) => {
    parts.push(part)
    length += part.length
  }
  const offsets = new Map<number, number>()
  const numbers = [...objects.keys()].sort((a, b) => a - b)
  for (const number of numbers) {
    const object = objects.get(number)
    if (!object) continue
    offsets.set(number, length)
    push(Buffer.from(`${number} 0 obj\n${written(object.value)}`, 'latin1'))
    if (object.stream) {
      push(Buffer.from('\nstream\n', 'latin1'))
      push(object.stream)
      push(Buffer.from('\nendstream', 'latin1'))
    }
    push(Buffer.from('\nendobj\n', 'latin1'))
  }
  const body = Buffer.concat(parts)
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

/** A value as PDF syntax (§ 7.3). */
function written(value: PdfValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return writtenNumber(value)
  if (Array.isArray(value)) return `[${value.map(written).join(' ')}]`
  if (isRef(value)) return `${value.ref} 0 R`
  if (isName(value)) return `/${escapedName(value.name)}`
  if (isString(value)) return writtenString(value.bytes)
  if (isOperator(value)) return value.operator
  return `<<${[...value.dict].map(([key, inner]) => `/${escapedName(key)} ${written(inner)}`).join('\n')}>>`
}

function writtenNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(8).replace(/\.?0+$/, '')
}

function escapedName(text: string): string {
  return text.replace(
    /[^\x21-\x7e]|[#()<>[\]{}/%]/g,
    (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}

function writtenString(bytes: Buffer): string {
  const plain = bytes.toString('latin1')
  return /^[\x20-\x7e]*$/.test(plain) ? `(${plain.replace(/[\\()]/g, '\\$&')})` : `<${bytes.toString('hex')}>`
}
