import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import puppeteer, { type Browser, type Page } from 'puppeteer'
import subsetFont from 'subset-font'

import { findBrowsers } from '../../src/browser/find.ts'
import { inFolder } from './cli.ts'

/**
 * A page of the real browser as somebody has it who opens a published file: scripts on, the network there, a font of
 * the system's own (without a single one, the shell waits for ever while the fonts of a page load), none of the tool's
 * locks.
 */
export async function withPage<T>(
  work: (page: Page, browser: Browser) => Promise<T>,
  flags: readonly string[] = [],
): Promise<T> {
  return inFolder(async (folder) => {
    const browser = await puppeteer.launch({
      ...(await shell()),
      headless: 'shell',
      pipe: true,
      defaultViewport: null,
      userDataDir: join(folder, 'profile'),
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--font-render-hinting=none', ...flags],
      env: { ...process.env, ...(await shell()).env, FONTCONFIG_FILE: await systemFont(folder) },
    })
    try {
      return await work(await browser.newPage(), browser)
    } finally {
      await browser.close()
    }
  })
}

async function shell(): Promise<{ executablePath: string; env: NodeJS.ProcessEnv }> {
  for await (const { path, libraries } of findBrowsers({ env: process.env }, [])) {
    return {
      executablePath: path,
      env: libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries },
    }
  }
  throw new Error('no browser was found')
}

async function systemFont(folder: string): Promise<string> {
  const fonts = join(folder, 'fonts')
  await mkdir(fonts)
  const inter = dirname(createRequire(import.meta.url).resolve('@fontsource/inter/package.json'))
  const packed = await readFile(join(inter, 'files', 'inter-latin-400-normal.woff2'))
  const latin = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index))
  await writeFile(join(fonts, 'system.ttf'), await subsetFont(packed, latin, { targetFormat: 'truetype' }))
  const path = join(folder, 'fonts.conf')
  await writeFile(
    path,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`,
  )
  return path
}
