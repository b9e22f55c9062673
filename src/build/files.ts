import type { Job } from '../plan/job.ts'
import { formats, type Format } from '../plan/kinds.ts'
import type { Made } from './made.ts'

/** A file of a document, where it belongs in the output. */
export interface DocumentFile {
  readonly path: string
  readonly format: Format
  readonly bytes: Buffer
  /** Of a picture that shows one of several sheets: which, from 1. */
  readonly page?: number
}

/**
 * The files of a document that was made: `matrix/ic.html`, `matrix/ic.pdf`; pictures of several sheets are
 * `matrix/ic-1.png`, `matrix/ic-2.png`, or `matrix/ic-page-1.png` where another document is called `ic-1`.
 *
 * @param others every document of the build
 */
export function filesOf({ document: { job }, files }: Made, others: readonly Job[]): DocumentFile[] {
  return formats.flatMap((format): DocumentFile[] => {
    if (format !== 'png') {
      const bytes = files[format]
      return bytes && bytes.length > 0 ? [{ path: `${job.path}.${format}`, format, bytes }] : []
    }
    const pictures = files.png ?? []
    const stem = stemOf(job, others)
    return pictures.map((bytes, index) =>
      pictures.length === 1
        ? { path: `${job.path}.png`, format, bytes }
        : { path: `${stem}${index + 1}.png`, format, bytes, page: index + 1 },
    )
  })
}

function stemOf({ path }: Job, others: readonly Job[]): string {
  const names = others.map((other) => other.path.toLowerCase())
  let stem = `${path}-`
  const isTaken = (name: string) =>
    name.startsWith(stem.toLowerCase()) && /^\d+$/.test(name.slice(stem.length))
  while (names.some(isTaken)) stem += 'page-'
  return stem
}
