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
  unchangedArtifacts,
  type Artifact,
  type BuildTrace,
  type Manifest,
} from '../publish/manifest.ts'
import type { Output } from '../publish/output.ts'
import { sha256 } from '../text/hash.ts'
import { isManifest } from '../validate/validator.ts'
import { baseName, documentOf, plainDiagnostics, type MadeFile, type Noted } from './artifacts.ts'
import { ladderHash } from './editions.ts'
import { gathered, type Said } from './gathered.ts'
import type { BuildOptions } from './options.ts'
import { copyShopFiles, indexFile, plainArtifact, rowOf, type OtherFile } from './other-files.ts'
import type { Prepared } from './prepare.ts'
import type { ReadLadder } from './read.ts'
import { keyOf, onceEach } from './unchanged.ts'

/** Files that were to be left as they are, and have changed while the others were made. */
export class Overtaken extends Error {}

/** A build whose documents are made: what goes into its folder, and what it was made from. */
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

/** What is to be written, and what stays or goes. */
export interface BuildRecord {
  /** What is new, documents and others. */
  readonly files: readonly MadeFile[]
  /** Files beside the documents, which are still to be written. */
  readonly others: readonly { readonly path: string; readonly bytes: Buffer }[]
  /** How many files did not have to be made again. */
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
  const { options, read, prepared, folder, results, notes } = publication
  const { ladder, project, sealed } = read
  const { plan } = prepared
  const version = toolVersion()
  const edition = ladder.edition ?? null
  const made = results.flatMap(({ entries }) => entries.map(({ artifact }) => artifact))
  const still = results.flatMap(({ kept = [] }) => kept)
  // Another build may have put its own files there since.
  if ((await unchangedArtifacts(folder, still)).length < still.length) throw new Overtaken()
  const before = await readManifest(folder, isManifest)
  const leftovers = await settleLeftovers(publication, before, made, still)

  const copyShopNotes = copyShopFiles(prepared, results)
  const renewed = new Set(copyShopNotes.map(({ path }) => path))
  const listed = [
    ...made,
    ...still,
    ...leftovers.kept.filter(({ kind }) => !(plan.index && kind === 'index')),
  ]
  // A build that asked no browser leaves what one has made.
  const printed = listed.some(({ fit }) => Boolean(fit))
  const browser = publication.browser ?? (printed ? (before?.browser ?? null) : null)
  const artifacts = inOrder(plan, listed).filter(({ path }) => !renewed.has(path))
  for (const note of copyShopNotes) {
    const is = { kind: 'copy-shop', format: 'txt', edition } as const
    artifacts.push({ ...plainArtifact(note, is), ...(note.pack !== undefined && { pack: note.pack }) })
  }
  const hash = ladderHash(ladder)
  const index = plan.index
    ? await indexFile(prepared, artifacts.filter(isOnIndex), read.earlier, {
        source: baseName(project.ladder.source.path),
        hash,
        tool: `Ladderpress ${version}`,
        browser: browser?.version ?? null,
        ...countRemarks(publication, leftovers.kept),
      })
    : undefined
  if (index) artifacts.push(plainArtifact(index, { kind: 'index', format: 'html', edition }))

  const beside = [...copyShopNotes, ...(index ? [index] : [])]
  const written = beside.filter((file) => !isThere(file, leftovers.unchanged))
  if (options.force !== true) await refuseOthers(publication, made, written)
  const own = new Set([...made, ...still, ...beside].map(({ path }) => path))
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
    diagnostics: plainDiagnostics(project, options.cwd)(notes),
  }
  return {
    files: [...results.flatMap(({ entries }) => entries.map(({ file }) => file)), ...written.map(rowOf)],
    others: written,
    unchanged: still.length + beside.length - written.length,
    manifest: { path: manifestPath, bytes: manifestBytes(manifest) },
    paths: [...artifacts.map(({ path }) => path), manifestPath].toSorted(),
    remove: leftovers.remove,
  }
}

/** What an earlier build made, this one does not make, and nobody has changed since. */
interface Leftovers {
  readonly unchanged: readonly Artifact[]
  /** Of these, what stays. */
  readonly kept: readonly Artifact[]
  /** Paths of the others. */
  readonly remove: readonly string[]
}

/**
 * @param made now
 * @param still as an earlier build made it, and as this one would
 */
async function settleLeftovers(
  { folder, read: { ladder }, prepared: { plan }, results }: Publication,
  before: Manifest | undefined,
  made: readonly Artifact[],
  still: readonly Artifact[],
): Promise<Leftovers> {
  const current = new Set([...made, ...still].map(({ path }) => path))
  const earlier = (before?.artifacts ?? []).filter(({ path }) => !current.has(path))
  const unchanged = await unchangedArtifacts(folder, earlier)
  const failed = failedPaths(results)
  const planned = new Set(plan.all.map(({ path }) => path))
  const isGone = (artifact: Artifact) =>
    (artifact.pack === undefined
      ? // Pictures are made by builds of their own, so one that makes none leaves those of its documents alone.
        plan.full &&
        (artifact.format !== 'png' || plan.formats.includes('png') || !planned.has(documentOf(artifact)))
      : plan.fullPacks.includes(artifact.pack)) &&
    // Written anew by each whole build that has something to say in it.
    artifact.kind !== 'index' &&
    artifact.kind !== 'copy-shop' &&
    artifact.edition === (ladder.edition ?? null) &&
    // A document that failed keeps its previous files.
    !failed.has(documentOf(artifact))
  // Pictures of a document that has fewer sheets than before, or more than one.
  const drawn = new Set(made.filter(({ format }) => format === 'png').map(documentOf))
  const isRedrawn = (artifact: Artifact) => artifact.format === 'png' && drawn.has(documentOf(artifact))
  const goes = (artifact: Artifact) => isGone(artifact) || isRedrawn(artifact)
  return {
    unchanged,
    kept: unchanged.filter((artifact) => !goes(artifact)),
    remove: unchanged.filter(goes).map(({ path }) => path),
  }
}

/** Paths of documents of which nothing could be made. */
function failedPaths(results: readonly Noted[]): ReadonlySet<string> {
  return new Set(results.filter(({ isEmpty }) => isEmpty).map(({ document }) => document.job.path))
}

/** What the index counts: what was said by this build, and of documents that it left alone when they were made. */
function countRemarks(
  { results, notes }: Publication,
  kept: readonly Artifact[],
): { errors: number; warnings: number; notes: number } {
  const failed = failedPaths(results)
  const others = kept.filter((artifact) => isOnIndex(artifact) && !failed.has(documentOf(artifact)))
  const all = gathered<Said>([
    ...notes,
    ...results.flatMap((result) => result.diagnostics),
    ...onceEach(others.flatMap(({ diagnostics }) => diagnostics)),
  ])
  const countOf = (severity: Severity) => all.filter((diagnostic) => diagnostic.severity === severity).length
  return { errors: countOf('error'), warnings: countOf('warning'), notes: countOf('note') }
}

/** Whether a file stands in the folder as it would be written. */
function isThere({ path, bytes }: OtherFile, unchanged: readonly Artifact[]): boolean {
  return unchanged.some((artifact) => artifact.path === path && artifact.sha256 === sha256(bytes))
}

/** @throws PublishError where files would be replaced that are not ours */
async function refuseOthers(
  { options, folder }: Publication,
  made: readonly Artifact[],
  written: readonly OtherFile[],
): Promise<void> {
  const others = written.map(({ path, bytes }) => ({ path, sha256: sha256(bytes) }))
  const placed = [...made, ...others, { path: manifestPath }]
  await refuseForeign(folder, shownPath(options.cwd, folder), await listedPaths(folder), placed)
}

/** As the plan has them, whichever were made now and whichever before; what it does not know comes last. */
function inOrder({ all }: Plan, artifacts: readonly Artifact[]): Artifact[] {
  const order = new Map(all.map(({ path }, index) => [path, index]))
  const rank = (artifact: Artifact) => order.get(documentOf(artifact)) ?? all.length
  return artifacts.toSorted((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))
}

/** What the next build needs to know that nothing has changed. */
async function traceOf(
  { options, identity, isSound, read: { project }, prepared }: Publication,
  others: readonly Artifact[],
  before: BuildTrace['groups'],
): Promise<BuildTrace | null> {
  if (identity === undefined) return null
  const paths = [...project.read, ...prepared.read].map((path) => pathFromLadder(project, path))
  // If this build left some files of a group alone, the group's hash holds only if it was the same before.
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
