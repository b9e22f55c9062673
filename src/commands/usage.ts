import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { reportForms, type ReportForm } from './terminal.ts'

/** What commander found wrong with the command line, as a diagnostic like any other. */
export function explainUsage({
  code,
  message,
}: {
  readonly code: string
  readonly message: string
}): Diagnostic {
  const [first = '', ...more] = message.replace(/^error: /, '').split('\n')
  const text = first.charAt(0).toUpperCase() + first.slice(1)
  const hint = more
    .join(' ')
    .replace(/^\(|\)$/g, '')
    .trim()
  const codeOf: Record<string, 'usage/unknown-option' | 'usage/unknown-command'> = {
    'commander.unknownOption': 'usage/unknown-option',
    'commander.unknownCommand': 'usage/unknown-command',
  }
  return diagnose(codeOf[code] ?? 'usage/bad-value', text.replace(/[.]$/, ''), {
    hint: hint === '' ? 'See ladderpress --help' : hint,
  })
}

/** The report form that a command line asks for, also where the rest of it cannot be understood. */
export function askedForm(argv: readonly string[]): ReportForm {
  const at = argv.findIndex((word) => word === '--report' || word.startsWith('--report='))
  const word = at < 0 ? '' : (argv[at]?.split('=')[1] ?? argv[at + 1] ?? '')
  return reportForms.find((form) => form === word) ?? 'human'
}
