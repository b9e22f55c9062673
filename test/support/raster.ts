import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

import type * as Pdfjs from 'pdfjs-dist'

import { withPage } from './browser.ts'

/** A page as it would come out of a printer: one byte a pixel, 0 black. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
}

/** The pages of a PDF as pictures, drawn by PDF.js: another program than the one that wrote them. */
export async function rasterise(path: string, dpi: number): Promise<Raster[]> {
  const require = createRequire(import.meta.url)
  const read = (name: string) => readFile(require.resolve(`pdfjs-dist/legacy/build/${name}`), 'utf8')
  const [library, worker] = await Promise.all([read('pdf.min.mjs'), read('pdf.worker.min.mjs')])
  const pdf = (await readFile(path)).toString('base64')
  return withPage(async (page) => {
    // Both put themselves into the global scope; the worker then runs in the page.
    for (const content of [worker, library]) await page.addScriptTag({ type: 'module', content })
    const drawn = await page.evaluate(
      async (data: string, scale: number) => {
        const { getDocument } = (globalThis as unknown as { pdfjsLib: typeof Pdfjs }).pdfjsLib
        const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0))
        const file = await getDocument({ data: bytes }).promise
        const pictures: { width: number; height: number; grey: string }[] = []
        for (let number = 1; number <= file.numPages; number += 1) {
          const sheet = await file.getPage(number)
          const viewport = sheet.getViewport({ scale })
          const canvas = document.createElement('canvas')
          canvas.width = Math.round(viewport.width)
          canvas.height = Math.round(viewport.height)
          const context = canvas.getContext('2d') as CanvasRenderingContext2D
          context.fillStyle = '#fff'
          context.fillRect(0, 0, canvas.width, canvas.height)
          await sheet.render({ canvas, canvasContext: context, viewport }).promise
          const { data: pixels } = context.getImageData(0, 0, canvas.width, canvas.height)
          let grey = ''
          for (let at = 0; at < pixels.length; at += 4)
            grey += String.fromCharCode(
              Math.round(((pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0)) / 3),
            )
          pictures.push({ width: canvas.width, height: canvas.height, grey: btoa(grey) })
        }
        return pictures
      },
      pdf,
      dpi / 72,
    )
    return drawn.map(({ width, height, grey }) => ({
      width,
      height,
      grey: new Uint8Array(Buffer.from(grey, 'base64')),
    }))
  })
}

/** The text of each page as a browser finds it: PDF.js reads the tables of fonts, and nothing that marks say. */
export async function textByTables(path: string): Promise<string[]> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const file = await getDocument({ data: new Uint8Array(await readFile(path)), verbosity: 0 }).promise
  const texts: string[] = []
  for (let number = 1; number <= file.numPages; number += 1) {
    const { items } = await (await file.getPage(number)).getTextContent()
    texts.push(items.map((item) => ('str' in item ? item.str : '')).join(''))
  }
  return texts
}
