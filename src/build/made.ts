import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Artifact } from '../publish/manifest.ts'
import type { Setting } from '../typeset/typesetter.ts'
import type { MadeBytes } from './finishing.ts'
import type { PreparedDocument } from './kinds.ts'

/** A document that was made, or why it was not. */
export interface Made {
  readonly document: PreparedDocument
  /** null where nothing could be measured. */
  readonly set: Setting | null
  /** By format; empty where an error stopped the document. */
  readonly files: MadeBytes
  readonly diagnostics: readonly Diagnostic[]
  /** Hash of all that it was made of; null where it was not made, or that is not known. */
  readonly input: string | null
  /** Where an earlier build made the same: its files, which are left as they are. */
  readonly kept?: readonly Artifact[]
  /** From the first glance at it to the last byte. */
  readonly milliseconds: number
}

/** Of a document of which nothing was made. */
export const untouched = { set: null, files: {}, diagnostics: [], input: null, milliseconds: 0 } as const
