import { digitsOf, written } from './spelling.ts'
import { isName, isOperator, PdfReader, PdfSyntaxError, type PdfValue } from './syntax.ts'

/**
 * What a content stream draws, an operator to a line with its operands before it, strings as digits: as Skia writes it.
 * Content that is written in another way is put into this form. Skia shows the glyphs of a line of text one by one, which
 * is most of a page: those that follow each other stand together as one line, a run (`glyphsOf`).
 *
 * @throws PdfSyntaxError where it is no content (ISO 32000-1, § 7.8.2)
 */
export function linesOf(content: string): readonly string[] {
  return lastJoined.get(content) ?? linesOfSkia(content) ?? rewritten(content)
}

/**
 * The contents that were put together last, and the lines that they were put together of. A finished file is read back at
 * once: what is unpacked from its bytes is compared with these, and where all characters are the same, so are its lines.
 * Nothing else is taken over: what they draw is read anew.
 */
const lastJoined = new Map<string, readonly string[]>()
/** So many are kept: lines of a page take a quarter of a megabyte. */
const mostJoined = 12

/** Content of lines as `linesOf` has them. */
export function joined(lines: readonly string[]): string {
  const content = `${lines.join('\n')}\n`
  for (const [oldest] of lastJoined) if (lastJoined.size >= mostJoined) lastJoined.delete(oldest)
  lastJoined.set(content, lines)
  return content
}

/** The operators of a run, each of which shows glyphs; of any other line, itself. */
export function glyphsOf(line: string): string[] {
  return line.split('\n')
}

/** A run, from behind the digits of its first glyph on. It ends where V8 would need much room to look at it. */
const runs = /(> Tj\n(?:-?[\d.]+ -?[\d.]+ Td <[\dA-Fa-f]+> Tj\n){1,1000})/
/** An operator with more behind it. Skia leaves three pairs together: `1 0 Td <0001> Tj`, `0 0 0 RG 0 0 0 rg`, `W n`. */
const operatorInside = /[\s\])>](?=[A-Za-z'"])(?!Td <|R?G [\d.]|W\*? n\n)[\w*'"]+[^\w*'"\n]/
const endWithoutOperator = /[^A-Za-z*'"\n]\n/
const nameAlone = /\n\/[^ \n]*\n/

/** The lines of content that has an operator to a line; undefined where it is written otherwise. */
function linesOfSkia(content: string): string[] | undefined {
  // Strings in parentheses may hold line ends, comments may hold operators, and images may hold anything.
  if (content.includes('(') || content.includes('%') || content.includes('BI')) return undefined
  // Every second part is a run.
  const parts = content.split(runs)
  const others = `\n${parts.filter((_, index) => index % 2 === 0).join('> Tj\n')}\n`
  if (operatorInside.test(others) || endWithoutOperator.test(others) || nameAlone.test(others))
    return undefined
  const lines: string[] = []
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) for (const line of part.split('\n')) lines.push(line)
    else lines[lines.length - 1] += part.slice(0, -1)
  }
  return lines
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
