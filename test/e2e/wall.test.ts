import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { pagesOf } from '../../src/finish/read.ts'
import { inFolder, ladderpress, root, type Run } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'
import { aboutPdf, contentOf, pdf } from '../support/pdf.ts'
import { rasterise, type Raster } from '../support/raster.ts'

const bundled = join(root, 'data', 'ladder.yaml')

async function posterOf<T>(args: readonly string[], look: (out: string, run: Run) => Promise<T>): Promise<T> {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': await readFile(bundled, 'utf8') })
    const run = await ladderpress(['build', 'ladder.yaml', '--only', 'poster', ...args], { cwd })
    expect(run.code, run.stderr).toBe(0)
    return look(join(cwd, 'out'), run)
  })
}

async function boxesOf(path: string): Promise<Record<string, number[]>> {
  const { file } = await aboutPdf(path)
  const [page] = pagesOf(file)
  return Object.fromEntries(
    ['MediaBox', 'BleedBox', 'TrimBox'].flatMap((name) => {
      const box = file.get(page, name)
      return Array.isArray(box) ? [[name, box.map(Number)]] : []
    }),
  )
}

const points = (mm: number) => Math.round((mm / 25.4) * 72_000) / 1000

describe('bleed and marks', () => {
  test('enlarge the sheet and leave its finished size exact', async () => {
    await posterOf(['--bleed', '3mm', '--marks', 'crop'], async (out, { stderr }) => {
      const boxes = await boxesOf(join(out, 'poster.pdf'))
      expect(boxes).toEqual({
        MediaBox: [0, 0, points(614), points(861)],
        BleedBox: [points(7), points(7), points(607), points(854)],
        TrimBox: [points(10), points(10), points(604), points(851)],
      })
      expect(stderr).toContain('print/no-bleed-needed')
      expect(stderr).toMatch(/614\.0 mm wide: too wide for a roll of 609\.6 mm; the next is 914\.4 mm/)
      expect(await readFile(join(out, 'copy-shop.txt'), 'utf8')).toContain('10 mm more on each side')
    })
  })

  test('have marks outside the bleed, and nothing else there', async () => {
    await posterOf(['--bleed', '3mm', '--marks', 'crop'], async (out) => {
      const [content = ''] = await contentOf(join(out, 'poster.pdf'))
      const marks = content.slice(content.lastIndexOf('/Artifact BMC'))
      const lines = [...marks.matchAll(/^([\d.]+) ([\d.]+) m\n([\d.]+) ([\d.]+) l$/gm)].map((line) =>
        line.slice(1).map(Number),
      )
      expect(lines).toHaveLength(8)
      const inside = ([x = 0, y = 0]: number[]) =>
        x > points(7) && x < points(607) && y > points(7) && y < points(854)
      expect(lines.filter((line) => inside(line.slice(0, 2)) || inside(line.slice(2)))).toEqual([])
    })
  })

  test('leave a finished file as accessible as without', async () => {
    await posterOf(['--marks', 'crop'], async (out, { stderr }) => {
      expect((await aboutPdf(join(out, 'poster.pdf'))).xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
      expect(stderr).not.toContain('bleed')
      expect((await boxesOf(join(out, 'poster.pdf')))['BleedBox']).toEqual(
        (await boxesOf(join(out, 'poster.pdf')))['TrimBox'],
      )
    })
  })
})

describe('a poster of tiles', () => {
  test('is laid out for the size that its sheets give, with an assembly plan', async () => {
    await posterOf(['--tile', 'A3'], async (out, { stderr }) => {
      const path = join(out, 'poster-tiles.pdf')
      const { pages, sizes, texts } = await pdf(path)
      expect(pages).toBe(5)
      expect(new Set(sizes.map((size) => size.join()))).toEqual(new Set([`${points(297)},${points(420)}`]))
      expect(texts[0]).toContain('4sheetsofA3makeaposterof558×804mm')
      expect(texts[0]).toContain('8sheetsofA4')
      expect(texts.slice(1).map((text) => /Sheet\dof4·row\d,column\d/.exec(text)?.[0])).toEqual([
        'Sheet1of4·row1,column1',
        'Sheet2of4·row1,column2',
        'Sheet3of4·row2,column1',
        'Sheet4of4·row2,column2',
      ])
      expect(stderr).toContain('print/tiles')
      // For the press alone: no tags, and no claim to be accessible.
      const { root: catalogue, xmp } = await aboutPdf(path)
      expect([
        catalogue.dict.has('StructTreeRoot'),
        catalogue.dict.has('Outlines'),
        xmp.includes('pdfuaid:part'),
      ]).toEqual([false, false, false])
    })
  })

  test('is made once from each paper that is named, and the index leads to all', async () => {
    await posterOf(['--only', 'poster,index', '--tile', 'A3,A4,a3'], async (out) => {
      expect((await pdf(join(out, 'poster-tiles.pdf'))).sizes[0]).toEqual([points(297), points(420)])
      const { pages, sizes, texts } = await pdf(join(out, 'poster-tiles/a4.pdf'))
      expect(sizes[0]).toEqual([points(297), points(210)])
      expect(texts[0]).toContain(`${pages - 1}sheetsofA4makeaposterof`)
      const index = await readFile(join(out, 'index.html'), 'utf8')
      expect(index).toMatch(/href="poster-tiles\.pdf"[^>]*>[^<]*4 sheets A3/)
      expect(index).toMatch(/href="poster-tiles\/a4\.pdf"[^>]*>[^<]*sheets A4/)
    })
  })

  test('however large it gets, says in small type what is read in the hand', async () => {
    await posterOf(['--paper', 'poster=A0', '--tile', 'A3', '--strict'], async (out) => {
      expect((await pdf(join(out, 'poster-tiles.pdf'))).pages).toBeGreaterThan(8)
    })
  })

  test('put together is the poster, pixel for pixel', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': await readFile(bundled, 'utf8') })
      const build = async (...args: string[]) => {
        const { code, stderr } = await ladderpress(
          ['build', 'ladder.yaml', '--only', 'poster', '--format', 'pdf', ...args],
          { cwd },
        )
        expect(code, stderr).toBe(0)
      }
      // On sheets whose seams run in gutters as it is: elsewhere, its rails share the width in another way.
      await build('--paper', 'A2', '--tile', 'Letter', '--out', 'tiles')
      const manifest = JSON.parse(await readFile(join(cwd, 'tiles', 'manifest.json'), 'utf8')) as {
        artifacts: { path: string; diagnostics: { message: string }[] }[]
      }
      const told = manifest.artifacts.find(({ path }) => path === 'poster-tiles.pdf')?.diagnostics[0]?.message
      const [, count, width, height] =
        /from (\d+) sheets of Letter \((\d+) × (\d+) mm\)/.exec(told ?? '')?.map(Number) ?? []
      const dpi = 50.8
      const [, ...tiles] = await rasterise(join(cwd, 'tiles', 'poster-tiles.pdf'), dpi)
      expect(tiles).toHaveLength(count ?? 0)
      const { texts } = await pdf(join(cwd, 'tiles', 'poster-tiles.pdf'))
      const columns = Math.max(...texts.map((text) => Number(/column(\d)/.exec(text)?.[1] ?? 0)))
      const assembled = assemble(tiles, { width: width ?? 0, height: height ?? 0 }, columns, dpi)
      // No tile is blank.
      expect(assembled.ink.every((dark) => dark > 0)).toBe(true)
      await build('--paper', `${width}x${height}mm`, '--out', 'whole')
      const [whole] = await rasterise(join(cwd, 'whole', 'poster.pdf'), dpi)
      expect([
        Math.abs((whole?.width ?? 0) - assembled.width) <= 1,
        Math.abs((whole?.height ?? 0) - assembled.height) <= 1,
      ]).toEqual([true, true])
      // Seams fall between pixels: where a sheet begins, edges of letters may be lighter or darker.
      expect(differing(assembled, whole as Raster)).toBeLessThan(0.02)
    })
  })

  test.each(['en', 'de', 'es'])('has room for its assembly plan on low sheets (%s)', async (locale) => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': `locale: ${locale}\n${smallLadder}` })
      const args = [
        '--only',
        'poster',
        '--paper',
        'poster=A1:landscape',
        '--tile',
        'Letter',
        '--format',
        'pdf',
      ]
      const { code, stderr } = await ladderpress(['build', 'ladder.yaml', ...args], { cwd })
      expect(code, stderr).toBe(0)
    })
  })

  test('is refused of sheets that are no help', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder })
      const refused = async (...args: string[]) => ladderpress(['build', 'ladder.yaml', ...args], { cwd })
      const [small, large, unknown] = [
        await refused('--tile', 'A5'),
        await refused('--tile', 'A0'),
        await refused('--tile', 'A33'),
      ]
      expect([small.code, large.code, unknown.code]).toEqual([2, 2, 2])
      expect(small.stderr).toContain('A5 is too small to make a poster of A1 from')
      expect(large.stderr).toContain('--paper poster=A0')
      expect(unknown.stderr).toContain('Did you mean "A3"?')
    })
  })
})

test('the note to the copy shop says in the ladder’s language what to print', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': smallLadder.replace('edition:', 'locale: de\nedition:') })
    await ladderpress(['build', 'ladder.yaml', '--only', 'poster', '--ink', 'black'], { cwd })
    const note = await readFile(join(cwd, 'out', 'copy-shop.txt'), 'utf8')
    expect(note).toContain('poster.pdf\nEndformat: 594 × 841 mm (A1), Hochformat\nSkalierung: 100 %')
    expect(note).toContain('nur Schwarz')
    expect(note).toContain('145 cm')
  })
})

/** Lays rendered tiles over each other as somebody does who cuts at the left and above. */
function assemble(
  tiles: readonly Raster[],
  size: { readonly width: number; readonly height: number },
  columns: number,
  dpi: number,
): Raster & { readonly ink: readonly number[] } {
  const pixels = (mm: number) => Math.round((mm / 25.4) * dpi)
  const [width, height] = [pixels(size.width), pixels(size.height)]
  const grey = new Uint8Array(width * height).fill(255)
  const margin = pixels(6)
  const ink: number[] = []
  const places = seamsOf(tiles, columns, dpi)
  for (const [index, tile] of tiles.entries()) {
    const { left, top, right, bottom } = places[index] as (typeof places)[number]
    let dark = 0
    for (let y = top; y < Math.min(bottom, height); y += 1) {
      for (let x = left; x < Math.min(right, width); x += 1) {
        const value = tile.grey[(y - top + margin) * tile.width + (x - left + margin)] ?? 255
        if (value < 128) dark += 1
        grey[y * width + x] = value
      }
    }
    ink.push(dark)
  }
  return { width, height, grey, ink }
}

interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Where the parts belong, by the marks in the margin above and on the left of each sheet, in pixels of the poster. */
function seamsOf(tiles: readonly Raster[], columns: number, dpi: number): Area[] {
  const pixels = (mm: number) => (mm / 25.4) * dpi
  const margin = pixels(6)
  const areas: Area[] = []
  const widths = tiles.slice(0, columns).map((tile) => farthestMark(tile, 'across', dpi) - margin)
  const rows = tiles.length / columns
  const heights = Array.from(
    { length: rows },
    (_, row) => farthestMark(tiles[row * columns] as Raster, 'down', dpi) - margin,
  )
  let top = 0
  for (const height of heights) {
    let left = 0
    for (const width of widths) {
      areas.push({
        left: Math.round(left),
        top: Math.round(top),
        right: Math.round(left + width),
        bottom: Math.round(top + height),
      })
      left += width
    }
    top += height
  }
  return areas
}

/** The last mark in the upper or left margin: there the next sheet begins. */
function farthestMark({ width, height, grey }: Raster, way: 'across' | 'down', dpi: number): number {
  const inMargin = Math.round((3.5 / 25.4) * dpi)
  const length = way === 'across' ? width : height
  let darkest = { at: 0, value: 255 }
  for (let at = length - 1; at > length / 3; at -= 1) {
    const value = (way === 'across' ? grey[inMargin * width + at] : grey[at * width + inMargin]) ?? 255
    if (value < 220) {
      darkest = { at: at + 0.5, value }
      break
    }
  }
  return darkest.at
}

/**
 * How many pixels are clearly lighter or darker than in another picture, for each that is dark; one pixel of play
 * allowed.
 */
function differing(one: Raster, other: Raster): number {
  let [count, dark] = [0, 0]
  for (let y = 1; y < one.height - 1; y += 1) {
    for (let x = 1; x < one.width - 1; x += 1) {
      const value = one.grey[y * one.width + x] ?? 255
      if (value < 128) dark += 1
      let nearest = 255
      for (let dy = -1; dy <= 1; dy += 1)
        for (let dx = -1; dx <= 1; dx += 1)
          nearest = Math.min(nearest, Math.abs(value - (other.grey[(y + dy) * other.width + x + dx] ?? 255)))
      if (nearest > 64) count += 1
    }
  }
  return count / dark
}
