import { inlinesOfLine, isInlines, joined, type Line } from '../markdown/line.ts'
import { nested, plainText, type Inline, type Prose } from '../markdown/prose.ts'
import type { Sheet } from '../plan/paper.ts'
import { slugOf, untrimmed, type Trim } from '../plan/trim.ts'
import { inch, rounded } from '../plan/units.ts'
import { hashOf } from '../text/hash.ts'
import type { RenderContext } from './context.ts'
import type { Engine } from './engine.ts'
import { passageFontRules } from './font-order.ts'
import { titleOf } from './names.ts'

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

/** A piece of the ladder's text that must be readable in the finished document. */
export interface RefText {
  readonly ref: string
  readonly text: string
  /** Of the passages in it. */
  readonly languages?: readonly string[]
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

/** “Draft of 2026.2”, where the ladder seals its editions and has not sealed this one. */
export function draftWords({ ladder, words, isDraft }: RenderContext): Line | null {
  if (!isDraft) return null
  return ladder.edition === undefined ? words.say('draft') : words.say('draftOf', { edition: ladder.edition })
}

/** `Acme · Engineering ladder 2026.1 · in force from 1 January 2026`; of a draft, which is not in force, less. */
export function footLeft(context: RenderContext): Line {
  const { ladder, press, words, isDraft } = context
  const parts = [
    press.brand.name,
    titleWithEdition(context, isDraft ? undefined : ladder.edition),
    ladder.effective === undefined || isDraft
      ? undefined
      : words.say('inForceFoot', { date: words.date(ladder.effective) }),
  ]
  return joined(
    parts.filter((part) => part !== undefined),
    ' · ',
  )
}

/** “Engineering ladder 2026.1”. */
export function titleWithEdition(context: RenderContext, edition: string | undefined): Line {
  const title = titleOf(context, context.ladder)
  return edition === undefined ? title : joined([title, edition], ' ')
}

/** `Lead Engineer · Engineering ladder · 2026.1`, as windows and readers of PDFs call a document: what is its own first. */
export function documentTitle({ ladder }: RenderContext, ...own: readonly string[]): string {
  return [...own, ladder.title, ladder.edition].filter((part) => part !== undefined).join(' · ')
}

/** “Edition 2026.1, in force from 1 January 2026”, as much of it as the ladder says. */
export function editionLine(context: RenderContext): Line | null {
  const { ladder, words, isDraft } = context
  if (isDraft) return draftWords(context)
  const date = ladder.effective === undefined ? undefined : words.date(ladder.effective)
  if (ladder.edition !== undefined && date !== undefined) {
    return words.say('editionInForce', { edition: ladder.edition, date })
  }
  if (ladder.edition !== undefined) return words.say('edition', { edition: ladder.edition })
  return date === undefined ? null : words.say('inForce', { date })
}

/** The `@page` rule of a sheet. Lengths, never names: Chromium knows few names and falls back silently. */
function pageRule(sheet: Sheet, trim: Trim | undefined): string {
  const { width, height } = untrimmed(sheet, trim)
  const rule = `@page{size:${mm(width)} ${mm(height)};margin:0}`
  return trim ? `${rule}\n@media print{.sheet{margin:${mm(slugOf(trim))};--bleed:${mm(trim.bleed)}}}` : rule
}

/** What the style sheets of a document depend on, beside its paper. */
interface SheetStyles {
  readonly names: readonly string[]
  /** Of the statements, in pt. */
  readonly size: number
  /** How many px of a screen columns need to stand abreast; null if they are never stacked. */
  readonly abreast?: number | null
  readonly trim?: Trim | undefined
}

/**
 * Style sheets of a document in their order. Media queries know no custom properties, so widths in px are put in: of
 * the paper as a screen shows it, `$paper-width`; `$sheet-width`, less one, below which the text flows; `$desk-width`,
 * with a rim around the sheet; and `$abreast-width`, up to which columns are stacked. `$enlarged` is how much a screen
 * enlarges sheets, `$least-size` the smallest type that becomes readable there.
 */
export function sheetStyles(
  engine: Engine,
  context: RenderContext,
  sheet: Sheet,
  asked: SheetStyles,
): string {
  // The same string for all documents of a kind, which may be many. Engines outlive builds, and press.yaml may change.
  const known = styles.get(context) ?? new Map<string, string>()
  styles.set(context, known)
  const key = JSON.stringify([sheet, asked])
  const css = known.get(key) ?? stylesOf(engine, context, sheet, asked)
  known.set(key, css)
  return css
}

const styles = new WeakMap<RenderContext, Map<string, string>>()

/**
 * In px. A screen is further away than paper is held, so statements are this large on it, and nothing is smaller than
 * `least`.
 */
const onScreen = { statements: 15.5, least: 12 }
const pixelsPerPoint = 96 / 72

function stylesOf(
  engine: Engine,
  context: RenderContext,
  sheet: Sheet,
  { names, size, abreast = null, trim }: SheetStyles,
): string {
  const { paperSize } = context
  const enlarged = paperSize ? 1 : Math.max(1, onScreen.statements / (size * pixelsPerPoint))
  const width = Math.floor(((sheet.width * 96) / inch) * enlarged)
  return [pageRule(sheet, trim), namedStyles(engine, context, names)]
    .join('\n')
    .replaceAll('$sheet-width', `${width - 1}px`)
    .replaceAll('$paper-width', `${width}px`)
    .replaceAll('$desk-width', `${width + 24}px`)
    .replaceAll('$abreast-width', `${Math.min(width, Math.ceil(abreast ?? 0)) - 1}px`)
    .replaceAll('$enlarged', String(rounded(enlarged)))
    .replaceAll('$least-size', paperSize ? '0px' : `${rounded(onScreen.least / enlarged)}px`)
}

/** Style sheets by their names, and what the ladder and its press settings add: colours of tracks, fonts of passages. */
export function namedStyles(
  engine: Engine,
  { fonts, press }: RenderContext,
  names: readonly string[],
): string {
  return [...names.map((name) => engine.style(name)), accentRule(press), passageFontRules(fonts)]
    .filter((rules) => rules !== '')
    .join('\n')
}

/** No more specific than the rule in base.css, so that black ink still takes its place. */
function accentRule({ brand: { accents } }: RenderContext['press']): string {
  if (accents.length === 0) return ''
  return `html { ${accents.map((color, at) => `--accent-${at + 1}: ${color};`).join(' ')} }`
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

/** The texts of a prose by its ref, block by block: between them stand the markers of lists. */
export function refText(ref: string, text: Prose | Line | null): RefText[] {
  if (text === null) return []
  const isLine = typeof text === 'string' || isInlines(text)
  return (isLine ? [inlinesOfLine(text)] : paragraphsOf(text)).flatMap((inlines) => {
    const words = typeof text === 'string' ? text : plainText([{ kind: 'paragraph', inlines }])
    const languages = [...nested(inlines)].flatMap((inline) =>
      inline.kind === 'passage' ? [inline.language] : [],
    )
    return words === '' ? [] : [{ ref, text: words, ...(languages.length > 0 && { languages }) }]
  })
}

function paragraphsOf(prose: Prose): (readonly Inline[])[] {
  return prose.flatMap((block) =>
    block.kind === 'paragraph' ? [block.inlines] : block.items.flatMap((item) => paragraphsOf(item)),
  )
}
