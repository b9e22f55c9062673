import { joined } from './lines.ts'
import { PdfSyntaxError } from './syntax.ts'

/** What an operator does (ISO 32000-1, annex A): begins or extends a path, paints it, or neither. */
type Kind =
  | 'builds'
  | 'paints'
  | 'paints-at-once'
  | 'ends-path'
  | 'is-text'
  | 'opens-mark'
  | 'closes-mark'
  | 'else'

const kinds = new Map<string, Kind>()
const listed: Readonly<Record<Kind, string>> = {
  builds: 'm l c v y h re',
  paints: 'f F f* B B* b b* S s',
  'paints-at-once': 'Do sh EI',
  'ends-path': 'n',
  'is-text': 'BT ET',
  'opens-mark': 'BDC BMC',
  'closes-mark': 'EMC',
  else: `q Q cm w J j M d ri i gs W W* CS cs SC SCN sc scn G g RG rg K k Tc Tw Tz TL Tf Tr Ts Td TD Tm T* Tj TJ ' " MP DP BX EX`,
}
for (const kind of Object.keys(listed) as Kind[])
  for (const operator of listed[kind].split(' ')) kinds.set(operator, kind)

/** Ink beside the text, such as a rule: nothing to be read out (§ 14.8.2.2). */
const begin = '/Artifact BMC'
const end = 'EMC'

/**
 * Finishes the content of a page: what is painted outside any marked content becomes an artifact, and colours with
 * equal parts become greys, so that a printer uses its black ink alone.
 *
 * @param content an operator to a line
 * @param black whether all other colours become greys too
 * @throws PdfSyntaxError where content is marked in a way in which it cannot be
 */
export function finishContent(content: readonly string[], black = false): string {
  const lines: string[] = []
  let marks = 0
  /** Where the path being built began, or -1. */
  let path = -1
  /** Where the artifact before ends, or -1: neighbours share one mark. */
  let ownEnd = -1
  const open = (at: number) => {
    if (ownEnd >= 0 && ownEnd === at - 1) lines.splice(ownEnd, 1)
    else lines.splice(at, 0, begin)
    ownEnd = -1
  }
  const close = () => {
    ownEnd = lines.length
    lines.push(end)
  }
  /** Lines that set colours, and what they become: there are few. */
  const greys = new Map<string, string>()
  const inGrey = (line: string) => {
    const known = greys.get(line) ?? grey(line, black)
    greys.set(line, known)
    return known
  }
  /** Whether text is being painted that belongs to nothing. */
  let bareText = false
  for (const line of content) {
    if (line === '') continue
    const outside = marks === 0
    switch (kindOf(line)) {
      case 'builds':
        if (path < 0) path = lines.length
        lines.push(line)
        break
      case 'paints':
        if (outside && path >= 0) open(path)
        lines.push(line)
        if (outside && path >= 0) close()
        path = -1
        break
      case 'paints-at-once':
        if (outside) open(lines.length)
        lines.push(line)
        if (outside) close()
        break
      case 'ends-path':
        lines.push(line)
        path = -1
        break
      case 'is-text':
        if (line === 'BT') {
          if (outside) open(lines.length)
          bareText = outside
          lines.push(line)
        } else {
          lines.push(line)
          if (outside) close()
          bareText = false
        }
        break
      case 'opens-mark':
        // A span inside may say what its glyphs stand for; only what the structure knows must not stand in an artifact.
        if (bareText && line.includes('/MCID'))
          throw new PdfSyntaxError('marked content begins inside text that belongs to nothing')
        marks += 1
        lines.push(line)
        break
      case 'closes-mark':
        marks -= 1
        lines.push(line)
        break
      case 'else':
        lines.push(line.endsWith('rg') || line.endsWith('RG') ? inGrey(line) : line)
        break
    }
  }
  if (marks !== 0) throw new PdfSyntaxError('marked content is never closed')
  return joined(lines)
}

function kindOf(line: string): Kind {
  // Curves, lines and glyphs are most of a page.
  const [before, last] = [line.charCodeAt(line.length - 2), line.charCodeAt(line.length - 1)]
  if (before === 0x20 && (last === 0x63 || last === 0x6c)) return 'builds'
  if (before === 0x54 && last === 0x6a) return 'else'
  // Skia writes no blank before this one.
  const kind = line.endsWith('BDC') ? 'opens-mark' : kinds.get(line.slice(line.lastIndexOf(' ') + 1))
  if (kind === undefined) throw new PdfSyntaxError(`"${line.slice(0, 40)}" is no operator of a page`)
  return kind
}

function grey(line: string, black: boolean): string {
  return line.replace(
    /(^| )([\d.]+) ([\d.]+) ([\d.]+) (RG|rg)(?= |$)/g,
    (whole, before: string, r: string, g: string, b: string, operator: string) => {
      const to = operator === 'RG' ? 'G' : 'g'
      if (r === g && g === b) return `${before}${r} ${to}`
      // ISO 32000-1, § 10.3.2.
      const value = 0.3 * Number(r) + 0.59 * Number(g) + 0.11 * Number(b)
      return black ? `${before}${String(Math.round(value * 1000) / 1000)} ${to}` : whole
    },
  )
}
