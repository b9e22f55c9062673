import { point } from '../plan/units.ts'

/**
 * From how far away type reads: where the height of its small letters is seen at 0.2°.
 *
 * @param size in pt, of Inter, whose small letters are 0.546 em high
 * @returns in cm
 */
export function readingDistance(size: number): number {
  return (size * 0.546 * (point / 10)) / Math.tan((0.2 * Math.PI) / 180)
}
