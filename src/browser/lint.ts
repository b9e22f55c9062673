/// <reference lib="dom" />

// As in in-page.ts, the function runs inside the page and is complete in itself.

/** What is asked of a document's sheets. */
export interface LintLimits {
  /** The smallest size of statements, in px. */
  readonly floor: number
  /** The least contrast of text, as a ratio to 1. */
  readonly contrast: number
  /** The smallest size of all other text, in px. */
  readonly least: number
  /**
   * What has to stay free at the edges, in px, so that a sheet of A4 prints on Letter at 100 % and the other way round;
   * null on other papers.
   */
  readonly shared: { readonly top: number; readonly bottom: number; readonly side: number } | null
}

/** A fault at a text of the ladder. */
export interface LintedText {
  readonly ref: string | null
  /** The words that are meant, cut short. */
  readonly text: string
  /** How much, in the unit of its fault: px, or a ratio of contrast. */
  readonly amount: number
}

/** What people would see wrong on paper, though everything is there. */
export interface SheetLint {
  /** Texts that lie on each other. */
  readonly overlaps: readonly LintedText[]
  /** Texts that their box cuts off. */
  readonly clipped: readonly LintedText[]
  /** Whether something coloured reaches the edge of a sheet. */
  readonly reachesEdge: boolean
  /** Words that had to be broken because they are longer than their column. */
  readonly brokenWords: readonly LintedText[]
  /** Text with too little contrast. */
  readonly faint: readonly LintedText[]
  /** Text whose letters are set so tight that they touch. */
  readonly tight: readonly LintedText[]
  /** Statements under the floor, and other text far under it. */
  readonly small: readonly LintedText[]
  /** Ink outside the area that A4 and Letter share. */
  readonly outsideShared: readonly LintedText[]
  /** Links to places that do not exist. */
  readonly deadLinks: readonly LintedText[]
  /** The accents of tracks that turn into the same grey, two by two. */
  readonly greys: readonly (readonly [string, string])[]
}

/** Looks at each sheet with the eyes of somebody who holds it. Finds at most a few of each kind. */
export function lintSheets({ floor, least, contrast: leastContrast, shared }: LintLimits): SheetLint {
  const most = 10
  const lint = {
    overlaps: [] as LintedText[],
    clipped: [] as LintedText[],
    reachesEdge: false,
    brokenWords: [] as LintedText[],
    faint: [] as LintedText[],
    tight: [] as LintedText[],
    small: [] as LintedText[],
    outsideShared: [] as LintedText[],
    deadLinks: [] as LintedText[],
    greys: [] as (readonly [string, string])[],
  }
  const note = (list: LintedText[], element: Element | null, text: string, amount: number) => {
    if (list.length >= most) return
    const ref = element?.closest<HTMLElement>('[data-ref]')?.dataset['ref'] ?? null
    if (!list.some((known) => known.ref === ref && known.text === text)) list.push({ ref, text, amount })
  }
  const shortened = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 60)

  const channel = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  /** WCAG 2.2, relative luminance; of parts from 0 to 1. */
  const luminance = ([r, g, b]: Color) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
  type Color = readonly [r: number, g: number, b: number]
  const colors = new Map<string, { color: Color; alpha: number }>()
  let canvas: OffscreenCanvasRenderingContext2D | null | undefined
  /** A colour as a style says it, in whatever space: what no short form has, the browser paints. */
  const colorOf = (written: string) => {
    const known = colors.get(written)
    if (known) return known
    const [r = 0, g = 0, b = 0, alpha = 1] = /^rgba?\(/.test(written)
      ? (written.match(/[\d.]+/g) ?? []).map((part, index) => Number(part) / (index < 3 ? 255 : 1))
      : byPainting(written)
    const found = { color: [r, g, b] as const, alpha }
    colors.set(written, found)
    return found
  }
  const byPainting = (written: string) => {
    canvas ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    if (!canvas) return [0, 0, 0, 1]
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = written
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
  }
  const mix = (over: Color, share: number, below: Color): Color => [
    over[0] * share + below[0] * (1 - share),
    over[1] * share + below[1] * (1 - share),
    over[2] * share + below[2] * (1 - share),
  ]
  /** The background of an element's text if nothing were see-through, and how all that is see-through changes it. */
  interface Setting {
    readonly ground: Color
    /** Whether it is one colour; what stands on pictures and gradients is judged by the print. */
    readonly isEven: boolean
    /** Of a colour, `share` is seen; `rest` is added to it. */
    readonly share: number
    readonly rest: Color
    /** How much larger it is drawn than its style says. */
    readonly scale: number
  }
  const white: Color = [1, 1, 1]
  const settings = new Map<Element, Setting>()
  const settingOf = (element: Element | null): Setting => {
    if (!element) return { ground: white, isEven: true, share: 1, rest: [0, 0, 0], scale: 1 }
    const known = settings.get(element)
    if (known) return known
    const outer = settingOf(element.parentElement)
    const { backgroundColor, backgroundImage, opacity, transform, scale, zoom } = getComputedStyle(element)
    const { color, alpha } = colorOf(backgroundColor)
    const shown = Number(opacity)
    let setting: Setting = alpha === 0 ? outer : { ...outer, ground: mix(color, alpha, outer.ground) }
    const isEven = backgroundImage === 'none' && (outer.isEven || alpha === 1)
    if (isEven !== setting.isEven) setting = { ...setting, isEven }
    if (shown < 1) {
      const lost = outer.share * (1 - shown)
      const rest = outer.rest.map((part, index) => part + lost * (outer.ground[index] ?? 0))
      setting = { ...setting, share: outer.share * shown, rest: rest as unknown as Color }
    }
    if (transform !== 'none' || scale !== 'none' || zoom !== '1') {
      const { a, b, c, d } = new DOMMatrix(transform)
      const [across = 1, down = across] = scale === 'none' ? [] : scale.split(' ').map(Number)
      const larger = Math.sqrt(Math.abs((a * d - b * c) * across * down)) * (Number(zoom) || 1)
      setting = { ...setting, scale: outer.scale * larger }
    }
    settings.set(element, setting)
    return setting
  }
  /** The contrast of text to its background, as both are seen. */
  const contrastOf = ({ ground, share, rest }: Setting, written: string) => {
    const { color, alpha } = colorOf(written)
    const seen = ([r, g, b]: Color): Color => [r * share + rest[0], g * share + rest[1], b * share + rest[2]]
    const [light, dark] = [luminance(seen(mix(color, alpha, ground))), luminance(seen(ground))].sort(
      (a, b) => b - a,
    ) as [number, number]
    return (light + 0.05) / (dark + 0.05)
  }
  /** Contrasts that were worked out already: few colours stand on few backgrounds. */
  const contrasts = new Map<string, number>()

  /** Whether a word is part of an address, which has no other words: some say so, the rest stands at a mark for a break. */
  const isInAddress = (node: Node, words: string, from: number, to: number) => {
    const before = words.slice(0, from).split(/\s/)
    const after = words.slice(to).split(/\s/)
    return (
      /:\/\/|www\.|@/.test(`${before.at(-1)} ${after[0]}`) ||
      (before.length === 1 && node.previousSibling?.nodeName === 'WBR') ||
      (after.length === 1 && node.nextSibling?.nodeName === 'WBR')
    )
  }

  interface Line {
    readonly top: number
    readonly bottom: number
    readonly left: number
    readonly right: number
    readonly parent: Element
    readonly text: string
  }

  /** Looks at each text of a sheet. @returns where its lines stand */
  const lintTexts = (sheet: HTMLElement, limit: DOMRect): Line[] => {
    const lines: Line[] = []
    const texts = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const words = node.textContent ?? ''
      const parent = node.parentElement
      if (!parent || words.trim() === '') continue
      const range = document.createRange()
      // A blank at either end may hang out where a line wraps, over that of a neighbour.
      range.setStart(node, words.length - words.trimStart().length)
      range.setEnd(node, words.trimEnd().length)
      const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0)
      const style = getComputedStyle(parent)
      const size = Number.parseFloat(style.fontSize)
      const text = shortened(words)
      // Line boxes are higher than letters: what counts is the body of the text.
      for (const { top, bottom, left, right } of boxes) {
        const body = Math.max(0, (bottom - top - size) / 2)
        lines.push({ top: top + body, bottom: bottom - body, left, right, parent, text })
      }
      if (!(parent instanceof SVGElement)) lintLegibility(parent, text, size, style)
      lintShared(parent, text, size, boxes, limit)
      if (boxes.length > 1) lintWords(node, words, parent, range, shortestBroken(boxes, size, style))
    }
    return lines
  }

  /** Contrast, the size in which a text is drawn, and whether its letters touch. A drawing has colours and scales of its own. */
  const lintLegibility = (parent: HTMLElement, text: string, size: number, style: CSSStyleDeclaration) => {
    const ink = style.webkitTextFillColor
    const setting = settingOf(parent)
    const key = `${ink} ${setting.ground.join()} ${setting.share} ${setting.rest.join()}`
    const contrast = contrasts.get(key) ?? contrastOf(setting, ink)
    contrasts.set(key, contrast)
    if (contrast < leastContrast && setting.isEven) note(lint.faint, parent, text, contrast)
    const drawn = size * setting.scale
    const isSmall = drawn < floor - 0.05 && (drawn < least - 0.05 || isStatement(parent))
    if (isSmall && !parent.closest(inHand)) note(lint.small, parent, text, drawn)
    if (Number.parseFloat(style.letterSpacing) <= size * tightest) note(lint.tight, parent, text, 0)
  }

  /** So much closer, in em, small letters of text faces touch. */
  const tightest = -0.1

  /** What is read at arm's length at most, however far away the poster hangs: its ruler, and how to put it together. */
  const inHand = '.scale-line, .tile, .tile-plan'

  /** Templates may call their lists otherwise: the numbers of statements end their refs. */
  const isStatement = (parent: HTMLElement) =>
    !parent.closest('small, .examples') &&
    (parent.closest('.statements') !== null ||
      /\/\d+$/.test(parent.closest<HTMLElement>('[data-ref]')?.dataset['ref'] ?? ''))

  /** Whether a text stays within the area that papers share. */
  const lintShared = (
    parent: HTMLElement,
    text: string,
    size: number,
    boxes: readonly DOMRect[],
    limit: DOMRect,
  ) => {
    if (!shared) return
    let block: Element = parent
    while (block.parentElement && getComputedStyle(block).display === 'inline') block = block.parentElement
    const column = block.getBoundingClientRect()
    // The blank at which a line wraps hangs out of its column, and leaves no ink. What hangs out more is a word.
    const blank = size / 2
    for (const box of boxes) {
      const left = box.left < column.left - blank ? box.left : Math.max(box.left, column.left)
      const right = box.right > column.right + blank ? box.right : Math.min(box.right, column.right)
      const over = Math.max(
        limit.top + shared.top - box.top,
        box.bottom - (limit.bottom - shared.bottom),
        limit.left + shared.side - left,
        right - (limit.right - shared.side),
      )
      if (over > 1) note(lint.outsideShared, parent, text, over)
    }
  }

  /** Of how many letters the shortest word is that can be longer than its column: each is looked at. */
  const shortestBroken = (boxes: readonly DOMRect[], size: number, style: CSSStyleDeclaration) => {
    if (style.wordBreak === 'break-all' || style.lineBreak === 'anywhere') return 2
    const widest = Math.max(...boxes.map(({ width }) => width))
    return Math.max(2, Math.min(12, Math.floor(widest / size)))
  }

  /** Words that stand on several lines. Scripts without blanks break anywhere, and are right to do so. */
  const lintWords = (node: Node, words: string, parent: HTMLElement, range: Range, shortest: number) => {
    for (const { 0: word, index } of words.matchAll(/[\p{L}\p{N}]{2,}/gu)) {
      if (word.length < shortest) continue
      if (
        /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(
          word,
        )
      )
        continue
      // The hyphen that a soft one becomes at the end of a line is counted with the letter after it.
      range.setStart(node, words[index - 1] === '\u00ad' ? index + 1 : index)
      range.setEnd(node, index + word.length)
      const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
      if (tops.size > 1 && !isInAddress(node, words, index, index + word.length))
        note(lint.brokenWords, parent, word.slice(0, 60), word.length)
    }
  }

  /** Lines of different elements that lie on each other. */
  const lintOverlaps = (lines: Line[]) => {
    lines.sort((a, b) => a.top - b.top)
    for (const [index, line] of lines.entries()) {
      for (let next = index + 1; next < lines.length; next += 1) {
        const other = lines[next]
        if (!other || other.top >= line.bottom - 1) break
        const across = Math.min(line.right, other.right) - Math.max(line.left, other.left)
        const down = Math.min(line.bottom, other.bottom) - other.top
        if (across > 1 && down > 1 && line.parent !== other.parent)
          note(lint.overlaps, other.parent, other.text, Math.min(across, down))
      }
    }
  }

  /** Whether something that is painted reaches the edge of a sheet. */
  const lintEdges = (sheet: HTMLElement, limit: DOMRect) => {
    for (const element of [sheet, ...sheet.querySelectorAll<HTMLElement>(':not(svg *)')]) {
      const { backgroundColor, backgroundImage } = getComputedStyle(element)
      const isWhite = /^(rgba\(.*, 0\)|rgb\(255, 255, 255\)|transparent)$/.test(backgroundColor)
      const paints = !isWhite || backgroundImage !== 'none' || /^(img|svg)$/i.test(element.tagName)
      if (!paints) continue
      const { top, bottom, left, right, width, height } = element.getBoundingClientRect()
      const near = Math.min(top - limit.top, limit.bottom - bottom, left - limit.left, limit.right - right)
      if (near < 1 && width > 0 && height > 0) lint.reachesEdge = true
    }
  }

  /** Boxes that cut off what is in them. */
  const lintClipped = (sheet: HTMLElement) => {
    for (const element of sheet.querySelectorAll<HTMLElement>('*')) {
      const { overflowX, overflowY } = getComputedStyle(element)
      if (overflowX === 'visible' && overflowY === 'visible') continue
      const over = Math.max(
        element.scrollHeight - element.clientHeight,
        element.scrollWidth - element.clientWidth,
      )
      if (over > 1 && element.clientHeight > 0)
        note(lint.clipped, element, shortened(element.textContent ?? ''), over)
    }
  }

  /** What is badly escaped stands for itself, as it does for browsers. */
  const unescaped = (text: string) => {
    try {
      return decodeURIComponent(text)
    } catch {
      return text
    }
  }

  /** Links to places that are not there. */
  const lintLinks = (sheet: HTMLElement) => {
    for (const link of sheet.querySelectorAll('a[href]')) {
      const address = link.getAttribute('href') ?? ''
      if (/^(https?:|mailto:)/i.test(address)) continue
      // Other addresses stand on the machine that printed, at most, and finished PDFs do not have them.
      const place = address.startsWith('#') ? document.getElementById(unescaped(address.slice(1))) : null
      if (!place || place.getClientRects().length === 0)
        note(lint.deadLinks, link, shortened(link.textContent ?? ''), 0)
    }
  }

  /** CIE L*, from 0 to 100: what is left of a colour in a copy. */
  const lightness = (color: string) => {
    const y = luminance(colorOf(color).color)
    return y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (y * 24389) / 27
  }

  /** Accents of tracks that can be told apart, but not in a copy. */
  const lintGreys = () => {
    const accents = new Map<string, string>()
    for (const mark of document.querySelectorAll<HTMLElement>('.mark')) {
      const style = getComputedStyle(mark)
      const accent = style.getPropertyValue('--accent').trim()
      if (accent === '' || accents.has(accent)) continue
      // The accent may be written in any way; what the mark is painted with is a colour.
      accents.set(accent, mark.classList.contains('hollow') ? style.stroke : style.fill)
    }
    const known = [...accents]
    for (const [index, [one, painted]] of known.entries()) {
      for (const [two, other] of known.slice(index + 1)) {
        if (painted !== other && Math.abs(lightness(painted) - lightness(other)) < 2)
          lint.greys.push([one, two])
      }
    }
  }

  for (const sheet of document.querySelectorAll<HTMLElement>('.sheet')) {
    const limit = sheet.getBoundingClientRect()
    lintOverlaps(lintTexts(sheet, limit))
    lintEdges(sheet, limit)
    lintClipped(sheet)
    lintLinks(sheet)
  }
  lintGreys()
  return lint
}
