import { catalogue, codes, isCode, type Code } from '../diagnostics/catalogue.ts'
import { diagnose } from '../diagnostics/diagnostic.ts'
import type { CatalogueEntry } from '../diagnostics/entry.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { printReport, type ReportOptions, type Terminal } from './terminal.ts'

/** `ladderpress explain`: what a code means, or the list of all. */
export function explainCommand(terminal: Terminal, code: string | undefined, flags: ReportOptions): number {
  if (code === undefined) {
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
  terminal.stdout.write(
    flags.report === 'json'
      ? `${JSON.stringify({ code: word, ...catalogue[word] }, undefined, 2)}\n`
      : explain(word),
  )
  return 0
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
