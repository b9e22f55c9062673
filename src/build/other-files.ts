import type { Artifact } from '../publish/manifest.ts'
import { addCharacters, charactersOf } from '../render/characters.ts'
import { copyShopNote } from '../render/documents/copy-shop.ts'
import type { IndexedFile } from '../render/documents/index-entries.ts'
import { indexDocument, type EarlierEdition, type IndexOrigin } from '../render/documents/index-page.ts'
import { fontStack } from '../render/font-order.ts'
import { facesFor, fontRules } from '../render/fonts.ts'
import { assembleHtml } from '../render/html.ts'
import { sha256 } from '../text/hash.ts'
import { hashOf } from '../text/hash.ts'
import type { MadeFile, Noted } from './artifacts.ts'
import { inInk } from './html.ts'
import type { Prepared } from './prepare.ts'

/** A file that is no document: what else a build writes. */
export interface OtherFile {
  readonly path: string
  readonly bytes: Buffer
  readonly input: string
}

/** How the closing table shows it. */
export function rowOf({ path, bytes }: OtherFile): MadeFile {
  return { path, sheet: null, pages: null, size: null, bytes: bytes.length, milliseconds: 0 }
}

/** What the manifest tells of it. */
export function plainArtifact(
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
export function copyShopFiles(
  { context, black }: Prepared,
  results: readonly Noted[],
): (OtherFile & { readonly pack: string | undefined })[] {
  const posters = results.flatMap(({ document: { job }, set, entries, kept }) => {
    const path = `${job.path}.pdf`
    const before = kept?.find((artifact) => artifact.path === path)
    const sheet = set?.sheet ?? before?.sheet
    const isMade = before !== undefined || entries.some(({ artifact }) => artifact.path === path)
    return job.kind === 'poster' && !job.assembly && isMade && sheet
      ? [{ path, sheet, trim: job.trim, pack: job.pack }]
      : []
  })
  return [...new Set(posters.map(({ pack }) => pack))].map((pack) => {
    const own = posters.filter((poster) => poster.pack === pack)
    const text = copyShopNote(context, own, black)
    const path = pack === undefined ? 'copy-shop.txt' : `${pack}/copy-shop.txt`
    return { path, bytes: Buffer.from(text), input: hashOf(text), pack }
  })
}

/**
 * The page that leads to all documents.
 *
 * @param artifacts what it leads to, made now or before
 * @param earlier editions, newest first
 */
export async function indexFile(
  prepared: Prepared,
  artifacts: readonly IndexedFile[],
  earlier: readonly EarlierEdition[],
  origin: IndexOrigin,
): Promise<OtherFile> {
  const { engine, context, fonts, readFonts } = prepared
  const { markup, view } = indexDocument(engine, context, artifacts, earlier, origin)
  const characters = charactersOf(view)
  addCharacters(characters, charactersOf('·0123456789'))
  const { faces } = facesFor(fonts, characters)
  const rules = fontRules(faces, await readFonts(faces))
  const bytes = Buffer.from(assembleHtml(inInk(prepared, markup), rules, fontStack(fonts)))
  return { path: 'index.html', bytes, input: hashOf({ view, origin }) }
}
