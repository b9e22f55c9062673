import { decodeText } from './code-maps.ts'
import { isEmbedded } from './fonts.ts'
import { inflated } from './packing.ts'
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
 * The rules of PDF/UA-1 (ISO 14289-1) that our own sheets, or templates of a project, could break. Things that no sheet
 * can have (forms, media, encryption, layers) are not looked for; finishing the content sees to it that all of it is
 * tagged or an artifact.
 *
 * @returns nothing where the file may say that it keeps them
 */
export function brokenRules(pdf: EditedPdf): BrokenRule[] {
  return [...catalogue(pdf), ...structure(pdf), ...groups(pdf), ...annotations(pdf), ...fonts(pdf)]
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

/** What may hold what (ISO 32000-1, § 14.8.4.3): by type, the types of its parent, and those of its kids. */
const parentsOf: Readonly<Record<string, readonly string[]>> = {
  LI: ['L'],
  LBody: ['LI'],
  THead: ['Table'],
  TBody: ['Table'],
  TFoot: ['Table'],
  TR: ['Table', 'THead', 'TBody', 'TFoot'],
  TH: ['TR'],
  TD: ['TR'],
  TOCI: ['TOC'],
}
const kidsOf: Readonly<Record<string, readonly string[]>> = {
  L: ['LI', 'L', 'Caption'],
  LI: ['Lbl', 'LBody'],
  Table: ['TR', 'THead', 'TBody', 'TFoot', 'Caption'],
  THead: ['TR'],
  TBody: ['TR'],
  TFoot: ['TR'],
  TR: ['TH', 'TD'],
  TOC: ['TOCI', 'TOC', 'Caption'],
}

const named: Readonly<Record<string, string>> = {
  L: 'a list',
  LI: 'an item of a list',
  LBody: 'the body of an item',
  Table: 'a table',
  THead: 'the head of a table',
  TBody: 'the body of a table',
  TFoot: 'the foot of a table',
  TR: 'a row of a table',
  TH: 'a head cell',
  TD: 'a cell of a table',
  TOC: 'a table of contents',
  TOCI: 'an entry of contents',
}

function structure(pdf: EditedPdf): BrokenRule[] {
  const broken: BrokenRule[] = []
  const typeOf = (kid: Element['kids'][number]) => (isRef(kid) ? elementOf(pdf, kid.ref)?.type : undefined)
  let depth = 0
  walkStructure(pdf, ({ number, type, kids }, parent) => {
    const entries = dictOf(pdf, number).dict
    const level = type.startsWith('H') ? /^H([1-6])$/.exec(type)?.[1] : undefined
    if (level !== undefined) {
      if (Number(level) > depth + 1)
        broken.push({ clause: '7.4.2', what: `a heading of level ${level} follows one of level ${depth}` })
      depth = Number(level)
    }
    if ((type === 'Figure' || type === 'Formula') && !entries.has('Alt') && !entries.has('ActualText'))
      broken.push({ clause: '7.3', what: 'a figure has no words in its place' })
    if (type === 'TH' && !hasScope(entries))
      broken.push({ clause: '7.5', what: 'a head of a table has no scope' })
    if (type === 'TR' && kids.length === 0) broken.push({ clause: '7.5', what: 'a row of a table is empty' })
    if (type === 'Note' && !entries.has('ID')) broken.push({ clause: '7.9', what: 'a note has no id' })
    if (parentsOf[type]?.includes(parent?.type ?? '') === false)
      broken.push({ clause: '7.2', what: `${named[type]} (${type}) stands in ${parent?.type ?? 'nothing'}` })
    const foreign = kidsOf[type] && kids.find((kid) => !kidsOf[type]?.includes(typeOf(kid) ?? ''))
    if (foreign !== undefined)
      broken.push({
        clause: '7.2',
        what: `${named[type]} (${type}) holds ${typeOf(foreign) ?? 'text of its own'}`,
      })
    if (type === 'Table') broken.push(...table(pdf, kids.map(typeOf), rowsOf(pdf, kids)))
    const language = entries.get('Lang')
    if (language !== undefined && isString(language) && !isLanguageTag(decodeText(language.bytes)))
      broken.push({ clause: '7.2', what: `“${decodeText(language.bytes)}” is no language` })
  })
  return broken
}

/** As ISO 32000-1, § 14.9.2.2, has it: RFC 3066's form, however long. */
function isLanguageTag(text: string): boolean {
  return /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(text)
}

/** The rows of a table, those of its sections too. */
function rowsOf(pdf: EditedPdf, kids: Element['kids']): Element[] {
  return kids.flatMap((kid): Element[] => {
    const element = isRef(kid) ? elementOf(pdf, kid.ref) : undefined
    if (!element) return []
    return element.type === 'TR' ? [element] : rowsOf(pdf, element.kids)
  })
}

function table(
  pdf: EditedPdf,
  kids: readonly (string | undefined)[],
  rows: readonly Element[],
): BrokenRule[] {
  const count = (type: string) => kids.filter((kid) => kid === type).length
  const broken: BrokenRule[] = []
  if (['THead', 'TFoot', 'Caption'].some((type) => count(type) > 1))
    broken.push({ clause: '7.2', what: 'a table has two heads, feet or captions' })
  if (count('THead') + count('TFoot') > 0 && count('TBody') === 0)
    broken.push({ clause: '7.2', what: 'a table has a head or a foot but no body' })
  if (kids.slice(1, -1).includes('Caption'))
    broken.push({ clause: '7.2', what: 'the caption of a table stands between its rows' })
  if (!isRegular(pdf, rows))
    broken.push({ clause: '7.2', what: 'the rows of a table have different numbers of columns' })
  return broken
}

/** Whether the cells of a table, with what they span, fill a rectangle and nowhere lie over one another. */
function isRegular(pdf: EditedPdf, rows: readonly Element[]): boolean {
  /** How many rows below are taken by cells from above, by column. */
  let taken: number[] = []
  let columns: number | undefined
  for (const { kids } of rows) {
    const row: number[] = taken.map((left) => Math.max(0, left))
    let at = 0
    for (const kid of kids) {
      const [across, down] = isRef(kid) ? spanOf(dictOf(pdf, kid.ref)) : [1, 1]
      while ((row[at] ?? 0) > 0) at += 1
      for (let column = at; column < at + across; column += 1) {
        if ((row[column] ?? 0) > 0) return false
        row[column] = down
      }
      at += across
    }
    columns ??= row.length
    if (row.length !== columns || Array.from(row).some((left) => !(left > 0))) return false
    taken = row.map((left) => left - 1)
  }
  return taken.every((left) => left <= 0)
}

/** Over how many columns and rows a cell reaches (ISO 32000-1, table 349). */
function spanOf({ dict }: PdfDict): [number, number] {
  const attributes = [dict.get('A')].flat().filter((value) => value !== undefined && isDict(value))
  const numberAt = (key: string) => {
    const given = attributes.flatMap((value) => (isDict(value) ? [value.dict.get(key)] : []))
    return given.find((value) => typeof value === 'number') ?? 1
  }
  return [numberAt('ColSpan'), numberAt('RowSpan')]
}

function hasScope(entries: PdfDict['dict']): boolean {
  return [entries.get('A')]
    .flat()
    .some((value) => value !== undefined && isDict(value) && value.dict.has('Scope'))
}

/**
 * Text that Chromium (147) paints apart, because it has opacity, a blend mode or is turned, keeps its marks, but the
 * structure does not lead to them: whoever has the file read out does not hear it. No validator says so.
 */
function groups(pdf: EditedPdf): BrokenRule[] {
  for (const { value, stream } of pdf.objects.values()) {
    if (!stream || !isDict(value)) continue
    const { dict } = value
    const [subtype, filter] = [dict.get('Subtype'), dict.get('Filter')]
    if (!isName(subtype) || subtype.name !== 'Form' || dict.has('StructParents')) continue
    const isPacked = isName(filter) && filter.name === 'FlateDecode'
    const content = (isPacked ? inflated(stream) : stream).toString('latin1')
    if (content.includes('/MCID') && content.includes('Tj'))
      return [{ clause: '7.1', what: 'text is painted apart, out of reach of its tags' }]
  }
  return []
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
    if (type.name === 'FontDescriptor' && !isEmbedded(value))
      broken.push({ clause: '7.21.4.1', what: 'a font is not embedded' })
    if (type.name === 'Font' && isName(subtype) && subtype.name === 'Type0' && !dict.has('ToUnicode'))
      broken.push({ clause: '7.21.7', what: 'the characters of a font are not known' })
  }
  return broken
}
