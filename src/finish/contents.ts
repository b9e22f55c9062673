import { finishContent } from './artifacts.ts'
import {
  correctCodeMap,
  readMeanings,
  readPlainUses,
  unwrapSpans,
  type KeyOfFont,
  type Meanings,
} from './codes.ts'
import type { PdfFile } from './read.ts'
import { isRef, PdfSyntaxError } from './syntax.ts'
import type { PageContent } from './text.ts'
import type { BrokenRule } from './universal.ts'
import { addObject, dictOf, dictWith, refTo, setEntries, setStream, type EditedPdf } from './write.ts'

/**
 * Finishes what is drawn on the pages of a print: artifacts, greys, and characters that read as what they are.
 *
 * @returns what keeps a page from being finished: it then stays as it was printed
 */
export function finishContents(
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
