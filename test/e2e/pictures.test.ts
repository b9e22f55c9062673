import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { inFolder, ladderpress } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'
import { readPng } from '../support/png.ts'
import { rasterise } from '../support/raster.ts'

async function built(
  args: readonly string[],
  look: (out: string, again: (...more: string[]) => Promise<void>) => Promise<void>,
  ladder = smallLadder,
): Promise<void> {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const build = async (more: readonly string[]) => {
      const { code, stderr } = await ladderpress(['build', 'ladder.yaml', ...more], { cwd })
      expect(code, stderr).toBe(0)
    }
    await build(args)
    await look(join(cwd, 'out'), (...more) => build(more))
  })
}

const readPicture = async (out: string, path: string) => readPng(await readFile(join(out, path)))

describe('pictures of sheets', () => {
  test('have the size of their paper at 144 dpi, and know it', async () => {
    await built(['--format', 'png'], async (out) => {
      const made = Object.keys(await hashes(out)).filter((path) => path.endsWith('.png'))
      expect(made.filter((path) => /^booklet-\d+\.png$/.test(path))).toHaveLength(16)
      expect(made.filter((path) => !path.startsWith('booklet-'))).toEqual([
        'matrix/ic.png',
        'matrix/mg.png',
        'next-step/engineer--senior.png',
        'next-step/senior--lead.png',
        'one-pager/engineer.png',
        'one-pager/lead.png',
        'one-pager/senior.png',
        'poster.png',
      ])
      const { width, height, dpi } = await readPicture(out, 'one-pager/lead.png')
      expect([width, height, Math.round(dpi ?? 0)]).toEqual([1191, 1684, 144])
      const { width: wide, height: high } = await readPicture(out, 'poster.png')
      expect([wide, high]).toEqual([3368, 4768])
    })
  })

  test.each([36, 101, 150])('show what the PDF shows, at %i dpi', async (dpi) => {
    const args = ['--only', 'one-pager', '--format', 'pdf,png', '--dpi', String(dpi), '--ink', 'black']
    await built(args, async (out) => {
      const picture = await readPicture(out, 'one-pager/senior.png')
      const [page] = await rasterise(join(out, 'one-pager', 'senior.pdf'), dpi)
      if (!page) throw new Error('the PDF has a page')
      expect([picture.width, picture.height]).toEqual([page.width, page.height])
      // Both have as much ink in each part of the sheet: nothing is moved, cut off or left white.
      const inkIn = ({ width, height, grey }: typeof page) => {
        const cells = Array.from({ length: 8 * 6 }, () => 0)
        for (const [at, tone] of grey.entries()) {
          const cell =
            Math.floor((Math.floor(at / width) / height) * 8) * 6 + Math.floor(((at % width) / width) * 6)
          cells[cell] = (cells[cell] ?? 0) + (255 - tone) / 255 / ((width * height) / 48)
        }
        return cells
      }
      const [drawn, printed] = [inkIn(picture), inkIn(page)]
      expect(Math.max(...drawn)).toBeGreaterThan(0.02)
      expect(Math.max(...drawn.map((ink, cell) => Math.abs(ink - (printed[cell] ?? 0))))).toBeLessThan(0.01)
    })
  })

  test('are whole also where text runs from right to left', async () => {
    const args = ['--only', 'poster', '--format', 'png']
    const look = async (out: string) => {
      const { width, height, grey } = await readPicture(out, 'poster.png')
      const inked = Array.from({ length: width }, (_, x) => x).filter((x) =>
        Array.from({ length: height }, (_, y) => grey[y * width + x] ?? 255).some((tone) => tone < 128),
      )
      return [(inked[0] ?? 0) / width, (inked.at(-1) ?? 0) / width]
    }
    for (const dpi of ['36', '144'])
      await built(
        [...args, '--dpi', dpi],
        async (out) => {
          const [first = 1, last = 0] = await look(out)
          expect(first).toBeLessThan(0.05)
          expect(last).toBeGreaterThan(0.95)
        },
        `locale: he\n${smallLadder}`,
      )
  })

  test('have the colours of print, or none', async () => {
    const args = ['--only', 'one-pager', '--level', 'lead', '--format', 'png', '--dpi', '72']
    await built(args, async (out, again) => {
      expect((await readPicture(out, 'one-pager/lead.png')).isGrey).toBe(false)
      await again(...args, '--ink', 'black')
      expect((await readPicture(out, 'one-pager/lead.png')).isGrey).toBe(true)
    })
  })

  test('are the same each time, alone or among all', async () => {
    await built(['--format', 'png,pdf', '--dpi', '96'], async (out, again) => {
      const before = await hashes(out)
      await again('--format', 'png', '--dpi', '96', '--only', 'one-pager,poster', '--out', 'again')
      await again('--format', 'pdf', '--only', 'matrix', '--out', 'again')
      const { 'manifest.json': _, ...after } = await hashes(join(out, '..', 'again'))
      expect(before).toMatchObject(after)
      expect(Object.keys(after)).toHaveLength(6)
    })
  })

  test('are numbered where a document has several sheets, and go where it has fewer', async () => {
    const statements = Array.from(
      { length: 110 },
      (_, n) => `          - Says thing number ${n} of many that a lead does`,
    )
    const long = smallLadder.replace(
      '          - Holds 1:1s',
      `${statements.join('\n')}\n      - id: lead-1\n        title: Lead 1\n        statements: Leads`,
    )
    const args = ['--only', 'one-pager', '--track', 'mg', '--format', 'png', '--dpi', '72']
    const names = async (out: string) =>
      Object.keys(await hashes(out)).filter((path) => path.endsWith('.png'))
    await built(
      args,
      async (out, again) => {
        // The second level has the name that the first page would have.
        expect(await names(out)).toEqual([
          'one-pager/lead-1.png',
          'one-pager/lead-page-1.png',
          'one-pager/lead-page-2.png',
        ])
        const { artifacts } = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as {
          artifacts: { path: string; page?: number; pages: number }[]
        }
        expect(artifacts.map(({ page, pages }) => [page, pages])).toEqual([
          [1, 1],
          [2, 1],
          [undefined, 1],
        ])
        await again(...args, '--paper', 'A2')
        expect(await names(out)).toEqual(['one-pager/lead-1.png', 'one-pager/lead.png'])
      },
      long,
    )
  })

  test('are whole up to the largest that are drawn', async () => {
    await built(['--only', 'poster', '--format', 'png', '--dpi', '359'], async (out) => {
      const { width, height, grey } = await readPicture(out, 'poster.png')
      expect([width, height]).toEqual([8396, 11_887])
      // The foot is there.
      expect(grey.subarray(Math.floor(height * 0.97) * width).some((tone) => tone < 100)).toBe(true)
    })
  })

  test('stay where a build makes no pictures, as long as there is what they show', async () => {
    await built(['--format', 'png', '--dpi', '36'], async (out, again) => {
      const ladder = smallLadder.replaceAll('id: lead\n', 'id: head\n')
      await write(join(out, '..'), { 'ladder.yaml': ladder.replace('equivalent: lead', 'equivalent: head') })
      await again()
      const files = Object.keys(await hashes(out))
      expect(files).toEqual(expect.arrayContaining(['poster.png', 'one-pager/senior.png']))
      expect(files).not.toContain('one-pager/lead.png')
      expect(await readFile(join(out, 'index.html'), 'utf8')).not.toContain('.png')
    })
  })
})
