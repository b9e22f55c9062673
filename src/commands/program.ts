import { Command, CommanderError, Option } from 'commander'

import { toolVersion } from '../load/own-files.ts'
import { reportForms, wantsColor, type ReportForm, type ReportOptions, type Terminal } from './terminal.ts'

/** Runs a command line. @returns the exit code */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0
  const program = createProgram(terminal, (result) => {
    code = result
  })
  try {
    if (argv.length === 0) {
      terminal.stdout.write(program.helpInformation())
      return 0
    }
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const debug = (terminal.env['LADDERPRESS_DEBUG'] ?? '') !== ''
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    terminal.stderr.write(
      `Ladderpress itself failed: ${message}\nThis is a bug. Please report it with the ladder that shows it${debug ? `\n${stack ?? ''}` : '; LADDERPRESS_DEBUG=1 prints more'}\n`,
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
    .description('Prints career ladders: one YAML file becomes matrices, one-pagers per level and a wall poster, in HTML and PDF.')
    .version(toolVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'error usage: ')),
    })
    .addHelpText('after', '\nExample:\n  ladderpress build ladder.yaml --out out\n')

  const reports = (command: Command) =>
    command
      .addOption(new Option('--report <form>', 'how to report problems').choices([...reportForms]).default('human'))
      .option('-q, --quiet', 'say nothing but errors')
      .option('--no-color', 'no colours (NO_COLOR does the same)')
  const reportOptions = ({ report, quiet, color }: CommonFlags): ReportOptions => ({
    report,
    quiet: quiet === true,
    color: wantsColor(terminal, color),
  })
  const collect = (value: string, list: string[] | undefined) => [...(list ?? []), value]

  reports(
    program
      .command('build')
      .description('make the documents of a ladder')
      .argument('[ladder]', 'the YAML file; without it data/ladder.yaml or ladder.yaml')
      .option('-o, --out <folder>', 'where to put them (default: out)')
      .option('--only <kinds>', 'of matrix, one-pager, poster, index; several with commas', collect)
      .option('--track <ids>', 'matrices and one-pagers of these tracks', collect)
      .option('--level <ids>', 'one-pagers of these levels', collect)
      .option('--format <formats>', 'html, pdf or both (default: html,pdf)', collect)
      .option('--paper <[kind=]size>', 'A4, Letter, A1:landscape, 24x36in, 700x1000mm …; repeatable', collect)
      .option('--press <file>', 'press settings (default: press.yaml beside the ladder)')
      .option('--strict', 'fail on warnings, and publish nothing then')
      .option('--browser-path <file>', 'the browser to print with'),
  )
    .addHelpText('after', '\nExample:\n  ladderpress build ladder.yaml --only one-pager --level lead-engineer --paper Letter\n')
    .action(async (ladder: string | undefined, flags: CommonFlags & Record<string, unknown>) => {
      const { buildCommand } = await import('./build.ts')
      const options = { ...flags, ...reportOptions(flags), strict: flags['strict'] === true }
      settle(await buildCommand(terminal, ladder, options))
    })
  return program
}

