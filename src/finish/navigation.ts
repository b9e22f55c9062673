import { withoutSoftHyphens } from '../text/soft-hyphens.ts'
import { decodeText } from './code-maps.ts'
import { elementOf, walkStructure } from './structure.ts'
import { isDict, isName, isRef, isString, type PdfDict, type PdfValue } from './syntax.ts'
import { wordsOf, type MarkedText } from './text.ts'
import { dictOf, dictWith, nameOf, setEntries, textString, type EditedPdf } from './write.ts'

/** The text of an element of the structure, its descendants included, in reading order. */
export type TextOfElement = (number: number) => string

/**
 * @param pages the object numbers of the pages
 * @param marks reads the marked text of each page, in the same order: once, and only if a text is asked for
 */
export function elementTexts(
  pdf: EditedPdf,
  pages: readonly number[],
  marks: () => readonly (readonly MarkedText[])[],
): TextOfElement {
  let known: ReadonlyMap<number, readonly MarkedText[]> | undefined
  const textAt = (page: number, mark: number) => {
    known ??= new Map(marks().map((texts, index) => [pages[index] ?? 0, texts]))
    const own = known.get(page)?.filter((text) => text.mark === mark) ?? []
    return own.map(wordsOf).join('')
  }
  const read = (value: PdfValue, page: PdfValue | undefined, depth: number): string => {
    if (depth > 200) return ''
    if (typeof value === 'number') return isRef(page) ? textAt(page.ref, value) : ''
    if (isRef(value)) {
      const element = elementOf(pdf, value.ref)
      const entries = dictOf(pdf, value.ref).dict
      const own = entries.get('Pg') ?? page
      if (!element) return readMark(entries, own)
      return element.kids.map((kid) => read(kid, own, depth + 1)).join('')
    }
    return isDict(value) ? readMark(value.dict, page) : ''
  }
  const readMark = (entries: PdfDict['dict'], page: PdfValue | undefined) => {
    const mark = entries.get('MCID')
    const where = entries.get('Pg') ?? page
    return typeof mark === 'number' && isRef(where) ? textAt(where.ref, mark) : ''
  }
  return (number) => withoutSoftHyphens(read({ ref: number }, undefined, 0))
}

/**
 * Gives bookmarks the words of their headings: Chromium loses blanks where a heading wraps, and turns the order of words
 * that are read from right to left. So the heading is found among those that are known, by its letters; one that is not
 * known has the words of the text layer.
 *
 * @param headings the headings of the document, as they were asked for
 */
export function nameBookmarks(pdf: EditedPdf, textOf: TextOfElement, headings: readonly string[]): void {
  const known = among(headings.map(withoutSoftHyphens))
  for (const [number, { value }] of pdf.objects) {
    if (!isDict(value)) continue
    const [title, element] = [value.dict.get('Title'), value.dict.get('SE')]
    if (!isString(title) || !isRef(element)) continue
    const printed = withoutSoftHyphens(decodeText(title.bytes)).trim()
    let words = known(printed)
    if (words === undefined) {
      const own = textOf(element.ref).replace(/\s+/g, ' ').trim() || printed
      words = known(own) ?? own
    }
    setEntries(pdf, number, { Title: textString(words) })
  }
}

/** What stays of a heading that was printed: its letters; its words and signs, in any order; its letters, in any order. */
const traces = [
  bare,
  (words: string) => sorted(bare(words, ' ').match(/[\p{L}\p{M}]+|\p{N}+|\S/gu)),
  (words: string) => sorted(bare(words).match(/./gu)),
]

function bare(words: string, between = ''): string {
  return words.normalize('NFC').replace(/\s+/g, between)
}

function sorted(parts: readonly string[] | null): string {
  return (parts ?? []).toSorted().join(' ')
}

/** Finds a heading by what was printed of it, as long as no other has left the same. */
function among(headings: readonly string[]): (words: string) => string | undefined {
  let clean: ReadonlySet<string> | undefined
  // Most are found by the first trace: the others are worked out where they are asked for.
  const found = traces.map((traceOf) => {
    let headingOf: ReadonlyMap<string, string | null> | undefined
    return (words: string) => {
      clean ??= new Set(headings.map((heading) => heading.replace(/\s+/g, ' ').trim()))
      headingOf ??= byTrace(clean, traceOf)
      return headingOf.get(traceOf(words)) ?? undefined
    }
  })
  return (words) => {
    for (const find of found) {
      const heading = find(words)
      if (heading !== undefined) return heading
    }
    return undefined
  }
}

/** null where several headings leave the same trace. */
function byTrace(
  headings: ReadonlySet<string>,
  traceOf: (words: string) => string,
): ReadonlyMap<string, string | null> {
  const known = new Map<string, string | null>()
  for (const heading of headings) {
    const trace = traceOf(heading)
    known.set(trace, known.has(trace) ? null : heading)
  }
  return known
}

/** Actions that a sheet has use for: an address, a place in the same file. */
const harmless = new Set(['URI', 'GoTo'])
const schemes = /^(https?:|mailto:|#)/i

/**
 * Gives links the words that stand for them (ISO 14289-1, § 7.18.5), and takes away every action that is none of a
 * sheet's: scripts, programs, other files.
 */
export function nameLinks(pdf: EditedPdf, textOf: TextOfElement): void {
  setEntries(pdf, pdf.root, { OpenAction: undefined, AA: undefined, AcroForm: undefined })
  const links: [number: number, entries: PdfDict['dict']][] = []
  for (const [number, { value }] of pdf.objects) {
    if (!isDict(value)) continue
    if (value.dict.has('AA')) setEntries(pdf, number, { AA: undefined })
    const subtype = value.dict.get('Subtype')
    if (isName(subtype) && subtype.name === 'Link') links.push([number, value.dict])
  }
  if (links.length === 0) return
  const texts = new Map<number, string>()
  walkStructure(pdf, ({ number, type, kids }) => {
    if (type !== 'Link') return
    for (const kid of kids) {
      const object = isDict(kid)
        ? kid.dict.get('Obj')
        : isRef(kid)
          ? dictOf(pdf, kid.ref).dict.get('Obj')
          : undefined
      if (isRef(object)) texts.set(object.ref, textOf(number).replace(/\s+/g, ' ').trim())
    }
  })
  for (const [number, own] of links) {
    const action = own.get('A')
    const entries = isRef(action) ? dictOf(pdf, action.ref).dict : isDict(action) ? action.dict : undefined
    const address = entries?.get('URI')
    if (entries && !isHarmless(entries)) setEntries(pdf, number, { A: undefined })
    const words = texts.get(number) ?? (isString(address) ? decodeText(address.bytes) : '')
    // 4: printed where it is printed at all (table 165); without a border, which Chromium draws nowhere either.
    setEntries(pdf, number, { Contents: textString(words), F: 4, Border: [0, 0, 0] })
  }
}

function isHarmless(action: PdfDict['dict']): boolean {
  const [kind, address] = [action.get('S'), action.get('URI')]
  if (!isName(kind) || !harmless.has(kind.name)) return false
  return kind.name !== 'URI' || (isString(address) && schemes.test(decodeText(address.bytes)))
}

/** Numbers pages as they are counted on the sheets, so that a viewer's page 2 is “2 of 2” (ISO 32000-1, § 12.4.2). */
export function labelPages(pdf: EditedPdf): void {
  setEntries(pdf, pdf.root, { PageLabels: dictWith({ Nums: [0, dictWith({ S: nameOf('D') })] }) })
}
