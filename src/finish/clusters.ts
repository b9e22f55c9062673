/**
 * Where glyphs make a character together, as a letter and its dots do in Arabic, or where a glyph stands for one
 * character here and for another there, Skia's table of the font has no character for them (U+0000), and marked content
 * around them says which it is. PDF/UA-1 requires a character for every glyph (ISO 14289-1, 7.21.7), and browsers that
 * show a PDF search and copy by the table alone. So the widest glyph of such a cluster is written with a second code,
 * which the table maps to the cluster's text; the others are mapped to a character that joins its neighbour.
 */

import { listedWidths, parseCodeMap, widthsIn } from './code-maps.ts'
import { glyphsOf } from './lines.ts'
import type { PdfFile } from './read.ts'
import { isDict, isName, isRef, PdfSyntaxError, type PdfValue } from './syntax.ts'
import { addObject, refTo, setEntries, setStream, dictWith, type EditedPdf } from './write.ts'

/** COMBINING GRAPHEME JOINER: says nothing, and belongs to the character before it. */
const joiner = 0x034f

/** A font, as far as its glyphs can be given further codes. */
export interface ClusterFont {
  /** Its objects: its table of characters, and the font itself, or undefined where that has codes of its own kind. */
  readonly table: number
  readonly descendant: number | undefined
  readonly map: string
  readonly texts: ReadonlyMap<number, string>
  /** In thousandths of an em, as the font lists them, and by code. */
  readonly listedWidths: readonly PdfValue[]
  readonly widths: ReadonlyMap<number, number>
  /** By code and text. */
  readonly added: Map<string, AddedCode>
}

interface AddedCode {
  readonly code: number
  readonly glyph: number
  /** UTF-16, as digits. */
  readonly text: string
}

/** A cluster: the lines between that which opens it and its `EMC`, and the glyphs in them. */
interface Cluster {
  readonly close: number
  readonly text: string
  readonly glyphs: readonly Glyph[]
}

interface Glyph {
  readonly font: ClusterFont
  readonly code: number
  readonly line: number
  /** Where its digits begin in the line. */
  readonly at: number
}

const opening = /^\/Span ?<<\/ActualText <feff((?:[0-9a-f]{4})+)> ?>> ?BDC$/i
const setsFont = /^(\/\S+) \S+ Tf$/
const showsGlyphs = /^(?:\S+ \S+ Td )?<((?:[0-9a-f]{4})+)> Tj$/i
const moves = /^[-\d. ]+ (?:Td|Tm)$/

/** Whether content has clusters at all. Nearly none has. */
export function hasClusters(lines: readonly string[]): boolean {
  return lines.some((line) => line.charCodeAt(0) === 0x2f && line.startsWith('/Span'))
}

/**
 * Writes the clusters of a page with codes that say their text.
 *
 * @param lines its content, an operator to a line
 * @param fontOf the font of a name on the page
 * @throws PdfSyntaxError where a cluster is written in another way than Skia's
 */
export function spellClusters(
  lines: readonly string[],
  fontOf: (name: string) => ClusterFont | undefined,
): readonly string[] {
  const spelt = lines.flatMap(glyphsOf)
  const dropped = new Set<number>()
  let font: ClusterFont | undefined
  for (let at = 0; at < spelt.length; at += 1) {
    const line = spelt[at] ?? ''
    if (opening.test(line)) {
      const cluster = clusterAt(spelt, at, font, fontOf)
      font = cluster.glyphs.at(-1)?.font ?? font
      if (spell(spelt, cluster)) dropped.add(at).add(cluster.close)
      at = cluster.close
    } else {
      const name = setsFont.exec(line)?.[1]
      if (name !== undefined) font = fontOf(name.slice(1))
    }
  }
  return dropped.size === 0 ? spelt : spelt.filter((_, at) => !dropped.has(at))
}

function clusterAt(
  lines: readonly string[],
  open: number,
  before: ClusterFont | undefined,
  fontOf: (name: string) => ClusterFont | undefined,
): Cluster {
  const text = (opening.exec(lines[open] ?? '')?.[1] ?? '').toUpperCase()
  const glyphs: Glyph[] = []
  let font = before
  for (let line = open + 1; line < lines.length; line += 1) {
    const content = lines[line] ?? ''
    if (content === 'EMC') return { close: line, text, glyphs }
    const name = setsFont.exec(content)?.[1]
    if (name !== undefined) {
      font = fontOf(name.slice(1))
      continue
    }
    const codes = showsGlyphs.exec(content)?.[1]
    if (codes === undefined && !moves.test(content)) break
    for (let digit = 0; codes !== undefined && font && digit < codes.length; digit += 4) {
      const code = Number.parseInt(codes.slice(digit, digit + 4), 16)
      glyphs.push({ font, code, line, at: content.lastIndexOf('<') + 1 + digit })
    }
  }
  throw new PdfSyntaxError('glyphs that make a character together are written in an unknown way')
}

/** @returns whether its glyph alone says its text, so that no mark need say it */
function spell(lines: string[], { text, glyphs }: Cluster): boolean {
  const saysNothing = ({ font, code }: Glyph) => (font.texts.get(code) ?? '\0') === '\0'
  const [first] = glyphs
  if (!first || (glyphs.length > 1 && !glyphs.some(saysNothing))) return false
  const widthOf = ({ font, code }: Glyph) => font.widths.get(code) ?? 0
  const bearer = glyphs.reduce((widest, glyph) => (widthOf(glyph) > widthOf(widest) ? glyph : widest), first)
  for (const glyph of glyphs) {
    // The table makes all that say nothing joiners.
    if (glyph !== bearer && saysNothing(glyph)) continue
    const code = codeFor(glyph, glyph === bearer ? text : digitsOf(joiner))
    if (code === undefined) return false
    const line = lines[glyph.line] ?? ''
    lines[glyph.line] = `${line.slice(0, glyph.at)}${digitsOf(code)}${line.slice(glyph.at + 4)}`
  }
  return glyphs.length === 1
}

/** The code with which a glyph says a text; undefined where the font cannot have another. */
function codeFor({ font, code }: Glyph, text: string): number | undefined {
  if (font.descendant === undefined) return undefined
  const known = font.added.get(`${code} ${text}`)
  if (known) return known.code
  const next = lastCode(font) + 1
  if (next > 0xffff) return undefined
  font.added.set(`${code} ${text}`, { code: next, glyph: code, text })
  return next
}

function lastCode({ texts, widths, added }: ClusterFont): number {
  return Math.max(...texts.keys(), ...widths.keys(), ...[...added.values()].map(({ code }) => code))
}

/**
 * A font of a print, by the number of its object; undefined where it has no table of characters.
 *
 * @param correct what is to be corrected in its table otherwise
 */
export function clusterFont(
  print: PdfFile,
  number: number,
  correct: (map: string) => string,
): ClusterFont | undefined {
  const font = print.resolve({ ref: number })
  const table = isDict(font) ? font.dict.get('ToUnicode') : undefined
  if (!isDict(font) || !isRef(table)) return undefined
  const map = correct(print.stream(table.ref).toString('latin1'))
  const descendants = print.get(font, 'DescendantFonts')
  const [reference] = Array.isArray(descendants) ? descendants : []
  const descendant = print.resolve(reference)
  const toGlyphs = isDict(descendant) ? print.get(descendant, 'CIDToGIDMap') : undefined
  const plain = toGlyphs !== undefined && isName(toGlyphs) && toGlyphs.name === 'Identity'
  const listed = listedWidths(print, font)
  // Worked out only when asked for: nearly all fonts have no clusters.
  let [texts, widthsOfCodes]: [ClusterFont['texts']?, ClusterFont['widths']?] = []
  return {
    table: table.ref,
    descendant: plain && isRef(reference) ? reference.ref : undefined,
    map,
    get texts() {
      return (texts ??= parseCodeMap(map))
    },
    listedWidths: listed,
    get widths() {
      return (widthsOfCodes ??= widthsIn(listed))
    },
    added: new Map(),
  }
}

/** Writes a font's further codes, and says of every other glyph that it joins. */
export function addCodes(pdf: EditedPdf, font: ClusterFont): void {
  const codes = [...font.added.values()]
  const known = font.map.replace(/^(<[0-9A-Fa-f]{4}>) <0000>$/gm, `$1 <${digitsOf(joiner)}>`)
  const sections: string[] = []
  // A section has at most a hundred entries.
  for (let at = 0; at < codes.length; at += 100) {
    const some = codes.slice(at, at + 100).map(({ code, text }) => `<${digitsOf(code)}> <${text}>`)
    sections.push(`${some.length} beginbfchar`, ...some, 'endbfchar')
  }
  const table = known.replace(/^endcmap$/m, () => [...sections, 'endcmap'].join('\n'))
  setStream(pdf, font.table, Buffer.from(table, 'latin1'))
  if (font.descendant === undefined || codes.length === 0) return
  const glyphs = Buffer.alloc((lastCode(font) + 1) * 2)
  for (let code = 0; code * 2 < glyphs.length; code += 1) glyphs.writeUInt16BE(code, code * 2)
  for (const { code, glyph } of codes) glyphs.writeUInt16BE(glyph, code * 2)
  const toGlyphs = addObject(pdf, dictWith({}), Buffer.alloc(0))
  setStream(pdf, toGlyphs, glyphs)
  setEntries(pdf, font.descendant, {
    CIDToGIDMap: refTo(toGlyphs),
    W: [
      ...font.listedWidths,
      ...codes.flatMap(({ code, glyph }): PdfValue[] => {
        const width = font.widths.get(glyph)
        return width === undefined ? [] : [code, [width]]
      }),
    ],
  })
}

function digitsOf(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0')
}
