import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Source, Span } from '../text/source.ts'

/** Invisible characters that turn the order of what follows, until another closes them (UAX #9). */
const opens = new Map([
  ['\u202a', { name: 'left-to-right embedding', closedBy: '\u202c' }],
  ['\u202b', { name: 'right-to-left embedding', closedBy: '\u202c' }],
  ['\u202d', { name: 'left-to-right override', closedBy: '\u202c' }],
  ['\u202e', { name: 'right-to-left override', closedBy: '\u202c' }],
  ['\u2066', { name: 'left-to-right isolate', closedBy: '\u2069' }],
  ['\u2067', { name: 'right-to-left isolate', closedBy: '\u2069' }],
  ['\u2068', { name: 'first strong isolate', closedBy: '\u2069' }],
])

interface Turn {
  readonly index: number
  readonly character: string
  readonly isClosed: boolean
}

/**
 * Warns of characters that make a file look different from what it says, in comments too: overrides, and embeddings and
 * isolates that their line does not close. Marks (LRM, RLM) and whatever is closed are the normal way to mix languages.
 */
export function warnOfTurns(source: Source): Diagnostic[] {
  const { text, lineStarts } = source
  if (!/[\u202a-\u202e\u2066-\u2069]/.test(text)) return []
  return lineStarts.flatMap((start, index) =>
    turnsIn(text.slice(start, lineStarts[index + 1])).map((turn) => {
      const at = start + turn.index
      return warning(source, turn, { start: at, end: at + 1 })
    }),
  )
}

/** The same for a text in double quotes, which may say such characters by their numbers: `"\u202e"`. */
export function warnOfEscapedTurns(source: Source, value: string, span: Span): Diagnostic[] {
  const written = new Set(source.text.slice(span.start, span.end))
  // What is written as it is was found in its line.
  const turn = value
    .split(/[\n\u2029]/)
    .flatMap((line) => turnsIn(line))
    .find(({ character }) => !written.has(character))
  return turn ? [warning(source, turn, span)] : []
}

function turnsIn(line: string): Turn[] {
  const turns: Turn[] = []
  let open: Turn[] = []
  for (const { index, 0: character } of line.matchAll(/[\u202a-\u202e\u2066-\u2069]/g)) {
    if (opens.has(character)) {
      open.push({ index, character, isClosed: false })
      continue
    }
    // The end of an isolate ends what was opened inside it as well; that of an embedding reaches no further than it.
    const last = open.findLastIndex((turn) => opens.get(turn.character)?.closedBy === character)
    const isolate = open.findLastIndex((turn) => opens.get(turn.character)?.closedBy === '\u2069')
    if (last < 0 || last < isolate) continue
    const [closed, ...inside] = open.slice(last)
    open = open.slice(0, last)
    turns.push(...inside)
    if (closed) turns.push({ ...closed, isClosed: true })
  }
  return [...turns, ...open]
    .filter(({ character, isClosed }) => !isClosed || /[\u202d\u202e]/.test(character))
    .toSorted((one, other) => one.index - other.index)
}

function warning(source: Source, { character, isClosed }: Turn, span: Span): Diagnostic {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`
  const name = opens.get(character)?.name ?? ''
  const where = isClosed ? '' : ', and its line does not close it'
  return diagnose(
    'yaml/turned-text',
    `An invisible character (${code}, ${name}) turns the order of letters${where}`,
    { at: { source, span }, hint: 'Delete it' },
  )
}
