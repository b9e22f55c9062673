import { join } from 'node:path'

import { expect, test } from 'vitest'

import { inFolder, ladderpress } from '../support/cli.ts'
import { write } from '../support/files.ts'
import { rasterise, type Raster } from '../support/raster.ts'

/** Of posters, and of pages. */
const [coarse, fine] = [60, 120]

/** What is white at each side of a page, in mm. */
function marginsOf(
  { width, height, grey }: Raster,
  dpi: number,
): Record<'top' | 'right' | 'bottom' | 'left', number> {
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

/** In mm: a pixel, and what a letter reaches beyond its line. */
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
      const [sheet] = await rasterise(join(cwd, name), coarse)
      const white = Object.values(marginsOf(sheet as Raster, coarse))
      expect(Math.min(...white), `${name}: ${white.join(', ')}`).toBeGreaterThan(margin - nearly)
    }
  })
})

test('an upright matrix on A4 or Letter keeps its ink where both have paper, with a binding edge', async () => {
  await inFolder(async (cwd) => {
    const papers = ['--paper', 'matrix=A4:portrait,Letter:portrait']
    const args = ['build', '--only', 'matrix', ...papers, '--format', 'pdf', '--strict', '--out', cwd]
    const { code, stderr } = await ladderpress(args)
    expect(code, stderr).toBe(0)
    for (const name of ['matrix/managers.pdf', 'matrix/letter/managers.pdf']) {
      for (const page of await rasterise(join(cwd, name), fine)) {
        const { top, right, bottom, left } = marginsOf(page, fine)
        const white = [top - 16, right - 12, bottom - 16, left - 20]
        expect(Math.min(...white), `${name}: ${white.join(', ')}`).toBeGreaterThan(-nearly)
      }
    }
  })
})

test('a point at the end of a line of the foot, and the blank before it, are no ink beyond the margin', async () => {
  const [from, to] = ['Platform Operations Engineer 12', 'Platform Operations Engineering Coordinator']
  const ladder = `title: Ladder of engineering titles
edition: 2026.2
effective: 2026-01-11
tracks:
  - id: ops
    name: Operations
    levels:
      - { id: a, title: ${from}, statements: Builds }
      - { id: b, title: ${to}, statements: Builds more }
`
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder, 'press.yaml': 'brand: { name: Acme }' })
    const { code, stderr } = await ladderpress(['build', '--only', 'next-step', '--notes', '--strict'], {
      cwd,
    })
    expect(code, stderr).toBe(0)
  })
})

test('a matrix that is turned has the margins of the way it lies', async () => {
  const said = Array.from(
    { length: 24 },
    (_, n) => `Mends what others have left, time and again, ${'and more '.repeat(n)}`,
  )
  const levels = ['a', 'b'].map((id) => ({ id, title: `Level ${id}`, statements: said }))
  await inFolder(async (cwd) => {
    await write(cwd, {
      'ladder.yaml': JSON.stringify({ title: 'Ladder', tracks: [{ id: 'ops', name: 'Operations', levels }] }),
    })
    const args = ['build', '--only', 'matrix', '--paper', 'matrix=A4', '--report', 'json', '--strict']
    const { code, stdout, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('print/turned')
  })
})

test('pages for notes keep the margins of the booklet', async () => {
  await inFolder(async (cwd) => {
    const args = ['build', '--only', 'booklet', '--format', 'pdf', '--out', cwd]
    const { code, stderr } = await ladderpress(args)
    expect(code, stderr).toBe(0)
    const pages = await rasterise(join(cwd, 'booklet.pdf'), fine)
    const [verso, recto] = pages.slice(-5, -3).map((page) => marginsOf(page, fine))
    expect(verso?.left).toBeGreaterThan(12 - nearly)
    expect(verso?.right).toBeGreaterThan(16 - nearly)
    expect(recto?.left).toBeGreaterThan(16 - nearly)
    expect(recto?.right).toBeGreaterThan(12 - nearly)
  })
})
