import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { isName } from '../../src/finish/syntax.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'
import { aboutPdf, pdf, structureOf } from '../support/pdf.ts'

/** Builds stacks of a ladder and hands over the output folder. */
async function stacksOf<T>(
  ladder: string,
  args: readonly string[],
  look: (out: string) => Promise<T>,
): Promise<T> {
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--only', 'stack', ...args], { cwd })
    expect([code, stderr]).toEqual([0, expect.any(String)])
    return look(join(cwd, 'out'))
  })
}

const statements = Array.from(
  { length: 60 },
  (_, n) => `            - Statement number ${n} says one thing more about what a senior engineer does`,
)
/** Its second level takes two pages. */
const longLadder = smallLadder.replace(
  'people: Teaches others }',
  `people: Teaches others }\n      - id: staff\n        title: Staff Engineer\n        expectations:\n          craft: |\n${statements.join('\n')}\n          people: Teaches everybody`,
)

async function duplexOf(path: string): Promise<string> {
  const { file, root } = await aboutPdf(path)
  const duplex = file.get(file.getDict(root, 'ViewerPreferences'), 'Duplex')
  return isName(duplex) ? duplex.name : ''
}

describe('stacks', () => {
  test('hold all one-pagers in one tagged file, and those of each track in another', async () => {
    await stacksOf(smallLadder, [], async (out) => {
      const all = join(out, 'one-pagers.pdf')
      const { bookmarks, xmp, info } = await aboutPdf(all)
      expect(info['Title']).toBe('One-pagers · Small ladder · 2026.10')
      expect(xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
      const levels = ['Engineer', 'Senior Engineer', 'Team Lead']
      expect(
        bookmarks.filter(({ title }) => levels.includes(title)).map(({ title, page }) => `${page} ${title}`),
      ).toEqual(levels.map((title, index) => `${index + 1} ${title}`))
      expect(
        (await structureOf(all)).filter(({ type }) => type === 'H1').map(({ text }) => text.trim()),
      ).toEqual(levels)
      expect((await pdf(join(out, 'one-pagers', 'ic.pdf'))).pages).toBe(2)
      expect((await pdf(join(out, 'one-pagers', 'mg.pdf'))).pages).toBe(1)
      // Where each takes one sheet, printing on one side puts each on a front.
      expect(await duplexOf(all)).toBe('Simplex')
    })
  })

  test('begin each on a front: an empty page stands behind an odd number of pages', async () => {
    await stacksOf(longLadder, [], async (out) => {
      const { bookmarks } = await aboutPdf(join(out, 'one-pagers.pdf'))
      const { texts } = await pdf(join(out, 'one-pagers.pdf'))
      const fronts = bookmarks.filter(({ title }) =>
        ['Engineer', 'Senior Engineer', 'Staff Engineer', 'Team Lead'].includes(title),
      )
      expect(fronts.map(({ page }) => page % 2)).toEqual([1, 1, 1, 1])
      expect(texts.flatMap((text, index) => (text === '' ? [index + 1] : []))).toEqual([2, 4])
      expect(await duplexOf(join(out, 'one-pagers.pdf'))).toBe('DuplexFlipLongEdge')
    })
  })

  test('say what the one-pagers say, in the size that these have', async () => {
    await stacksOf(smallLadder, ['--only', 'one-pager'], async (out) => {
      const [stack, page] = [
        await pdf(join(out, 'one-pagers.pdf')),
        await pdf(join(out, 'one-pager', 'senior.pdf')),
      ]
      expect(stack.texts[1]).toBe(page.texts[0])
      const artifacts = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as {
        artifacts: { fit: { size: number } | null }[]
      }
      expect(new Set(artifacts.artifacts.map(({ fit }) => fit?.size)).size).toBe(1)
    })
  })

  test('--notes leaves a ruled column of 55 mm beside the text', async () => {
    await stacksOf(smallLadder, ['--notes'], async (out) => {
      const { texts } = await pdf(join(out, 'one-pagers-notes.pdf'))
      expect(texts.map((text) => text.includes('Notes'))).toEqual([true, true, true])
      const { xmp } = await aboutPdf(join(out, 'one-pagers-notes.pdf'))
      expect(xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
    })
  })
})
