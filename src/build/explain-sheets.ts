import type { SheetFaults } from '../browser/in-page.ts'
import type { LintedText, SheetLint } from '../browser/lint.ts'
import type { Code } from '../diagnostics/catalogue.ts'
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { PdfFault } from '../finish/expected.ts'
import { leastSize } from '../finish/paint.ts'
import { leastContrast } from '../finish/seen.ts'
import type { BrokenRule } from '../finish/universal.ts'
import type { Ladder } from '../model/ladder.ts'
import { placeOfRef } from '../model/places.ts'
import type { Job } from '../plan/job.ts'
import { sheetName, type Sheet } from '../plan/paper.ts'
import { rollLost } from '../plan/trim.ts'
import { pixel, pixelsPerPoint } from '../plan/units.ts'
import type { RenderContext } from '../render/context.ts'
import { labelSizes } from '../render/documents/poster-names.ts'
import { posterScale } from '../render/documents/poster-widths.ts'
import type { SetDocument } from '../typeset/typesetter.ts'
import { narrowForNotes } from './explain-fit.ts'
import { brokenWord } from './gathered.ts'
import { askFor } from './larger-paper.ts'

/** Puts into words what sheets look like in the browser, and what printed files are. */

/** What is missing or outside its sheet, before it is printed. */
export function explainSheets(ladder: Ladder, job: Job, faults: SheetFaults): Diagnostic[] {
  if (faults.document !== job.id) {
    return [diagnose('print/browser-failed', `The browser shows something else instead of ${job.id}`)]
  }
  const diagnostics: Diagnostic[] = []
  const beside = faults.outside.find((part) => part.beside > 0)
  const below = faults.outside.find((part) => part.below > 0)
  const narrow = narrowForNotes(job)
  if (narrow && (beside || narrow.breaksWords))
    diagnostics.push(diagnose('print/too-wide', narrow.message, { hint: narrow.hint }))
  else if (beside) {
    diagnostics.push(
      diagnose(
        'print/too-wide',
        `Something reaches ${millimetres(beside.beside)} beyond the side of ${job.id}`,
        {
          at: placeOfRef(ladder, beside.ref),
        },
      ),
    )
  }
  if (below) {
    diagnostics.push(
      diagnose(
        'print/overflow',
        `Text reaches ${millimetres(below.below)} below sheet ${below.sheet} of ${job.id}`,
        {
          at: placeOfRef(ladder, below.ref),
        },
      ),
    )
  }
  for (const font of faults.fontsFailed) {
    diagnostics.push(diagnose('print/font-not-embedded', `The browser could not use the font ${font}`))
  }
  return diagnostics
}

function millimetres(px: number): string {
  return `${(px * pixel).toFixed(1)} mm`
}

/** What the printed file is, compared with what was asked. */
export function explainFaults(
  ladder: Ladder,
  job: Job,
  { pages, sheet }: Pick<SetDocument, 'pages' | 'sheet'>,
  faults: readonly PdfFault[],
): Diagnostic[] {
  // On a tiny poster, names are no larger than its paper lets them be: no template makes them so.
  const isTiny = job.kind === 'poster' && posterScale(sheet) * labelSizes.least < leastSize
  const isOfPaper = (fault: PdfFault) => isTiny && fault.kind === 'text' && fault.hidden === 'tiny'
  const tooSmall = faults.some(isOfPaper)
    ? [
        diagnose(
          'print/poster-too-full',
          `${sheetName(sheet)} is too small for this poster: letters in it have less than ${leastSize} pt`,
          { hint: `Choose a larger paper (${askFor(job, 'A3')})` },
        ),
      ]
    : []
  const others = faults.filter((fault) => !isOfPaper(fault))
  return [...tooSmall, ...explainEach(ladder, job, { pages, sheet }, others)]
}

function explainEach(
  ladder: Ladder,
  job: Job,
  { pages, sheet }: Pick<SetDocument, 'pages' | 'sheet'>,
  faults: readonly PdfFault[],
): Diagnostic[] {
  return faults.map((fault) => {
    switch (fault.kind) {
      case 'pages':
        return diagnose(
          'print/wrong-page-count',
          `${job.id} has ${fault.found} pages and should have ${pages}`,
        )
      case 'shrunk':
        return diagnose(
          'print/too-wide',
          `The browser shrank ${job.id} to ${Math.round(fault.share * 100)} % of its size: something in it is wider than its page`,
          { hint: 'A template or style of the project does that: look for widths, margins and @page in it' },
        )
      case 'size':
        return diagnose(
          'print/wrong-sheet-size',
          `Page ${fault.page} of ${job.id} is ${fault.width.toFixed(1)} × ${fault.height.toFixed(1)} pt and should be ${sheetName(sheet)}`,
        )
      case 'not-embedded':
        return diagnose('print/font-not-embedded', `${job.id} uses ${fault.font} without embedding it`)
      case 'foreign':
        return diagnose('print/foreign-font', `${job.id} uses ${fault.font}, which it did not ask for`)
      case 'type-3':
        return diagnose('print/type-3-font', `${job.id} has a Type 3 font (${fault.font})`)
      case 'outside-shared':
        return diagnose(
          'print/outside-shared-area',
          `Ink stands ${fault.amount.toFixed(1)} mm outside the area that A4 and Letter share, on page ${fault.page} of ${job.id}`,
          {
            hint: 'A template or style of the project does that: a border, a ground, a picture, or what stands beside the text',
          },
        )
      case 'empty':
        return diagnose('print/empty-page', `Page ${fault.page} of ${job.id} is empty`)
      case 'glyph':
        return diagnose(
          'print/missing-glyph',
          `Page ${fault.page} of ${job.id} shows a box for a character that no font has`,
          {
            hint: 'It is in no text of the ladder: look in templates/ for a character or a font that is not there',
          },
        )
      case 'bookmark':
        return diagnose('print/dead-link', `The bookmark “${fault.title}” of ${job.id} leads nowhere`)
      case 'text':
        return diagnose(
          'print/text-missing',
          fault.hidden
            ? `“${shorten(fault.text)}” cannot be seen in ${job.id}: ${unseen[fault.hidden]}`
            : `${job.id} does not hold the text “${shorten(fault.text)}”`,
          {
            at: placeOfRef(ladder, fault.ref),
            hint: fault.hidden
              ? 'A template or style of the project does that'
              : 'A template or style of the project hides it, leaves it out, or sets it in a font (font-family) that is not there',
          },
        )
      case 'faint':
        return diagnose('print/low-contrast', tooFaint(fault.text, fault.contrast, job.id), {
          at: placeOfRef(ladder, fault.ref),
        })
    }
  })
}

/** Why text that is there is not seen. */
const unseen = {
  'no-ink': 'it has the colour of its ground, or something lies on it',
  'cut-off': 'its box cuts it off',
  tiny: 'its letters are too small',
  mirrored: 'it is mirrored',
}

function tooFaint(text: string, contrast: number, document: string): string {
  return `“${shorten(text)}” has a contrast of ${contrast.toFixed(1)} : 1 in ${document}; ${leastContrast} : 1 is the least`
}

function shorten(text: string): string {
  const characters = [...text]
  return characters.length > 60 ? `${characters.slice(0, 57).join('')}…` : text
}

/** Rules of accessible PDFs that a document breaks: it is printed, and does not claim to keep them. */
export function explainBroken(job: Job, broken: readonly BrokenRule[]): Diagnostic[] {
  if (broken.length === 0) return []
  const rules = [...new Set(broken.map(({ clause, what }) => `${what} (${clause})`))]
  return [
    diagnose('print/not-accessible', `${job.id} is not an accessible PDF: ${rules.join('; ')}`, {
      hint: 'Something in a template of the project makes it so; the sheet itself is as it should be',
    }),
  ]
}

/** What people would see wrong on paper, though everything is there. */
export function explainLint(
  { ladder, press }: Pick<RenderContext, 'ladder' | 'press'>,
  job: Job,
  lint: SheetLint,
): Diagnostic[] {
  const { accents } = press.brand
  const said = (code: Code, texts: readonly LintedText[], words: (text: LintedText) => string) =>
    texts.map((text) => diagnose(code, words(text), { at: placeOfRef(ladder, text.ref) }))
  return [
    ...said(
      'print/overlap',
      lint.overlaps,
      ({ text, amount }) => `“${text}” lies on other text of ${job.id}, ${millimetres(amount)} deep`,
    ),
    ...said('print/overlap', lint.tight, ({ text }) => `Letters of “${text}” lie on each other in ${job.id}`),
    ...said(
      'print/clipped',
      lint.clipped,
      ({ text, amount }) => `${millimetres(amount)} of “${text}” are cut off in ${job.id}`,
    ),
    ...lint.brokenWords.map(({ ref, text, amount }) => {
      const broken = { word: text, letters: amount, document: job.id }
      return diagnose('print/word-too-long', brokenWord(broken, [job.id]), {
        at: placeOfRef(ladder, ref),
        hint: 'Use another word, or put a soft hyphen where it may break (U+00AD; within double quotes, \\u00AD)',
        broken,
      })
    }),
    ...said('print/low-contrast', lint.faint, ({ text, amount }) => tooFaint(text, amount, job.id)),
    ...said(
      'print/under-floor',
      lint.small,
      ({ text, amount }) =>
        `“${text}” has ${(amount / pixelsPerPoint).toFixed(1)} pt in ${job.id}, less than reads at its distance`,
    ),
    ...said(
      'print/outside-shared-area',
      lint.outsideShared,
      ({ text, amount }) =>
        `“${text}” stands ${millimetres(amount)} outside the area that A4 and Letter share in ${job.id}`,
    ),
    ...said('print/dead-link', lint.deadLinks, ({ text }) => `The link “${text}” of ${job.id} leads nowhere`),
    ...lint.greys
      // Of those that press.yaml sets, its lines are told.
      .filter((pair) => !pair.every((accent) => accents.includes(accent)))
      .map(([one, two]) =>
        diagnose('print/same-grey', `The accents ${one} and ${two} of ${job.id} turn into the same grey`),
      ),
  ]
}

/** What bleed and marks mean for a sheet that has them. */
export function explainTrim({ id, trim }: Job, sheet: Sheet, { reachesEdge }: SheetLint): Diagnostic[] {
  if (!trim) return []
  const notes: Diagnostic[] = []
  if (trim.bleed > 0 && !reachesEdge) {
    notes.push(diagnose('print/no-bleed-needed', `${id} needs no bleed: nothing in it reaches the edge`))
  }
  if (reachesEdge) {
    notes.push(diagnose('print/bleed-white', `Colour reaches the edge of ${id}, and the bleed may be white`))
  }
  const lost = rollLost(sheet, trim)
  if (lost) {
    const next = lost.next === undefined ? 'none is' : `the next is ${lost.next} mm`
    notes.push(
      diagnose(
        'print/wider-than-roll',
        `With what is printed around it, ${id} is ${lost.width.toFixed(1)} mm wide: too wide for a roll of ${lost.roll} mm; ${next}`,
      ),
    )
  }
  return notes
}
