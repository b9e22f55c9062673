import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'

import type { JsonValue } from '../yaml/node.ts'
import { schemas, type SchemaName } from './schemas.ts'

let ajv: Ajv2020 | undefined

/**
 * Everything that is wrong with a value by one of our schemas, in ajv's terms; see `explain.ts` for people's.
 *
 * @param value null-prototype objects, as `toJson` makes them
 */
export function schemaErrors(name: SchemaName, value: JsonValue): ErrorObject[] {
  const validate = validator(name)
  return validate(value) ? [] : (validate.errors ?? [])
}

function validator(name: SchemaName): ValidateFunction {
  ajv ??= createAjv()
  const found = ajv.getSchema(`${name}.schema.json`)
  if (!found) throw new Error(`There is no schema called ${name}`)
  return found
}

function createAjv(): Ajv2020 {
  const instance = new Ajv2020({
    allErrors: true,
    verbose: true,
    ownProperties: true,
    strict: true,
    allowUnionTypes: true,
    validateSchema: false, // our own schemas are checked by the tests, not on every run
  })
  instance.addFormat('date', { type: 'string', validate: isDate })
  instance.addFormat('language-tag', { type: 'string', validate: isLanguageTag })
  for (const schema of Object.values(schemas)) instance.addSchema(schema)
  return instance
}

/** A day that exists, as YYYY-MM-DD (RFC 3339 full-date). */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** A well-formed language tag (BCP 47). */
function isLanguageTag(text: string): boolean {
  try {
    return new Intl.Locale(text).language !== ''
  } catch {
    return false
  }
}
