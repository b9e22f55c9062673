import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { shownPath } from '../load/paths.ts'
import { editionsName, type ProjectRequest } from '../load/project.ts'
import type { Ladder } from '../model/ladder.ts'
import { PublishError } from '../publish/faults.ts'
import { openOutput } from '../publish/output.ts'
import type { JsonValue } from '../yaml/node.ts'
import { listOf, withItem } from '../yaml/write.ts'
import { ladderHash, textStamps, usualName } from './editions.ts'
import { readLadder } from './read.ts'

/** What became of the wish to seal an edition. */
export interface SealResult {
  readonly diagnostics: readonly Diagnostic[]
  /** Absent where an error stands in the way. */
  readonly sealed?: {
    readonly edition: string
    /** editions.yaml, as people are shown it. */
    readonly path: string
    /** false: it was sealed before, and nothing was written. */
    readonly isNew: boolean
  }
}

/**
 * Above this, editions.yaml would soon be too large to be read; the seal then says that something changed, but not
 * what.
 */
const mostTexts = 5_000

/** Seals the edition of a ladder: writes its hash into editions.yaml beside it, behind all that stands there. */
export async function sealLadder(request: ProjectRequest): Promise<SealResult> {
  const first = await judge(request)
  if (!('text' in first)) return first
  const { path, diagnostics } = first
  try {
    const shown = shownPath(request.cwd, path)
    const output = await openOutput(dirname(path), dirname(shown), shown)
    try {
      return await output.alone(async () => {
        // Another ladder of this folder may have been sealed meanwhile, and that must not be lost.
        const now = await judge(request)
        if (!('text' in now)) return now
        await output.stage(editionsName, Buffer.from(now.text), await rightsOf(path))
        await output.commit([editionsName], [])
        return now.result
      })
    } finally {
      await output.discard()
    }
  } catch (error) {
    if (!(error instanceof PublishError)) throw error
    return { diagnostics: [...diagnostics, error.diagnostic] }
  }
}

/** What sealing would write, or what there is to say without writing anything. */
async function judge(request: ProjectRequest): Promise<SealResult | Sealing> {
  const { read, diagnostics } = await readLadder(request)
  if (!read) return { diagnostics }
  const { ladder, project, sealed } = read
  const { edition } = ladder
  if (edition === undefined) {
    const hint = 'Add edition: above the tracks, for example edition: 2026.1'
    const at = ladder.places.get('@/title')
    const lacking = diagnose('ladder/no-edition', 'The ladder has no edition that could be sealed', {
      at,
      hint,
    })
    return { diagnostics: [...diagnostics, lacking] }
  }
  const path = project.editionsPath
  const shown = shownPath(request.cwd, path)
  if (sealed === true) return { diagnostics, sealed: { edition, path: shown, isNew: false } }

  const item = sealOf(ladder, edition, basename(project.ladder.source.path))
  const text = project.editions
    ? withItem(project.editions.source.text, 'editions', item)
    : `${heading}\n${listOf('editions', item)}`
  const result = { diagnostics, sealed: { edition, path: shown, isNew: true } }
  return { diagnostics, path, text, result }
}

interface Sealing {
  readonly diagnostics: readonly Diagnostic[]
  /** editions.yaml, and what is to stand in it. */
  readonly path: string
  readonly text: string
  /** What there is to say once it stands there. */
  readonly result: SealResult
}

/** Who may read a file that is written anew does not change. */
async function rightsOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mode }) => mode & 0o777,
    () => undefined,
  )
}

const heading =
  '# Editions that are sealed: what they say does not change any more. “ladderpress seal” adds to the end.\n'

function sealOf(ladder: Ladder, edition: string, name: string): JsonValue {
  const stamps = [...textStamps(ladder)]
  const count = stamps.reduce((sum, [, texts]) => sum + texts.length, 0)
  return {
    ...(name !== usualName && { ladder: name }),
    edition,
    ...(ladder.effective !== undefined && { effective: ladder.effective }),
    sha256: ladderHash(ladder),
    ...(count <= mostTexts && {
      texts: Object.fromEntries(stamps.map(([ref, texts]) => [ref, texts.join(' ')])),
    }),
  }
}
