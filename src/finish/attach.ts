import { createHash } from 'node:crypto'

import { deflated } from './packing.ts'
import { isDict, isRef } from './syntax.ts'
import {
  addObject,
  dictOf,
  dictWith,
  nameOf,
  refTo,
  setEntries,
  textString,
  type EditedPdf,
} from './write.ts'

/** A file inside a PDF. */
export interface Attachment {
  readonly name: string
  readonly description: string
  /** A media type. */
  readonly type: string
  readonly bytes: Uint8Array
}

/** Embeds a file from which the document was made (ISO 32000-1, § 7.11.4; ISO 32000-2, § 14.13 for its role). */
export function attach(pdf: EditedPdf, { name, description, type, bytes }: Attachment): void {
  const stream = deflated(bytes)
  const file = addObject(
    pdf,
    dictWith({
      Type: nameOf('EmbeddedFile'),
      Subtype: nameOf(type),
      Filter: nameOf('FlateDecode'),
      Length: stream.length,
      Params: dictWith({ Size: bytes.length, CheckSum: { bytes: createHash('md5').update(bytes).digest() } }),
    }),
    stream,
  )
  const specification = addObject(
    pdf,
    dictWith({
      Type: nameOf('Filespec'),
      F: textString(name),
      UF: textString(name),
      Desc: textString(description),
      AFRelationship: nameOf('Source'),
      EF: dictWith({ F: refTo(file), UF: refTo(file) }),
    }),
  )
  const names = dictOf(pdf, pdf.root).dict.get('Names')
  const known = isRef(names) ? dictOf(pdf, names.ref).dict : isDict(names) ? names.dict : []
  const embedded = dictWith({ Names: [textString(name), refTo(specification)] })
  setEntries(pdf, pdf.root, {
    Names: { dict: new Map([...known, ['EmbeddedFiles', embedded]]) },
    AF: [refTo(specification)],
  })
}
