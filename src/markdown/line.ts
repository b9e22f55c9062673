import { inlineText, type Inline, type Prose } from './prose.ts'

/** Text of one line, such as a name or a summary: a string, unless a passage of it is in another language. */
export type Line = string | readonly Inline[]

const inlineKinds = new Set([
  'text',
  'strong',
  'emphasis',
  'code',
  'link',
  'passage',
  'kept',
  'isolated',
  'break',
])

/** Whether something that may be anything is a line with passages. */
export function isInlines(value: unknown): value is readonly Inline[] {
  return Array.isArray(value) && inlineKinds.has(kindOf(value[0]))
}

/** Whether something that may be anything is prose. */
export function isProse(value: unknown): value is Prose {
  return Array.isArray(value) && ['paragraph', 'list'].includes(kindOf(value[0]))
}

function kindOf(value: unknown): string {
  return String((value as { kind?: unknown } | null | undefined)?.kind)
}

/** The words of a line alone. */
export function lineText(line: Line): string {
  return typeof line === 'string' ? line : inlineText(line)
}

/** A line as inlines, whichever of its two forms it has. */
export function inlinesOfLine(line: Line): readonly Inline[] {
  return typeof line === 'string' ? [{ kind: 'text', text: line }] : line
}

/** A run of inlines as a line, without marks but those of languages. */
export function lineOf(inlines: readonly Inline[]): Line {
  const lines = inlines.map((inline): Line => {
    if (inline.kind === 'text') return inline.text
    if (inline.kind === 'break') return ' '
    const words = lineOf(inline.children)
    return inline.kind === 'passage'
      ? [{ kind: 'passage', language: inline.language, children: inlinesOfLine(words) }]
      : words
  })
  return joined(lines)
}

/** The first characters of a line. */
export function beginningOf(line: Line, length: number): Line {
  if (typeof line === 'string') return line.slice(0, length)
  let left = length
  return line.flatMap((inline): Inline[] => {
    const own = Math.min(left, inlineText([inline]).length)
    left -= own
    if (own === 0) return []
    if (inline.kind === 'text') return [{ kind: 'text', text: inline.text.slice(0, own) }]
    if (inline.kind === 'break') return [inline]
    return [{ ...inline, children: inlinesOfLine(beginningOf(inline.children, own)) }]
  })
}

/** Lines as one line; a string where all of them are. */
export function joined(lines: readonly Line[], between = ''): Line {
  if (lines.every((line) => typeof line === 'string')) return lines.join(between)
  return lines.flatMap((line, index) => [
    ...(index > 0 && between !== '' ? inlinesOfLine(between) : []),
    ...inlinesOfLine(line),
  ])
}

/** A line that is written in a language; its passages in others stay in theirs. */
export function inLanguage(language: string, line: Line): Line {
  if (languageOf(line) !== null) return line
  const children = inlinesOfLine(line).flatMap((inline) =>
    inline.kind === 'passage' && inline.language === language ? inline.children : [inline],
  )
  return [{ kind: 'passage', language, children }]
}

/** The language of a line all of whose words are passages in one; null where they are not. */
export function languageOf(line: Line): string | null {
  if (typeof line === 'string') return null
  const said = line.filter((inline) => /[\p{L}\p{N}]/u.test(inlineText([inline])))
  const [first] = said
  if (first?.kind !== 'passage') return null
  const same = said.every((inline) => inline.kind === 'passage' && inline.language === first.language)
  return same ? first.language : null
}

/** The characters `from` (inclusive) to `to` (exclusive) of a run of inlines, with the marks that they stand in. */
export function partOf(inlines: readonly Inline[], from: number, to: number): Inline[] {
  let at = 0
  return inlines.flatMap((inline): Inline[] => {
    const start = at
    at += inlineText([inline]).length
    const [first, last] = [Math.max(from, start) - start, Math.min(to, at) - start]
    if (first >= last) return []
    if (inline.kind === 'text') return [{ kind: 'text', text: inline.text.slice(first, last) }]
    if (inline.kind === 'break') return [inline]
    return [{ ...inline, children: partOf(inline.children, first, last) }]
  })
}

/**
 * A word with the number behind it, in figures or Roman numerals, or with the last letter of a title: what tells it from
 * others would look lost at the beginning of a line.
 */
const distinguished = /[^\s/\u2010-]+ (?:(?:\d{1,3}|[IVX]{1,4})(?= |$)|\p{L}$)/gu

/** A title whose words stay together with their numbers: “Senior Engineer 2”. */
export function titleLine(title: string): Line {
  const inlines: Inline[] = []
  let from = 0
  for (const { 0: text, index } of title.matchAll(distinguished)) {
    if (index > from) inlines.push({ kind: 'text', text: title.slice(from, index) })
    inlines.push({ kind: 'kept', children: [{ kind: 'text', text }] })
    from = index + text.length
  }
  if (from === 0) return title
  return from < title.length ? [...inlines, { kind: 'text', text: title.slice(from) }] : inlines
}

/** The words of a title, with the numbers that stay with them. */
export function wordsOfTitle(title: string): string[] {
  return title
    .replace(distinguished, (kept) => kept.replace(' ', '\u00a0'))
    .split(/[^\S\u00a0]+/)
    .map((word) => word.replaceAll('\u00a0', ' '))
}
