/** One font file. */
export interface FontFace {
  readonly family: string
  /** A CSS weight, or a range of them that one file serves. */
  readonly weight: string
  readonly style: 'normal' | 'italic'
  /** As CSS writes it. */
  readonly unicodeRange: string
  /** Characters it has, as ranges of code points, both ends included. */
  readonly covers: readonly (readonly [number, number])[]
  /** Absolute path of a static TrueType font in WOFF2. */
  readonly path: string
  /** For fonts of a package that press.yaml names: its folder, which the file may not leave. */
  readonly packageFolder?: string
}

/** The faces of one family. */
export interface FontFamily {
  readonly family: string
  readonly faces: readonly FontFace[]
}

/** The font stack of a build, first choice first. */
export interface FontSet {
  readonly families: readonly FontFamily[]
  /** Advance widths of Latin characters in thousandths of the size, by code point. */
  readonly widths: Readonly<Record<'regular' | 'semibold' | 'bold', Readonly<Record<string, number>>>>
}
