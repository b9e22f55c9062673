import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Location, Source, Span } from '../text/source.ts'

/**
 * Controls but for tab and line ends are not text (YAML 1.2 § 5.1). Here, those of C1 are not text either, though YAML
 * allows one of them, next line (U+0085): terminals and printers take some for commands.
 */
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/

/** Where the first control character of a text stands, and which it is. */
export function firstControl(
  text: string,
): { readonly index: number; readonly character: string } | undefined {
  const found = control.exec(text)
  return found ? { index: found.index, character: found[0] } : undefined
}

/** Says that a control character stands at a place: the character itself, or what YAML reads as one. */
export function controlHere(at: Location, character: string): Diagnostic {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return diagnose('load/not-text', `A control character (U+${hex}) stands here`, {
    at,
    hint: 'Delete it; it often comes along when text is copied from elsewhere',
  })
}

/** What double quotes take for control characters, but for those that are text: YAML 1.2 § 5.7. */
const named: Readonly<Record<string, string>> = {
  '0': '\u0000',
  a: '\u0007',
  b: '\b',
  v: '\v',
  f: '\f',
  e: '\u001b',
  N: '\u0085',
}

/** The first escape of a quoted scalar that stands for a control character; all of the scalar where it is not found. */
export function controlEscape({ text }: Source, span: Span): Span {
  const escapes = /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([^]))/gi
  for (const match of text.slice(span.start, span.end).matchAll(escapes)) {
    const hex = match[1] ?? match[2] ?? match[3]
    const code = hex === undefined ? undefined : Number.parseInt(hex, 16)
    const character =
      code === undefined ? named[match[4] ?? ''] : code < 0x10000 ? String.fromCharCode(code) : ''
    if (character === undefined || !control.test(character)) continue
    const start = span.start + match.index
    return { start, end: start + match[0].length }
  }
  return span
}
