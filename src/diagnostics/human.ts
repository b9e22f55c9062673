import { styleText } from 'node:util'

import { positionAt, type Location } from '../text/source.ts'
import { fails, type Diagnostic, type Policy } from './diagnostic.ts'
import type { Severity } from './entry.ts'
import { frameOf, visible } from './frame.ts'

/** What the terminal can show. */
export interface Look {
  readonly color: boolean
}

const tints = { error: 'red', warning: 'yellow', note: 'blue' } as const

/** Notes of one code that are shown one by one; beyond so many they would hide what is worse. */
const mostAlike = 10

/**
 * Diagnostics for people: what, where, the line itself, what to do; and a count at the end. Of many notes
 * of one kind the first are shown and the others counted: they are all in the reports for machines.
 *
 * @returns text with a line end after each line; empty where there is nothing to say
 */
export function humanReport(diagnostics: readonly Diagnostic[], look: Look): string {
  if (diagnostics.length === 0) return ''
  const { shown, left } = fewAlike(diagnostics)
  const paint = painter(look)
  const more = [...left].map(
    ([code, n]) => `${paint(['blue', 'bold'], 'note')} and ${n} more like these  ${paint(['dim'], code)}\n`,
  )
  const parts = [...shown.map((diagnostic) => humanDiagnostic(diagnostic, look)), ...more]
  return `${parts.join('\n')}\n${countLine(diagnostics)}\n`
}

/** @returns what is shown, and by code how many notes are not. One more than fit is shown: its count would take a line too */
function fewAlike(diagnostics: readonly Diagnostic[]): {
  readonly shown: readonly Diagnostic[]
  readonly left: ReadonlyMap<string, number>
} {
  const counts = new Map<string, number>()
  const left = new Map<string, number>()
  for (const { code, severity } of diagnostics)
    if (severity === 'note') counts.set(code, (counts.get(code) ?? 0) + 1)
  const seen = new Map<string, number>()
  const shown = diagnostics.filter(({ code, severity }) => {
    const all = counts.get(code) ?? 0
    if (severity !== 'note' || all <= mostAlike + 1) return true
    const before = seen.get(code) ?? 0
    seen.set(code, before + 1)
    if (before < mostAlike) return true
    left.set(code, all - mostAlike)
    return false
  })
  return { shown, left }
}

/** One diagnostic, its frame and its hints. */
export function humanDiagnostic(diagnostic: Diagnostic, look: Look): string {
  const paint = painter(look)
  const { code, severity, message, at, hint, related = [] } = diagnostic
  const head = `${paint([tints[severity], 'bold'], severity)} ${paint(['bold'], visible(message))}  ${paint(['dim'], code)}`
  const gutter = Math.max(
    0,
    ...[at, ...related.map((other) => other.at)].map((place) => (place ? lineDigits(place) : 0)),
  )
  const pad = ' '.repeat(gutter)
  return [
    head,
    ...(at ? frameLines(at, gutter, '^', paint, tints[severity]) : []),
    ...related.flatMap((other) => [
      `${pad} ${paint(['dim'], ':')} ${visible(other.message)}`,
      ...frameLines(other.at, gutter, '-', paint, 'blue', at),
    ]),
    ...(hint === undefined ? [] : [`${pad} ${paint(['cyan'], '=')} ${visible(hint)}`]),
    '',
  ].join('\n')
}

function lineDigits({ source, span }: Location): number {
  return String(positionAt(source, span.start).line).length
}

type Paint = (styles: Parameters<typeof styleText>[0], text: string) => string

function painter({ color }: Look): Paint {
  return (styles, text) => (color ? styleText(styles, text, { validateStream: false }) : text)
}

function frameLines(
  at: Location,
  gutter: number,
  mark: string,
  paint: Paint,
  tint: 'red' | 'yellow' | 'blue',
  main?: Location,
): string[] {
  const { column } = positionAt(at.source, at.span.start)
  const { line, text, indent, marks } = frameOf(at)
  const pad = ' '.repeat(gutter)
  const bar = paint(['dim'], '|')
  return [
    // The path is said once, and again only where the place lies in another file.
    ...(main && main.source.path === at.source.path
      ? []
      : [`${pad}${paint(['dim'], '-->')} ${visible(at.source.path)}:${line}:${column}`]),
    `${paint(['dim'], String(line).padStart(gutter))} ${bar} ${text.trimEnd()}`,
    `${pad} ${bar} ${' '.repeat(indent)}${paint([tint], mark.repeat(Math.min(marks, 100)))}`,
  ]
}

/**
 * What fails though it is no error, and by which option; empty where nothing does.
 *
 * @returns text with a line end after each line
 */
export function failLines(diagnostics: readonly Diagnostic[], policy: Policy): string {
  const failing = diagnostics.filter((one) => one.severity !== 'error' && fails(one, policy))
  const counts = new Map<string, number>()
  for (const { code } of failing.filter((one) => policy.failOn?.includes(one.code) === true))
    counts.set(code, (counts.get(code) ?? 0) + 1)
  const named = [...counts].map(([code, n]) => (n === 1 ? code : `${code} (${n})`))
  const warned = countLine(failing.filter(({ code }) => !counts.has(code)))
  return [
    ...(warned === '' ? [] : [`Failed by --strict: ${warned}\n`]),
    ...(named.length === 0 ? [] : [`Failed by --fail-on: ${named.join(', ')}\n`]),
  ].join('')
}

/** “1 error, 2 warnings”. */
export function countLine(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity) =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
  return (['error', 'warning', 'note'] as const)
    .map((severity) => ({ severity, n: count(severity) }))
    .filter(({ n }) => n > 0)
    .map(({ severity, n }) => `${n} ${severity}${n === 1 ? '' : 's'}`)
    .join(', ')
}
