import type { RefText } from '../render/document.ts'
import { fontsOf } from './fonts.ts'
import { pagesOf, readPdf, type PdfFile } from './read.ts'
import { textOf } from './text.ts'

/** What a printed document was asked to be. */
export interface Expected {
  readonly pages: number
  /** In mm. */
  readonly width: number
  readonly height: number
  /** Families that the sheet asked for. */
  readonly families: readonly string[]
  readonly texts: readonly RefText[]
}

/** How a printed document differs from what was asked. */
export type PdfFault =
  | { readonly kind: 'pages'; readonly found: number }
  | { readonly kind: 'size'; readonly page: number; readonly width: number; readonly height: number }
  | { readonly kind: 'not-embedded' | 'foreign' | 'type-3'; readonly font: string }
  | { readonly kind: 'text'; readonly ref: string; readonly text: string }

/** Chromium rounds to whole pixels: A4 becomes 594.96 × 841.92 pt, A3 1191.12 × 841.92. */
const tolerance = 1

/** Reads a printed PDF back and compares it with what was asked. */
export function checkPdf(bytes: Buffer, expected: Expected): PdfFault[] {
  const file = readPdf(bytes)
  return [...checkPages(file, expected), ...checkFonts(file, expected), ...checkText(file, expected)]
}

function checkPages(file: PdfFile, { pages, width, height }: Expected): PdfFault[] {
  const found = pagesOf(file)
  const faults: PdfFault[] = []
  if (found.length !== pages) faults.push({ kind: 'pages', found: found.length })
  for (const [index, page] of found.entries()) {
    const box = file.get(page, 'MediaBox')
    const [left = 0, bottom = 0, right = 0, top = 0] = Array.isArray(box) ? box.map(Number) : []
    const wide = Math.abs(right - left - (width / 25.4) * 72)
    const high = Math.abs(top - bottom - (height / 25.4) * 72)
    if (wide > tolerance || high > tolerance) {
      faults.push({ kind: 'size', page: index + 1, width: right - left, height: top - bottom })
    }
  }
  return faults
}

function checkFonts(file: PdfFile, { families }: Expected): PdfFault[] {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')
  const known = new Set(families.map(plain))
  return fontsOf(file).flatMap(({ name, type3, embedded }): PdfFault[] => {
    if (type3) return [{ kind: 'type-3', font: name || 'without a name' }]
    const faults: PdfFault[] = []
    if (!embedded) faults.push({ kind: 'not-embedded', font: name })
    if (!known.has(plain(familyOf(name)))) faults.push({ kind: 'foreign', font: name })
    return faults
  })
}

/** `Inter-SemiBold` is of the family Inter, `InterTight-Regular` is not; static cuts keep their master's weight: `NotoSansJPThin-Bold`. */
function familyOf(postscriptName: string): string {
  return (postscriptName.split('-')[0] ?? '').replace(
    /(Thin|ExtraLight|Light|Regular|Medium|Black|Variable)$/,
    '',
  )
}

function checkText(file: PdfFile, { texts }: Expected): PdfFault[] {
  const found = bare(textOf(file).join(''))
  const have = countCharacters(found)
  return texts
    .filter(({ text }) => {
      const wanted = bare(text)
      if (wanted === '' || found.includes(wanted)) return false
      // Scripts that run from the right are painted in another order than they are read in.
      return !mixedDirection(wanted) || !hasAll(have, wanted)
    })
    .map(({ ref, text }) => ({ kind: 'text', ref, text }))
}

/** Text without what leaves no ink: line breaks fall where they fall. */
function bare(text: string): string {
  return text.normalize('NFC').replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '')
}

function mixedDirection(text: string): boolean {
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text)
}

function countCharacters(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return counts
}

function hasAll(have: ReadonlyMap<string, number>, wanted: string): boolean {
  return [...countCharacters(wanted)].every(([character, count]) => (have.get(character) ?? 0) >= count)
}
