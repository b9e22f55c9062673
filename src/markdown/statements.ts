import { inlineText, saysSomething, type Block, type Prose } from './prose.ts'

/**
 * Takes the prose of a cell apart into statements: one per bullet of a list at the outermost level, its nested
 * bullets staying with it as details. A paragraph that ends in a colon keeps the list that follows; any other
 * paragraph beside a list is a statement too. Text without a list is one statement. What says nothing is none.
 */
export function splitStatements(prose: Prose): Prose[] {
  if (!prose.some((block) => block.kind === 'list')) return saysSomething(prose) ? [prose] : []
  const statements: Prose[] = []
  for (let index = 0; index < prose.length; index += 1) {
    const block = prose[index] as Block
    if (block.kind === 'list') {
      statements.push(...block.items.filter(saysSomething))
      continue
    }
    const next = prose[index + 1]
    if (next?.kind === 'list' && /[:\uff1a]\s*$/u.test(inlineText(block.inlines))) {
      statements.push([block, next])
      index += 1
    } else if (saysSomething([block])) statements.push([block])
  }
  return statements
}
