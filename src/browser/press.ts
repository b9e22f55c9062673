import type { Box, TextLine } from '../fit/boxes.ts'
import { sheetPolicy } from '../render/html.ts'
import {
  enlargeSheet,
  findLines,
  inspectSheets,
  measureParts,
  setFonts,
  showContent,
  type PageContent,
  type PageFont,
  type SheetFaults,
} from './in-page.ts'
import { lintSheets, type LintLimits, type SheetLint } from './lint.ts'
import type { StartedBrowser } from './start.ts'
import { connectTo, type Target } from './target.ts'

/**
 * A page in which documents are measured and printed one after the other. It holds no address, runs no script and
 * reaches nothing.
 */
export interface PressPage {
  /** Lets the page have these fonts and no others; each is sent once. */
  useFonts(fonts: readonly PageFont[]): Promise<void>
  show(content: PageContent): Promise<void>
  /** Alters the root's attributes and custom properties and returns the boxes of all marked parts, in px. */
  measure(attributes: Record<string, string>): Promise<Record<string, Box>>
  /** Where each line of text stands on the first sheet. */
  lines(): Promise<readonly TextLine[]>
  /** Shows a document and looks at each of its sheets as it will be printed. */
  present(content: PageContent, limits?: LintLimits): Promise<SheetFaults & { readonly lint: SheetLint }>
  /** The document in the page as a tagged PDF. */
  print(): Promise<Uint8Array>
  /**
   * A sheet of the document in the page as a PNG.
   *
   * @param index from 0
   * @param size in pixels of the picture
   * @param scale pixels of the picture for each CSS pixel
   */
  picture(index: number, size: { width: number; height: number }, scale: number): Promise<Uint8Array>
}

/** A browser that measures and prints. */
export interface Press {
  readonly version: string
  newPage(): Promise<PressPage>
  close(): Promise<void>
}

/**
 * After so many characters of HTML what is left of old layouts is thrown away. Of its own accord the page does that when
 * it has grown by hundreds of megabytes. A build of a usual ladder does not come so far.
 */
const tidiedAfter = 4_000_000

const shell = `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${sheetPolicy}"><title></title><style id="document-style"></style></head><body></body></html>`

/** Connects to a browser that was started. */
export async function openPress(started: StartedBrowser): Promise<Press> {
  const { connection, open } = connectTo(started.transport)
  const first = open(started.firstPage).then(lockedPage)
  let taken = false
  const [{ product }] = await Promise.all([connection.send('Browser.getVersion'), first])
  return {
    version: product,
    async newPage() {
      const page = taken ? await lockedPage(await open()) : await first
      taken = true
      return withPictures(page, async () => lockedPage(await open()))
    },
    async close() {
      await started.stop()
    },
  }
}

/** A page that remembers what it was given, so that another can be given the same. */
interface LockedPage extends PressPage {
  readonly given: () => { readonly fonts: readonly PageFont[]; readonly content: PageContent | undefined }
}

/** The first page paints nothing (see `start.ts`), so pictures are taken of another one, which is opened for the first of them. */
function withPictures(page: LockedPage, openAnother: () => Promise<LockedPage>): PressPage {
  let opened: Promise<LockedPage> | undefined
  let drawn: PageContent | undefined
  return {
    ...page,
    async picture(index, size, scale) {
      opened ??= openAnother()
      const other = await opened
      const { fonts, content } = page.given()
      await other.useFonts(fonts)
      if (content && content !== drawn) await other.show(content)
      drawn = content
      return other.picture(index, size, scale)
    },
  }
}

async function lockedPage(page: Target): Promise<LockedPage> {
  // Sent together: the browser does them one after the other.
  const [{ frameTree }] = await Promise.all([
    page.send('Page.getFrameTree'),
    page.send('Emulation.setScriptExecutionDisabled', { value: true }),
    page.send('Network.enable'),
    page.send('Network.emulateNetworkConditions', offline),
    page.send('Emulation.setEmulatedMedia', { media: 'print' }),
    refuseRequests(page),
  ])
  await page.send('Page.setDocumentContent', { frameId: frameTree.frame.id, html: shell })
  // The first call takes longest, and nobody waits for it yet.
  await page.evaluate(measureParts, {})
  /** What the page has laid out since it was tidied, in characters of HTML. */
  let laidOut = 0
  const count = () => {
    laidOut += shown?.body.length ?? 0
    if (laidOut < tidiedAfter) return
    laidOut = 0
    page.send('HeapProfiler.collectGarbage').catch(() => undefined)
  }
  const sent = new Set<string>()
  /** By their keys. */
  let used: ReadonlyMap<string, PageFont> = new Map()
  let shown: PageContent | undefined
  let css: string | null = null
  /** What is in the page as it was shown, with nothing altered since. */
  let untouched: PageContent | undefined
  /** Shows what is not there yet. */
  const show = async (content: PageContent): Promise<void> => {
    if (untouched && isSame(content, untouched)) return
    untouched = content
    await page.evaluate(showContent, withoutKnownStyles(content))
  }
  /** Styles of a kind are as long as all else together, and the same from document to document. */
  const withoutKnownStyles = (content: PageContent): PageContent => {
    shown = content
    if (content.css === css) return { ...content, css: null }
    css = content.css
    return content
  }
  return {
    given: () => ({ fonts: [...used.values()], content: shown }),
    async useFonts(fonts) {
      const faces = new Map(fonts.map((font) => [keyOf(font), font]))
      if (isEqual([...faces.keys()], [...used.keys()])) return
      used = faces
      const added = [...faces].filter(([key]) => !sent.has(key))
      for (const [key] of added) sent.add(key)
      await page.evaluate(setFonts, Object.fromEntries(added), [...faces.keys()])
    },
    show,
    async measure(attributes) {
      if (Object.keys(attributes).length > 0) untouched = undefined
      const boxes = await page.evaluate(measureParts, attributes)
      count()
      return boxes
    },
    lines: () => page.evaluate(findLines),
    async present(content, limits = { floor: 0, least: 0, shared: null }) {
      // Sent together: they run in the page one after the other.
      const [, faults, lint] = await Promise.all([
        show(content),
        page.evaluate(inspectSheets),
        page.evaluate(lintSheets, limits),
      ])
      return { ...faults, lint }
    },
    async print() {
      const { data } = await page.send('Page.printToPDF', {
        preferCSSPageSize: true,
        printBackground: true,
        generateTaggedPDF: true,
        generateDocumentOutline: true,
        transferMode: 'ReturnAsBase64',
      })
      count()
      return Buffer.from(data, 'base64')
    },
    async picture(index, { width, height }, scale) {
      // The page has room for both, sheet and picture: out of a smaller one, what runs from right to left would reach
      // to the left, where nothing is drawn.
      const room = (length: number) => Math.ceil(Math.max(length, length / scale)) + 1
      const metrics = { width: room(width), height: room(height), deviceScaleFactor: 1, mobile: false }
      await page.send('Emulation.setDeviceMetricsOverride', metrics)
      try {
        const isThere = await page.evaluate(enlargeSheet, index, scale)
        if (!isThere) throw new Error(`there is no sheet ${index + 1}`)
        // Whole pixels: Chromium cuts off parts of them (seen with 147).
        const clip = { x: 0, y: 0, width, height, scale: 1 }
        const { data } = await page.send('Page.captureScreenshot', { format: 'png', clip })
        return Buffer.from(data, 'base64')
      } finally {
        await page.send('Emulation.clearDeviceMetricsOverride')
      }
    },
  }
}

function keyOf({ family, weight, style, unicodeRange }: PageFont): string {
  return [family, weight, style, unicodeRange].join()
}

function isSame({ root: own, ...one }: PageContent, { root, ...other }: PageContent): boolean {
  return isEqual(one, other) && isEqual(own, root)
}

function isEqual(one: object, other: object): boolean {
  const [left, right] = [Object.entries(one), Object.entries(other)]
  return (
    left.length === right.length &&
    left.every(([key, value], at) => right[at]?.[0] === key && right[at][1] === value)
  )
}

const offline = { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 }

/** Only what stands in the document itself (data:) is let through. */
async function refuseRequests({ session, send }: Target): Promise<void> {
  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    const answer = request.url.startsWith('data:')
      ? send('Fetch.continueRequest', { requestId })
      : send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
    answer.catch(() => undefined)
  })
  await send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
}
