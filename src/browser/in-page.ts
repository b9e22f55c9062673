/// <reference lib="dom" />
import type { Box, TextLine } from '../fit/boxes.ts'

// These functions run inside the page, so each is complete in itself: nothing outside its braces exists there.

/** The parts of a document’s markup that a page takes over. */
export interface PageContent {
  readonly id: string
  readonly title: string
  readonly language: string
  readonly direction: string
  readonly root: Readonly<Record<string, string>>
  /** null where it is that of the document before. */
  readonly css: string | null
  readonly body: string
  readonly fontStack: string
}

/** Puts a document into the page, whose fonts stay loaded from one document to the next. */
export function showContent(content: PageContent): void {
  const root = document.documentElement
  for (const { name } of Array.from(root.attributes)) root.removeAttribute(name)
  root.lang = content.language
  root.dir = content.direction
  root.dataset['document'] = content.id
  for (const [name, value] of Object.entries(content.root)) root.setAttribute(name, value)
  root.style.setProperty('--fonts', content.fontStack)
  document.title = content.title
  const style = document.getElementById('document-style')
  if (style && content.css !== null) style.textContent = content.css
  document.body.innerHTML = content.body
}

/** A font file for the page. */
export interface PageFont {
  readonly family: string
  readonly weight: string
  readonly style: string
  readonly unicodeRange: string
  /** WOFF2, as base64. */
  readonly data: string
}

/**
 * Lets the page have some fonts and no others, so that a document does not depend on what was shown before it. Fonts that
 * it had are kept aside.
 *
 * They come as bytes: as data: addresses in a style sheet they go through the browser's loader, which fails for a moment
 * after the browser has started, at random (seen with shell 147), and the sheet would be blank.
 *
 * @param added those that it never had
 * @param keys of all that it is to have, in their order
 */
export async function setFonts(
  added: Readonly<Record<string, PageFont>>,
  keys: readonly string[],
): Promise<void> {
  const page = globalThis as { ladderpressFonts?: Map<string, FontFace> }
  const known = (page.ladderpressFonts ??= new Map<string, FontFace>())
  for (const [key, { family, weight, style, unicodeRange, data }] of Object.entries(added)) {
    // Chrome has the quick way since 140.
    const decoder = Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }
    const bytes =
      decoder.fromBase64?.(data) ?? Uint8Array.from(atob(data), (character) => character.charCodeAt(0))
    const face = new FontFace(family, bytes, { weight, style, unicodeRange })
    known.set(key, face)
    await face.load()
  }
  document.fonts.clear()
  for (const key of keys) {
    const face = known.get(key)
    if (face) document.fonts.add(face)
  }
}

/**
 * Sets attributes of the root and measures every part that is marked for it.
 *
 * @returns boxes by the parts' keys
 */
export async function measureParts(attributes: Record<string, string>): Promise<Record<string, Box>> {
  const root = document.documentElement
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('--')) root.style.setProperty(name, value)
    else root.setAttribute(name, value)
  }
  void root.offsetHeight // asks for layout, so that the fonts it needs begin to load
  if (document.fonts.status !== 'loaded') await document.fonts.ready
  const boxes: Record<string, Box> = {}
  for (const element of document.querySelectorAll<HTMLElement>('[data-m]')) {
    const { top, bottom, left, right } = element.getBoundingClientRect()
    boxes[element.dataset['m'] ?? ''] = [top, bottom, left, right]
  }
  return boxes
}

/** Where each line of text stands on the first sheet: the body of its letters, without the leading. */
export async function findLines(): Promise<TextLine[]> {
  void document.documentElement.offsetHeight
  if (document.fonts.status !== 'loaded') await document.fonts.ready
  const sheet = document.querySelector<HTMLElement>('.sheet')
  if (!sheet) return []
  const origin = sheet.getBoundingClientRect()
  const found: TextLine[] = []
  const texts = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const words = (node.textContent ?? '').trim()
    const parent = node.parentElement
    if (!parent || words === '') continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const { fontSize, fontWeight } = getComputedStyle(parent)
    const size = Number.parseFloat(fontSize)
    const ref = parent.closest<HTMLElement>('[data-ref]')?.dataset['ref'] ?? null
    for (const { top, bottom, left, right } of range.getClientRects()) {
      const leading = Math.max(0, (bottom - top - size) / 2)
      found.push({
        left: left - origin.left,
        right: right - origin.left,
        top: top + leading - origin.top,
        bottom: bottom - leading - origin.top,
        text: words.slice(0, 60),
        bold: Number(fontWeight) >= 600,
        ref,
      })
    }
  }
  return found
}

/**
 * Leaves one sheet alone in the page, enlarged, its corner in the page's. By a transform, because zoom would lay it out
 * anew.
 *
 * @returns whether there is such a sheet
 */
export function enlargeSheet(index: number, scale: number): boolean {
  const sheets = [...document.querySelectorAll<HTMLElement>('.sheet')]
  for (const [at, sheet] of sheets.entries()) sheet.style.display = at === index ? '' : 'none'
  const sheet = sheets[index]
  if (!sheet) return false
  sheet.style.transform = ''
  const { left, top } = sheet.getBoundingClientRect()
  sheet.style.transformOrigin = '0 0'
  sheet.style.transform = `translate(${-left - window.scrollX}px, ${-top - window.scrollY}px) scale(${scale})`
  return true
}

/** What is physically wrong with the sheets in the page. */
export interface SheetFaults {
  /** The document that is really there. */
  readonly document: string | null
  readonly sheets: number
  /** Parts that reach below or beside their sheet, the farthest first; lengths in px. */
  readonly outside: readonly {
    readonly ref: string | null
    readonly below: number
    readonly beside: number
    readonly sheet: number
  }[]
  readonly fontsFailed: readonly string[]
}

/** Looks at each sheet as it will be printed. */
export async function inspectSheets(): Promise<SheetFaults> {
  void document.documentElement.offsetHeight
  if (document.fonts.status !== 'loaded') await document.fonts.ready
  const sheets = [...document.querySelectorAll<HTMLElement>('.sheet')]
  const outside: { ref: string | null; below: number; beside: number; sheet: number }[] = []
  const limits = sheets.map((sheet) => sheet.getBoundingClientRect())
  for (const [index, sheet] of sheets.entries()) {
    const limit = limits[index]
    if (!limit) continue
    // What lies in a drawing is cut off by its edge.
    for (const element of sheet.querySelectorAll<HTMLElement>(':not(svg *)')) {
      const box = element.getBoundingClientRect()
      if (box.width === 0 && box.height === 0) continue
      const below = box.bottom - limit.bottom
      const beside = Math.max(box.right - limit.right, limit.left - box.left)
      if (below > 0.6 || beside > 0.6) {
        outside.push({
          ref: element.closest<HTMLElement>('[data-ref]')?.dataset['ref'] ?? null,
          below: Math.max(0, below),
          beside: Math.max(0, beside),
          sheet: index + 1,
        })
      }
    }
  }
  outside.sort((a, b) => Math.max(b.below, b.beside) - Math.max(a.below, a.beside))
  const fontsFailed: string[] = []
  // Not forEach: callbacks of the page's own objects do not run where scripts are off.
  for (const face of document.fonts) {
    if (face.status === 'error') fontsFailed.push(`${face.family} ${face.weight} ${face.style}`)
  }
  return {
    document: document.documentElement.dataset['document'] ?? null,
    sheets: sheets.length,
    outside: outside.slice(0, 20),
    fontsFailed,
  }
}
