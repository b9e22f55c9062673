import { isUnseen } from '../text/unseen.ts'

/**
 * Text as the sheets know it: a small tree with nothing in it that is not allowed in print. Markdown is read
 * into this and HTML is written from it, so that what is not in these types cannot reach a page.
 */
export type Prose = readonly Block[]

/** A paragraph, or a list whose items hold blocks of their own. A list that is not ordered starts at 1. */
export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | {
      readonly kind: 'list'
      readonly ordered: boolean
      readonly start: number
      readonly items: readonly Prose[]
    }

/** A run of words, or a mark around some. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'code'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  /** Words in another language than those around them; `language` is a language tag. */
  | { readonly kind: 'passage'; readonly language: string; readonly children: readonly Inline[] }
  /** Words that stay on one line. */
  | { readonly kind: 'kept'; readonly children: readonly Inline[] }
  /** Words that are written in the other direction than those around them, whose signs stay with them. */
  | { readonly kind: 'isolated'; readonly children: readonly Inline[] }
  | { readonly kind: 'break' }

/** The words alone, blocks and breaks parted by a space. */
export function plainText(prose: Prose): string {
  return prose
    .map((block) =>
      block.kind === 'paragraph'
        ? inlineText(block.inlines)
        : block.items.map((item) => plainText(item)).join(' '),
    )
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Whether anything of it can be seen on a sheet. */
export function saysSomething(prose: Prose): boolean {
  return prose.some((block) =>
    block.kind === 'paragraph' ? !isUnseen(inlineText(block.inlines)) : block.items.some(saysSomething),
  )
}

/** The words of a run of inlines. */
export function inlineText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.kind === 'text') return inline.text
      return inline.kind === 'break' ? ' ' : inlineText(inline.children)
    })
    .join('')
}

/** Visits every inline of a prose, outer before inner. */
export function* inlinesOf(prose: Prose): Generator<Inline> {
  for (const block of prose) {
    if (block.kind === 'paragraph') yield* nested(block.inlines)
    else for (const item of block.items) yield* inlinesOf(item)
  }
}

/** Visits every inline of a run, outer before inner. */
export function* nested(inlines: readonly Inline[]): Generator<Inline> {
  for (const inline of inlines) {
    yield inline
    if ('children' in inline) yield* nested(inline.children)
  }
}

/**
 * How much a text says, in words, quickly: runs of letters and digits, and half of the characters of scripts that are
 * written without spaces.
 */
export function countWords(text: string): number {
  const dense =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u30fc]/gu)?.length ?? 0
  const spaced = text
    .replace(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u30fc]/gu, ' ')
    // Escaped: for a single character beyond Latin 1, V8 keeps the whole bundle in two bytes a character and reads it
    // more slowly.
    .match(/[\p{L}\p{N}]+(?:['\u2019.\-/&][\p{L}\p{N}]+)*/gu)
  // Two characters of a dense script take about the place of one short word.
  return (spaced?.length ?? 0) + Math.ceil(dense / 2)
}
