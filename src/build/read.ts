import { basename } from 'node:path'

import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { loadProject, type Project, type ProjectRequest } from '../load/project.ts'
import { buildLadder } from '../model/build-ladder.ts'
import type { Ladder } from '../model/ladder.ts'
import type { Rungs } from '../model/rungs.ts'
import { buildPress, type Press } from '../plan/press.ts'
import type { EarlierEdition } from '../render/documents/index-page.ts'
import { validate } from '../validate/explain.ts'
import type { Located } from '../yaml/located.ts'
import { nodeAt, type YamlNode } from '../yaml/node.ts'
import { judgeSeal } from './editions.ts'

/** A ladder that has passed every check, with the settings it is printed by. */
export interface ReadLadder {
  readonly project: Project
  readonly ladder: Ladder
  readonly rungs: Rungs
  readonly press: Press
  /** Whether its edition is sealed in editions.yaml; null where there is no such file. */
  readonly sealed: boolean | null
  /** The editions that were sealed before it, newest first. */
  readonly earlier: readonly EarlierEdition[]
}

/**
 * load ─► validate ─► model: everything before a sheet is thought of. Each stage reports all it can find; the
 * next one runs only on input that is sound.
 *
 * @returns beside the ladder, absolute paths of all that was read or looked for
 */
export async function readLadder(
  request: ProjectRequest,
): Promise<{ read?: ReadLadder; inputs: readonly string[]; diagnostics: readonly Diagnostic[] }> {
  const { project, inputs, diagnostics: found } = await loadProject(request)
  const diagnostics = [...found]
  if (!project || hasErrors(diagnostics)) return { inputs, diagnostics }

  const { ladder, tracks, press, editions } = project
  diagnostics.push(...validate('ladder', ladder.source, ladder.root))
  for (const { file } of tracks) if (file) diagnostics.push(...validate('track', file.source, file.root))
  if (press) diagnostics.push(...validate('press', press.source, press.root))
  if (editions) diagnostics.push(...validate('editions', editions.source, editions.root))
  if (hasErrors(diagnostics)) return { inputs, diagnostics }

  const built = buildLadder({
    ladder: { source: ladder.source, node: ladder.root },
    tracks: tracks.map(({ file, index }): Located => {
      if (file) return { source: file.source, node: file.root }
      return { source: ladder.source, node: nodeAt(ladder.root, ['tracks', index]) as YamlNode }
    }),
  })
  const settings = buildPress(press && { source: press.source, node: press.root })
  diagnostics.push(...built.diagnostics, ...settings.diagnostics)
  if (hasErrors(diagnostics) || !built.rungs) return { inputs, diagnostics }
  const name = basename(ladder.source.path)
  const { sealed, earlier, diagnostics: changed } = judgeSeal(built.ladder, editions, name)
  diagnostics.push(...changed)
  if (hasErrors(diagnostics)) return { inputs, diagnostics }
  const read = { project, ladder: built.ladder, rungs: built.rungs, press: settings.press, sealed, earlier }
  return { read, inputs, diagnostics }
}
