import { isDict, isName, isRef, isString, type PdfValue } from './syntax.ts'
import { addObject, dictOf, dictWith, nameOf, refTo, setEntries, type EditedPdf } from './write.ts'

/** The structure types of PDF 1.7 (ISO 32000-1, § 14.8.4). */
const standard = new Set(
  (
    'Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl ' +
    'LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu ' +
    'WT WP Figure Formula Form'
  ).split(' '),
)

/** Types of PDF 2.0 that Chromium writes into files of PDF 1.7, and what they stand for there. */
const roles: Readonly<Record<string, string>> = {
  Strong: 'Span',
  Em: 'Span',
  Sub: 'Span',
  Aside: 'Div',
  Title: 'H1',
}

/** An element of the structure as it is walked. */
export interface Element {
  readonly number: number
  readonly type: string
  readonly kids: readonly PdfValue[]
}

/** Visits each element of the structure, parents first, in reading order. */
export function walkStructure(
  pdf: EditedPdf,
  visit: (element: Element, parent: Element | undefined) => void,
): void {
  const root = rootOf(pdf)
  const walk = (value: PdfValue, parent: Element | undefined, depth: number) => {
    if (!isRef(value) || depth > 200) return
    const element = elementOf(pdf, value.ref)
    if (!element) return
    visit(element, parent)
    for (const kid of elementOf(pdf, value.ref)?.kids ?? []) walk(kid, element, depth + 1)
  }
  for (const kid of listed(dictOf(pdf, root).dict.get('K'))) walk(kid, undefined, 0)
}

/** The structure element that an object is; undefined where it is none. */
export function elementOf(pdf: EditedPdf, number: number): Element | undefined {
  const entries = dictOf(pdf, number).dict
  const type = entries.get('S')
  // Marked content and annotations are no elements.
  return isName(type) ? { number, type: type.name, kids: listed(entries.get('K')) } : undefined
}

function rootOf(pdf: EditedPdf): number {
  const root = dictOf(pdf, pdf.root).dict.get('StructTreeRoot')
  return isRef(root) ? root.ref : 0
}

function listed(value: PdfValue | undefined): readonly PdfValue[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

/**
 * Brings the structure into the form that PDF/UA-1 asks for (ISO 14289-1, § 7): every type is one of PDF 1.7 or has a
 * role, everything in a list item but its label stands in its body, elements that state a language are not passed over,
 * and ids do not depend on how often a page was used before.
 */
export function repairStructure(pdf: EditedPdf): void {
  const foreign = new Set<string>()
  const items: Element[] = []
  const groups: Element[] = []
  const ids = new Set<string>()
  walkStructure(pdf, (element) => {
    const id = dictOf(pdf, element.number).dict.get('ID')
    if (isString(id)) ids.add(id.bytes.toString('latin1'))
    if (!standard.has(element.type)) foreign.add(element.type)
    if (element.type === 'LI') items.push(element)
    if (element.type === 'NonStruct') groups.push(element)
  })
  for (const item of items) giveBody(pdf, item)
  for (const element of groups) nameGroup(pdf, element)
  if (foreign.size > 0) {
    const entries = [...foreign].sort().map((type) => [type, nameOf(roles[type] ?? 'Div')])
    setEntries(pdf, rootOf(pdf), { RoleMap: dictWith(Object.fromEntries(entries)) })
  }
  rankIds(pdf, ids)
}

function giveBody(pdf: EditedPdf, { number, kids }: Element): void {
  const typeOf = (kid: PdfValue) => (isRef(kid) ? elementOf(pdf, kid.ref)?.type : undefined)
  const isLabel = (kid: PdfValue) => typeOf(kid) === 'Lbl'
  const rest = kids.filter((kid) => !isLabel(kid) && typeOf(kid) !== 'LBody')
  const [only] = rest
  if (only === undefined) return
  if (rest.length === 1 && isRef(only) && typeOf(only) === 'NonStruct') {
    setEntries(pdf, only.ref, { S: nameOf('LBody') })
    return
  }
  const page = dictOf(pdf, number).dict.get('Pg')
  const body = addObject(
    pdf,
    dictWith({ Type: nameOf('StructElem'), S: nameOf('LBody'), P: refTo(number), Pg: page, K: [...rest] }),
  )
  for (const kid of rest) {
    if (isRef(kid) && elementOf(pdf, kid.ref)) setEntries(pdf, kid.ref, { P: refTo(body) })
    else adopt(pdf, kid, number, body, page)
  }
  const first = kids.findIndex((kid) => rest.includes(kid))
  const kept = kids.filter((kid) => !rest.includes(kid))
  setEntries(pdf, number, { K: [...kept.slice(0, first), refTo(body), ...kept.slice(first)] })
}

const inline = new Set(['NonStruct', 'Span', 'Strong', 'Em', 'Sub', 'Code', 'Link', 'Quote'])

/** Readers pass over what only groups (ISO 32000-1, § 14.8.4.2), and would miss the language that it states. */
function nameGroup(pdf: EditedPdf, { number, kids }: Element): void {
  const { dict } = dictOf(pdf, number)
  const type = dict.get('S')
  if (!dict.has('Lang') || !isName(type) || type.name !== 'NonStruct') return
  const isInline = kids.every(
    (kid) => !isRef(kid) || inline.has(elementOf(pdf, kid.ref)?.type ?? 'NonStruct'),
  )
  setEntries(pdf, number, { S: nameOf(isInline ? 'Span' : 'Div') })
}

/** The tree that leads from marked content to its element follows when content moves to another (§ 14.7.4.4). */
function adopt(pdf: EditedPdf, kid: PdfValue, from: number, to: number, page: PdfValue | undefined): void {
  const own = isRef(kid) ? dictOf(pdf, kid.ref).dict : isDict(kid) ? kid.dict : undefined
  const mark = typeof kid === 'number' ? kid : own?.get('MCID')
  const where = own?.get('Pg') ?? page
  if (typeof mark !== 'number' || !isRef(where)) return
  const key = dictOf(pdf, where.ref).dict.get('StructParents')
  const tree = dictOf(pdf, rootOf(pdf)).dict.get('ParentTree')
  const numbers = isRef(tree) ? listed(dictOf(pdf, tree.ref).dict.get('Nums')) : []
  const entry = numbers[numbers.findIndex((value, index) => index % 2 === 0 && value === key) + 1]
  if (!isRef(entry)) return
  const object = pdf.objects.get(entry.ref)
  if (!object || !Array.isArray(object.value)) return
  object.value = object.value.map((value, index) =>
    index === mark && isRef(value) && value.ref === from ? refTo(to) : value,
  )
}

/** Chromium's ids of table cells go on counting as long as a page is used; here they become their ranks. */
function rankIds(pdf: EditedPdf, ids: ReadonlySet<string>): void {
  const known = [...ids].filter((id) => /^node\d+$/.test(id)).sort()
  if (known.length === 0) return
  const ranks = new Map(known.map((id, rank) => [id, `cell${String(rank + 1).padStart(4, '0')}`]))
  const rankOf = (value: PdfValue) =>
    isString(value) ? ranks.get(value.bytes.toString('latin1')) : undefined
  // Few objects have ids in them: the others stay as they are.
  const hasIds = (value: PdfValue): boolean => {
    if (typeof value !== 'object' || value === null) return false
    if (Array.isArray(value)) return value.some(hasIds)
    if (!isDict(value)) return rankOf(value) !== undefined
    for (const inner of value.dict.values()) if (hasIds(inner)) return true
    return false
  }
  const renamed = (value: PdfValue): PdfValue => {
    if (Array.isArray(value)) return value.map(renamed)
    if (isDict(value)) return { dict: new Map([...value.dict].map(([key, inner]) => [key, renamed(inner)])) }
    const rank = rankOf(value)
    return rank === undefined ? value : { bytes: Buffer.from(rank) }
  }
  const info = pdf.info
  for (const [number, object] of pdf.objects)
    if (number !== info && hasIds(object.value)) object.value = renamed(object.value)
}
