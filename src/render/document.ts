import type { Sheet } from '../plan/paper.ts'
import { rounded } from '../plan/units.ts'
import { hashOf } from '../text/hash.ts'

/**
 * A document in HTML, in parts: published they are put together with the fonts into one file; while measuring and
 * printing, a page that has the fonts already receives the rest.
 */
export interface Markup {
  readonly title: string
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  /** Attributes of `<html>`: all that fitting may alter. */
  readonly root: Readonly<Record<string, string>>
  readonly css: string
  readonly body: string
}

/**
 * The first eight digits of the hash of what a sheet says: two prints with one stamp have the same words, on whatever
 * paper and in whatever size.
 */
export function stampOf(content: object): string {
  // What it looks like, and as which document.
  const looks = new Set(['id', 'largePrint', 'titleSize'])
  const said = Object.fromEntries(Object.entries(content).filter(([name]) => !looks.has(name)))
  return hashOf(said).slice(0, 8)
}

/** A length in mm as CSS has it. */
export function mm(length: number): string {
  return `${rounded(length)}mm`
}

/** A sheet in custom properties. */
export function sheetLengths({ width, height }: Sheet): Readonly<Record<string, string>> {
  return { 'sheet-width': mm(width), 'sheet-height': mm(height) }
}

/** Margins in custom properties, in the order in which they are given. In mm. */
export function marginLengths(margins: Readonly<Record<string, number>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(margins).map(([side, length]) => [`margin-${side}`, mm(length)]))
}

/**
 * Attributes of `<html>` where it is no sheet yet: a galley, or what stands on one long sheet, as no browser measured
 * it.
 */
export function unsettled({
  galley,
  sheets,
}: {
  readonly galley: boolean
  readonly sheets: readonly unknown[] | null
}): Readonly<Record<string, string>> {
  if (galley) return { 'data-galley': '' }
  return sheets === null ? { 'data-unfitted': '' } : {}
}

/** The `style` attribute of `<html>` from custom properties. */
export function styleOf(properties: Readonly<Record<string, string | number>>): string {
  return Object.entries(properties)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')
}
