import type { LintLimits } from '../browser/lint.ts'
import { leastContrast } from '../finish/seen.ts'
import { posterSizes, proportionalFloor } from '../fit/poster-sizes.ts'
import type { Job } from '../plan/job.ts'
import type { Sheet } from '../plan/paper.ts'
import { pixel, pixelsPerPoint } from '../plan/units.ts'
import { bookletSizes } from '../render/documents/booklet-layout.ts'
import { matrixSizes } from '../render/documents/matrix-layout.ts'
import { nextStepSizes } from '../render/documents/next-step-layout.ts'
import { largePrintSizes, onePagerSizes } from '../render/documents/one-pager-layout.ts'
import { floorOf } from '../render/type-sizes.ts'

/** Margins that a portrait sheet has on both papers, in CSS pixels; below, those of a landscape one. */
const upright = { top: 16 / pixel, bottom: 16 / pixel, side: 12 / pixel }
const lying = { top: 12 / pixel, bottom: 12 / pixel, side: 16 / pixel }

/** What stands around statements may be smaller, but no smaller than this share of their smallest size. */
const shareBeside = 0.6

/**
 * What a sheet is measured by: its floor, its contrast, and the margins that let A4 print on Letter and the other way
 * round.
 *
 * @param lies how it was set: it may have been turned
 */
export function lintLimits({ kind, sheet, largePrint }: Job, lies: Sheet): LintLimits {
  const pages = kind === 'one-pager' || kind === 'stack' || kind === 'next-step' || kind === 'matrix'
  const sizes = {
    stack: onePagerSizes,
    'one-pager': largePrint ? largePrintSizes : onePagerSizes,
    matrix: matrixSizes,
    'next-step': nextStepSizes,
    poster: posterSizes(sheet),
    booklet: bookletSizes,
  }[kind]
  const floor = floorOf(sizes)
  // Statements of a small poster are larger than its size would have them; all else goes with it.
  const proportional = kind === 'poster' ? Math.min(floor, proportionalFloor(sheet)) : floor
  const both = pages && (sheet.paper === 'A4' || sheet.paper === 'Letter')
  return {
    floor: floor * pixelsPerPoint,
    least: proportional * shareBeside * pixelsPerPoint,
    contrast: leastContrast,
    // What both papers share lies on its side where the sheet does.
    shared: !both ? null : lies.orientation === 'portrait' ? upright : lying,
  }
}
