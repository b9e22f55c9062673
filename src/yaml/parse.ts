import { Composer, isScalar, Lexer, Parser, type Document, type Node } from 'yaml'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { thousands } from '../text/numbers.ts'
import { positionAt, type Source } from '../text/source.ts'
import { caps, createCapWatch } from './caps.ts'
import { convert } from './convert.ts'
import { warnOfTurns } from './direction.ts'
import type { YamlNode } from './node.ts'
import { explainSyntaxError } from './traps.ts'

/** What a file says, and what is wrong with how it is written. */
export interface ParsedYaml {
  /** Absent where the text has errors: what follows would only be noise. */
  readonly root?: YamlNode
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads one YAML 1.2 document (core schema, no merge keys, no custom tags). Never throws: whatever is wrong
 * becomes a diagnostic with its place.
 */
export function parseYaml(source: Source): ParsedYaml {
  const composed = compose(source)
  if ('diagnostics' in composed) return composed
  const { documents } = composed

  const diagnostics: Diagnostic[] = []
  for (const document of documents) {
    // A line of any length is looked at once for each kind of error, not for each error.
    const seen = new Set<string>()
    for (const error of [...document.errors, ...document.warnings]) {
      const kind = `${positionAt(source, error.pos[0]).line} ${error.code}`
      if (seen.has(kind)) continue
      seen.add(kind)
      diagnostics.push(explainSyntaxError(source, error, document))
    }
  }
  const [document, second] = documents
  if (second) {
    const start = second.range[0]
    diagnostics.push(
      diagnose('yaml/several-documents', 'A second YAML document begins here', {
        at: { source, span: { start, end: Math.min(start + 3, source.text.length) } },
        hint: 'A ladder is one document: remove the line with the three dashes, or move the rest to a file of its own',
      }),
    )
  }
  if (diagnostics.length > 0) return { diagnostics: withoutEchoes(diagnostics) }
  if (!document?.contents || isEmptyScalar(document.contents)) {
    return {
      diagnostics: [
        diagnose('yaml/empty', 'The file says nothing', { at: { source, span: { start: 0, end: 0 } } }),
      ],
    }
  }
  const { root, values, errors, warnings } = convert(source, document.contents)
  if (values > caps.values) {
    errors.push(
      diagnose('yaml/too-many-values', `The file stands for ${thousands(values)} values`, {
        at: wholeFile(source),
        hint: `${thousands(caps.values)} are allowed; aliases inside aliases multiply`,
      }),
    )
  }
  const turned = [...warnOfTurns(source), ...warnings]
  return errors.length === 0 ? { root, diagnostics: turned } : { diagnostics: [...errors, ...turned] }
}

function compose(source: Source): { documents: Document.Parsed[] } | { diagnostics: Diagnostic[] } {
  const watch = createCapWatch(source)
  const parser = new Parser()
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false, // the library's own check is quadratic; ours also says where the first one stands
    prettyErrors: false,
    logLevel: 'silent',
  })
  const documents: Document.Parsed[] = []
  let passed: Diagnostic | undefined
  const tokens = function* () {
    for (const lexeme of new Lexer().lex(source.text)) {
      passed = watch.see(lexeme)
      if (passed) return
      yield* parser.next(lexeme)
    }
    yield* parser.end()
  }
  try {
    for (const document of composer.compose(tokens(), true, source.text.length)) {
      if (passed) break
      documents.push(document)
    }
  } catch (error) {
    // The library is not known to throw; should it, the user still gets a place to look at.
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return {
      diagnostics: [
        diagnose('yaml/syntax', `This cannot be read as YAML: ${message}`, { at: wholeFile(source) }),
      ],
    }
  }
  return passed ? { diagnostics: [passed] } : { documents }
}

/** One slip often makes several errors at one place; the first says it best. */
function withoutEchoes(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<number>()
  return diagnostics.filter(({ at }) => {
    const line = at ? positionAt(at.source, at.span.start).line : 0
    if (seen.has(line)) return false
    seen.add(line)
    return true
  })
}

function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && node.value === null && (node.source ?? '') === ''
}

function wholeFile(source: Source) {
  return { source, span: { start: 0, end: Math.min(1, source.text.length) } }
}
