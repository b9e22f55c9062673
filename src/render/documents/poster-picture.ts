import type { Sheet } from '../../plan/paper.ts'
import { tenths } from '../../plan/units.ts'
import { bareMap, type BareLine, type BareMark } from '../bare-map.ts'
import type { RenderContext } from '../context.ts'
import { inPixels, line, type PictureLine, type PictureView } from './index-picture.ts'
import { posterContent } from './poster-content.ts'
import { readNumbers, type PosterGeometry, type PosterText } from './poster-geometry.ts'
import { originsOf } from './poster-grid.ts'
import type { PosterBlock, PosterLevel } from './poster-parts.ts'

/** In px: of a mark, and of the stroke at the end of a line that leads to no equivalent, to either side. */
const markSize = 6
const stopSize = 2
/** What a fork takes of the gap between two rails to bend. */
const bend = 0.6
/** How thick a line is that stands for letters, in parts of their size, and at least in px. */
const thickness = { bold: 0.48, usual: 0.36, least: 0.8 }
/** From the top of letters to the middle of the small ones, in parts of their size. */
const middle = 0.6
/** In px from line to line of text; nearer to each other they would be a grey area. */
const leastPitch = 2.4

/**
 * Draws a poster from afar, by what was measured of it: its rails and rungs where they lie on the sheet, and its lines of
 * text as long and as heavy as they are there. Of one that was not measured, the map.
 *
 * @param geometry null where nothing was measured
 * @param scale px to the mm
 */
export function posterPicture(
  context: RenderContext,
  sheet: Sheet,
  geometry: PosterGeometry | null,
  scale: number,
): PictureView {
  const size = inPixels(sheet, scale)
  if (geometry === null) return mapPicture(context, size)
  const { blocks } = posterContent(context, { id: 'poster' }, 'map')
  const areas = areasOf(geometry, scale)
  const placed = blocks.map((block) => placedIn(block, areas))
  return {
    ...size,
    lines: geometry.text.map((text) => textLine(text, scale)),
    map: {
      ...size,
      x: 0,
      y: 0,
      lines: placed.flatMap((rails) => [
        ...rails.flatMap((rail) => railLines(rails, rail)),
        ...rails.flatMap((rail) => rungLines(rails, rail)),
      ]),
      marks: placed.flat().flatMap(({ levels }) => levels.map(markAt)),
    },
  }
}

/** Where a rung begins and ends, and how far down reaches what is said below it. In px. */
interface Area {
  readonly start: number
  readonly end: number
  readonly top: number
  readonly bottom: number
}

/** A level where it lies on the sheet. */
type PlacedLevel = PosterLevel & Area

interface PlacedRail {
  /** Lowest first. */
  readonly levels: readonly PlacedLevel[]
  /** Levels of other rails from which it opens. */
  readonly origins: readonly PlacedLevel[]
}

function areasOf({ levels }: PosterGeometry, scale: number): ReadonlyMap<string, Area> {
  return new Map(
    Object.entries(levels).flatMap(([id, numbers]) =>
      readNumbers(numbers, 4).map((lengths) => {
        const [start = 0, end = 0, top = 0, bottom = 0] = lengths.map((length) => length * scale)
        return [id, { start, end, top, bottom }] as const
      }),
    ),
  )
}

/** The rails of a block, with those of their levels of which it is known where they lie. */
function placedIn(block: PosterBlock, areas: ReadonlyMap<string, Area>): PlacedRail[] {
  const placed = (level: PosterLevel): PlacedLevel[] => {
    const area = areas.get(level.id)
    return area ? [{ ...level, ...area }] : []
  }
  return block.rails.map((rail) => ({
    levels: rail.levels.flatMap(placed),
    origins: originsOf(block, rail).flatMap(({ level }) => placed(level)),
  }))
}

/** A rail from its highest rung to its foot, or to where it opens from the lines of others. */
function railLines(rails: readonly PlacedRail[], { levels, origins }: PlacedRail): BareLine[] {
  const [lowest] = levels
  if (!lowest) return []
  const { start: x, dashed } = lowest
  const [first, second] = rails.map((rail) => rail.levels[0])
  const curve = first && second ? (second.start - first.end) * bend : 0
  const foot = origins.length > 0 ? Math.max(...origins.map(({ top }) => top)) - curve : lowest.bottom
  return [
    ...levels.map((level, index): BareLine => {
      // It goes on as it left the level above.
      const below = levels[index - 1]?.top ?? foot
      return { kind: 'rail', dashed: level.dashed, path: `M${px(x, level.top)}V${px(below)}` }
    }),
    ...origins.map(({ start, end, top }): BareLine => {
      const [from, to] = start < x ? [end, x - curve] : [start, x + curve]
      return { kind: 'fork', dashed, path: `M${px(from, top)}H${px(to)}Q${px(x, top, x, top - curve)}` }
    }),
  ]
}

/** The rungs of a rail, each to its end or to the rail to which it leads. */
function rungLines(rails: readonly PlacedRail[], { levels }: PlacedRail): BareLine[] {
  return levels.flatMap(({ start, end, top, tieTo, tieDashed, dashed, stop }): BareLine[] => {
    const tied = tieTo === null ? undefined : rails[tieTo]?.levels[0]
    const rung = `M${px(start, top)}H${px(tied?.start ?? end)}`
    const tick = `M${px(end, top - stopSize)}V${px(top + stopSize)}`
    return [
      { kind: 'rung', dashed: tied ? tieDashed : dashed, path: rung },
      ...(stop ? [{ kind: 'stop', dashed: false, path: tick } as const] : []),
    ]
  })
}

function markAt({ mark, start, top }: PlacedLevel): BareMark {
  const corner = { x: tenths(start - markSize / 2), y: tenths(top - markSize / 2) }
  return { mark, ...corner, scale: markSize / 10 }
}

/** All lines of one size in one path: there are hundreds. */
function textLine({ size, bold, lines }: PosterText, scale: number): PictureLine {
  const drawn: { readonly start: number; readonly end: number; readonly y: number }[] = []
  const rows = readNumbers(lines, 3).toSorted(([, , a = 0], [, , b = 0]) => a - b)
  for (const [start = 0, end = 0, top = 0] of rows) {
    const y = (top + size * middle) * scale
    const isNear = drawn.some(
      (above) => above.y < y && y - above.y < leastPitch && above.start < end && start < above.end,
    )
    if (!isNear) drawn.push({ start, end, y })
  }
  const weight = Math.max(thickness.least, size * scale * (bold ? thickness.bold : thickness.usual))
  return {
    kind: bold ? 'name' : 'text',
    dashed: false,
    weight: tenths(weight),
    path: drawn.map(({ start, end, y }) => `M${px(start * scale, y)}H${px(end * scale)}`).join(''),
  }
}

/** The title, and the map without names. */
function mapPicture(
  context: RenderContext,
  { width, height }: Pick<PictureView, 'width' | 'height'>,
): PictureView {
  const margin = width * 0.06
  const top = margin + 26
  const room = { width: width - 2 * margin, height: height - top - 2 * margin }
  const map = bareMap(context, { ...room, rail: room.width, rung: room.height, mark: markSize })
  const title = line('title', [margin, margin + 4], margin + Math.min(width * 0.4, 110))
  return { width, height, lines: [title], map: { ...map, x: tenths(margin), y: tenths(top) } }
}

function px(...lengths: readonly number[]): string {
  return lengths.map(tenths).join(' ')
}
