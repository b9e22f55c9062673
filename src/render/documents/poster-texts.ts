import { refText, type RefText } from '../ref-texts.ts'
import { statementTexts } from '../statement-view.ts'
import type { PosterContent } from './poster-parts.ts'

/** Everything of the ladder that the document must show. */
export function posterTexts(content: PosterContent): RefText[] {
  return [
    ...refText('@/title', content.title),
    ...content.notes.flatMap(({ ref, text }) => (ref === null ? [] : refText(ref, text))),
    ...content.blocks.flatMap(({ rails }) =>
      rails.flatMap(({ track, name, levels, dimensionNames }) => [
        ...refText(`@${track}/name`, name),
        ...refText(`@${track}/name`, dimensionNames),
        ...levels.flatMap(({ id, title, summary, note, cells }) => [
          ...refText(`${id}/title`, title),
          ...refText(`${id}/summary`, summary),
          ...refText(`${id}/intro`, note),
          ...cells.flatMap(({ name: dimension, every, cell }) => [
            ...refText(cell.ref, dimension),
            ...refText(`${cell.ref}/summary`, cell.summary),
            ...statementTexts([...every, ...cell.statements]),
          ]),
        ]),
      ]),
    ),
  ]
}
