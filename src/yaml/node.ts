import type { Span } from '../text/source.ts'

/**
 * A YAML value that remembers where it stood. This is all of YAML that the rest of the tool knows; maps keep
 * their keys in a `Map`, so that no key (`__proto__` …) can reach an object's prototype.
 */
export type YamlNode = YamlMap | YamlSequence | YamlScalar

/** A mapping; of keys that are written twice, the parser reports the second. */
export interface YamlMap {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, YamlEntry>
  readonly span: Span
}

/** A value, and where its key stands. */
export interface YamlEntry {
  readonly key: Span
  readonly value: YamlNode
}

export interface YamlSequence {
  readonly kind: 'sequence'
  readonly items: readonly YamlNode[]
  readonly span: Span
}

export interface YamlScalar {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** The characters as written, without quotes: `1.10` where the value is the number 1.1. */
  readonly written: string
  readonly style: 'plain' | 'quoted' | 'block'
  /** A ` #` comment that ends the line of a plain scalar: often prose that its author believes to be text. */
  readonly comment?: Span
  readonly span: Span
}

/** A JSON value with null-prototype objects, as the schema validator wants it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/** The value without its places. */
export function toJson(node: YamlNode): JsonValue {
  switch (node.kind) {
    case 'scalar':
      return node.value
    case 'sequence':
      return node.items.map(toJson)
    case 'map': {
      const object = Object.create(null) as { [key: string]: JsonValue }
      for (const [key, { value }] of node.entries) object[key] = toJson(value)
      return object
    }
  }
}

/** The node at a path of keys and indexes, or undefined where the path leads nowhere. */
export function nodeAt(node: YamlNode, path: readonly (string | number)[]): YamlNode | undefined {
  let at: YamlNode | undefined = node
  for (const step of path) {
    if (at?.kind === 'map') at = at.entries.get(String(step))?.value
    else if (at?.kind === 'sequence') at = at.items[Number(step)]
    else return undefined
  }
  return at
}

/** Where the key at the end of a path stands; for sequence items and the root, where the value does. */
export function keySpanAt(node: YamlNode, path: readonly (string | number)[]): Span | undefined {
  const parent = nodeAt(node, path.slice(0, -1))
  const last = path.at(-1)
  if (parent?.kind === 'map' && last !== undefined) return parent.entries.get(String(last))?.key
  return nodeAt(node, path)?.span
}
