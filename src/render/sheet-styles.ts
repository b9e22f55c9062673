import { ownAccents } from '../plan/accents.ts'
import type { Sheet } from '../plan/paper.ts'
import { slugOf, untrimmed, type Trim } from '../plan/trim.ts'
import { inch, pixelsPerPoint, rounded } from '../plan/units.ts'
import type { RenderContext } from './context.ts'
import { mm } from './document.ts'
import type { Engine } from './engine.ts'
import { passageFontRules } from './font-order.ts'

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
  const own = [...ownAccents(accents)].map(([track, color]) => `--accent-${track}: ${color};`)
  return `html { ${own.join(' ')} }`
}
