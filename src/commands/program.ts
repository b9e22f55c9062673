import { Command, CommanderError, Option } from 'commander'

import { diagnose } from '../diagnostics/diagnostic.ts'
import { visible } from '../diagnostics/frame.ts'
import { toolVersion } from '../load/own-files.ts'
import { kinds } from '../plan/kinds.ts'
import {
  printReport,
  readFailOn,
  reportForms,
  wantsColor,
  type ReportForm,
  type ReportOptions,
  type Terminal,
} from './terminal.ts'
import { askedForm, explainUsage } from './usage.ts'

/** Where the page of a preview stands if nobody says otherwise. */
const usualPort = 4250

/**
 * The report forms of commands that answer a question: they report no problems in files, so forms for lines of files
 * make no sense.
 */
const answerForms: readonly ReportForm[] = ['human', 'json']

/** Runs a command line. @returns the exit code */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0
  const program = createProgram(terminal, (result) => {
    code = result
  })
  try {
    if (argv.length === 0) {
      program.outputHelp()
      return 0
    }
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0
      // A group of commands without one of them has shown its help.
      if (error.code === 'commander.help') return 2
      const color = wantsColor(terminal, !argv.includes('--no-color'))
      printReport(terminal, [explainUsage(error)], { report: askedForm(argv), quiet: false, color })
      return 2
    }
    if (/^(EMFILE|ENFILE)$/.test(String((error as NodeJS.ErrnoException).code))) {
      const crowded = diagnose('load/unreadable', 'The system lets this program open no more files at once', {
        hint: 'Raise the limit, as with ulimit -n 1024',
      })
      const color = wantsColor(terminal, !argv.includes('--no-color'))
      printReport(terminal, [crowded], { report: askedForm(argv), quiet: false, color })
      return 4
    }
    const debug = (terminal.env['LADDERPRESS_DEBUG'] ?? '') !== ''
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    terminal.stderr.write(
      `Ladderpress itself failed: ${visible(message)}\nThis is a bug. Please report it with the ladder that shows it${debug ? `\n${(stack ?? '').split('\n').map(visible).join('\n')}` : '; LADDERPRESS_DEBUG=1 prints more'}\n`,
    )
    return 70
  }
}

interface CommonFlags {
  report: ReportForm
  quiet?: boolean
  color: boolean
}

function createProgram(terminal: Terminal, settle: (code: number) => void): Command {
  const program = new Command('ladderpress')
    .description(
      'Prints career ladders: one YAML file becomes one-pagers, matrices, next-step sheets, a poster and a booklet, in HTML and PDF.',
    )
    .version(toolVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show the help of a command')
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
      // Said as a diagnostic instead.
      outputError: () => undefined,
    })
    .addHelpText(
      'after',
      '\nExamples:\n  ladderpress preview ladder.yaml --open\n  ladderpress build ladder.yaml --out out\n',
    )
    .hook('preAction', (_, command) => refuseEmpty(command))

  const reports = (command: Command, forms: readonly ReportForm[] = reportForms) =>
    command
      .addOption(new Option('--report <form>', 'how to report problems').choices([...forms]).default('human'))
      .option('-q, --quiet', 'say nothing but errors, and what is asked for')
      .option('--no-color', 'no colours (NO_COLOR does the same)')
  const reportOptions = ({ report, quiet, color }: CommonFlags): ReportOptions => ({
    report,
    quiet: quiet === true,
    color: wantsColor(terminal, color),
  })
  /** The options with the codes of `--fail-on`; undefined where these are wrong, which is then said. */
  const failing = <T extends ReportOptions>(flags: Record<string, unknown>, options: T) => {
    const { codes, diagnostics } = readFailOn(flags['failOn'] as string[] | undefined)
    if (diagnostics.length === 0) return { ...options, failOn: codes }
    printReport(terminal, diagnostics, options)
    settle(2)
    return undefined
  }
  const collect = (value: string, list: string[] | undefined) => [...(list ?? []), value]
  /** What both a build and a preview are told: which sheets, and how. */
  const choosesSheets = (command: Command) =>
    command
      .argument('[ladder]', 'the YAML file; without it data/ladder.yaml or ladder.yaml')
      .option('--only <kinds>', `any of ${kinds.join(', ')}; several with commas`, collect)
      .option('--track <ids>', 'matrices and one-pagers of these tracks', collect)
      .option('--level <ids>', 'one-pagers of these levels', collect)
      .option('--compare <from,to>', 'two levels side by side; may be given several times', collect)
      .option(
        '--paper <[kind=]size>',
        'A4, Letter, A1:landscape, 24x36in, 700x1000mm …; several with commas',
        collect,
      )
      .option('--large-print', 'one-pagers in 18 pt as well')
      .option('--notes', 'stacks and next-step sheets leave a ruled column free, to write in')
      .option('--roll-up', 'one-pagers also say what the levels below ask; for ladders with style: additive')
      .option('--ink <ink>', 'black: no colour in any file')
      .option('--press <file>', 'press settings (default: press.yaml beside the ladder)')
      .option('--browser-path <file>', 'the browser to print with')

  reports(
    choosesSheets(program.command('build').description('make the documents of a ladder'))
      .option('-o, --out <folder>', 'where to put them (default: out)')
      .option(
        '--pack <names>',
        'what a pack names, one of press.yaml or offsite, wall; several with commas',
        collect,
      )
      .option('--format <formats>', 'any of html, pdf, png; several with commas (default: html,pdf)', collect)
      .option('--dpi <number>', 'pixels an inch of png, 36 to 600 (default: 144)')
      .option('--zip', 'pack the output into one file beside its folder as well')
      .option('--tile <paper>', 'the poster also in parts, to put together from sheets such as A3')
      .option('--imposition <ways>', 'the booklet also as saddle (to fold) or 2up (two pages on a sheet)')
      .option('--bleed <length>', 'posters larger than their paper on each side, such as 3mm')
      .option('--marks <marks>', 'crop: marks around posters that show where to cut')
      .option('--embed-source', 'embed the YAML behind each PDF in it, except in one-pagers')
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
    .action(async (ladder: string | undefined, flags: CommonFlags & Record<string, unknown>) => {
      const options = failing(flags, { ...flags, ...reportOptions(flags), strict: flags['strict'] === true })
      if (!options) return
      const { buildCommand } = await import('./build.ts')
      settle(await buildCommand(terminal, ladder, options))
    })
  reports(
    choosesSheets(
      program.command('preview').description('show the sheets in a browser while the ladder is written'),
    )
      .option('--port <number>', 'the port of the page, or the next free one', String(usualPort))
      .option('--open', 'open the page'),
  )
    .addHelpText('after', '\nExample:\n  ladderpress preview ladder.yaml --open\n')
    .action(async (ladder: string | undefined, flags: CommonFlags & Record<string, unknown>) => {
      const { previewCommand } = await import('./preview.ts')
      settle(await previewCommand(terminal, ladder, { ...flags, ...reportOptions(flags) }))
    })

  reports(
    program
      .command('check')
      .description('check a ladder without printing it; writes nothing')
      .argument('[ladder]', 'the YAML file; without it data/ladder.yaml or ladder.yaml')
      .option('--press <file>', 'press settings (default: press.yaml beside the ladder)')
      .option('--print', 'print every sheet as well, look at it, and throw it away')
      .option('--strict', 'fail on warnings')
      .option('--fail-on <codes>', 'fail on these diagnostics too', collect)
      .option('--browser-path <file>', 'the browser to print with'),
  )
    .addHelpText('after', '\nExample:\n  ladderpress check ladder.yaml --report github\n')
    .action(async (ladder: string | undefined, flags: CommonFlags & Record<string, unknown>) => {
      const options = failing(flags, { ...flags, ...reportOptions(flags), strict: flags['strict'] === true })
      if (!options) return
      const { checkCommand } = await import('./check.ts')
      settle(await checkCommand(terminal, ladder, options))
    })

  reports(
    program
      .command('seal')
      .description('seal the edition of a ladder: from then on, what it says must not change')
      .argument('[ladder]', 'the YAML file; without it data/ladder.yaml or ladder.yaml'),
  )
    .addHelpText('after', '\nExample:\n  ladderpress seal ladder.yaml\n')
    .action(async (ladder: string | undefined, flags: CommonFlags) => {
      const { sealCommand } = await import('./seal.ts')
      settle(await sealCommand(terminal, ladder, reportOptions(flags)))
    })

  reports(
    program
      .command('verify')
      .description(
        'say which ladder and edition PDFs are from, and whether they are unchanged since they were made',
      )
      .argument('<files...>', 'PDFs that Ladderpress made')
      .option('--manifest <file>', 'what to compare with (default: manifest.json beside the PDF or above it)')
      .option('--strict', 'fail on warnings: also where there is nothing to compare with'),
  )
    .addHelpText('after', '\nExample:\n  ladderpress verify offer.pdf --manifest out/manifest.json\n')
    .action(async (files: string[], flags: CommonFlags & { manifest?: string; strict?: boolean }) => {
      const { verifyCommand } = await import('./verify.ts')
      const options = { ...flags, ...reportOptions(flags), strict: flags.strict === true }
      settle(await verifyCommand(terminal, files, options))
    })

  reports(
    program
      .command('explain')
      .description('say what a diagnostic code means; without one, list all')
      .argument('[code]', 'a code such as ladder/unknown-level'),
    answerForms,
  )
    .addHelpText('after', '\nExample:\n  ladderpress explain ladder/unknown-level\n')
    .action(async (code: string | undefined, flags: CommonFlags) => {
      const { explainCommand } = await import('./explain.ts')
      settle(explainCommand(terminal, code, reportOptions(flags)))
    })

  reports(
    program
      .command('schema')
      .description('print a JSON Schema')
      .argument('[name]', 'ladder, track, press, editions or manifest', 'ladder'),
  )
    .addHelpText('after', '\nExample:\n  ladderpress schema press > press.schema.json\n')
    .action(async (name: string, flags: CommonFlags) => {
      const { schemaCommand } = await import('./schema.ts')
      settle(schemaCommand(terminal, name, reportOptions(flags)))
    })

  reports(
    program
      .command('doctor')
      .description('show which browser prints, and what was tried')
      .option('--browser-path <file>', 'the browser to look at'),
    answerForms,
  )
    .addHelpText('after', '\nExample:\n  ladderpress doctor --report json\n')
    .action(async (flags: CommonFlags & { browserPath?: string }) => {
      const { doctorCommand } = await import('./doctor.ts')
      settle(await doctorCommand(terminal, { ...flags, ...reportOptions(flags) }))
    })

  const browser = program.command('browser').description('manage the browser that prints')
  browser
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', '\nExample:\n  ladderpress browser install\n')
  reports(
    browser
      .command('install')
      .description('download a browser that can print, after asking')
      .option('-y, --yes', 'do not ask'),
  )
    .addHelpText('after', '\nExample:\n  ladderpress browser install --yes\n')
    .action(async (flags: CommonFlags & { yes?: boolean }) => {
      const { browserInstallCommand } = await import('./browser-install.ts')
      settle(await browserInstallCommand(terminal, { ...reportOptions(flags), yes: flags.yes === true }))
    })
  return program
}

/**
 * An empty value, as a shell makes it of an unset variable, would mean the current folder, or nothing anybody asked
 * for.
 *
 * @throws CommanderError where a value, or the name of a file, is empty
 */
function refuseEmpty(command: Command): void {
  const isEmpty = (value: unknown): boolean =>
    Array.isArray(value) ? value.some(isEmpty) : typeof value === 'string' && value.trim() === ''
  const option = command.options.find((one) => isEmpty(command.getOptionValue(one.attributeName())))
  const argument = command.registeredArguments.find((_, index) => isEmpty(command.processedArgs[index]))
  const what = option?.long ?? (argument && `<${argument.name()}>`)
  if (what === undefined) return
  const hint = 'Leave it out, or say what it is to be: a shell makes this of a variable that is not set'
  throw new CommanderError(2, 'commander.invalidArgument', `${what} is empty\n${hint}`)
}
