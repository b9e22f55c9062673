import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { checkPdf, checkSheets, type Expected } from '../finish/check.ts'
import { composePdf } from '../finish/compose.ts'
import { finishPdf, type Finishing } from '../finish/finish.ts'
import { openPrint } from '../finish/open.ts'
import { PdfSyntaxError } from '../finish/syntax.ts'
import { toolVersion } from '../load/own-files.ts'
import type { Job } from '../plan/jobs.ts'
import { untrimmed } from '../plan/trim.ts'
import type { SetDocument } from '../typeset/typesetter.ts'
import { explainFaults } from './explain-sheets.ts'
import { explainBroken, explainFit } from './explain.ts'
import type { Prepared, PreparedDocument } from './prepare.ts'
import type { MadeBytes, Printed } from './print.ts'

/** Finishes a print, or lays its pages on other sheets, and reads back what became of it. */
export async function finishDocument(
  prepared: Prepared,
  { job, faces }: PreparedDocument,
  set: SetDocument,
  printed: Printed,
): Promise<{ files: Pick<MadeBytes, 'pdf' | 'png'>; diagnostics: Diagnostic[] }> {
  const { ladder } = prepared.context
  const diagnostics = [...printed.diagnostics, ...explainFit(ladder, job, set)]
  const pictures = printed.pictures && { png: printed.pictures }
  if (!printed.pdf) return { files: { ...pictures }, diagnostics }
  const { composition } = set
  const expected: Expected = {
    sheets: [
      ...Array.from({ length: set.pages }, () => untrimmed(set.sheet, job.trim)),
      ...Array.from({ length: composition?.frames ?? 0 }, () => composition?.sheet ?? set.sheet),
    ],
    families: faces.map(({ family }) => family),
    texts: set.texts,
    direction: set.draft.direction,
    blanks: set.blanks ?? [],
  }
  try {
    const print = await openPrint(printed.pdf)
    const sheets = checkSheets(print, expected)
    // Pages that are not there cannot be laid on anything.
    const { pdf, broken } =
      composition && sheets.length === 0
        ? {
            pdf: composePdf(print, {
              ...finishingOf(prepared, job, set),
              ...composition.sheet,
              sides: composition.sides,
            }),
            broken: [],
          }
        : finishPdf(print, finishingOf(prepared, job, set))
    const faults = [...sheets, ...checkPdf(pdf, expected)]
    diagnostics.push(...explainFaults(ladder, job, set, faults), ...explainBroken(job, broken))
    return { files: { pdf, ...pictures }, diagnostics }
  } catch (error) {
    if (!(error instanceof PdfSyntaxError)) throw error
    const message = `What the browser printed of ${job.id} cannot be read: ${error.message}`
    return { files: {}, diagnostics: [...diagnostics, diagnose('print/browser-failed', message)] }
  }
}

/** What a document says of itself, and how it is to be printed. */
export function finishingOf(
  prepared: Prepared,
  job: Job,
  { draft, texts, stamp, sheet, oneSided = false, composition }: SetDocument,
): Finishing {
  const { context, date, black } = prepared
  const { ladder, press, isDraft } = context
  const source = prepared.sourceOf(job)
  const { width, height } = sheet
  const { orientation } = composition?.sheet ?? sheet
  // A draft is not in force, whatever day it names.
  const effective = isDraft ? undefined : ladder.effective
  return {
    metadata: {
      title: draft.title,
      organisation: press.brand.name,
      subject: [ladder.title, ladder.edition].filter((part) => part !== undefined).join(' '),
      keywords: [job.kind, ladder.edition, effective, stamp].filter((word) => word !== undefined),
      ladder: ladder.title,
      isDraft,
      language: ladder.locale,
      edition: ladder.edition,
      effective,
      stamp,
      tool: `Ladderpress ${toolVersion()}`,
      date,
    },
    width,
    height,
    trim: job.trim,
    black,
    attachment:
      source === undefined
        ? undefined
        : {
            name: 'ladder.yaml',
            description: `${ladder.title}, as this document shows it`,
            type: 'application/yaml',
            bytes: Buffer.from(source),
          },
    headings: texts.map(({ text }) => text),
    duplex:
      job.kind === 'poster' || oneSided
        ? 'Simplex'
        : orientation === 'landscape'
          ? 'DuplexFlipShortEdge'
          : 'DuplexFlipLongEdge',
  }
}
