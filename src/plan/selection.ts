import type { Imposition } from './imposition.ts'
import type { Format, Kind, PaperKind } from './kinds.ts'
import type { PaperChoice } from './paper.ts'
import type { Trim } from './trim.ts'

/** What a build should make of a ladder. */
export interface Selection {
  /** Packs to make. Then their outputs say what is made; tracks and levels make it less. */
  readonly packs?: readonly string[]
  readonly only?: readonly Kind[]
  readonly tracks?: readonly string[]
  readonly levels?: readonly string[]
  /** Pairs of levels to set side by side, as written: two ids with a comma between. */
  readonly compare?: readonly string[]
  readonly formats: readonly Format[]
  /** Papers from the command line: they win over press.yaml's. */
  readonly paper: Readonly<Partial<Record<PaperKind, readonly PaperChoice[]>>>
  /** Whether one-pagers are made in large print as well. */
  readonly largePrint?: boolean
  /** Whether stacks and next-step sheets leave a ruled column free. */
  readonly notes?: boolean
  /** From which sheets the poster is made as well, once from each. */
  readonly tiles?: readonly PaperChoice[]
  /** How booklets are laid on larger sheets, in files of their own. */
  readonly impositions?: readonly Imposition[]
  /** What posters get around them for a copy shop. */
  readonly trim?: Trim
  /** Whether one-pagers of a ladder that adds also say what the levels below ask. */
  readonly rollUp?: boolean
  /** Whether PDFs, but for one-pagers, hold the YAML that they show. */
  readonly embedSource?: boolean
  /** Pixels an inch of pictures. */
  readonly dpi?: number
  /** `black`: no colour in any file. */
  readonly ink?: 'black'
  /** Whether screens show sheets as large as their paper, rather than as large as they are read from there. */
  readonly paperSize?: boolean
}
