import { isInlines, isProse } from '../markdown/line.ts'
import type { Block, Inline } from '../markdown/prose.ts'
import { noCharacters, type Characters, type Role } from './fonts.ts'

/** Fields of views whose text is set in italics. */
const italicFields = new Set(['summary'])

const upright: readonly Role[] = ['regular', 'bold']
const all: readonly Role[] = ['regular', 'bold', 'italic']

/**
 * Every character that a template can print from a view, by the way it is set. Prose says itself what is bold or
 * italic; any other text may stand in any upright weight.
 */
export function charactersOf(view: unknown): Characters {
  const characters = noCharacters()
  walk(view, characters, upright)
  return characters
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

function walk(value: unknown, characters: Characters, roles: readonly Role[]): void {
  if (typeof value === 'string' || typeof value === 'number') {
    for (const role of roles) add(characters[role], String(value))
  } else if (isProse(value)) {
    for (const block of value) walkBlock(block, characters)
  } else if (isInlines(value)) {
    for (const inline of value) walkLine(inline, characters, roles)
  } else if (Array.isArray(value)) {
    for (const item of value) walk(item, characters, roles)
  } else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value))
      walk(inner, characters, italicFields.has(name) ? all : upright)
  }
}

/** Names and summaries have no marks but those of their languages. */
function walkLine(inline: Inline, characters: Characters, roles: readonly Role[]): void {
  if (inline.kind === 'text') walk(inline.text, characters, roles)
  else if (inline.kind !== 'break') {
    const own = inline.kind === 'passage' ? passageIn(characters, inline.language) : characters
    for (const child of inline.children) walkLine(child, own, roles)
  }
}

function walkBlock(block: Block, characters: Characters): void {
  if (block.kind === 'list') {
    // Markers of numbered lists are set by the browser.
    add(characters.regular, '0123456789.·–•')
    for (const item of block.items) for (const inner of item) walkBlock(inner, characters)
  } else for (const inline of block.inlines) walkInline(inline, characters, 'regular')
}

function walkInline(inline: Inline, characters: Characters, role: Role): void {
  if (inline.kind === 'text') add(characters[role], inline.text)
  else if (inline.kind !== 'break') {
    const inner = roleInside(role, inline.kind)
    const own = inline.kind === 'passage' ? passageIn(characters, inline.language) : characters
    for (const child of inline.children) walkInline(child, own, inner)
  }
}

function roleInside(role: Role, kind: Inline['kind']): Role {
  if (kind === 'strong') return role === 'italic' || role === 'boldItalic' ? 'boldItalic' : 'bold'
  if (kind === 'emphasis') return role === 'bold' || role === 'boldItalic' ? 'boldItalic' : 'italic'
  return role
}

function add(set: Set<number>, text: string): void {
  for (const character of text) set.add(character.codePointAt(0) ?? 0)
}
