import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { isDeviceName } from '../model/checks/reserved-ids.ts'
import type { Location } from '../text/source.ts'
import { booleanOf, entries, field, items, placeOf, written, type Located } from '../yaml/located.ts'
import type { Imposition } from './imposition.ts'
import { sheetKinds, type Format, type Kind } from './kinds.ts'
import { judgePattern } from './names.ts'
import { parsePaper, type PaperChoice } from './paper.ts'
import { mostBleed, parseBleed, type Trim } from './trim.ts'

/** Outputs that are made together, under a name. */
export interface Pack {
  readonly name: string
  readonly title?: string
  readonly outputs: readonly Output[]
}

/** One order of a pack: documents of one kind, and how they are made. */
export interface Output {
  readonly kind: Kind
  readonly tracks?: readonly Named[]
  readonly levels?: readonly Named[]
  /** Pairs of levels, each two ids with a comma between. */
  readonly compare?: readonly Named[]
  readonly paper?: readonly PaperChoice[]
  readonly formats: readonly Format[]
  readonly notes?: boolean
  /** In large print, and only so. */
  readonly largePrint?: boolean
  /** From these sheets, and only so. */
  readonly tile?: PaperChoice
  readonly trim?: Trim
  /** Laid so on larger sheets, and only so. */
  readonly imposition?: Imposition
  /** The pattern of its files’ names; without one they have their usual names, in a folder of the pack. */
  readonly name?: Named
  /** Where it stands in press.yaml. */
  readonly at?: Location
}

/** A word, with where press.yaml says it. */
export interface Named {
  readonly text: string
  readonly at?: Location
}

/** What is made of an output that names no formats: a pack goes to a printer. */
const packFormats: readonly Format[] = ['pdf']

/** It may become a folder. */
const longestPackName = 40

/** Which kinds an option is for. */
const optionsFor: Readonly<Record<string, readonly Kind[]>> = {
  notes: ['stack', 'next-step'],
  compare: ['next-step'],
  'large-print': ['one-pager'],
  tile: ['poster'],
  bleed: ['poster'],
  marks: ['poster'],
  imposition: ['booklet'],
  paper: sheetKinds,
  formats: sheetKinds,
  name: sheetKinds,
  tracks: ['matrix', 'one-pager', 'next-step', 'stack'],
  levels: ['matrix', 'one-pager', 'next-step'],
}

/**
 * The packs that there are without a press.yaml; one of the same name in press.yaml takes the place of ours.
 *
 * @param letter whether paper is American
 */
export function builtInPacks(letter: boolean): readonly Pack[] {
  const tile = parsePaper(letter ? 'Tabloid' : 'A3') as PaperChoice
  const formats = packFormats
  return [
    {
      name: 'offsite',
      title:
        'For a meeting away from the office: a booklet to fold, one-pagers to write on, a poster to glue together',
      outputs: [
        { kind: 'booklet', imposition: 'saddle', formats, name: { text: 'offsite/booklet-to-fold' } },
        { kind: 'stack', notes: true, formats, name: { text: 'offsite/one-pagers-with-notes' } },
        { kind: 'poster', tile, formats, name: { text: 'offsite/poster-from-{paper}' } },
      ],
    },
    {
      name: 'wall',
      title: 'For a wall: the poster for a copy shop, a matrix of each track, and a picture for a wiki',
      outputs: [
        { kind: 'poster', formats, name: { text: 'wall/poster-{paper}' } },
        { kind: 'matrix', formats: ['pdf', 'png'], name: { text: 'wall/matrix-{track}' } },
      ],
    },
  ]
}

/** Reads the packs of a validated press.yaml. */
export function readPacks(packs: Located | undefined, diagnostics: Diagnostic[]): Pack[] {
  return entries(packs).map(({ name, key, value }) => {
    const isDevice = isDeviceName(name)
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) || name.length > longestPackName || isDevice) {
      const hint = isDevice
        ? 'Windows keeps this name for a device, so no folder can have it'
        : `Small letters, digits and single dashes make one, ${longestPackName} at most, such as annual-meeting`
      diagnostics.push(
        diagnose('press/bad-name', `"${name}" cannot be the name of a pack`, { at: key, hint }),
      )
    }
    const title = written(field(value, 'title'))
    const outputs = items(field(value, 'outputs')).map((output) => readOutput(output, diagnostics))
    return { name, ...(title !== undefined && { title }), outputs }
  })
}

function readOutput(output: Located, diagnostics: Diagnostic[]): Output {
  const at = (name: string) => field(output, name)
  const kind = written(at('kind')) as Kind
  const refuse = (problem: string, hint: string | undefined, value: Located) => {
    diagnostics.push(diagnose('press/bad-output', problem, { at: placeOf(value), hint }))
    return undefined
  }
  for (const { name, key } of entries(output)) {
    const allowed = optionsFor[name]
    if (!allowed || allowed.includes(kind)) continue
    const hint = allowed.length === 1 ? `It is for ${allowed[0]}` : `It is for ${allowed.join(', ')}`
    diagnostics.push(
      diagnose('press/bad-output', `An output of kind ${kind} has no ${name}`, { at: key, hint }),
    )
  }
  const paperOf = (value: Located): PaperChoice[] => {
    const choice = parsePaper(written(value) ?? '')
    if (!('problem' in choice)) return [choice]
    const place = { at: placeOf(value), hint: choice.hint }
    diagnostics.push(diagnose('press/unknown-paper', choice.problem, place))
    return []
  }
  const words = (value: Located | undefined): Named[] | undefined =>
    value && listOf(value).map((item) => ({ text: written(item) ?? '', at: placeOf(item) }))
  const [paper, tiles, length, pattern] = [at('paper'), at('tile'), at('bleed'), at('name')]
  const [tile] = tiles ? paperOf(tiles) : []
  const bleed =
    length &&
    (parseBleed(written(length) ?? '') ??
      refuse(
        `"${written(length)}" cannot be a bleed`,
        `It is a length up to ${mostBleed} mm, such as 3mm`,
        length,
      ))
  const trim = { bleed: bleed ?? 0, marks: at('marks') !== undefined }
  const imposition = written(at('imposition'))
  const name = pattern && { text: written(pattern) ?? '', at: placeOf(pattern) }
  const wrong = name && judgePattern(name.text)
  if (wrong) diagnostics.push(diagnose('press/bad-name', wrong.problem, { at: name.at, hint: wrong.hint }))
  const [tracks, levels, compare] = [words(at('tracks')), words(at('levels')), words(at('compare'))]
  return {
    kind,
    at: placeOf(at('kind') ?? output),
    formats: words(at('formats'))?.map(({ text }) => text as Format) ?? packFormats,
    ...(tracks && { tracks }),
    ...(levels && { levels }),
    ...(compare && { compare }),
    ...(paper && { paper: listOf(paper).flatMap(paperOf) }),
    ...(tile && { tile }),
    ...(imposition !== undefined && { imposition: imposition as Imposition }),
    ...((trim.bleed > 0 || trim.marks) && { trim }),
    ...(booleanOf(at('notes')) === true && { notes: true }),
    ...(booleanOf(at('large-print')) === true && { largePrint: true }),
    ...(name && { name }),
  }
}

/** A list, or the one thing that stands in its place. */
function listOf(value: Located): Located[] {
  return value.node.kind === 'sequence' ? items(value) : [value]
}
