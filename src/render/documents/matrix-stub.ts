import { lineText, type Line } from '../../markdown/line.ts'
import type { ColumnHead } from './matrix-content.ts'

/** What holds for all levels of a stub: it is said once. */
export function commonWords(heads: readonly ColumnHead[]): readonly Line[] {
  const [first, ...others] = heads
  if (others.length === 0) return []
  return (first?.standing ?? []).filter((sentence) =>
    others.every(({ standing }) => says(standing, sentence)),
  )
}

/** What is said of a level besides. */
export function ownWords({ standing }: ColumnHead, common: readonly Line[]): readonly Line[] {
  return standing.filter((sentence) => !says(common, sentence))
}

function says(standing: readonly Line[], sentence: Line): boolean {
  return standing.map(lineText).includes(lineText(sentence))
}
