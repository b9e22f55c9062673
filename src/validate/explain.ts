import type { ErrorObject } from 'ajv/dist/2020.js'

import type { Code } from '../diagnostics/catalogue.ts'
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { didYouMean, didYouMeanLanguage } from '../diagnostics/suggest.ts'
import type { Source, Span } from '../text/source.ts'
import { keySpanAt, nodeAt, toJson, type JsonValue, type YamlNode } from '../yaml/node.ts'
import type { SchemaName } from './schemas.ts'
import { schemaErrors } from './validator.ts'

/** Everything that is wrong with a file by its schema, in the user's words and at its place. */
export function validate(name: SchemaName, source: Source, root: YamlNode): Diagnostic[] {
  const errors = withoutColonEchoes(relevant(schemaErrors(name, toJson(root))), root)
  const seen = new Set<string>()
  return errors.flatMap((error) => {
    const diagnostic = explain(error, source, root)
    const key = `${diagnostic.at?.span.start} ${diagnostic.code} ${diagnostic.message}`
    if (seen.has(key)) return []
    seen.add(key)
    return [diagnostic]
  })
}

/**
 * Where a field takes text, a list or a map, ajv reports why each of the three fails. Our unions always differ in
 * type, so the branch that was meant is the one whose type fits: what it complains of stays, the others' type
 * errors go. Where none fits, one error says what the field takes.
 */
function relevant(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = new Map(
    errors.filter(({ keyword }) => keyword === 'anyOf').map((error) => [error.instancePath, error]),
  )
  const kept: ErrorObject[] = []
  const expected = new Map<string, string[]>()
  for (const error of errors) {
    if (error.keyword === 'anyOf') continue
    if (error.keyword === 'type' && unions.has(error.instancePath)) {
      const types = expected.get(error.instancePath) ?? []
      expected.set(error.instancePath, [...types, ...[error.params['type'] as string | string[]].flat()])
    } else kept.push(error)
  }
  for (const [path, union] of unions) {
    const inside = kept.some(
      ({ instancePath }) => instancePath === path || instancePath.startsWith(`${path}/`),
    )
    if (!inside) kept.push({ ...union, keyword: 'type', params: { type: [...new Set(expected.get(path))] } })
  }
  return kept
}

/** `- Knows the tools, e.g.: git` is a map to YAML. That it lacks the fields of a statement follows from that. */
function withoutColonEchoes(errors: readonly ErrorObject[], root: YamlNode): ErrorObject[] {
  const trapped = new Set(
    errors
      .filter((error) => error.keyword === 'additionalProperties')
      .filter((error) => isColonTrap(nodeAt(root, pathOf(error)), pathOf(error), unknownField(error)))
      .map((error) => error.instancePath),
  )
  return errors.filter((error) => error.keyword !== 'required' || !trapped.has(error.instancePath))
}

/** Whether an unknown field is the beginning of a sentence: it has a blank, or is all there is in a list's item. */
function isColonTrap(node: YamlNode | undefined, path: readonly string[], name: string): boolean {
  if (/\s/.test(name)) return true
  return node?.kind === 'map' && node.entries.size === 1 && /^\d+$/.test(path.at(-1) ?? '')
}

function unknownField(error: ErrorObject): string {
  return String((error.params as Record<string, unknown>)['additionalProperty'])
}

function pathOf(error: ErrorObject): string[] {
  return error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

interface Explanation {
  code: Code
  message: string
  hint?: string | undefined
  span?: Span | undefined
}

function explain(error: ErrorObject, source: Source, root: YamlNode): Diagnostic {
  const path = pathOf(error)
  const node = nodeAt(root, path)
  const { code, message, hint, span } = explanation(error, path, node, root)
  return diagnose(code, message, {
    at: { source, span: span ?? valueSpan(node) ?? keySpanAt(root, path) ?? { start: 0, end: 0 } },
    hint,
  })
}

/** A scalar is marked as a whole; of a list or map only the beginning, so that the frame stays small. */
function valueSpan(node: YamlNode | undefined): Span | undefined {
  if (!node) return undefined
  if (node.kind === 'scalar') return node.span.end > node.span.start ? node.span : undefined
  if (node.kind === 'map') return node.entries.values().next().value?.key
  return { start: node.span.start, end: node.span.start + 1 }
}

interface ObjectSchema {
  title?: string
  properties?: Record<string, unknown>
  examples?: unknown[]
}

function explanation(
  error: ErrorObject,
  path: readonly string[],
  node: YamlNode | undefined,
  root: YamlNode,
): Explanation {
  const schema = (error.parentSchema ?? {}) as ObjectSchema
  const params = error.params as Record<string, unknown>
  const field = fieldName(path)
  const what = (schema.title ?? 'this map').toLowerCase()
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = unknownField(error)
      const known = Object.keys(schema.properties ?? {})
      const span = keySpanAt(root, [...path, name])
      if (isColonTrap(node, path, name)) {
        return {
          code: 'yaml/colon-in-text',
          message: 'Text with a colon and a space in it reads as a field',
          hint: 'Put the text in a block (a | after the field, the text indented below) or in double quotes',
          span,
        }
      }
      return {
        code: 'schema/unknown-field',
        message: `"${name}" is not a field of ${article(what)}`,
        hint: didYouMean(name, known) ?? `Its fields are ${known.join(', ')}`,
        span,
      }
    }
    case 'required': {
      const name = String(params['missingProperty'])
      return {
        code: 'schema/missing-field',
        message: `${capital(article(what))} needs "${name}"`,
        hint: example(name, schema.properties?.[name]),
        span: node?.kind === 'map' ? firstKeySpan(node) : undefined,
      }
    }
    case 'type':
      return wrongType([params['type'] as string | string[]].flat(), field, node)
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map(String)
      const value = node?.kind === 'scalar' ? node.written : ''
      return {
        code: 'schema/not-allowed',
        message: `${field} is one of ${allowed.join(', ')}`,
        hint: didYouMean(value, allowed),
      }
    }
    case 'pattern': {
      const value = node?.kind === 'scalar' ? String(node.value) : ''
      if (value.trim() === '') return { code: 'schema/nothing-said', message: `${field} says nothing` }
      if (String(params['pattern']).startsWith('^[a-z0-9]')) {
        const near = slug(value)
        return {
          code: 'schema/bad-id',
          message: `"${value}" cannot be an id: ids have small letters, digits and single hyphens`,
          hint: near === '' ? 'Use a word in Latin letters; the name may be in any script' : `Write ${near}`,
        }
      }
      return {
        code: 'schema/bad-value',
        message: `${field} does not look as expected`,
        hint: example(path.at(-1) ?? '', schema),
      }
    }
    case 'maxLength': {
      const length = node?.kind === 'scalar' ? [...String(node.value)].length : 0
      return {
        code: 'schema/too-long',
        message: `${field} has ${length} characters; ${String(params['limit'])} is the most`,
      }
    }
    case 'maxItems':
    case 'maxProperties':
      return { code: 'schema/too-long', message: `${field} has more than ${String(params['limit'])} entries` }
    case 'minItems':
    case 'minProperties':
    case 'minLength':
      return {
        code: 'schema/too-short',
        message: `${field} is empty`,
        hint: example(path.at(-1) ?? '', schema),
        span: keySpanAt(root, path),
      }
    case 'minimum':
    case 'maximum':
      return {
        code: 'schema/out-of-range',
        message: `${field} must be ${String(params['comparison'])} ${String(params['limit'])}`,
      }
    case 'format':
      return params['format'] === 'date'
        ? { code: 'schema/bad-value', message: `${field} is a day that exists, written YYYY-MM-DD` }
        : {
            code: 'schema/bad-value',
            message: `${field} is a language tag, such as en, de-AT or ja`,
            hint: didYouMeanLanguage(node?.kind === 'scalar' ? node.written : ''),
          }
    default:
      return { code: 'schema/bad-value', message: `${field} ${error.message ?? 'is not as expected'}` }
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of fields',
  null: 'nothing',
}

function wrongType(expected: readonly string[], field: string, node: YamlNode | undefined): Explanation {
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
        hint: `It takes ${takes}; remove the field if there is nothing to say`,
      }
    }
    if (typeof node.value === 'number' && text) {
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
    if (typeof node.value === 'boolean' && text) {
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
      hint: 'Put the text in a block (a | after the field, the text indented below) or in double quotes',
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

/** The field as people see it: list positions are spoken of, not numbered from zero. */
function fieldName(path: readonly string[]): string {
  const name = path.findLast((step) => !/^\d+$/.test(step))
  if (name === undefined) return 'This file'
  return /^\d+$/.test(path.at(-1) ?? '') ? `An item of "${name}"` : `"${name}"`
}

function example(name: string, schema: unknown): string | undefined {
  const [first] = (schema as ObjectSchema | undefined)?.examples ?? []
  if (first === undefined || name === '') return undefined
  if (/^\d+$/.test(name)) return `For example ${typeof first === 'string' ? first : JSON.stringify(first)}`
  return `For example ${name}: ${typeof first === 'string' ? first.split('\n')[0] : JSON.stringify(first)}`
}

function firstKeySpan(node: YamlNode): Span | undefined {
  return node.kind === 'map' ? (node.entries.values().next().value?.key ?? node.span) : undefined
}

function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The nearest id to a name. */
function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 64)
}
