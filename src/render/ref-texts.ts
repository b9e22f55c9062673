import { inlinesOfLine, isInlines, type Line } from '../markdown/line.ts'
import { nested, plainText, type Inline, type Prose } from '../markdown/prose.ts'

/** A piece of the ladder's text that must be readable in the finished document. */
export interface RefText {
  readonly ref: string
  readonly text: string
  /** Of the passages in it. */
  readonly languages?: readonly string[]
}

/** The texts of a prose by its ref, block by block: between them stand the markers of lists. */
export function refText(ref: string, text: Prose | Line | null): RefText[] {
  if (text === null) return []
  const isLine = typeof text === 'string' || isInlines(text)
  return (isLine ? [inlinesOfLine(text)] : paragraphsOf(text)).flatMap((inlines) => {
    const words = typeof text === 'string' ? text : plainText([{ kind: 'paragraph', inlines }])
    const languages = [...nested(inlines)].flatMap((inline) =>
      inline.kind === 'passage' ? [inline.language] : [],
    )
    return words === '' ? [] : [{ ref, text: words, ...(languages.length > 0 && { languages }) }]
  })
}

function paragraphsOf(prose: Prose): (readonly Inline[])[] {
  return prose.flatMap((block) =>
    block.kind === 'paragraph' ? [block.inlines] : block.items.flatMap((item) => paragraphsOf(item)),
  )
}
