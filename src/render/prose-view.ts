import type { Line } from '../markdown/line.ts'
import type { ProsePiece } from '../markdown/pieces.ts'
import type { Prose } from '../markdown/prose.ts'

/** A block of prose as templates receive it. What can be cut within has its parts marked, not the block itself. */
export interface ProseBlock {
  /** The whole block. */
  readonly prose: Prose
  /** A long paragraph, by its sentences. */
  readonly sentences: readonly { readonly words: Line; readonly measure: string | null }[] | null
  readonly list: ListView | null
  readonly measure: string | null
  /** Whether a mark stands before it: of the first paragraph of a statement. Behind it the sheet may end. */
  readonly isNew: boolean
  readonly isOptional: boolean
}

interface ListView {
  readonly ordered: boolean
  /** The number of its first item, where that is not 1. */
  readonly start: number | null
  readonly items: readonly { readonly prose: Prose; readonly measure: string | null }[]
}

/** A piece with the name under which a galley's measurement of it is found; null outside galleys. */
export interface PlacedPiece {
  readonly piece: ProsePiece
  readonly measure: string | null
}

/** Pieces that follow each other as blocks: items of one list stand together, and sentences of one paragraph. */
export function blocksOf(placed: readonly PlacedPiece[]): ProseBlock[] {
  const starts = placed.flatMap(({ piece }, at) => (at === 0 || !piece.goesOn ? [at] : []))
  return starts.map((start, index) => blockOf(placed.slice(start, starts[index + 1])))
}

/**
 * Some pieces of a prose, placed.
 *
 * @param to the piece behind the last
 * @param keyOf where a galley's measurement of a piece is found
 */
export function placedPieces(
  pieces: readonly ProsePiece[],
  from: number,
  to: number,
  keyOf: (piece: number) => string | null,
): PlacedPiece[] {
  return pieces.slice(from, to).map((piece, at) => ({ piece, measure: keyOf(from + at) }))
}

function blockOf(placed: readonly PlacedPiece[]): ProseBlock {
  const usual = { sentences: null, list: null, measure: null, isNew: false, isOptional: false }
  const lists = placed.flatMap(({ piece: { block }, measure }) =>
    block.kind === 'list' ? [{ block, measure }] : [],
  )
  const [list] = lists
  if (list) {
    const { ordered, start } = list.block
    const items = lists.flatMap(({ block, measure }) => block.items.map((prose) => ({ prose, measure })))
    return {
      ...usual,
      prose: [{ kind: 'list', ordered, start, items: items.map(({ prose }) => prose) }],
      list: { ordered, start: ordered && start !== 1 ? start : null, items },
    }
  }
  const sentences = placed.flatMap(({ piece: { block }, measure }) =>
    block.kind === 'paragraph' ? [{ words: block.inlines, measure }] : [],
  )
  const prose: Prose = [{ kind: 'paragraph', inlines: sentences.flatMap(({ words }) => words) }]
  return placed[0]?.piece.part === 'sentence'
    ? { ...usual, prose, sentences }
    : { ...usual, prose, measure: placed[0]?.measure ?? null }
}
