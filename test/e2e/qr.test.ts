import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import jsqr from 'jsqr'
import { expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'
import { rasterise, type Raster } from '../support/raster.ts'

/** Its types have it one level deeper than Node. */
const readCode = jsqr as unknown as typeof jsqr.default

/** Builds poster and booklet of a small ladder with an address. */
async function made(address: string, look: (out: string) => Promise<void>): Promise<void> {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': smallLadder, 'press.yaml': `brand: { address: "${address}" }\n` })
    const only = ['--only', 'poster,booklet', '--paper', 'poster=A3', '--strict']
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', ...only], { cwd })
    expect(code, stderr).toBe(0)
    await look(join(cwd, 'out'))
  })
}

/** What a camera makes of the code on a page. */
function seen({ width, height, grey }: Raster): string | null {
  const colours = new Uint8ClampedArray(width * height * 4)
  for (const [at, value] of grey.entries()) colours.set([value, value, value, 255], at * 4)
  return readCode(colours, width, height)?.data ?? null
}

test('a camera finds the newest edition from the poster and from the back of the booklet', async () => {
  await made('https://ladder.example.com/2026', async (out) => {
    const [poster] = await rasterise(join(out, 'poster.pdf'), 110)
    expect(seen(poster as Raster)).toBe('https://ladder.example.com/2026')
    const back = (await rasterise(join(out, 'booklet.pdf'), 110)).at(-1)
    expect(seen(back as Raster)).toBe('https://ladder.example.com/2026')
    await withPage(async (page) => {
      // Not on a phone, which cannot look at itself.
      await page.setViewport({ width: 390, height: 800 })
      for (const name of ['poster.html', 'booklet.html']) {
        await page.goto(pathToFileURL(join(out, name)).href)
        expect(await page.$eval('.qr', (code) => code.getClientRects().length)).toBe(0)
      }
    })
  })
})
