import { readFile } from 'node:fs/promises'

import { decodeText } from '../../src/finish/code-maps.ts'
import { fontsOf } from '../../src/finish/fonts.ts'
import { elementTexts } from '../../src/finish/navigation.ts'
import { pageNumbersOf, pagesOf, readPdf, type PdfFile } from '../../src/finish/read.ts'
import { walkStructure } from '../../src/finish/structure.ts'
import { isDict, isRef, isString, type PdfDict, type PdfValue } from '../../src/finish/syntax.ts'
import { contentsOf, marksOf, wordsOf } from '../../src/finish/text.ts'
import { dictOf, editPdf } from '../../src/finish/write.ts'

export interface ReadPdf {
  readonly pages: number
  /** Width and height of each page in pt. */
  readonly sizes: readonly (readonly [number, number])[]
  readonly fonts: readonly string[]
  /** Each page's text, blanks taken out. */
  readonly texts: readonly string[]
}

/** What a test wants to know of a PDF. */
export async function pdf(path: string): Promise<ReadPdf> {
  const file = readPdf(await readFile(path))
  const pages = pagesOf(file)
  return {
    pages: pages.length,
    sizes: pages.map((page) => {
      const box = file.get(page, 'MediaBox')
      const [left = 0, bottom = 0, right = 0, top = 0] = Array.isArray(box) ? box.map(Number) : []
      return [right - left, top - bottom]
    }),
    fonts: fontsOf(file).map(({ name }) => name),
    texts: textsOf(file),
  }
}

/**
 * The text of each page in the order in which it is painted, blanks taken out: what a reader, a search or a copy would
 * find.
 */
export function textsOf(file: PdfFile): string[] {
  return marksOf(file, contentsOf(file)).map((pieces) => pieces.map(wordsOf).join('').replace(/\s/g, ''))
}

export interface TaggedText {
  readonly type: string
  readonly text: string
  /** The language that it states. */
  readonly language?: string
}

/** The elements of a PDF's structure in reading order, each with the text that would be read out for it. */
export async function structureOf(path: string): Promise<TaggedText[]> {
  const file = readPdf(await readFile(path))
  const edited = editPdf(file)
  const textOfElement = elementTexts(edited, pageNumbersOf(file), () => marksOf(file, contentsOf(file)))
  const elements: TaggedText[] = []
  walkStructure(edited, ({ number, type }) => {
    const language = dictOf(edited, number).dict.get('Lang')
    elements.push({
      type,
      text: textOfElement(number),
      ...(language !== undefined && isString(language) && { language: decodeText(language.bytes) }),
    })
  })
  return elements
}

export interface Bookmark {
  readonly title: string
  /** The number of its page, from 1, and how far from the top of it, in pt. */
  readonly page: number
  readonly top: number
}

/** A PDF's own account of itself. */
export async function aboutPdf(path: string): Promise<{
  readonly info: Readonly<Record<string, string>>
  readonly xmp: string
  readonly root: PdfDict
  readonly file: PdfFile
  readonly bookmarks: readonly Bookmark[]
}> {
  const file = readPdf(await readFile(path))
  const info = file.getDict(file.trailer, 'Info')
  const root = file.getDict(file.trailer, 'Root') ?? { dict: new Map<string, PdfValue>() }
  const metadata = root.dict.get('Metadata')
  return {
    info: Object.fromEntries(
      [...(info?.dict ?? [])].map(([key, value]) => [key, isString(value) ? decodeText(value.bytes) : '']),
    ),
    xmp: isRef(metadata) ? file.stream(metadata.ref).toString() : '',
    root,
    file,
    bookmarks: bookmarksOf(file, root),
  }
}

function bookmarksOf(file: PdfFile, root: PdfDict): Bookmark[] {
  const pages = pageNumbersOf(file)
  const found: Bookmark[] = []
  const walk = (first: PdfValue | undefined) => {
    for (let item = file.resolve(first); isDict(item); item = file.get(item, 'Next')) {
      const title = file.get(item, 'Title')
      const place = file.get(item, 'Dest')
      const [page, , , top] = Array.isArray(place) ? place : []
      found.push({
        title: isString(title) ? decodeText(title.bytes) : '',
        page: isRef(page) ? pages.indexOf(page.ref) + 1 : 0,
        top: typeof top === 'number' ? top : Number.NaN,
      })
      walk(item.dict.get('First'))
    }
  }
  walk(file.getDict(root, 'Outlines')?.dict.get('First'))
  return found
}

/** The decoded content of each page, as drawing operators. */
export async function contentOf(path: string): Promise<string[]> {
  const file = readPdf(await readFile(path))
  return pagesOf(file).map((page) =>
    [page.dict.get('Contents')]
      .flat()
      .flatMap((stream) =>
        stream !== undefined && isRef(stream) ? [file.stream(stream.ref).toString('latin1')] : [],
      )
      .join('\n'),
  )
}
