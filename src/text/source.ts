/** A text as it was read, with what is needed to speak of places in it. Plain data; made once per file. */
export interface Source {
  /** The path as it is shown to people: relative, with forward slashes. */
  readonly path: string
  readonly text: string
  /** Offset (UTF-16 units) at which each line begins; the first is 0. */
  readonly lineStarts: readonly number[]
}

/** A stretch of a source: offsets in UTF-16 units, `end` exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A stretch of a particular source. */
export interface Location {
  readonly source: Source
  readonly span: Span
}

/** A place in people's terms: both count from 1, the column in characters (code points). */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * Builds the line table of a text. Lines end at LF, CRLF or a lone CR, as YAML 1.2 has it (§ 5.4).
 *
 * @param path what people are shown as the file's name
 * @param text the whole text, without a byte-order mark
 */
export function createSource(path: string, text: string): Source {
  const lineStarts = [0]
  for (const match of text.matchAll(/\r\n|\n|\r/g)) lineStarts.push(match.index + match[0].length)
  return { path, text, lineStarts }
}

/** The line and column of an offset; offsets past the end count as the end. */
export function positionAt(source: Source, offset: number): Position {
  const at = Math.max(0, Math.min(offset, source.text.length))
  let low = 0
  let high = source.lineStarts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((source.lineStarts[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  const start = source.lineStarts[low] ?? 0
  return { line: low + 1, column: charactersBefore(source, at) - charactersBefore(source, start) + 1 }
}

/** The offset of a position; the end of its line where the line is shorter. */
export function offsetAt(source: Source, { line, column }: Position): number {
  const { text, lineStarts } = source
  const start = lineStarts[line - 1] ?? text.length
  const end = lineStarts[line] ?? text.length
  const wanted = charactersBefore(source, start) + column - 1
  let [low, high] = [start, end]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (charactersBefore(source, middle) < wanted) low = middle + 1
    else high = middle
  }
  // An offset inside a pair has as many characters before it as the one behind it.
  return low < end && charactersBefore(source, low + 1) === wanted ? low + 1 : low
}

/** Where a line (counted from 1) begins, and where it ends before its line end. */
export function lineSpan({ text, lineStarts }: Source, line: number): Span {
  const start = lineStarts[line - 1] ?? text.length
  let end = lineStarts[line] ?? text.length
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end -= 1
  return { start, end }
}

/** The text of a line (counted from 1), without its line end. */
export function sourceLine(source: Source, line: number): string {
  const { start, end } = lineSpan(source, line)
  return source.text.slice(start, end)
}

/** Where the second halves of pairs stand, in each source that was asked about; most have none. */
const pairs = new WeakMap<Source, readonly number[]>()

/** How many characters begin before an offset. A line can be as long as its file, so they are not counted one by one. */
function charactersBefore(source: Source, offset: number): number {
  let seconds = pairs.get(source)
  if (!seconds) {
    seconds = [...source.text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)].map(({ index }) => index + 1)
    pairs.set(source, seconds)
  }
  let [low, high] = [0, seconds.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((seconds[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return offset - low
}
