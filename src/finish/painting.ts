import { codeMapOf, type CodeMap } from './code-maps.ts'
import { pictureOf, shadingOf, unknownColor } from './colors.ts'
import {
  identity,
  inverse,
  rectangle,
  times,
  within,
  type Area,
  type Matrix,
  type Point,
} from './geometry.ts'
import { black, plain, type GraphicsState } from './graphics-state.ts'
import { glyphsOf, linesOf } from './lines.ts'
import type { Color, ColorAt, LineOfText, Paint } from './paint.ts'
import { areaOfPath } from './paths.ts'
import { pagesOf, type PdfFile } from './read.ts'
import { isDict, isName, isRef, type PdfDict } from './syntax.ts'
import {
  closeLine,
  moveBy,
  moveIn,
  openLine,
  readShown,
  showString,
  type OpenLine,
  type Shown,
} from './text-line.ts'
import { contentOf, digitsIn, nameIn, propertiesIn } from './text.ts'

/** What is to be seen of a page, in the order in which it is painted. */
export interface PaintedPage {
  readonly parts: readonly Paint[]
  /** What it says, in the order in which it is painted: lines, and words that stand for no glyph. */
  readonly texts: readonly (LineOfText | string)[]
}

interface Reading {
  readonly file: PdfFile
  readonly maps: Map<number, CodeMap>
  /** What the operators of runs show, by their font: the same pairs of letters stand on a page many times. */
  readonly shown: Map<CodeMap, Map<string, Shown>>
  /** Forms that are entered: content that is made to exhaust time enters many. */
  entered: number
  /** Pages that were laid on sheets already; null where none are. */
  readonly laid: Set<number> | null
}

/** No sheet nests deeper, or draws more forms. */
const deepest = 60
const mostForms = 20_000
/** More of what one font shows is not worth keeping. */
const mostShown = 5_000

/**
 * What each page paints, one after the other: of a long document all at once would take a quarter of a megabyte a page.
 *
 * @param composed whether pages were laid on sheets: then each is looked at once, whole, wherever it was cut
 * @throws PdfSyntaxError where what is drawn cannot be read
 */
export function* paintedPages(file: PdfFile, composed: boolean): Generator<PaintedPage> {
  const laid = composed ? new Set<number>() : null
  const reading: Reading = { file, maps: new Map(), shown: new Map(), entered: 0, laid }
  for (const page of pagesOf(file)) {
    const { lines, resources } = contentOf(file, page)
    const texts: (LineOfText | string)[] = []
    const box = file.get(page, 'MediaBox')
    const clips = Array.isArray(box) && !composed ? [rectangle(identity, box.map(Number))] : []
    const parts = paintsOf(reading, lines, resources, { ...plain, clips }, texts, 0)
    yield { parts, texts }
  }
}

function paintsOf(
  reading: Reading,
  lines: readonly string[],
  resources: PdfDict | undefined,
  start: Readonly<GraphicsState>,
  /** null where what is said does not count. */
  texts: (LineOfText | string)[] | null,
  depth: number,
): Paint[] {
  const { file, maps } = reading
  const parts: Paint[] = []
  const saved: GraphicsState[] = []
  let state: GraphicsState = { ...start }
  let pathAt = -1
  let clipping = false
  let line: OpenLine | null = null
  const fonts = new Map<string, CodeMap>()
  /** Nesting of marked content, and what some of it says instead of its glyphs (§ 14.9.4). */
  const marks: boolean[] = []
  let replaced = 0
  let instead: string | null = null

  const endLine = () => {
    const painted = line && closeLine(line, state)
    line = null
    if (!painted) return
    parts.push(painted)
    texts?.push(painted)
  }
  const show = (shown: Shown) => {
    if (line && shown.move) moveBy(line, state.size, shown.move)
    if (!line || !state.inked) return
    showString(line, state.size, instead ?? (replaced > 0 ? '' : shown.decoded), shown)
    if (replaced > 0) instead = ''
  }
  const showRun = (run: string) => {
    const known = shownBy(reading, state.font)
    const glyphs = glyphsOf(run)
    for (let index = 0; index < glyphs.length; index += 1) {
      const one = glyphs[index] ?? ''
      let shown = known.get(one)
      if (!shown) {
        shown = readShown(one, state.font)
        known.set(one, shown)
      }
      show(shown)
    }
  }
  const paint = (kind: 'fill' | 'stroke', area: Area, color: Color | ColorAt) => {
    const { clips, alpha, blend, mask } = state
    parts.push({ kind, area, clips, alpha, blend, mask, color })
  }
  const path = (to: number) => areaOfPath(state.matrix, lines, pathAt, to)
  const endPath = (at: number) => {
    if (clipping && pathAt >= 0) state.clips = [...state.clips, path(at)]
    clipping = false
    pathAt = -1
  }

  // Written for a V8 whose optimizing compilers are off: no iterators, and few calls for each line.
  for (let at = 0; at < lines.length; at += 1) {
    const text = lines[at] ?? ''
    const end = text.length - 1
    // Curves and lines are most of a page: a path is read where it is painted.
    const character = text.charCodeAt(end)
    const before = text.charCodeAt(end - 1)
    if (before === 0x20 && (character === 0x63 || character === 0x6c)) continue
    if (before === 0x54 && character === 0x6a) {
      if (text.includes('\n')) showRun(text)
      else show(readShown(text, state.font))
      continue
    }
    const last = text.slice(text.lastIndexOf(' ') + 1)
    switch (last) {
      case 'm':
      case 're':
        if (pathAt < 0) pathAt = at
        break
      case 'f':
      case 'f*':
      case 'F':
      case 'B':
      case 'B*':
      case 'b':
      case 'b*':
        if (pathAt >= 0) paint('fill', path(at), state.color)
        endPath(at)
        break
      case 'S':
      case 's':
        // Skia sets the colours of lines and of grounds together.
        if (pathAt >= 0) paint('stroke', path(at), state.color)
        endPath(at)
        break
      case 'W':
      case 'W*':
        clipping = true
        break
      case 'n':
        clipping ||= text.startsWith('W')
        endPath(at)
        break
      case 'q':
        saved.push({ ...state })
        break
      case 'Q':
        state = saved.pop() ?? state
        break
      case 'cm':
        state.matrix = times(numbersIn(text), state.matrix)
        break
      case 'g': {
        const value = Number(text.split(' ').at(-2))
        state.color = [value, value, value, 1]
        break
      }
      case 'rg': {
        const [r = 0, g = 0, b = 0] = text.split(' ').slice(-4, -1).map(Number)
        state.color = [r, g, b, 1]
        break
      }
      case 'scn':
        state.color = patternOf(reading, text, resources, start.matrix, depth) ?? black
        break
      case 'gs': {
        const named = file.getDict(file.getDict(resources, 'ExtGState'), nameIn(text))
        setState(reading, state, named, depth)
        break
      }
      case 'BT':
        line = openLine(state.matrix)
        break
      case 'ET':
        endLine()
        break
      case 'Tf':
        endLine()
        state.font = fonts.get(text) ?? codeMapOf(file, resources, nameIn(text), maps)
        fonts.set(text, state.font)
        state.size = Number(text.split(' ').at(-2))
        line = openLine(state.matrix)
        break
      case 'Tr':
        state.inked = !/^[37] /.test(text)
        break
      case 'Tm':
        endLine()
        line = openLine(times(numbersIn(text), state.matrix))
        break
      case 'Td':
      case 'TD':
        if (line) moveBy(line, state.size, moveIn(text))
        break
      case 'TJ':
        show(readShown(`<${digitsIn(text)}> Tj`, state.font))
        break
      case 'BMC':
        marks.push(false)
        break
      case 'EMC':
        if (marks.pop()) replaced -= 1
        if (instead !== null && replaced === 0) {
          // It stands for no glyph at all.
          if (instead !== '') texts?.push(instead)
          instead = null
        }
        break
      case 'Do': {
        const form = file.getDict(resources, 'XObject')?.dict.get(nameIn(text))
        if (!isRef(form) || depth >= deepest) break
        const dict = file.resolve(form)
        const kind = isDict(dict) ? file.get(dict, 'Subtype') : undefined
        if (!isDict(dict) || !isName(kind)) break
        if (kind.name === 'Image') {
          const { matrix } = state
          paint('fill', rectangle(matrix, [0, 0, 1, 1]), pictureOf(file, form.ref, dict, matrix))
        } else if (kind.name === 'Form' && reading.entered < mostForms) {
          if (depth === 0 && reading.laid?.has(form.ref)) break
          if (depth === 0) reading.laid?.add(form.ref)
          if (depth === 0 && reading.laid) state.clips = []
          const { area, inner } = formOf(reading, form.ref, dict, resources, state.matrix, texts, depth)
          const { alpha, blend, mask } = state
          // What is no group is painted as if its content stood here (§ 8.10.1).
          if (file.getDict(dict, 'Group') || alpha < 1 || mask || blend !== 'Normal') {
            const clips = [...state.clips, area]
            parts.push({ kind: 'group', area, clips, alpha, blend, mask, parts: inner })
          } else for (const part of inner) parts.push(part)
        }
        break
      }
      default:
        if (last.endsWith('BDC')) {
          const { actual } = propertiesIn(text, file, resources)
          marks.push(actual !== undefined)
          if (actual !== undefined && replaced === 0) instead = actual
          if (actual !== undefined) replaced += 1
        }
    }
  }
  return parts
}

function shownBy({ shown }: Reading, font: CodeMap): Map<string, Shown> {
  const known = shown.get(font) ?? new Map<string, Shown>()
  if (known.size > mostShown) known.clear()
  shown.set(font, known)
  return known
}

/** A form laid on what draws it. */
function formOf(
  reading: Reading,
  number: number,
  dict: PdfDict,
  resources: PdfDict | undefined,
  matrix: Matrix,
  texts: (LineOfText | string)[] | null,
  depth: number,
): { area: Area; inner: Paint[] } {
  const { file } = reading
  reading.entered += 1
  const own = file.get(dict, 'Matrix')
  const inside = Array.isArray(own) ? times(own.map(Number), matrix) : matrix
  const box = file.get(dict, 'BBox')
  const area = rectangle(inside, Array.isArray(box) ? box.map(Number) : [0, 0, 0, 0])
  const lines = linesOf(file.stream(number).toString('latin1'))
  const state = { ...plain, matrix: inside, clips: [area] }
  const inner = paintsOf(
    reading,
    lines,
    file.getDict(dict, 'Resources') ?? resources,
    state,
    texts,
    depth + 1,
  )
  return { area, inner }
}

/** What `gs` sets (table 58). */
function setState(reading: Reading, state: GraphicsState, named: PdfDict | undefined, depth: number): void {
  const { file } = reading
  const [alpha, blend, mask] = ['ca', 'BM', 'SMask'].map((key) => file.get(named, key))
  if (typeof alpha === 'number') state.alpha = alpha
  if (isName(blend)) state.blend = blend.name
  if (isName(mask)) state.mask = null
  if (!isDict(mask)) return
  const group = mask.dict.get('G')
  const dict = file.resolve(group)
  const by = file.get(mask, 'S')
  if (!isRef(group) || !isDict(dict) || depth >= deepest || reading.entered >= mostForms) return
  state.mask = {
    parts: formOf(reading, group.ref, dict, undefined, state.matrix, null, depth).inner,
    by: isName(by) && by.name === 'Alpha' ? 'alpha' : 'luminosity',
    // Skia has one function for masks: it turns them over.
    inverted: mask.dict.has('TR'),
  }
}

/** The colours of a pattern; undefined where it is none. */
function patternOf(
  reading: Reading,
  text: string,
  resources: PdfDict | undefined,
  base: Matrix,
  depth: number,
): ColorAt | undefined {
  const { file } = reading
  const name = /\/(\S+) scn$/.exec(text)?.[1]
  const entry = file.getDict(resources, 'Pattern')?.dict.get(name ?? '')
  const pattern = file.resolve(entry)
  if (!isDict(pattern)) return undefined
  const own = file.get(pattern, 'Matrix')
  const matrix = Array.isArray(own) ? times(own.map(Number), base) : base
  if (file.get(pattern, 'PatternType') === 2) {
    const shading = file.getDict(pattern, 'Shading')
    return (shading && shadingOf(file, shading, matrix)) ?? unknownColor
  }
  const [width, height] = ['XStep', 'YStep'].map((key) => Number(file.get(pattern, key)))
  if (!isRef(entry) || !width || !height || depth >= deepest) return unknownColor
  const { inner } = formOf(
    reading,
    entry.ref,
    { dict: new Map([...pattern.dict].filter(([key]) => key !== 'Matrix')) },
    resources,
    identity,
    null,
    depth,
  )
  const back = inverse(matrix)
  const box = file.get(pattern, 'BBox')
  const [left = 0, bottom = 0] = Array.isArray(box) ? box.map(Number) : []
  return (x, y, look) => {
    const [u, v] = within(back, x, y)
    const cell: Point = [left + modulo(u - left, width), bottom + modulo(v - bottom, height)]
    return look(inner, cell)
  }
}

function modulo(value: number, by: number): number {
  return value - Math.floor(value / by) * by
}

function numbersIn(line: string): Matrix {
  return line.split(' ', 6).map(Number)
}
