import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { impositions } from '../plan/imposition.ts'
import { formats, kinds, paperKinds, usualFormats, type PaperKind } from '../plan/kinds.ts'
import { parsePaper, type PaperChoice } from '../plan/paper.ts'
import { leastDpi, mostDpi } from '../plan/resolution.ts'
import type { Selection } from '../plan/selection.ts'
import { mostBleed, parseBleed } from '../plan/trim.ts'
import { readWholeNumber } from './whole-number.ts'

/** The options that choose what is made, as they were written. */
export interface SelectionFlags {
  readonly pack?: readonly string[]
  readonly dpi?: string
  readonly only?: readonly string[]
  readonly track?: readonly string[]
  readonly level?: readonly string[]
  readonly compare?: readonly string[]
  readonly format?: readonly string[]
  readonly paper?: readonly string[]
  readonly largePrint?: boolean
  readonly notes?: boolean
  readonly tile?: readonly string[]
  readonly imposition?: string
  readonly bleed?: string
  readonly marks?: string
  readonly ink?: string
  readonly rollUp?: boolean
  readonly embedSource?: boolean
}

/** Reads the options that choose what is made. All that is wrong with them is reported at once. */
export function readSelection(flags: SelectionFlags): { selection: Selection; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const words = <T extends string>(
    option: string,
    given: readonly string[] | undefined,
    known: readonly T[],
  ): T[] | undefined =>
    given
      ?.flatMap((list) => list.split(',').map((word) => word.trim()))
      .filter((word): word is T => {
        if ((known as readonly string[]).includes(word)) return true
        diagnostics.push(
          diagnose('usage/bad-value', `${option} does not take "${word}"`, {
            hint: didYouMean(word, known) ?? takes(known),
          }),
        )
        return false
      })
  const ids = (given: readonly string[] | undefined) =>
    given?.flatMap((list) => list.split(',').map((word) => word.trim())).filter((word) => word !== '')
  const packs = ids(flags.pack)
  if (packs) diagnostics.push(...besidePacks(flags))
  if (packs?.length === 0)
    diagnostics.push(
      diagnose('usage/bad-value', '--pack names no pack', { hint: 'For example --pack offsite' }),
    )
  const only = words('--only', flags.only, kinds)
  const chosen = words('--format', flags.format, formats)
  const ink = words('--ink', flags.ink === undefined ? undefined : [flags.ink], ['black'] as const)
  const [tracks, levels] = [ids(flags.track), ids(flags.level)]
  const paper = readPapers(flags.paper ?? [], diagnostics)
  const laid = words(
    '--imposition',
    flags.imposition === undefined ? undefined : [flags.imposition],
    impositions,
  )
  const marks = words('--marks', flags.marks === undefined ? undefined : [flags.marks], ['crop'] as const)
  const bleed = flags.bleed === undefined ? 0 : parseBleed(flags.bleed)
  if (bleed === undefined) {
    const hint = `It takes a length up to ${mostBleed} mm, such as 3mm or 0.125in`
    diagnostics.push(diagnose('usage/bad-value', `--bleed does not take "${flags.bleed}"`, { hint }))
  }
  const trim = { bleed: bleed ?? 0, marks: marks?.[0] === 'crop' }
  const dpi =
    flags.dpi === undefined
      ? undefined
      : readWholeNumber('--dpi', flags.dpi, [leastDpi, mostDpi], diagnostics)
  const tiles = flags.tile
    ?.flatMap((list) => list.split(','))
    .flatMap((name) => readPaper(name, diagnostics) ?? [])
  return {
    selection: {
      ...(packs && { packs }),
      ...(dpi !== undefined && { dpi }),
      formats: chosen === undefined ? usualFormats : formats.filter((format) => chosen.includes(format)),
      paper,
      largePrint: flags.largePrint === true,
      notes: flags.notes === true,
      ...(tiles && { tiles }),
      ...(laid && { impositions: impositions.filter((way) => laid.includes(way)) }),
      ...((trim.bleed > 0 || trim.marks) && { trim }),
      rollUp: flags.rollUp === true,
      embedSource: flags.embedSource === true,
      ...(ink?.[0] === 'black' && { ink: 'black' as const }),
      ...(only && { only }),
      ...(tracks && { tracks }),
      ...(levels && { levels }),
      ...(flags.compare && { compare: flags.compare }),
    },
    diagnostics,
  }
}

/** Options that the outputs of a pack set themselves: beside a pack, it would be a guess which outputs they are for. */
function besidePacks(flags: SelectionFlags): Diagnostic[] {
  const given = {
    '--only': flags.only,
    '--compare': flags.compare,
    '--format': flags.format,
    '--paper': flags.paper,
    '--large-print': flags.largePrint,
    '--notes': flags.notes,
    '--tile': flags.tile,
    '--bleed': flags.bleed,
    '--marks': flags.marks,
    '--imposition': flags.imposition,
  }
  return Object.entries(given)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([option]) =>
      diagnose(
        'usage/bad-value',
        `${option} does not go with --pack: each output of a pack says that for itself`,
        {
          hint: 'Copy the pack into press.yaml and change it there; --track and --level make fewer of its documents',
        },
      ),
    )
}

function takes(known: readonly string[]): string {
  return `It takes ${known.join(', ')}${known.length > 1 ? ', several with commas between' : ''}`
}

function readPapers(
  given: readonly string[],
  diagnostics: Diagnostic[],
): Partial<Record<PaperKind, PaperChoice[]>> {
  const paper: Partial<Record<PaperKind, PaperChoice[]>> = {}
  for (const { kind, sizes } of given.flatMap(paperLists)) {
    if (kind !== undefined && !(paperKinds as readonly string[]).includes(kind)) {
      diagnostics.push(
        diagnose('usage/bad-value', `--paper does not know the kind "${kind}"`, {
          hint: didYouMean(kind, paperKinds) ?? `Kinds are ${paperKinds.join(', ')}`,
        }),
      )
      continue
    }
    const choices = sizes.flatMap((name) => readPaper(name, diagnostics) ?? [])
    for (const each of kind === undefined ? paperKinds : [kind as PaperKind]) paper[each] = choices
  }
  return paper
}

interface PaperList {
  readonly kind: string | undefined
  readonly sizes: string[]
}

/** `A4,matrix=A3,A2`: sizes for all kinds, then those of the kind that is named before them. */
function paperLists(text: string): PaperList[] {
  const lists: PaperList[] = []
  for (const part of text.split(',')) {
    const at = part.indexOf('=')
    const kind = at < 0 ? undefined : part.slice(0, at).trim().toLowerCase()
    if (kind !== undefined || lists.length === 0) lists.push({ kind, sizes: [] })
    lists.at(-1)?.sizes.push(part.slice(at + 1))
  }
  return lists
}

/** One paper; what is none is reported. */
function readPaper(name: string, diagnostics: Diagnostic[]): PaperChoice | undefined {
  const choice = parsePaper(name)
  if (!('problem' in choice)) return choice
  diagnostics.push(diagnose('usage/unknown-paper', choice.problem, { hint: choice.hint }))
  return undefined
}
