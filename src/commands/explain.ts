import { catalogue, codes, isCode, type Code } from '../diagnostics/catalogue.ts'
import { diagnose } from '../diagnostics/diagnostic.ts'
import type { CatalogueEntry } from '../diagnostics/entry.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { printReport, type ReportOptions, type Terminal } from './terminal.ts'

/** `ladderpress explain`: what a code means, or the list of all; as JSON an object, or a list of them. */
export function explainCommand(terminal: Terminal, code: string | undefined, flags: ReportOptions): number {
  const json = (value: unknown) => terminal.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`)
  if (code === undefined) {
    if (flags.report === 'json') {
      json(codes.map(entryOf))
      return 0
    }
    const widest = Math.max(...codes.map((word) => word.length))
    for (const word of codes) {
      const { severity, title } = catalogue[word]
      terminal.stdout.write(`${word.padEnd(widest)}  ${severity.padEnd('warning'.length)}  ${title}\n`)
    }
    return 0
  }
  const word = code.trim().toLowerCase()
  if (!isCode(word)) {
    const ends = codes.filter((known) => known.endsWith(`/${word}`))
    const hint = ends.length > 0 ? `Did you mean ${ends.join(' or ')}?` : didYouMean(word, codes)
    printReport(
      terminal,
      [diagnose('usage/unknown-code', `No diagnostic is called "${code}"`, { hint })],
      flags,
    )
    return 2
  }
  if (flags.report === 'json') json(entryOf(word))
  else terminal.stdout.write(explain(word))
  return 0
}

function entryOf(code: Code): CatalogueEntry & { readonly code: Code } {
  return { code, ...catalogue[code] }
}

function explain(code: Code): string {
  const { severity, title, why, fix, exit, example }: CatalogueEntry = catalogue[code]
  return [
    `${code} (${severity}${exit === undefined ? '' : `, exit code ${exit}`})`,
    '',
    title,
    '',
    `Why: ${why}`,
    `Fix: ${fix}`,
    ...(example ? ['', `Wrong: ${example.wrong}`, `Right: ${example.right}`] : []),
    '',
  ].join('\n')
}
