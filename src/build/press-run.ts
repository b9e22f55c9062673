import { setImmediate } from 'node:timers/promises'

import type { PageContent } from '../browser/in-page.ts'
import type { PressPage } from '../browser/press.ts'
import { BrowserFailure, type Session } from '../browser/session.ts'
import { diagnose, hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { UnmarkedPart } from '../fit/boxes.ts'
import type { FontFace } from '../load/font-set.ts'
import { formatsOf } from '../plan/job.ts'
import type { Markup } from '../render/document.ts'
import { TemplateError } from '../render/engine.ts'
import { fontStack } from '../render/font-order.ts'
import type { MissingCharacter } from '../render/fonts.ts'
import type { FittedDocument, MeasuredGalleys, SetDocument } from '../typeset/typesetter.ts'
import { explainTooHigh, narrowForNotes } from './explain-fit.ts'
import { explainInput } from './explain-input.ts'
import { explainLint, explainSheets, explainTrim } from './explain-sheets.ts'
import { inInk } from './html.ts'
import type { PreparedDocument, PreparedKind } from './kinds.ts'
import { lintLimits } from './lint-limits.ts'
import { drawSheets } from './pictures.ts'
import type { Prepared } from './prepare.ts'

/** How a document is to be set, or why it cannot be. */
export type FitResult = FittedDocument | { readonly diagnostics: readonly Diagnostic[] }

/** What is up to whoever has a kind laid out. */
export interface Fitting {
  /** What need not be measured again. */
  readonly measured?: MeasuredGalleys | undefined
  /** Ends it before the next galleys are shown or measured. */
  readonly signal?: AbortSignal | undefined
  /** Told when the browser has galleys to draw, and there is nothing to do here until it has. */
  readonly shown?: () => void
}

/**
 * Lays out all documents of a kind and settles their common size.
 *
 * @throws what the signal was aborted with; the session can be used for something else then
 */
export async function fitKind(
  prepared: Prepared,
  kind: PreparedKind,
  session: Session,
  { measured, signal, shown }: Fitting,
): Promise<ReadonlyMap<string, FitResult>> {
  const { ladder } = prepared.context
  try {
    const fitted = await session.withPage(async (page) => {
      // Galleys are drawn while the fonts are read and loaded, and measured when they are there.
      const given = giveFonts(prepared, page, kind.faces)
      given.catch(() => undefined)
      // Where the work ends early, fonts that are on their way arrive all the same: the page counts them as given.
      const goesOn = async () => {
        await given
        signal?.throwIfAborted()
      }
      await setImmediate()
      return kind.typesetter.fit({
        ...(measured && { measured }),
        show: async (id, markup) => {
          if (signal?.aborted) await goesOn()
          const showing = page.show(pageContent(prepared, id, drawable(markup, kind.missing)))
          shown?.()
          await showing
        },
        measure: async (attributes) => {
          await goesOn()
          return page.measure(attributes)
        },
        lines: async () => {
          await goesOn()
          return page.lines()
        },
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
    const [first, ...rest] = kind.chosen.map(({ job }) => job.id)
    const named = first === undefined || rest.length === 0 ? first : `${first} and ${rest.length} more`
    const diagnostics = [explainThrown(kind.kind, named ?? kind.kind, error)]
    return new Map(kind.typesetter.members.map(({ job }) => [job.id, { diagnostics }]))
  }
}

/**
 * A galley without the characters that no font has. Documents that hold them are not printed, but measured with the others,
 * and a page whose browser has no font at all for a character crashes (seen with shell 147).
 */
function drawable(markup: Markup, missing: readonly MissingCharacter[]): Markup {
  let { body } = markup
  for (const { code } of missing) body = body.replaceAll(String.fromCodePoint(code), 'M')
  return { ...markup, body }
}

/**
 * A failure that has a place in the catalogue; anything else is a bug and goes on up.
 *
 * @param what the documents that are not made
 */
function explainThrown(kind: string, what: string, error: unknown): Diagnostic {
  if (error instanceof BrowserFailure) {
    if (!error.isCrash)
      return diagnose('print/browser-failed', `The browser failed on ${what}: ${error.message}`)
    return diagnose(
      'print/browser-failed',
      `The page of ${what} crashed in the browser, also in a fresh one`,
      {
        hint: 'Build it without the templates/ of the project: if it succeeds, something in them is more than the browser can lay out',
      },
    )
  }
  if (error instanceof UnmarkedPart) return explainInput(new TemplateError(`${kind}.hbs`, error.message))
  return explainInput(error)
}

/** A document as the browser printed it. */
export interface Printed {
  /** Null where an error was found, or no PDF was asked for. */
  readonly pdf: Buffer | null
  /** One for each sheet; none where none were asked for. */
  readonly pictures?: readonly Buffer[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Shows a document, looks at its sheets, and prints it if nothing is wrong with them.
 *
 * @param signal ends it before it is shown or printed
 * @throws what the signal was aborted with; the session can be used for something else then
 */
export async function printDocument(
  prepared: Prepared,
  session: Session,
  document: PreparedDocument,
  set: SetDocument,
  signal?: AbortSignal,
): Promise<Printed> {
  const { job, facesOfKind } = document
  try {
    return await session.withPage(async (page) => {
      await giveFonts(prepared, page, facesOfKind)
      signal?.throwIfAborted()
      const faults = await page.present(pageContent(prepared, job.id, set.markup), lintLimits(job, set.sheet))
      const { context } = prepared
      const diagnostics = [
        ...explainSheets(context.ladder, job, faults),
        // Where no text has room, each word is broken, which is said once for all of them.
        ...explainLint(
          context,
          job,
          narrowForNotes(job)?.breaksWords ? { ...faults.lint, brokenWords: [] } : faults.lint,
        ),
        ...explainTrim(job, set.sheet, faults.lint),
      ]
      if (hasErrors(diagnostics)) return { pdf: null, diagnostics }
      signal?.throwIfAborted()
      const wanted = formatsOf(job, prepared.plan.formats)
      const print = wanted.includes('pdf') ? await page.print() : null
      const pdf = print && Buffer.from(print)
      if (!wanted.includes('png')) return { pdf, diagnostics }
      signal?.throwIfAborted()
      const drawn = await drawSheets(page, job.id, set, prepared.dpi)
      return { pdf, pictures: drawn.pictures, diagnostics: [...diagnostics, ...drawn.diagnostics] }
    }, set.pages)
  } catch (error) {
    return { pdf: null, diagnostics: [explainThrown(job.kind, job.id, error)] }
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

function pageContent(prepared: Prepared, id: string, markup: Markup): PageContent {
  return { ...inInk(prepared, markup), id, fontStack: fontStack(prepared.fonts) }
}
