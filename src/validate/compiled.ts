import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js'

import { formats } from './formats.ts'
import { schemas, type SchemaName } from './schemas.ts'

/** Kept word for word in .build/validators.mjs, which writes the source that takes this file’s place in the bundle. */
const ajvOptions: Options = {
  allErrors: true,
  verbose: true,
  ownProperties: true,
  strict: true,
  allowUnionTypes: true,
  validateSchema: false, // our own schemas are checked by the tests, not on every run
}

/**
 * The schemas as functions. Making them takes longer than everything else before the first page, so the bundle holds
 * the functions' source instead of this module (see .build/validators.mjs).
 */
export const validators = compileAll()

function compileAll(): Readonly<Record<SchemaName, ValidateFunction>> {
  const ajv = new Ajv2020({ ...ajvOptions, formats })
  for (const schema of Object.values(schemas)) ajv.addSchema(schema)
  const compiled = Object.keys(schemas).map((name) => [name, ajv.getSchema(`${name}.schema.json`)] as const)
  return Object.fromEntries(compiled) as Record<SchemaName, ValidateFunction>
}
