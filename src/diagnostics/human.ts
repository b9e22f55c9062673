import { styleText } from 'node:util'

import { thousands } from '../text/numbers.ts'
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

/** Errors of one file that are shown one by one, and warnings: nobody reads more before mending some. */
const mostOfFile = 50

/**
 * Diagnostics for people: what, where, the line itself, what to do; and a count at the end. Of many notes of one
 * kind, and of many errors or warnings of one file, the first are shown and the others counted: they are all in
 * the reports for machines.
 *
 * @returns text with a line end after each line; empty where there is nothing to say
 */
export function humanReport(diagnostics: readonly Diagnostic[], look: Look): string {
  if (diagnostics.length === 0) return ''
  const { shown, left } = fewAlike(diagnostics)
  const paint = painter(look)
  const more = left.map(({ severity, words, code }) => {
    const head = `${paint([tints[severity], 'bold'], severity)} ${visible(words)}`
    return code === undefined ? `${head}\n` : `${head}  ${paint(['dim'], code)}\n`
  })
  const parts = [...shown.map((diagnostic) => humanDiagnostic(diagnostic, look)), ...more]
  return `${parts.join('\n')}\n${countLine(diagnostics)}\n`
}

/** Diagnostics of which only the first are shown. */
interface Alike {
  readonly severity: Severity
  readonly most: number
  /** The code that they share, where that is what makes them alike. */
  readonly code?: string
  /** The file that they stand in. */
  readonly file?: string | undefined
  all: number
  seen: number
}

interface Left {
  readonly severity: Severity
  readonly words: string
  readonly code?: string
}

/**
 * @returns what is shown, and what is said of the rest. If only one more is left, it is shown too: counting it would
 *   take a line as well
 */
function fewAlike(diagnostics: readonly Diagnostic[]): {
  readonly shown: readonly Diagnostic[]
  readonly left: readonly Left[]
} {
  const kinds = new Map<string, Alike>()
  const kindOf = ({ code, severity, at }: Diagnostic): Alike => {
    const isNote = severity === 'note'
    const file = at?.source.path
    const key = isNote ? code : `${severity} ${file ?? ''}`
    const kind = kinds.get(key) ?? {
      severity,
      all: 0,
      seen: 0,
      ...(isNote ? { code, most: mostAlike } : { file, most: mostOfFile }),
    }
    kinds.set(key, kind)
    return kind
  }
  for (const diagnostic of diagnostics) kindOf(diagnostic).all += 1
  const shown = diagnostics.filter((diagnostic) => {
    const kind = kindOf(diagnostic)
    kind.seen += 1
    return kind.seen <= kind.most || kind.all <= kind.most + 1
  })
  const left = [...kinds.values()]
    .filter(({ all, most }) => all > most + 1)
    .map(({ severity, code, file, all, most }): Left => {
      const more = thousands(all - most)
      if (code !== undefined) return { severity, code, words: `and ${more} more like these` }
      const where = file === undefined ? '' : ` in ${file}`
      return { severity, words: `and ${more} more ${severity}s${where}; --report json lists all` }
    })
  return { shown, left }
}

/** One diagnostic, its frame and its hints. */
function humanDiagnostic(diagnostic: Diagnostic, look: Look): string {
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
    .map(({ severity, n }) => `${thousands(n)} ${severity}${n === 1 ? '' : 's'}`)
    .join(', ')
}
