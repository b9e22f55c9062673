import type { FontFace, FontSet } from '../load/font-set.ts'
import { fontsForPassage } from './font-order.ts'

/** How characters are set. */
export type Role = 'regular' | 'bold' | 'italic' | 'boldItalic'

/** The characters of a document by the way they are set. Names and words may stand in any upright weight. */
export interface Characters extends Readonly<Record<Role, Set<number>>> {
  /** Those of passages in other languages than the ladder's, by language tag. */
  readonly passages: Map<string, Characters>
}

/** A character that no font has, and the language of the passage where it stands; null for the ladder's. */
export interface MissingCharacter {
  readonly code: number
  readonly language: string | null
}

/** An empty collection, to add to. */
export function noCharacters(): Characters {
  return {
    regular: new Set(),
    bold: new Set(),
    italic: new Set(),
    boldItalic: new Set(),
    passages: new Map(),
  }
}

/** How each way of setting is asked for, and what serves where a family lacks it (CSS Fonts 4, § 5.2). */
const roles: readonly { of: Role; wants: readonly string[] }[] = [
  { of: 'regular', wants: ['400 normal'] },
  { of: 'bold', wants: ['600 normal', '700 normal', '400 normal'] },
  { of: 'bold', wants: ['700 normal', '600 normal', '400 normal'] },
  { of: 'italic', wants: ['400 italic', '400 normal'] },
  { of: 'boldItalic', wants: ['700 italic', '700 normal', '400 normal'] },
]

/**
 * The faces a document needs, in a fixed order, and the characters that no family has.
 *
 * @returns faces in the order of the stack; missing characters in ascending order, those of passages last
 */
export function facesFor(
  fonts: FontSet,
  characters: Characters,
): { faces: FontFace[]; missing: MissingCharacter[] } {
  const used = new Set<FontFace>()
  const missing = missingOf(fonts, characters, null, used)
  const faces = fonts.families.flatMap((family) => family.faces.filter((face) => used.has(face)))
  return { faces, missing }
}

/** Adds to `used` the faces that some characters need. @returns the characters that no family has */
function missingOf(
  fonts: FontSet,
  characters: Characters,
  language: string | null,
  used: Set<FontFace>,
): MissingCharacter[] {
  const missing = new Set<number>()
  for (const { of, wants } of roles) {
    const known = knownFaces(fonts, wants)
    for (const code of characters[of]) {
      let face = known.get(code)
      if (face === undefined) {
        // Blanks have a width, which should not depend on what other documents have loaded.
        face = findFace(fonts, code, wants) ?? (isInvisible(code) ? 'invisible' : 'missing')
        known.set(code, face)
      }
      if (face === 'invisible') continue
      if (face === 'missing') missing.add(code)
      else used.add(face)
    }
  }
  const own = [...missing].sort((a, b) => a - b).map((code) => ({ code, language }))
  const inPassages = [...characters.passages].flatMap(([passage, inner]) =>
    missingOf(fontsForPassage(fonts, passage), inner, passage, used),
  )
  return [...own, ...inPassages]
}

/** What serves each character that was asked for. */
type KnownFaces = Map<number, FontFace | 'missing' | 'invisible'>

/** Documents of a ladder share most of their characters, so each is looked up once. */
const lookups = new WeakMap<FontSet, Map<readonly string[], KnownFaces>>()

function knownFaces(fonts: FontSet, wants: readonly string[]): KnownFaces {
  const ofFonts = lookups.get(fonts) ?? new Map<readonly string[], KnownFaces>()
  lookups.set(fonts, ofFonts)
  const known: KnownFaces = ofFonts.get(wants) ?? new Map()
  ofFonts.set(wants, known)
  return known
}

/** Whether there is a font for each character of a text, in the usual weight. */
export function hasAll(fonts: FontSet, text: string): boolean {
  return [...text].every((character) => findFace(fonts, character.codePointAt(0) ?? 0, ['400 normal']))
}

function findFace(fonts: FontSet, code: number, wants: readonly string[]): FontFace | undefined {
  for (const { faces } of fonts.families) {
    for (const want of wants) {
      const [weight = '', style] = want.split(' ')
      const face = faces.find(
        (candidate) => serves(candidate, weight) && candidate.style === style && covers(candidate, code),
      )
      if (face) return face
    }
  }
  return undefined
}

function serves(face: FontFace, weight: string): boolean {
  const [from = '', to = from] = face.weight.split(' ')
  return Number(weight) >= Number(from) && Number(weight) <= Number(to)
}

function covers({ covers: ranges }: FontFace, code: number): boolean {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const [from, to] = ranges[middle] ?? [0, -1]
    if (code < from) high = middle - 1
    else if (code > to) low = middle + 1
    else return true
  }
  return false
}

/** Characters that leave no ink of their own: spaces, joiners, variation selectors, marks of direction. */
function isInvisible(code: number): boolean {
  return /[\s\p{Default_Ignorable_Code_Point}]/u.test(String.fromCodePoint(code))
}

/** The `@font-face` rules of some faces. `data` holds each file as base64. */
export function fontRules(faces: readonly FontFace[], data: ReadonlyMap<string, string>): string {
  return faces
    .map(
      ({ family, weight, style, unicodeRange, path }) =>
        `@font-face{font-family:"${family}";font-weight:${weight};font-style:${style};src:url(data:font/woff2;base64,${data.get(path) ?? ''}) format("woff2");unicode-range:${unicodeRange}}`,
    )
    .join('\n')
}
