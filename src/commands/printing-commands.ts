import type { Command } from 'commander'

import { kinds } from '../plan/kinds.ts'
import { collect, reportOptions, withReport, type ReportFlags, type Settle } from './report-flags.ts'
import { printReport, readFailOn, type Terminal } from './terminal.ts'

/** Where the page of a preview stands if nobody says otherwise. */
const usualPort = 4250

/** The commands that make sheets, or look at them: their options and their help. What they do is loaded when they run. */
export function addPrintingCommands(program: Command, terminal: Terminal, settle: Settle): void {
  addBuild(program, terminal, settle)
  addPreview(program, terminal, settle)
  addCheck(program, terminal, settle)
}

function addBuild(program: Command, terminal: Terminal, settle: Settle): void {
  withReport(
    choosesFiles(choosesSheets(program.command('build').description('make the documents of a ladder')))
      .option('-o, --out <folder>', 'where to put them (default: out)')
      .option('--format <formats>', 'any of html, pdf, png; several with commas (default: html,pdf)', collect)
      .option('--dpi <number>', 'pixels an inch of png, 36 to 600 (default: 144)')
      .option('--zip', 'pack the output into one file beside its folder as well')
      .option('--strict', 'fail on warnings, and publish nothing then')
      .option('--fail-on <codes>', 'fail on these diagnostics too, and publish nothing then', collect)
      .option(
        '--jobs <number>',
        'how many browsers print at the same time (default: as many as are worth it)',
      )
      .option(
        '--force',
        'make everything anew, even what has not changed, and replace files that Ladderpress did not make',
      )
      .option('--watch', 'build again whenever a file is saved, until Ctrl-C')
      .option('--fit-report', 'say how each document fits its paper, and how many more words it can take'),
  )
    .addHelpText(
      'after',
      '\nExample:\n  ladderpress build ladder.yaml --only one-pager --level lead-engineer --paper Letter\n',
    )
    .action(async (ladder: string | undefined, flags: ReportFlags & Record<string, unknown>) => {
      const options = failing(terminal, flags)
      if (!options) return settle(2)
      const { buildCommand } = await import('./build.ts')
      settle(await buildCommand(terminal, ladder, options))
    })
}

function addPreview(program: Command, terminal: Terminal, settle: Settle): void {
  withReport(
    choosesSheets(
      program.command('preview').description('show the sheets in a browser while the ladder is written'),
    )
      .option('--port <number>', 'the port of the page, or the next free one', String(usualPort))
      .option('--open', 'open the page'),
  )
    .addHelpText('after', '\nExample:\n  ladderpress preview ladder.yaml --open\n')
    .action(async (ladder: string | undefined, flags: ReportFlags & { readonly port: string }) => {
      const { previewCommand } = await import('./preview.ts')
      settle(await previewCommand(terminal, ladder, { ...flags, ...reportOptions(terminal, flags) }))
    })
}

function addCheck(program: Command, terminal: Terminal, settle: Settle): void {
  withReport(
    choosesFiles(
      choosesSheets(
        program
          .command('check')
          .description('check a ladder, and how it would be built, without printing it; writes nothing'),
      ),
    )
      .option('--print', 'print every sheet as well, look at it, and throw it away')
      .option('--strict', 'fail on warnings')
      .option('--fail-on <codes>', 'fail on these diagnostics too', collect),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  ladderpress check ladder.yaml --report github\n  ladderpress check ladder.yaml --print --large-print\n',
    )
    .action(async (ladder: string | undefined, flags: ReportFlags & Record<string, unknown>) => {
      const options = failing(terminal, flags)
      if (!options) return settle(2)
      const { checkCommand } = await import('./check.ts')
      settle(await checkCommand(terminal, ladder, options))
    })
}

/** What builds, previews and checks are told: which sheets, and how. */
function choosesSheets(command: Command): Command {
  return command
    .argument('[ladder]', 'the YAML file; without it data/ladder.yaml or ladder.yaml')
    .option('--only <kinds>', `any of ${kinds.join(', ')}; several with commas`, collect)
    .option('--track <ids>', 'matrices and one-pagers of these tracks', collect)
    .option('--level <ids>', 'one-pagers of these levels', collect)
    .option('--compare <from,to>', 'two levels side by side; may be given several times', collect)
    .option(
      '--paper <[kind=]size>',
      'A4, Letter, A1:landscape, 24x36in, 700x1000mm …; several with commas, also for several kinds',
      collect,
    )
    .option('--large-print', 'one-pagers in 18 pt as well')
    .option('--notes', 'stacks and next-step sheets leave a ruled column free, to write in')
    .option('--roll-up', 'one-pagers also say what the levels below ask; for ladders with style: additive')
    .option('--ink <ink>', 'black: no colour in any file')
    .option('--press <file>', 'press settings (default: press.yaml beside the ladder)')
    .option('--browser-path <file>', 'the browser to print with')
}

/** What builds and checks are told besides: files that are only for paper, and what stands around a sheet or in its file. */
function choosesFiles(command: Command): Command {
  return command
    .option(
      '--pack <names>',
      'what a pack names, one of press.yaml or offsite, wall; several with commas',
      collect,
    )
    .option(
      '--tile <papers>',
      'the poster also in parts, to put together from sheets such as A3; several with commas',
      collect,
    )
    .option('--imposition <ways>', 'the booklet also as saddle (to fold) or 2up (two pages on a sheet)')
    .option('--bleed <length>', 'posters larger than their paper on each side, such as 3mm')
    .option('--marks <marks>', 'crop: marks around posters that show where to cut')
    .option('--embed-source', 'embed the YAML behind each PDF in it, except in one-pagers')
}

/** The options with the codes of `--fail-on`; undefined where these are wrong, which is then said. */
function failing(terminal: Terminal, flags: ReportFlags & Record<string, unknown>) {
  const options = { ...flags, ...reportOptions(terminal, flags), strict: flags['strict'] === true }
  const { codes, diagnostics } = readFailOn(flags['failOn'] as string[] | undefined)
  if (diagnostics.length === 0) return { ...options, failOn: codes }
  printReport(terminal, diagnostics, options)
  return undefined
}
