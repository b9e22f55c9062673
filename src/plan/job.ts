import type { Assembly } from './assembly.ts'
import type { Format, SheetKind } from './kinds.ts'
import type { Sheet } from './paper.ts'
import type { Trim } from './trim.ts'

/** One document to make. */
export interface Job {
  /**
   * `matrix/ic`, `one-pager/lead-engineer`, `next-step/engineer--lead-engineer`, `poster`; on a second paper
   * `one-pager/letter/lead-engineer`, in large print
   * `one-pager/large-print/lead-engineer`, `one-pager/letter/large-print/lead-engineer`.
   */
  readonly id: string
  /** In the output, without extension. */
  readonly path: string
  readonly kind: SheetKind
  readonly subjects: { readonly tracks: readonly string[]; readonly levels: readonly string[] }
  readonly sheet: Sheet
  /** Whether the sheet may be turned where that helps: nobody has said how it lies. */
  readonly turns: boolean
  /** 18 pt in one column, on as many pages as it takes. */
  readonly largePrint: boolean
  /** Whether a ruled column is left free beside the text. */
  readonly notes: boolean
  /** On what other sheets its pages are laid; then it is for the press alone. */
  readonly assembly?: Assembly
  /** What is printed around it, to be cut off. */
  readonly trim?: Trim
  /** Of a pack that says so for itself. */
  readonly formats?: readonly Format[]
  /** The pack that it belongs to. */
  readonly pack?: string
}

/**
 * Which of the formats that are asked for a document has: some documents are for paper only, and their content is on
 * screen in other files.
 */
export function formatsOf(
  { kind, assembly, formats: own }: Pick<Job, 'kind' | 'assembly' | 'formats'>,
  asked: readonly Format[],
): readonly Format[] {
  const wanted = own ?? asked
  return kind === 'stack' || assembly ? wanted.filter((format) => format === 'pdf') : wanted
}
