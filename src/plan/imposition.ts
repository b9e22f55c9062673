import type { Composition, Placement } from './composition.ts'
import type { Sheet } from './paper.ts'

/**
 * How the pages of a document come to lie on larger sheets: `saddle`, nested sheets folded in the middle, a page on each
 * quarter; `2up`, the pages that lie open beside each other, the cover and the back alone.
 */
export const impositions = ['saddle', '2up'] as const
export type Imposition = (typeof impositions)[number]

/**
 * How much of its width office paper of 80 g/m² takes at a fold, in mm: each sheet pushes those inside it out by so
 * much.
 */
const thickness = 0.1

/**
 * The sides of sheets in the order in which they are printed, both sides of a sheet after each other, turned over on the
 * short edge.
 *
 * In a saddle stitch the outermost sheet has the first and the last page on its front and the pages inside on its back,
 * and so on inwards; where text runs from right to left, the halves change places. Inner sheets stick out at the fore
 * edge once folded (creep), so their pages lie nearer to the fold.
 *
 * @param pages how many there are; for `saddle` a multiple of four
 * @param page the paper of a page
 * @param sheet on which two of them lie, as high as a page
 */
export function impose(
  imposition: Imposition,
  pages: number,
  page: Sheet,
  sheet: Sheet,
  direction: 'ltr' | 'rtl',
): Placement[][] {
  const fold = sheet.width / 2
  const side = (first: number, second: number, creep: number): Placement[] => {
    const [left, right] = direction === 'ltr' ? [first, second] : [second, first]
    return [
      { page: left, left: fold - page.width + creep, top: 0 },
      { page: right, left: fold - creep, top: 0 },
    ].filter((placed) => placed.page >= 1 && placed.page <= pages)
  }
  if (imposition === '2up') {
    // Spreads stay together: a first page lies on the right as in the book.
    return Array.from({ length: Math.floor(pages / 2) + 1 }, (_, index) => side(2 * index, 2 * index + 1, 0))
  }
  if (pages % 4 !== 0) throw new Error(`${pages} pages do not make whole sheets`)
  return Array.from({ length: pages / 4 }, (_, index) => {
    const creep = index * thickness
    return [side(pages - 2 * index, 1 + 2 * index, creep), side(2 + 2 * index, pages - 1 - 2 * index, creep)]
  }).flat()
}

/** The pages of a booklet on larger sheets; words for whoever folds them lie on the outermost, as one page more. */
export function composeBooklet(
  imposition: Imposition,
  pages: number,
  page: Sheet,
  sheet: Sheet,
  direction: 'ltr' | 'rtl',
): Composition {
  const sides = impose(imposition, pages, page, sheet, direction)
  if (imposition === '2up') return { sheet, sides, frames: 0 }
  const words = { page: pages + 1, left: 0, top: 0 }
  return { sheet, sides: sides.map((side, index) => (index === 0 ? [...side, words] : side)), frames: 1 }
}
