import { toolVersion } from '../load/own-files.ts'
import {
  manifestBytes,
  manifestPath,
  readManifest,
  sha256,
  unchangedArtifacts,
  type Artifact,
  type Manifest,
} from '../publish/manifest.ts'
import { addCharacters, charactersOf } from '../render/characters.ts'
import { hashOf } from '../text/hash.ts'
import { copyShopNote } from '../render/documents/copy-shop.ts'
import { indexDocument, type IndexedFile } from '../render/documents/index-page.ts'
import { fontStack } from '../render/font-order.ts'
import { facesFor, fontRules } from '../render/fonts.ts'
import { assembleHtml, sheetPolicy } from '../render/html.ts'
import { schemaErrors } from '../validate/validator.ts'
import type { JsonValue } from '../yaml/node.ts'
import { artifactsOf, baseName, plain, type MadeFile } from './artifacts.ts'
import type { Publication } from './build.ts'
import { ladderHash } from './editions.ts'
import { inInk, type Made } from './print.ts'

export interface BuildRecord {
  readonly files: readonly MadeFile[]
  readonly index?: { readonly path: string; readonly bytes: Buffer }
  readonly copyShopNotes: readonly { readonly path: string; readonly bytes: Buffer }[]
  readonly manifest: { readonly path: string; readonly bytes: Buffer }
  /** Every file of ours in the output folder afterwards, sorted. */
  readonly paths: readonly string[]
  /** Outputs of an earlier build that are no longer made. */
  readonly remove: readonly string[]
}

/** Says what was made from what, and decides what of the build before stays. */
export async function recordBuild({
  read,
  prepared,
  browser,
  folder,
  results,
  notes,
}: Publication): Promise<BuildRecord> {
  const { ladder, project, sealed } = read
  const { plan } = prepared
  const version = toolVersion()
  const edition = ladder.edition ?? null
  const made = results.flatMap((result) =>
    artifactsOf(result, plan.all, {
      edition,
      version,
      browser: browser?.version ?? null,
      black: prepared.black,
      source: prepared.sourceOf(result.document.job) ?? null,
      dpi: prepared.dpi,
    }),
  )

  const before = await readManifest(
    folder,
    (value) => schemaErrors('manifest', value as JsonValue).length === 0,
  )
  const others = (before?.artifacts ?? []).filter(
    ({ path }) => !made.some(({ artifact }) => artifact.path === path),
  )
  const unchanged = await unchangedArtifacts(folder, others)
  const failed = new Set(
    results.filter(({ files }) => Object.keys(files).length === 0).map(({ document }) => document.job.path),
  )
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
  const drawn = new Set(results.filter(({ files }) => files.png).map(({ document }) => document.job.path))
  const isRedrawn = (artifact: Artifact) => artifact.format === 'png' && drawn.has(documentOf(artifact))
  const goes = (artifact: Artifact) => isGone(artifact) || isRedrawn(artifact)
  const kept = unchanged.filter((artifact) => !goes(artifact))
  const remove = unchanged.filter(goes).map(({ path }) => path)

  const artifacts = [
    ...made.map(({ artifact }) => artifact),
    ...kept.filter(({ kind }) => !(plan.index && kind === 'index')),
  ]
  const all = [...notes, ...results.flatMap((result) => result.diagnostics)]
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
        warnings: all.filter(({ severity }) => severity === 'warning').length,
        notes: all.filter(({ severity }) => severity === 'note').length,
      })
    : undefined
  if (index) {
    artifacts.push(plainArtifact(index, { kind: 'index', format: 'html', edition }))
  }
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
    artifacts,
    diagnostics: plain(notes),
  }
  return {
    files: [...made.map(({ file }) => file), ...copyShopNotes.map(rowOf), ...(index ? [rowOf(index)] : [])],
    ...(index && { index: { path: index.path, bytes: index.bytes } }),
    copyShopNotes,
    manifest: { path: manifestPath, bytes: manifestBytes(manifest) },
    paths: [...artifacts.map(({ path }) => path), manifestPath].toSorted(),
    remove,
  }
}

/** The path of the document that a file is of, without extension. */
function documentOf({ path, page }: Pick<Artifact, 'path'> & { page?: number | undefined }): string {
  return path.replace(page === undefined ? /\.\w+$/ : /-(?:page-)*\d+\.\w+$/, '')
}

/** The index leads to what a build makes as a whole; packs are handed out by who asked for them. */
function isOnIndex({ pack, format }: Artifact): boolean {
  return pack === undefined && format !== 'png'
}

/** A file that is no document: what else a build writes. */
interface OtherFile {
  readonly path: string
  readonly bytes: Buffer
  readonly input: string
}

function rowOf({ path, bytes }: OtherFile): MadeFile {
  return { path, sheet: null, pages: null, size: null, bytes: bytes.length, milliseconds: 0 }
}

function plainArtifact(
  { path, bytes, input }: OtherFile,
  is: Pick<Artifact, 'kind' | 'format' | 'edition'>,
): Artifact {
  return {
    ...is,
    path,
    subjects: { tracks: [], levels: [] },
    largePrint: false,
    sheet: null,
    pages: null,
    pagePoints: null,
    fit: null,
    input,
    sha256: sha256(bytes),
    bytes: bytes.length,
    diagnostics: [],
  }
}

/** The note that goes to a copy shop with the posters of this build, and one for those of each pack. */
function copyShopFiles(
  { context, black }: Publication['prepared'],
  results: readonly Made[],
): (OtherFile & { readonly pack: string | undefined })[] {
  const posters = results.flatMap(({ document: { job }, set, files }) =>
    job.kind === 'poster' && !job.assembly && files.pdf && set
      ? [{ path: `${job.path}.pdf`, sheet: set.sheet, trim: job.trim, pack: job.pack }]
      : [],
  )
  return [...new Set(posters.map(({ pack }) => pack))].map((pack) => {
    const own = posters.filter((poster) => poster.pack === pack)
    const text = copyShopNote(context, own, black)
    const path = pack === undefined ? 'copy-shop.txt' : `${pack}/copy-shop.txt`
    return { path, bytes: Buffer.from(text), input: hashOf(text), pack }
  })
}

async function indexFile(
  prepared: Publication['prepared'],
  artifacts: readonly IndexedFile[],
  origin: Parameters<typeof indexDocument>[3],
): Promise<OtherFile> {
  const { engine, context, fonts, readFonts } = prepared
  const { draft, view } = indexDocument(engine, context, artifacts, origin)
  const characters = charactersOf(view)
  addCharacters(characters, charactersOf('·0123456789'))
  const { faces } = facesFor(fonts, characters)
  const rules = fontRules(faces, await readFonts(faces))
  // The pictures are the sheets themselves, in frames that may do nothing.
  const policy = `${sheetPolicy}; frame-src 'self' file:`
  const bytes = Buffer.from(assembleHtml(inInk(prepared, draft), rules, fontStack(fonts), policy))
  return { path: 'index.html', bytes, input: hashOf({ view, origin }) }
}
