import type { PageContent } from '../browser/in-page.ts'
import type { LintLimits } from '../browser/lint.ts'
import type { PressPage } from '../browser/press.ts'
import { BrowserFailure, type Session } from '../browser/session.ts'
import { diagnose, hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { bookletSizes } from '../fit/booklet.ts'
import { pixel, UnmarkedPart } from '../fit/boxes.ts'
import { matrixSizes } from '../fit/matrix.ts'
import { nextStepSizes } from '../fit/next-step.ts'
import { largePrintSizes, onePagerSizes } from '../fit/one-pager.ts'
import { posterSizes } from '../fit/poster.ts'
import type { FontFace } from '../load/font-set.ts'
import { formatsOf, type Job } from '../plan/jobs.ts'
import type { Artifact } from '../publish/manifest.ts'
import type { Draft } from '../render/document.ts'
import { TemplateError } from '../render/engine.ts'
import { fontStack } from '../render/font-order.ts'
import { fontRules } from '../render/fonts.ts'
import { assembleHtml } from '../render/html.ts'
import { hashOf } from '../text/hash.ts'
import type { FittedDocument, SetDocument, Setting } from '../typeset/typesetter.ts'
import type { Earlier, KeptDocument } from './earlier.ts'
import { explainLint, explainSheets, explainTrim } from './explain-sheets.ts'
import { explainInput, explainTooHigh, missingGlyphs } from './explain.ts'
import { finishDocument, finishingOf } from './finishing.ts'
import { drawSheets } from './pictures.ts'
import type { Prepared, PreparedDocument, PreparedKind } from './prepare.ts'

/** The files of a document, by format; of pictures there is one for each sheet. */
export interface MadeBytes {
  readonly html?: Buffer
  readonly pdf?: Buffer
  readonly png?: readonly Buffer[]
}

/** A document that was made, or why it was not. */
export interface Made {
  readonly document: PreparedDocument
  /** null where nothing could be measured. */
  readonly set: Setting | null
  /** By format; empty where an error stopped the document. */
  readonly files: MadeBytes
  readonly diagnostics: readonly Diagnostic[]
  /** Hash of all that it was made of; null where it was not made, or that is not known. */
  readonly input: string | null
  /** Where an earlier build made the same: its files, which are left as they are. */
  readonly kept?: readonly Artifact[]
  /** From the first glance at it to the last byte. */
  readonly milliseconds: number
}

/**
 * fit ─► print ─► finish, kind by kind and document by document, in one page that is kept busy: while the browser
 * prints a document, the one before it is finished here.
 *
 * @param session null where there is no browser: then HTML is set without measuring
 * @param earlier what need not be made again
 * @param made receives each document when it is done
 * @param fitted receives the documents of a kind once their layout is settled, before the first of them is printed
 */
export async function makeDocuments(
  prepared: Prepared,
  session: Session | null,
  earlier: Earlier | undefined,
  made: (result: Made) => Promise<void>,
  fitted?: (documents: readonly SettledDocument[]) => void,
): Promise<void> {
  const { formats } = prepared.plan
  const keep = (document: PreparedDocument, set: Setting | null, { artifacts, diagnostics }: KeptDocument) =>
    made({ document, set, files: {}, diagnostics, input: null, kept: artifacts, milliseconds: 0 })
  let finishing: (() => Promise<void>) | undefined
  const finishLast = async () => {
    const finish = finishing
    finishing = undefined
    await finish?.()
  }
  await stopUnprintable(prepared, made)
  for (const kind of prepared.kinds) {
    const printable = kind.chosen.filter(({ missing }) => missing.length === 0)
    if (printable.length === 0) continue
    if (kind.key !== null && earlier?.groups[kind.name] === kind.key) {
      const kept = printable.map((document) => earlier.kept(document.job, formats, prepared.dpi))
      if (kept.every((one) => one !== undefined)) {
        for (const [index, one] of kept.entries()) await keep(printable[index] as PreparedDocument, null, one)
        continue
      }
    }
    const settled = session && (await fitKind(prepared, kind, session))
    fitted?.(printable.flatMap((document) => settledDocument(document, kind, settled)))
    for (const document of printable) {
      const started = performance.now()
      const done = (result: Omit<Made, 'document' | 'milliseconds' | 'input'> & { input?: string | null }) =>
        made({ input: null, ...result, document, milliseconds: performance.now() - started })
      const result = settled === null ? null : settled.get(document.job.id)
      if (result === undefined) throw new Error(`${document.job.id} was not fitted`)
      if (result !== null && 'diagnostics' in result) {
        await done({ set: null, files: {}, diagnostics: result.diagnostics })
        continue
      }
      if (result === null || session === null) {
        const draft = kind.typesetter.unfitted(document.job.id)
        await done({ set: null, files: await htmlOf(prepared, document, draft), diagnostics: [] })
        continue
      }
      const set: SetDocument = { ...result, draft: result.draw() }
      const input = inputOf(prepared, document, set)
      const same = input === null ? undefined : earlier?.kept(document.job, formats, prepared.dpi, input)
      if (same) {
        await keep(document, result, same)
        continue
      }
      const printed = await printDocument(prepared, session, document, set, finishLast)
      // Where nothing came to be printed, nothing was finished meanwhile.
      await finishLast()
      finishing = async () => {
        const finished = await finishDocument(prepared, document, set, printed)
        const files = hasErrors(finished.diagnostics)
          ? {}
          : { ...(await htmlOf(prepared, document, set.draft)), ...finished.files }
        await done({ set: result, files, diagnostics: finished.diagnostics, input })
      }
    }
  }
  await finishLast()
}

/** A document that can be drawn as it will be printed. */
export interface SettledDocument {
  readonly document: PreparedDocument
  readonly draw: () => Draft
  /** null where nothing could be measured. */
  readonly set: FittedDocument | null
}

function settledDocument(
  document: PreparedDocument,
  { typesetter }: PreparedKind,
  settled: ReadonlyMap<string, FitResult> | null,
): SettledDocument[] {
  const { id } = document.job
  if (settled === null) return [{ document, draw: () => typesetter.unfitted(id), set: null }]
  const set = settled.get(id)
  return set && !('diagnostics' in set) ? [{ document, draw: () => set.draw(), set }] : []
}

/** Documents with characters that no font has are stopped before anything is printed; what is missing is said once. */
async function stopUnprintable(
  { kinds, context }: Prepared,
  made: (result: Made) => Promise<void>,
): Promise<void> {
  const stopped = kinds.flatMap(({ chosen }) => chosen).filter(({ missing }) => missing.length > 0)
  const diagnostics = missingGlyphs(context.ladder, stopped)
  for (const [index, document] of stopped.entries()) {
    await made({
      document,
      set: null,
      files: {},
      diagnostics: index === 0 ? diagnostics : [],
      input: null,
      milliseconds: 0,
    })
  }
}

/** Hash of all that a document is made of, once its layout is settled. */
function inputOf(prepared: Prepared, { job, faces }: PreparedDocument, set: SetDocument): string | null {
  if (prepared.environment === null) return null
  const { draft, pages, sheet, composition, blanks, oneSided, remedies } = set
  return hashOf({
    environment: prepared.environment,
    job,
    draft: inInk(prepared, draft),
    faces: faces.map(({ family, weight, style, unicodeRange }) => [family, weight, style, unicodeRange]),
    set: {
      pages,
      sheet,
      composition: composition ?? null,
      blanks: blanks ?? null,
      oneSided: oneSided ?? null,
      remedies,
    },
    finishing: { ...finishingOf(prepared, job, set), attachment: prepared.sourceOf(job) ?? null },
  })
}

type FitResult = FittedDocument | { readonly diagnostics: readonly Diagnostic[] }

/** Lays out all documents of a kind and settles their common size. */
async function fitKind(
  prepared: Prepared,
  kind: PreparedKind,
  session: Session,
): Promise<ReadonlyMap<string, FitResult>> {
  const { ladder } = prepared.context
  try {
    const fitted = await session.withPage(async (page) => {
      await giveFonts(prepared, page, kind.faces)
      return kind.typesetter.fit({
        show: (id, draft) => page.show(pageContent(prepared, id, draft)),
        measure: (attributes) => page.measure(attributes),
        lines: () => page.lines(),
      })
    }, kind.typesetter.members.length)
    return new Map(
      kind.typesetter.members.map(({ job }): [string, FitResult] => {
        const result = fitted.get(job.id)
        if (!result) throw new Error(`${job.id} was not fitted`)
        return [
          job.id,
          'tooHigh' in result ? { diagnostics: [explainTooHigh(ladder, job, result.tooHigh)] } : result,
        ]
      }),
    )
  } catch (error) {
    const diagnostics = [explainThrown(kind.kind, error)]
    return new Map(kind.typesetter.members.map(({ job }) => [job.id, { diagnostics }]))
  }
}

/** A failure that has a place in the catalogue; anything else is a bug and goes on up. */
function explainThrown(what: string, error: unknown): Diagnostic {
  if (error instanceof BrowserFailure) {
    return diagnose('print/browser-failed', `The browser failed on ${what}: ${error.message}`)
  }
  if (error instanceof UnmarkedPart) {
    const kind = what.split(/[/ ]/)[0] ?? what
    return explainInput(new TemplateError(`${kind}.hbs`, error.message))
  }
  return explainInput(error)
}

/** A print as the browser made it; null where there is none. */
export type Printed = {
  readonly pdf: Buffer | null
  /** One for each sheet; none where none were asked for. */
  readonly pictures?: readonly Buffer[]
  readonly diagnostics: readonly Diagnostic[]
}

/** @param meanwhile what this process does while the browser prints */
async function printDocument(
  prepared: Prepared,
  session: Session,
  document: PreparedDocument,
  set: SetDocument,
  meanwhile: () => Promise<void>,
): Promise<Printed> {
  const { job, faces } = document
  try {
    return await session.withPage(async (page) => {
      await giveFonts(prepared, page, faces)
      const faults = await page.present(pageContent(prepared, job.id, set.draft), lintLimits(job))
      const { ladder } = prepared.context
      const diagnostics = [
        ...explainSheets(ladder, job, faults),
        ...explainLint(ladder, job, faults.lint),
        ...explainTrim(job, set.sheet, faults.lint),
      ]
      if (hasErrors(diagnostics)) return { pdf: null, diagnostics }
      const wanted = formatsOf(job, prepared.plan.formats)
      const printing = wanted.includes('pdf') ? page.print() : Promise.resolve(null)
      printing.catch(() => undefined)
      await meanwhile()
      const print = await printing
      const pdf = print && Buffer.from(print)
      if (!wanted.includes('png')) return { pdf, diagnostics }
      const drawn = await drawSheets(page, job.id, set, prepared.dpi)
      return { pdf, pictures: drawn.pictures, diagnostics: [...diagnostics, ...drawn.diagnostics] }
    }, set.pages)
  } catch (error) {
    return { pdf: null, diagnostics: [explainThrown(job.id, error)] }
  }
}

const upright = { top: 16 / pixel, bottom: 16 / pixel, side: 12 / pixel }
const lying = { top: 12 / pixel, bottom: 12 / pixel, side: 16 / pixel }

/** What a sheet is measured by: its floor, and the margins that let A4 print on Letter and the other way round. */
function lintLimits({ kind, sheet, largePrint }: Job): LintLimits {
  const pages = kind === 'one-pager' || kind === 'stack' || kind === 'next-step'
  const sizes = {
    stack: onePagerSizes,
    'one-pager': largePrint ? largePrintSizes : onePagerSizes,
    matrix: matrixSizes,
    'next-step': nextStepSizes,
    poster: posterSizes(sheet),
    booklet: bookletSizes,
  }[kind]
  const both = pages && (sheet.paper === 'A4' || sheet.paper === 'Letter')
  return {
    floor: ((sizes.at(-1) ?? 0) * 96) / 72,
    // What both papers share lies on its side where the sheet does.
    shared: !both ? null : sheet.orientation === 'portrait' ? upright : lying,
  }
}

async function giveFonts(
  { readFonts }: Prepared,
  page: PressPage,
  faces: readonly FontFace[],
): Promise<void> {
  const data = await readFonts(faces)
  await page.useFonts(
    faces.map(({ family, weight, style, unicodeRange, path }) => ({
      family,
      weight,
      style,
      unicodeRange,
      data: data.get(path) ?? '',
    })),
  )
}

function pageContent(prepared: Prepared, id: string, draft: Draft): PageContent {
  return { ...inInk(prepared, draft), id, fontStack: fontStack(prepared.fonts) }
}

/** Styles make accents black where there is to be no colour; marks differ by their form as well. */
export function inInk({ black }: Prepared, draft: Draft): Draft {
  return black ? { ...draft, root: { ...draft.root, 'data-ink': 'black' } } : draft
}

/** A document as one HTML file, where it has one. */
export async function htmlOf(
  prepared: Prepared,
  { faces, job }: PreparedDocument,
  draft: Draft,
): Promise<{ html?: Buffer }> {
  const { fonts, readFonts, plan } = prepared
  if (!formatsOf(job, plan.formats).includes('html')) return {}
  const rules = fontRules(faces, await readFonts(faces))
  return { html: Buffer.from(assembleHtml(inInk(prepared, draft), rules, fontStack(fonts))) }
}
