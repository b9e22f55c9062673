import { pagesOf, type PdfFile } from './read.ts'
import { isDict, isName, isRef, type PdfDict } from './syntax.ts'

/** A font as a page uses it. */
export interface PdfFont {
  /** Without the subset's six letters. */
  readonly name: string
  readonly type3: boolean
  readonly embedded: boolean
}

/** Every font of a document, each once. */
export function fontsOf(file: PdfFile): PdfFont[] {
  const fonts = new Map<string, PdfFont>()
  const seen = new Set<number>()
  const walk = (resources: PdfDict | undefined) => {
    const entries = file.getDict(resources, 'Font')?.dict ?? new Map()
    for (const value of entries.values()) {
      const font = file.resolve(value)
      if (isDict(font)) {
        const described = describe(file, font)
        fonts.set(`${described.name} ${described.type3} ${described.embedded}`, described)
      }
    }
    for (const value of file.getDict(resources, 'XObject')?.dict.values() ?? []) {
      if (!isRef(value) || seen.has(value.ref)) continue
      seen.add(value.ref)
      const form = file.resolve(value)
      if (isDict(form)) walk(file.getDict(form, 'Resources'))
    }
  }
  for (const page of pagesOf(file)) walk(file.getDict(page, 'Resources'))
  return [...fonts.values()]
}

function describe(file: PdfFile, font: PdfDict): PdfFont {
  const subtype = file.get(font, 'Subtype')
  const base = file.get(font, 'BaseFont')
  const name = isName(base) ? base.name.replace(/^[A-Z]{6}\+/, '') : ''
  if (isName(subtype) && subtype.name === 'Type3') return { name, type3: true, embedded: true }
  const descendants = file.get(font, 'DescendantFonts')
  const descendant = Array.isArray(descendants) ? file.resolve(descendants[0]) : font
  const descriptor = file.getDict(isDict(descendant) ? descendant : undefined, 'FontDescriptor')
  return { name, type3: false, embedded: descriptor !== undefined && isEmbedded(descriptor) }
}

/** Whether a font descriptor has the program of its font (ISO 32000-1, § 9.9). */
export function isEmbedded({ dict }: PdfDict): boolean {
  return ['FontFile', 'FontFile2', 'FontFile3'].some((key) => dict.has(key))
}
