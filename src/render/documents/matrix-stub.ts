import { joined, lineText, type Line } from '../../markdown/line.ts'
import type { ColumnHead, MatrixColumn } from './matrix-content.ts'

export interface StubSummary {
  readonly id: string
  readonly name: Line | null
  readonly summary: Line
}

/** Where nothing is said, or it was said on an earlier sheet. */
export const noTexts = { summaries: [], standing: [] } as const

/** What is said in the column of a stub. */
export function stubTexts(
  kind: MatrixColumn['kind'],
  heads: readonly ColumnHead[],
): { readonly summaries: readonly StubSummary[]; readonly standing: readonly Line[] } {
  return kind === 'stub' ? { summaries: summariesOf(heads), standing: stubWords(heads) } : noTexts
}

function summariesOf(heads: readonly ColumnHead[]): StubSummary[] {
  return heads.flatMap(({ id, title, summary }) =>
    summary === null ? [] : [{ id, name: heads.length > 1 ? title : null, summary }],
  )
}

/** What is said of the levels of a stub; what holds for all of them is said once, at the end. */
function stubWords(heads: readonly ColumnHead[]): Line[] {
  const [first] = heads
  const says = (standing: readonly Line[], sentence: Line) =>
    standing.map(lineText).includes(lineText(sentence))
  const common = (first?.standing ?? []).filter((sentence) =>
    heads.every(({ standing }) => says(standing, sentence)),
  )
  const own = heads.flatMap(({ title, standing }) => {
    const sentences = standing.filter((sentence) => !says(common, sentence))
    return sentences.length === 0
      ? []
      : [heads.length > 1 ? joined([title, ': ', joined(sentences, ' ')]) : joined(sentences, ' ')]
  })
  return [...own, ...common]
}
