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

/** Text that was painted in one go, and the mark (MCID) under which the structure knows it; -1 where there is none. */
export interface MarkedText {
  readonly mark: number
  /** What says it: lines that show glyphs, with the characters of their font, and what stands for glyphs. */
  readonly said: readonly (string | ShownLine)[]
}

interface ShownLine {
  readonly line: string
  readonly map: CodeMap
}

/** The words of a text. Of a page few are asked for, so glyphs become characters only here. */
export function wordsOf({ said }: MarkedText): string {
  let words = ''
  for (const one of said) words += typeof one === 'string' ? one : decodeDigits(digitsIn(one.line), one.map)
  return words
}

/** The text of each page, piece by piece as it is painted. @param contents of all pages, as `contentsOf` has them */
export function marksOf(file: PdfFile, contents: readonly PageContent[]): MarkedText[][] {
  const maps = new Map<number, CodeMap>()
  return contents.map(({ lines, resources }) => {
    const pieces: MarkedText[] = []
    readContent({ file, maps, pieces }, lines, resources, -1, 0)
    return pieces
  })
}

/** The last characters of operators that show text, say how, or hold what does. */
const endsOfText = new Uint8Array(256)
for (const character of `jJ'"fCo`) endsOfText[character.charCodeAt(0)] = 1

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
  const outer = { mark: outerMark, replaced: false }
  const marks: { mark: number; replaced: boolean }[] = []
  let within = outer
  /** Text is collected until its mark changes: glyphs come one by one. */
  let said: (string | ShownLine)[] = []
  const endPiece = () => {
    if (said.length > 0) pieces.push({ mark: within.mark, said })
    said = []
  }
  for (const line of lines) {
    // Most lines of a page have nothing to do with text, and one character tells.
    if (endsOfText[line.charCodeAt(line.length - 1)] !== 1) continue
    switch (line.slice(-2)) {
      case 'Tj':
      case " '":
      case ' "':
      case 'TJ':
        if (!within.replaced) said.push({ line, map })
        break
      case 'Tf':
        map = mapsOfLines.get(line) ?? codeMapOf(file, resources, nameIn(line), maps)
        mapsOfLines.set(line, map)
        break
      case 'MC':
        endPiece()
        if (line.endsWith('EMC')) marks.pop()
        else marks.push(within)
        within = marks.at(-1) ?? outer
        break
      case 'DC': {
        const { known, actual } = propertiesIn(line, file, resources)
        endPiece()
        if (actual !== undefined && actual !== '' && !within.replaced) said.push(actual)
        within = {
          mark: known >= 0 ? known : within.mark,
          replaced: within.replaced || actual !== undefined,
        }
        marks.push(within)
        break
      }
      case 'Do': {
        const form = file.getDict(resources, 'XObject')?.dict.get(nameIn(line))
        if (!isRef(form) || depth >= 10) break
        const dict = file.resolve(form)
        const subtype = isDict(dict) ? file.get(dict, 'Subtype') : undefined
        if (isDict(dict) && isName(subtype) && subtype.name === 'Form') {
          const inner = file.getDict(dict, 'Resources') ?? resources
          endPiece()
          const drawn = linesOf(file.stream(form.ref).toString('latin1'))
          readContent(reading, drawn, inner, within.mark, depth + 1)
        }
        break
      }
    }
  }
  endPiece()
}

/** The digits of all strings that a line shows. */
export function digitsIn(line: string): string {
  // Of most lines, one string.
  const [from, to] = [line.indexOf('<') + 1, line.lastIndexOf('>')]
  const digits = line.slice(from, to)
  return digits.includes('<') ? digits.replace(/>[^<]*</g, '') : digits
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
