import type { Sheet } from '../plan/paper.ts'
import { pixel } from '../plan/units.ts'

/** Where a part stands, in CSS pixels from the top left of the document. */
export type Box = readonly [top: number, bottom: number, left: number, right: number]

/** The boxes of all parts of a galley, by key. */
export type Boxes = Readonly<Record<string, Box>>

/** A line of text, in CSS pixels from the top left of its sheet. */
export interface TextLine {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly text: string
  readonly bold: boolean
  readonly ref: string | null
}

/** The height of a part; 0 where there is none. */
export function heightOf(boxes: Boxes, key: string): number {
  const box = boxes[key]
  return box ? box[1] - box[0] : 0
}

/**
 * The height of a sheet between its margins, in px. One pixel is given up, so that no empty page follows.
 *
 * @param margins above and below together, in mm
 */
export function heightBetween(sheet: Sheet, margins: number): number {
  return (sheet.height - margins) / pixel - 1
}

/** What a key says of a part, without whose it is: `columns` of `engineer|0/columns`. */
function partOf(key: string): string {
  return key.slice(key.search(/[/|]/) + 1).replace(/^\d+\//, '')
}

/** A template that marks no box for a part that has to be measured. */
export class UnmarkedPart extends Error {}

/**
 * The box of a part that must be there.
 *
 * @throws UnmarkedPart where the template does not mark it
 */
export function boxOf(boxes: Boxes, key: string): Box {
  const box = boxes[key]
  if (!box) throw new UnmarkedPart(`it has no data-m for the part “${partOf(key)}”, which has to be measured`)
  return box
}
