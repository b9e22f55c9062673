import { Browser, detectBrowserPlatform, install } from '@puppeteer/browsers'
import { PUPPETEER_REVISIONS } from 'puppeteer-core/internal/revisions.js'

import { puppeteerCache } from './find.ts'

/** The headless shell that this version of puppeteer was made for. */
export const pinnedBuild: string = PUPPETEER_REVISIONS['chrome-headless-shell']

/**
 * Fetches the pinned headless shell into puppeteer's cache, where it is found from then on.
 *
 * @param onProgress bytes so far and in all
 * @returns the path of the program
 * @throws with the reason where it cannot be fetched or unpacked
 */
export async function fetchBrowser(
  env: NodeJS.ProcessEnv,
  onProgress: (done: number, total: number) => void,
): Promise<string> {
  const platform = detectBrowserPlatform()
  if (!platform)
    throw new Error('there is no headless shell for this system; install Chrome, Edge or Chromium')
  const cacheDir = puppeteerCache(env)
  if (cacheDir === undefined)
    throw new Error('this user has no home to keep it in; PUPPETEER_CACHE_DIR names another folder')
  try {
    const { executablePath } = await install({
      browser: Browser.CHROMEHEADLESSSHELL,
      buildId: pinnedBuild,
      platform,
      cacheDir,
      downloadProgressCallback: onProgress,
    })
    return executablePath
  } catch (error) {
    throw new Error(reasonIn(error instanceof Error ? error.message : String(error)), { cause: error })
  }
}

/** The first line only says that no source served; why stands below it, as `  - DefaultProvider: connect ECONNREFUSED`. */
function reasonIn(message: string): string {
  const [first = '', ...sources] = message.split('\n')
  return sources.length === 0 ? first : sources.map((line) => line.replace(/^ *- *\w+: /, '')).join('; ')
}
