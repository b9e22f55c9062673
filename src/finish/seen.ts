import { contrastOf } from '../plan/luminance.ts'
import { blended } from './blending.ts'
import { contains, holds, rectangle, touch, within, type Area, type Point } from './geometry.ts'
import {
  leastSize,
  type Color,
  type ColorAt,
  type LineOfText,
  type Mask,
  type Paint,
  type PaintedString,
} from './paint.ts'
import type { PaintedPage } from './painting.ts'

/** How well a text can be seen on its page. */
export interface Sight {
  /**
   * The contrast of its ink to what would be there without it (WCAG 2.2), where that is lowest; Infinity where there is
   * nothing to see.
   */
  readonly contrast: number
  /** Why nobody sees it; null where it can be seen. */
  readonly hidden: 'no-ink' | 'cut-off' | 'tiny' | 'mirrored' | null
}

/** A piece of what a page says, and how well it can be seen. */
export interface SeenText {
  readonly text: string
  readonly sight: Sight
}

/** The least contrast of text (WCAG 2.2, 1.4.6). */
export const leastContrast = 7
/** Under this contrast there is nothing to be seen. */
const leastSeen = 1.25
const clear: Sight = { contrast: Number.POSITIVE_INFINITY, hidden: null }
const paper: Color = [1, 1, 1, 1]

/** What a page says, in the order in which it is painted, and how well that can be seen. */
export function seenTexts({ parts, texts }: PaintedPage): SeenText[] {
  const partsNear = byHeight(parts)
  return texts.flatMap((line): SeenText[] => {
    if (typeof line === 'string') return [{ text: line, sight: clear }]
    const [a = 1, b = 0, c = 0, d = 1] = line.matrix
    const turned = a * d - b * c
    if (line.size * Math.sqrt(Math.abs(turned)) < leastSize)
      return [{ text: textOf(line), sight: { contrast: 1, hidden: 'tiny' } }]
    if (turned < 0) return [{ text: textOf(line), sight: { contrast: 1, hidden: 'mirrored' } }]
    const near = partsNear(line.area)
    const ground = plainGround(near, line)
    if (ground && typeof line.color !== 'function' && contrastOf(line.color, ground) >= leastContrast)
      return [{ text: textOf(line), sight: clear }]
    return line.strings.map((string) => ({ text: string.text, sight: sightOf(near, line, string) }))
  })
}

function textOf({ strings }: LineOfText): string {
  let text = ''
  for (const string of strings) text += string.text
  return text
}

/** The colour that a whole line stands on, if that is a single one and nothing else is painted near: nearly always. */
function plainGround(near: readonly Paint[], line: LineOfText): Color | undefined {
  if (!isPlain(line)) return undefined
  let ground: Color = paper
  let isBefore = true
  for (const part of near) {
    if (part === line) isBefore = false
    if (part.kind === 'text' || part.kind === 'stroke') continue
    if (!isBefore || part.kind === 'group' || !isPlain(part) || typeof part.color === 'function')
      return undefined
    if (!contains(part.area, line.area)) return undefined
    ground = part.color
  }
  return isBefore ? undefined : ground

  function isPlain({ alpha, blend, mask, clips }: Paint): boolean {
    return alpha === 1 && blend === 'Normal' && !mask && clips.every((clip) => contains(clip, line.area))
  }
}

/** The height of a band, in points: a line of text lies in one or two. */
const bandHeight = 24

/** Finds the parts that touch an area, in their order. */
function byHeight(parts: readonly Paint[]): (area: Area) => Paint[] {
  const bandOf = (y: number) => Math.min(500, Math.max(-1, Math.floor(y / bandHeight)))
  const bands = new Map<number, number[]>()
  for (const [index, { area }] of parts.entries()) {
    for (let band = bandOf(area.bottom); band <= bandOf(area.top); band += 1) {
      const listed = bands.get(band)
      if (listed) listed.push(index)
      else bands.set(band, [index])
    }
  }
  return (area) => {
    const [first, last] = [bandOf(area.bottom), bandOf(area.top)]
    const found: number[] = []
    for (let band = first; band <= last; band += 1) {
      for (const index of bands.get(band) ?? []) {
        const part = parts[index]
        // What lies in the band before was found there.
        if (part && touch(part.area, area) && (band === first || bandOf(part.area.bottom) === band))
          found.push(index)
      }
    }
    if (last > first) found.sort((one, other) => one - other)
    const near: Paint[] = []
    for (const index of found) {
      const part = parts[index]
      if (part) near.push(part)
    }
    return near
  }
}

/** Points on the letters of a string, on the page: more than one where it is long. */
function pointsOn({ matrix, size }: LineOfText, { x, y, width, glyphs, blanks }: PaintedString): Point[] {
  const first = glyphs > 0 ? Math.min(1, blanks / glyphs) : 0
  const shares = glyphs - blanks > 6 ? [first, (first + 1) / 2, 0.9] : [first]
  return shares.map((share) => within(matrix, x + share * width + size * 0.12, y + size * 0.25))
}

function sightOf(near: readonly Paint[], line: LineOfText, string: PaintedString): Sight {
  let worst = clear
  for (const point of pointsOn(line, string)) {
    const sight = sightAt(near, line, point)
    if (sight.contrast < worst.contrast) worst = sight
  }
  return worst
}

function sightAt(near: readonly Paint[], line: LineOfText, point: Point): Sight {
  if (line.clips.some((clip) => !holds(clip, ...point))) return { contrast: 1, hidden: 'cut-off' }
  const contrastWith = (unknown: number) => {
    const looking = { own: line, unknown, met: false }
    const ink = look(looking, near, point, true, paper)
    const ground = look(looking, near, point, false, paper)
    return { contrast: contrastOf(ink, ground), met: looking.met }
  }
  const { contrast, met } = contrastWith(1)
  // Whatever is unknown is decided in favour of the text.
  const best = met && contrast < leastContrast ? Math.max(contrast, contrastWith(0).contrast) : contrast
  return { contrast: best, hidden: best < leastSeen ? 'no-ink' : null }
}

interface Looking {
  readonly own: Paint | null
  /** What stands for parts of colours that are not known. */
  readonly unknown: number
  met: boolean
}

/** The colour that parts leave at a point. */
function look(
  looking: Looking,
  parts: readonly Paint[],
  [x, y]: Point,
  withText: boolean,
  ground: Color,
): Color {
  let color = ground
  for (const part of parts) {
    if (part.alpha === 0 || !isAt(looking, part, [x, y], withText)) continue
    const inside = (inner: readonly Paint[], at: Point) => look(looking, inner, at, withText, none)
    let over = part.kind === 'group' ? inside(part.parts, [x, y]) : colorAt(part.color, [x, y], inside)
    if (!over) {
      looking.met = true
      over = [looking.unknown, looking.unknown, looking.unknown, 1]
    }
    const shown = part.mask ? shareOf(looking, part.mask, [x, y], withText) : 1
    color = laid(over, color, over[3] * part.alpha * shown, part.blend)
  }
  return color
}

function isAt({ own }: Looking, part: Paint, [x, y]: Point, withText: boolean): boolean {
  if (part.kind === 'stroke') return false
  if (part.kind !== 'text') {
    if (!holds(part.area, x, y)) return false
  } else if (!withText || (part !== own && !hasStringAt(part, x, y))) return false
  return part.clips.every((clip) => holds(clip, x, y))
}

function hasStringAt({ area, matrix, size, strings }: LineOfText, x: number, y: number): boolean {
  if (!holds(area, x, y)) return false
  return strings.some((string) =>
    holds(
      rectangle(matrix, [
        string.x - size * 0.1,
        string.y - size * 0.1,
        string.x + string.width + size * 0.2,
        string.y + size * 0.7,
      ]),
      x,
      y,
    ),
  )
}

function colorAt(color: Color | ColorAt, [x, y]: Point, inside: Parameters<ColorAt>[2]): Color | null {
  return typeof color === 'function' ? color(x, y, inside) : color
}

const none: Color = [0, 0, 0, 0]

function shareOf(looking: Looking, { parts, by, inverted }: Mask, point: Point, withText: boolean): number {
  const [r, g, b, alpha] = look(looking, parts, point, withText, none)
  const share = by === 'alpha' ? alpha : (0.3 * r + 0.59 * g + 0.11 * b) * alpha
  return inverted ? 1 - share : share
}

/** One colour laid on another (§ 11.3.6). */
function laid([r, g, b]: Color, [R, G, B, ground]: Color, alpha: number, blend: string): Color {
  const whole = alpha + ground - alpha * ground
  if (whole === 0) return none
  const share = alpha / whole
  const mix = (over: number, below: number, both: number) =>
    (1 - share) * below + share * ((1 - ground) * over + ground * both)
  const both = blended(blend, [r, g, b], [R, G, B])
  return [mix(r, R, both[0]), mix(g, G, both[1]), mix(b, B, both[2]), whole]
}
