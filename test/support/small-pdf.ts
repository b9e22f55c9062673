import { deflateSync } from 'node:zlib'

import type { PdfValue } from '../../src/finish/syntax.ts'
import { addObject, dictWith, nameOf, refTo, writePdf, type EditedPdf } from '../../src/finish/write.ts'

/** What the content of a page names: by its kind and name, a value, or what makes an object. */
export type Resources = Readonly<Record<string, Readonly<Record<string, (pdf: EditedPdf) => PdfValue>>>>

/** What else such a file has. */
interface More {
  /** Entries of its font. What is a function makes one, of objects that it adds. */
  readonly font?: Record<string, PdfValue | ((add: (value: PdfValue) => PdfValue) => PdfValue)>
  /** Entries of its catalogue. @param page the number of its page */
  readonly catalogue?: (pdf: EditedPdf, page: number) => Record<string, PdfValue>
}

/** A page of 200 × 100 pt. In its font F each code is the number of its character. */
export function pageOf(
  content: string,
  resources: Resources = {},
  { font: more = {}, catalogue = () => ({}) }: More = {},
): Buffer {
  const pdf: EditedPdf = { objects: new Map(), root: 0, info: 0, last: 0 }
  const stream = (entries: Record<string, PdfValue>, text: string) =>
    addObject(pdf, dictWith({ ...entries, Length: text.length }), Buffer.from(text, 'latin1'))
  const characters = stream({}, '1 beginbfrange\n<0020> <007E> <0020>\nendbfrange\nendcmap')
  const font = addObject(
    pdf,
    dictWith({
      Type: nameOf('Font'),
      Subtype: nameOf('Type0'),
      BaseFont: nameOf('AAAAAA+Inter-Regular'),
      ToUnicode: refTo(characters),
      FontDescriptor: dictWith({ FontFile2: refTo(characters) }),
      ...Object.fromEntries(
        Object.entries(more).map(([key, value]) => [
          key,
          typeof value === 'function' ? value((own) => refTo(addObject(pdf, own))) : value,
        ]),
      ),
    }),
  )
  const named = Object.entries(resources).map(([kind, values]) => {
    const made = Object.entries(values).map(([name, make]): [string, PdfValue] => [name, make(pdf)])
    return [kind, dictWith(Object.fromEntries(made))] as const
  })
  const tree = addObject(pdf, dictWith({}))
  const page = addObject(
    pdf,
    dictWith({
      Type: nameOf('Page'),
      MediaBox: [0, 0, 200, 100],
      Resources: dictWith({ Font: dictWith({ F: refTo(font) }), ...Object.fromEntries(named) }),
      Contents: refTo(stream({}, content)),
    }),
  )
  pdf.objects.set(tree, { value: dictWith({ Type: nameOf('Pages'), Count: 1, Kids: [refTo(page)] }) })
  const own = { Type: nameOf('Catalog'), Pages: refTo(tree), ...catalogue(pdf, page) }
  const root = addObject(pdf, dictWith(own))
  return writePdf({ ...pdf, root, info: root }, () => Buffer.alloc(16))
}

/** Words as a string of their font’s codes. */
export const codesOf = (text: string) =>
  `<${Buffer.from(text, 'latin1').toString('hex').replace(/../g, '00$&')}>`
/** Words on a line of their own. */
export const line = (text: string, y = 40, x = 20) =>
  `BT\n/F 12 Tf\n1 0 0 1 ${x} ${y} Tm\n${codesOf(text)} Tj\nET`

/** A picture of two rows of two pixels. */
export const picture =
  (bytes: readonly number[], entries: Record<string, PdfValue> = {}, veil?: (pdf: EditedPdf) => PdfValue) =>
  (pdf: EditedPdf) => {
    const packed = deflateSync(Buffer.from(bytes))
    const described = {
      Subtype: nameOf('Image'),
      Width: 2,
      Height: 2,
      BitsPerComponent: 8,
      ColorSpace: nameOf('DeviceGray'),
      Filter: nameOf('FlateDecode'),
      Length: packed.length,
      ...(veil && { SMask: veil(pdf) }),
      ...entries,
    }
    return refTo(addObject(pdf, dictWith(described), packed))
  }
