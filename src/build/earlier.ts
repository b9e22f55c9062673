import { resolve } from 'node:path'

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { hashInputs } from '../load/inputs.ts'
import { pathFromLadder } from '../load/project.ts'
import { formatsOf, type Job } from '../plan/job.ts'
import type { Format } from '../plan/kinds.ts'
import { readManifest, unchangedArtifacts, type Artifact, type BuildTrace } from '../publish/manifest.ts'
import { isManifest } from '../validate/validator.ts'
import { documentOf, pictureInput } from './artifacts.ts'
import type { ReadLadder } from './read.ts'
import { onceEach, placesOf, withSources } from './unchanged.ts'

/** A document that an earlier build made and this one would make again. */
export interface KeptDocument {
  readonly artifacts: readonly Artifact[]
  readonly diagnostics: readonly Diagnostic[]
}

/** What an earlier build left behind that is whole and known. */
export interface Earlier {
  /** Hashes of documents that are fitted together. */
  readonly groups: BuildTrace['groups']
  /**
   * The files of a document, if all of them are there and unchanged.
   *
   * @param dpi of pictures
   * @param input of which they must have been made; undefined where that is known otherwise
   */
  kept(job: Job, formats: readonly Format[], dpi: number, input?: string): KeptDocument | undefined
}

/** Looks at what an earlier build left in the output folder, and reads it back byte by byte. */
export async function readEarlier(
  folder: string,
  { project }: ReadLadder,
  cwd: string,
): Promise<Earlier | undefined> {
  const manifest = await readManifest(folder, isManifest)
  const { build } = manifest ?? {}
  if (!manifest || !build) return undefined
  const folderOfLadder = project.ladderFolder.named
  const files = project.read.map((path) => pathFromLadder(project, path))
  const now = new Map(hashInputs(folderOfLadder, files).map(({ path, sha256 }) => [path, sha256]))
  const areSame = build.inputs.every(({ path, sha256 }) => !now.has(path) || now.get(path) === sha256)
  const whole = new Set(await unchangedArtifacts(folder, manifest.artifacts))
  const sources = new Map(
    project.sources.map((source) => [pathFromLadder(project, resolve(cwd, source.path)), source]),
  )
  const isKnown = ({ diagnostics }: Artifact) => placesOf(diagnostics).every(({ file }) => sources.has(file))
  const told = new Map(
    [...whole].map(({ path, diagnostics }) => [path, withSources(onceEach(diagnostics), sources)] as const),
  )
  return {
    groups: build.groups,
    kept(job, formats, dpi, input) {
      const wanted = formatsOf(job, formats)
      const listed = manifest.artifacts.filter(
        (artifact) =>
          documentOf(artifact) === job.path &&
          artifact.pack === job.pack &&
          wanted.some((format) => format === artifact.format),
      )
      const artifacts = listed.filter((artifact) => whole.has(artifact))
      const isThere = wanted.every((format) => artifacts.some((artifact) => artifact.format === format))
      if (artifacts.length < listed.length || !isThere || artifacts.length === 0) return undefined
      const inputOf = ({ format }: Artifact) =>
        format === 'png' && input !== undefined ? pictureInput(input, dpi) : input
      if (input !== undefined && artifacts.some((artifact) => artifact.input !== inputOf(artifact)))
        return undefined
      // A diagnostic that names a file outside the project is not from a build of it.
      if (!artifacts.every(isKnown)) return undefined
      // Where lines have moved, what was said of a line has to be found anew.
      if (!areSame && artifacts.some(({ diagnostics }) => diagnostics.some(({ at }) => at))) return undefined
      return { artifacts, diagnostics: told.get(artifacts[0]?.path ?? '') ?? [] }
    },
  }
}
