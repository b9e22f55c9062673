import type { Sheet } from '../../plan/paper.ts'
import { tenths } from '../../plan/units.ts'
import type { BareMapView } from '../bare-map.ts'

/** What a sheet looks like from afar, as a drawing. Lengths in px. */
export interface PictureView {
  readonly width: number
  readonly height: number
  readonly lines: readonly PictureLine[]
  readonly map: (BareMapView & { readonly x: number; readonly y: number }) | null
}

/** A stroke, as an SVG path. */
export interface PictureLine {
  /** Names are the heaviest of them, lines of text the lightest. */
  readonly kind: 'title' | 'name' | 'rung' | 'rule' | 'text'
  readonly dashed: boolean
  readonly path: string
  /** How thick it is, in px, where that is not as usual for its kind. */
  readonly weight?: number
}

/** A line across, from a point to so many px from the left. */
export function line(
  kind: PictureLine['kind'],
  [x, y]: readonly [number, number],
  to: number,
  dashed = false,
): PictureLine {
  return { kind, dashed, path: `M${tenths(x)} ${tenths(y)}H${tenths(to)}` }
}

/** @param scale px to the mm */
export function inPixels(sheet: Sheet, scale: number): { width: number; height: number } {
  return { width: Math.round(sheet.width * scale), height: Math.round(sheet.height * scale) }
}
