import type { Code } from '../diagnostics/catalogue.ts'
import type { Span } from '../text/source.ts'
import type { JsonValue, YamlNode } from '../yaml/node.ts'
import { inQuotesOrBlock } from '../yaml/traps.ts'

/** An error of a schema in words. */
export interface Explanation {
  readonly code: Code
  readonly message: string
  readonly hint?: string | undefined
  /** What to mark, where that is not the value. */
  readonly span?: Span | undefined
}

/** What JSON's types are called. */
const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of fields',
  null: 'nothing',
}

/** What a field takes, where it was given something else. */
export function wrongType(
  expected: readonly string[],
  field: string,
  node: YamlNode | undefined,
): Explanation {
  // Titles and editions count as written, so a number is text there too.
  const takes = expected
    .filter((type) => type !== 'number' || !expected.includes('string'))
    .map((type) => kinds[type] ?? type)
    .join(', or ')
  const text = expected.includes('string')
  if (node?.kind === 'scalar') {
    if (node.value === null) {
      return {
        code: 'schema/nothing-said',
        message: `${field} has no value`,
        hint:
          node.comment && text
            ? 'What begins with # is a comment; if it is the value, put it in quotes'
            : `It takes ${takes}; remove the field if there is nothing to say`,
      }
    }
    // A track is a map, or the name of a file: what is neither does not become so in quotes.
    const isMeant = text && (!expected.includes('object') || expected.includes('array'))
    if (typeof node.value === 'number' && isMeant) {
      const reads =
        String(node.value) === node.written ? '' : `YAML reads ${node.written} as the number ${node.value}. `
      return {
        code: 'schema/number-for-text',
        message: `${field} is text, and ${node.written} is a number`,
        hint: `${reads}Put it in quotes: "${node.written}"`,
      }
    }
    if (
      typeof node.value === 'string' &&
      expected.includes('boolean') &&
      /^(y|n|yes|no|on|off)$/i.test(node.value)
    ) {
      const meant = /^(y|yes|on)$/i.test(node.value)
      return {
        code: 'schema/word-for-boolean',
        message: `${field} is true or false, and ${node.written} is a word`,
        hint: `Write ${meant}. YAML 1.1 took ${node.written} for ${meant}; YAML 1.2 does not`,
      }
    }
    if (typeof node.value === 'boolean' && isMeant) {
      return {
        code: 'schema/wrong-type',
        message: `${field} is text, and ${node.written} alone means ${node.value ? 'yes' : 'no'}`,
        hint: `Put it in quotes: "${node.written}"`,
      }
    }
  }
  if (node?.kind === 'map' && text && !expected.includes('object')) {
    return {
      code: 'yaml/colon-in-text',
      message: `${field} is text, but a colon and a space in it make a field of its beginning`,
      hint: inQuotesOrBlock,
    }
  }
  return { code: 'schema/wrong-type', message: `${field} takes ${takes}; this is ${kindOf(node)}` }
}

function kindOf(node: YamlNode | undefined): string {
  if (node?.kind === 'map') return 'a map of fields'
  if (node?.kind === 'sequence') return 'a list'
  const value: JsonValue | undefined = node?.value
  if (typeof value === 'number') return 'a number'
  return typeof value === 'boolean' ? 'true or false' : 'text'
}
