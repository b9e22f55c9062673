import { createHash } from 'node:crypto'

/** The SHA-256 of bytes, or of a text as UTF-8, in hexadecimal. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex')
}

/** SHA-256 of plain data, whatever the order in which its fields were made. */
export function hashOf(content: unknown): string {
  return sha256(canonical(content) ?? '')
}

/**
 * The JSON of plain data with its fields in order: of their names, but numbers first, as JavaScript has them. What is
 * undefined is left out of objects and null in lists, as in JSON.
 */
function canonical(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const known = written.get(value)
  if (known !== undefined) return known
  const json = Array.isArray(value)
    ? `[${value.map((item) => canonical(item) ?? 'null').join()}]`
    : canonicalFields(value)
  if (json.length >= worthKeeping) written.set(value, json)
  return json
}

/**
 * Remembered, because what documents say is hashed several times, by itself and as part of more; data never changes
 * once it is made.
 */
const written = new WeakMap<object, string>()
const worthKeeping = 2_000

function canonicalFields(value: object): string {
  const fields = value as Readonly<Record<string, unknown>>
  const names = Object.keys(fields).sort()
  // Digits stand before `:`, so most names are told from numbers by their first letter.
  const ordered = names.some((name) => name < ':' && isNumber.test(name)) ? numbersFirst(names) : names
  let json = ''
  for (const name of ordered) {
    const field = canonical(fields[name])
    if (field !== undefined) json += `${json === '' ? '' : ','}${JSON.stringify(name)}:${field}`
  }
  return `{${json}}`
}

const isNumber = /^\d+$/

function numbersFirst(names: readonly string[]): string[] {
  return Object.keys(Object.fromEntries(names.map((name) => [name, true])))
}
