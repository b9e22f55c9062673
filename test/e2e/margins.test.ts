import { join } from 'node:path'

import { expect, test } from 'vitest'

import { inFolder, ladderpress } from '../support/cli.ts'
import { rasterise, type Raster } from '../support/raster.ts'

const dpi = 60

/** What is white at each side of a page, in mm. */
function marginsOf({ width, height, grey }: Raster): Record<'top' | 'right' | 'bottom' | 'left', number> {
  let [top, right, bottom, left] = [height, width, height, width]
  for (const [at, value] of grey.entries()) {
    if (value > 230) continue
    const [x, y] = [at % width, Math.floor(at / width)]
    top = Math.min(top, y)
    left = Math.min(left, x)
    bottom = Math.min(bottom, height - 1 - y)
    right = Math.min(right, width - 1 - x)
  }
  const mm = (pixels: number) => (pixels / dpi) * 25.4
  return { top: mm(top), right: mm(right), bottom: mm(bottom), left: mm(left) }
}

/** Half a millimetre is the width of a pixel, and of what a letter reaches beyond its line. */
const nearly = 0.5

test('a poster is white all round, marks of tracks included: rails and frames cover the edge', async () => {
  await inFolder(async (cwd) => {
    const args = ['build', '--only', 'poster', '--paper', 'poster=A1,A2', '--format', 'pdf', '--out', cwd]
    const { code, stderr } = await ladderpress(args)
    expect(code, stderr).toBe(0)
    for (const [name, margin] of [
      ['poster.pdf', 18],
      ['poster/a2.pdf', 12.7],
    ] as const) {
      const [sheet] = await rasterise(join(cwd, name), dpi)
      const white = Object.values(marginsOf(sheet as Raster))
      expect(Math.min(...white), `${name}: ${white.join(', ')}`).toBeGreaterThan(margin - nearly)
    }
  })
})

test('pages for notes keep the margins of the booklet', async () => {
  await inFolder(async (cwd) => {
    const args = ['build', '--only', 'booklet', '--format', 'pdf', '--out', cwd]
    const { code, stderr } = await ladderpress(args)
    expect(code, stderr).toBe(0)
    const pages = await rasterise(join(cwd, 'booklet.pdf'), dpi)
    const [verso, recto] = pages.slice(-5, -3).map(marginsOf)
    expect(verso?.left).toBeGreaterThan(12 - nearly)
    expect(verso?.right).toBeGreaterThan(16 - nearly)
    expect(recto?.left).toBeGreaterThan(16 - nearly)
    expect(recto?.right).toBeGreaterThan(12 - nearly)
  })
})
