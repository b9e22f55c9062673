import { noCodes, type CodeMap } from './code-maps.ts'
import { identity, type Area, type Matrix } from './geometry.ts'
import type { Color, ColorAt, Mask } from './paint.ts'

export const black: Color = [0, 0, 0, 1]

/** The part of the graphics state that decides what is seen (§ 8.4). */
export interface GraphicsState {
  matrix: Matrix
  clips: readonly Area[]
  color: Color | ColorAt
  alpha: number
  blend: string
  mask: Mask | null
  font: CodeMap
  size: number
  /** Whether letters are painted at all (§ 9.3.6). */
  inked: boolean
}

/** With which a page begins. */
export const plain: Readonly<GraphicsState> = {
  matrix: identity,
  clips: [],
  color: black,
  alpha: 1,
  blend: 'Normal',
  mask: null,
  font: noCodes,
  size: 0,
  inked: true,
}
