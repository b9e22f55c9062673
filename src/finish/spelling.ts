import { isName, isOperator, isRef, isString, type PdfValue } from './syntax.ts'

/**
 * A value as PDF syntax (ISO 32000-1, § 7.3).
 *
 * @param inContent as it stands in the content of a page: on one line, strings as digits
 */
export function written(value: PdfValue, inContent = false): string {
  if (typeof value === 'number') return writtenNumber(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) {
    let values = ''
    for (const inner of value) values += `${values === '' ? '' : ' '}${written(inner, inContent)}`
    return `[${values}]`
  }
  if (isRef(value)) return `${value.ref} 0 R`
  if (isName(value)) return writtenName(value.name)
  if (isString(value)) return inContent ? `<${digitsOf(value.bytes)}>` : writtenString(value.bytes)
  if (isOperator(value)) return value.operator
  const between = inContent ? ' ' : '\n'
  let entries = ''
  for (const [key, inner] of value.dict)
    entries += `${entries === '' ? '' : between}${writtenName(key)} ${written(inner, inContent)}`
  return `<<${entries}>>`
}

/** Bytes as hexadecimal digits. */
export function digitsOf(bytes: Buffer): string {
  return bytes.toString('hex').toUpperCase()
}

/** A number with at most eight decimals, and never with an exponent. */
function writtenNumber(value: number): string {
  const shortest = String(value)
  if (Number.isInteger(value)) return shortest
  return /^-?\d+\.\d{1,8}$/.test(shortest) ? shortest : value.toFixed(8).replace(/\.?0+$/, '')
}

/** Names as they are written: nearly all are PDF's own, which are few. */
const names = new Map<string, string>()
const mostNames = 1_000

function writtenName(name: string): string {
  const known = names.get(name)
  if (known !== undefined) return known
  const escaped = name.replace(
    /[^\x21-\x7e]|[#()<>[\]{}/%]/g,
    (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
  if (names.size < mostNames) names.set(name, `/${escaped}`)
  return `/${escaped}`
}

function writtenString(bytes: Buffer): string {
  const plain = bytes.toString('latin1')
  return /^[\x20-\x7e]*$/.test(plain) ? `(${plain.replace(/[\\()]/g, '\\$&')})` : `<${bytes.toString('hex')}>`
}
