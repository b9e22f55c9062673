import { readFile } from 'node:fs/promises'

import { fontsOf } from '../../src/finish/fonts.ts'
import { pagesOf, readPdf } from '../../src/finish/read.ts'
import { textOf } from '../../src/finish/text.ts'

export interface ReadPdf {
  readonly pages: number
  /** Width and height of each page in pt. */
  readonly sizes: readonly (readonly [number, number])[]
  readonly fonts: readonly string[]
  /** Each page's text, blanks taken out. */
  readonly texts: readonly string[]
}

/** What a test wants to know of a PDF. */
export async function pdf(path: string): Promise<ReadPdf> {
  const file = readPdf(await readFile(path))
  const pages = pagesOf(file)
  return {
    pages: pages.length,
    sizes: pages.map((page) => {
      const box = file.get(page, 'MediaBox')
      const [left = 0, bottom = 0, right = 0, top = 0] = Array.isArray(box) ? box.map(Number) : []
      return [right - left, top - bottom]
    }),
    fonts: fontsOf(file).map(({ name }) => name),
    texts: textOf(file).map((text) => text.replace(/\s/g, '')),
  }
}
