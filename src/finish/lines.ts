import { digitsOf, written } from './spelling.ts'
import { isName, isOperator, PdfReader, PdfSyntaxError, type PdfValue } from './syntax.ts'

/**
 * What a content stream draws, an operator to a line with its operands before it, strings as digits: as Skia writes it.
 * Content that is written in another way is put into this form.
 *
 * @throws PdfSyntaxError where it is no content (ISO 32000-1, § 7.8.2)
 */
export function linesOf(content: string): string[] {
  return linesOfSkia(content) ?? rewritten(content)
}

/** An operator with more behind it. Skia leaves three pairs together: `1 0 Td <0001> Tj`, `0 0 0 RG 0 0 0 rg`, `W n`. */
const operatorInside = /(?:^|[\s\])>])(?=[A-Za-z'"])(?!Td <|R?G [\d.]|W\*? n\n)[\w*'"]+[^\w*'"\n]/

/** The lines of content that has an operator to a line; undefined where it is written otherwise. */
function linesOfSkia(content: string): string[] | undefined {
  // Strings in parentheses may hold line ends, comments may hold operators, and images may hold anything.
  if (content.includes('(') || content.includes('%') || content.includes('BI')) return undefined
  if (operatorInside.test(content)) return undefined
  const lines = content.split('\n')
  return lines.every(endsWithOperator) ? lines : undefined
}

function endsWithOperator(line: string): boolean {
  const last = line.charCodeAt(line.length - 1) | 0x20
  // Letters; an empty line has no last character, and one that is a name alone lacks its operator.
  if (last >= 0x61 && last <= 0x7a) return line.charCodeAt(0) !== 0x2f || line.includes(' ')
  return line === '' || line.endsWith('*') || line.endsWith("'") || line.endsWith('"')
}

function rewritten(content: string): string[] {
  const reader = new PdfReader(content)
  const lines: string[] = []
  let operands: string[] = []
  for (;;) {
    reader.skipSpace()
    const start = reader.position
    const value = reader.next()
    if (value === undefined) break
    if (isOperator(value)) {
      lines.push([...operands, value.operator === 'BI' ? inlineImage(reader) : value.operator].join(' '))
      operands = []
    } else
      operands.push(typeof value === 'number' ? content.slice(start, reader.position) : written(value, true))
  }
  if (operands.length > 0) throw new PdfSyntaxError('operands stand without their operator')
  return lines
}

/**
 * An image inside the content (§ 8.9.7), from behind `BI` on. Its bytes become digits, so that they hold no line end.
 */
function inlineImage(reader: PdfReader): string {
  const entries = new Map<string, PdfValue>()
  for (;;) {
    const key = reader.next()
    if (isOperator(key) && key.operator === 'ID') break
    const value = isName(key) ? reader.next() : undefined
    if (!isName(key) || value === undefined) throw new PdfSyntaxError('an image in the content is broken')
    entries.set(longNames.get(key.name) ?? key.name, value)
  }
  const start = reader.position + 1
  const end = endOfImage(reader.text, start, entries.get('L'))
  reader.position = reader.text.indexOf('EI', end) + 2
  const digits = digitsOf(Buffer.from(reader.text.slice(start, end), 'latin1'))
  entries.delete('L')
  const parameters = entries.get('DP')
  if (parameters !== undefined) entries.set('DP', [null, parameters].flat())
  entries.set('F', [{ name: 'AHx' }, entries.get('F') ?? []].flat())
  const described = [...entries].map(
    ([key, value]) => `${written({ name: key }, true)} ${written(value, true)}`,
  )
  return ['BI', ...described, 'ID', `${digits}>`, 'EI'].join(' ')
}

/** Keys of inline images that may be written out (table 93). */
const longNames = new Map([
  ['Filter', 'F'],
  ['DecodeParms', 'DP'],
  ['Length', 'L'],
])

/** Where the bytes of an image end: as it says itself, or before an `EI` that content follows. */
function endOfImage(text: string, start: number, length: PdfValue | undefined): number {
  if (typeof length === 'number' && /^\s*EI\b/.test(text.slice(start + length, start + length + 8)))
    return start + length
  for (const { index } of text.slice(start).matchAll(/\sEI(?=\s|$)/g)) {
    if (!/[^\s\x20-\x7e]/.test(text.slice(start + index, start + index + 40))) return start + index
  }
  throw new PdfSyntaxError('an image in the content never ends')
}
