import { inlinesOf, type Prose } from '../markdown/prose.ts'
import { splitStatements } from '../markdown/statements.ts'
import type { Statement } from './ladder.ts'
import {
  entries,
  field,
  findRaw,
  items,
  markdown,
  placeOf,
  booleanOf,
  written,
  type Builder,
  type Located,
} from './reader.ts'

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
    return prose && prose.length > 0 ? [statement(own, prose)] : []
  })
}

function fromText(builder: Builder, ref: string, value: Located): Statement[] {
  const prose = markdown(builder, ref, value)
  if (!prose) return []
  const { source, span } = placeOf(value)
  let cursor = span.start
  return splitStatements(prose).map((part, index) => {
    const own = `${ref}/${index + 1}`
    const place = findRaw(source, span, firstWords(part), cursor)
    cursor = place.start === span.start ? cursor : place.end
    builder.places.set(own, { source, span: place })
    return statement(own, part)
  })
}

function fromMap(builder: Builder, ref: string, value: Located): Statement[] {
  const prose = markdown(builder, ref, field(value, 'text'))
  if (!prose || prose.length === 0) return []
  const examples = items(field(value, 'examples')).flatMap((item, index) => {
    const example = markdown(builder, `${ref}/example-${index + 1}`, item)
    return example && example.length > 0 ? [example] : []
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
function firstWords(prose: Prose): string {
  for (const inline of inlinesOf(prose)) {
    if (inline.kind === 'text' && inline.text.trim() !== '')
      return inline.text.trim().split(' ').slice(0, 4).join(' ')
  }
  return ''
}
