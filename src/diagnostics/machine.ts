import { positionAt, type Location, type Position } from '../text/source.ts'
import { catalogue, codes, isCode } from './catalogue.ts'
import { fails, type BrokenWord, type Diagnostic, type Policy } from './diagnostic.ts'
import type { Severity } from './entry.ts'
import { visible } from './frame.ts'

/** A place as machines are told it: all counts from 1, columns in characters, the end exclusive. */
export interface PlainPlace {
  readonly file: string
  readonly start: Position
  readonly end: Position
}

/** A diagnostic without its sources: what `--report json` prints and the manifest keeps. */
export interface PlainDiagnostic {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly at?: PlainPlace
  readonly hint?: string
  readonly related?: readonly { readonly message: string; readonly at: PlainPlace }[]
  readonly broken?: BrokenWord
}

/** A diagnostic as data that can be written down: its places by file, line and column. */
export function plainDiagnostic(diagnostic: Diagnostic): PlainDiagnostic {
  const { code, severity, message, at, hint, related, broken } = diagnostic
  return {
    code,
    severity,
    message,
    ...(at && { at: plainPlace(at) }),
    ...(hint !== undefined && { hint }),
    ...(related && {
      related: related.map((other) => ({ message: other.message, at: plainPlace(other.at) })),
    }),
    ...(broken && { broken }),
  }
}

/** Whether a value that was read is a diagnostic of ours, of a code that there is. */
export function isPlainDiagnostic(value: unknown): value is PlainDiagnostic {
  if (!isRecord(value)) return false
  const { code, severity, message, at, hint, related, broken } = value
  return (
    typeof code === 'string' &&
    isCode(code) &&
    catalogue[code].severity === severity &&
    typeof message === 'string' &&
    (hint === undefined || typeof hint === 'string') &&
    (at === undefined || isPlainPlace(at)) &&
    (related === undefined ||
      (Array.isArray(related) &&
        related.every(
          (other: unknown) =>
            isRecord(other) && typeof other['message'] === 'string' && isPlainPlace(other['at']),
        ))) &&
    (broken === undefined || isBrokenWord(broken))
  )
}

function isBrokenWord(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['word'] === 'string' &&
    isCount(value['letters']) &&
    typeof value['document'] === 'string'
  )
}

function isPlainPlace(value: unknown): boolean {
  const isPosition = (position: unknown) =>
    isRecord(position) && isCount(position['line']) && isCount(position['column'])
  return (
    isRecord(value) &&
    typeof value['file'] === 'string' &&
    isPosition(value['start']) &&
    isPosition(value['end'])
  )
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0
}

/** Whether something that was read from JSON has fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function plainPlace({ source, span }: Location): PlainPlace {
  return { file: source.path, start: positionAt(source, span.start), end: positionAt(source, span.end) }
}

/**
 * One JSON document: `{ diagnostics, errors, warnings, notes, failing }`, and whatever else a command has to tell.
 * `failing` are the codes of what fails though it is no error.
 */
export function jsonReport(
  diagnostics: readonly Diagnostic[],
  more: Readonly<Record<string, unknown>> = {},
  policy: Policy = {},
): string {
  const count = (severity: Severity) =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
  const report = {
    diagnostics: diagnostics.map(plainDiagnostic),
    errors: count('error'),
    warnings: count('warning'),
    notes: count('note'),
    failing: [
      ...new Set(
        diagnostics.filter((one) => one.severity !== 'error' && fails(one, policy)).map(({ code }) => code),
      ),
    ],
    ...more,
  }
  return `${JSON.stringify(report, undefined, 2)}\n`
}

const githubWords = { error: 'error', warning: 'warning', note: 'notice' } as const

/** What fails counts as an error, whatever it is otherwise. */
function levelOf(diagnostic: Diagnostic, policy: Policy): Severity {
  return fails(diagnostic, policy) ? 'error' : diagnostic.severity
}

/** The name of a file for a machine that looks at files from another folder. */
type Naming = (path: string) => string

const asShown: Naming = (path) => path

/**
 * Workflow commands of GitHub Actions, one line each.
 *
 * @param naming what files are called from the root of the repository, where the program runs elsewhere
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubReport(
  diagnostics: readonly Diagnostic[],
  policy: Policy = {},
  naming: Naming = asShown,
): string {
  return diagnostics
    .map((diagnostic) => {
      const { code, message, at, hint } = diagnostic
      const place = at && plainPlace(at)
      const properties = [
        ...(place
          ? [
              `file=${property(naming(place.file))}`,
              `line=${place.start.line}`,
              `endLine=${place.end.line}`,
              // Columns make no sense to GitHub where a place runs over several lines.
              ...(place.start.line === place.end.line
                ? [`col=${place.start.column}`, `endColumn=${place.end.column}`]
                : []),
            ]
          : []),
        `title=${property(code)}`,
      ]
      const text = hint === undefined ? message : `${message}. ${hint}`
      return `::${githubWords[levelOf(diagnostic, policy)]} ${properties.join(',')}::${data(text)}\n`
    })
    .join('')
}

function data(text: string): string {
  return (
    text
      .replaceAll('%', '%25')
      .replaceAll('\r', '%0D')
      .replaceAll('\n', '%0A')
      // Logs are shown as terminals show them.
      .replace(/[\u0000-\u001f\u007f-\u009f]/g, visible)
  )
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/**
 * A SARIF 2.1.0 log for code scanning.
 *
 * @param naming as for `githubReport`
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(
  diagnostics: readonly Diagnostic[],
  version: string,
  policy: Policy = {},
  naming: Naming = asShown,
): string {
  const used = codes.filter((code) => diagnostics.some((diagnostic) => diagnostic.code === code))
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'ladderpress',
            semanticVersion: version,
            rules: used.map((code) => ({
              id: code,
              shortDescription: { text: catalogue[code].title },
              fullDescription: { text: catalogue[code].why },
              help: { text: catalogue[code].fix },
              defaultConfiguration: { level: catalogue[code].severity },
            })),
          },
        },
        columnKind: 'unicodeCodePoints',
        results: diagnostics.map((diagnostic) => {
          const { code, message, at, hint, related = [] } = diagnostic
          return {
            ruleId: code,
            ruleIndex: used.indexOf(code),
            level: levelOf(diagnostic, policy),
            message: { text: hint === undefined ? message : `${message}. ${hint}` },
            ...(at && { locations: [{ physicalLocation: physical(at, naming) }] }),
            ...(related.length > 0 && {
              relatedLocations: related.map((other, id) => ({
                id,
                message: { text: other.message },
                physicalLocation: physical(other.at, naming),
              })),
            }),
          }
        }),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function physical(at: Location, naming: Naming) {
  const { file, start, end } = plainPlace(at)
  return {
    artifactLocation: { uri: uriOf(naming(file)) },
    region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
  }
}

/** A path as a URI: relative, or of a file on this machine where it is absolute. */
function uriOf(path: string): string {
  const [, drive = '', rest = ''] = /^([A-Za-z]:)?(.*)$/s.exec(path) ?? []
  const encoded = (part: string) => part.split('/').map(encodeURIComponent).join('/')
  if (drive !== '' && rest.startsWith('/')) return `file:///${drive}${encoded(rest)}`
  return path.startsWith('/') ? `file://${encoded(path)}` : encoded(path)
}
