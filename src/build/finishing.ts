import type { Code } from '../diagnostics/catalogue.ts'
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Bindery } from '../finish/bindery.ts'
import { bufferOf } from '../finish/buffer.ts'
import type { Finishing } from '../finish/finish.ts'
import { toolVersion } from '../load/own-files.ts'
import type { Job } from '../plan/job.ts'
import { untrimmed } from '../plan/trim.ts'
import { headingsOf } from '../render/html.ts'
import type { SetDocument } from '../typeset/typesetter.ts'
import { explainFit } from './explain-fit.ts'
import { explainBroken, explainFaults } from './explain-sheets.ts'
import type { PreparedDocument } from './kinds.ts'
import { lintLimits } from './lint-limits.ts'
import type { Prepared } from './prepare.ts'
import type { Printed } from './press-run.ts'

/** The files of a document, by format; of pictures there is one for each sheet. */
export interface MadeBytes {
  readonly html?: Buffer
  readonly pdf?: Buffer
  readonly png?: readonly Buffer[]
}

/** Has a print finished, and says what became of it. */
export async function finishDocument(
  prepared: Prepared,
  bindery: Bindery,
  { job, faces }: PreparedDocument,
  set: SetDocument,
  printed: Printed,
): Promise<{ files: Pick<MadeBytes, 'pdf' | 'png'>; diagnostics: Diagnostic[] }> {
  const { ladder } = prepared.context
  const diagnostics = [...printed.diagnostics, ...explainFit(ladder, job, set)]
  const pictures = printed.pictures && { png: printed.pictures }
  if (!printed.pdf) return { files: { ...pictures }, diagnostics }
  const { composition } = set
  const isSaid = (code: Code) => diagnostics.some((one) => one.code === code)
  const finished = await bindery.finish({
    print: printed.pdf,
    finishing: finishingOf(prepared, job, set),
    composition,
    expected: {
      sheets: [
        ...Array.from({ length: set.pages }, () => untrimmed(set.sheet, job.trim)),
        ...Array.from({ length: composition?.frames ?? 0 }, () => composition?.sheet ?? set.sheet),
      ],
      families: faces.map(({ family }) => family),
      texts: set.texts,
      direction: set.markup.direction,
      blanks: set.blanks ?? [],
      // What the page has found at texts is said with their lines.
      shared: isSaid('print/outside-shared-area') ? null : lintLimits(job, set.sheet).shared,
    },
  })
  if ('unreadable' in finished) {
    const message = `What the browser printed of ${job.id} cannot be read: ${finished.unreadable}`
    return { files: {}, diagnostics: [...diagnostics, diagnose('print/browser-failed', message)] }
  }
  const { pdf, faults, broken } = finished
  const found = explainFaults(ladder, job, set, faults)
  return {
    files: { pdf: bufferOf(pdf), ...pictures },
    diagnostics: [...withoutRepeats(diagnostics, found), ...explainBroken(job, broken)],
  }
}

/** At most this many texts are reported as faint: as a rule, one style makes all of them so. */
const mostFaint = 10

/**
 * What the page and the print say, each fault once: a text that nobody sees is not faint as well, and what is faint in
 * both is said once.
 */
function withoutRepeats(page: readonly Diagnostic[], print: readonly Diagnostic[]): Diagnostic[] {
  const isFaint = ({ code }: Diagnostic) => code === 'print/low-contrast'
  const placeOf = ({ at }: Diagnostic) => at && `${at.source.path} ${at.span.start}`
  const missing = new Set(print.filter(({ code }) => code === 'print/text-missing').map(placeOf))
  const seen = page.filter((one) => !isFaint(one) || !one.at || !missing.has(placeOf(one)))
  const known = new Set(seen.filter(isFaint).map(placeOf))
  let room = mostFaint - seen.filter(isFaint).length
  const added = print.filter((one) => {
    if (!isFaint(one)) return true
    if (known.has(placeOf(one))) return false
    room -= 1
    return room >= 0
  })
  return [...seen, ...added]
}

/** What a document says of itself, and how it is to be printed. */
export function finishingOf(
  prepared: Prepared,
  job: Job,
  { markup, stamp, sheet, oneSided = false, composition }: SetDocument,
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
      title: markup.title,
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
    headings: headingsOf(markup),
    duplex:
      job.kind === 'poster' || oneSided
        ? 'Simplex'
        : orientation === 'landscape'
          ? 'DuplexFlipShortEdge'
          : 'DuplexFlipLongEdge',
  }
}
