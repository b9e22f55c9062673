import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { plainDiagnostic, type PlainDiagnostic } from '../diagnostics/machine.ts'
import type { Job } from '../plan/jobs.ts'
import { untrimmed } from '../plan/trim.ts'
import { sha256, type Artifact } from '../publish/manifest.ts'
import { hashOf } from '../render/document.ts'
import { filesOf } from './files.ts'
import type { Made } from './print.ts'

/** A file as the closing table shows it. */
export interface MadeFile {
  readonly path: string
  readonly sheet: string | null
  readonly pages: number | null
  readonly size: number | null
  readonly bytes: number
  readonly milliseconds: number
}

/** What the manifest and the closing table tell of a document's files. */
export function artifactsOf(
  made: Made,
  others: readonly Job[],
  from: {
    edition: string | null
    version: string
    browser: string | null
    black: boolean
    source: string | null
    /** Of pictures. */
    dpi: number
  },
): { artifact: Artifact; file: MadeFile }[] {
  const { document, set, diagnostics, milliseconds } = made
  const { job, content, stamp, faces } = document
  const { composition } = set ?? {}
  const sheet = composition?.sheet ?? set?.sheet ?? job.sheet
  const pages = composition?.sides.length ?? set?.pages ?? null
  const paper = untrimmed(sheet, job.trim)
  const { dpi, ...origin } = from
  const input = hashOf({
    content,
    sheet: job.sheet,
    trim: job.trim ?? null,
    assembly: job.assembly ?? null,
    faces: faces.map(({ family, weight, style, unicodeRange }) => [family, weight, style, unicodeRange]),
    size: set?.size ?? null,
    ...origin,
  })
  return filesOf(made, others).map(({ path, format, bytes, page }) => {
    const points = (length: number) => Math.round((length / 25.4) * 72 * 100) / 100
    const artifact: Artifact = {
      path,
      kind: job.kind,
      format,
      ...(job.pack !== undefined && { pack: job.pack }),
      subjects: job.subjects,
      edition: from.edition,
      largePrint: job.largePrint,
      ...(job.assembly && { assembly: job.assembly.by }),
      sheet: {
        paper: sheet.paper,
        width: round(sheet.width),
        height: round(sheet.height),
        orientation: sheet.orientation,
      },
      pages: format === 'png' ? 1 : pages,
      ...(page !== undefined && { page }),
      pagePoints:
        format === 'png'
          ? [points(sheet.width), points(sheet.height)]
          : [points(paper.width), points(paper.height)],
      fit: set && { size: set.size, fill: Math.round(set.fill * 1000) / 1000, remedies: set.remedies },
      stamp: set?.stamp ?? stamp,
      input: format === 'png' ? hashOf({ input, dpi, page: page ?? 1 }) : input,
      sha256: sha256(bytes),
      bytes: bytes.length,
      diagnostics: plain(diagnostics),
    }
    const lies = `${sheet.paper} ${sheet.orientation}`
    const file = {
      path,
      sheet: lies,
      pages: artifact.pages,
      size: set?.size ?? null,
      bytes: bytes.length,
      milliseconds,
    }
    return { artifact, file }
  })
}

function round(length: number): number {
  return Math.round(length * 1000) / 1000
}

/** Diagnostics without absolute paths: a manifest is the same wherever the ladder lies. */
export function plain(diagnostics: readonly Diagnostic[]): PlainDiagnostic[] {
  return diagnostics.map((diagnostic) => {
    const place = plainDiagnostic(diagnostic)
    const relative = <T extends { file: string }>(at: T): T => ({ ...at, file: baseName(at.file) })
    return {
      ...place,
      ...(place.at && { at: relative(place.at) }),
      ...(place.related && { related: place.related.map((other) => ({ ...other, at: relative(other.at) })) }),
    }
  })
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
