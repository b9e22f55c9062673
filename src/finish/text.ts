import { codeMapOf, decodeDigits, decodeText, noCodes, type CodeMap } from './code-maps.ts'
import { linesOf } from './lines.ts'
import { pagesOf, type PdfFile } from './read.ts'
import { isDict, isName, isRef, isString, PdfReader, type PdfDict, type PdfValue } from './syntax.ts'

/** What is drawn on a page, an operator to a line, and what it names. */
export interface PageContent {
  /** The objects that hold it; more than one where it is in parts. */
  readonly streams: readonly number[]
  readonly lines: readonly string[]
  readonly resources: PdfDict | undefined
}

/** What is drawn on each page. @throws PdfSyntaxError where that cannot be read */
export function contentsOf(file: PdfFile): PageContent[] {
  return pagesOf(file).map((page) => contentOf(file, page))
}

/** What is drawn on a page. @throws PdfSyntaxError where that cannot be read */
export function contentOf(file: PdfFile, page: PdfDict): PageContent {
  const contents = page.dict.get('Contents')
  const listed = file.resolve(contents)
  const streams = (Array.isArray(listed) ? listed : [contents]).flatMap((stream) =>
    isRef(stream) ? [stream.ref] : [],
  )
  const text = streams.map((number) => file.stream(number).toString('latin1')).join('\n')
  return { streams, lines: linesOf(text), resources: file.getDict(page, 'Resources') }
}

/**
 * The text of each page in the order in which it is painted, without the spaces between words and lines: what a
 * reader, a search or a copy would find.
 */
export function textOf(file: PdfFile): string[] {
  return marksOf(file).map((pieces) => pieces.map(({ text }) => text).join(''))
}

/** Text that was painted in one go, and the mark (MCID) under which the structure knows it; -1 where there is none. */
export interface MarkedText {
  readonly mark: number
  readonly text: string
}

/** The text of each page, piece by piece as it is painted. */
export function marksOf(file: PdfFile, contents: readonly PageContent[] = contentsOf(file)): MarkedText[][] {
  const maps = new Map<number, CodeMap>()
  return contents.map(({ lines, resources }) => {
    const pieces: MarkedText[] = []
    readContent({ file, maps, pieces }, lines, resources, -1, 0)
    return pieces
  })
}

interface Reading {
  readonly file: PdfFile
  readonly maps: Map<number, CodeMap>
  readonly pieces: MarkedText[]
}

function readContent(
  reading: Reading,
  lines: readonly string[],
  resources: PdfDict | undefined,
  outerMark: number,
  depth: number,
): void {
  const { file, maps, pieces } = reading
  let map = noCodes
  /** By the lines that set them: fonts change often, among few. */
  const mapsOfLines = new Map<string, CodeMap>()
  /** Nesting of marked content; where one has ActualText, that is said instead of its codes (§ 14.9.4). */
  const marks: { mark: number; replaced: boolean }[] = []
  let replaced = false
  let mark = outerMark
  /** Text is collected until its mark changes: glyphs come one by one. */
  let said = ''
  const remark = () => {
    if (said !== '') pieces.push({ mark, text: said })
    said = ''
    replaced = marks.some((open) => open.replaced)
    mark = marks.findLast((open) => open.mark >= 0)?.mark ?? outerMark
  }
  for (const line of lines) {
    // Of the lines of a page, one in eight has to do with text: they are told by their last characters.
    switch (line.slice(-2)) {
      case 'Tj':
      case " '":
      case ' "':
        if (!replaced) said += decodeDigits(line.slice(line.lastIndexOf('<')), map)
        break
      case 'TJ':
        if (!replaced) for (const [part] of line.matchAll(/<[^>]*>/g)) said += decodeDigits(part, map)
        break
      case 'Tf':
        map = mapsOfLines.get(line) ?? codeMapOf(file, resources, nameIn(line), maps)
        mapsOfLines.set(line, map)
        break
      case 'MC':
        if (line.endsWith('EMC')) marks.pop()
        else marks.push({ mark: -1, replaced: false })
        remark()
        break
      case 'DC': {
        const { known, actual } = propertiesIn(line, file, resources)
        const says = actual !== undefined && !replaced ? actual : ''
        marks.push({ mark: known, replaced: actual !== undefined })
        remark()
        said += says
        break
      }
      case 'Do': {
        const form = file.getDict(resources, 'XObject')?.dict.get(nameIn(line))
        if (!isRef(form) || depth >= 10) break
        const dict = file.resolve(form)
        const subtype = isDict(dict) ? file.get(dict, 'Subtype') : undefined
        if (isDict(dict) && isName(subtype) && subtype.name === 'Form') {
          const inner = file.getDict(dict, 'Resources') ?? resources
          remark()
          const within = linesOf(file.stream(form.ref).toString('latin1'))
          readContent(reading, within, inner, mark, depth + 1)
        }
        break
      }
    }
  }
  remark()
}

/** The name with which a line begins. */
export function nameIn(line: string): string {
  const value = new PdfReader(line).next()
  return isName(value) ? value.name : ''
}

/** What `BDC` says of the content that it opens (§ 14.6.2). */
export function propertiesIn(
  line: string,
  file: PdfFile,
  resources: PdfDict | undefined,
): { known: number; actual: string | undefined } {
  // Nearly all are of this form.
  const only = /^\/\w+ <<\/MCID (\d+) ?>> ?BDC$/.exec(line)?.[1]
  if (only !== undefined) return { known: Number(only), actual: undefined }
  const reader = new PdfReader(line)
  reader.next()
  const listed: PdfValue | undefined = reader.next()
  const properties = isName(listed)
    ? file.getDict(file.getDict(resources, 'Properties'), listed.name)
    : listed
  const [mark, actual] = ['MCID', 'ActualText'].map((key) =>
    isDict(properties) ? file.get(properties, key) : undefined,
  )
  return {
    known: typeof mark === 'number' ? mark : -1,
    actual: isString(actual) ? decodeText(actual.bytes) : undefined,
  }
}
