import { partOf } from './line.ts'
import { inlineText, type Block, type Prose } from './prose.ts'

/** A piece of prose, behind which a page, or a sheet, may end. */
export interface ProsePiece {
  readonly block: Block
  readonly part: 'block' | 'item' | 'sentence'
  /** Whether it goes on with the list, or the paragraph, of the piece before. */
  readonly goesOn: boolean
}

/**
 * A capital letter after one of these begins no sentence: single letters, letters with points between them, and some
 * common abbreviations.
 */
const abbreviation =
  /(?:^|[\s(])(?:\p{L}|(?:\p{L}+\.)+\p{L}+|approx|bzw|ca|cf|dr|evtl|ex|ggf|incl|inkl|jr|mr|mrs|ms|prof|sr|sra|vgl|vs)\.\s*$/iu

/** The sentences of a text, each with the blanks behind it. */
function* sentencesOf(text: string, locale: string): Generator<string> {
  let sentence = ''
  for (const { segment } of new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)) {
    sentence += segment
    if (abbreviation.test(segment)) continue
    yield sentence
    sentence = ''
  }
  if (sentence !== '') yield sentence
}

/** How long the first sentence of a text is, in characters. */
export function firstSentence(text: string, locale: string): number {
  const [first = ''] = sentencesOf(text, locale)
  return first.trimEnd().length
}

/** In characters: a longer paragraph may end its page behind any of its sentences. */
const longParagraph = 600

/**
 * Prose in pieces that a page can end between: paragraphs, items of lists, and sentences of long paragraphs.
 *
 * @param longest of paragraphs that stay whole, in characters
 */
export function piecesOf(prose: Prose, locale: string, longest = longParagraph): ProsePiece[] {
  return prose.flatMap((block): ProsePiece[] => {
    if (block.kind === 'list') {
      return block.items.map((item, index) => ({
        block: { ...block, start: block.start + index, items: [item] },
        part: 'item',
        goesOn: index > 0,
      }))
    }
    const text = inlineText(block.inlines)
    if (text.length <= longest) return [{ block, part: 'block', goesOn: false }]
    let to = 0
    return [...sentencesOf(text, locale)].map((sentence, index) => {
      const from = to
      to += sentence.length
      return {
        block: { kind: 'paragraph', inlines: partOf(block.inlines, from, to) },
        part: 'sentence',
        goesOn: index > 0,
      }
    })
  })
}

/** Whether a piece is what a list behind it is about, and must not stand at the end of a page without any of it. */
export function leadsList(pieces: readonly ProsePiece[], at: number): boolean {
  const [piece, next] = [pieces[at], pieces[at + 1]]
  return piece?.block.kind === 'paragraph' && next?.block.kind === 'list'
}
