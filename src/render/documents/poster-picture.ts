import { lineText, type Line } from '../../markdown/line.ts'
import { plainText } from '../../markdown/prose.ts'
import type { Sheet } from '../../plan/paper.ts'
import type { BareLine, BareMark } from '../bare-map.ts'
import type { RenderContext } from '../context.ts'
import { linesOf, textWidth } from '../fonts.ts'
import { inPixels, linesOfText, rounded, type PictureLine, type PictureView } from './index-pictures.ts'
import { depthOf, posterContent, type PosterContent, type PosterLevel } from './poster-content.ts'
import {
  footOf,
  labelSizeFor,
  labelSlot,
  nameSizeFor,
  originsOf,
  placesOf,
  posterMargin,
  posterScale,
  railWidth,
  stacksOf,
  titleSizeFor,
  type PosterNames,
} from './poster-grid.ts'
import { namesOf, textSizes, type SetPoster } from './poster-sizes.ts'

/** Lengths of poster.css in mm at A1, and sizes in pt there. */
const between = { rails: 13, blocks: 24, title: 14, notes: 12 }
const inset = 7.7
const around = { level: { above: 3.2, below: 6 }, cells: { gap: 7, above: 4 }, foot: 15 }
const sizes = { edition: 20, heading: 16.5, notes: 16 }
const leading = 1.28
const mmPerPoint = 25.4 / 72
/** From rung to rung of blocks in columns, in parts of the size of names. */
const stackedRung = 1.6
/** Fewer characters than that are no column of a cell. */
const leastCharacters = 28
/** In px. */
const markSize = 6

/** Some text below a rung: where it begins, in mm from the left and below its rung. */
interface Words {
  readonly kind: 'name' | 'text'
  readonly x: number
  readonly y: number
  readonly width: number
  /** In pt. */
  readonly size: number
  readonly text: string
}

/** A poster as it is drawn: lengths in mm. */
interface Setting {
  readonly context: RenderContext
  readonly content: PosterContent
  readonly sheet: Sheet
  /** Of the sheet's lengths and sizes to those of A1. */
  readonly unit: number
  readonly size: number
  readonly names: PosterNames
}

/**
 * Draws a poster from afar: its rails and rungs where they lie on the sheet, and lines of text as large as it is there.
 * How high rows are follows from what they say, as on the sheet; nothing is measured.
 *
 * @param scale px to the mm
 */
export function posterPicture(context: RenderContext, poster: SetPoster, scale: number): PictureView {
  const { sheet } = poster
  const unit = posterScale(sheet)
  const size = poster.size ?? 12 * unit
  const depth = depthOf(poster.remedies)
  const content = posterContent(context, { id: 'poster' }, depth)
  const setting: Setting = { context, content, sheet, unit, size, names: namesOf(poster) }
  const margin = Math.min(posterMargin, Math.max(10, posterMargin * unit))
  const places = placesOf(content)
  const titleSize = titleSizeFor(context.fonts, content, sheet, places.above) * unit
  const inner = sheet.width - 2 * margin
  const titleWidth = inner * (places.above === null ? 0.9 : 0.6)
  const titleLines = linesOf(context.fonts, plain(content.title), titleSize * mmPerPoint, titleWidth, 'bold')
  const titleHeight = (titleSize * titleLines + sizes.edition * unit * 1.6) * mmPerPoint
  const title = wordsLines(
    context,
    [
      {
        kind: 'name',
        x: margin + (places.title === null ? 0 : inset * unit),
        y: margin,
        width: titleWidth,
        size: titleSize,
        text: plain(content.title),
      },
    ],
    scale,
    sheet.height,
  )
  const top = places.title === null ? margin + titleHeight + between.title * unit : margin
  const beside = places.notes === null ? 0 : besideNotes(setting)
  const notes = notesOf(setting, inner - beside)
  const bottom =
    sheet.height -
    margin -
    around.foot * unit -
    (places.notes === null ? notes.height + between.notes * unit : 0)
  const drawing = blocksOf(setting, { left: margin, top, bottom }, scale)
  const noteLines = wordsLines(
    context,
    notes.words.map((words) => ({
      ...words,
      x: words.x + margin + beside + (places.notes === null ? 0 : inset * unit),
      y: words.y + (places.notes === null ? bottom + between.notes * unit : bottom - notes.height),
    })),
    scale,
    sheet.height - margin,
  )
  return {
    ...inPixels(sheet, scale),
    lines: [...title, ...drawing.text, ...noteLines],
    map: { ...inPixels(sheet, scale), x: 0, y: 0, lines: drawing.lines, marks: drawing.marks },
  }
}

/** How wide the rails are, with their gaps, that reach down beside the introductions in a void. */
function besideNotes({ content, sheet, unit }: Setting): number {
  const [block] = content.blocks
  if (!block) return 0
  const last = block.rails.findLastIndex((rail) => footOf(block, rail) === block.rungs)
  return block.rails
    .slice(0, last + 1)
    .reduce((sum, rail) => sum + railWidth(content, rail, sheet) + (inset + between.rails) * unit, 0)
}

interface Drawing {
  readonly text: readonly PictureLine[]
  readonly lines: readonly BareLine[]
  readonly marks: readonly BareMark[]
}

/** All blocks, abreast or, where they are too many for that, in columns. */
function blocksOf(
  setting: Setting,
  { left, top, bottom }: { readonly left: number; readonly top: number; readonly bottom: number },
  scale: number,
): Drawing {
  const { content, sheet, unit } = setting
  const stacks = stacksOf(content, sheet)
  const drawn: Drawing[] = []
  const total = content.blocks.reduce((sum, { rungs }) => sum + rungs + 1, 0)
  const most = Math.ceil(total / (stacks ?? 1))
  const names = nameSizeFor(setting.context.fonts, content, sheet, setting.names) * unit * mmPerPoint
  const row = Math.min((bottom - top) / (most + 1), names * stackedRung)
  let x = left
  let column = 0
  let filled = 0
  for (const block of content.blocks) {
    const widths = block.rails.map((rail) => railWidth(content, rail, sheet) + inset * unit)
    const width = widths.reduce((sum, one) => sum + one, 0) + (widths.length - 1) * between.rails * unit
    if (stacks === null) {
      drawn.push(blockOf(setting, block, { x, top, bottom, widths }, scale))
      x += width + between.blocks * unit
      continue
    }
    // Columns are filled one after the other, to about the same height.
    if (filled > 0 && filled + block.rungs / 2 > most && column < stacks - 1)
      [column, filled] = [column + 1, 0]
    const from = top + filled * row
    const at = { x: left + column * (width + 12 * unit), top: from, bottom: from + block.rungs * row, widths }
    drawn.push(blockOf(setting, block, at, scale))
    filled += block.rungs + 1
  }
  return {
    text: drawn.flatMap(({ text }) => text),
    lines: drawn.flatMap(({ lines }) => lines),
    marks: drawn.flatMap(({ marks }) => marks),
  }
}

function blockOf(
  setting: Setting,
  block: PosterContent['blocks'][number],
  place: {
    readonly x: number
    readonly top: number
    readonly bottom: number
    readonly widths: readonly number[]
  },
  scale: number,
): Drawing {
  const { context, unit } = setting
  const { rails } = block
  const starts = place.widths.map(
    (_, at) => place.x + place.widths.slice(0, at).reduce((sum, one) => sum + one + between.rails * unit, 0),
  )
  const said = (names: PosterNames) =>
    rails.map((rail, at) =>
      rail.levels.map((level) =>
        wordsOf({ ...setting, names }, block, rail, level, (place.widths[at] ?? 0) - inset * unit),
      ),
    )
  const rowsOf = (levels: ReturnType<typeof said>) =>
    Array.from({ length: block.rungs }, (_, row) =>
      Math.max(
        0,
        ...rails.flatMap((rail, at) =>
          rail.levels.map(({ rung }, index) =>
            block.rungs - rung === row ? (levels[at]?.[index]?.height ?? 0) : 0,
          ),
        ),
      ),
    )
  const sum = (heights: readonly number[]) => heights.reduce((all, height) => all + height, 0)
  const room = place.bottom - place.top
  const usual = said(setting.names)
  // Names are small where nothing else has room.
  const levels = sum(rowsOf(usual)) > room ? said('small') : usual
  const natural = rowsOf(levels)
  const spare = room - sum(natural)
  // What is left over goes to all rows alike; what is missing is taken from what they say.
  const heights = natural.map((height) =>
    spare >= 0 ? height + spare / block.rungs : (height * room) / sum(natural),
  )
  const rungAt = (row: number) => place.top + sum(heights.slice(0, row - 1))
  const rowOf = (level: PosterLevel) => block.rungs - level.rung + 1
  const px = (...point: readonly number[]) => point.map((length) => rounded(length * scale)).join(' ')
  const lines: BareLine[] = []
  const text: PictureLine[] = []
  const marks: BareMark[] = []
  for (const [at, rail] of rails.entries()) {
    const x = starts[at] ?? 0
    const highest = Math.min(...rail.levels.map(rowOf))
    const foot = footOf(block, rail)
    const origins = originsOf(block, rail)
    const bend = origins.length > 0 ? between.rails * unit * 0.6 : 0
    for (let row = highest; row <= foot; row += 1) {
      // Lowest first: the rail goes on as it left the level above.
      const passed = rail.levels.find((level) => rowOf(level) <= row)
      const end = rungAt(row + 1) - (row === foot ? bend : 0)
      lines.push({
        kind: 'rail',
        dashed: passed?.dashed ?? false,
        path: `M${px(x, rungAt(row))}V${px(end)}`,
      })
    }
    for (const { column, level } of origins) {
      const [y, from] = [rungAt(rowOf(level)), starts[column] ?? 0]
      const side = x > from ? -bend : bend
      lines.push({ kind: 'rung', dashed: false, path: `M${px(from, y)}H${px(x + side)}` })
      lines.push({ kind: 'fork', dashed: false, path: `M${px(x + side, y)}Q${px(x, y, x, y - bend)}` })
    }
    for (const [index, level] of rail.levels.entries()) {
      const y = rungAt(rowOf(level))
      const end = level.tieTo === null ? x + (place.widths[at] ?? 0) : (starts[level.tieTo] ?? x)
      const dashed = level.tieTo === null ? level.dashed : level.tieDashed
      lines.push({ kind: 'rung', dashed, path: `M${px(x, y)}H${px(end)}` })
      if (level.stop)
        lines.push({ kind: 'stop', dashed: false, path: `M${px(end, y - 4 * unit)}V${px(y + 3 * unit)}` })
      marks.push({
        mark: level.mark,
        x: rounded(x * scale - markSize / 2),
        y: rounded(y * scale - markSize / 2),
        scale: markSize / 10,
      })
      const own = (levels[at]?.[index]?.words ?? []).map((words) => ({
        ...words,
        x: words.x + x + inset * unit,
        y: words.y + y,
      }))
      text.push(...wordsLines(context, own, scale, rungAt(rowOf(level) + 1) - around.level.below * unit))
    }
  }
  return { lines, text, marks }
}

/** What stands below a rung, and how high it is by itself. */
function wordsOf(
  { context, content, sheet, unit, size, names }: Setting,
  block: PosterContent['blocks'][number],
  rail: PosterContent['blocks'][number]['rails'][number],
  level: PosterLevel,
  width: number,
): { readonly words: readonly Words[]; readonly height: number } {
  const { fonts } = context
  const nameSize = nameSizeFor(fonts, content, sheet, names)
  const labelSize = labelSizeFor(fonts, content, sheet, nameSize)
  const slot = labelSlot(fonts, content, sheet, block, nameSize)
  const words: Words[] = []
  let y = around.level.above * unit
  const put = (kind: Words['kind'], text: Line, points: number, x = 0, within = width) => {
    const told = plain(text)
    if (told === '') return
    words.push({ kind, x, y, width: within, size: points, text: told })
    const weight = kind === 'name' ? 'bold' : 'regular'
    y += linesOf(fonts, told, points * mmPerPoint, within, weight) * points * mmPerPoint * leading
  }
  const isStacked = stacksOf(content, sheet) !== null
  const isEnd = level === rail.levels[0] || (!isStacked && level === rail.levels.at(-1))
  const label = textWidth(fonts, plain(rail.name), labelSize * unit * mmPerPoint, 'bold')
  if (slot.rungs.has(level.rung)) {
    const from = y
    if (isEnd) put('name', rail.name, labelSize * unit)
    y = from + slot.lines * 1.15 * labelSize * unit * mmPerPoint
  } else if (isEnd && label < width) {
    const from = y
    put('name', rail.name, labelSize * unit, width - label)
    y = from
  }
  put('name', level.title, nameSize * unit)
  const { standing, summary, note } = textSizes(content.depth, names, size, sheet)
  for (const sentence of level.standing) put('text', sentence, standing)
  if (level.summary !== null) put('text', level.summary, summary)
  if (level.note) put('text', plainText(level.note), note)
  const isLowest = level === rail.levels.find(({ dashed }) => !dashed)
  if (isLowest && rail.dimensionNames !== null) put('text', rail.dimensionNames, standing)
  if (level.cells.length > 0) {
    const gap = around.cells.gap * unit
    const column = leastCharacters * 0.5 * size * mmPerPoint
    const isNarrow = content.blocks.flatMap(({ rails }) => rails).length > 3
    const abreast = isNarrow
      ? 1
      : Math.max(1, Math.min(level.cells.length, Math.floor((width + gap) / (column + gap))))
    const own = (width - (abreast - 1) * gap) / abreast
    for (let first = 0; first < level.cells.length; first += abreast) {
      y += around.cells.above * unit
      const from = y
      let lowest = y
      for (const [at, { name, every, cell }] of level.cells.slice(first, first + abreast).entries()) {
        y = from
        const x = at * (own + gap)
        if (name !== null) put('name', name, Math.max(sizes.heading * unit, size), x, own)
        if (cell.summary !== null) put('text', cell.summary, size, x, own)
        for (const { prose } of [...every, ...cell.statements])
          put('text', plainText(prose), size, x + 0.85 * size * mmPerPoint, own - 0.85 * size * mmPerPoint)
        lowest = Math.max(lowest, y)
      }
      y = lowest
    }
  }
  return { words, height: y + around.level.below * unit }
}

/** Introductions, one below the other in a void, or in three columns of a band. */
function notesOf(
  { context, content, unit, names, size }: Setting,
  width: number,
): { readonly words: readonly Words[]; readonly height: number } {
  const points = names === 'small' ? size : sizes.notes * unit
  const inVoid = placesOf(content).notes !== null
  const column = inVoid ? width * 0.85 : width / 3 - 14 * unit
  const pitch = points * mmPerPoint * leading
  const told = content.notes.map(({ heading, text }) => {
    const said = plain(plainText(text))
    return {
      heading: plain(heading),
      said,
      lines: linesOf(context.fonts, said, points * mmPerPoint, column),
    }
  })
  const all = told.reduce((sum, { lines }) => sum + lines + 2, 0)
  const most = inVoid ? Infinity : Math.ceil(all / 3)
  const words: Words[] = []
  let [x, y, height] = [0, 0, 0]
  for (const { heading, said, lines } of told) {
    if (y > 0 && y + (lines + 2) * pitch > most * pitch * 1.3) [x, y] = [x + width / 3, 0]
    words.push({ kind: 'name', x, y, width: column, size: points * 1.2, text: heading })
    words.push({ kind: 'text', x, y: y + 1.3 * pitch, width: column, size: points, text: said })
    y += (lines + 2) * pitch
    height = Math.max(height, y)
  }
  return { words, height }
}

/** Scripts whose widths are not known, and whose letters are no squares, are taken for Latin. */
const narrow = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Devanagari}]/gu

function plain(text: Line): string {
  return lineText(text).replace(narrow, 'n')
}

/** Text as lines: each as long as its words are, and as heavy as its letters are high. */
function wordsLines(
  { fonts }: RenderContext,
  words: readonly Words[],
  scale: number,
  bottom: number,
): PictureLine[] {
  return words.flatMap(({ kind, x, y, width, size, text }) => {
    const weight = kind === 'name' ? 'bold' : 'regular'
    const high = size * mmPerPoint
    const lines = linesOf(fonts, text, high, width, weight)
    const last = Math.min(width, textWidth(fonts, text, high, weight) / lines)
    return linesOfText({
      kind,
      x: x * scale,
      y: (y + high * 0.65) * scale,
      bottom: bottom * scale,
      width: lines === 1 ? last * scale : width * scale,
      lines,
      pitch: high * leading * scale,
      weight: high * (kind === 'name' ? 0.48 : 0.36) * scale,
      index: Math.round(x + y),
    })
  })
}
