import { connect, type Browser, type Page } from 'puppeteer-core/internal/puppeteer-core-browser.js'

import { findBrowsers } from '../../src/browser/find.ts'
import { startBrowser } from '../../src/browser/start.ts'

/**
 * A page of the real browser, scripts on, as somebody who opens a published file has it: only the tool's own
 * interception, offline mode and policy are missing.
 */
export async function withPage<T>(work: (page: Page, browser: Browser) => Promise<T>): Promise<T> {
  for await (const candidate of findBrowsers({ env: process.env }, [])) {
    const started = await startBrowser(candidate)
    try {
      const browser = await connect({
        transport: started.transport,
        defaultViewport: null,
        protocolTimeout: 60_000,
      })
      return await work(await browser.newPage(), browser)
    } finally {
      await started.stop()
    }
  }
  throw new Error('no browser was found')
}
