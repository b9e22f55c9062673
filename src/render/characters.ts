import { isInlines, isProse } from '../markdown/line.ts'
import type { Block, Inline } from '../markdown/prose.ts'
import { noCharacters, type Characters, type Role } from './fonts.ts'

/** Fields of views whose text is set in italics: summaries, and words that say whose the statements below them are. */
const italicFields = new Set(['summary', 'label', 'polarities', 'everyLabel'])

/** The ways in which a text may be set: most stand in an upright weight, whichever that is. */
type Way = Role | 'upright'
const upright: readonly Way[] = ['upright']
const all: readonly Way[] = ['upright', 'italic']

/**
 * Every character that a template can print from a view, by the way it is set. Prose says itself what is bold or
 * italic; any other text may stand in any upright weight.
 */
export function charactersOf(view: unknown): Characters {
  const texts = noTexts()
  walk(view, texts, upright)
  return charactersIn(texts)
}

/** Adds the characters of one set to another. */
export function addCharacters(to: Characters, from: Characters): void {
  for (const key of ['regular', 'bold', 'italic', 'boldItalic'] as const)
    for (const code of from[key]) to[key].add(code)
  for (const [language, characters] of from.passages) addCharacters(passageIn(to, language), characters)
}

function passageIn({ passages }: Characters, language: string): Characters {
  const known = passages.get(language) ?? noCharacters()
  passages.set(language, known)
  return known
}

/** Texts by the way they are set. Characters are taken of all together: of each alone would take five times as long. */
interface Texts extends Readonly<Record<Way, string[]>> {
  readonly passages: Map<string, Texts>
}

function noTexts(): Texts {
  return { upright: [], regular: [], bold: [], italic: [], boldItalic: [], passages: new Map() }
}

function charactersIn({ passages, ...texts }: Texts): Characters {
  const codesOf = (own: readonly string[]) =>
    new Set([...new Set(own.join(''))].map((character) => character.codePointAt(0) ?? 0))
  const either = codesOf(texts.upright)
  return {
    regular: new Set([...either, ...codesOf(texts.regular)]),
    bold: new Set([...either, ...codesOf(texts.bold)]),
    italic: codesOf(texts.italic),
    boldItalic: codesOf(texts.boldItalic),
    passages: new Map([...passages].map(([language, inner]) => [language, charactersIn(inner)])),
  }
}

function walk(value: unknown, texts: Texts, ways: readonly Way[]): void {
  if (typeof value === 'string' || typeof value === 'number') {
    for (const way of ways) texts[way].push(String(value))
  } else if (isProse(value)) {
    for (const block of value) walkBlock(block, texts)
  } else if (isInlines(value)) {
    for (const inline of value) walkLine(inline, texts, ways)
  } else if (Array.isArray(value)) {
    for (const item of value) walk(item, texts, ways)
  } else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value))
      walk(inner, texts, italicFields.has(name) ? all : upright)
  }
}

/** Names and summaries have no marks but those of their languages. */
function walkLine(inline: Inline, texts: Texts, ways: readonly Way[]): void {
  if (inline.kind === 'text') walk(inline.text, texts, ways)
  else if (inline.kind !== 'break') {
    const own = inline.kind === 'passage' ? textsIn(texts, inline.language) : texts
    for (const child of inline.children) walkLine(child, own, ways)
  }
}

function walkBlock(block: Block, texts: Texts): void {
  if (block.kind === 'list') {
    // Markers of numbered lists are set by the browser.
    texts.regular.push('0123456789.·–•')
    for (const item of block.items) for (const inner of item) walkBlock(inner, texts)
  } else for (const inline of block.inlines) walkInline(inline, texts, 'regular')
}

function walkInline(inline: Inline, texts: Texts, role: Role): void {
  if (inline.kind === 'text') texts[role].push(inline.text)
  else if (inline.kind !== 'break') {
    const inner = roleInside(role, inline.kind)
    const own = inline.kind === 'passage' ? textsIn(texts, inline.language) : texts
    for (const child of inline.children) walkInline(child, own, inner)
  }
}

function textsIn({ passages }: Texts, language: string): Texts {
  const known = passages.get(language) ?? noTexts()
  passages.set(language, known)
  return known
}

function roleInside(role: Role, kind: Inline['kind']): Role {
  if (kind === 'strong') return role === 'italic' || role === 'boldItalic' ? 'boldItalic' : 'bold'
  if (kind === 'emphasis') return role === 'bold' || role === 'boldItalic' ? 'boldItalic' : 'italic'
  return role
}
