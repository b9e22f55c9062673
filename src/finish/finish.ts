import { finishContent } from './artifacts.ts'
import { attach, type Attachment } from './attach.ts'
import {
  correctCodeMap,
  readMeanings,
  readPlainUses,
  unwrapSpans,
  type KeyOfFont,
  type Meanings,
} from './codes.ts'
import { contentId, describe, type Metadata } from './metadata.ts'
import { elementTexts, labelPages, nameBookmarks, nameLinks } from './navigation.ts'
import { pageNumbersOf, type PdfFile } from './read.ts'
import { repairStructure } from './structure.ts'
import { isRef, PdfSyntaxError, type PdfValue } from './syntax.ts'
import { contentsOf, marksOf, type PageContent } from './text.ts'
import { brokenRules, type BrokenRule } from './universal.ts'
import {
  addObject,
  dictOf,
  dictWith,
  editPdf,
  nameOf,
  refTo,
  setEntries,
  setStream,
  writePdf,
  type EditedPdf,
} from './write.ts'

/** How a sheet is to leave the printer. */
export type Duplex = 'Simplex' | 'DuplexFlipShortEdge' | 'DuplexFlipLongEdge'

/** What finishing has to know of a document. */
export interface Finishing {
  readonly metadata: Metadata
  /** The trimmed sheet in mm. */
  readonly width: number
  readonly height: number
  /** Whether colours become greys. */
  readonly black: boolean
  readonly headings: readonly string[]
  readonly duplex: Duplex
  /** A file to embed. */
  readonly attachment?: Attachment | undefined
}

export interface Finished {
  readonly pdf: Buffer
  /** Rules of PDF/UA-1 that it breaks; where there are none, it says that it keeps them. */
  readonly broken: readonly BrokenRule[]
}

/**
 * Makes a print of Chromium's into a finished PDF: exact boxes, tags, artifacts, bookmarks, links, metadata; and the
 * same bytes for the same document, whenever and wherever it was printed.
 *
 * @throws PdfSyntaxError where what is drawn cannot be read
 */
export function finishPdf(print: PdfFile, finishing: Finishing): Finished {
  const contents = contentsOf(print)
  const marks = marksOf(print, contents)
  const pdf = editPdf(print)
  const pages = pageNumbersOf(print)
  for (const page of pages) finishPage(pdf, page, finishing)
  const unknown = finishContents(pdf, print, pages, contents, finishing.black)
  repairStructure(pdf)
  const textOf = elementTexts(pdf, pages, marks)
  nameBookmarks(pdf, textOf, finishing.headings)
  nameLinks(pdf, textOf)
  labelPages(pdf)
  setEntries(pdf, pdf.root, {
    // A dialog that opens with what the sheet was made for (ISO 32000-1, § 12.2).
    ViewerPreferences: dictWith({
      DisplayDocTitle: true,
      PrintScaling: nameOf('None'),
      PickTrayByPDFSize: true,
      Duplex: nameOf(finishing.duplex),
    }),
  })
  if (finishing.attachment) attach(pdf, finishing.attachment)
  const broken = [...unknown, ...brokenRules(pdf)]
  describe(pdf, finishing.metadata, broken.length === 0)
  return { pdf: writePdf(pdf, contentId), broken }
}

/** Millimetres in points, to a thousandth. */
function points(mm: number): number {
  return Math.round((mm / 25.4) * 72_000) / 1000
}

function finishPage(pdf: EditedPdf, page: number, { width, height }: Finishing): void {
  // Chromium rounds to whole pixels; the sheet is what was asked for.
  const box: PdfValue = [0, 0, points(width), points(height)]
  setEntries(pdf, page, { MediaBox: box, TrimBox: box, CropBox: undefined, Tabs: nameOf('S') })
}

/** @returns what keeps a page from being finished: it then stays as it was printed */
function finishContents(
  pdf: EditedPdf,
  print: PdfFile,
  pages: readonly number[],
  contents: readonly PageContent[],
  black: boolean,
): BrokenRule[] {
  const broken: BrokenRule[] = []
  const meanings: Meanings = new Map()
  const keyed = contents.map((content) => ({ ...content, keyOf: keysOfFonts(print, content) }))
  for (const { lines, keyOf } of keyed) readMeanings(lines, keyOf, meanings)
  for (const { lines, keyOf } of keyed) readPlainUses(lines, keyOf, meanings)
  for (const [index, { lines, streams, keyOf }] of keyed.entries()) {
    if (streams.length === 0) continue
    const straight = unwrapSpans(lines, keyOf, meanings)
    const stream = streamOfPage(pdf, pages[index] ?? 0, streams)
    try {
      setStream(pdf, stream, Buffer.from(finishContent(straight, black), 'latin1'))
    } catch (error) {
      if (!(error instanceof PdfSyntaxError)) throw error
      broken.push({ clause: '7.1', what: error.message })
      setStream(pdf, stream, Buffer.from(straight.join('\n'), 'latin1'))
    }
  }
  for (const key of meanings.keys()) {
    const map = dictOf(pdf, Number(key)).dict.get('ToUnicode')
    if (!isRef(map)) continue
    const corrected = correctCodeMap(print.stream(map.ref).toString('latin1'), key, meanings)
    setStream(pdf, map.ref, Buffer.from(corrected, 'latin1'))
  }
  return broken
}

/** The stream that is to hold what a page draws. Parts become one, because marks may reach from one into the next. */
function streamOfPage(pdf: EditedPdf, page: number, streams: readonly number[]): number {
  const [first, ...others] = streams
  if (first !== undefined && others.length === 0) return first
  const stream = addObject(pdf, dictWith({}), Buffer.alloc(0))
  setEntries(pdf, page, { Contents: refTo(stream) })
  return stream
}

function keysOfFonts(print: PdfFile, { resources }: PageContent): KeyOfFont {
  const fonts = print.getDict(resources, 'Font')
  return (name) => {
    const font = fonts?.dict.get(name)
    return isRef(font) ? String(font.ref) : ''
  }
}
