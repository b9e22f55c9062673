import type { ErrorObject } from 'ajv/dist/2020.js'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { didYouMean, didYouMeanLanguage } from '../diagnostics/suggest.ts'
import type { Source, Span } from '../text/source.ts'
import { isUnseen } from '../text/unseen.ts'
import { keySpanAt, nodeAt, toJson, type JsonValue, type YamlNode } from '../yaml/node.ts'
import { inQuotesOrBlock } from '../yaml/traps.ts'
import { dimensionIds } from './dimension-ids.ts'
import { isDate } from './formats.ts'
import { isColonTrap, pathOf, relevant, unknownField, withoutColonEchoes } from './relevant.ts'
import type { SchemaName } from './schemas.ts'
import { schemaErrors } from './validator.ts'
import { wrongType, type Explanation } from './wrong-type.ts'

/** Everything that is wrong with a file by its schema, in the user's words and at its place. */
export function validate(name: SchemaName, source: Source, root: YamlNode): Diagnostic[] {
  const errors = withoutColonEchoes(relevant(schemaErrors(name, asSeen(toJson(root)))), root)
  if (errors.length === 0) return []
  const seen = new Set<string>()
  const dimensions = dimensionIds(root)
  return errors.flatMap((error) => {
    const diagnostic = explain(error, source, root, dimensions)
    const key = `${diagnostic.at?.span.start} ${diagnostic.code} ${diagnostic.message}`
    if (seen.has(key)) return []
    seen.add(key)
    return [diagnostic]
  })
}

/** A value in which text of characters that nobody sees is what it looks like: blank. */
function asSeen(value: JsonValue): JsonValue {
  if (typeof value === 'string') return isUnseen(value) ? '' : value
  if (Array.isArray(value)) return value.map(asSeen)
  if (value === null || typeof value !== 'object') return value
  for (const [key, inner] of Object.entries(value)) value[key] = asSeen(inner)
  return value
}

function explain(
  error: ErrorObject,
  source: Source,
  root: YamlNode,
  dimensions: ReadonlySet<string>,
): Diagnostic {
  const path = pathOf(error)
  const node = nodeAt(root, path)
  const { code, message, hint, span } = explanation(error, path, node, root, dimensions)
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
  dimensions: ReadonlySet<string>,
): Explanation {
  const schema = (error.parentSchema ?? {}) as ObjectSchema
  const params = error.params as Record<string, unknown>
  const field = fieldName(path)
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = unknownField(error)
      const span = keySpanAt(root, [...path, name])
      return isColonTrap(node, path, name)
        ? {
            code: 'yaml/colon-in-text',
            message: 'Text with a colon and a space in it reads as a field',
            hint: inQuotesOrBlock,
            span,
          }
        : { ...explainUnknownField(name, schema, dimensions), span }
    }
    case 'required': {
      const name = String(params['missingProperty'])
      return {
        code: 'schema/missing-field',
        message: `${capital(article(titleOf(schema)))} ${isPlural(titleOf(schema)) ? 'need' : 'needs'} "${name}"`,
        hint: (name === 'id' ? idOfName(node) : undefined) ?? example(name, schema.properties?.[name]),
        span: node?.kind === 'map' ? firstKeySpan(node) : undefined,
      }
    }
    case 'type':
      // Text by dimension under the name of the text of levels that have none.
      if (path.at(-1) === 'statements' && node?.kind === 'map') {
        if ([...node.entries.keys()].some((name) => dimensions.has(name))) {
          return {
            code: 'schema/wrong-type',
            message: `${field} is the text of a level without dimensions; this is text by dimension`,
            hint: 'Write expectations: in its place',
            span: keySpanAt(root, path),
          }
        }
      }
      return {
        ...(path.length === 0 && { hint: exampleOfField(schema) }),
        ...wrongType([params['type'] as string | string[]].flat(), field, node),
      }
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map(String)
      const value = node?.kind === 'scalar' ? node.written : ''
      return {
        code: 'schema/not-allowed',
        message: `${field} must be one of ${allowed.join(', ')}`,
        hint: didYouMean(value, allowed),
      }
    }
    case 'pattern':
      return explainPattern(String(params['pattern']), path, schema, node)
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
        ? {
            code: 'schema/bad-value',
            message: `${field} must be a day that exists, written YYYY-MM-DD`,
            hint: dayMeant(node?.kind === 'scalar' ? node.written : '') ?? example(path.at(-1) ?? '', schema),
          }
        : {
            code: 'schema/bad-value',
            message: `${field} must be a language tag, such as en, de-AT or ja`,
            hint: didYouMeanLanguage(node?.kind === 'scalar' ? node.written : ''),
          }
    default:
      return { code: 'schema/bad-value', message: `${field} ${error.message ?? 'is not as expected'}` }
  }
}

function explainUnknownField(
  name: string,
  schema: ObjectSchema,
  dimensions: ReadonlySet<string>,
): Explanation {
  const fields = Object.keys(schema.properties ?? {})
  const isCell = fields.includes('expectations') && dimensions.has(name)
  return {
    code: 'schema/unknown-field',
    message: `"${name}" is not a field of ${article(titleOf(schema))}`,
    hint: isCell
      ? 'It is a dimension: what a level says of dimensions stands below expectations:'
      : (didYouMean(name, fields) ?? `Its fields are ${fields.join(', ')}`),
  }
}

/** The patterns of our schemas ask that a text is not blank, that it is an id, or a colour; hashes are for programs. */
function explainPattern(
  pattern: string,
  path: readonly string[],
  schema: ObjectSchema,
  node: YamlNode | undefined,
): Explanation {
  const field = fieldName(path)
  const value = node?.kind === 'scalar' ? String(node.value) : ''
  if (isUnseen(value)) {
    return {
      code: 'schema/nothing-said',
      message: `${field} says nothing`,
      ...(value.trim() !== '' && { hint: 'It consists of characters that cannot be seen' }),
    }
  }
  if (pattern.startsWith('^[a-z0-9]')) {
    const near = idFrom(value)
    return {
      code: 'schema/bad-id',
      message: `"${value}" cannot be an id: ids have small letters, digits and single hyphens`,
      hint: near === '' ? 'Use a word in Latin letters; the name may be in any script' : `Write ${near}`,
    }
  }
  if (pattern.startsWith('^#')) {
    return {
      code: 'schema/bad-value',
      message: `${field} is not a colour as it is written here`,
      hint: 'Write # and six digits from 0 to f, in quotes, such as "#00629b"',
    }
  }
  return {
    code: 'schema/bad-value',
    message: `${field} does not look as expected`,
    hint: example(path.at(-1) ?? '', schema),
  }
}

/** What people call a map that a schema describes. */
function titleOf({ title = 'this map' }: ObjectSchema): string {
  return title.toLowerCase()
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

/** An id made of the title or name that stands beside the place where one is missing. */
function idOfName(node: YamlNode | undefined): string | undefined {
  const name =
    node?.kind === 'map' ? (node.entries.get('title') ?? node.entries.get('name'))?.value : undefined
  const id = name?.kind === 'scalar' ? idFrom(String(name.value)) : ''
  return id === '' ? undefined : `For example id: ${id}`
}

/** A line of a file that has none of its fields. */
function exampleOfField({ properties = {} }: ObjectSchema): string | undefined {
  return Object.entries(properties)
    .map(([name, schema]) => example(name, schema))
    .find((line) => line !== undefined)
}

/** A day that is written in another order, where there is no doubt about it: 1.10.2026, 2026/10/1. */
function dayMeant(written: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(written) ?? []
  const [, y = year, m = month, d = day] = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(written) ?? []
  if (y === undefined || m === undefined || d === undefined) return undefined
  const meant = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  return isDate(meant) && meant !== written ? `Write ${meant}` : undefined
}

function firstKeySpan(node: YamlNode): Span | undefined {
  return node.kind === 'map' ? (node.entries.values().next().value?.key ?? node.span) : undefined
}

function article(noun: string): string {
  if (noun.startsWith('what ')) return noun
  if (isPlural(noun)) return `the ${noun}`
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
}

function isPlural(noun: string): boolean {
  return noun.endsWith('s')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The id that comes closest to a name, by the pattern and length that the schema takes. */
function idFrom(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 64)
}
