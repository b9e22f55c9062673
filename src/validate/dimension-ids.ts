import type { YamlNode } from '../yaml/node.ts'

/** The ids of dimensions, by the lists of a ladder and its tracks, or of a track's file, whatever else is wrong there. */
export function dimensionIds(root: YamlNode): ReadonlySet<string> {
  const ids = new Set<string>()
  const collect = (dimensions: YamlNode | undefined): void => {
    for (const item of itemsOf(dimensions)) {
      // Tracks name dimensions of the ladder, or describe their own.
      const id = item.kind === 'map' ? field(item, 'id') : item
      if (id?.kind === 'scalar') ids.add(String(id.value))
      collect(field(item, 'dimensions'))
    }
  }
  for (const owner of [root, ...itemsOf(field(root, 'tracks'))]) collect(field(owner, 'dimensions'))
  return ids
}

function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'sequence' ? node.items : []
}

function field(node: YamlNode, name: string): YamlNode | undefined {
  return node.kind === 'map' ? node.entries.get(name)?.value : undefined
}
