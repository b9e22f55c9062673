import type { CodeMap } from './code-maps.ts'
import type { Area, Matrix, Point } from './geometry.ts'

/** Red, green, blue and how much it covers, each from 0 to 1. */
export type Color = readonly [r: number, g: number, b: number, alpha: number]

/**
 * The colour of something at a point of its page; null where that is not known.
 *
 * @param look finds what parts paint at a point
 */
export type ColorAt = (
  x: number,
  y: number,
  look: (parts: readonly Paint[], at: Point) => Color,
) => Color | null

/** What a page paints, part by part in its order. */
export type Paint = Fill | Stroke | LineOfText | Group

interface Painted {
  /** Where it leaves ink at most. */
  readonly area: Area
  /** What cuts it off. */
  readonly clips: readonly Area[]
  readonly alpha: number
  /** How its colour mixes with that below it (§ 11.3.5). */
  readonly blend: string
  readonly mask: Mask | null
}

/** An area in one colour, or in a shading. */
export interface Fill extends Painted {
  readonly kind: 'fill'
  readonly color: Color | ColorAt
}

/** Lines along a path, too thin to hide what they cross. */
export interface Stroke extends Painted {
  readonly kind: 'stroke'
  readonly color: Color | ColorAt
}

/** Nobody reads letters of this size, in points, at any distance. */
export const leastSize = 3

/** A line of text; its area is the height of its small letters. */
export interface LineOfText extends Painted {
  readonly kind: 'text'
  readonly color: Color | ColorAt
  /** From the space of its text to the page. */
  readonly matrix: Matrix
  /** Of the body of its letters, in the space of its text. */
  readonly size: number
  readonly font: CodeMap
  readonly strings: readonly PaintedString[]
}

/** A string as it is painted; lengths in the space of its text. */
export interface PaintedString {
  readonly text: string
  /** As hexadecimal digits, of the font of its line. */
  readonly codes: string
  readonly x: number
  readonly y: number
  /** To the next one; reckoned where none follows. */
  readonly width: number
  readonly glyphs: number
  /** Blanks with which it begins. */
  readonly blanks: number
}

/** What is painted apart and laid on the page in one. */
export interface Group extends Painted {
  readonly kind: 'group'
  readonly parts: readonly Paint[]
}

/** How much of something shows, by what else is painted (§ 11.5). */
export interface Mask {
  readonly parts: readonly Paint[]
  readonly by: 'alpha' | 'luminosity'
  readonly inverted: boolean
}
