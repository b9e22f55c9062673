import type { BuildOptions, BuildProgress, BuildResult } from '../build/build.ts'
import { unchangedBuild } from '../build/unchanged.ts'
import { diagnose, exitCode, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { countLine } from '../diagnostics/human.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { impositions } from '../plan/imposition.ts'
import { formats, kinds, usualFormats, type Selection } from '../plan/jobs.ts'
import { parsePaper, type PaperChoice } from '../plan/paper.ts'
import { leastDpi, mostDpi } from '../plan/pictures.ts'
import { paperKinds, type PaperKind } from '../plan/press.ts'
import { mostBleed, parseBleed } from '../plan/trim.ts'
import { fitTable } from './fit-table.ts'
import { table } from './table.ts'
import { interruptible, printReport, speaks, type ReportOptions, type Terminal } from './terminal.ts'

export interface BuildFlags extends ReportOptions {
  readonly out?: string
  readonly pack?: readonly string[]
  readonly zip?: boolean
  readonly dpi?: string
  readonly only?: readonly string[]
  readonly track?: readonly string[]
  readonly level?: readonly string[]
  readonly compare?: readonly string[]
  readonly format?: readonly string[]
  readonly paper?: readonly string[]
  readonly press?: string
  readonly strict: boolean
  readonly fitReport?: boolean
  readonly force?: boolean
  readonly largePrint?: boolean
  readonly notes?: boolean
  readonly tile?: string
  readonly imposition?: string
  readonly bleed?: string
  readonly marks?: string
  readonly ink?: string
  readonly rollUp?: boolean
  readonly embedSource?: boolean
  readonly browserPath?: string
}

/** `ladderpress build`. */
export async function buildCommand(
  terminal: Terminal,
  ladder: string | undefined,
  flags: BuildFlags,
): Promise<number> {
  const { selection, diagnostics } = readSelection(flags)
  if (diagnostics.length > 0) {
    printReport(terminal, diagnostics, flags)
    return exitCode(diagnostics)
  }
  const asked: BuildOptions = {
    cwd: terminal.cwd,
    env: terminal.env,
    selection,
    strict: flags.strict,
    fitReport: flags.fitReport === true,
    force: flags.force === true,
    zip: flags.zip === true,
    ...(flags.failOn && { failOn: flags.failOn }),
    ...(ladder !== undefined && { ladder }),
    ...(flags.press !== undefined && { press: flags.press }),
    ...(flags.out !== undefined && { out: flags.out }),
    ...(flags.browserPath !== undefined && { browserPath: flags.browserPath }),
  }
  const unchanged = await unchangedBuild(asked)
  if (unchanged) return report(terminal, unchanged, flags)

  const { signal, ended } = interruptible(terminal)
  // The browser takes longest, so it starts before anything else is loaded.
  const { openSession } = await import('../browser/session.ts')
  let opening: ReturnType<typeof openSession> | undefined
  await new Promise<void>((starting) => {
    opening = openSession({ env: terminal.env, explicit: flags.browserPath, onStarting: starting }, signal)
    opening.catch(() => starting())
  })
  const { build } = await import('../build/build.ts')
  const progress = speaks(flags) ? progressLine(terminal) : undefined
  const options: BuildOptions = {
    ...asked,
    signal,
    ...(opening && { opening }),
    ...(progress && { onProgress: progress.show }),
  }
  try {
    const result = await build(options)
    progress?.clear()
    return report(terminal, result, flags)
  } catch (error) {
    progress?.clear()
    const code = ended()
    if (code !== undefined) {
      terminal.stderr.write('Stopped. Nothing was changed.\n')
      return code
    }
    throw error
  }
}

/** Says what was made and found. @returns the exit code */
function report(terminal: Terminal, result: BuildResult, flags: BuildFlags): number {
  const fit = flags.fitReport === true
  printReport(terminal, result.diagnostics, flags, fit ? { fit: result.fit } : {})
  if (fit && flags.report === 'human') terminal.stdout.write(fitTable(result.fit))
  if (speaks(flags)) terminal.stdout.write(summary(result))
  return result.exitCode
}

/** Reads the options that choose what is made. All that is wrong with them is reported at once. */
function readSelection(flags: BuildFlags): { selection: Selection; diagnostics: Diagnostic[] } {
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
            hint: didYouMean(word, known) ?? `It takes ${known.join(', ')}, several with commas between`,
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
  const dpi = flags.dpi === undefined ? undefined : readDpi(flags.dpi)
  if (Number.isNaN(dpi)) {
    const hint = `It takes a whole number from ${leastDpi} to ${mostDpi}`
    diagnostics.push(diagnose('usage/bad-value', `--dpi does not take "${flags.dpi}"`, { hint }))
  }
  const [tile] = flags.tile === undefined ? [] : papersIn(flags.tile, diagnostics)
  return {
    selection: {
      ...(packs && { packs }),
      ...(dpi !== undefined && { dpi }),
      formats: chosen === undefined ? usualFormats : formats.filter((format) => chosen.includes(format)),
      paper,
      largePrint: flags.largePrint === true,
      notes: flags.notes === true,
      ...(tile && { tile }),
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

/** What stands in the outputs of a pack, and would have to be guessed for them. */
function besidePacks(flags: BuildFlags): Diagnostic[] {
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

/** A whole number in range; else NaN. */
function readDpi(text: string): number {
  const dpi = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN
  return dpi >= leastDpi && dpi <= mostDpi ? dpi : Number.NaN
}

function readPapers(
  given: readonly string[],
  diagnostics: Diagnostic[],
): Partial<Record<PaperKind, PaperChoice[]>> {
  const paper: Partial<Record<PaperKind, PaperChoice[]>> = {}
  for (const text of given) {
    const [kind, size] = text.includes('=')
      ? [text.slice(0, text.indexOf('=')).trim().toLowerCase(), text.slice(text.indexOf('=') + 1)]
      : [undefined, text]
    if (kind !== undefined && !(paperKinds as readonly string[]).includes(kind)) {
      diagnostics.push(
        diagnose('usage/bad-value', `--paper does not know the kind "${kind}"`, {
          hint: didYouMean(kind, paperKinds) ?? `Kinds are ${paperKinds.join(', ')}`,
        }),
      )
      continue
    }
    const choices = papersIn(size, diagnostics)
    for (const each of kind === undefined ? paperKinds : [kind as PaperKind]) paper[each] = choices
  }
  return paper
}

/** Papers with commas between; what is none is reported. */
function papersIn(list: string, diagnostics: Diagnostic[]): PaperChoice[] {
  return list.split(',').flatMap((name) => {
    const choice = parsePaper(name)
    if (!('problem' in choice)) return [choice]
    diagnostics.push(diagnose('usage/unknown-paper', choice.problem, { hint: choice.hint }))
    return []
  })
}

/** One line that is written over and over on a terminal; one line per document elsewhere. */
function progressLine({ stderr }: Terminal): { show: (progress: BuildProgress) => void; clear: () => void } {
  let shown = false
  return {
    show({ done, total, id }) {
      if (stderr.isTTY === true) {
        stderr.write(`\r\u001b[K${String(done).padStart(String(total).length)} of ${total}  ${id}`)
        shown = true
      } else stderr.write(`${id}\n`)
    },
    clear() {
      if (shown) stderr.write('\r\u001b[K')
      shown = false
    },
  }
}

/** The closing table, and where to look. */
function summary({ files, out, zip, diagnostics, exitCode: code, unchanged, index }: BuildResult): string {
  if (files.length === 0 && !zip && (code !== 0 || unchanged === 0)) {
    return code === 0 ? '' : `Nothing in ${out} was changed\n`
  }
  const rows = files.map(({ path, sheet, pages, size, bytes, milliseconds }) => [
    path,
    sheet ?? '',
    pages === null ? '' : String(pages),
    size === null ? '' : String(size),
    bytes.toLocaleString('en'),
    milliseconds.toFixed(0),
  ])
  if (zip) rows.push([zip.path, '', '', '', zip.bytes.toLocaleString('en'), ''])
  const made =
    rows.length === 0 ? '' : `${table(['file', 'sheet', 'pages', 'pt', 'bytes', 'ms'], rows, [2, 3, 4, 5])}\n`
  const still = unchanged === 0 ? '' : `${unchanged} unchanged. `
  const where = index ? `Open ${out}/index.html` : `The files are in ${out}`
  const remarks = countLine(diagnostics)
  return `${made}${still}${where}${remarks === '' ? '' : ` (${remarks})`}\n`
}
