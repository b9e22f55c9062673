import { nearest } from '../diagnostics/suggest.ts'
import { inch } from './units.ts'

export type Orientation = 'portrait' | 'landscape'

/** A sheet of paper, lying as it is read. All lengths in millimetres. */
export interface Sheet {
  /** As people call it: `A4`, `24x36in`, `700x500mm`. */
  readonly paper: string
  readonly width: number
  readonly height: number
  readonly orientation: Orientation
}

/** Portrait width and height in millimetres: ISO 216; ANSI/ASME Y14.1 with the architectural series. */
const papers: readonly (readonly [name: string, width: number, height: number])[] = [
  ['A0', 841, 1189],
  ['A1', 594, 841],
  ['A2', 420, 594],
  ['A3', 297, 420],
  ['A4', 210, 297],
  ['A5', 148, 210],
  ['Letter', 8.5 * inch, 11 * inch],
  ['Legal', 8.5 * inch, 14 * inch],
  ['Tabloid', 11 * inch, 17 * inch],
  ['ANSI C', 17 * inch, 22 * inch],
  ['ANSI D', 22 * inch, 34 * inch],
  ['ANSI E', 34 * inch, 44 * inch],
  ['ARCH A', 9 * inch, 12 * inch],
  ['ARCH B', 12 * inch, 18 * inch],
  ['ARCH C', 18 * inch, 24 * inch],
  ['ARCH D', 24 * inch, 36 * inch],
  ['ARCH E', 36 * inch, 48 * inch],
]

const paperNames: readonly string[] = papers.map(([name]) => name)

/** A custom sheet is at least a postcard and at most what a wide roll prints. */
const least = 70
const most = 3_000

/** What somebody wrote for a paper, before it is known which way the sheet of a kind lies. */
export interface PaperChoice {
  readonly name: string
  /** As named or written, portrait for named papers. */
  readonly width: number
  readonly height: number
  readonly orientation?: Orientation
}

/**
 * Reads a paper: a name in any case, with or without blanks (`ansi d`, `ARCH-D`), or `WxHmm`, `WxHin`; then
 * `:portrait` or `:landscape` if it matters. A size in numbers lies as it is written.
 *
 * @returns the choice, or in words what is wrong with it
 */
export function parsePaper(text: string): PaperChoice | { problem: string; hint?: string } {
  const [size = '', way, ...rest] = text.trim().split(':')
  const orientation = (['portrait', 'landscape'] as const).find((word) => word === way?.trim().toLowerCase())
  if (rest.length > 0 || (way !== undefined && orientation === undefined)) {
    return { problem: `"${text}" does not end in :portrait or :landscape` }
  }
  const turned = orientation && { orientation }
  const plain = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, '')
  const named = papers.find(([name]) => plain(name) === plain(size))
  if (named) return { name: named[0], width: named[1], height: named[2], ...turned }

  const custom = /^(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(mm|in)$/i.exec(size.trim())
  if (!custom) {
    // Of two characters, one is no slip but the size that was meant: A7 is not nearly A0.
    const near = size.trim().length > 2 ? nearest(size.trim(), paperNames) : undefined
    return {
      problem: `There is no paper called "${size.trim()}"`,
      hint:
        near === undefined
          ? `Papers are ${paperNames.join(', ')}, or a size like 594x841mm or 18x24in`
          : `Did you mean "${near}"?`,
    }
  }
  const unit = (custom[3] ?? 'mm').toLowerCase()
  const scale = unit === 'in' ? inch : 1
  const [width, height] = [Number(custom[1]) * scale, Number(custom[2]) * scale]
  if (Math.min(width, height) < least || Math.max(width, height) > most) {
    return { problem: `"${size.trim()}" is not between ${least} mm and ${most} mm on each side` }
  }
  const name = `${Number(custom[1])}x${Number(custom[2])}${unit}`
  const lies: Orientation = width > height ? 'landscape' : 'portrait'
  return { name, width, height, orientation: turned ? turned.orientation : lies }
}

/** Lays a paper down, the way that was chosen or else the way the kind prefers. */
export function layDown({ name, width, height, orientation }: PaperChoice, prefers: Orientation): Sheet {
  const lies = orientation ?? prefers
  const [short, long] = [Math.min(width, height), Math.max(width, height)]
  return {
    paper: name,
    orientation: lies,
    width: lies === 'portrait' ? short : long,
    height: lies === 'portrait' ? long : short,
  }
}

/** “A4 portrait”. */
export function sheetName({ paper, orientation }: Sheet): string {
  return `${paper} ${orientation}`
}

/** The same paper, lying the other way. */
export function turn({ paper, width, height, orientation }: Sheet): Sheet {
  return {
    paper,
    width: height,
    height: width,
    orientation: orientation === 'portrait' ? 'landscape' : 'portrait',
  }
}

/** Half of a sheet, as a page of it that is folded: portrait. */
export function half({ paper, width, height }: Sheet): Sheet {
  const [short, long] = [Math.max(width, height) / 2, Math.min(width, height)]
  const names: Readonly<Record<string, string>> = {
    A4: 'A5',
    A3: 'A4',
    A2: 'A3',
    A1: 'A2',
    A0: 'A1',
    Letter: 'Half Letter',
    Tabloid: 'Letter',
  }
  // The series halves to whole millimetres: A5 is 148 mm wide.
  const wide = paper in names && paper.startsWith('A') ? Math.floor(short) : short
  return { paper: names[paper] ?? `half ${paper}`, width: wide, height: long, orientation: 'portrait' }
}

/** Regions whose paper is Letter (CLDR, supplemental data, paperSize US-Letter). */
const letterRegions = new Set('BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' '))

/** Whether the region of a language tag uses Letter. A tag without a region does not say so. */
export function usesLetter(locale: string): boolean {
  return letterRegions.has(new Intl.Locale(locale).region ?? '')
}
