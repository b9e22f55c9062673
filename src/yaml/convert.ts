import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type Scalar } from 'yaml'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Location, Source, Span } from '../text/source.ts'
import { controlEscape, controlHere, firstControl } from './controls.ts'
import { warnOfEscapedTurns } from './direction.ts'
import type { YamlEntry, YamlNode, YamlScalar } from './node.ts'

/** Keys that reach an object's prototype in careless programs; nothing in a ladder is called so. */
const reservedKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** The library's nodes on their way to ours. */
interface Conversion {
  readonly source: Source
  readonly errors: Diagnostic[]
  readonly warnings: Diagnostic[]
  readonly anchors: Map<string, { readonly node: YamlNode; readonly values: number }>
  /** Values so far, aliases written out: sharing keeps memory flat, walking does not. */
  values: number
}

/**
 * The content of a document as values that know their places.
 *
 * @returns what is wrong with it, too, and how many values it stands for, aliases written out
 */
export function convert(
  source: Source,
  contents: Node,
): { root: YamlNode; values: number; errors: Diagnostic[]; warnings: Diagnostic[] } {
  const conversion: Conversion = { source, errors: [], warnings: [], anchors: new Map(), values: 0 }
  const root = convertNode(conversion, contents, { start: 0, end: source.text.length })
  const { values, errors, warnings } = conversion
  return { root, values, errors, warnings }
}

/** @param fallback where it counts as standing if the library does not say */
function convertNode(conversion: Conversion, node: Node | null, fallback: Span): YamlNode {
  if (node === null) {
    conversion.values += 1
    return nothingAt(fallback)
  }
  const span = spanOf(node, fallback)
  if (isAlias(node)) return convertAlias(conversion, node, span)
  const before = conversion.values
  conversion.values += 1
  const converted = isMap(node)
    ? convertMap(conversion, node, span)
    : isSeq(node)
      ? convertSequence(conversion, node.items as (Node | null)[], span)
      : convertScalar(conversion, node as Scalar.Parsed, span)
  const { anchor } = node as { anchor?: string }
  if (anchor !== undefined)
    conversion.anchors.set(anchor, { node: converted, values: conversion.values - before })
  return converted
}

function convertAlias(conversion: Conversion, { source: name }: Alias, span: Span): YamlNode {
  const target = conversion.anchors.get(name)
  if (target) {
    conversion.values += target.values
    return target.node
  }
  conversion.errors.push(
    diagnose('yaml/unknown-alias', `Nothing above is marked "&${name}"`, {
      at: at(conversion, span),
      hint: 'Text that begins with an asterisk must stand in a block (|) or in quotes',
    }),
  )
  return nothingAt(span)
}

function convertSequence(conversion: Conversion, items: readonly (Node | null)[], span: Span): YamlNode {
  const behind = { start: span.end, end: span.end }
  return { kind: 'sequence', items: items.map((item) => convertNode(conversion, item, behind)), span }
}

function convertMap(
  conversion: Conversion,
  { items }: { readonly items: readonly { readonly key: unknown; readonly value: unknown }[] },
  span: Span,
): YamlNode {
  const entries = new Map<string, YamlEntry>()
  for (const pair of items) {
    const keyNode = pair.key as Node | null
    const key = spanOf(keyNode, span)
    const value = convertNode(conversion, pair.value as Node | null, { start: key.end, end: key.end })
    const name = fieldName(conversion, isScalar(keyNode) ? keyNode.value : undefined, key, entries)
    if (name !== undefined) entries.set(name, { key, value })
  }
  return { kind: 'map', entries, span }
}

/**
 * The name of a field, or undefined where it cannot have that name, which is then reported.
 *
 * @param before the fields above it
 */
function fieldName(
  conversion: Conversion,
  name: unknown,
  key: Span,
  before: ReadonlyMap<string, YamlEntry>,
): string | undefined {
  const { errors } = conversion
  const place = at(conversion, key)
  if (typeof name !== 'string') {
    const hint = 'Put it in quotes if it is meant as a name'
    errors.push(diagnose('yaml/key-not-text', 'A field name must be text', { at: place, hint }))
    return undefined
  }
  refuseControls(conversion, name, key)
  if (name === '<<') {
    const hint = 'Write the fields out, or repeat a whole value with &name and *name'
    errors.push(diagnose('yaml/merge-key', 'Merge keys (<<) are not part of YAML 1.2', { at: place, hint }))
    return undefined
  }
  if (reservedKeys.has(name)) {
    errors.push(diagnose('yaml/reserved-key', `"${name}" cannot be used as a field name`, { at: place }))
    return undefined
  }
  const first = before.get(name)
  if (first) {
    errors.push(
      diagnose('yaml/duplicate-key', `"${name}" is said twice in one map`, {
        at: place,
        related: [{ message: 'first said here', at: at(conversion, first.key) }],
        hint: 'YAML readers keep only one of them, often silently; merge the two or rename one',
      }),
    )
    return undefined
  }
  return name
}

function convertScalar(conversion: Conversion, node: Scalar.Parsed, span: Span): YamlScalar {
  const { source, warnings } = conversion
  const { value, type } = node
  const style = type === 'PLAIN' ? 'plain' : type?.startsWith('BLOCK') ? 'block' : 'quoted'
  const known =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  refuseControls(conversion, known, span)
  if (type === 'QUOTE_DOUBLE' && typeof value === 'string')
    warnings.push(...warnOfEscapedTurns(source, value, span))
  // Where nothing is said, the blank before it stands before the place of the value.
  const pattern = span.end === span.start ? /^[ \t]*(#[^\r\n]*)/ : /^[ \t]+(#[^\r\n]*)/
  const comment = style === 'plain' ? pattern.exec(source.text.slice(span.end, span.end + 2_000)) : null
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

/** Characters that stand in the file have been looked at; escapes bring in others. */
function refuseControls(conversion: Conversion, text: unknown, span: Span): void {
  const control = typeof text === 'string' ? firstControl(text) : undefined
  if (!control) return
  const place = at(conversion, controlEscape(conversion.source, span))
  conversion.errors.push(controlHere(place, control.character))
}

function nothingAt(span: Span): YamlScalar {
  return { kind: 'scalar', value: null, written: '', style: 'plain', span }
}

function spanOf(node: Node | null, fallback: Span): Span {
  const range = node?.range
  return range ? { start: range[0], end: Math.max(range[0], range[1]) } : fallback
}

function at({ source }: Conversion, span: Span): Location {
  return { source, span }
}
