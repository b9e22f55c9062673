import type { Block, Inline, Prose } from '../markdown/prose.ts'
import { noCharacters, type Characters } from './fonts.ts'

/** Fields of views whose text is set in italics. */
const italicFields = new Set(['summary'])

/**
 * Every character that a template can print from a view, by the way it is set. Prose says itself what is bold or
 * italic; any other text may stand in any upright weight.
 */
export function charactersOf(view: unknown): Characters {
  const characters = noCharacters()
  walk(view, characters, false)
  return characters
}

/** Adds the characters of one set to another. */
export function addCharacters(to: Characters, from: Characters): void {
  for (const key of ['regular', 'bold', 'italic', 'boldItalic'] as const)
    for (const code of from[key]) to[key].add(code)
}

function walk(value: unknown, characters: Characters, italic: boolean): void {
  if (typeof value === 'string' || typeof value === 'number') {
    add(characters.regular, String(value))
    add(characters.bold, String(value))
    if (italic) add(characters.italic, String(value))
  } else if (isProse(value)) {
    for (const block of value) walkBlock(block, characters)
  } else if (Array.isArray(value)) {
    for (const item of value) walk(item, characters, italic)
  } else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) walk(inner, characters, italicFields.has(name))
  }
}

function isProse(value: unknown): value is Prose {
  if (!Array.isArray(value) || value.length === 0) return false
  const kind = (value[0] as { kind?: unknown } | null)?.kind
  return kind === 'paragraph' || kind === 'list'
}

function walkBlock(block: Block, characters: Characters): void {
  if (block.kind === 'list') {
    // Markers of numbered lists are set by the browser.
    add(characters.regular, '0123456789.·–')
    for (const item of block.items) for (const inner of item) walkBlock(inner, characters)
  } else for (const inline of block.inlines) walkInline(inline, characters, 'regular')
}

function walkInline(inline: Inline, characters: Characters, role: keyof Characters): void {
  if (inline.kind === 'text') add(characters[role], inline.text)
  else if (inline.kind !== 'break') {
    const inner = roleInside(role, inline.kind)
    for (const child of inline.children) walkInline(child, characters, inner)
  }
}

function roleInside(role: keyof Characters, kind: 'strong' | 'emphasis' | 'code' | 'link'): keyof Characters {
  if (kind === 'strong') return role === 'italic' || role === 'boldItalic' ? 'boldItalic' : 'bold'
  if (kind === 'emphasis') return role === 'bold' || role === 'boldItalic' ? 'boldItalic' : 'italic'
  return role
}

function add(set: Set<number>, text: string): void {
  for (const character of text) set.add(character.codePointAt(0) ?? 0)
}
