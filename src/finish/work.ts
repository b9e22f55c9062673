import type { Composition } from '../plan/composition.ts'
import { bufferOf } from './buffer.ts'
import { checkPdf, checkSheets } from './check.ts'
import { composePdf } from './compose.ts'
import type { Expected, PdfFault } from './expected.ts'
import { finishPdf, type Finishing } from './finish.ts'
import { openPrint } from './open.ts'
import { PdfSyntaxError } from './syntax.ts'
import type { BrokenRule } from './universal.ts'

/** A print, and what is to become of it. Plain data, because another thread does it. */
export interface FinishingWork {
  /** As the browser made it. */
  readonly print: Uint8Array
  readonly finishing: Finishing
  readonly expected: Expected
  /** On what sheets its pages are laid, where they are. */
  readonly composition: Composition | undefined
}

/** What became of a print. */
export type FinishedWork =
  | {
      readonly pdf: Uint8Array
      /** How it differs from what was asked. */
      readonly faults: readonly PdfFault[]
      /** Rules of PDF/UA-1 that it breaks. */
      readonly broken: readonly BrokenRule[]
    }
  /** Why the print cannot be read. */
  | { readonly unreadable: string }

/** Finishes a print, or lays its pages on other sheets, and reads back what became of it. */
export async function doWork({
  print,
  finishing,
  expected,
  composition,
}: FinishingWork): Promise<FinishedWork> {
  try {
    const file = await openPrint(bufferOf(print))
    const sheets = checkSheets(file, expected)
    // Pages that are not there cannot be laid on anything.
    const isComposed = composition !== undefined && sheets.length === 0
    const { pdf, broken } = isComposed
      ? {
          pdf: composePdf(file, { ...finishing, ...composition.sheet, sides: composition.sides }),
          broken: [],
        }
      : finishPdf(file, finishing)
    return { pdf, faults: [...sheets, ...checkPdf(pdf, expected, isComposed || sheets.length > 0)], broken }
  } catch (error) {
    if (!(error instanceof PdfSyntaxError)) throw error
    return { unreadable: error.message }
  }
}
