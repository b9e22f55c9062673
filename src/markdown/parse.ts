import { decodeHTML } from 'entities'
import { Marked, type Token, type Tokens } from 'marked'

import { languageTag } from '../text/language.ts'
import { textInline, withoutLineEnds } from './line-ends.ts'
import { safeHref } from './links.ts'
import { passageAtStart } from './passages.ts'
import { plainProse } from './plain.ts'
import { inlineText, type Block, type Inline, type Prose } from './prose.ts'

/** Markdown that is not printed as its author may expect, with the characters that stand for it. */
export interface MarkdownProblem {
  readonly kind: 'image' | 'html' | 'link' | 'language' | 'bullet' | 'unsupported' | 'too-intricate'
  readonly raw: string
  /** For unsupported: what it is, in the user's words; for a language or a bullet, what is none. */
  readonly what?: string
  /** For unsupported: whether nothing of it is printed. */
  readonly isLeftOut?: boolean
  /** How often its first line stands in the text before it, which tells it from others like it. */
  readonly before?: number
}

/** What a text says, and what of it sheets do not print. */
export interface ParsedMarkdown {
  readonly prose: Prose
  readonly problems: readonly MarkdownProblem[]
}

/** Characters that make Markdown readers look ahead. Their cost is quadratic; prose has a few dozen. */
const markCharacters = /[*_~[\]`<>!]/g
const mostMarks = 2_000

/** How much effort, as `effortOf` counts it, all texts of one file together may cost: a fraction of a second. */
export const mostEffort = 100_000_000

/** What reading a text costs, relative to others: the square of its marks. Nothing if it is not read. */
export function effortOf(text: string): number {
  const marks = text.match(markCharacters)?.length ?? 0
  return marks > mostMarks ? 0 : marks * marks
}

/** A text as it stands, unread, so that nothing else complains of its absence. */
export function unread(text: string): Prose {
  return [{ kind: 'paragraph', inlines: [textInline(text)] }]
}

/**
 * What people take for the bullet of an item, and Markdown does not: signs that come along when a list is pasted, and a
 * dash without a space behind it, or with one that is not the usual. Dashes also stand within sentences, so they count
 * only where a text begins.
 */
const bulletSigns = '[•‣◦⁃∙·・▪▫●○■□](?=\\s*\\S)|[-*+](?=[^\\S \\t\\r\\n])'
const strayAtStart = new RegExp(`^(?:${bulletSigns}|[–—](?=\\s+\\S)|-(?=\\p{L}))`, 'u')
const strayInLine = new RegExp(`^[ \\t]*(${bulletSigns})`, 'u')

/**
 * A line that opens more than sixteen lists or quotations at once; each is a level of recursion. Blanks between two marks
 * can be read in one way only: otherwise each further mark would multiply the ways that are tried.
 */
const tooDeep = /^(?:[ \t]*(?:[-*+>]|\d{1,9}[.)])){17}/m

let made: Marked | undefined

/**
 * Reads `[words]{lang=de}`, before brackets are taken for links. Made when it is first asked for: many ladders are
 * plain.
 */
const reader = (): Marked =>
  (made ??= new Marked({
    extensions: [
      {
        name: 'passage',
        level: 'inline',
        start: (text) => {
          const at = text.indexOf('[')
          return at < 0 ? undefined : at
        },
        tokenizer(text) {
          const passage = passageAtStart(text)
          return passage && { type: 'passage', ...passage, tokens: this.lexer.inlineTokens(passage.content) }
        },
      },
    ],
  }))

/**
 * Reads the subset of Markdown that sheets print: paragraphs, lists, emphasis, code, links, passages in other
 * languages, hard breaks. What lies outside it is left out (images, HTML) or becomes plain paragraphs (headings,
 * tables, quotes), and is reported either way. Never throws.
 */
export function parseMarkdown(text: string): ParsedMarkdown {
  const problems: MarkdownProblem[] = []
  const plain = plainProse(text)
  if (plain) return { prose: plain, problems }
  const tooIntricate: ParsedMarkdown = { prose: unread(text), problems: [{ kind: 'too-intricate', raw: '' }] }
  if ((text.match(markCharacters)?.length ?? 0) > mostMarks || tooDeep.test(text)) return tooIntricate
  try {
    const tokens: readonly Token[] = reader().lexer(text)
    let at = 0
    const blocks = tokens.flatMap((token) => {
      const own: MarkdownProblem[] = []
      const read = blocksOf([token], own)
      problems.push(...inPlace(text, at, own))
      at += token.raw.length
      return read
    })
    return { prose: blocks, problems }
  } catch {
    // Deep nesting overflows the library's stack; a RangeError is its only throw on text.
    return tooIntricate
  }
}

/** The problems of a block that begins at `at`, in the order in which they stand there. */
function inPlace(text: string, at: number, problems: readonly MarkdownProblem[]): MarkdownProblem[] {
  let from = at
  return problems.map((problem) => {
    const first = lookedFor(problem.raw)
    const found = text.indexOf(first, from)
    // What stands within another begins after it.
    if (found >= 0) from = found + 1
    const before = text.slice(0, Math.max(0, found)).split(first).length - 1
    return { ...problem, ...(before > 0 && { before }) }
  })
}

/** What is looked for of something to find its place. */
export function lookedFor(raw: string): string {
  return raw.split('\n')[0] ?? ''
}

function blocksOf(tokens: readonly Token[], problems: MarkdownProblem[]): Block[] {
  return tokens
    .flatMap((token) => blockOf(token as Tokens.Generic, problems))
    .filter((block) => !isBlank(block))
}

function blockOf(token: Tokens.Generic, problems: MarkdownProblem[]): Block[] {
  const report = (what: string) => problems.push({ kind: 'unsupported', raw: token.raw.trim(), what })
  const leaveOut = (what: string) =>
    problems.push({ kind: 'unsupported', raw: token.raw.trim(), what, isLeftOut: true })
  switch (token.type) {
    case 'space':
    case 'def':
      return []
    case 'paragraph':
    case 'text':
      problems.push(...strayBullet(token.raw))
      return [{ kind: 'paragraph', inlines: inlinesOf(token.tokens ?? [token], problems) }]
    case 'list':
      return [
        {
          kind: 'list',
          ordered: token['ordered'] === true,
          start: typeof token['start'] === 'number' ? token['start'] : 1,
          items: (token['items'] as Tokens.ListItem[]).map((item) => blocksOf(item.tokens, problems)),
        },
      ]
    case 'checkbox':
      leaveOut('A checkbox')
      return []
    case 'html':
      problems.push({ kind: 'html', raw: token.raw.trim() })
      return []
    case 'heading':
      report('A heading')
      return [
        {
          kind: 'paragraph',
          inlines: [{ kind: 'strong', children: inlinesOf(token.tokens ?? [], problems) }],
        },
      ]
    case 'blockquote':
      report('A quotation')
      return blocksOf(token.tokens ?? [], problems)
    case 'code':
      report('A code block')
      return [
        { kind: 'paragraph', inlines: [{ kind: 'code', children: [textInline(String(token['text']))] }] },
      ]
    case 'hr':
      leaveOut('A rule')
      return []
    case 'table': {
      report('A table')
      const { header, rows } = token as unknown as Tokens.Table
      return [header, ...rows].map((row) => ({
        kind: 'paragraph',
        inlines: row.flatMap((cell, index) => [
          ...(index > 0 ? [textInline(' · ')] : []),
          ...inlinesOf(cell.tokens, problems),
        ]),
      }))
    }
    default:
      return [{ kind: 'paragraph', inlines: inlinesOf([token], problems) }]
  }
}

/** “U+00A0”. */
function unicodeOf(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** The first line of a paragraph that looks like an item of a list and is none. */
function strayBullet(raw: string): MarkdownProblem[] {
  const lines = raw.trim().split('\n')
  for (const [index, line] of lines.entries()) {
    const sign = index === 0 ? strayAtStart.exec(line)?.[0] : strayInLine.exec(line)?.[1]
    if (sign === undefined) continue
    const next = line.charAt(line.indexOf(sign) + 1)
    const blank = /\s/.test(next) && '-*+'.includes(sign) ? ` before ${unicodeOf(next)}` : ''
    return [{ kind: 'bullet', raw: line.trim(), what: `“${sign}”${blank}` }]
  }
  return []
}

function inlinesOf(tokens: readonly Token[], problems: MarkdownProblem[]): Inline[] {
  return mergeTexts(withTexts(tokens).flatMap((token) => inlineOf(token as Tokens.Generic, problems)))
}

/** Tokens with their texts as they go on from one to the next. */
function withTexts(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, at) => {
    if (token.type !== 'text' || token.tokens) return token
    const [before, after] = [tokens[at - 1]?.raw ?? '', tokens[at + 1]?.raw ?? '']
    return { ...token, text: withoutLineEnds(token.text, before, after) }
  })
}

function inlineOf(token: Tokens.Generic, problems: MarkdownProblem[]): Inline[] {
  const children = () => inlinesOf(token.tokens ?? [], problems)
  switch (token.type) {
    case 'text':
      return token.tokens ? children() : [textInline(decodeHTML(String(token['text'])))]
    case 'escape':
      return [textInline(String(token['text']))]
    case 'strong':
      return [{ kind: 'strong', children: children() }]
    case 'em':
      return [{ kind: 'emphasis', children: children() }]
    case 'del':
      problems.push({ kind: 'unsupported', raw: token.raw, what: 'Struck-out text' })
      return children()
    case 'codespan':
      return [{ kind: 'code', children: [textInline(String(token['text']))] }]
    case 'br':
      return [{ kind: 'break' }]
    case 'checkbox':
      problems.push({ kind: 'unsupported', raw: token.raw.trim(), what: 'A checkbox', isLeftOut: true })
      return []
    case 'image':
      problems.push({ kind: 'image', raw: token.raw })
      return []
    case 'html':
      problems.push({ kind: 'html', raw: token.raw })
      return []
    case 'passage': {
      const language = languageTag(String(token['tag']))
      const words = children()
      if (language === undefined) {
        problems.push({ kind: 'language', raw: String(token['attribute']), what: String(token['tag']) })
        return words
      }
      return words.length === 0 ? [] : [{ kind: 'passage', language, children: words }]
    }
    case 'link': {
      const href = safeHref(decodeHTML(String(token['href'])))
      if (href !== undefined) return [{ kind: 'link', href, children: children() }]
      problems.push({ kind: 'link', raw: token.raw })
      return children()
    }
    default:
      return [textInline(decodeHTML(token.raw))]
  }
}

function mergeTexts(inlines: readonly Inline[]): Inline[] {
  const merged: Inline[] = []
  for (const inline of inlines) {
    const last = merged.at(-1)
    if (inline.kind === 'text' && last?.kind === 'text') {
      merged[merged.length - 1] = textInline(last.text + inline.text)
    } else merged.push(inline)
  }
  return merged
}

function isBlank(block: Block): boolean {
  return block.kind === 'paragraph'
    ? inlineText(block.inlines).trim() === ''
    : block.items.every((item) => item.length === 0)
}
