// The floor: what anybody would write to print finished HTML, with puppeteer from its package and nothing of ours.
import { readFile, writeFile } from 'node:fs/promises'

import puppeteer from 'puppeteer'

const [, , executablePath, libraries, out, ...files] = process.argv
const browser = await puppeteer.launch({
  executablePath,
  headless: 'shell',
  pipe: true,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  env: { LD_LIBRARY_PATH: libraries, LANG: 'C.UTF-8', HOME: process.env.HOME },
})
const page = await browser.newPage()
for (const [index, file] of files.entries()) {
  await page.setContent(await readFile(file, 'utf8'), { waitUntil: 'load' })
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
  await writeFile(`${out}/${index}.pdf`, pdf)
}
await browser.close()
