import { Command, CommanderError } from 'commander'

import { diagnose } from '../diagnostics/diagnostic.ts'
import { visible } from '../diagnostics/frame.ts'
import { toolVersion } from '../load/own-files.ts'
import { addAnsweringCommands } from './answering-commands.ts'
import { addPrintingCommands } from './printing-commands.ts'
import { printReport, wantsColor, type Terminal } from './terminal.ts'
import { askedForm, explainUsage } from './usage.ts'

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

  addPrintingCommands(program, terminal, settle)
  addAnsweringCommands(program, terminal, settle)
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
