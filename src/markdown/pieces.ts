import { partOf } from './line.ts'
import { inlineText, type Block, type Prose } from './prose.ts'

/** A piece of prose, behind which a page may end. */
export interface ProsePiece {
  readonly block: Block
  /** Whether it goes on with the paragraph, or the list, of the piece before. */
  readonly goesOn: 'paragraph' | 'list' | null
}

/**
 * A capital letter after one of these begins no sentence: single letters, letters with points between them, and some
 * common abbreviations.
 */
const abbreviation =
  /(?:^|[\s(])(?:\p{L}|(?:\p{L}+\.)+\p{L}+|approx|bzw|ca|cf|dr|evtl|ex|ggf|incl|inkl|jr|mr|mrs|ms|prof|sr|sra|vgl|vs)\.\s*$/iu

/** How long the first sentence of a text is, in characters. */
export function firstSentence(text: string, locale: string): number {
  let sentence = ''
  for (const { segment } of new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)) {
    sentence += segment
    if (!abbreviation.test(segment)) break
  }
  return sentence.trimEnd().length
}

/** In characters: a longer paragraph may end its page behind any of its sentences. */
const longParagraph = 600

/** Prose in pieces that a page can end between: paragraphs, items of lists, and sentences of long paragraphs. */
export function piecesOf(prose: Prose, locale: string): ProsePiece[] {
  return prose.flatMap((block): ProsePiece[] => {
    if (block.kind === 'list') {
      return block.items.map((item, index) => ({
        block: { ...block, start: block.start + index, items: [item] },
        goesOn: index === 0 ? null : 'list',
      }))
    }
    const text = inlineText(block.inlines)
    if (text.length <= longParagraph) return [{ block, goesOn: null }]
    const sentences = new Intl.Segmenter(locale, { granularity: 'sentence' })
    return [...sentences.segment(text)].map(({ segment, index }) => ({
      block: { kind: 'paragraph', inlines: partOf(block.inlines, index, index + segment.length) },
      goesOn: index === 0 ? null : 'paragraph',
    }))
  })
}
