import { deflateSync } from 'node:zlib'

import { PDFDocument } from '@cantoo/pdf-lib'

import { pageNumbersOf, readPdf, type PdfFile } from '../../src/finish/read.ts'
import { written } from '../../src/finish/spelling.ts'
import { isRef, type PdfValue } from '../../src/finish/syntax.ts'
import {
  addObject,
  dictOf,
  dictWith,
  editPdf,
  nameOf,
  refTo,
  setEntries,
  writePdf,
  type EditedObject,
  type EditedPdf,
} from '../../src/finish/write.ts'

/** The same PDF in other forms than Skia writes it, as other programs do it. */

/** With object streams and a table of objects that is packed, as most programs write since PDF 1.5. */
export async function inObjectStreams(pdf: Buffer): Promise<Buffer> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false })
  return Buffer.from(await document.save({ useObjectStreams: true, updateFieldAppearances: false }))
}

/** With as many objects as a booklet of a thousand pages has. */
export function withManyObjects(pdf: Buffer): Buffer {
  const edited = editPdf(readPdf(pdf))
  const first = Math.max(...edited.objects.keys()) + 1
  for (let count = 0; count < 150_000; count += 1) edited.objects.set(first + count, { value: null })
  return writePdf(edited, () => Buffer.alloc(16))
}

/** Changed by appending: what came first has a page of another size, another title and an object more. */
export function appended(pdf: Buffer): Buffer {
  const file = readPdf(pdf)
  const [page = 0] = pageNumbersOf(file)
  const old = editPdf(file)
  setEntries(old, page, { MediaBox: [0, 0, 9, 9], AA: dictWith({ O: refTo(addObject(old, dictWith({}))) }) })
  setEntries(old, old.info, { Title: { bytes: Buffer.from('Old') } })
  const first = writePdf(old, () => Buffer.alloc(16))
  const now = editPdf(file)
  const changed = [page, now.info].map(
    (number) => [number, now.objects.get(number) ?? { value: null }] as const,
  )
  const start = Number(/startxref\s+(\d+)/.exec(first.toString('latin1'))?.[1])
  return sections(first, changed, trailerOf(file, `/Prev ${start}`))
}

/** With an object that only programs see which know object streams, beside a plain table. */
export function hybrid(pdf: Buffer): Buffer {
  const file = readPdf(pdf)
  const { objects, info } = editPdf(file)
  const last = Math.max(...objects.keys())
  const hidden = `${info} 0 ${written(objects.get(info)?.value ?? null)}`
  const first = `${info} 0 `.length
  const packed = deflateSync(Buffer.from(hidden, 'latin1'))
  const shown = [...objects].filter(([number]) => number !== info)
  const stream = {
    value: dictWith({
      Type: nameOf('ObjStm'),
      N: 1,
      First: first,
      Filter: nameOf('FlateDecode'),
      Length: packed.length,
    }),
    stream: packed,
  }
  const row = Buffer.alloc(6)
  row.writeUInt8(2, 0)
  row.writeUInt32BE(last + 1, 1)
  const table = {
    value: dictWith({
      Type: nameOf('XRef'),
      Size: last + 3,
      Index: [info, 1],
      W: [1, 4, 1],
      Length: row.length,
    }),
    stream: row,
  }
  const body = sections(Buffer.from('%PDF-1.5\n'), [...shown, [last + 1, stream], [last + 2, table]], '')
  const at = body.toString('latin1').lastIndexOf(`\n${last + 2} 0 obj`) + 1
  const start = body.toString('latin1').lastIndexOf('\nxref') + 1
  return Buffer.concat([
    body.subarray(0, body.toString('latin1').lastIndexOf('trailer')),
    Buffer.from(`trailer\n${trailerOf(file, `/XRefStm ${at}`)}\nstartxref\n${start}\n%%EOF\n`, 'latin1'),
  ])
}

/** Laid out for the web: the objects of the first page stand in front, with a table of their own (annex F). */
export function laidOutForTheWeb(pdf: Buffer): Buffer {
  const file = readPdf(pdf)
  const { objects } = editPdf(file)
  const last = Math.max(...objects.keys())
  const [page = 0] = pageNumbersOf(file)
  const behind = [...objects].filter(([number]) => number !== page)
  const inFront: Entry[] = [[page, objects.get(page) ?? { value: null }]]
  const linear = `${last + 1} 0 obj\n<</Linearized 1>>\nendobj\n`
  const head = `%PDF-1.4\n${linear}`
  // The front table leads to the one behind, whose place is known only when all is written: it has its width already.
  const write = (behindAt: number) => {
    const trailer = trailerOf(file, `/Prev ${String(behindAt).padStart(10, '0')}`)
    const table = (offset: number) =>
      `xref\n${page} 1\n${String(offset).padStart(10, '0')} 00000 n \ntrailer\n${trailer}\nstartxref\n0\n%%EOF\n`
    const before = Buffer.from(head + table(head.length + table(0).length), 'latin1')
    return sections(before, [...inFront, ...behind], trailerOf(file, ''), behind)
  }
  const once = write(0)
  const whole = write(once.toString('latin1').lastIndexOf('\nxref') + 1)
  const text = whole.toString('latin1')
  return Buffer.from(
    `${text.slice(0, text.lastIndexOf('startxref'))}startxref\n${head.length}\n%%EOF\n`,
    'latin1',
  )
}

/** With what a page draws on a single line. */
export function onOneLine(pdf: Buffer): Buffer {
  return withContents(pdf, (lines) => [lines.join(' ')])
}

/** With what a page draws in three parts, within marked content. */
export function inParts(pdf: Buffer): Buffer {
  return withContents(pdf, (lines) => {
    const third = Math.ceil(lines.length / 3)
    return [0, 1, 2].map((part) => lines.slice(part * third, (part + 1) * third).join('\n'))
  })
}

/** With streams that are packed twice, or by way of a predictor. */
export function packedOtherwise(pdf: Buffer): Buffer {
  const edited = editPdf(readPdf(pdf))
  const file = readPdf(pdf)
  let turn = 0
  for (const [number, { value, stream }] of edited.objects) {
    if (!stream || typeof value !== 'object' || value === null || !('dict' in value)) continue
    turn += 1
    if (turn % 2 === 0)
      store(edited, number, [Buffer.from(`${stream.toString('hex')}>`)], ['ASCIIHexDecode', 'FlateDecode'])
    else {
      const parameters = dictWith({ Predictor: 15, Colors: 3, Columns: 7 })
      store(edited, number, [deflateSync(predicted(file.stream(number), 21, 3))], ['FlateDecode'], parameters)
    }
  }
  return writePdf(edited, () => Buffer.alloc(16))
}

function store(
  pdf: EditedPdf,
  number: number,
  [stream = Buffer.alloc(0)]: readonly Buffer[],
  filters: readonly string[],
  parameters?: PdfValue,
): void {
  const object = pdf.objects.get(number)
  if (object) object.stream = stream
  setEntries(pdf, number, { Filter: filters.map(nameOf), DecodeParms: parameters, Length: stream.length })
}

/** Rows of bytes with each of PNG’s five filters in turn, padded with blanks. */
function predicted(bytes: Buffer, length: number, width: number): Buffer {
  const padded = Buffer.concat([bytes, Buffer.alloc((length - (bytes.length % length)) % length, ' ')])
  const rows: Buffer[] = []
  for (let row = 0; row * length < padded.length; row += 1) {
    const filter = row % 5
    const out = Buffer.alloc(length + 1)
    out[0] = filter
    for (let at = 0; at < length; at += 1) {
      const byte = (line: number, column: number) =>
        line < 0 || column < 0 ? 0 : (padded[line * length + column] ?? 0)
      const [left, above, corner] = [byte(row, at - width), byte(row - 1, at), byte(row - 1, at - width)]
      const nearest = [left, above, corner].reduce((best, value) => {
        const away = (of: number) => Math.abs(left + above - corner - of)
        return away(value) < away(best) ? value : best
      }, left)
      const guess = [0, left, above, Math.floor((left + above) / 2), nearest][filter] ?? 0
      out[at + 1] = byte(row, at) - guess
    }
    rows.push(out)
  }
  return Buffer.concat(rows)
}

function withContents(pdf: Buffer, parts: (lines: readonly string[]) => readonly string[]): Buffer {
  const file = readPdf(pdf)
  const edited = editPdf(file)
  for (const page of pageNumbersOf(file)) {
    const contents = dictOf(edited, page).dict.get('Contents')
    if (!isRef(contents)) continue
    const lines = file.stream(contents.ref).toString('latin1').split('\n')
    const numbers = parts(lines).map((part) => {
      const stream = deflateSync(Buffer.from(part, 'latin1'))
      return addObject(edited, dictWith({ Filter: nameOf('FlateDecode'), Length: stream.length }), stream)
    })
    setEntries(edited, page, { Contents: numbers.map(refTo) })
  }
  return writePdf(edited, () => Buffer.alloc(16))
}

type Entry = readonly [number: number, object: EditedObject]

/** Appends objects and a table of those that are `listed`. */
function sections(before: Buffer, entries: readonly Entry[], trailer: string, listed = entries): Buffer {
  const parts = [before]
  const offsets = new Map<number, number>()
  let length = before.length
  for (const [number, { value, stream }] of entries) {
    offsets.set(number, length)
    const part = Buffer.concat([
      Buffer.from(`${number} 0 obj\n${written(value)}`, 'latin1'),
      ...(stream ? [Buffer.from('\nstream\n'), stream, Buffer.from('\nendstream')] : []),
      Buffer.from('\nendobj\n'),
    ])
    parts.push(part)
    length += part.length
  }
  const rows = listed.map(
    ([number]) => `${number} 1\n${String(offsets.get(number) ?? 0).padStart(10, '0')} 00000 n \n`,
  )
  const table = `\nxref\n${rows.join('')}trailer\n${trailer}\nstartxref\n${length + 1}\n%%EOF\n`
  return Buffer.concat([...parts, Buffer.from(table, 'latin1')])
}

function trailerOf(file: PdfFile, more: string): string {
  const [root, info] = ['Root', 'Info'].map((key) => written(file.trailer.dict.get(key) ?? null))
  return `<</Size ${Math.max(...file.numbers) + 3}/Root ${root}/Info ${info}${more}>>`
}
