import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Location } from '../text/source.ts'
import { entries, field, items, placeOf, booleanOf, written, type Located } from '../yaml/located.ts'
import { readAccents } from './accents.ts'
import type { PaperKind } from './kinds.ts'
import { readPacks, type Pack } from './packs.ts'
import { parsePaper, type PaperChoice } from './paper.ts'

/** When statements that the level below makes too are printed. */
export type Unchanged = 'always' | 'if-room' | 'never'

/** Press settings, defaults filled in. */
export interface Press {
  readonly brand: {
    readonly name?: string
    readonly address?: string
    /** Colours of the tracks, from the first on, as `#rrggbb`; those that are missing are ours. */
    readonly accents: readonly string[]
  }
  readonly paper: Readonly<Partial<Record<PaperKind, readonly PaperChoice[]>>>
  readonly show: {
    readonly grade: boolean
    readonly aliases: boolean
    readonly examples: boolean
    /** Of ladders that restate: what the level below says too. Where nothing is said, each kind has its own way. */
    readonly unchanged?: Unchanged
  }
  /** npm packages, with where press.yaml names them. */
  readonly fonts: readonly { readonly name: string; readonly at: Location }[]
  readonly notice?: string
  /** What press.yaml calls by one name to be made together. */
  readonly packs: readonly Pack[]
}

/** Makes the settings from a validated press.yaml, or from none. */
export function buildPress(file: Located | undefined): { press: Press; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const paper: Partial<Record<PaperKind, PaperChoice[]>> = {}
  const at = (name: string) => (file ? field(file, name) : undefined)
  for (const { name, value } of entries(at('paper'))) {
    const several = items(value)
    for (const one of several.length > 0 ? several : [value]) {
      const choice = parsePaper(written(one) ?? '')
      if ('problem' in choice) {
        diagnostics.push(
          diagnose('press/unknown-paper', choice.problem, { at: placeOf(one), hint: choice.hint }),
        )
      } else (paper[name as PaperKind] ??= []).push(choice)
    }
  }
  const [brand, show] = [at('brand'), at('show')]
  const name = brand && written(field(brand, 'name'))
  const address = brand && written(field(brand, 'address'))
  const notice = written(at('notice'))
  const unchanged = show && written(field(show, 'unchanged'))
  const shown = (what: string, otherwise: boolean) => (show && booleanOf(field(show, what))) ?? otherwise
  return {
    press: {
      brand: {
        ...(name !== undefined && { name }),
        ...(address !== undefined && { address }),
        accents: readAccents(brand && field(brand, 'accents'), diagnostics),
      },
      paper,
      show: {
        grade: shown('grade', false),
        aliases: shown('aliases', true),
        examples: shown('examples', true),
        ...(unchanged !== undefined && { unchanged: unchanged as Unchanged }),
      },
      fonts: items(at('fonts')).map((item) => ({ name: written(item) ?? '', at: placeOf(item) })),
      ...(notice !== undefined && { notice }),
      packs: readPacks(at('packs'), diagnostics),
    },
    diagnostics,
  }
}
