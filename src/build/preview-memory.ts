import { formatsOf, type Job } from '../plan/job.ts'
import { usualFormats } from '../plan/kinds.ts'
import type { Markup } from '../render/document.ts'
import { hashOf } from '../text/hash.ts'
import type { Earlier } from './earlier.ts'
import { choosing, type PreparedDocument } from './kinds.ts'
import type { Prepared } from './prepare.ts'
import type { ShownSheet } from './preview-state.ts'

/** A document as it was last made, and what it was made of. */
export interface Remembered extends ShownSheet {
  readonly prepared: Prepared
  /**
   * Name and hash of the group that it was fitted with, once it was made with it: as long as they stay the same, so
   * does the document.
   */
  readonly group: { readonly name: string; readonly key: string } | null
  /** Hash of what it was made of. */
  readonly input: string | null
  /** Hash of the files in which its diagnostics have their places. */
  readonly texts: string
  readonly bytes?: Buffer
}

/** By the paths of documents. */
export type Memory = Map<string, Remembered>

/** What of the rounds before need not be made again. */
export function earlierOf(memory: Memory, texts: string): Earlier {
  const groups = [...memory.values()].flatMap(({ group }) =>
    group ? [[group.name, group.key] as const] : [],
  )
  return {
    groups: Object.fromEntries(groups),
    kept(job, _formats, _dpi, input) {
      const one = memory.get(job.path)
      // What failed is tried again.
      if (!one || one.isFailed) return undefined
      if (input === undefined ? one.group === null : one.input !== input) return undefined
      // Where lines have moved, what was said of a line has to be found anew.
      if (one.texts !== texts && one.diagnostics.some(({ at }) => at)) return undefined
      return { artifacts: [], diagnostics: one.diagnostics }
    },
  }
}

/**
 * Sets the open sheet as it was set before: nearly always right, and there long before its kind is measured.
 *
 * @param prepared the kind of the open sheet first, and in it that sheet
 * @returns undefined where nothing of it is new, or it consists of other parts than before
 */
export function asBefore(
  prepared: Prepared,
  memory: Memory,
  opened: string | undefined,
): Remembered | undefined {
  const [kind] = prepared.kinds
  const [document] = kind?.chosen ?? []
  if (!kind || !document || document.job.path !== opened || document.missing.length > 0) return undefined
  const before = memory.get(opened)
  if (!before?.set || shapeOf(document.content) !== shapeOf(before.document.content)) return undefined
  const markup = kind.typesetter.asBefore(document.job.id, before.set.layout)
  const revision = revisionOf(document, markup)
  return revision === before.revision
    ? undefined
    : { ...before, prepared, document, draw: () => markup, revision, group: null }
}

/** What a document consists of, whatever words it has: layouts of one shape can take each other's place. */
function shapeOf(content: object): string {
  return JSON.stringify(content, (_, value: unknown) => (typeof value === 'string' ? '' : value))
}

/** Tells one state of a sheet from another. */
export function revisionOf({ faces }: PreparedDocument, markup: Markup): string {
  return hashOf({ markup, faces: faces.map(({ path }) => path) }).slice(0, 12)
}

/** What is only for paper has no page to look at: `build` makes it. */
export function isShown(job: Job): boolean {
  return formatsOf(job, usualFormats).includes('html')
}

/**
 * What is shown of a build, the kind of the open sheet first, and in it that sheet. What the others say is not looked
 * at.
 */
export function openFirst(prepared: Prepared, opened: string | undefined): Prepared {
  const rank = ({ path }: Job) => (path === opened ? 0 : 1)
  const shown = new Set(prepared.plan.chosen.filter(isShown).map(({ id }) => id))
  const kinds = prepared.kinds.flatMap((kind) => {
    const jobs = kind.jobs.filter(({ id }) => shown.has(id))
    if (jobs.length === 0) return []
    const chosen = choosing(kind, (documents) =>
      documents.filter(({ job }) => shown.has(job.id)).toSorted((a, b) => rank(a.job) - rank(b.job)),
    )
    return [{ kind: chosen, rank: Math.min(...jobs.map(rank)) }]
  })
  return { ...prepared, kinds: kinds.toSorted((a, b) => a.rank - b.rank).map(({ kind }) => kind) }
}
