import { lstat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { lookAtPdf, type PdfAbout, type SeenPdf } from '../finish/about.ts'
import { readBytes } from '../load/files.ts'
import { failed } from '../load/loaded.ts'
import { shownPath } from '../load/paths.ts'
import { manifestPath, parseManifest, type Artifact, type Manifest } from '../publish/manifest.ts'
import { sha256 } from '../text/hash.ts'
import { isManifest } from '../validate/validator.ts'

/** Which PDFs are compared, and with what. */
export interface VerifyRequest {
  /** The current folder. Paths are resolved against it and shown relative to it. */
  readonly cwd: string
  readonly files: readonly string[]
  /** Without it, manifest.json is looked for beside each file and in the three folders above. */
  readonly manifest?: string
}

/** How a file stands to its manifest, or why it cannot be compared with one. */
export type VerifyResult =
  | 'unchanged'
  | 'changed'
  | 'not-listed'
  /** There is no manifest. */
  | 'not-compared'
  | 'not-ours'
  | 'damaged'
  | 'not-a-pdf'
  | 'unreadable'

/** What is known of a PDF. */
export interface Verified {
  /** As people are shown it. */
  readonly file: string
  readonly result: VerifyResult
  /** What it says of itself; null where it is none of ours. */
  readonly about: PdfAbout | null
  /** Ids of the tracks and levels that it is about; null where no manifest says that it is as it was made. */
  readonly subjects: Artifact['subjects'] | null
  readonly sha256: string | null
  /** The manifest it was compared with. */
  readonly manifest: string | null
}

/** Far more than any sheet has. */
const mostBytes = 256 * 1024 * 1024
const mostManifestBytes = 64 * 1024 * 1024

/** A manifest and where it stands. */
interface FoundManifest {
  readonly manifest: Manifest
  readonly folder: string
  readonly shown: string
}

/** Says of PDFs what they are, and whether they are as they were made. Needs no browser, and never throws for a file. */
export async function verifyPdfs(
  request: VerifyRequest,
): Promise<{ files: readonly Verified[]; diagnostics: readonly Diagnostic[] }> {
  const { cwd } = request
  const named = request.manifest === undefined ? undefined : await namedManifest(cwd, request.manifest)
  if (named && 'diagnostics' in named) return { files: [], diagnostics: named.diagnostics }
  const files: Verified[] = []
  const diagnostics: Diagnostic[] = []
  for (const file of request.files) {
    const path = resolve(cwd, file)
    const shown = shownPath(cwd, path)
    const loaded = await readBytes(path, shown, mostBytes)
    if (failed(loaded)) {
      diagnostics.push(...loaded.diagnostics)
      files.push({
        file: shown,
        result: 'unreadable',
        about: null,
        subjects: null,
        sha256: null,
        manifest: null,
      })
      continue
    }
    const found = named ?? (await manifestNear(cwd, path))
    const seen = await lookAtPdf(loaded.value)
    const hash = sha256(loaded.value)
    const { result, subjects = null, diagnostic } = judge({ path, shown, hash, seen }, found)
    if (diagnostic) diagnostics.push(diagnostic)
    files.push({
      file: shown,
      result,
      about: seen.kind === 'ours' ? seen.about : null,
      subjects,
      sha256: hash,
      manifest: found?.shown ?? null,
    })
  }
  return { files, diagnostics }
}

async function namedManifest(
  cwd: string,
  file: string,
): Promise<FoundManifest | { readonly diagnostics: readonly Diagnostic[] }> {
  const path = resolve(cwd, file)
  const shown = shownPath(cwd, path)
  const loaded = await readBytes(path, shown, mostManifestBytes)
  if (failed(loaded)) return loaded
  const manifest = manifestIn(loaded.value)
  if (manifest) return { manifest, folder: dirname(path), shown }
  return { diagnostics: [diagnose('verify/not-a-manifest', `${shown} is not a manifest of Ladderpress`)] }
}

/**
 * Sheets lie in the output folder, or up to three folders deep in it, as names of packs may say. Somebody else’s
 * manifest.json is passed over.
 */
async function manifestNear(cwd: string, file: string): Promise<FoundManifest | undefined> {
  let folder = dirname(file)
  for (let up = 0; up <= 3; up += 1, folder = dirname(folder)) {
    const path = join(folder, manifestPath)
    if (!(await lstat(path).catch(() => undefined))?.isFile()) continue
    const shown = shownPath(cwd, path)
    const loaded = await readBytes(path, shown, mostManifestBytes)
    const manifest = failed(loaded) ? undefined : manifestIn(loaded.value)
    if (manifest) return { manifest, folder, shown }
  }
  return undefined
}

function manifestIn(bytes: Buffer): Manifest | undefined {
  return parseManifest(bytes.toString(), isManifest)
}

interface Judged {
  readonly path: string
  readonly shown: string
  readonly hash: string
  readonly seen: SeenPdf
}

function judge(
  file: Judged,
  found: FoundManifest | undefined,
): { result: VerifyResult; subjects?: Artifact['subjects']; diagnostic?: Diagnostic } {
  const { shown, hash, seen } = file
  const artifacts = (found?.manifest.artifacts ?? []).filter(({ format }) => format === 'pdf')
  const listed = artifacts.find((artifact) => artifact.sha256 === hash)
  const own = found && artifacts.find(({ path }) => path === wayFrom(found, file))
  if (listed && own && own.sha256 !== hash) {
    const message = `${shown} is not the sheet that was made there: ${listed.path} was put in its place`
    return { result: 'changed', diagnostic: diagnose('verify/changed', message, { hint: hintToChanged }) }
  }
  if (listed) return { result: 'unchanged', subjects: listed.subjects }
  if (seen.kind === 'damaged') {
    return { result: 'damaged', diagnostic: diagnose('verify/damaged', `${shown} is damaged: ${seen.what}`) }
  }
  const same = found && artifactAt(file, found, artifacts)
  if (same) return { result: 'changed', diagnostic: explainChanged(file, found, same) }
  if (seen.kind === 'not-a-pdf') {
    return { result: 'not-a-pdf', diagnostic: diagnose('verify/not-a-pdf', `${shown} is not a PDF`) }
  }
  if (seen.kind === 'not-ours') {
    const message = `${shown} was not made by Ladderpress: ${seen.what}`
    return { result: 'not-ours', diagnostic: diagnose('verify/not-ours', message) }
  }
  if (seen.kind === 'ours' && seen.isSavedAnew) {
    const message = `${shown} was saved anew by another program since it was made`
    return { result: 'changed', diagnostic: diagnose('verify/changed', message, { hint: hintToChanged }) }
  }
  if (found) {
    const message = `${shown} is not in ${found.shown}, so it is from another build`
    const hint = 'Name the manifest of that build with --manifest'
    return { result: 'not-listed', diagnostic: diagnose('verify/not-listed', message, { hint }) }
  }
  const message = `There is no manifest to compare ${shown} with`
  const hint = 'Name the manifest.json of the build it is from with --manifest'
  return { result: 'not-compared', diagnostic: diagnose('verify/no-manifest', message, { hint }) }
}

/** What the manifest has in the file’s place, or else under its stamp: people send files under other names. */
function artifactAt(
  file: Judged,
  found: FoundManifest,
  artifacts: readonly Artifact[],
): Artifact | undefined {
  const { seen } = file
  const way = wayFrom(found, file)
  const stamp = seen.kind === 'ours' ? seen.about.stamp : undefined
  return (
    artifacts.find((artifact) => artifact.path === way) ??
    artifacts.find((artifact) => stamp !== undefined && artifact.stamp === stamp)
  )
}

/** The path of a file as its manifest would have it. */
function wayFrom({ folder }: FoundManifest, { path }: Judged): string {
  return relative(folder, path).split(sep).join('/')
}

function explainChanged({ path, shown, seen }: Judged, found: FoundManifest, artifact: Artifact): Diagnostic {
  const isAtPlace = resolve(found.folder, artifact.path) === path
  const isPrint = seen.kind === 'ours' && seen.about.stamp !== artifact.stamp
  const isSavedAnew = seen.kind === 'ours' && seen.isSavedAnew
  const message = isPrint
    ? `${shown} is not the print in ${found.shown}: it says something else`
    : isAtPlace
      ? `${shown} was ${isSavedAnew ? 'saved anew by another program' : 'changed'} since it was made`
      : `${shown} is not the file ${artifact.path} that was made: ${isSavedAnew ? 'another program saved it anew' : 'it was changed since, or printed elsewhere'}`
  return diagnose('verify/changed', message, { hint: hintToChanged })
}

const hintToChanged = 'Take it anew from where it was published, or print it again'
