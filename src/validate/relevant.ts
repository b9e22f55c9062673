import type { ErrorObject } from 'ajv/dist/2020.js'

import { nodeAt, type YamlNode } from '../yaml/node.ts'

/**
 * Where a field takes text, a list or a map, ajv reports why each of the three fails. Our unions always differ in
 * type, so the branch that was meant is the one whose type fits: what it complains of stays, the others' type
 * errors go. Where none fits, one error says what the field takes.
 */
export function relevant(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = new Map(
    errors.filter(({ keyword }) => keyword === 'anyOf').map((error) => [error.instancePath, error]),
  )
  const kept: ErrorObject[] = []
  /** The paths of what is kept, and all that lead to them. */
  const complained = new Set<string>()
  const keep = (error: ErrorObject) => {
    kept.push(error)
    let path = error.instancePath
    while (!complained.has(path)) {
      complained.add(path)
      path = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    }
  }
  const expected = new Map<string, string[]>()
  for (const error of errors) {
    if (error.keyword === 'anyOf') continue
    if (error.keyword === 'type' && unions.has(error.instancePath)) {
      const types = expected.get(error.instancePath) ?? []
      expected.set(error.instancePath, [...types, ...[error.params['type'] as string | string[]].flat()])
    } else keep(error)
  }
  for (const [path, union] of unions) {
    if (!complained.has(path))
      keep({ ...union, keyword: 'type', params: { type: [...new Set(expected.get(path))] } })
  }
  return kept
}

/** `- Knows the tools, e.g.: git` is a map to YAML. That it lacks the fields of a statement follows from that. */
export function withoutColonEchoes(errors: readonly ErrorObject[], root: YamlNode): ErrorObject[] {
  const trapped = new Set(
    errors
      .filter((error) => error.keyword === 'additionalProperties')
      .filter((error) => isColonTrap(nodeAt(root, pathOf(error)), pathOf(error), unknownField(error)))
      .map((error) => error.instancePath),
  )
  return errors.filter((error) => error.keyword !== 'required' || !trapped.has(error.instancePath))
}

/**
 * Whether an unknown field is the beginning of a sentence: it has a blank, or is the only thing in an item of a list.
 */
export function isColonTrap(node: YamlNode | undefined, path: readonly string[], name: string): boolean {
  if (/\s/.test(name)) return true
  return node?.kind === 'map' && node.entries.size === 1 && /^\d+$/.test(path.at(-1) ?? '')
}

/** The name of a field that a schema does not know. */
export function unknownField(error: ErrorObject): string {
  return String((error.params as Record<string, unknown>)['additionalProperty'])
}

/** The fields and numbers that lead to where an error is. */
export function pathOf(error: ErrorObject): string[] {
  return error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}
