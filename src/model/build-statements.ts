import { inlinesOf, saysSomething, type Prose } from '../markdown/prose.ts'
import { splitStatements } from '../markdown/statements.ts'
import type { Span } from '../text/source.ts'
import { entries, field, items, placeOf, booleanOf, written, type Located } from '../yaml/located.ts'
import type { Statement } from './ladder.ts'
import { composedText, markdown, type Builder } from './reader.ts'

/**
 * The statements of a text (one per bullet) or of a list.
 *
 * @param ref what the statements' refs begin with; `/1`, `/2` … are added
 */
export function buildStatements(builder: Builder, ref: string, value: Located | undefined): Statement[] {
  if (!value) return []
  if (value.node.kind === 'scalar') return fromText(builder, ref, value)
  return items(value).flatMap((item, index) => {
    const own = `${ref}/${index + 1}`
    if (item.node.kind === 'map') return fromMap(builder, own, item)
    // A list's item is one statement, whatever Markdown it holds.
    const prose = markdown(builder, own, item)
    return prose && saysSomething(prose) ? [statement(own, prose)] : []
  })
}

function fromText(builder: Builder, ref: string, value: Located): Statement[] {
  const prose = markdown(builder, ref, value)
  if (!prose) return []
  const { source, span } = placeOf(value)
  const composed = composedText(source, span)
  let cursor = 0
  return splitStatements(prose).map((part, index) => {
    const own = `${ref}/${index + 1}`
    const found = findBeginning(composed.text, firstWords(part), cursor)
    if (found) cursor = found.end
    builder.places.set(own, { source, span: found ? composed.spanOf(found.start, found.end) : span })
    return statement(own, part)
  })
}

/** Marks that may stand between the beginning of a line and the first word of a statement. */
const leads = /[\s\-*+>|"'\d.)_`[\\~]/

/**
 * The words at the beginning of a line from a place on, however they are wrapped; else the first word there, where
 * something that is not printed follows it; else the words where they are first found.
 */
function findBeginning(text: string, words: readonly string[], from: number): Span | undefined {
  const found = findAll(text, words, from)
  return found.begun ?? findAll(text, words.slice(0, 1), from).begun ?? found.first
}

function findAll(text: string, words: readonly string[], from: number): { begun?: Span; first?: Span } {
  if (words.length === 0) return {}
  const escaped = words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, '\\$&'))
  const pattern = new RegExp(escaped.join('\\s+'), 'g')
  pattern.lastIndex = from
  let first: Span | undefined
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const place = { start: match.index, end: match.index + match[0].length }
    first ??= place
    if (beginsLine(text, place.start)) return { begun: place, first }
  }
  return first ? { first } : {}
}

/** Whether nothing but marks stands before a place in its line. */
function beginsLine(text: string, place: number): boolean {
  for (let at = place - 1; at >= 0; at -= 1) {
    const character = text.charAt(at)
    // In double quotes, a line may end with an escape.
    if (character === '\n' || (character === 'n' && text.charAt(at - 1) === '\\')) return true
    if (!leads.test(character)) return false
  }
  return true
}

function fromMap(builder: Builder, ref: string, value: Located): Statement[] {
  const prose = markdown(builder, ref, field(value, 'text'))
  if (!prose || !saysSomething(prose)) return []
  const examples = items(field(value, 'examples')).flatMap((item, index) => {
    const example = markdown(builder, `${ref}/example-${index + 1}`, item)
    return example && saysSomething(example) ? [example] : []
  })
  const polarity = written(field(value, 'polarity'))
  return [
    {
      ref,
      prose,
      examples,
      isNew: booleanOf(field(value, 'new')) ?? false,
      isOptional: booleanOf(field(value, 'optional')) ?? false,
      ...((polarity === 'effective' || polarity === 'ineffective') && { polarity }),
    },
  ]
}

/** Statements by dimension id, as `every-level` keeps them. */
export function buildStatementMap(
  builder: Builder,
  ref: string,
  value: Located | undefined,
): ReadonlyMap<string, readonly Statement[]> {
  return new Map(
    entries(value).map(({ name, value: cell }) => {
      const own = `${ref}/${name}`
      const list = cell.node.kind === 'map' ? field(cell, 'statements') : cell
      return [name, buildStatements(builder, own, list)]
    }),
  )
}

function statement(ref: string, prose: Prose): Statement {
  return { ref, prose, examples: [], isNew: false, isOptional: false }
}

/** Enough of a statement's beginning to find it again in the file. */
function firstWords(prose: Prose): readonly string[] {
  for (const inline of inlinesOf(prose)) {
    if (inline.kind === 'text' && inline.text.trim() !== '')
      return inline.text.trim().split(/\s+/).slice(0, 4)
  }
  return []
}
