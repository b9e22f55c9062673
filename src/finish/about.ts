import { decodeText } from './code-maps.ts'
import { openPdf } from './open.ts'
import { EncryptedPdf, type PdfFile } from './read.ts'
import { isString, PdfSyntaxError } from './syntax.ts'

/** What a sheet of ours says of itself. */
export interface PdfAbout {
  /** Of the document: the level or track, the ladder and its edition. */
  readonly title: string
  /** The title of the level that it is about; null where it is no one-pager. */
  readonly level: string | null
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
  /** `isSavedAnew`: another program wrote it into a form in which we write none. */
  | { readonly kind: 'ours'; readonly about: PdfAbout; readonly isSavedAnew: boolean }
  | { readonly kind: 'not-a-pdf' }
  /** `what`: what it is, or what is wrong with it, as the end of a sentence. */
  | { readonly kind: 'not-ours' | 'damaged'; readonly what: string }

/** Looks whether bytes are a PDF of ours, and what it says of itself. Never throws, whatever the bytes are. */
export async function lookAtPdf(bytes: Buffer): Promise<SeenPdf> {
  if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) return { kind: 'not-a-pdf' }
  if (!hasEnd(bytes)) {
    const isMore = bytes.includes('%%EOF')
    return { kind: 'damaged', what: isMore ? 'something stands behind its end' : 'its end is missing' }
  }
  let isOtherKind = false
  try {
    const opened = await openPdf(bytes, () => (isOtherKind = true))
    const about = aboutOf(opened)
    return about
      ? { kind: 'ours', about, isSavedAnew: isOtherKind }
      : { kind: 'not-ours', what: 'another program wrote it' }
  } catch (error) {
    if (error instanceof EncryptedPdf) return { kind: 'not-ours', what: error.message }
    // Objects that refer to each other in a circle end in a RangeError: the stack overflows.
    if (!(error instanceof PdfSyntaxError || error instanceof RangeError)) throw error
    const why = error instanceof RangeError ? 'a part of it cannot be read' : error.message
    if (isOtherKind) return { kind: 'not-ours', what: `another program wrote it, and ${why}` }
    return { kind: 'damaged', what: 'a part of it cannot be read' }
  }
}

/** Whether the last bytes say where the table of objects stands. */
function hasEnd(bytes: Buffer): boolean {
  return /startxref\s+\d{1,15}\s+%%EOF\s*$/.test(bytes.subarray(-64).toString('latin1'))
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
  const [title, ladder, edition] = [says('Title') ?? '', says('Ladder') ?? '', says('Edition')]
  return {
    title,
    level: says('Keywords')?.split(', ')[0] === 'one-pager' ? levelIn(title, ladder, edition) : null,
    ladder,
    edition,
    effective: says('Effective'),
    draft: says('Status') === 'draft',
    stamp,
    tool,
  }
}

/** A title is that of the level, then the ladder’s and its edition. */
function levelIn(title: string, ladder: string, edition: string | null): string | null {
  const rest = [ladder, ...(edition === null ? [] : [edition])].map((part) => ` · ${part}`).join('')
  return title.length > rest.length && title.endsWith(rest) ? title.slice(0, -rest.length) : null
}
