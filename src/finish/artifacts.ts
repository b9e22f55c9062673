import { PdfSyntaxError } from './syntax.ts'

/** Operators that begin or extend a path, those that paint it, and those that do neither (ISO 32000-1, annex A). */
const building = new Set('m l c v y h re'.split(' '))
const painting = new Set('f F f* B B* b b* S s'.split(' '))
const others = new Set(
  'q Q cm w J j M d ri i gs W W* CS cs SC SCN sc scn G g RG rg K k Tc Tw Tz TL Tf Tr Ts Td TD Tm T* Tj TJ'.split(
    ' ',
  ),
)

/** Ink beside the text, such as a rule: nothing to be read out (§ 14.8.2.2). */
const begin = '/Artifact BMC'
const end = 'EMC'

/**
 * Finishes the content of a page as Skia writes it, an operator to a line: what is painted outside any marked content
 * becomes an artifact, and colours with equal parts become greys, so that a printer uses its black ink alone.
 *
 * @param black whether all other colours become greys too
 * @throws PdfSyntaxError where a line is not of the kind that Skia writes
 */
export function finishContent(content: string, black = false): string {
  const lines: string[] = []
  let marks = 0
  /** Where the path being built began, or -1. */
  let path = -1
  const open = (at: number) => {
    // Neighbours share one mark.
    if (lines[at - 1] === end && ownEnds.has(at - 1)) {
      ownEnds.delete(at - 1)
      lines.splice(at - 1, 1)
    } else lines.splice(at, 0, begin)
  }
  const ownEnds = new Set<number>()
  /** Whether text is being painted that belongs to nothing. */
  let bareText = false
  const close = () => {
    ownEnds.add(lines.length)
    lines.push(end)
  }
  for (const line of content.split('\n')) {
    if (line === '') continue
    const operator = line.slice(line.lastIndexOf(' ') + 1)
    const outside = marks === 0
    if (operator === 'BDC' || operator.endsWith('BDC') || operator === 'BMC') {
      // A span inside may say what its glyphs stand for; only what the structure knows must not stand in an artifact.
      if (bareText && line.includes('/MCID'))
        throw new PdfSyntaxError('marked content begins inside text that belongs to nothing')
      marks += 1
      lines.push(line)
    } else if (operator === 'EMC') {
      marks -= 1
      lines.push(line)
    } else if (building.has(operator)) {
      if (path < 0) path = lines.length
      lines.push(line)
    } else if (painting.has(operator)) {
      if (outside && path >= 0) open(path)
      lines.push(line)
      if (outside && path >= 0) close()
      path = -1
    } else if (operator === 'n') {
      lines.push(line)
      path = -1
    } else if (operator === 'BT' || operator === 'Do' || operator === 'sh') {
      if (outside) open(lines.length)
      lines.push(line)
      if (outside && operator !== 'BT') close()
      bareText = outside && operator === 'BT'
    } else if (operator === 'ET') {
      lines.push(line)
      if (outside) close()
      bareText = false
    } else if (others.has(operator)) {
      lines.push(operator === 'rg' || operator === 'RG' ? grey(line, black) : line)
    } else throw new PdfSyntaxError(`"${line.slice(0, 40)}" is not of the kind that Skia writes`)
  }
  if (marks !== 0) throw new PdfSyntaxError('marked content is never closed')
  return `${lines.join('\n')}\n`
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
