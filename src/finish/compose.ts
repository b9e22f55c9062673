import type { Placement } from '../plan/composition.ts'
import { finishContents } from './contents.ts'
import { viewerPreferences, type Duplex } from './finish.ts'
import { contentId, describe, type Metadata } from './metadata.ts'
import { inflated } from './packing.ts'
import { pageNumbersOf, pagesOf, type PdfFile } from './read.ts'
import { isDict, isRef, type PdfDict, type PdfValue } from './syntax.ts'
import { contentsOf } from './text.ts'
import {
  addObject,
  dictOf,
  dictWith,
  editPdf,
  nameOf,
  points,
  refTo,
  setEntries,
  setStream,
  writePdf,
  type EditedPdf,
} from './write.ts'

/** On what sheets pages are laid, and what the file says of itself. */
export interface Composing {
  readonly metadata: Metadata
  /** Of the sheet, in mm. */
  readonly width: number
  readonly height: number
  /** Whether colours become greys. */
  readonly black: boolean
  readonly duplex: Duplex
  /** Of each side of a sheet, in the order in which they are printed, which pages it takes and where. */
  readonly sides: readonly (readonly Placement[])[]
}

/**
 * Lays the pages of a print on the sides of other sheets: folded, several on a sheet, or one cut into tiles. What comes
 * out is for the press alone: no tags, no bookmarks, no links, and no claim to be accessible.
 *
 * Each page becomes a form that is drawn where it belongs (ISO 32000-1, § 8.10), so nothing is scaled or set anew.
 *
 * @throws PdfSyntaxError where what is drawn cannot be read
 */
export function composePdf(print: PdfFile, composing: Composing): Buffer {
  const pages = pagesOf(print)
  const numbers = pageNumbersOf(print)
  const pdf = editPdf(print)
  finishContents(pdf, print, numbers, contentsOf(print), composing.black)
  const forms = new Map<number, { form: number; height: number }>()
  const formOf = (index: number) => {
    const known = forms.get(index)
    if (known) return known
    const page = pages[index - 1]
    const content = dictOf(pdf, numbers[index - 1] ?? 0).dict.get('Contents')
    if (!page || !isRef(content)) throw new Error(`there is no page ${index}`)
    const [, , width = 0, height = 0] = (print.get(page, 'MediaBox') as number[]).map(Number)
    const form = content.ref
    makeForm(pdf, form, [0, 0, width, height], print.getDict(page, 'Resources'))
    forms.set(index, { form, height })
    return { form, height }
  }
  const tree = addObject(pdf, dictWith({}))
  const sides = composing.sides.map((side) => addSide(pdf, tree, side, composing, formOf))
  setEntries(pdf, tree, { Type: nameOf('Pages'), Count: sides.length, Kids: sides.map(refTo) })
  const root = pdf.objects.get(pdf.root)
  if (root) {
    root.value = dictWith({
      Type: nameOf('Catalog'),
      Pages: refTo(tree),
      ViewerPreferences: viewerPreferences(composing.duplex),
    })
  }
  describe(pdf, composing.metadata, false)
  return writePdf(renumbered(pdf), contentId)
}

/**
 * Content without the marks of the structure, which would lead nowhere. Marks that say what glyphs stand for are kept.
 */
function withoutMarks(lines: readonly string[]): string[] {
  const kept: boolean[] = []
  return lines.filter((line) => {
    if (line === 'EMC') return kept.pop()
    if (!line.endsWith('BDC') && !line.endsWith('BMC')) return true
    kept.push(line.includes('/ActualText'))
    return kept.at(-1)
  })
}

/** Makes what a page draws a form. */
function makeForm(pdf: EditedPdf, number: number, box: number[], resources: PdfDict | undefined): void {
  const content = inflated(pdf.objects.get(number)?.stream ?? Buffer.alloc(0)).toString('latin1')
  const drawn = withoutMarks(content.split('\n'))
  setEntries(pdf, number, {
    Type: nameOf('XObject'),
    Subtype: nameOf('Form'),
    BBox: box,
    Resources: resources ?? dictWith({}),
  })
  setStream(pdf, number, Buffer.from(drawn.join('\n'), 'latin1'))
}

function addSide(
  pdf: EditedPdf,
  tree: number,
  side: readonly Placement[],
  { width, height }: Composing,
  formOf: (page: number) => { form: number; height: number },
): number {
  const drawn: string[] = []
  const named = new Map<number, string>()
  for (const { page, left, top, within } of side) {
    const { form, height: own } = formOf(page)
    const name = named.get(form) ?? `P${named.size}`
    named.set(form, name)
    drawn.push('q')
    if (within) {
      const bottom = points(height - within.top - within.height)
      drawn.push(
        `${points(within.left)} ${bottom} ${points(within.width)} ${points(within.height)} re`,
        'W n',
      )
    }
    const up = Math.round((points(height) - points(top) - own) * 1000) / 1000
    drawn.push(`1 0 0 1 ${points(left)} ${up} cm`, `/${name} Do`, 'Q')
  }
  const content = addObject(pdf, dictWith({}), Buffer.alloc(0))
  setStream(pdf, content, Buffer.from(drawn.join('\n'), 'latin1'))
  const box = [0, 0, points(width), points(height)]
  return addObject(
    pdf,
    dictWith({
      Type: nameOf('Page'),
      Parent: refTo(tree),
      MediaBox: box,
      TrimBox: box,
      Resources: dictWith({
        XObject: dictWith(Object.fromEntries([...named].map(([form, name]) => [name, refTo(form)]))),
      }),
      Contents: refTo(content),
    }),
  )
}

/** The objects that the catalogue and the description reach, numbered anew: the pages that they were are gone. */
function renumbered({ objects, root, info }: EditedPdf): EditedPdf {
  const numbers = new Map<number, number>()
  const reach = [root, info]
  // It grows while it is iterated over.
  for (const number of reach) {
    const object = objects.get(number)
    if (numbers.has(number) || !object) continue
    numbers.set(number, numbers.size + 1)
    for (const next of refsIn(object.value)) reach.push(next)
  }
  const kept = [...numbers].map(([old, number]) => {
    const { value, stream } = objects.get(old) ?? { value: null }
    return [number, { value: withRefs(value, numbers), ...(stream && { stream }) }] as const
  })
  return {
    objects: new Map(kept),
    root: numbers.get(root) ?? 0,
    info: numbers.get(info) ?? 0,
    last: kept.length,
  }
}

function refsIn(value: PdfValue): number[] {
  if (value === null || typeof value !== 'object') return []
  if (isRef(value)) return [value.ref]
  if (Array.isArray(value)) return value.flatMap(refsIn)
  return isDict(value) ? [...value.dict.values()].flatMap(refsIn) : []
}

function withRefs(value: PdfValue, numbers: ReadonlyMap<number, number>): PdfValue {
  if (value === null || typeof value !== 'object') return value
  if (isRef(value)) return numbers.has(value.ref) ? refTo(numbers.get(value.ref) ?? 0) : null
  if (Array.isArray(value)) return value.map((inner) => withRefs(inner, numbers))
  if (!isDict(value)) return value
  return { dict: new Map([...value.dict].map(([key, inner]) => [key, withRefs(inner, numbers)])) }
}
