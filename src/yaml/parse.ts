import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  type Document,
  type Node,
  type Scalar,
} from 'yaml'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { positionAt, type Source, type Span } from '../text/source.ts'
import { caps, createCapWatch } from './caps.ts'
import { controlEscape, controlHere, firstControl } from './controls.ts'
import { warnOfEscapedTurns, warnOfTurns } from './direction.ts'
import type { YamlEntry, YamlNode, YamlScalar } from './node.ts'
import { explainSyntaxError } from './traps.ts'

export interface ParsedYaml {
  /** Absent where the text has errors: what follows would only be noise. */
  readonly root?: YamlNode
  readonly diagnostics: readonly Diagnostic[]
}

/** Keys that reach an object's prototype in careless programs; nothing in a ladder is called so. */
const reservedKeys = new Set(['__proto__', 'constructor', 'prototype'])

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
  const turned = warnOfTurns(source)
  const root = convert(source, document, diagnostics, turned)
  return root && diagnostics.length === 0
    ? { root, diagnostics: turned }
    : { diagnostics: [...diagnostics, ...turned] }
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

function convert(
  source: Source,
  document: Document.Parsed,
  diagnostics: Diagnostic[],
  warnings: Diagnostic[],
): YamlNode | undefined {
  const anchors = new Map<string, { node: YamlNode; values: number }>()
  /** Values under the node last converted, aliases written out: sharing keeps memory flat, walking does not. */
  let values = 0

  const at = (span: Span) => ({ source, span })
  // What stands in the file as it is has been looked at; escapes bring in what must not stand there.
  const refuseControls = (text: unknown, span: Span) => {
    const control = typeof text === 'string' ? firstControl(text) : undefined
    if (control) diagnostics.push(controlHere(at(controlEscape(source, span)), control.character))
  }
  const walk = (node: Node | null, fallback: Span): YamlNode => {
    if (node === null) {
      values += 1
      return { kind: 'scalar', value: null, written: '', style: 'plain', span: fallback }
    }
    const span = spanOf(node, fallback)
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (!target) {
        diagnostics.push(
          diagnose('yaml/unknown-alias', `Nothing above is marked "&${node.source}"`, {
            at: at(span),
            hint: 'Text that begins with an asterisk must stand in a block (|) or in quotes',
          }),
        )
        return { kind: 'scalar', value: null, written: '', style: 'plain', span }
      }
      values += target.values
      return target.node
    }
    const before = values
    values += 1
    const converted = isMap(node)
      ? walkMap(node, span)
      : isSeq(node)
        ? ({
            kind: 'sequence',
            items: node.items.map((item) => walk(item as Node | null, { start: span.end, end: span.end })),
            span,
          } satisfies YamlNode)
        : convertScalar(source, node as Scalar.Parsed, span)
    if (converted.kind === 'scalar') refuseControls(converted.value, span)
    if (isScalar(node) && node.type === 'QUOTE_DOUBLE' && typeof node.value === 'string')
      warnings.push(...warnOfEscapedTurns(source, node.value, span))
    const { anchor } = node as { anchor?: string }
    if (anchor !== undefined) anchors.set(anchor, { node: converted, values: values - before })
    return converted
  }

  const walkMap = (node: { items: { key: unknown; value: unknown }[] }, span: Span): YamlNode => {
    const entries = new Map<string, YamlEntry>()
    for (const pair of node.items) {
      const keyNode = pair.key as Node | null
      const key = spanOf(keyNode, span)
      const value = walk(pair.value as Node | null, { start: key.end, end: key.end })
      const name = isScalar(keyNode) ? keyNode.value : undefined
      if (typeof name !== 'string') {
        diagnostics.push(
          diagnose('yaml/key-not-text', 'A field name must be text', {
            at: at(key),
            hint: 'Put it in quotes if it is meant as a name',
          }),
        )
        continue
      }
      refuseControls(name, key)
      if (name === '<<') {
        diagnostics.push(
          diagnose('yaml/merge-key', 'Merge keys (<<) are not part of YAML 1.2', {
            at: at(key),
            hint: 'Write the fields out, or repeat a whole value with &name and *name',
          }),
        )
        continue
      }
      if (reservedKeys.has(name)) {
        diagnostics.push(
          diagnose('yaml/reserved-key', `"${name}" cannot be used as a field name`, { at: at(key) }),
        )
        continue
      }
      const first = entries.get(name)
      if (first) {
        diagnostics.push(
          diagnose('yaml/duplicate-key', `"${name}" is said twice in one map`, {
            at: at(key),
            related: [{ message: 'first said here', at: at(first.key) }],
            hint: 'YAML readers keep only one of them, often silently; merge the two or rename one',
          }),
        )
        continue
      }
      entries.set(name, { key, value })
    }
    return { kind: 'map', entries, span }
  }

  const root = walk(document.contents, { start: 0, end: source.text.length })
  if (values > caps.values) {
    diagnostics.push(
      diagnose('yaml/too-many-values', `The file stands for ${values.toLocaleString('en')} values`, {
        at: wholeFile(source),
        hint: `${caps.values.toLocaleString('en')} are allowed; aliases inside aliases multiply`,
      }),
    )
    return undefined
  }
  return root
}

function spanOf(node: Node | null, fallback: Span): Span {
  const range = node?.range
  return range ? { start: range[0], end: Math.max(range[0], range[1]) } : fallback
}

function convertScalar(source: Source, node: Scalar.Parsed, span: Span): YamlScalar {
  const { value, type } = node
  const style = type === 'PLAIN' ? 'plain' : type?.startsWith('BLOCK') ? 'block' : 'quoted'
  const known =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  const comment =
    style === 'plain' ? /^[ \t]+(#[^\r\n]*)/.exec(source.text.slice(span.end, span.end + 2_000)) : null
  const start = span.end + (comment ? comment[0].length - (comment[1] ?? '').length : 0)
  return {
    kind: 'scalar',
    value: known,
    written: typeof value === 'string' ? value : (node.source ?? ''),
    style,
    ...(comment && { comment: { start, end: span.end + comment[0].length } }),
    span,
  }
}
