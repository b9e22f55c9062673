import type { Location, Source, Span } from '../text/source.ts'
import type { YamlMap, YamlNode } from './node.ts'

/** A value of a file that has passed its schema, with the file it stands in. */
export interface Located {
  readonly source: Source
  readonly node: YamlNode
}

/** The value of a field, or undefined where there is none, or no map. */
export function field({ source, node }: Located, name: string): Located | undefined {
  const value = node.kind === 'map' ? node.entries.get(name)?.value : undefined
  return value && { source, node: value }
}

/** Where a field's name stands; where there is none, the beginning of the map. */
export function fieldPlace({ source, node }: Located, name: string): Location {
  const entry = node.kind === 'map' ? node.entries.get(name) : undefined
  return { source, span: entry?.key ?? firstLine(node) }
}

/** Where a value stands. */
export function placeOf({ source, node }: Located): Location {
  return { source, span: node.kind === 'scalar' ? node.span : firstLine(node) }
}

/** The items of a list; nothing for anything else. */
export function items(list: Located | undefined): Located[] {
  return list?.node.kind === 'sequence' ? list.node.items.map((node) => ({ source: list.source, node })) : []
}

/** The fields of a map in the order written. */
export function entries(map: Located | undefined): { name: string; key: Location; value: Located }[] {
  if (map?.node.kind !== 'map') return []
  const { source, node } = map
  return [...node.entries].map(([name, { key, value }]) => ({
    name,
    key: { source, span: key },
    value: { source, node: value },
  }))
}

/** Text as it was written: the number 2016.10 counts as “2016.10”. */
export function written(value: Located | undefined): string | undefined {
  if (value?.node.kind !== 'scalar') return undefined
  return value.node.written.normalize('NFC').replace(/\s+/g, ' ').trim()
}

/** A number of a field that the schema has checked. */
export function numberOf(value: Located | undefined): number | undefined {
  const found = value?.node.kind === 'scalar' ? value.node.value : undefined
  return typeof found === 'number' ? found : undefined
}

/** A true or false of a field that the schema has checked. */
export function booleanOf(value: Located | undefined): boolean | undefined {
  const found = value?.node.kind === 'scalar' ? value.node.value : undefined
  return typeof found === 'boolean' ? found : undefined
}

function firstLine(node: YamlNode): Span {
  if (node.kind === 'map') return firstKey(node) ?? node.span
  return { start: node.span.start, end: Math.min(node.span.end, node.span.start + 1) }
}

function firstKey(node: YamlMap): Span | undefined {
  return node.entries.values().next().value?.key
}
