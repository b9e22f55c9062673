import type { ErrorObject } from 'ajv/dist/2020.js'

import type { JsonValue } from '../yaml/node.ts'
import { validators } from './compiled.ts'
import type { SchemaName } from './schemas.ts'

/**
 * Everything that is wrong with a value by one of our schemas, in ajv's terms; see `explain.ts` for people's.
 *
 * @param value null-prototype objects, as `toJson` makes them
 */
export function schemaErrors(name: SchemaName, value: JsonValue): readonly ErrorObject[] {
  const validate = validators[name]
  return validate(value) ? [] : (validate.errors ?? [])
}

/** Whether what JSON has become is a manifest by its schema. */
export function isManifest(value: unknown): boolean {
  return schemaErrors('manifest', value as JsonValue).length === 0
}
