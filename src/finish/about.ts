import { EncryptedPdf, readPdf, type PdfFile } from './read.ts'
import { isString, PdfSyntaxError } from './syntax.ts'
import { decodeText } from './text.ts'

/** What a sheet of ours says of itself. */
export interface PdfAbout {
  /** Of the document: the level or track, the ladder and its edition. */
  readonly title: string
  /** The title of the ladder. */
  readonly ladder: string
  readonly edition: string | null
  /** YYYY-MM-DD; null where none is said, and of drafts. */
  readonly effective: string | null
  /** Whether its edition was not sealed when it was printed. */
  readonly draft: boolean
  readonly stamp: string
  /** Ladderpress with its version. */
  readonly tool: string
}

/** A PDF at first sight. */
export type SeenPdf =
  | { readonly kind: 'ours'; readonly about: PdfAbout }
  | { readonly kind: 'not-a-pdf' }
  /** `what`: what it is, or what is wrong with it, as the end of a sentence. */
  | { readonly kind: 'not-ours' | 'damaged'; readonly what: string }

/** Looks whether bytes are a PDF of ours, and what it says of itself. Never throws, whatever the bytes are. */
export function lookAtPdf(bytes: Buffer): SeenPdf {
  if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) return { kind: 'not-a-pdf' }
  const table = tableOf(bytes)
  if (table === undefined) return { kind: 'damaged', what: 'its end is missing' }
  // A table that is a stream (ISO 32000-1, § 7.5.8): most programs write it so, and we do not.
  if (/^\s*\d+ +\d+ +obj\b/.test(table)) return { kind: 'not-ours', what: 'another program wrote it' }
  try {
    const about = aboutOf(readPdf(bytes))
    return about ? { kind: 'ours', about } : { kind: 'not-ours', what: 'another program wrote it' }
  } catch (error) {
    if (error instanceof EncryptedPdf) return { kind: 'not-ours', what: error.message }
    // Objects that lead round in a circle are a range error: the stack is at its end.
    if (error instanceof PdfSyntaxError || error instanceof RangeError)
      return { kind: 'damaged', what: 'a part of it cannot be read' }
    throw error
  }
}

/** How the table of offsets begins; undefined where the end does not say where it stands. */
function tableOf(bytes: Buffer): string | undefined {
  const end = bytes.subarray(-64).toString('latin1')
  const start = /startxref\s+(\d{1,15})\s+%%EOF\s*$/.exec(end)?.[1]
  return start === undefined
    ? undefined
    : bytes.subarray(Number(start), Number(start) + 64).toString('latin1')
}

/** No title of ours is longer; what others write may be. */
const longest = 1_000

function aboutOf(file: PdfFile): PdfAbout | undefined {
  const info = file.getDict(file.trailer, 'Info')
  const says = (key: string) => {
    const value = file.get(info, key)
    return isString(value) ? decodeText(value.bytes.subarray(0, 2 * longest)).slice(0, longest) : null
  }
  const [tool, stamp] = [says('Creator'), says('Stamp')]
  if (tool === null || !/^Ladderpress \S/.test(tool) || stamp === null || !/^[0-9a-f]{8}$/.test(stamp))
    return undefined
  return {
    title: says('Title') ?? '',
    ladder: says('Ladder') ?? '',
    edition: says('Edition'),
    effective: says('Effective'),
    draft: says('Status') === 'draft',
    stamp,
    tool,
  }
}
