import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Severity } from '../diagnostics/entry.ts'
import { hashInputs } from '../load/inputs.ts'
import { toolVersion } from '../load/own-files.ts'
import { shownPath } from '../load/paths.ts'
import { pathFromLadder } from '../load/project.ts'
import type { Plan } from '../plan/jobs.ts'
import { refuseForeign } from '../publish/foreign.ts'
import {
  listedPaths,
  manifestBytes,
  manifestPath,
  readManifest,
  sha256,
  unchangedArtifacts,
  type Artifact,
  type BuildTrace,
  type Manifest,
} from '../publish/manifest.ts'
import type { Output } from '../publish/output.ts'
import { schemaErrors } from '../validate/validator.ts'
import type { JsonValue } from '../yaml/node.ts'
import { baseName, documentOf, plainDiagnostics, type MadeFile, type Noted } from './artifacts.ts'
import { copyShopFiles, indexFile, plainArtifact, rowOf, type OtherFile } from './beside.ts'
import { ladderHash } from './editions.ts'
import { gathered, type Said } from './gathered.ts'
import type { BuildOptions } from './options.ts'
import type { Prepared } from './prepare.ts'
import type { ReadLadder } from './read.ts'
import { keyOf, onceEach } from './unchanged.ts'

/** Files that were to be left as they are, and have changed while the others were made. */
export class Overtaken extends Error {}

/** A build whose documents are made: what is to be put into its folder, and of what it was made. */
export interface Publication {
  readonly options: BuildOptions
  /** Of the program and the browser. */
  readonly identity: string | undefined
  /** Whether nothing went wrong that might go right another time. */
  readonly isSound: boolean
  readonly read: ReadLadder
  readonly prepared: Prepared
  readonly browser: Manifest['browser']
  readonly output: Output
  readonly folder: string
  readonly results: readonly Noted[]
  readonly notes: readonly Diagnostic[]
}

export interface BuildRecord {
  /** What is new, documents and others. */
  readonly files: readonly MadeFile[]
  /** Files beside the documents, which are still to be written. */
  readonly others: readonly { readonly path: string; readonly bytes: Buffer }[]
  /** How many files are there already as they would be made. */
  readonly unchanged: number
  readonly manifest: { readonly path: string; readonly bytes: Buffer }
  /** Every file of ours in the output folder afterwards, sorted. */
  readonly paths: readonly string[]
  /** Outputs of an earlier build that are no longer made. */
  readonly remove: readonly string[]
}

/**
 * Says what was made from what, and decides what of the build before stays.
 *
 * @throws PublishError where files would be replaced that are not ours
 */
export async function recordBuild(publication: Publication): Promise<BuildRecord> {
  const { options, read, prepared, browser, folder, results, notes } = publication
  const { ladder, project, sealed } = read
  const { plan } = prepared
  const version = toolVersion()
  const edition = ladder.edition ?? null
  const plain = plainDiagnostics(project, options.cwd)
  const made = results.flatMap(({ entries }) => entries)
  const still = results.flatMap(({ kept = [] }) => kept)
  // Another build may have put its own files there since.
  if ((await unchangedArtifacts(folder, still)).length < still.length) throw new Overtaken()

  const before = await readManifest(
    folder,
    (value) => schemaErrors('manifest', value as JsonValue).length === 0,
  )
  const current = new Set([...made.map(({ artifact }) => artifact), ...still].map(({ path }) => path))
  const earlier = (before?.artifacts ?? []).filter(({ path }) => !current.has(path))
  const unchanged = await unchangedArtifacts(folder, earlier)
  const failed = new Set(results.filter(({ isEmpty }) => isEmpty).map(({ document }) => document.job.path))
  const isGone = (artifact: Artifact) =>
    (artifact.pack === undefined
      ? plan.full && (artifact.format !== 'png' || plan.formats.includes('png'))
      : plan.fullPacks.includes(artifact.pack)) &&
    // Written anew by each whole build that has something to say in it.
    artifact.kind !== 'index' &&
    artifact.kind !== 'copy-shop' &&
    artifact.edition === edition &&
    // A document that failed keeps its previous files.
    !failed.has(documentOf(artifact))
  // Pictures of a document that has fewer sheets than before, or more than one.
  const pictures = made.filter(({ artifact }) => artifact.format === 'png')
  const drawn = new Set(pictures.map(({ artifact }) => documentOf(artifact)))
  const isRedrawn = (artifact: Artifact) => artifact.format === 'png' && drawn.has(documentOf(artifact))
  const goes = (artifact: Artifact) => isGone(artifact) || isRedrawn(artifact)
  const kept = unchanged.filter((artifact) => !goes(artifact))
  const remove = unchanged.filter(goes).map(({ path }) => path)

  const artifacts = inOrder(plan, [
    ...made.map(({ artifact }) => artifact),
    ...still,
    ...kept.filter(({ kind }) => !(plan.index && kind === 'index')),
  ])
  // Of documents that this build left alone, what was said when they were made.
  const others = kept.filter((artifact) => isOnIndex(artifact) && !failed.has(documentOf(artifact)))
  const all = gathered<Said>([
    ...notes,
    ...results.flatMap((result) => result.diagnostics),
    ...onceEach(others.flatMap(({ diagnostics }) => diagnostics)),
  ])
  const countOf = (severity: Severity) => all.filter((diagnostic) => diagnostic.severity === severity).length
  const hash = ladderHash(ladder)
  const copyShopNotes = copyShopFiles(prepared, results)
  for (const note of copyShopNotes) {
    artifacts.splice(0, artifacts.length, ...artifacts.filter(({ path }) => path !== note.path))
    const is = { kind: 'copy-shop', format: 'txt', edition } as const
    artifacts.push({ ...plainArtifact(note, is), ...(note.pack !== undefined && { pack: note.pack }) })
  }
  const index = plan.index
    ? await indexFile(prepared, artifacts.filter(isOnIndex), {
        source: baseName(project.ladder.source.path),
        hash,
        tool: `Ladderpress ${version}`,
        browser: browser?.version ?? null,
        errors: countOf('error'),
        warnings: countOf('warning'),
        notes: countOf('note'),
      })
    : undefined
  if (index) {
    artifacts.push(plainArtifact(index, { kind: 'index', format: 'html', edition }))
  }
  const isStill = ({ path, bytes }: OtherFile) =>
    unchanged.some((artifact) => artifact.path === path && artifact.sha256 === sha256(bytes))
  const beside = [...copyShopNotes, ...(index ? [index] : [])]
  const written = beside.filter((file) => !isStill(file))
  if (options.force !== true) {
    const listed = await listedPaths(folder)
    const besides = written.map(({ path, bytes }) => ({ path, sha256: sha256(bytes) }))
    const placed = [...made.map(({ artifact }) => artifact), ...besides, { path: manifestPath }]
    await refuseForeign(folder, shownPath(options.cwd, folder), listed, placed)
  }
  const own = new Set([...current, ...beside.map(({ path }) => path)])
  const manifest: Manifest = {
    tool: { name: 'ladderpress', version },
    browser,
    ladder: {
      title: ladder.title,
      edition,
      effective: ladder.effective ?? null,
      locale: ladder.locale,
      hash,
      sealed,
    },
    build: await traceOf(
      publication,
      artifacts.filter(({ path }) => !own.has(path)),
      before?.build?.groups ?? {},
    ),
    // Warnings are repeated in this order, and gathered by what comes first.
    artifacts: inOrder(plan, artifacts),
    diagnostics: plain(notes),
  }
  return {
    files: [...made.map(({ file }) => file), ...written.map(rowOf)],
    others: written,
    unchanged: still.length + beside.length - written.length,
    manifest: { path: manifestPath, bytes: manifestBytes(manifest) },
    paths: [...artifacts.map(({ path }) => path), manifestPath].toSorted(),
    remove,
  }
}

/** As the plan has them, whichever were made now and whichever before; what it does not know comes last. */
function inOrder({ all }: Plan, artifacts: readonly Artifact[]): Artifact[] {
  const order = new Map(all.map(({ path }, index) => [path, index]))
  const rank = (artifact: Artifact) => order.get(documentOf(artifact)) ?? all.length
  return artifacts.toSorted((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))
}

/** By what the next build knows that nothing has changed. */
async function traceOf(
  { options, identity, isSound, read: { project }, prepared }: Publication,
  others: readonly Artifact[],
  before: BuildTrace['groups'],
): Promise<BuildTrace | null> {
  if (identity === undefined) return null
  const paths = [...project.read, ...prepared.read].map((path) => pathFromLadder(project, path))
  // A group with files that this build left as they were is as it says only where it was so before.
  const left = new Set(others.map(documentOf))
  const groups = prepared.kinds.flatMap(({ name, key, jobs }) => {
    const isWhole = before[name] === key || !jobs.some(({ path }) => left.has(path))
    return key !== null && isWhole ? [[name, key] as const] : []
  })
  return {
    key: isSound ? keyOf(options, project.ladderPath, identity) : null,
    inputs: hashInputs(project.ladderFolder.named, paths),
    groups: Object.fromEntries(groups),
    others: others.map(({ path }) => path).toSorted(),
  }
}

/** The index leads to what a build makes as a whole; packs are handed out by who asked for them. */
function isOnIndex({ pack, format }: Artifact): boolean {
  return pack === undefined && format !== 'png'
}
