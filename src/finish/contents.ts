import { finishContent } from './artifacts.ts'
import { addCodes, clusterFont, hasClusters, spellClusters, type ClusterFont } from './clusters.ts'
import { codeMapOf, type CodeMap } from './code-maps.ts'
import {
  correctCodeMap,
  landmarksOf,
  readMeanings,
  readPlainUses,
  unwrapSpans,
  type KeyOfFont,
  type Meanings,
} from './codes.ts'
import type { PdfFile } from './read.ts'
import { withSoftHyphens } from './soft-hyphens.ts'
import { isRef, PdfSyntaxError } from './syntax.ts'
import type { PageContent } from './text.ts'
import type { BrokenRule } from './universal.ts'
import { addObject, dictWith, refTo, setEntries, setStream, type EditedPdf } from './write.ts'

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
  const maps = new Map<number, CodeMap>()
  const keyed = contents.map((content) => {
    const keyOf = keysOfFonts(print, content)
    const printed = landmarksOf(content.lines, keyOf)
    const lines = withSoftHyphens(content.lines, printed, (font, code) => {
      const { texts } = codeMapOf(print, content.resources, font, maps)
      return /^[-\u2010]$/.test(texts.get(Number.parseInt(code, 16)) ?? '')
    })
    const landmarks = lines === content.lines ? printed : landmarksOf(lines, keyOf)
    return { ...content, lines, keyOf, landmarks }
  })
  for (const { landmarks } of keyed) readMeanings(landmarks, meanings)
  for (const { lines, landmarks } of keyed) readPlainUses(lines, landmarks, meanings)
  const fonts = new Map<string, ClusterFont | undefined>()
  const fontOf = (key: string) => {
    if (!fonts.has(key))
      fonts.set(
        key,
        clusterFont(print, Number(key), (map) => correctCodeMap(map, key, meanings)),
      )
    return fonts.get(key)
  }
  const unless = <T>(clause: string, step: () => T, otherwise: () => T): T => {
    try {
      return step()
    } catch (error) {
      if (!(error instanceof PdfSyntaxError)) throw error
      broken.push({ clause, what: error.message })
      return otherwise()
    }
  }
  for (const [index, { lines, streams, keyOf, landmarks }] of keyed.entries()) {
    if (streams.length === 0) continue
    const straight = unwrapSpans(lines, landmarks, meanings)
    const spelt = hasClusters(straight)
      ? unless(
          '7.21.7',
          () => spellClusters(straight, (name) => fontOf(keyOf(name))),
          () => straight,
        )
      : straight
    const finished = unless(
      '7.1',
      () => finishContent(spelt, black),
      () => spelt.join('\n'),
    )
    setStream(pdf, streamOfPage(pdf, pages[index] ?? 0, streams), Buffer.from(finished, 'latin1'))
  }
  for (const key of new Set([...meanings.keys(), ...fonts.keys()])) {
    const font = fontOf(key)
    if (font) addCodes(pdf, font)
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
