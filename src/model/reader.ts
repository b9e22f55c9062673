import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { didYouMeanLanguage } from '../diagnostics/suggest.ts'
import type { Line } from '../markdown/line.ts'
import {
  effortOf,
  lookedFor,
  mostEffort,
  parseMarkdown,
  unread,
  type MarkdownProblem,
} from '../markdown/parse.ts'
import { parseLine } from '../markdown/passages.ts'
import type { Prose } from '../markdown/prose.ts'
import { languageTag } from '../text/language.ts'
import type { Location, Source, Span } from '../text/source.ts'
import { placeOf, written, type Located } from '../yaml/located.ts'
import type { YamlScalar } from '../yaml/node.ts'

/** What is gathered while a model is built. */
export interface Builder {
  readonly places: Map<string, Location>
  readonly diagnostics: Diagnostic[]
  /** The effort of reading the Markdown of each file so far. */
  readonly effort: Map<Source, number>
}

/**
 * Plain prose of one line: names and titles. Reports a comment that swallowed the end of it, and a language that is told
 * as in text.
 */
export function line(builder: Builder, ref: string, value: Located | undefined): string | undefined {
  const text = lineAsWritten(builder, ref, value)
  const attribute = /\]\{\s*lang\s*=[^}]*\}/.exec(text ?? '')?.[0].slice(1)
  if (attribute !== undefined && value?.node.kind === 'scalar') {
    const { source, node } = value
    const span = findRaw(source, node.span, { kind: 'language', raw: attribute })
    builder.diagnostics.push(
      diagnose(
        'markdown/unsupported',
        'Titles and names take no brackets with a language, and print them as they stand',
        {
          at: { source, span },
          hint: 'Take the brackets away, and tell its language in a field of its own: title-lang, name-lang or group-lang',
        },
      ),
    )
  }
  return text
}

function lineAsWritten(builder: Builder, ref: string, value: Located | undefined): string | undefined {
  const text = written(value)
  if (text === undefined || !value) return undefined
  note(builder, ref, value, 'line')
  return text
}

/** Prose of one line that may have passages in other languages: summaries, aliases, notes. Reports as `line` does. */
export function sentence(builder: Builder, ref: string, value: Located | undefined): Line | undefined {
  const text = lineAsWritten(builder, ref, value)
  if (text === undefined || value?.node.kind !== 'scalar') return text
  const { source, node } = value
  const told: string[] = []
  return parseLine(text, ({ attribute, tag }) => {
    const before = told.filter((other) => other === attribute).length
    told.push(attribute)
    builder.diagnostics.push(
      explainMarkdown(source, node, { kind: 'language', raw: attribute, what: tag, before }),
    )
  })
}

/** The language in which a name is written, by a field that the schema has checked. */
export function language(builder: Builder, ref: string, value: Located | undefined): string | undefined {
  const tag = written(value)
  if (tag === undefined || !value) return undefined
  builder.places.set(ref, placeOf(value))
  return languageTag(tag)
}

/** Markdown text. Reports what will not be printed as its author may expect. */
export function markdown(builder: Builder, ref: string, value: Located | undefined): Prose | undefined {
  if (value?.node.kind !== 'scalar') return undefined
  note(builder, ref, value, 'prose')
  const text = String(value.node.value ?? '').normalize('NFC')
  if (isTooMuch(builder, value, text)) return unread(text)
  const { prose, problems } = parseMarkdown(text)
  for (const problem of problems) builder.diagnostics.push(explainMarkdown(value.source, value.node, problem))
  return prose
}

/** Whether the texts of a file have become too much to read; reports the first that is not read for that. */
function isTooMuch(builder: Builder, value: Located, text: string): boolean {
  const before = builder.effort.get(value.source) ?? 0
  const after = before + effortOf(text)
  builder.effort.set(value.source, after)
  if (after <= mostEffort) return false
  if (before <= mostEffort) {
    builder.diagnostics.push(
      diagnose(
        'markdown/too-intricate',
        'This text and those before it have more marks together than a file of prose can need',
        {
          at: placeOf(value),
          hint: 'Take marks (* _ ~ [ ] ` < > !) out of the longest texts, or give tracks files of their own',
        },
      ),
    )
  }
  return true
}

function note(builder: Builder, ref: string, value: Located, kind: 'line' | 'prose'): void {
  builder.places.set(ref, placeOf(value))
  const { node, source } = value
  if (node.kind !== 'scalar' || node.comment === undefined) return
  // Behind a name, a comment is often meant as one: people set it off by more than one blank, and put one behind the #.
  const isSetOff = node.comment.start - node.span.end > 1
  const isWord = /^#[\p{L}\p{N}]/u.test(source.text.slice(node.comment.start, node.comment.end))
  if (kind === 'line' && (isSetOff || (!isWord && !/\s/.test(node.written)))) return
  builder.diagnostics.push(
    diagnose('yaml/comment-in-text', 'The text ends before this #, which begins a comment', {
      at: { source, span: node.comment },
      hint: 'If it belongs to the text, put the text in a block (|) or in quotes; if it is a comment, give it a line of its own',
    }),
  )
}

function explainMarkdown(source: Source, node: YamlScalar, problem: MarkdownProblem): Diagnostic {
  const at = { source, span: findRaw(source, node.span, problem) }
  switch (problem.kind) {
    case 'image':
      return diagnose('markdown/image', 'Images in text are not printed', { at })
    case 'html':
      return diagnose('markdown/html', 'HTML in text is not printed', {
        at,
        hint: 'To print the characters themselves, put a backslash before the <',
      })
    case 'link':
      return diagnose('markdown/link-address', 'This address is not linked; its text is printed', {
        at,
        hint: 'Links lead to http, https and mailto addresses',
      })
    case 'language': {
      const tag = problem.what ?? ''
      return diagnose(
        'markdown/language',
        `"${tag}" is not a language tag; the words are printed without one`,
        {
          at,
          hint: didYouMeanLanguage(tag) ?? 'Tags are short, such as de, ja or pt-BR',
        },
      )
    }
    case 'bullet':
      return diagnose(
        'markdown/not-a-bullet',
        `${problem.what ?? 'This'} begins no item of a list here, and is printed as it stands`,
        { at, hint: 'Begin each item with a dash and an ordinary space, on a line of its own' },
      )
    case 'unsupported':
      return diagnose(
        'markdown/unsupported',
        `${problem.what ?? 'This'} is ${problem.isLeftOut === true ? 'not printed' : 'printed as plain text'}`,
        { at, hint: 'Sheets print paragraphs, lists, **bold**, *italic*, `code` and links' },
      )
    case 'too-intricate':
      return diagnose(
        'markdown/too-intricate',
        'This text has more marks or deeper nesting than prose can need',
        {
          at: { source, span: node.span },
        },
      )
  }
}

/** The first line of what is wrong inside a span; the whole span where it is not found letter by letter. */
function findRaw(source: Source, span: Span, { raw, before = 0 }: MarkdownProblem): Span {
  const first = lookedFor(raw)
  const { text, spanOf } = composedText(source, span)
  let found = first === '' ? -1 : text.indexOf(first)
  for (let others = before; others > 0 && found >= 0; others -= 1) {
    const next = text.indexOf(first, found + first.length)
    if (next < 0) break
    found = next
  }
  return found >= 0 ? spanOf(found, found + first.length) : span
}

/** The text of a value as it stands in its file, but in composed letters, as the model has it. */
export interface ComposedText {
  readonly text: string
  /** Where a stretch of it stands in the file. */
  readonly spanOf: (start: number, end: number) => Span
}

/** Nothing beyond the span is looked at: a ladder has thousands of values, and each is asked for. */
export function composedText(source: Source, span: Span): ComposedText {
  const original = source.text.slice(span.start, span.end)
  const text = original.normalize('NFC')
  if (text === original) {
    return { text, spanOf: (start, end) => ({ start: span.start + start, end: span.start + end }) }
  }
  // Letters are composed one by one, with the marks (and the vowels and finals of Korean) that follow each.
  const offsets: number[] = []
  for (const { 0: letter, index } of original.matchAll(/[^][\p{M}\u1160-\u11ff]*/gu))
    for (let unit = letter.normalize('NFC').length; unit > 0; unit -= 1) offsets.push(span.start + index)
  offsets.push(span.end)
  const isAligned = offsets.length === text.length + 1
  return {
    text,
    spanOf: (start, end) =>
      isAligned ? { start: offsets[start] ?? span.start, end: offsets[end] ?? span.end } : span,
  }
}
