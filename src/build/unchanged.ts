import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, resolve, sep } from 'node:path'

import { exitCode, inReadingOrder, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { PlainDiagnostic, PlainPlace } from '../diagnostics/machine.ts'
import { readSource } from '../load/files.ts'
import { hashInputs } from '../load/inputs.ts'
import { isInside } from '../load/inside.ts'
import { failed } from '../load/loaded.ts'
import { findLadder, shownPath } from '../load/paths.ts'
import { readManifest, unchangedArtifacts } from '../publish/manifest.ts'
import { sweepStaging } from '../publish/staging.ts'
import { hashOf } from '../text/hash.ts'
import { offsetAt, type Location, type Source } from '../text/source.ts'
import { gathered } from './gathered.ts'
import { identityOf } from './identity.ts'
import type { BuildOptions, BuildResult } from './options.ts'

/** Hash of everything that was asked of a build, except where its files go and what makes it fail. */
export function keyOf({ selection, press, env }: BuildOptions, ladder: string, identity: string): string {
  return hashOf({
    selection,
    ladder: basename(ladder),
    press: press ?? null,
    date: env['SOURCE_DATE_EPOCH'] ?? null,
    identity,
  })
}

/**
 * Whether a build would make what is there already: by the hashes of all that it would read, of all that it would write,
 * and of what it is made with. Reads nothing else, starts no browser, and writes nothing; but what a killed build left
 * behind goes.
 *
 * @returns what the earlier build reported, or undefined where something has changed or cannot be told
 */
export async function unchangedBuild(options: BuildOptions): Promise<BuildResult | undefined> {
  const { cwd } = options
  const { publish, fitReport, force, zip } = options
  // Hashes do not show whether these have been done.
  if (publish === false || fitReport === true || force === true || zip === true) return undefined
  const folder = resolve(cwd, options.out ?? 'out')
  const manifest = await readManifest(folder)
  const { build } = manifest ?? {}
  if (!manifest || !build) return undefined
  const path = options.ladder === undefined ? await findLadder(cwd) : resolve(cwd, options.ladder)
  if (path === undefined) return undefined
  const ladderFolder = dirname(path)
  const roots = foldersOf(path, options)
  if (!build.inputs.every((input) => isInput(resolve(ladderFolder, input.path), roots))) return undefined
  const now = hashInputs(
    ladderFolder,
    build.inputs.map((input) => input.path),
  )
  const before = new Map(build.inputs.map((input) => [input.path, input.sha256]))
  if (now.length !== before.size || now.some((input) => before.get(input.path) !== input.sha256))
    return undefined
  const identity = await identityOf(options)
  if (identity === undefined || keyOf(options, path, identity) !== build.key) return undefined
  const whole = await unchangedArtifacts(folder, manifest.artifacts)
  if (whole.length !== manifest.artifacts.length) return undefined

  // Files that this build would not make, such as those of packs, do not matter to it.
  const others = new Set(build.others)
  const own = manifest.artifacts.filter((artifact) => !others.has(artifact.path))
  const told = [...manifest.diagnostics, ...own.flatMap(({ diagnostics }) => diagnostics)]
  // Nothing is shown of a file that this build would not read, whatever the manifest says: the file is not even looked
  // at.
  const places = placesOf(told)
  if (!places.every(({ file }) => before.has(file))) return undefined
  const sources = await readSources(
    places.map(({ file }) => file),
    ladderFolder,
    cwd,
  )
  const diagnostics = withSources(onceEach(told), sources)
  await sweepStaging(folder)
  return {
    diagnostics: inReadingOrder(gathered(diagnostics)),
    exitCode: exitCode(diagnostics, options),
    files: [],
    index: own.some(({ kind }) => kind === 'index'),
    unchanged: own.length,
    fit: [],
    out: shownPath(cwd, folder),
  }
}

/** Formats of one document repeat what was found in it. */
export function onceEach(diagnostics: readonly PlainDiagnostic[]): PlainDiagnostic[] {
  return [...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()]
}

/** The folders that a build of a ladder reads: the ladder's and that of its press settings, as named and as they are. */
function foldersOf(ladder: string, { cwd, press }: Pick<BuildOptions, 'cwd' | 'press'>): string[] {
  const named = [ladder, ...(press === undefined ? [] : [resolve(cwd, press)])].map((path) => dirname(path))
  return named.flatMap((folder) => [folder, existsSync(folder) ? realpathSync(folder) : folder])
}

/** Whether a build may read a file: those of the project, and font packages, which may be installed above it. */
function isInput(path: string, roots: readonly string[]): boolean {
  if (roots.some((root) => isInside(root, path))) return true
  const above = /^(.*)[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+[\\/]package\.json$/.exec(path)?.[1]
  if (above === undefined) return false
  const folder = above === '' ? sep : above
  return roots.some((root) => root === folder || isInside(folder, root))
}

/** All places that diagnostics name. */
export function placesOf(diagnostics: readonly PlainDiagnostic[]): PlainPlace[] {
  return diagnostics.flatMap(({ at, related = [] }) => [
    ...(at ? [at] : []),
    ...related.map((other) => other.at),
  ])
}

async function readSources(
  files: readonly string[],
  folder: string,
  cwd: string,
): Promise<ReadonlyMap<string, Source>> {
  const sources = new Map<string, Source>()
  for (const file of new Set(files)) {
    const path = resolve(folder, file)
    const read = await readSource(path, shownPath(cwd, path))
    if (!failed(read)) sources.set(file, read.value)
  }
  return sources
}

/**
 * Diagnostics of an earlier build with the texts that they are about, for their frames.
 *
 * @param sources by the names that their places have for them
 */
export function withSources(
  diagnostics: readonly PlainDiagnostic[],
  sources: ReadonlyMap<string, Source>,
): Diagnostic[] {
  const placed = (at: PlainPlace | undefined): { at?: Location } => {
    const source = at && sources.get(at.file)
    return source
      ? { at: { source, span: { start: offsetAt(source, at.start), end: offsetAt(source, at.end) } } }
      : {}
  }
  return diagnostics.map(({ at, related, ...rest }) => ({
    ...(rest as Omit<Diagnostic, 'at' | 'related'>),
    ...placed(at),
    ...(related && {
      related: related.flatMap((other) => {
        const place = placed(other.at).at
        return place ? [{ message: other.message, at: place }] : []
      }),
    }),
  }))
}
