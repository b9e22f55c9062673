import { beginningOf, lineText, partOf } from '../../markdown/line.ts'
import { firstSentence } from '../../markdown/pieces.ts'
import { inlineText } from '../../markdown/prose.ts'
import type { RenderContext } from '../context.ts'
import {
  bareStatements,
  haveExamples,
  onlyNew,
  type CellView,
  type StatementView,
} from '../statement-view.ts'
import { cellsOf, type PosterContent, type PosterDepth } from './poster-parts.ts'
import { posterTexts } from './poster-texts.ts'

/** Whether cells are shown. */
export function hasCells(depth: PosterDepth): boolean {
  return isWhole(depth) || isShort(depth)
}

/** Whether cells say one thing each. */
export function isShort(depth: PosterDepth): boolean {
  return depth === 'cells' || depth === 'sentences'
}

/** Whether cells say all that they say at such a depth, statement by statement. */
export function isWhole(depth: PosterDepth): boolean {
  return depth === 'everything' || depth === 'plain' || depth === 'new'
}

/** What holds at every level, at a depth that shows it. */
export function everyAt(depth: PosterDepth, every: readonly StatementView[]): readonly StatementView[] {
  return depth === 'everything' ? every : bareStatements(every)
}

/**
 * What a cell says at a depth that shows cells.
 *
 * @param fresh statements that are new at its level, by their refs
 */
export function cellAt(
  context: RenderContext,
  whole: CellView,
  depth: PosterDepth,
  fresh: ReadonlySet<string>,
): CellView {
  if (depth === 'everything') return whole
  const plain = { ...whole, statements: bareStatements(whole.statements) }
  if (depth === 'plain') return plain
  if (depth === 'new') return onlyNew(plain)
  const one = oneOf(context, plain, fresh)
  return depth === 'cells' ? one : shortened(context, one)
}

/**
 * A cell in one statement: its summary, else a statement without details. Where levels restate, that is the first that
 * is new: the same would stand on every rung otherwise.
 */
function oneOf({ words }: RenderContext, cell: CellView, fresh: ReadonlySet<string>): CellView {
  const at = Math.max(
    0,
    cell.statements.findIndex(({ ref }) => fresh.has(ref)),
  )
  const first = cell.statements[at]
  const label = cell.polarities[at] ?? null
  // That it is what is asked goes without saying, where nothing is said of the opposite.
  const isUsual = label !== null && lineText(label) === lineText(words.say('effective'))
  if (cell.summary !== null || !first) return { ...cell, statements: [], polarities: [], own: 0 }
  return {
    ...cell,
    statements: [{ ...first, prose: first.prose.slice(0, 1) }],
    polarities: [isUsual ? null : label],
    own: 1,
  }
}

/** A cell of one statement in its first sentence. */
function shortened({ ladder }: RenderContext, cell: CellView): CellView {
  const { summary } = cell
  return {
    ...cell,
    summary: summary && beginningOf(summary, firstSentence(lineText(summary), ladder.locale)),
    statements: cell.statements.map((statement) => ({
      ...statement,
      prose: statement.prose.map((block) =>
        block.kind === 'list'
          ? block
          : {
              ...block,
              inlines: partOf(block.inlines, 0, firstSentence(inlineText(block.inlines), ladder.locale)),
            },
      ),
    })),
  }
}

/** Whether there are any examples to leave out. */
export function hasExamples(content: PosterContent): boolean {
  return cellsOf(content).some(({ every, cell }) => haveExamples([...every, ...cell.statements]))
}

/** Whether there is anything to leave out that the level below says too. */
export function repeatsAnything(content: PosterContent): boolean {
  return cellsOf(content).some(({ cell }) => cell.repeats !== undefined)
}

/** Whether one poster says less of its cells than another. */
export function saysLess(one: PosterContent, other: PosterContent): boolean {
  return lengthOf(one) < lengthOf(other)
}

function lengthOf(content: PosterContent): number {
  return posterTexts(content).reduce((sum, { text }) => sum + text.length, 0)
}
