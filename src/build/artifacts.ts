import { resolve } from 'node:path'

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { plainDiagnostic, type PlainDiagnostic } from '../diagnostics/machine.ts'
import { pathFromLadder, type Project } from '../load/project.ts'
import type { Job } from '../plan/job.ts'
import { sheetName } from '../plan/paper.ts'
import { untrimmed } from '../plan/trim.ts'
import { inPoints, rounded } from '../plan/units.ts'
import type { Artifact } from '../publish/manifest.ts'
import { sha256 } from '../text/hash.ts'
import { hashOf } from '../text/hash.ts'
import { filesOf } from './files.ts'
import type { Made } from './made.ts'

/** A file as the closing table shows it. */
export interface MadeFile {
  readonly path: string
  readonly sheet: string | null
  readonly pages: number | null
  readonly size: number | null
  readonly bytes: number
  readonly milliseconds: number
}

/** A document that was made, without the bytes, which are on the disk by now. */
export interface Noted extends Omit<Made, 'files'> {
  readonly entries: readonly { readonly artifact: Artifact; readonly file: MadeFile }[]
  /** Whether an error stopped it. */
  readonly isEmpty: boolean
}

/** What the manifest and the closing table tell of a document's files. */
export function artifactsOf(
  made: Made,
  others: readonly Job[],
  from: {
    readonly edition: string | null
    /** Of pictures. */
    readonly dpi: number
    readonly plain: (diagnostics: readonly Diagnostic[]) => PlainDiagnostic[]
  },
): { artifact: Artifact; file: MadeFile }[] {
  const { document, set, milliseconds } = made
  const { job, content, stamp } = document
  const { composition } = set ?? {}
  const sheet = composition?.sheet ?? set?.sheet ?? job.sheet
  const pages = composition?.sides.length ?? set?.pages ?? null
  const paper = untrimmed(sheet, job.trim)
  const input = made.input ?? hashOf({ content, job })
  const diagnostics = from.plain(made.diagnostics)
  return filesOf(made, others).map(({ path, format, bytes, page }) => {
    const points = (length: number) => Math.round(inPoints(length) * 100) / 100
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
        width: rounded(sheet.width),
        height: rounded(sheet.height),
        orientation: sheet.orientation,
      },
      pages: format === 'png' ? 1 : pages,
      ...(page !== undefined && { page }),
      pagePoints:
        format === 'png'
          ? [points(sheet.width), points(sheet.height)]
          : [points(paper.width), points(paper.height)],
      fit: set && {
        size: set.size,
        fill: rounded(set.fill),
        remedies: set.remedies,
        ...(set.geometry && format !== 'png' && { geometry: set.geometry }),
      },
      stamp: set?.stamp ?? stamp,
      input: format === 'png' ? pictureInput(input, from.dpi) : input,
      sha256: sha256(bytes),
      bytes: bytes.length,
      diagnostics,
    }
    const file = {
      path,
      sheet: sheetName(sheet),
      pages: artifact.pages,
      size: set?.size ?? null,
      bytes: bytes.length,
      milliseconds,
    }
    return { artifact, file }
  })
}

/** What a picture was made of: what its document was, at a resolution. */
export function pictureInput(input: string, dpi: number): string {
  return hashOf({ input, dpi })
}

/** The path of the document that a file is of, without extension. */
export function documentOf({ path, page }: Pick<Artifact, 'path'> & { page?: number | undefined }): string {
  return path.replace(page === undefined ? /\.\w+$/ : /-(?:page-)*\d+\.\w+$/, '')
}

/** Diagnostics without absolute paths: a manifest is the same wherever the ladder lies. */
export function plainDiagnostics(
  project: Project,
  cwd: string,
): (diagnostics: readonly Diagnostic[]) => PlainDiagnostic[] {
  const relative = <T extends { file: string }>(at: T): T => ({
    ...at,
    file: pathFromLadder(project, resolve(cwd, at.file)),
  })
  return (diagnostics) =>
    diagnostics.map((diagnostic) => {
      const place = plainDiagnostic(diagnostic)
      return {
        ...place,
        ...(place.at && { at: relative(place.at) }),
        ...(place.related && {
          related: place.related.map((other) => ({ ...other, at: relative(other.at) })),
        }),
      }
    })
}

/** The last part of a path in the output, whose parts stand between slashes on every system. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
