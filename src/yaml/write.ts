import { isSeq, parseDocument, stringify, type Document } from 'yaml'

import type { JsonValue } from './node.ts'

const options = { version: '1.2', schema: 'core' } as const
const layout = { ...options, lineWidth: 0 } as const

/**
 * Adds an item to the end of a list that is the last field of a YAML text. What stands there stays as it is, letter by
 * letter, unless the list is written in brackets: then the text is written anew, comments kept.
 *
 * @param text a sound document whose root is a map
 */
export function withItem(text: string, key: string, item: JsonValue): string {
  const document = parseDocument(text, options)
  const before = document.toJS() as Record<string, unknown>
  const after = { ...before, [key]: [...(before[key] as unknown[]), item] }
  const appended = text + itemBehind(text, document.get(key), item)
  if (says(parseDocument(appended, options), after)) return appended
  document.addIn([key], document.createNode(item))
  return document.toString(layout)
}

/** The item as the text's own list would have it: indented like the others, with the line ends of the text. */
function itemBehind(text: string, list: unknown, item: JsonValue): string {
  const start = isSeq(list) ? (list.range?.[0] ?? 0) : 0
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1))
  const lines = stringify([item], layout).replace(/^(?=.)/gm, indent)
  return `${text.endsWith('\n') ? '' : '\n'}${lines}`.replaceAll('\n', text.includes('\r\n') ? '\r\n' : '\n')
}

function says(document: Document.Parsed, value: unknown): boolean {
  return document.errors.length === 0 && JSON.stringify(document.toJS()) === JSON.stringify(value)
}

/** A value as YAML: longer text as blocks. */
export function yamlOf(value: JsonValue): string {
  return stringify(value, layout)
}

/** A field with a list of one item, as YAML. */
export function listOf(key: string, item: JsonValue): string {
  return stringify({ [key]: [item] }, layout)
}
