// Makes the README's pictures from the bundled ladder's own sheets.
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { build } from 'esbuild'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))

/** Both pictures are so many pixels high, twice what the README shows, for sharp screens. */
const height = 1120

// Node 20 runs no TypeScript; the tests' browser is the one that has fonts as somebody's computer has.
const bundled = join('node_modules', '.cache', 'ladderpress-pictures.mjs')
await build({
  entryPoints: ['test/support/browser.ts'],
  outfile: bundled,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
})
const { withPage } = await import(pathToFileURL(bundled).href)
await rm(bundled)

await mkdir('.github/pictures', { recursive: true })
for (const [page, picture] of [
  ['out/poster.html', 'poster'],
  ['out/one-pager/lead-engineer.html', 'one-pager'],
]) {
  await withPage(async (tab) => {
    await tab.setViewport({ width: 2600, height: 1200 })
    await tab.goto(pathToFileURL(page).href, { waitUntil: 'load' })
    const sheet = await tab.$('.sheet')
    const box = await sheet.boundingBox()
    await tab.setViewport({ width: 2600, height: 1200, deviceScaleFactor: height / box.height })
    await tab.evaluate(() => document.fonts.ready)
    await sheet.screenshot({ path: `.github/pictures/${picture}.png` })
  })
  console.log(`.github/pictures/${picture}.png`)
}
