import { diagnose } from '../diagnostics/diagnostic.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { schemaNames, schemas, type SchemaName } from '../validate/schemas.ts'
import { printReport, type ReportOptions, type Terminal } from './terminal.ts'

/** `ladderpress schema`: one of the JSON Schemas, for editors and other tools. */
export function schemaCommand(terminal: Terminal, name: string, flags: ReportOptions): number {
  if (!(schemaNames as readonly string[]).includes(name)) {
    const hint = didYouMean(name, schemaNames) ?? `There are ${schemaNames.join(', ')}`
    printReport(
      terminal,
      [diagnose('usage/bad-value', `There is no schema called "${name}"`, { hint })],
      flags,
    )
    return 2
  }
  terminal.stdout.write(`${JSON.stringify(schemas[name as SchemaName], undefined, 2)}\n`)
  return 0
}
