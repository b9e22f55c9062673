import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { TooHigh } from '../fit/fitted.ts'
import { isUnderFloor, leastFloor, proportionalFloor } from '../fit/poster-sizes.ts'
import type { DepthRemedy } from '../fit/remedies.ts'
import type { Ladder } from '../model/ladder.ts'
import { placeOfDimension, placeOfRef } from '../model/places.ts'
import type { Job } from '../plan/job.ts'
import { sheetName } from '../plan/paper.ts'
import type { TilePlan } from '../plan/tiles.ts'
import { columnsRoom } from '../render/documents/next-step-widths.ts'
import { columnGap, notesWidth, onePagerMargins } from '../render/documents/one-pager-layout.ts'
import type { SetDocument } from '../typeset/typesetter.ts'
import { askFor, askLarger } from './larger-paper.ts'

/** Puts into words what it took to fit a document, or why it does not fit, at the place in the ladder that causes it. */

/** How much of a sheet margins, head and foot take, and how much text needs at least, in mm. */
const around = 36
const leastText = 45

/** Of a column, in mm: in a narrower one hardly a word stands on one line. */
const leastColumn = 20

/** Text that is higher than its sheet and cannot be cut: what it is, and what to do about it. */
export function explainTooHigh(ladder: Ladder, job: Job, { ref, part, excess }: TooHigh): Diagnostic {
  const over = `${Math.max(1, Math.ceil(excess))} mm`
  if (job.kind === 'poster') {
    return diagnose(
      'print/poster-too-full',
      `The poster’s text is ${over} higher than ${sheetName(job.sheet)} at the smallest readable size`,
      {
        hint: posterHint(ladder, job, excess),
      },
    )
  }
  const { width, height } = job.sheet
  const name = job.kind === 'stack' ? 'one-pager' : job.kind
  if (Math.min(width, height) - around < leastText) {
    // The same for all documents of a kind, which is said once: it is no fault of the text.
    return diagnose(
      'print/overflow',
      `${sheetName(job.sheet)} is too small for this kind of document (${name}): margins, head and foot leave hardly a line of text`,
      { hint: `Choose a larger paper${askLarger(job, 'A4')}` },
    )
  }
  if (part === 'head') {
    return diagnose(
      'print/overflow',
      `What stands over the text of ${job.id} is ${over} higher than its sheet (${sheetName(job.sheet)}) has room for`,
      { at: placeOfRef(ladder, ref), hint: `Choose a larger paper${askLarger(job, 'A4')}` },
    )
  }
  if (part === 'addresses' || part === 'notice') {
    const [what, fewer] =
      part === 'addresses'
        ? ['list of printed addresses', 'Use fewer links (one that shows its own address is not listed)']
        : ['notice', 'Shorten the notice']
    return diagnose(
      'print/overflow',
      `The ${what} in the foot of ${job.id} is ${over} higher than a whole sheet (${sheetName(job.sheet)}) has room for`,
      { at: placeOfRef(ladder, ref), hint: `${fewer}, or choose a larger paper${askLarger(job, 'A3')}` },
    )
  }
  const narrow = narrowForNotes(job)
  if (narrow) return diagnose('print/overflow', narrow.message, { hint: narrow.hint })
  return diagnose(
    'print/overflow',
    `This is ${over} higher than a whole sheet of ${job.id} (${sheetName(job.sheet)}), and cannot be cut`,
    {
      at: part === 'dimension-summary' ? placeOfDimension(ladder, ref) : placeOfRef(ladder, ref),
      hint:
        job.kind === 'booklet'
          ? `Divide it into several statements, shorten it, or choose a larger paper${askLarger(job, 'A3')}`
          : part === undefined
            ? 'Divide it into several statements, or shorten it'
            : part === 'paragraph'
              ? 'Divide it into several paragraphs or lists, or shorten it'
              : part === 'note'
                ? `Shorten it, or choose a larger paper${askLarger(job, 'A3')}: a note is never cut`
                : 'Shorten it: a summary is never cut',
    },
  )
}

/** A column for notes leaves too little room for text beside it. */
export interface NarrowForNotes {
  readonly message: string
  readonly hint: string
  /** Whether the room is so small that text is not read there, even where it fits. */
  readonly breaksWords: boolean
}

/**
 * What to say where a column for notes leaves too little room for text beside it. It is the same for all documents of a
 * kind, which is said once.
 */
export function narrowForNotes(job: Job): NarrowForNotes | undefined {
  const { kind, notes, sheet, pack } = job
  if (!notes) return undefined
  const isPair = kind === 'next-step'
  const { binding, outer } = onePagerMargins
  const room = isPair ? columnsRoom(sheet, true) / 2 : sheet.width - binding - outer - columnGap - notesWidth
  if (room >= leastText) return undefined
  const name = isPair ? 'next-step' : 'one-pager'
  const left =
    room < 1
      ? 'no room for text'
      : `${Math.floor(room)} mm for ${isPair ? 'each column of text' : 'the text'}`
  return {
    message: `${sheetName(sheet)} is too narrow for a column for notes (${name}): it leaves ${left}`,
    hint: `Choose a wider paper (${askFor(job, 'A4')}), or leave ${pack === undefined ? '--notes' : 'notes'} away`,
    breaksWords: room < leastColumn,
  }
}

/** What is higher than its sheet by more than this share of it becomes so on every other sheet too. */
const tooFar = 0.6

/** So much of its height does a poster save at most, on a larger sheet of its shape, for each time that type is too large. */
const saved = 0.08

/** With fewer tracks beside each other, names have room, and a sheet that is wider for its height has larger type. */
const tracksAbreast = 4

/**
 * Type grows with the sheet, so a larger one of the same shape says no more, unless type is at the 7 pt that it never
 * goes under.
 */
function posterHint(ladder: Ladder, job: Job, excess: number): string {
  const { sheet, turns } = job
  const { width, height, orientation } = sheet
  const isSmall = isUnderFloor(sheet)
  if (excess > height * tooFar && !isSmall) {
    return 'No paper of a usual shape holds so many levels beside each other: divide the ladder. All else is made without the poster'
  }
  const other = orientation === 'portrait' ? 'landscape' : 'portrait'
  const [short, long] = [Math.round(Math.min(width, height)), Math.round(Math.max(width, height))]
  const longer = [short, Math.round(long * 1.5)] as const
  const shape = (orientation === 'portrait' ? longer : longer.toReversed()).join('x')
  const ways = [
    ...(isSmall && excess / height < saved * (leastFloor / proportionalFloor(sheet) - 1)
      ? [`take a larger paper (${askFor(job, 'A1')})`]
      : []),
    ...(turns ? [] : [`lay the sheet the other way (${other})`]),
    // Beyond this it is a ribbon.
    ...(longer[1] > longer[0] * 3 || (orientation === 'landscape' && ladder.tracks.length < tracksAbreast)
      ? []
      : [
          `take a sheet that is ${orientation === 'portrait' ? 'longer for its width' : 'wider for its height'} (${askFor(job, `${shape}mm`)})`,
        ]),
    'shorten the longest levels',
    'divide the ladder',
  ]
  const hint = `${ways.slice(0, -1).join(', ')}, or ${ways.at(-1) ?? ''}`
  return hint.charAt(0).toUpperCase() + hint.slice(1)
}

function sheets(pages: number): string {
  return pages === 1 ? 'one sheet' : `${pages} sheets`
}

/** What a poster shows that says less than everything. */
const shownAt: Readonly<Record<DepthRemedy, string>> = {
  'depth-new': 'what each level adds to the one below it',
  'depth-cells': 'one statement of each cell',
  'depth-sentences': 'the first sentence of each cell',
  'depth-levels': 'one sentence of each level',
  'depth-map': 'the map alone',
}

/** Notes on what it took to fit a document. */
export function explainFit(ladder: Ladder, job: Job, set: SetDocument): Diagnostic[] {
  // What it takes to fit the pages of a stack is said of each of them.
  if (job.kind === 'stack') return []
  // A booklet has as many pages as it takes; what is done with them is for whoever binds it.
  if (job.kind === 'booklet') return job.assembly ? [] : explainThickness(job, set)
  const laid = [...explainTiles(job), ...explainSeams(ladder, job, set)]
  const [level] = job.subjects.levels
  const subject = job.kind === 'matrix' ? `@${job.subjects.tracks[0]}` : (level ?? null)
  const at = job.kind === 'poster' ? {} : { at: placeOfRef(ladder, subject) }
  const notes: Diagnostic[] = [...laid]
  if (set.remedies.includes('turned')) {
    const why = job.kind === 'poster' ? 'to say as much as it does' : `to stand on ${sheets(set.pages)}`
    notes.push(diagnose('print/turned', `${job.id} lies ${set.sheet.orientation}, ${why}`, at))
  }
  const depth = set.remedies.find((remedy): remedy is DepthRemedy => remedy in shownAt)
  if (depth !== undefined) {
    const shows = shownAt[depth]
    const bare = set.remedies.includes('examples-left-out') ? ', without examples' : ''
    const text = `The poster shows ${shows}${bare}: more does not fit on ${sheetName(set.sheet)}`
    return [...notes, diagnose('print/poster-depth', text)]
  }
  const leftOut = [
    ['examples-left-out', 'print/examples-left-out', 'leaves its examples out'],
    ['summaries-left-out', 'print/summaries-left-out', 'leaves out the summaries of its dimensions'],
    ['new-only', 'print/unchanged-left-out', 'leaves out what the level below says too'],
  ] as const
  for (const [remedy, code, words] of leftOut) {
    if (!set.remedies.includes(remedy)) continue
    notes.push(diagnose(code, `${job.id} ${words}, to stand on ${sheets(set.pages)}`, at))
  }
  if (set.pages < 2 || job.largePrint) return notes
  return [
    ...notes,
    diagnose(
      'print/continues',
      `${job.id} takes ${set.pages} sheets of ${sheetName(set.sheet)} at ${set.size} pt`,
      {
        at: placeOfRef(ladder, subject),
      },
    ),
  ]
}

/** Copy shops stitch 64 to 80 pages through the fold, by their paper. */
const mostStitched = 80

function explainThickness({ id }: Job, { pages }: SetDocument): Diagnostic[] {
  if (pages <= mostStitched) return []
  return [
    diagnose('print/thick-booklet', `${id} has ${pages} pages; ${mostStitched} can be stitched in the fold`, {
      hint: 'Have it glued or spiral-bound, or print the one-pagers of each track instead (--only stack)',
    }),
  ]
}

/** From how many sheets a poster is put together, and from which others it could be. */
function explainTiles({ id, assembly }: Job): Diagnostic[] {
  if (assembly?.by !== 'tiles') return []
  const words = ({ columns, rows, tile, sheet: { width, height } }: TilePlan) =>
    `${columns * rows} sheets of ${tile.paper} (${Math.round(width)} × ${Math.round(height)} mm)`
  return [
    diagnose('print/tiles', `${id} is put together from ${words(assembly.plan)}`, {
      ...(assembly.others.length > 0 && {
        hint: `A poster as large can be made from ${assembly.others.map(words).join(', or from ')}`,
      }),
    }),
  ]
}

function explainSeams(ladder: Ladder, { id }: Job, { cut = [] }: SetDocument): Diagnostic[] {
  const [first] = cut
  if (!first) return []
  const lines = cut.length === 1 ? 'a line' : `${cut.length} lines`
  return [
    diagnose('print/seam-in-text', `Seams of ${id} run through ${lines} of text, such as “${first.text}”`, {
      at: placeOfRef(ladder, first.ref),
    }),
  ]
}
