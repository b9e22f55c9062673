import { createHash } from 'node:crypto'

/** SHA-256 of plain data, whatever the order in which its fields were made. */
export function hashOf(content: unknown): string {
  return createHash('sha256')
    .update(canonical(content) ?? '')
    .digest('hex')
}

/**
 * The JSON of plain data with its fields in order: of their names, but numbers first, as JavaScript has them. What is
 * undefined is left out of objects and null in lists, as in JSON.
 */
function canonical(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item) ?? 'null').join()}]`
  const fields = value as Readonly<Record<string, unknown>>
  const names = Object.keys(fields).sort()
  const ordered = names.some((name) => isNumber.test(name)) ? numbersFirst(names) : names
  let json = ''
  for (const name of ordered) {
    const written = canonical(fields[name])
    if (written !== undefined) json += `${json === '' ? '' : ','}${JSON.stringify(name)}:${written}`
  }
  return `{${json}}`
}

const isNumber = /^\d+$/

function numbersFirst(names: readonly string[]): string[] {
  return Object.keys(Object.fromEntries(names.map((name) => [name, true])))
}
