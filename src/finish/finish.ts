import { inflateSync } from 'node:zlib'

import { finishContent } from './artifacts.ts'
import { attach, type Attachment } from './attach.ts'
import { correctCodeMap, readMeanings, readPlainUses, unwrapSpans, type Meanings } from './codes.ts'
import { contentId, describe, type Metadata } from './metadata.ts'
import { elementTexts, labelPages, nameBookmarks, nameLinks } from './navigation.ts'
import { pageNumbersOf, readPdf } from './read.ts'
import { repairStructure } from './structure.ts'
import { isDict, isName, isRef, PdfSyntaxError, type PdfValue } from './syntax.ts'
import { marksOf } from './text.ts'
import { brokenRules, type BrokenRule } from './universal.ts'
import {
  dictOf,
  dictWith,
  editPdf,
  nameOf,
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
 * @throws PdfSyntaxError where the print is not of the kind that Skia writes
 */
export function finishPdf(print: Buffer, finishing: Finishing): Finished {
  const file = readPdf(print)
  const marks = marksOf(file)
  const pdf = editPdf(file)
  const pages = pageNumbersOf(file)
  for (const page of pages) finishPage(pdf, page, finishing)
  const unknown = finishContents(pdf, pages, finishing.black)
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

/** A stream of drawing operators, with the fonts that they name. */
interface Content {
  readonly stream: number
  readonly text: string
  readonly keyOf: (name: string) => string
}

/** @returns what keeps a page from being finished: it then stays as it was printed */
function finishContents(pdf: EditedPdf, pages: readonly number[], black: boolean): BrokenRule[] {
  const broken: BrokenRule[] = []
  const contents = pages.flatMap((page) => contentsOf(pdf, page))
  const meanings: Meanings = new Map()
  for (const { text, keyOf } of contents) readMeanings(text, keyOf, meanings)
  for (const { text, keyOf } of contents) readPlainUses(text, keyOf, meanings)
  for (const { stream, text, keyOf } of contents) {
    const straight = unwrapSpans(text, keyOf, meanings)
    try {
      setStream(pdf, stream, Buffer.from(finishContent(straight, black), 'latin1'))
    } catch (error) {
      if (!(error instanceof PdfSyntaxError)) throw error
      broken.push({ clause: '7.1', what: error.message })
      setStream(pdf, stream, Buffer.from(straight, 'latin1'))
    }
  }
  for (const key of meanings.keys()) {
    const map = dictOf(pdf, Number(key)).dict.get('ToUnicode')
    if (!isRef(map)) continue
    const bytes = Buffer.from(correctCodeMap(unpacked(pdf, map.ref), key, meanings), 'latin1')
    setStream(pdf, map.ref, bytes)
  }
  return broken
}

function contentsOf(pdf: EditedPdf, page: number): Content[] {
  const entries = dictOf(pdf, page).dict
  const resources = entries.get('Resources')
  const named = isRef(resources) ? dictOf(pdf, resources.ref) : resources
  const fonts = isDict(named) ? named.dict.get('Font') : undefined
  const byName = isRef(fonts) ? dictOf(pdf, fonts.ref) : fonts
  const keyOf = (font: string) => {
    const object = isDict(byName) ? byName.dict.get(font) : undefined
    return isRef(object) ? String(object.ref) : ''
  }
  return [entries.get('Contents')]
    .flat()
    .filter((stream) => stream !== undefined && isRef(stream))
    .map(({ ref: stream }) => ({ stream, text: unpacked(pdf, stream), keyOf }))
}

/** A stream's bytes, one character for each. */
function unpacked(pdf: EditedPdf, number: number): string {
  const stream = pdf.objects.get(number)?.stream
  if (!stream) throw new PdfSyntaxError(`object ${number} is no stream`)
  const filter = dictOf(pdf, number).dict.get('Filter')
  if (filter === undefined) return stream.toString('latin1')
  if (isName(filter) && filter.name === 'FlateDecode') return inflateSync(stream).toString('latin1')
  throw new PdfSyntaxError(`object ${number} is packed in a way that is not known`)
}
