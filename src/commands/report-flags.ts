import type { Command } from 'commander'

import { reportForms, wantsColor, type ReportForm, type ReportOptions, type Terminal } from './terminal.ts'

/** Takes the exit code of the command that ran. */
export type Settle = (code: number) => void

/** What every command is told of its report, as it was written. */
export interface ReportFlags {
  report: ReportForm
  quiet?: boolean
  color: boolean
}

/** A command with the options of {@link ReportFlags}. @param forms that make sense for it */
export function withReport(command: Command, forms: readonly ReportForm[] = reportForms): Command {
  return command
    .addOption(
      command
        .createOption('--report <form>', 'how to report problems')
        .choices([...forms])
        .default('human'),
    )
    .option('-q, --quiet', 'say nothing but errors, and what is asked for')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
}

/** How a command reports on a terminal. */
export function reportOptions(terminal: Terminal, { report, quiet, color }: ReportFlags): ReportOptions {
  return { report, quiet: quiet === true, color: wantsColor(terminal, color) }
}

/** Of an option that may be given several times: all values. */
export function collect(value: string, list: string[] | undefined): string[] {
  return [...(list ?? []), value]
}
