import { isCollection, visit, type Document, type YAMLParseError, type YAMLWarning } from 'yaml'

import type { Code } from '../diagnostics/catalogue.ts'
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { sourceLine, positionAt, type Source, type Span } from '../text/source.ts'

interface Explanation {
  code: Code
  message: string
  hint?: string
}

/** What helps against text that YAML takes for something else. */
export const inQuotesOrBlock =
  'Put the text in a block (a | after the field, the text indented below) or in double quotes'

/**
 * Says in the user's words what the YAML library found. The library names the rule that broke; people need the
 * slip that broke it, so the line itself is looked at.
 */
export function explainSyntaxError(
  source: Source,
  error: YAMLParseError | YAMLWarning,
  document: Document.Parsed,
): Diagnostic {
  const start = Math.min(error.pos[0], source.text.length)
  const span = { start, end: Math.min(Math.max(error.pos[1], start + 1), source.text.length) }
  const { line } = positionAt(source, start)
  const { at, ...explanation } =
    oddBlank(source, line) ?? oddBlank(source, line - 1) ?? explain(source, error, line, document)
  return diagnose(explanation.code, explanation.message, {
    at: { source, span: at ?? endAtLine(source, span) },
    hint: explanation.hint,
  })
}

function explain(
  source: Source,
  error: YAMLParseError | YAMLWarning,
  line: number,
  document: Document.Parsed,
): Explanation & { at?: Span } {
  const text = sourceLine(source, line)
  const start = error.pos[0]
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return {
        code: 'yaml/tab',
        message: 'This line is indented with a tab',
        hint: 'YAML is indented with spaces only',
      }
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MISSING_CHAR': {
      if (error.message.startsWith('Comments must be separated')) {
        return {
          code: 'yaml/special-character',
          message: 'A # stands here without a blank before it',
          hint: 'If it belongs to a text, put the text in quotes; if it begins a comment, put a blank before it',
        }
      }
      const missing = missingSpace(source, line) ?? missingSpace(source, line - 1)
      if (missing) {
        return {
          code: 'yaml/missing-space',
          message: `"${missing.key}:" needs a space after its colon`,
          hint: `Write ${missing.key}: ${missing.rest}`,
          at: missing.span,
        }
      }
      if (error.code === 'MISSING_CHAR' && /closing/.test(error.message))
        return unclosedQuote(source, openQuoteBefore(document, start))
      return misplaced(source, error.code, line)
    }
    case 'UNEXPECTED_TOKEN':
      return unexpectedToken(source, start, text)
    case 'BAD_SCALAR_START': {
      const character = source.text.charAt(start)
      return {
        code: 'yaml/special-character',
        message: `Text cannot begin with ${character} unless it is quoted`,
        hint: inQuotesOrBlock,
      }
    }
    case 'TAG_RESOLVE_FAILED':
      return {
        code: 'yaml/tag',
        message: 'A word with ! in front is a YAML tag, and ladders have none',
        hint: inQuotesOrBlock,
      }
    case 'BAD_INDENT':
      return /Flow/.test(error.message)
        ? unclosedBracket(source, openBracketBefore(source, document, start))
        : {
            code: 'yaml/indentation',
            message: 'This line begins in a column of its own',
            hint: 'Fields of one map, and items of one list, begin in the same column',
          }
    default:
      return { code: 'yaml/syntax', message: `This cannot be read as YAML: ${error.message.split('\n')[0]}` }
  }
}

/** A line that the others leave no room for: text with a colon, a field without one, or a column of its own. */
function misplaced(source: Source, code: string, line: number): Explanation & { at?: Span } {
  const text = sourceLine(source, line)
  const indent = /^ */.exec(text)?.[0].length ?? 0
  const start = (source.lineStarts[line - 1] ?? 0) + indent
  const at = { start, end: start + text.trim().length }
  const sameColumn = 'Fields of one map, and items of one list, begin in the same column'
  if (code === 'BLOCK_AS_IMPLICIT_KEY') {
    const colon = /^(\s*(?:- )?)(.*?): (?=.*\S)/.exec(text)
    if (colon && text.slice(colon[0].length).includes(':')) {
      return {
        code: 'yaml/colon-in-text',
        message: 'Text with a colon and a space in it reads as another field',
        hint: inQuotesOrBlock,
      }
    }
    return {
      code: 'yaml/indentation',
      message: 'The line below is indented as if it belonged to this one, which has its value already',
      hint: sameColumn,
    }
  }
  if (/^(- +)*[\w-]+:( |$)/.test(text.trim())) {
    return {
      code: 'yaml/indentation',
      message: 'This line begins in a column of its own',
      hint: sameColumn,
      at,
    }
  }
  return {
    code: 'yaml/syntax',
    message: 'This line is not a field: it has no colon',
    hint: 'Text over several lines stands in a block (a | after the field, the text indented below)',
    at,
  }
}

function unexpectedToken(source: Source, start: number, text: string): Explanation {
  const { column } = positionAt(source, start)
  const before = [...text].slice(0, column - 1).join('')
  const value = /^\s*(?:- +)?(?:[^\s:]+: +)?(.*)$/.exec(before)?.[1] ?? ''
  const first = value.charAt(0)
  if (first === '*' || first === '&') {
    return {
      code: 'yaml/special-character',
      message: `Text cannot begin with ${first} unless it is quoted`,
      hint: `${inQuotesOrBlock}; bold is **so** inside a block`,
    }
  }
  if (first === '"' || first === "'") {
    return {
      code: 'yaml/text-after-quote',
      message: `Text goes on after its closing ${first}`,
      hint: `The whole value counts as quoted when it begins with ${first}. ${inQuotesOrBlock}`,
    }
  }
  if (first === '[' || first === '{') {
    return {
      code: 'yaml/special-character',
      message: `Text cannot begin with ${first} unless it is quoted`,
      hint: inQuotesOrBlock,
    }
  }
  if (first === '|' || first === '>') {
    return {
      code: 'yaml/text-after-block',
      message: `Nothing may stand after ${first} on its line`,
      hint: 'The text of a block begins on the next line, indented',
    }
  }
  return {
    code: 'yaml/syntax',
    message: 'Something stands here that YAML does not expect',
    hint: inQuotesOrBlock,
  }
}

/** Where the quoted scalar begins that swallowed the text up to `end`. */
function openQuoteBefore(document: Document.Parsed, end: number): number {
  let open = end
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE') && range && range[0] < end && range[1] >= end - 1) open = range[0]
    },
  })
  return open
}

/** @param open where the quotation begins: the library reports where the file ended */
function unclosedQuote(source: Source, open: number): Explanation & { at: Span } {
  return {
    code: 'yaml/unclosed-quote',
    message: 'This quotation is never closed',
    hint: inQuotesOrBlock,
    at: { start: open, end: Math.min(open + 1, source.text.length) },
  }
}

/** Where the innermost bracket stands that is still open at `end`. */
function openBracketBefore(source: Source, document: Document.Parsed, end: number): number {
  const open: number[] = []
  visit(document, {
    Node(_, node) {
      const { range } = node
      if (isCollection(node) && node.flow === true && range && range[0] < end && range[1] >= end)
        open.push(range[0])
    },
  })
  // A list that is closed by the last character of the file ends where those around it break off.
  const last = source.text.charAt(end - 1)
  if (open.length > 1 && (last === ']' || last === '}')) open.pop()
  return open.at(-1) ?? end
}

/** @param open where the bracket stands: the library reports where reading stopped */
function unclosedBracket(source: Source, open: number): Explanation & { at: Span } {
  return {
    code: 'yaml/unclosed-bracket',
    message: 'This bracket is never closed',
    hint: 'Text that begins with [ or { must stand in a block (|) or in quotes',
    at: { start: open, end: Math.min(open + 1, source.text.length) },
  }
}

/** Blanks that are no space to YAML, where it needs one: in the indentation, behind dashes, a colon, a | or a >. */
const oddBlanks = /^([ \t]*(?:(?:- +)*(?:-|[\w-]+:(?: *[|>][-+\d]*)?|[|>][-+\d]*))?)([^\S \t\r\n])/

/** A no-break space, or the wide one of Japanese keyboards, looks like a space, and is a letter to YAML. */
function oddBlank(source: Source, line: number): (Explanation & { at: Span }) | undefined {
  if (line < 1) return undefined
  const [, before = '', blank = ''] = oddBlanks.exec(sourceLine(source, line)) ?? []
  if (blank === '') return undefined
  const start = (source.lineStarts[line - 1] ?? 0) + before.length
  const code = blank.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  return {
    code: 'yaml/missing-space',
    message: `A space is needed here, and this is another kind of blank (U+${code})`,
    hint: 'Put an ordinary space in its place; the other often comes along when text is copied, or when a key is held',
    at: { start, end: start + 1 },
  }
}

/** `key:value` is one word to YAML; the author meant a field. */
function missingSpace(source: Source, line: number) {
  if (line < 1) return undefined
  const match = /^(\s*(?:- +)*)([A-Za-z][\w-]*):(?!\/\/)(\S.*)$/.exec(sourceLine(source, line))
  if (!match) return undefined
  const [, lead = '', key = '', rest = ''] = match
  const start = (source.lineStarts[line - 1] ?? 0) + lead.length
  return { key, rest, span: { start, end: start + key.length + 1 } }
}

function endAtLine(source: Source, span: Span): Span {
  const next = source.lineStarts[positionAt(source, span.start).line] ?? source.text.length
  return { start: span.start, end: Math.max(span.start, Math.min(span.end, next)) }
}
