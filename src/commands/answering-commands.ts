import type { Command } from 'commander'

import { reportOptions, withReport, type ReportFlags, type Settle } from './report-flags.ts'
import type { ReportForm, Terminal } from './terminal.ts'

/**
 * The report forms of commands that answer a question: they report no problems in files, so forms for lines of files
 * make no sense.
 */
const answerForms: readonly ReportForm[] = ['human', 'json']

/** The commands that print no sheet: their options and their help. What they do is loaded when they run. */
export function addAnsweringCommands(program: Command, terminal: Terminal, settle: Settle): void {
  addSeal(program, terminal, settle)
  addVerify(program, terminal, settle)
  addExplain(program, terminal, settle)
  addSchema(program, terminal, settle)
  addDoctor(program, terminal, settle)
  addBrowser(program, terminal, settle)
}

function addSeal(program: Command, terminal: Terminal, settle: Settle): void {
  withReport(
    program
      .command('seal')
      .description('seal the edition of a ladder: from then on, what it says must not change')
      .argument('[ladder]', 'the YAML file; without it data/ladder.yaml or ladder.yaml'),
  )
    .addHelpText('after', '\nExample:\n  ladderpress seal ladder.yaml\n')
    .action(async (ladder: string | undefined, flags: ReportFlags) => {
      const { sealCommand } = await import('./seal.ts')
      settle(await sealCommand(terminal, ladder, reportOptions(terminal, flags)))
    })
}

function addVerify(program: Command, terminal: Terminal, settle: Settle): void {
  withReport(
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
    .action(async (files: string[], flags: ReportFlags & { manifest?: string; strict?: boolean }) => {
      const { verifyCommand } = await import('./verify.ts')
      const options = { ...flags, ...reportOptions(terminal, flags), strict: flags.strict === true }
      settle(await verifyCommand(terminal, files, options))
    })
}

function addExplain(program: Command, terminal: Terminal, settle: Settle): void {
  withReport(
    program
      .command('explain')
      .description('say what a diagnostic code means; without one, list all')
      .argument('[code]', 'a code such as ladder/unknown-level'),
    answerForms,
  )
    .addHelpText('after', '\nExample:\n  ladderpress explain ladder/unknown-level\n')
    .action(async (code: string | undefined, flags: ReportFlags) => {
      const { explainCommand } = await import('./explain.ts')
      settle(explainCommand(terminal, code, reportOptions(terminal, flags)))
    })
}

function addSchema(program: Command, terminal: Terminal, settle: Settle): void {
  withReport(
    program
      .command('schema')
      .description('print a JSON Schema')
      .argument('[name]', 'ladder, track, press, editions or manifest', 'ladder'),
  )
    .addHelpText('after', '\nExample:\n  ladderpress schema press > press.schema.json\n')
    .action(async (name: string, flags: ReportFlags) => {
      const { schemaCommand } = await import('./schema.ts')
      settle(schemaCommand(terminal, name, reportOptions(terminal, flags)))
    })
}

function addDoctor(program: Command, terminal: Terminal, settle: Settle): void {
  withReport(
    program
      .command('doctor')
      .description('show which browser prints, and what was tried')
      .option('--browser-path <file>', 'the browser to look at'),
    answerForms,
  )
    .addHelpText('after', '\nExample:\n  ladderpress doctor --report json\n')
    .action(async (flags: ReportFlags & { browserPath?: string }) => {
      const { doctorCommand } = await import('./doctor.ts')
      settle(await doctorCommand(terminal, { ...flags, ...reportOptions(terminal, flags) }))
    })
}

function addBrowser(program: Command, terminal: Terminal, settle: Settle): void {
  const browser = program.command('browser').description('manage the browser that prints')
  browser
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', '\nExample:\n  ladderpress browser install\n')
  withReport(
    browser
      .command('install')
      .description('download a browser that can print, after asking')
      .option('-y, --yes', 'do not ask'),
  )
    .addHelpText('after', '\nExample:\n  ladderpress browser install --yes\n')
    .action(async (flags: ReportFlags & { yes?: boolean }) => {
      const { browserInstallCommand } = await import('./browser-install.ts')
      settle(
        await browserInstallCommand(terminal, { ...reportOptions(terminal, flags), yes: flags.yes === true }),
      )
    })
}
