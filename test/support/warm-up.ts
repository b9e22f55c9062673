import { findBrowsers } from '../../src/browser/find.ts'

/** Unpacks the browser once before tests run side by side, so that none of them waits for it. */
export async function setup(): Promise<void> {
  for await (const candidate of findBrowsers({ env: process.env }, [])) {
    void candidate
    return
  }
}
