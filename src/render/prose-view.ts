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
}

interface ListView {
  readonly ordered: boolean
  /** The number of its first item, where that is not 1. */
  readonly start: number | null
  readonly items: readonly { readonly prose: Prose; readonly measure: string | null }[]
}

/**
 * Some pieces of a prose as blocks: sentences of one paragraph stand together, and items of one list.
 *
 * @param from the first piece; `to` is the one behind the last
 * @param keyOf the name under which a galley's measurement of a piece is found; null outside galleys
 */
export function blocksOf(
  pieces: readonly ProsePiece[],
  from: number,
  to: number,
  keyOf: (piece: number) => string | null,
): ProseBlock[] {
  const shown = pieces.slice(from, to)
  const starts = shown.flatMap(({ goesOn }, at) => (at === 0 || goesOn === null ? [at] : []))
  return starts.map((start, index) => {
    const own = shown.slice(start, starts[index + 1])
    const placed = own.map(({ block }, at) => ({ block, measure: keyOf(from + start + at) }))
    const isCut =
      own.length > 1 || own[0]?.goesOn !== null || pieces[from + start + 1]?.goesOn === 'paragraph'
    return blockView(placed, isCut)
  })
}

type PlacedBlock = { readonly block: ProsePiece['block']; readonly measure: string | null }

/** @param isCut whether a paragraph is one of several sentences, or what is left of one */
function blockView(placed: readonly PlacedBlock[], isCut: boolean): ProseBlock {
  const blocks = placed.map(({ block }) => block)
  const lists = placed.flatMap(({ block, measure }) => (block.kind === 'list' ? [{ block, measure }] : []))
  const [list] = lists
  if (list) {
    const { ordered, start } = list.block
    const items = lists.flatMap(({ block, measure }) => block.items.map((prose) => ({ prose, measure })))
    return {
      prose: [{ kind: 'list', ordered, start, items: items.map(({ prose }) => prose) }],
      sentences: null,
      list: { ordered, start: ordered && start !== 1 ? start : null, items },
      measure: null,
    }
  }
  const sentences = placed.flatMap(({ block, measure }) =>
    block.kind === 'paragraph' ? [{ words: block.inlines, measure }] : [],
  )
  const inlines = sentences.flatMap(({ words }) => words)
  return {
    prose: isCut ? [{ kind: 'paragraph', inlines }] : blocks,
    sentences: isCut ? sentences : null,
    list: null,
    measure: isCut ? null : (placed[0]?.measure ?? null),
  }
}
