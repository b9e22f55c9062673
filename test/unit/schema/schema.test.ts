import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'

import { schemas, type SchemaName } from '../../../src/validate/schemas.ts'
import { root } from '../../support/cli.ts'
import { schemaReference } from '../../support/schema-reference.ts'

type Schema = { [key: string]: unknown }

/** Every named field of a schema, with the path by which people would look for it. */
function* fields(schema: Schema, path: string): Generator<[string, Schema]> {
  for (const key of ['properties', '$defs'] as const) {
    for (const [name, inner] of Object.entries((schema[key] ?? {}) as Record<string, Schema>)) {
      yield [`${path}/${name}`, inner]
      yield* fields(inner, `${path}/${name}`)
    }
  }
  for (const inner of [
    schema['items'],
    schema['additionalProperties'],
    ...((schema['anyOf'] as unknown[]) ?? []),
  ]) {
    if (typeof inner === 'object' && inner !== null) yield* fields(inner as Schema, path)
  }
}

describe.each(Object.keys(schemas) as SchemaName[])('%s.schema.json', (name) => {
  const schema = schemas[name] as Schema

  test('is a sound 2020-12 schema', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
    for (const other of Object.values(schemas)) ajv.addSchema(other)
    for (const format of ['date', 'language-tag']) ajv.addFormat(format, true)
    expect(ajv.validateSchema(schema)).toBe(true)
  })

  test('explains each field to an editor: title, description, example', () => {
    const lacking = [...fields(schema, name)].flatMap(([path, field]) =>
      ['title', 'description', 'examples']
        .filter((key) => field[key] === undefined)
        .map((key) => `${path} ${key}`),
    )
    expect(lacking).toEqual([])
  })
})

test('schema/README.md is the reference of these fields', () => {
  const path = join(root, 'schema', 'README.md')
  const reference = schemaReference()
  if (process.env['UPDATE'] === '1') writeFileSync(path, reference)
  expect(readFileSync(path, 'utf8')).toBe(reference)
})

test.each(['ladder', 'track', 'press', 'editions'] as const)(
  'schema/README.md has each field of %s.schema.json',
  (name) => {
    const reference = schemaReference()
    const schema = schemas[name] as Schema
    const parts = Object.keys(schema['$defs'] ?? {})
    const lacking = [...fields(schema, name)]
      .map(([path]) => path.slice(path.lastIndexOf('/') + 1))
      .filter((field) => !parts.includes(field) && !reference.includes(`\`${field}\``))
    expect(lacking).toEqual([])
  },
)
