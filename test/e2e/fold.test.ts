import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { inFolder, ladderpress, root } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'
import { aboutPdf, contentOf, pdf } from '../support/pdf.ts'

const hint = 'Printonbothsides,flippedontheshortedge,atactualsize(100%);foldinthemiddle.'

/** Builds booklets, and hands over the output folder. */
async function bookletsOf<T>(
  ladder: string,
  args: readonly string[],
  look: (out: string) => Promise<T>,
): Promise<T> {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--only', 'booklet', ...args], {
      cwd,
    })
    expect(code, stderr).toBe(0)
    return look(join(cwd, 'out'))
  })
}

interface Side {
  readonly left: number
  readonly right: number
}

/** Which pages lie on the sides of imposed sheets, by what stands on them, and from left to right by where they lie. */
async function sidesOf(imposed: string, booklet: string): Promise<Side[]> {
  const { texts } = await pdf(booklet)
  const sides = await pdf(imposed)
  const contents = await contentOf(imposed)
  return sides.texts.map((text, index) => {
    const words = text.replace(hint, '')
    const places = [...(contents[index] ?? '').matchAll(/^1 0 0 1 ([\d.-]+) [\d.-]+ cm$/gm)].map((match) =>
      Number(match[1]),
    )
    const first = texts.findIndex((one, at) =>
      texts.some((other, next) => at !== next && `${one}${other}` === words),
    )
    const second = texts.findIndex((other, at) => at !== first && `${texts[first]}${other}` === words)
    expect([first >= 0, second >= 0], text).toEqual([true, true])
    const [one = 0, other = 0] = places
    return one < other ? { left: first + 1, right: second + 1 } : { left: second + 1, right: first + 1 }
  })
}

/** Nests the sheets, folds them, and turns the leaves from the front. */
function leafThrough(sides: readonly Side[], direction: 'ltr' | 'rtl'): number[] {
  const [front, back] = direction === 'ltr' ? (['right', 'left'] as const) : (['left', 'right'] as const)
  const first: number[] = []
  const second: number[] = []
  for (let sheet = 0; sheet < sides.length; sheet += 2) {
    const [outer, inner] = [sides[sheet] as Side, sides[sheet + 1] as Side]
    first.push(outer[front], inner[back])
    second.unshift(inner[front], outer[back])
  }
  return [...first, ...second]
}

describe('--imposition saddle', () => {
  test('makes sheets that fold into a booklet with its pages in order', async () => {
    const ladder = await readFile(join(root, 'data', 'ladder.yaml'), 'utf8')
    await bookletsOf(ladder, ['--imposition', 'saddle'], async (out) => {
      const [fold, booklet] = [join(out, 'booklet-fold.pdf'), join(out, 'booklet.pdf')]
      const { pages } = await pdf(booklet)
      expect(pages % 4).toBe(0)
      expect(
        (await pdf(fold)).sizes.every(
          ([width, height]) => Math.round(width) === 842 && Math.round(height) === 595,
        ),
      ).toBe(true)
      const sides = await sidesOf(fold, booklet)
      expect(sides).toHaveLength(pages / 2)
      expect(leafThrough(sides, 'ltr')).toEqual(Array.from({ length: pages }, (_, index) => index + 1))
    })
  })

  test('says outside the fold what to set in the print dialog, and presets it', async () => {
    await bookletsOf(smallLadder, ['--imposition', 'saddle'], async (out) => {
      const { texts } = await pdf(join(out, 'booklet-fold.pdf'))
      expect(texts.map((text) => text.includes(hint))).toEqual(texts.map((_, index) => index === 0))
      expect((await pdf(join(out, 'booklet.pdf'))).texts.join('')).not.toContain(hint)
      const { root: catalogue, xmp, file } = await aboutPdf(join(out, 'booklet-fold.pdf'))
      expect(catalogue.dict.has('StructTreeRoot')).toBe(false)
      expect(xmp).not.toContain('pdfuaid:part')
      const preferences = file.getDict(catalogue, 'ViewerPreferences')
      expect([file.get(preferences, 'Duplex'), file.get(preferences, 'PrintScaling')]).toEqual([
        { name: 'DuplexFlipShortEdge' },
        { name: 'None' },
      ])
    })
  })

  test('binds on the right what runs from right to left', async () => {
    const arabic = smallLadder.replace('edition:', 'locale: ar\nedition:')
    await bookletsOf(arabic, ['--imposition', 'saddle'], async (out) => {
      const contents = await contentOf(join(out, 'booklet-fold.pdf'))
      const { pages } = await pdf(join(out, 'booklet.pdf'))
      expect(contents).toHaveLength(pages / 2)
    })
  })
})

test('--imposition 2up lays the pages beside each other that lie open together', async () => {
  await bookletsOf(smallLadder, ['--imposition', '2up'], async (out) => {
    const pages = await pdf(join(out, 'booklet.pdf'))
    const { texts } = await pdf(join(out, 'booklet-2up.pdf'))
    const expected = [
      [1],
      ...Array.from({ length: pages.pages / 2 - 1 }, (_, at) => [2 * at + 2, 2 * at + 3]),
      [pages.pages],
    ]
    expect(texts).toEqual(expected.map((side) => side.map((page) => pages.texts[page - 1]).join('')))
  })
})

test('an imposition that is not known is refused', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': smallLadder })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--imposition', 'sadle'], { cwd })
    expect([code, stderr.includes('Did you mean "saddle"?')]).toEqual([2, true])
  })
})
