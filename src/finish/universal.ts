import { elementOf, walkStructure, type Element } from './structure.ts'
import { isDict, isName, isRef, isString, type PdfDict } from './syntax.ts'
import { dictOf, type EditedPdf } from './write.ts'

/** A rule of PDF/UA-1 that a file breaks. */
export interface BrokenRule {
  /** In ISO 14289-1. */
  readonly clause: string
  readonly what: string
}

/**
 * The rules of PDF/UA-1 (ISO 14289-1) that our own sheets, or templates of a project, could break. What no sheet can do
 * (forms, media, encryption, layers) is not looked for; that all content is tagged or an artifact is seen to while the
 * content is finished.
 *
 * @returns nothing where the file may say that it keeps them
 */
export function brokenRules(pdf: EditedPdf): BrokenRule[] {
  return [...catalogue(pdf), ...structure(pdf), ...annotations(pdf), ...fonts(pdf)]
}

function catalogue(pdf: EditedPdf): BrokenRule[] {
  const root = dictOf(pdf, pdf.root).dict
  const [language, marks] = [root.get('Lang'), root.get('MarkInfo')]
  const broken: BrokenRule[] = []
  if (!isString(language) || language.bytes.length === 0)
    broken.push({ clause: '7.2', what: 'no language is stated' })
  if (!isDict(marks) || marks.dict.get('Marked') !== true)
    broken.push({ clause: '7.1', what: 'it is not tagged' })
  return broken
}

function structure(pdf: EditedPdf): BrokenRule[] {
  const broken: BrokenRule[] = []
  const typeOf = (kid: Element['kids'][number]) => (isRef(kid) ? elementOf(pdf, kid.ref)?.type : undefined)
  let depth = 0
  walkStructure(pdf, ({ number, type, kids }) => {
    const entries = dictOf(pdf, number).dict
    const level = /^H([1-6])$/.exec(type)?.[1]
    if (level !== undefined) {
      if (Number(level) > depth + 1)
        broken.push({ clause: '7.4.2', what: `a heading of level ${level} follows one of level ${depth}` })
      depth = Number(level)
    }
    if (type === 'Figure' && !entries.has('Alt') && !entries.has('ActualText'))
      broken.push({ clause: '7.3', what: 'a figure has no words in its place' })
    if (type === 'TH' && !hasScope(entries))
      broken.push({ clause: '7.5', what: 'a head of a table has no scope' })
    if (type === 'TR' && kids.length === 0) broken.push({ clause: '7.5', what: 'a row of a table is empty' })
    if (type === 'LI' && kids.some((kid) => !['Lbl', 'LBody'].includes(typeOf(kid) ?? '')))
      broken.push({ clause: '7.6', what: 'an item of a list holds more than a label and a body' })
    if (type === 'L' && kids.some((kid) => !['LI', 'L', 'Caption'].includes(typeOf(kid) ?? '')))
      broken.push({ clause: '7.6', what: 'a list holds what is no item' })
  })
  return broken
}

function hasScope(entries: PdfDict['dict']): boolean {
  return [entries.get('A')]
    .flat()
    .some((value) => value !== undefined && isDict(value) && value.dict.has('Scope'))
}

function annotations(pdf: EditedPdf): BrokenRule[] {
  const broken: BrokenRule[] = []
  for (const [number, { value }] of pdf.objects) {
    const subtype = isDict(value) ? value.dict.get('Subtype') : undefined
    if (!isName(subtype) || subtype.name !== 'Link') continue
    const entries = dictOf(pdf, number).dict
    const words = entries.get('Contents')
    if (!isString(words) || words.bytes.length === 0)
      broken.push({ clause: '7.18.5', what: 'a link has no words' })
    if (!entries.has('StructParent')) broken.push({ clause: '7.18.5', what: 'a link is not tagged' })
  }
  return broken
}

function fonts(pdf: EditedPdf): BrokenRule[] {
  const broken: BrokenRule[] = []
  for (const { value } of pdf.objects.values()) {
    if (!isDict(value)) continue
    const { dict } = value
    const [type, subtype] = [dict.get('Type'), dict.get('Subtype')]
    if (!isName(type)) continue
    if (
      type.name === 'FontDescriptor' &&
      !['FontFile', 'FontFile2', 'FontFile3'].some((key) => dict.has(key))
    )
      broken.push({ clause: '7.21.4.1', what: 'a font is not embedded' })
    if (type.name === 'Font' && isName(subtype) && subtype.name === 'Type0' && !dict.has('ToUnicode'))
      broken.push({ clause: '7.21.7', what: 'the characters of a font are not known' })
  }
  return broken
}
