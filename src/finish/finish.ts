import { slugOf, type Trim } from '../plan/trim.ts'
import { attach, type Attachment } from './attach.ts'
import { finishContents } from './contents.ts'
import { contentId, describe, type Metadata } from './metadata.ts'
import { elementTexts, labelPages, nameBookmarks, nameLinks } from './navigation.ts'
import { pageNumbersOf, type PdfFile } from './read.ts'
import { repairStructure } from './structure.ts'
import type { PdfDict, PdfValue } from './syntax.ts'
import { contentsOf, marksOf } from './text.ts'
import { markTrim } from './trim-marks.ts'
import { brokenRules, type BrokenRule } from './universal.ts'
import { dictWith, editPdf, nameOf, points, setEntries, writePdf, type EditedPdf } from './write.ts'

/** How a sheet is to leave the printer. */
export type Duplex = 'Simplex' | 'DuplexFlipShortEdge' | 'DuplexFlipLongEdge'

/** What finishing has to know of a document. */
export interface Finishing {
  readonly metadata: Metadata
  /** The trimmed sheet in mm. */
  readonly width: number
  readonly height: number
  /** What is printed around it. */
  readonly trim?: Trim | undefined
  /** Whether colours become greys. */
  readonly black: boolean
  readonly headings: readonly string[]
  readonly duplex: Duplex
  /** A file to embed. */
  readonly attachment?: Attachment | undefined
}

/** What becomes of a print. */
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
  const pdf = editPdf(print)
  const pages = pageNumbersOf(print)
  for (const page of pages) finishPage(pdf, page, finishing)
  const unknown = finishContents(pdf, print, pages, contents, finishing.black)
  if (finishing.trim?.marks) for (const page of pages) markTrim(pdf, page, finishing.trim, finishing)
  repairStructure(pdf)
  const textOf = elementTexts(pdf, pages, () => marksOf(print, contents))
  nameBookmarks(pdf, textOf, finishing.headings)
  nameLinks(pdf, textOf)
  labelPages(pdf)
  setEntries(pdf, pdf.root, { ViewerPreferences: viewerPreferences(finishing.duplex) })
  if (finishing.attachment) attach(pdf, finishing.attachment)
  const broken = [...unknown, ...brokenRules(pdf)]
  describe(pdf, finishing.metadata, broken.length === 0)
  return { pdf: writePdf(pdf, contentId), broken }
}

/** A print dialog that opens with what the sheets were made for (ISO 32000-1, § 12.2). */
export function viewerPreferences(duplex: Duplex): PdfDict {
  return dictWith({
    DisplayDocTitle: true,
    PrintScaling: nameOf('None'),
    PickTrayByPDFSize: true,
    Duplex: nameOf(duplex),
  })
}

function finishPage(pdf: EditedPdf, page: number, { width, height, trim }: Finishing): void {
  // Chromium rounds to whole pixels; the sheet is what was asked for.
  const slug = slugOf(trim)
  const around = (by: number): PdfValue =>
    [slug - by, slug - by, slug + width + by, slug + height + by].map(points)
  setEntries(pdf, page, {
    MediaBox: around(slug),
    TrimBox: around(0),
    ...(trim && { BleedBox: around(trim.bleed) }),
    CropBox: undefined,
    Tabs: nameOf('S'),
  })
}
