/** A PDF value (ISO 32000-1, § 7.3). Names keep no slash; strings are bytes. */
export type PdfValue =
  | number
  | boolean
  | null
  | PdfName
  | PdfString
  | PdfRef
  | PdfOperator
  | PdfValue[]
  | PdfDict

export interface PdfName {
  readonly name: string
}

export interface PdfString {
  readonly bytes: Buffer
}

export interface PdfRef {
  readonly ref: number
}

/** An operator of a content stream, or a keyword such as `stream`. */
export interface PdfOperator {
  readonly operator: string
}

export interface PdfDict {
  readonly dict: ReadonlyMap<string, PdfValue>
}

/** What a file holds that is no PDF syntax. */
export class PdfSyntaxError extends Error {}

/** What a byte means: 1 white space, 2 a delimiter, 0 anything else (§ 7.2.2). */
const classes = new Uint8Array(256)
for (const character of '\0\t\n\f\r ') classes[character.charCodeAt(0)] = 1
for (const character of '()<>[]{}/%') classes[character.charCodeAt(0)] = 2
/** Deep nesting is an attack: nothing that prints needs more. */
const deepest = 100
/** So are long values: no string, array or dictionary of a sheet has more parts. */
const most = 4_000_000

// What nearly all dictionaries and arrays consist of is read in one go, where the reader would take a dozen steps.
const space = String.raw`[\0\t\n\f\r ]`
const regular = String.raw`[^\0\t\n\f\r ()<>[\]{}/%]`
const plainName = String.raw`/([^\0\t\n\f\r ()<>[\]{}/%#]+)`
/** What makes a reference of the whole number before it. */
const rest = String.raw`${space}+\d+${space}+R(?!${regular})`
const restOfReference = new RegExp(rest, 'y')
/** An entry: its key, and a name, a reference or a whole number, behind which the next entry or the end follows. */
const plainEntry = new RegExp(
  String.raw`${space}*${plainName}${space}*(?:${plainName}|(\d{1,15})(?:${rest})?)(?=${space}*[/>])`,
  'y',
)
/** A reference or a number, behind which another, an array or the end follows. */
const plainElement = new RegExp(
  String.raw`${space}*(\d{1,15})(?:${rest}|(\.\d{1,15})?(?!${rest}))(?=${space}*[\d[\]])(?!\d)`,
  'y',
)

function tooLong(): PdfSyntaxError {
  return new PdfSyntaxError('a value is longer than any sheet has it')
}

/** Reads values from bytes one after the other. Bytes are taken as Latin-1 characters, so that offsets are bytes. */
export class PdfReader {
  readonly text: string
  position: number

  constructor(text: string, position = 0) {
    this.text = text
    this.position = position
  }

  /** The next value or operator, or undefined at the end. */
  next(depth = 0): PdfValue | undefined {
    this.skipSpace()
    if (this.position >= this.text.length) return undefined
    if (depth > deepest) throw new PdfSyntaxError('values are nested too deep')
    switch (this.text.charCodeAt(this.position)) {
      case 0x2f: // /
        return this.#name()
      case 0x28: // (
        return this.#literalString()
      case 0x3c: // <
        return this.text.charCodeAt(this.position + 1) === 0x3c ? this.#dict(depth) : this.#hexString()
      case 0x5b: // [
        return this.#array(depth)
      case 0x29: // )
      case 0x3e: // >
      case 0x5d: // ]
      case 0x7b: // {
      case 0x7d: // }
        throw new PdfSyntaxError(`unexpected ${this.text[this.position]} at byte ${this.position}`)
      default:
        return this.#word()
    }
  }

  /** White space and comments. */
  skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position)
      if (classes[code] === 1) this.position += 1
      else if (code === 0x25) {
        while (this.position < this.text.length) {
          const inside = this.text.charCodeAt(this.position)
          if (inside === 10 || inside === 13) break
          this.position += 1
        }
      } else return
    }
  }

  #name(): PdfName {
    this.position += 1
    const raw = this.#regular()
    if (!raw.includes('#')) return { name: raw }
    return {
      name: raw.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    }
  }

  /** The characters up to the next that is white space or a delimiter. */
  #regular(): string {
    const { text, position } = this
    let end = position
    while (classes[text.charCodeAt(end)] === 0) end += 1
    this.position = end
    return text.slice(position, end)
  }

  #word(): PdfValue {
    const word = this.#regular()
    const code = word.charCodeAt(0)
    const numeric = (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e || code === 0x2b
    const number = numeric ? Number(word) : Number.NaN
    if (!Number.isNaN(number)) return Number.isInteger(number) && this.#reference() ? { ref: number } : number
    if (word === 'true' || word === 'false') return word === 'true'
    return word === 'null' ? null : { operator: word }
  }

  /** Whether `0 R` follows a whole number, which makes it a reference. */
  #reference(): boolean {
    // A digit must follow the white space: most numbers are operands, and are followed by something else.
    const after = this.text.charCodeAt(this.position + 1)
    if (!(after >= 0x30 && after <= 0x39)) return false
    restOfReference.lastIndex = this.position
    const isReference = restOfReference.test(this.text)
    if (isReference) this.position = restOfReference.lastIndex
    return isReference
  }

  #literalString(): PdfString {
    const bytes: number[] = []
    let nesting = 1
    this.position += 1
    for (;;) {
      const character = this.text[this.position]
      if (character === undefined) throw new PdfSyntaxError('a string is never closed')
      this.position += 1
      if (character === '\\') this.#escape(bytes)
      else {
        if (character === '(') nesting += 1
        if (character === ')') nesting -= 1
        if (nesting === 0) return { bytes: Buffer.from(bytes) }
        bytes.push(character.charCodeAt(0))
        if (bytes.length > most) throw tooLong()
      }
    }
  }

  #escape(bytes: number[]): void {
    const octal = /^[0-7]{1,3}/.exec(this.text.slice(this.position, this.position + 3))
    if (octal) {
      bytes.push(Number.parseInt(octal[0], 8) & 0xff)
      this.position += octal[0].length
      return
    }
    const character = this.text[this.position] ?? ''
    this.position += 1
    if (character === '\r' && this.text[this.position] === '\n') this.position += 1
    if (character === '\r' || character === '\n') return
    const known: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
    bytes.push((known[character] ?? character).charCodeAt(0))
  }

  #hexString(): PdfString {
    const end = this.text.indexOf('>', this.position)
    if (end < 0) throw new PdfSyntaxError('a string is never closed')
    const inside = this.text.slice(this.position + 1, end)
    const digits = /[^0-9A-Fa-f]/.test(inside) ? inside.replace(/[^0-9A-Fa-f]/g, '') : inside
    this.position = end + 1
    return { bytes: Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex') }
  }

  #array(depth: number): PdfValue[] {
    const values: PdfValue[] = []
    this.position += 1
    for (;;) {
      plainElement.lastIndex = this.position
      const plain = plainElement.exec(this.text)
      if (plain) {
        const { 1: whole = '', 2: fraction } = plain
        this.position = plainElement.lastIndex
        if (this.#isBehindReference()) values.push({ ref: Number(whole) })
        else values.push(Number(fraction === undefined ? whole : whole + fraction))
        if (values.length > most) throw tooLong()
        continue
      }
      this.skipSpace()
      if (this.text.charCodeAt(this.position) === 0x5d) {
        this.position += 1
        return values
      }
      const value = this.next(depth + 1)
      if (value === undefined) throw new PdfSyntaxError('an array is never closed')
      values.push(value)
      if (values.length > most) throw tooLong()
    }
  }

  /** Whether what was read is a reference and no number. */
  #isBehindReference(): boolean {
    return this.text.charCodeAt(this.position - 1) === 0x52
  }

  #dict(depth: number): PdfDict {
    const dict = new Map<string, PdfValue>()
    this.position += 2
    for (;;) {
      plainEntry.lastIndex = this.position
      const plain = plainEntry.exec(this.text)
      if (plain) {
        const { 1: key = '', 2: name, 3: number } = plain
        this.position = plainEntry.lastIndex
        if (name !== undefined) dict.set(key, { name })
        else dict.set(key, this.#isBehindReference() ? { ref: Number(number) } : Number(number))
        if (dict.size > most) throw tooLong()
        continue
      }
      this.skipSpace()
      if (this.text.charCodeAt(this.position) === 0x3e && this.text.charCodeAt(this.position + 1) === 0x3e) {
        this.position += 2
        return { dict }
      }
      const key = this.next(depth + 1)
      const value = this.next(depth + 1)
      if (key === null || typeof key !== 'object' || !('name' in key) || value === undefined) {
        throw new PdfSyntaxError(`a dictionary is broken at byte ${this.position}`)
      }
      dict.set(key.name, value)
      if (dict.size > most) throw tooLong()
    }
  }
}

export function isRef(value: PdfValue | undefined): value is PdfRef {
  return typeof value === 'object' && value !== null && 'ref' in value
}

export function isDict(value: PdfValue | undefined): value is PdfDict {
  return typeof value === 'object' && value !== null && 'dict' in value
}

export function isName(value: PdfValue | undefined): value is PdfName {
  return typeof value === 'object' && value !== null && 'name' in value
}

export function isString(value: PdfValue | undefined): value is PdfString {
  return typeof value === 'object' && value !== null && 'bytes' in value
}

export function isOperator(value: PdfValue | undefined): value is PdfOperator {
  return typeof value === 'object' && value !== null && 'operator' in value
}
