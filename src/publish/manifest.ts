import { lstat, readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'

import { isPlainDiagnostic, isRecord, type PlainDiagnostic } from '../diagnostics/machine.ts'
import type { Assembly } from '../plan/assembly.ts'
import type { Format, Kind } from '../plan/kinds.ts'
import type { Sheet } from '../plan/paper.ts'
import type { PosterGeometry } from '../render/documents/poster-geometry.ts'
import { sha256 } from '../text/hash.ts'

/** What a build made, from what. Its schema is schema/manifest.schema.json. */
export interface Manifest {
  readonly tool: { readonly name: 'ladderpress'; readonly version: string }
  readonly browser: { readonly version: string; readonly kind: string } | null
  readonly ladder: {
    readonly title: string
    readonly edition: string | null
    readonly effective: string | null
    readonly locale: string
    readonly hash: string
    /** null where the ladder seals no editions. */
    readonly sealed: boolean | null
  }
  /** What an unchanged build is recognized by; null if this one cannot be repeated. */
  readonly build: BuildTrace | null
  /** In the order of the documents of a whole build; those of others come last, sorted by path. */
  readonly artifacts: readonly Artifact[]
  readonly diagnostics: readonly PlainDiagnostic[]
}

/** What the last build was made from, as hashes. */
export interface BuildTrace {
  /** Of everything that was asked, the program and the browser; null where something went wrong. */
  readonly key: string | null
  /** Files that were read, and those that were looked for in vain. */
  readonly inputs: readonly { readonly path: string; readonly sha256: string | null }[]
  /** Of each group of documents that are fitted together: hashes of all that they say and are made with. */
  readonly groups: Readonly<Record<string, string>>
  /** Paths of artifacts that it was not asked for and left alone. */
  readonly others: readonly string[]
}

/** A file of the output, as manifest.json has it (schema/manifest.schema.json). */
export interface Artifact {
  readonly path: string
  readonly kind: Kind | 'copy-shop'
  readonly format: Format | 'txt'
  readonly subjects: { readonly tracks: readonly string[]; readonly levels: readonly string[] }
  readonly edition: string | null
  readonly largePrint: boolean
  /** The pack that it was made for, if any. */
  readonly pack?: string
  /** How its pages are laid on other sheets, where they are. */
  readonly assembly?: Assembly['by']
  readonly sheet: Sheet | null
  readonly pages: number | null
  /** Of a picture of one of several sheets: which, from 1. */
  readonly page?: number
  /** Of the paper, in pt. */
  readonly pagePoints: readonly [width: number, height: number] | null
  readonly fit: {
    readonly size: number
    readonly fill: number
    readonly remedies: readonly string[]
    readonly geometry?: PosterGeometry
  } | null
  readonly stamp?: string
  readonly input: string
  readonly sha256: string
  readonly bytes: number
  readonly diagnostics: readonly PlainDiagnostic[]
}

/** In the output folder. */
export const manifestPath = 'manifest.json'

/** The bytes of a manifest: indented, the same for the same build. */
export function manifestBytes(manifest: Manifest): Buffer {
  return Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`)
}

/** All our paths look like this; a manifest that was tampered with must not make us touch other files. */
const ownPath =
  /^[A-Za-z0-9]+([-_]+[A-Za-z0-9]+)*(\/[A-Za-z0-9]+([-_]+[A-Za-z0-9]+)*){0,3}\.(html|pdf|png|txt)$/

/**
 * The manifest of the build before, or undefined where there is none, it is damaged or somebody else's.
 *
 * @param isValid whether a value is a manifest by its schema; without it, only what is needed to repeat a build is
 *   looked at
 */
export async function readManifest(
  folder: string,
  isValid: (value: unknown) => boolean = () => true,
): Promise<Manifest | undefined> {
  try {
    return parseManifest(await textIn(folder), (value) => isLegible(value) && isValid(value))
  } catch {
    return undefined
  }
}

/**
 * The paths that a manifest of ours lists, and its own, even if it is of another version, and whatever else it says.
 * Only files at these paths are ours to replace.
 */
export async function listedPaths(folder: string): Promise<ReadonlySet<string>> {
  try {
    const value = JSON.parse(await textIn(folder)) as unknown
    if (!isRecord(value) || !isRecord(value['tool']) || value['tool']['name'] !== 'ladderpress')
      return new Set()
    const artifacts: readonly unknown[] = Array.isArray(value['artifacts']) ? value['artifacts'] : []
    const paths = artifacts.flatMap((artifact) => (isRecord(artifact) ? [artifact['path']] : []))
    return new Set([
      manifestPath,
      ...paths.filter((path) => typeof path === 'string' && ownPath.test(path)),
    ] as string[])
  } catch {
    return new Set()
  }
}

/** @throws where it is no ordinary file: behind a link it is somebody else's, and a pipe may never end */
async function textIn(folder: string): Promise<string> {
  const path = join(folder, manifestPath)
  if (!(await lstat(path)).isFile()) throw new Error(`${path} is not an ordinary file`)
  return await readFile(path, 'utf8')
}

/** The manifest in a text, or undefined where it is none. */
export function parseManifest(text: string, isValid: (value: unknown) => boolean): Manifest | undefined {
  try {
    const value = JSON.parse(text) as Manifest
    return isValid(value) && value.artifacts.every((artifact) => ownPath.test(artifact.path))
      ? value
      : undefined
  } catch {
    return undefined
  }
}

/**
 * Whether all that an unchanged build repeats is there and is what it should be. The schema says more, but loading it takes
 * longer than all else of such a build.
 */
function isLegible(value: unknown): boolean {
  return (
    isRecord(value) &&
    (value['build'] === null || isTrace(value['build'])) &&
    isListOf(value['artifacts'], isLegibleArtifact) &&
    isListOf(value['diagnostics'], isPlainDiagnostic)
  )
}

function isTrace(value: unknown): boolean {
  const isInput = (input: unknown) =>
    isRecord(input) &&
    typeof input['path'] === 'string' &&
    (input['sha256'] === null || typeof input['sha256'] === 'string')
  return (
    isRecord(value) &&
    (value['key'] === null || typeof value['key'] === 'string') &&
    isListOf(value['inputs'], isInput) &&
    isRecord(value['groups']) &&
    isListOf(value['others'], (path) => typeof path === 'string')
  )
}

function isLegibleArtifact(value: unknown): boolean {
  return (
    isRecord(value) &&
    ['path', 'kind', 'sha256'].every((name) => typeof value[name] === 'string') &&
    typeof value['bytes'] === 'number' &&
    isListOf(value['diagnostics'], isPlainDiagnostic)
  )
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem)
}

/** Those artifacts whose files are there and unchanged. */
export async function unchangedArtifacts(
  folder: string,
  artifacts: readonly Artifact[],
): Promise<Artifact[]> {
  const root = await realpath(folder).catch(() => folder)
  const checked = await Promise.all(
    artifacts.map(async (artifact) => {
      const path = join(folder, ...artifact.path.split('/'))
      const found = await lstat(path).catch(() => undefined)
      if (!found?.isFile() || found.size !== artifact.bytes) return undefined
      // Behind a link it is somebody else's file.
      if ((await realpath(path)) !== join(root, ...artifact.path.split('/'))) return undefined
      return sha256(await readFile(path)) === artifact.sha256 ? artifact : undefined
    }),
  )
  return checked.filter((artifact) => artifact !== undefined)
}
