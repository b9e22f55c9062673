import type { FitEntry } from '../build/fit-report.ts'
import { visible } from '../diagnostics/frame.ts'
import { remedyWords } from '../fit/remedies.ts'
import { table } from './table.ts'

/** The fit report for people: a table, and below it what is tightest and what is longest. */
export function fitTable(entries: readonly FitEntry[]): string {
  if (entries.length === 0) return ''
  const rows = entries.map((entry) => [
    entry.document,
    entry.sheet,
    String(entry.pages),
    String(entry.size),
    `${entry.distance} cm`,
    `${Math.round(entry.fill * 100)} %`,
    room(entry),
    entry.remedies.map(remedyWords).join(', '),
  ])
  const tight = entries.flatMap(({ document, tightest }) =>
    tightest ? [`${document}: ${tightest.ref} can take ${plural(tightest.words)}${at(tightest.at)}`] : [],
  )
  const seen = new Set<string>()
  const longest = entries
    .flatMap((entry) => entry.longest)
    .toSorted((a, b) => b.words - a.words)
    .filter(({ ref }) => !seen.has(ref) && seen.add(ref))
    .slice(0, 5)
    .map(({ words, text, at: where }) => `${plural(words)}${at(where)}: ${shortened(text)}`)
  return [
    table(
      ['document', 'sheet', 'pages', 'pt', 'reads from', 'full', 'room', 'fitted by'],
      rows,
      [2, 3, 4, 5],
    ),
    ...(tight.length > 0 ? ['Tightest cells', ...tight.map((line) => `  ${visible(line)}`), ''] : []),
    ...(longest.length > 0 ? ['Longest statements', ...longest.map((line) => `  ${visible(line)}`), ''] : []),
  ].join('\n')
}

function room({ wordsOver, wordsToSpare }: FitEntry): string {
  if (wordsOver > 0) return `${plural(wordsOver)} over`
  return wordsToSpare === null ? '' : `${plural(wordsToSpare)} to spare`
}

function plural(words: number): string {
  return `${words} ${words === 1 ? 'word' : 'words'}`
}

function at(place: string | null): string {
  return place === null ? '' : ` (${place})`
}

function shortened(text: string): string {
  return [...text].length <= 70 ? text : `${[...text].slice(0, 69).join('')}…`
}
