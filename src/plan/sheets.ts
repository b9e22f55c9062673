import type { Ladder } from '../model/ladder.ts'
import { paperKinds, type PaperKind } from './kinds.ts'
import { slug } from './names.ts'
import { layDown, parsePaper, usesLetter, type PaperChoice, type Sheet } from './paper.ts'
import type { Press } from './press.ts'
import type { Selection } from './selection.ts'

/** The sheets of a kind, with the part of the path that tells each further one from the first. */
export interface NamedSheet {
  readonly sheet: Sheet
  /** Whether it may be turned: nobody has said how it lies. */
  readonly turns: boolean
  /** Empty, or ending in a slash. */
  readonly folder: string
}

/**
 * The sheets of each kind: as the command line says, else press.yaml, else as the region has them. A track's matrix, like
 * a level's row of columns, is read along: landscape. Four rails abreast need width too.
 */
export function sheetsOf(
  ladder: Ladder,
  press: Press,
  { paper: asked, notes }: Pick<Selection, 'paper' | 'notes'>,
): Record<PaperKind, NamedSheet[]> {
  const letter = usesLetter(ladder.locale)
  const preferred = {
    'one-pager': [letter ? 'Letter' : 'A4', 'portrait'],
    matrix: [letter ? 'Tabloid' : 'A3', 'landscape'],
    // Two columns and one to write in need width; two alone stand in larger type where they are high.
    'next-step': [letter ? 'Letter' : 'A4', notes === true ? 'landscape' : 'portrait'],
    booklet: [letter ? 'Letter' : 'A4', 'portrait'],
    poster: [letter ? 'ARCH D' : 'A1', ladder.tracks.length >= 4 ? 'landscape' : 'portrait'],
  } as const
  const sheets = (kind: PaperKind): NamedSheet[] => {
    const [name, prefers] = preferred[kind]
    const choices = asked[kind] ?? press.paper[kind] ?? [parsePaper(name) as PaperChoice]
    return nameSheets(
      choices.map((choice) => ({
        sheet: layDown(choice, prefers),
        turns: choice.orientation === undefined,
      })),
    )
  }
  return Object.fromEntries(paperKinds.map((kind) => [kind, sheets(kind)])) as Record<PaperKind, NamedSheet[]>
}

/**
 * The first sheet of a kind needs no name; each further one has a folder, by its paper and, where that tells nothing,
 * the way it lies.
 */
function nameSheets(sheets: readonly Omit<NamedSheet, 'folder'>[]): NamedSheet[] {
  const named: NamedSheet[] = []
  for (const { sheet, turns } of sheets) {
    const same = named.filter((other) => other.sheet.paper === sheet.paper)
    if (same.some((other) => other.sheet.orientation === sheet.orientation)) continue
    const words = [sheet.paper, ...(same.length > 0 ? [sheet.orientation] : [])]
    // Who asks for one paper both ways gets it both ways.
    const both = sheets.some((other) => other.sheet !== sheet && other.sheet.paper === sheet.paper)
    named.push({
      sheet,
      turns: turns && !both,
      folder: named.length === 0 ? '' : `${slug(words.join('-'))}/`,
    })
  }
  return named
}
