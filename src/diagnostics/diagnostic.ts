import type { Location } from '../text/source.ts'
import { catalogue, type Code } from './catalogue.ts'
import type { Severity } from './entry.ts'

/** One thing to tell the user. Plain data: it is printed, written to the manifest or sent as JSON elsewhere. */
export interface Diagnostic {
  readonly code: Code
  readonly severity: Severity
  /** A full sentence without a final full stop, in the user's words. */
  readonly message: string
  readonly at?: Location
  /** What to do about it, where one can say more than the message does. */
  readonly hint?: string
  /** Other places that matter for understanding this one. */
  readonly related?: readonly Related[]
  /** The word that the message is about: where several documents break it, they are told of together. */
  readonly broken?: BrokenWord
}

/** A word that had to be broken in a document. */
export interface BrokenWord {
  /** Its beginning, where it is very long. */
  readonly word: string
  readonly letters: number
  readonly document: string
}

/** Another place that a diagnostic is about, such as the first of two equal titles. */
export interface Related {
  readonly message: string
  readonly at: Location
}

interface Extras {
  at?: Location | undefined
  hint?: string | undefined
  related?: readonly Related[] | undefined
  broken?: BrokenWord | undefined
}

/**
 * Makes a diagnostic; its severity is the catalogue's.
 *
 * @param code a permanent word of the catalogue
 * @param message a sentence in the user's words, without a final full stop
 */
export function diagnose(code: Code, message: string, extras: Extras = {}): Diagnostic {
  return {
    code,
    severity: catalogue[code].severity,
    message,
    ...(extras.at && { at: extras.at }),
    ...(extras.hint !== undefined && { hint: extras.hint }),
    ...(extras.related && extras.related.length > 0 && { related: extras.related }),
    ...(extras.broken && { broken: extras.broken }),
  }
}

/** Whether any of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error')
}

/**
 * Sorts for reading: by file in the order first met, then by place; those of one place, and those without a place,
 * which come last, stand in the order they were made.
 */
export function inReadingOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const files: string[] = []
  for (const { at } of diagnostics) if (at && !files.includes(at.source.path)) files.push(at.source.path)
  const rank = (d: Diagnostic) => (d.at ? files.indexOf(d.at.source.path) : files.length)
  return diagnostics
    .map((diagnostic, index) => ({ diagnostic, index }))
    .sort(
      (a, b) =>
        rank(a.diagnostic) - rank(b.diagnostic) ||
        (a.diagnostic.at?.span.start ?? 0) - (b.diagnostic.at?.span.start ?? 0) ||
        a.index - b.index,
    )
    .map(({ diagnostic }) => diagnostic)
}

/**
 * What the process should end with: the highest of 4 (could not read or write), 3 (no browser), 2 (wrong
 * usage) and 1 (problems in the input) that any error calls for; 0 where nothing failed.
 *
 * @param policy what else fails than errors
 */
export function exitCode(diagnostics: readonly Diagnostic[], policy: Policy = {}): number {
  let highest = 0
  for (const diagnostic of diagnostics) {
    if (!fails(diagnostic, policy)) continue
    highest = Math.max(highest, (diagnostic.severity === 'error' ? catalogue[diagnostic.code].exit : 1) ?? 1)
  }
  return highest
}

/** What fails besides errors. */
export interface Policy {
  /** Whether warnings do (notes never do). */
  readonly strict?: boolean
  /** Codes that do, whatever their severity. */
  readonly failOn?: readonly Code[]
}

/** Whether it fails, as an error does or because that was asked. */
export function fails({ code, severity }: Diagnostic, { strict, failOn = [] }: Policy): boolean {
  return severity === 'error' || (strict === true && severity === 'warning') || failOn.includes(code)
}
