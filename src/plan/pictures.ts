import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { thousands } from '../text/numbers.ts'
import { formatsOf } from './job.ts'
import type { Plan } from './jobs.ts'
import type { Sheet } from './paper.ts'
import { leastDpi } from './resolution.ts'
import { inch } from './units.ts'

/** What graphics cards draw in one piece. */
const longestSide = 16_384
/**
 * Chromium keeps 512 MB of what it draws, four bytes a pixel. A picture that takes more has the right size and is white
 * from somewhere on (shell 147: whole with 124 million pixels, a third white with 194).
 */
const mostPixels = 100_000_000

/** The pixels of a sheet. */
export function pixelsOf({ width, height }: Sheet, dpi: number): { width: number; height: number } {
  const pixels = (length: number) => Math.round((length / inch) * dpi)
  return { width: pixels(width), height: pixels(height) }
}

/** Sheets that are too large for a picture at some dpi; told before anything is printed. */
export function tooManyPixels({ chosen, formats }: Plan, dpi: number): Diagnostic[] {
  return chosen.flatMap((job): Diagnostic[] => {
    if (!formatsOf(job, formats).includes('png') || canDraw(job.sheet, dpi)) return []
    const { width, height } = pixelsOf(job.sheet, dpi)
    let most = dpi
    while (most > leastDpi && !canDraw(job.sheet, most)) most -= 1
    const size = `${thousands(width)} × ${thousands(height)} pixels`
    return [
      diagnose('usage/picture-too-large', `At ${dpi} dpi, ${job.id} would be a picture of ${size}`, {
        hint: `The largest for its sheet is --dpi ${most}`,
      }),
    ]
  })
}

function canDraw(sheet: Sheet, dpi: number): boolean {
  const { width, height } = pixelsOf(sheet, dpi)
  return width * height <= mostPixels && Math.max(width, height) <= longestSide
}
